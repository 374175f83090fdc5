"""`add_field`: a new scalar field."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from prisma_decouple.errors import DecoupleError, did_you_mean
from prisma_decouple.invariants.declared import Invariant
from prisma_decouple.invariants.selectors import Models
from prisma_decouple.model.spelling import SCALAR_TYPES
from prisma_decouple.rules.backfill import SourceEntry, Target, UnresolvedEntry, first_relations, resolve_backfill
from prisma_decouple.rules.operation import Operation, Refused, State
from prisma_decouple.rules.placement import plain_anchor
from prisma_decouple.syntax import layout

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import Model
    from prisma_decouple.syntax.nodes import Field


# What `@default` says when it is the client that makes the value, not the database.
_OF_THE_CLIENT = {"cuid", "uuid", "ulid", "nanoid", "auto"}


class AddField(Operation, frozen=True, kw_only=True):
    """Add a scalar field to a model.

    Attributes:
        model: the model.
        field: the new field's name.
        type: a type of Prisma or an enum of the schema.
        required: whether every record needs a value; then `backfill`, `unresolved` or a default has to give one. A
            field that is there and optional becomes required, and keeps what stands behind its type.
        attributes: what stands behind the type, such as `@default(now()) @db.Date`.
        after: the field to stand behind.
        backfill: where the values of the records that are there come from.
        unresolved: what becomes of a record without a value.
    """

    model: str
    field: str
    type: str
    required: bool = False
    attributes: str = ""
    after: str | None = None
    backfill: tuple[SourceEntry, ...] = ()
    unresolved: UnresolvedEntry | None = None

    def apply(self, state: State) -> State:
        """Add the line and say where its values come from."""
        model = state.require_model(self.model, "model")
        if self.unresolved and not self.required:
            raise Refused("unresolved", "an optional field leaves a record without a value as it is: null")
        existing = model.scalars.get(self.field)
        if existing is not None and existing.type == self.type and not existing.is_list:
            return self._adopt(state, model)
        if self.field in model.field_names:
            raise Refused("field", f"`{self.model}` has another field named `{self.field}`")
        types = [*SCALAR_TYPES, *state.model.enums]
        if self.type.endswith("[]"):
            raise Refused("type", f"`{self.type}` is a list, and lists cannot be added so far")
        if self.type.endswith("?"):
            hint = "leave out the question mark: a field is optional unless it is `required`"
            raise Refused("type", f"`{self.type}` is more than a type", hint)
        if self.type not in types:
            raise Refused("type", f"there is no type `{self.type}`", did_you_mean(self.type, types))
        line = self._line()
        default = _default_of(line)
        is_filled = bool(default) and default.split("(")[0] not in _OF_THE_CLIENT
        if self.required and not self.backfill and self.unresolved is None and not is_filled:
            self._refuse_to_guess(default)
        state = state.edit(model.node, layout.insert_after(model.node, self._anchor(state, model), [line]))
        if not self.backfill and (is_filled or not self.required):
            return state
        return self._intend(state)

    def promises(self) -> tuple[Invariant, ...]:
        """The model keeps the field, and keeps it required."""
        required = {"required": True} if self.required else {}
        must = {"have_field": {"name": self.field, "type": self.type, **required}}
        because = f"a rule has added `{self.model}.{self.field}`"
        return (Invariant(code="D204", models=Models(name=self.model), must=must, because=because),)

    def _adopt(self, state: State, model: Model) -> State:
        """The field is there: at most it has to become required. What stands behind its type stays."""
        label = f"`{self.model}.{self.field}`"
        if not self.required or model.scalars[self.field].is_required:
            return state.note(f"{label} is there already")
        for relation in model.relations_on(self.field):
            hint = f"`add_relation` makes the key of a relation required: give it `field: {relation.name}`"
            raise Refused("field", f"{label} is there already, and is the key of `{relation.name}`", hint)
        if not self.backfill and self.unresolved is None:
            hint = "give a `backfill`, or what is `unresolved`"
            message = f"{label} is there and optional, and nothing gives the records without it a value"
            raise Refused("required", message, hint)
        return self._intend(state.edit(model.node, layout.set_arity(model.node, [self.field], "")))

    def _intend(self, state: State) -> State:
        target = Target(state.model.models[self.model], (self.field,), (self.type,))
        unresolved = (self.unresolved or "fail") if self.required else None
        return state.intend(resolve_backfill(state, target, self.backfill, unresolved))

    def _refuse_to_guess(self, default: str) -> NoReturn:
        """Nothing gives the records that are there a value.

        Raises:
            Refused: always.
        """
        if default:
            message = f"Prisma's client makes `{default}`, so the records of `{self.model}` that are there get none"
            hint = 'let the database do it: `@default(dbgenerated("gen_random_uuid()"))`; or give a `backfill`'
            raise Refused("attributes", message, hint)
        hint = "give a `backfill`, a default, or what is `unresolved`; for a table without rows that is `fail`"
        raise Refused("required", f"nothing gives the records of `{self.model}` that are there a value", hint)

    def _line(self) -> Field:
        text = f"{self.field} {self.type}{'' if self.required else '?'} {self.attributes}".strip()
        try:
            return layout.field(text)
        except (DecoupleError, TypeError):
            raise Refused("attributes", f"`{text}` is not a field in Prisma's language") from None

    def _anchor(self, state: State, model: Model) -> str | None:
        if self.after:
            state.require_field(model, self.after, "after")
            return self.after
        accompanied = first_relations(model, self.backfill)
        return accompanied[-1].name if accompanied else plain_anchor(model)


def _default_of(field: Field) -> str:
    """What a field's `@default` says, such as `now()`; empty without one."""
    attribute = field.attribute("default")
    value = attribute.get("value", 0) if attribute else None
    return "" if value is None else str(value).strip()
