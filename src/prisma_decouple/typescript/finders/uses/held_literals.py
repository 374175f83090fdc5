"""The literals of which a query is made without standing in it, and those inside of them.

`const made = drafts.map((draft) => ({ … }))`, and then `{ data: each }` for each of `made`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.uses.data_literals import literals_of_data
from prisma_decouple.typescript.source.literals import given_by, values_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import PROPERTIES
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.prisma.queries import option
from prisma_decouple.typescript.types.typed import DATA, Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

OF_QUERIES = frozenset({What.FILTER, What.INPUT, What.LOADS, What.ORDER, What.UPDATE})
_IN_QUERIES = frozenset({"object", "string", "true", "false", "null", "number"})


class HeldLiteral(NamedTuple):
    """A literal that stands apart from its query.

    Attributes:
        place: the literal.
        wanted: what it is made into.
        whole: what it is a part of, or itself.
        is_named: whether the query has nothing but a name for that.
    """

    place: Place
    wanted: Type
    whole: Place
    is_named: bool

    @property
    def is_inner(self) -> bool:
        """Whether it stands in another one."""
        return self.place.node != self.whole.node


def held_literals(file: FileContext) -> Iterator[HeldLiteral]:
    """The literals that stand apart from the queries of a file, and those inside of them.

    Args:
        file: the file.
    """
    for node in file.source.nodes(*PROPERTIES):
        value = node.child_by_field_name("value") or node
        if value.type in _IN_QUERIES:
            continue  # it stands in the query itself, as most do: what its place wants need not be asked
        wanted = expected(file, value)
        if wanted is None or wanted.what not in OF_QUERIES:
            continue
        apart = [Place(file, each) for each in values_of(value) if each.type == "object" and _is_elsewhere(value, each)]
        found = apart or (literals_of_data(file, value) if wanted.what in DATA else [])
        for place in found:
            held = HeldLiteral(place, wanted, place, is_named=bool(apart))
            yield held
            yield from _inner(held)


def literals_apart(file: FileContext) -> Iterator[tuple[Node, Type]]:
    """The literals that the queries of a file have a name for, also one that is spread: `{ data: { ...made } }`.

    Args:
        file: the file.

    Yields:
        The literal, and what the query wants of it.
    """
    for held in held_literals(file):
        if held.is_named and held.place.file is file:
            yield held.place.node, held.wanted
    for spread in file.source.nodes("spread_element"):
        wanted = expected(file, spread.named_children[0]) if spread.named_children else None
        if wanted is not None and wanted.what in OF_QUERIES:
            value = spread.named_children[0]
            yield from ((each, wanted) for each in values_of(value) if each.type == "object")


def _is_elsewhere(value: Node, literal: Node) -> bool:
    return not value.start_byte <= literal.start_byte < value.end_byte or value.type == "call_expression"


def _inner(held: HeldLiteral) -> Iterator[HeldLiteral]:
    """The parts of a literal that are about a model themselves: `{ author: { create: { … } } }`."""
    file = held.place.file
    for name, given in given_by(held.place.node).values.items():
        about = option(file.facts, held.wanted, name) if given.type == "object" else None
        if about is not None:
            part = held._replace(place=Place(file, given), wanted=about)
            yield part
            yield from _inner(part)
