"""Whether code has found out that a value is there, with what the types tell about what it is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.guards import is_checked
from prisma_decouple.typescript.source.syntax import text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def is_narrowed(file: FileContext, node: Node) -> bool:
    """Whether an expression is only reached when its value is there.

    To be equal to something that may be null itself says nothing.
    """

    def may_be_null(other: Node) -> bool:
        found = file.types.of(other)
        return found is not None and found.is_nullable

    return is_checked(node, text_of(node), may_be_null)
