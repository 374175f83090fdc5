"""Where a list that a query loads is added up: `author.books.reduce(…)`, of what `include: { books: true }` loads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Line
from prisma_decouple.typescript.source.scopes import bound_names, parameters
from prisma_decouple.typescript.source.syntax import (
    callee,
    chain_around,
    descendants,
    first_name,
    function_around,
)
from prisma_decouple.typescript.types.places.uses import named_reads, read_of
from prisma_decouple.typescript.types.properties import loaded_options
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.source.place import Place

_ADDS_UP = "reduce"
_GATHERS = frozenset({_ADDS_UP, "flatMap"})
_SHOWN = 3


def is_added_up(read: Node) -> bool:
    """Whether a list that is read is added up, alone or with those of others.

    `author.books.filter(…).reduce(…)`, `authors.reduce((sum, author) => sum + author.books.length, 0)`; also where the
    lists of all become one, `authors.flatMap((author) => author.books)`.
    """
    chain = chain_around(read)
    calls = (chain, *descendants(chain, "call_expression"))
    is_alone = any(each.type == "call_expression" and callee(each)[1] == _ADDS_UP for each in calls)
    return is_alone or _is_gathered(read)


def _is_gathered(read: Node) -> bool:
    """Whether a list is read of each element of another one that is gone through to make one thing of all."""
    function, name = function_around(read), first_name(read)
    is_element = function is not None and any(name in bound_names(each) for each in parameters(function))
    listed = function.parent if function is not None and is_element else None
    call = listed.parent if listed is not None and listed.type == "arguments" else None
    return call is not None and callee(call)[1] in _GATHERS


def sums_of(listed: Place, name: str) -> list[Line]:
    """The lines in which a list is added up.

    Args:
        listed: the options of the query that load it, `true` of `books: true`.
        name: the relation that it is behind.
    """
    project, found = listed.file.project, set[tuple[str, int]]()
    for path in project.users_of(listed.file.source.path):
        file = project.files[path]
        for read in named_reads(file, name):
            record = read_of(file, read) if is_added_up(read) else None
            if record is None or record.what is not What.RECORD:
                continue
            loaded = loaded_options(record.place, name)
            if loaded is not None and loaded.node == listed.node:
                found.add((path, file.source.position(read)[0]))
    return [Line(*each) for each in sorted(found)]


def with_sums(why: str, sums: list[Line]) -> str:
    """A reason with where what it speaks of is added up."""
    shown = [f"`{each.file}:{each.line}`" for each in sums[:_SHOWN]]
    more = f" and {len(sums) - _SHOWN} more" if len(sums) > _SHOWN else ""
    return f"{why} They are put together in {', '.join(shown)}{more}." if shown else why
