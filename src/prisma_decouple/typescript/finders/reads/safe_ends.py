"""Values of reads with `?.` from what was always there: they were never undefined, and may be now.

`show(book.author?.name)` never showed undefined while every book had an author.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.decisions import is_in_filter
from prisma_decouple.typescript.finders.uses.key_uses import Use, use_of
from prisma_decouple.typescript.finders.uses.loaded_relations import note_read
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import READS, chain_around, owner_of_read, parenthesized, text_of
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.carried import carried, is_order
from prisma_decouple.typescript.types.places.tolerance import is_asked_for, is_exact, is_read_on, is_written_to, takes
from prisma_decouple.typescript.types.places.wanted import wanted_type
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 4


def find_safe_ends(file: FileContext) -> None:
    """Note where undefined arrives from such a read and is not taken.

    Args:
        file: the file; its findings, and those of the files where the value gets to, are filled.
    """
    for owner, found in safe_reads(file):
        _check(file, owner, found)


def safe_reads(file: FileContext) -> Iterator[tuple[Node, Type]]:
    """What is read on from with `?.` and was always there, where nothing else of that chain may have been undefined.

    Args:
        file: the file.

    Yields:
        What may be null now, and its type.
    """
    for node in file.source.nodes(*READS):
        owner = _asked_first(node)
        found = file.types.of(owner) if owner is not None else None
        if owner is None or found is None or not _may_be_null_now(found) or is_narrowed(file, owner):
            continue
        whole = chain_around(owner)
        if whole.type != "non_null_expression" and not any(_was_asked_for(file, each) for each in _reads_in(whole)):
            yield owner, found


def _check(file: FileContext, owner: Node, found: Type) -> None:
    """Where what comes of a read does not take undefined."""
    whole = chain_around(owner)
    model, field = found.became_null or (found.model, found.field)
    for place in _refusing(Place(file, whole), _DEPTH):
        told = f"Without the `{field}` of {with_article(model)}, which may be null now,"
        told = f"{told} `{excerpt(text_of(place.node))}` is undefined, and"
        if _is_refused(place):
            note_read(file, found.place if found.became_null is not None else None)
            why = f"{told} what takes it here says that it never is."
            place.file.hint(place.node, Kind.FLOW, place.file.sure_of_null, why)
        else:
            why = f"{told} a query that is given undefined does not look at this at all, or fails."
            place.file.hint(place.node, Kind.FLOW, Confidence.LIKELY, why)


def _asked_first(read: Node) -> Node | None:
    """What is asked for with `?.` before something is read of it."""
    if read.child_by_field_name("optional_chain") is None:
        return None
    return owner_of_read(read)


def _may_be_null_now(found: Type) -> bool:
    is_key = found.what is What.KEY and not found.is_list
    return found.is_nullable and (is_key or found.became_null is not None)


def _reads_in(chain: Node) -> Iterator[Node]:
    """The links of a chain of reads and calls, from the outside in."""
    inner: Node | None = chain
    while inner is not None and inner.named_children:
        if inner.type in READS:
            yield inner
        inner = inner.named_children[0] if inner.type in {*READS, "call_expression", "non_null_expression"} else None


def _was_asked_for(file: FileContext, read: Node) -> bool:
    """Whether a link of a chain may have given undefined before, for all that is known."""
    owner = _asked_first(read)
    found = file.types.of(owner) if owner is not None else None
    return owner is not None and (found is None or (found.is_nullable and not _may_be_null_now(found)))


def _refusing(place: Place, depth: int) -> Iterator[Place]:
    """The places where a value gets to, and that do not take undefined; filters take it, and are switched off by it."""
    file, node = place.file, parenthesized(place.node)
    outer = node.parent
    if outer is None or not depth or is_asked_for(node) or is_written_to(node):
        return
    if is_read_on(node):
        if outer.type != "non_null_expression" and outer.child_by_field_name("optional_chain") is None:
            yield place
        return
    is_refused = _is_refused(place)
    if is_refused or is_in_filter(file, node):
        yield place
    for use in carried(file, node) or () if not is_refused else ():
        if not is_narrowed(use.file, use.node):
            yield from _refusing(use, depth - 1)


def _is_refused(place: Place) -> bool:
    """Whether a place says that it is never undefined."""
    file, node = place.file, parenthesized(place.node)
    if is_read_on(node) or is_order(node):
        return True
    wanted = wanted_type(file, node)
    if wanted is not None:
        return not takes(wanted, "undefined") or is_exact(file, node)
    return use_of(file, node) is Use.REFUSED
