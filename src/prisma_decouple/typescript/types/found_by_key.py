"""What is looked up in memory by a key that may be null now: `byId.get(book.authorId)`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.operators import EQUAL
from prisma_decouple.typescript.source.scopes import bound_names, parameters, returned_values
from prisma_decouple.typescript.source.syntax import call_arguments, first_name, is_function, text_of
from prisma_decouple.typescript.types.prisma.given_keys import is_given
from prisma_decouple.typescript.types.typed import Type, What, omittable

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def key_asked_for(call: Node) -> Node | None:
    """The key of a lookup in memory: `byId.get(book.authorId)`, `authors.find((each) => each.id === book.authorId)`.

    Args:
        call: the lookup.
    """
    given = next(iter(call_arguments(call)), None)
    if given is None or not is_function(given):
        return given
    values, taken = returned_values(given), parameters(given)[:1]
    sides = [values[0].child_by_field_name(each) for each in ("left", "right")] if len(values) == 1 else []
    if not taken or not sides or text_of(values[0].child_by_field_name("operator")) not in EQUAL:
        return None
    names = set(bound_names(taken[0]))
    others = [each for each in sides if each is not None and first_name(each) not in names]
    return others[0] if len(others) == 1 else None


def found_by_key(file: FileContext, key: Node | None, found: Type | None) -> Type | None:
    """What is looked up in memory by a key that may be null now, as a reader sees it: nothing where there is none.

    Args:
        file: the file.
        key: the key.
        found: what is found by it.
    """
    by = file.types.kept(key) if key is not None and file.is_second_look and found is not None else None
    is_null = by is not None and by.what is What.KEY and by.is_nullable and not by.is_list and not by.is_of_absent
    if found is None or by is None or not is_null or key is None or is_given(file, key) or found.is_list:
        return found
    relation = next((each.field for each in file.facts.optional_of(by.model) if by.field in each.foreign_keys), "")
    return replace(omittable(found), became_null=(by.model, relation or by.field))
