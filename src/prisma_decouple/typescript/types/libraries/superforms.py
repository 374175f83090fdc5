"""What Superforms makes of a form: `superValidate(request, zod(schema))` has what the schema lets through as `data`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import call_arguments
from prisma_decouple.typescript.types.libraries.validators import let_through
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

VALIDATE = "superValidate"


def form_checked(types: Types, call: Node, depth: int) -> Type | None:
    """What `superValidate` gives: by the last of what it is given that is called with a schema, the adapter.

    Args:
        types: of the file.
        call: the call.
        depth: how far declarations are followed.
    """
    adapters = [each for each in call_arguments(call) if each.type == "call_expression"]
    given = (next(iter(call_arguments(each)), None) for each in reversed(adapters))
    let = (let_through(types.of(each, depth - 1)) for each in given if each is not None)
    found = next(filter(None, let), None)
    return Type(What.BOX, bound=(("data", found),)) if found is not None else None
