"""Records that are found in a list by a key that may be null now.

`authors.find((author) => author.id === book.authorId)`: nothing is found by null. While every book had an
author, a page that shows `author?.name` was never empty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.reads.stand_ins import says_wrong
from prisma_decouple.typescript.finders.uses.absent_reads import key_read
from prisma_decouple.typescript.finders.uses.key_uses import Use, use_of
from prisma_decouple.typescript.finders.uses.safe_reads import use_in_chain
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.operators import EQUAL, FALLBACKS
from prisma_decouple.typescript.source.patterns import read_at
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import parameters, returned_values, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    chain_around,
    is_function,
    last_name,
    parenthesized,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.prisma.given_keys import is_there
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_EMPTY = (Use.SHOWN, Use.EMPTY)
_TEXTS = frozenset({"string", "template_string"})


def find_found_in_memory(file: FileContext) -> None:
    """Note such lookups where, without it, what reads the record throws, or what is made of it is empty.

    Args:
        file: the file; its findings are filled.
    """
    for call in file.source.called("find"):
        callback = next(iter(call_arguments(call)), None)
        for key, found in _keys_in(file, callback) if callback is not None and is_function(callback) else ():
            becomes, sureness = _becomes(file, call) if not file.is_told(key) else ("", Confidence.UNSURE)
            said = _said_wrongly(file, call, found) if not becomes and not file.is_told(key) else None
            without = (
                f"Without the `{found.field}` of {with_article(found.model)}, which may be null now, nothing is found"
            )
            if said is not None:
                why = f"{without}, and `{excerpt(text_of(said))}` is said of it then. Look whether that is meant."
                file.hint(said, Kind.SENTINEL, Confidence.UNSURE, why)
            elif becomes:
                file.hint(key, Kind.FLOW, sureness, f"{without} here, and {becomes}")


def _becomes(file: FileContext, call: Node) -> tuple[str, Confidence]:
    """What becomes of what reads the record where none is found, and how sure that is; empty where it is asked for."""
    if is_needed(file, call):
        return "reading on from nothing throws. Look what should become of it.", Confidence.LIKELY
    is_empty = any(_is_empty_without(file, each) for each in _reads_of(call))
    said = "what is made of it is empty. Look whether something should be said instead." if is_empty else ""
    return said, Confidence.UNSURE


def _said_wrongly(file: FileContext, call: Node, key: Type) -> Node | None:
    """What is said where nothing is found and speaks of a record that should be there: `?? "Unknown author"`."""
    relation = next((each for each in file.facts.optional_by_key(key.field) if each.model == key.model), None)
    for read in _reads_of(call):
        outer = parenthesized(read).parent
        is_fallback = outer is not None and text_of(outer.child_by_field_name("operator")) in FALLBACKS
        other = outer.child_by_field_name("right") if outer is not None and is_fallback else None
        if other is not None and relation is not None and says_wrong(Place(file, other), relation):
            return other
    return None


def is_needed(file: FileContext, call: Node) -> bool:
    """Whether what a lookup in memory finds is read on from as if it was always found.

    Args:
        file: the file.
        call: the lookup.
    """
    return any(_throws_without(file, each) for each in _uses_of(call))


def _throws_without(file: FileContext, record: Node) -> bool:
    """Whether something is read of a record that is said to be there: `find(…)!.name`, or where nobody knows of it."""
    use = use_in_chain(record)
    return use is not None and use.type != "optional_chain" and not is_narrowed(file, record)


def _keys_in(file: FileContext, callback: Node) -> Iterator[tuple[Node, Type]]:
    """The keys that an element's own is compared with, where they may be null now."""
    element = next(iter(parameters(callback)), None)
    for condition in map(unwrapped, returned_values(callback)):
        sides = [condition.child_by_field_name(each) for each in ("left", "right")]
        if text_of(condition.child_by_field_name("operator")) not in EQUAL or None in sides:
            continue
        for key, own in (sides, sides[::-1]):
            read, other = (read_at(own), read_at(key)) if key is not None and own is not None else (None, None)
            is_of_element = read is not None and read.binding == element and len(read.path) == 1
            if key is None or read is None or not is_of_element or (other is not None and other.binding == element):
                continue
            found = _key(file, key)
            is_key = found is not None and found.what is What.KEY and found.is_nullable and not found.is_list
            relations = file.facts.optional_by_key(
                other.path[-1] if other is not None and other.path else last_name(key)
            )
            is_own = any(read.path[0] in each.references for each in relations)
            is_asked = is_narrowed(file, callback, text_of(key)) or is_narrowed(file, key) or is_there(file, key)
            if found is not None and is_key and is_own and not is_asked:
                yield key, found


def _key(file: FileContext, key: Node) -> Type | None:
    """What a key is, also where a written type has it that has to let null in: `group.authorId` of `(group: Group)`."""
    found, relation = file.types.of(key), key_read(file, key)
    is_written = relation is not None and (found is None or found.what is not What.KEY)
    if not is_written or relation is None:
        return found
    return Type(What.KEY, relation.model, is_nullable=True, field=relation.foreign_keys[0])


def _reads_of(call: Node) -> Iterator[Node]:
    """What is read of what a call gives, or of the variable that holds it."""
    yield from map(chain_around, _uses_of(call))


def _uses_of(call: Node) -> Iterator[Node]:
    """What a call gives: itself, or the uses of the variable that holds it."""
    holder = parenthesized(call).parent
    if holder is not None and holder.type == "non_null_expression":
        holder = holder.parent
    if holder is not None and holder.type == "variable_declarator":
        yield from uses_of_variable(holder)
    else:
        yield call


def _is_empty_without(file: FileContext, read: Node) -> bool:
    """Whether a read leaves an empty text, or an empty place, where there is nothing to read."""
    outer = parenthesized(read).parent
    if outer is not None and text_of(outer.child_by_field_name("operator")) in FALLBACKS:
        other = outer.child_by_field_name("right")
        return other is not None and other.type in _TEXTS and not string_value(other)
    return use_of(file, read) in _EMPTY
