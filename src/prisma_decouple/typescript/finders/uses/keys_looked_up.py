"""The key by which a record was looked up that code has, in a list, by a query, or by the query of a page's loader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.first_sides import first_side
from prisma_decouple.typescript.source.kept_literals import options_of, part_of
from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.operators import EQUAL
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import (
    READS,
    VALUE_NAMES,
    call_arguments,
    callee,
    last_name,
    owner_of_read,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_FINDS = frozenset({"find", "findLast", "some"})


def key_looked_up(file: FileContext, value: Node) -> tuple[str, str] | None:
    """The model and the key, which may be null now, by which a record was looked up.

    Args:
        file: the file.
        value: the record.
    """
    return _key_looked_for(file, value) or _key_of_query(file, value)


def _key_looked_for(file: FileContext, value: Node) -> tuple[str, str] | None:
    """The key by which something is looked for in a list: `authors.find((each) => each.id === book.authorId)`."""
    call = unwrapped(held_by(value) or value)
    given = call_arguments(call) if call.type == "call_expression" and callee(call)[1] in _FINDS else []
    body = given[0].child_by_field_name("body") if given else None
    if body is None or text_of(body.child_by_field_name("operator")) not in EQUAL:
        return None
    sides = (file.types.of(side) for name in ("left", "right") if (side := body.child_by_field_name(name)) is not None)
    keys = (each for each in sides if each is not None and each.what is What.KEY and each.is_nullable)
    return next(((each.model, each.field) for each in keys), None)


def _key_of_query(file: FileContext, value: Node) -> tuple[str, str] | None:
    """The key by which a record was looked up: `const author = await db.author.findUnique({ where: { id: … } })`."""
    held = _held_in_page(file, value)
    call = unwrapped(held.node) if held is not None else None
    where = part_of(options_of(call), "where") if call is not None else None
    file = held.file if held is not None else file
    asked = (key for _, key in properties(where)) if where is not None else ()
    sides = (file.types.of(key) for key in asked if not is_narrowed(file, key) and first_side(file, key) is None)
    keys = (each for each in sides if each is not None and each.what is What.KEY and each.is_nullable)
    return next(((each.model, each.field) for each in keys), None)


def _held_in_page(file: FileContext, value: Node) -> Place | None:
    """What a variable was declared with, or what its loader gives a page under the name that is read, `data.author`."""
    node = unwrapped(value)
    owner = owner_of_read(node) if node.type in READS else None
    found = file.types.of(owner) if owner is not None else None
    if found is not None and found.literal is not None:
        given = property_value(found.literal.node, last_name(node))
        return _held_in_page(found.literal.file, given) if given is not None and given.type in VALUE_NAMES else None
    held = held_by(node) if node.type in VALUE_NAMES else None
    return Place(file, held) if held is not None else None
