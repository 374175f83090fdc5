"""`add_index`: an index for a common query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.errors import did_you_mean
from prisma_decouple.invariants.declared import Invariant
from prisma_decouple.invariants.selectors import Models
from prisma_decouple.rules.operation import Operation, Refused, State
from prisma_decouple.syntax import layout
from prisma_decouple.syntax.layout import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.model.datamodel import Model


class AddIndex(Operation, frozen=True, kw_only=True):
    """Add `@@index` or `@@unique` to each of the models that has all the fields.

    Attributes:
        models: the models; one that lacks a field is left alone with a note.
        fields: the scalar fields, in order.
        unique: whether a combination of values may be there once only.
        map: the index's name in the database, when Prisma's own will not do.
    """

    models: tuple[str, ...]
    fields: tuple[str, ...]
    unique: bool = False
    map: str | None = None

    def apply(self, state: State) -> State:
        """Add the line."""
        for name in self.models:
            model = state.require_model(name, "models")
            self._refuse_relations(model)
            if objection := self._objection(model):
                state = state.note(objection)
            else:
                state = state.edit(model.node, layout.add_block_attribute(model.node, self._line()))
        return state

    def _refuse_relations(self, model: Model) -> None:
        for name in self.fields:
            relation = model.relations.get(name)
            if relation is not None:
                keys = ", ".join(f"`{key}`" for key in relation.fields)
                hint = f"its key is {keys}" if keys else ""
                raise Refused("fields", f"`{model.name}.{name}` is a relation and has no column", hint)

    def promises(self) -> tuple[Invariant, ...]:
        """The models that have the fields keep an index that begins with them."""
        models = Models(name=self.models, with_field=self.fields)
        because = "a rule has added this index for a common query"
        return (Invariant(code="D203", models=models, must={"have_index": self.fields}, because=because),)

    def _line(self) -> str:
        name = f", map: {quoted(self.map)}" if self.map else ""
        return f"@@{'unique' if self.unique else 'index'}([{', '.join(self.fields)}]{name})"

    def _objection(self, model: Model) -> str:
        """Why the model needs no such index or cannot have it; empty when it can."""
        fields = ", ".join(self.fields)
        if missing := [field for field in self.fields if field not in model.scalars]:
            return f"`{model.name}` gets no index on ({fields}): {_reason(model, missing)}"
        for index in model.indexes:
            # A unique index serves the same queries as a plain one.
            serves = index.kind in {"id", "unique"} or (index.kind == "index" and not self.unique)
            if index.names == self.fields and serves and not any(part.options for part in index.fields):
                return f"`{model.name}` has an index on ({fields}) already"
        return ""


def _reason(model: Model, missing: Sequence[str]) -> str:
    """Why there can be no index: which fields are not there."""
    reason = f"it has no field {', '.join(f'`{name}`' for name in missing)}"
    near = did_you_mean(missing[0], model.scalars)
    return f"{reason}; {near}" if near.startswith("did you mean") else reason
