"""Lists of related records that are one record now: what was `author.books[0]?.title` is `author.book?.title`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.edits.renames import renamed
from prisma_decouple.typescript.finders.uses.safe_reads import edits_of_read, needs_of_read, use_in_chain
from prisma_decouple.typescript.source.operators import COMPARISONS
from prisma_decouple.typescript.source.syntax import children_of, key_of, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.tolerance import is_asked_for
from prisma_decouple.typescript.types.prisma.queries import LOADING
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import LostField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_FIRST = "0"
# What a new record is given for a list, and for one record as well, when it is given one (Prisma's reference).
_GIVEN = frozenset({"connect", "connectOrCreate", "create"})


class Singly(NamedTuple):
    """What is done where a list was named, and what that needs."""

    edits: list[Edit] | None = None
    needs: tuple[str, ...] = ()


def named_singly(property_: Node, wanted: Type, lost: LostField) -> Singly:
    """What is done where a query loads the list, or a new record is given something for it.

    Args:
        property_: the property, of an object.
        wanted: what the object is for.
        lost: the list.

    Returns:
        Nothing is done where only a list can have what is said of it: `{ take: 1 }`, `{ create: [one, other] }`.
    """
    value = property_.child_by_field_name("value")
    if value is None:
        return Singly()
    parts = children_of(value) if value.type == "object" else []
    is_fit = text_of(value) in {"true", "false"} or bool(parts)
    if wanted.what is What.LOADS:
        counted = property_.parent.parent.parent if property_.parent is not None and property_.parent.parent else None
        is_counted = counted is not None and counted.parent is not None and key_of(counted.parent) == "_count"
        is_fit = is_fit and not is_counted and all(key_of(each) in {*LOADING, "omit"} for each in parts)
    else:
        is_fit = wanted.what is What.INPUT and bool(parts) and all(map(_gives_one, parts))
    return Singly(renamed(property_, lost.successor) if is_fit else None)


def said_singly(member: Node, lost: LostField) -> Singly:
    """What is done where the type of a payload says that the list is loaded: `{ include: { books: true } }`."""
    name, written = member.child_by_field_name("name"), text_of(member.child_by_field_name("type"))
    is_whole = name is not None and written.lstrip(": ") == "true"
    return Singly(renamed(name, lost.successor) if name is not None and is_whole else None)


def _gives_one(part: Node) -> bool:
    value = part.child_by_field_name("value")
    return key_of(part) in _GIVEN and value is not None and value.type == "object"


def read_singly(file: FileContext, name: Node, lost: LostField) -> Singly:
    """What is done where the first record of the list is read on from, which need not be there.

    Args:
        file: the file.
        name: the list's name, in the read of it.
        lost: the list.
    """
    read = name.parent
    first = read.parent if read is not None else None
    if read is None or first is None or first.type != "subscript_expression" or first.named_children[0] != read:
        return Singly()
    use = use_in_chain(first)
    own = [Edit(name.start_byte, name.end_byte, lost.successor), Edit(read.end_byte, first.end_byte, "")]
    if text_of(first.child_by_field_name("index")) != _FIRST or use is None:
        is_asked = text_of(first.child_by_field_name("index")) == _FIRST and _is_asked_for(first)
        return Singly(own if is_asked else None)
    is_there = use.type == "optional_chain" or is_narrowed(file, first)  # or it is asked for already
    edits = edits_of_read(file, first, use) if not is_there else []
    if edits is None:
        return Singly()
    needs = needs_of_read(file, first) if not is_there else ()
    return Singly([*own, *edits], needs)


def _is_asked_for(first: Node) -> bool:
    """Whether a value only stands where it is asked whether there is any, whatever it is when there is none."""
    outer = first.parent
    operator = text_of(outer.child_by_field_name("operator")) if outer is not None else ""
    return is_asked_for(first) and operator not in {*COMPARISONS, "typeof"}
