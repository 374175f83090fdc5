"""`add_relation`: records of one model belong to a record of another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from prisma_decouple.invariants.declared import Invariant
from prisma_decouple.invariants.selectors import Models
from prisma_decouple.model.inflection import plural
from prisma_decouple.model.names import default_relation_name, lower_first, snake_case, upper_first
from prisma_decouple.rules.backfill import SourceEntry, Target, UnresolvedEntry, first_relations, resolve_backfill
from prisma_decouple.rules.operation import Operation, Refused, State
from prisma_decouple.rules.placement import RelationPlace, list_anchor, place_alone, place_beside
from prisma_decouple.syntax import layout
from prisma_decouple.syntax.layout import quoted
from prisma_decouple.syntax.nodes import replace

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import Model, RelationField
    from prisma_decouple.syntax.nodes import Block, Field

Action = Literal["Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"]


class AddRelation(Operation, frozen=True, kw_only=True):
    """Add a relation: the foreign key and the relation field on `model`, and the list on `to`.

    The key has the type and the native type of the id that it points at, one field for each field of a compound id.

    Attributes:
        model: the model whose records get the key.
        to: the model that it points at.
        field: the relation field's name; `to` with a small first letter unless given.
        foreign_key: the scalar fields' names; `field` and the name of the id unless given. A field that is there, such
            as the tenant of every relation, keeps its values, and a source counts only where it agrees.
        list: the list's name on `to`; the plural of `model` unless given.
        required: whether every record needs one; if not, a required field that the key shares stays required.
        on_delete: the referential action, when Prisma's default will not do.
        on_update: likewise.
        name: the relation's name; given by itself where the two models are related already.
        map: the constraint's name in the database.
        after: the field to stand behind.
        backfill: where the keys of the records that are there come from, tried in order.
        unresolved: what becomes of a record without one when `required`; `fail` unless given.
    """

    model: str
    to: str
    field: str | None = None
    foreign_key: tuple[str, ...] = ()
    list: str | None = None
    required: bool = True
    on_delete: Action | None = None
    on_update: Action | None = None
    name: str | None = None
    map: str | None = None
    after: str | None = None
    backfill: tuple[SourceEntry, ...] = ()
    unresolved: UnresolvedEntry | None = None

    def apply(self, state: State) -> State:
        """Add the lines on both sides and say where the keys come from."""
        if self.unresolved and not self.required:
            raise Refused("unresolved", "an optional relation leaves a record without a key as it is: null")
        model = state.require_model(self.model, "model")
        target = state.require_model(self.to, "to")
        existing = model.relations.get(self._field)
        if existing is not None:
            return self._adopt(state, model, existing)
        if self._field in model.scalars:
            hint = "give the relation another name with `field:`"
            raise Refused("field", f"`{model.name}` has another field named `{self._field}`", hint)
        if not target.key:
            raise Refused("to", f"`{target.name}` has no id or unique field to point at")
        place = self._place(state, model)
        keys = self._key_names(model, target)
        state, name = self._name_relations(state)
        state = self._add_owner(state, target, keys, name, place)
        state = self._add_list(state, name)
        return self._intend(state, keys, target.key)

    def promises(self) -> tuple[Invariant, ...]:
        """The model keeps its relation, and keeps it required."""
        wanted = {"to": self.to, "name": self._field, **({"required": True} if self.required else {})}
        because = f"a rule has given every `{self.model}` its `{self.to}`"
        must = {"have_relation": wanted}
        return (Invariant(code="D202", models=Models(name=self.model), must=must, because=because),)

    @property
    def _field(self) -> str:
        return self.field or lower_first(self.to)

    def _adopt(self, state: State, model: Model, existing: RelationField) -> State:
        """The relation is there: at most it has to become required."""
        label = f"`{model.name}.{existing.name}`"
        if existing.target != self.to or not existing.fields:
            hint = "give the new relation another name with `field:`"
            raise Refused("field", f"{label} is there already and is not this relation", hint)
        optional = [name for name in (*existing.fields, existing.name) if model.node.field(name).is_optional]  # type: ignore[union-attr]
        if not self.required or not optional:
            return state.note(f"{label} is there already")
        block = layout.set_arity(model.node, optional, "")
        return self._intend(state.edit(model.node, block), existing.fields, existing.references)

    def _key_names(self, model: Model, target: Model) -> tuple[str, ...]:
        """The names of the scalar fields; one that is there already has to have the right type."""
        names = self.foreign_key or tuple(self._field + upper_first(name) for name in target.key)
        if len(names) != len(target.key):
            raise Refused("foreign_key", f"the key of `{target.name}` is made of {', '.join(target.key)}")
        for name, reference in zip(names, target.key, strict=True):
            there = model.scalars.get(name)
            if name in model.relations or (there and (there.type != target.scalars[reference].type or there.is_list)):
                hint = "give the foreign key another name with `foreign_key:`"
                raise Refused("foreign_key", f"`{model.name}` has another field named `{name}`", hint)
        return names

    def _place(self, state: State, model: Model) -> RelationPlace:
        if self.after:
            state.require_field(model, self.after, "after")
            return RelationPlace(self.after)
        accompanied = [relation for relation in first_relations(model, self.backfill) if relation.fields]
        return place_beside(model, accompanied[-1]) if accompanied else place_alone(model)

    def _name_relations(self, state: State) -> tuple[State, str | None]:
        """Give names as soon as two models are related twice; the first relation keeps its silent one."""
        between = [(self.model, each) for each in state.model.relations_between(self.model, self.to)]
        between += [(self.to, each) for each in state.model.relations_between(self.to, self.model)]
        if not between and self.model != self.to:
            return state, self.name
        silent = default_relation_name(self.model, self.to)
        name = self.name or f"{self.model}{upper_first(self._field)}"
        if name in {relation.relation or silent for _, relation in between}:
            raise Refused("name", f"a relation between `{self.model}` and `{self.to}` is named `{name}` already")
        for model_name, relation in between:
            if relation.relation is None:
                block = state.model.models[model_name].node
                state = state.edit(block, _with_relation_name(block, relation.node, silent))
        return state, name

    def _add_owner(
        self, state: State, target: Model, keys: tuple[str, ...], name: str | None, place: RelationPlace
    ) -> State:
        model = state.model.models[self.model]
        arity = "" if self.required else "?"
        new = [
            layout.field(self._key_line(model, target, key, reference))
            for key, reference in zip(keys, target.key, strict=True)
            if key not in model.scalars
        ]
        settings = {
            "fields": f"[{', '.join(keys)}]",
            "references": f"[{', '.join(target.key)}]",
            "onDelete": self.on_delete,
            "onUpdate": self.on_update,
            "map": quoted(self.map) if self.map else None,
        }
        arguments = [quoted(name)] if name else []
        arguments += [f"{key}: {value}" for key, value in settings.items() if value]
        relation = layout.field(f"{self._field} {self.to}{arity} @relation({', '.join(arguments)})")
        changing = self._changing(model, keys)
        if changing and not self.required:
            state = state.note(f"{', '.join(f'`{model.name}.{key}`' for key in changing)} becomes optional")
        block = layout.set_arity(model.node, changing, arity)
        return state.edit(model.node, place.insert(block, new, relation))

    def _changing(self, model: Model, keys: tuple[str, ...]) -> tuple[str, ...]:
        """The fields that are there and become what the relation is.

        One optional field makes a whole key optional, so a required one that it shares with others stays as it is.
        """
        there = tuple(key for key in keys if key in model.scalars)
        if self.required:
            return tuple(key for key in there if not model.scalars[key].is_required)
        can_be_null = len(there) < len(keys) or any(not model.scalars[key].is_required for key in there)
        return () if can_be_null else there

    def _key_line(self, model: Model, target: Model, name: str, reference: str) -> str:
        """The foreign key: typed as what it points at, mapped as its neighbours are."""
        pointed_at = target.scalars[reference]
        parts = [name, pointed_at.type + ("" if self.required else "?")]
        if _maps_to_snake_case(model) and snake_case(name) != name:
            parts.append(f"@map({quoted(snake_case(name))})")
        parts += [str(attribute).strip() for attribute in pointed_at.node.attributes if "." in attribute.name]
        return " ".join(parts)

    def _add_list(self, state: State, name: str | None) -> State:
        target = state.model.models[self.to]
        usual = plural(lower_first(self.model))
        choices = [self.list] if self.list else [usual, f"{self._field}{upper_first(usual)}"]
        free = [choice for choice in choices if choice not in target.field_names]
        if not free:
            raise Refused("list", f"`{self.to}` has a field named `{choices[0]}` already", "name the list with `list:`")
        named = f" @relation({quoted(name)})" if name else ""
        line = layout.field(f"{free[0]} {self.model}[]{named}")
        return state.edit(target.node, layout.insert_after(target.node, list_anchor(target), [line]))

    def _intend(self, state: State, keys: tuple[str, ...], references: tuple[str, ...]) -> State:
        if not self.required and not self.backfill:
            return state
        model, pointed_at = state.model.models[self.model], state.model.models[self.to]
        types = tuple(pointed_at.scalars[name].type for name in references)
        target = Target(model, keys, types, (pointed_at, references))
        unresolved = (self.unresolved or "fail") if self.required else None
        return state.intend(resolve_backfill(state, target, self.backfill, unresolved))


def _with_relation_name(block: Block, field: Field, name: str) -> Block:
    """The block with `@relation("name", …)` on a relation field that had no name."""
    old = field.attribute("relation")
    inner = "".join(map(str, old.arguments.items)).strip() if old and old.arguments else ""
    text = f"@relation({', '.join(part for part in (quoted(name), inner) if part)})"
    new = replace(layout.field(f"x X {text}").attributes[0], lead=old.lead if old else " ")
    others = [new if each is old else each for each in field.attributes]
    return layout.replace_field(block, replace(field, attributes=tuple(others if old else [*others, new])))


def _maps_to_snake_case(model: Model) -> bool:
    """Whether the model's names in the database are the snake_case of its names in the schema."""
    words = [field for field in model.scalars.values() if snake_case(field.name) != field.name]
    return bool(words) and all(field.column == snake_case(field.name) for field in words)
