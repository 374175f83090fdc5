"""What is loaded as it is written in a type: `Prisma.BookGetPayload<{ include: { author: true } }>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import key_of, text_of
from prisma_decouple.typescript.types.prisma.queries import option
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.types.written.generics import UTILITIES

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

PAYLOAD = "GetPayload"


def options_in_type(file: FileContext, literal: Node) -> Type | None:
    """What an object type is about in the options of a query; None when it is about anything else.

    Args:
        file: the file.
        literal: the object type.
    """
    holder = literal.parent
    if holder is not None and holder.type == "type_arguments" and holder.parent is not None:
        return _asked(file, holder.parent)
    member = holder.parent if holder is not None and holder.type == "type_annotation" else None
    if member is None or member.type != "property_signature" or member.parent is None:
        return None
    owner = options_in_type(file, member.parent) if member.parent.type == "object_type" else None
    return option(file.facts, owner, key_of(member)) if owner is not None else None


def _asked(file: FileContext, generic: Node) -> Type | None:
    """The query of whose result a type is made."""
    name = generic.child_by_field_name("name")
    if name is None or not (text_of(name).endswith(PAYLOAD) or text_of(name) in UTILITIES):
        return None
    found = file.types.read(generic if text_of(name) in UTILITIES else name)
    return Type(What.QUERY, found.model) if found is not None and found.what is What.RECORD and found.model else None
