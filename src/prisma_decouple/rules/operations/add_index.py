"""`add_index`: an index for a common query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.invariants.declared import Invariant
from prisma_decouple.invariants.selectors import Models
from prisma_decouple.rules.operation import Operation, State
from prisma_decouple.syntax import layout
from prisma_decouple.syntax.layout import quoted

if TYPE_CHECKING:
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
            if objection := self._objection(model):
                state = state.note(objection)
            else:
                state = state.edit(model.node, layout.add_block_attribute(model.node, self._line()))
        return state

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
            return f"`{model.name}` gets no index on ({fields}): it has no field {', '.join(f'`{m}`' for m in missing)}"
        for index in model.indexes:
            # A unique index serves the same queries as a plain one.
            serves = index.kind in {"id", "unique"} or (index.kind == "index" and not self.unique)
            if index.names == self.fields and serves and not any(part.options for part in index.fields):
                return f"`{model.name}` has an index on ({fields}) already"
        return ""
