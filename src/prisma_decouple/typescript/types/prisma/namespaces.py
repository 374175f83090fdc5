"""What is taken out of the namespaces that a generated client exports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.project import Foreign
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.types.written.annotations import is_client_module

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_NESTED = frozenset({"member_expression", "nested_identifier"})
_NAMESPACES = frozenset({"*", "$Enums", "Prisma"})


def is_in_namespace(file: FileContext, node: Node) -> bool:
    """Whether something is taken out of what the client's package exports: `Prisma.Name`, `db.Name`.

    Args:
        file: the file.
        node: the access, in an expression or in a type.
    """
    return bool(namespace_of(file, node))


def namespace_of(file: FileContext, node: Node) -> str:
    """The namespace of the client's package that something is taken out of, `*` for the package; empty for any other.

    Args:
        file: the file.
        node: the access, in an expression or in a type.
    """
    owner = node.child_by_field_name("module") or node.child_by_field_name("object")
    inner = text_of(owner).rpartition(".")[2]
    if owner is not None and owner.type in _NESTED and inner in _NAMESPACES:
        owner = owner.child_by_field_name("object")  # `db.Prisma.Name`
    else:
        inner = ""
    found = file.project.imported(file, text_of(owner)) if owner is not None and owner.type == "identifier" else None
    is_one = isinstance(found, Foreign) and found.name in _NAMESPACES and is_client_module(found.module)
    return inner or found.name if isinstance(found, Foreign) and is_one else ""
