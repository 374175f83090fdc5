"""`make_optional`: a field, and the relation it is the key of, need not have a value any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.invariants.declared import Invariant
from prisma_decouple.invariants.selectors import Fields, Models, Relations
from prisma_decouple.rules.operation import Operation, Refused, State
from prisma_decouple.syntax import layout

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import Index, Model


class MakeOptional(Operation, frozen=True, kw_only=True):
    """Make a field optional, together with every relation whose key it is a part of.

    Attributes:
        model: the model.
        field: a scalar field, or a relation field, which stands for the scalar fields of its key.
    """

    model: str
    field: str

    def apply(self, state: State) -> State:
        """Add the question marks."""
        model = state.require_model(self.model, "model")
        names = self._names(model, state.require_field(model, self.field, "field"))
        required = [field.name for field in model.node.fields if field.name in names and not field.is_optional]
        if not required:
            return state.note(f"`{self.model}.{self.field}` is optional already")
        for index in model.indexes:
            if index.kind == "id" and names & set(index.names):
                raise Refused(
                    "field", f"`{self.model}.{self.field}` is a part of the primary key and cannot be optional"
                )
        if not any(self._identifies(model, index) and not names & set(index.names) for index in model.indexes):
            message = f"`{self.model}.{self.field}` is a part of the only key of `{self.model}`"
            raise Refused("field", message, "Prisma wants an id or a unique field without nulls in every model")
        return state.edit(model.node, layout.set_arity(model.node, required, "?"))

    def promises(self) -> tuple[Invariant, ...]:
        """The field stays optional, whether it is a scalar or a relation."""
        of = Models(name=self.model)
        because = f"a rule has made `{self.model}.{self.field}` optional"
        must = {"be_optional": True}
        return (
            Invariant(code="D201", fields=Fields(of=of, name=self.field), must=must, because=because),
            Invariant(code="D201", relations=Relations(of=of, name=self.field), must=must, because=because),
        )

    def _identifies(self, model: Model, index: Index) -> bool:
        is_unique = index.kind in {"id", "unique"}
        return is_unique and all(model.scalars[name].is_required for name in index.names if name in model.scalars)

    def _names(self, model: Model, name: str) -> set[str]:
        """The scalar fields of the key and the relation fields that use it."""
        relation = model.relations.get(name)
        if relation is not None and not relation.fields:
            raise Refused("field", f"`{model.name}.{name}` holds no key: the other side of the relation does")
        if relation is None and model.scalars[name].is_list:
            raise Refused("field", f"`{model.name}.{name}` is a list, and a list cannot be optional")
        scalars = set(relation.fields) if relation else {name}
        return scalars | {user.name for scalar in scalars for user in model.relations_on(scalar)}
