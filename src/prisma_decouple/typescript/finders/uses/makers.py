"""The functions that make records, and what they make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.changes import RequiredRelation
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.source.registered import others_in
from prisma_decouple.typescript.source.scopes import enclosing_function
from prisma_decouple.typescript.source.syntax import FUNCTIONS, ancestors, is_function

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_MAKING = frozenset({Kind.CREATE, Kind.CALL})


def makers(file: FileContext) -> Iterator[Node]:
    """The outermost functions with a name that make a record of a changed model, or call what makes one."""
    lines = {line for (line, _), kinds in file.noted.items() if kinds & _MAKING}
    for function in file.source.nodes(*FUNCTIONS) if lines else ():
        if enclosing_function(function)[0] is None and any(line in _rows(function) for line in lines):
            yield function


def made_around(file: FileContext, node: Node) -> frozenset[str]:
    """The models of the records that are made in the outermost function around a node, but not by another handler.

    Args:
        file: the file, when its creates are known.
        node: the node.
    """
    functions = [each for each in ancestors(node) if is_function(each)]
    return made_in(file, functions[-1], others_in(functions[-1], node)) if functions else frozenset()


def leads_nowhere(file: FileContext, maker: Node, node: Node) -> bool:
    """Whether all that a function makes is made by other handlers than that in which a node stands."""
    others = others_in(maker, node)
    lines = (line for (line, _), kinds in file.noted.items() if kinds & _MAKING and line in _rows(maker))
    return bool(others) and all(any(line in _rows(each) for each in others) for line in lines)


def _rows(node: Node) -> range:
    """The lines of a node."""
    return range(node.start_point.row + 1, node.end_point.row + 2)


def made_in(file: FileContext, function: Node, without: Sequence[Node] = ()) -> frozenset[str]:
    """The models of the records that a function makes itself or by what it calls.

    Args:
        file: the file, when its creates are known.
        function: the function.
        without: others in it, whose records do not count.
    """
    inside = (each for each in file.checked if function.start_byte <= each[0] < function.end_byte)
    own = (each for start, each in inside if not any(other.start_byte <= start < other.end_byte for other in without))
    return frozenset(each.model for each in own if isinstance(each, RequiredRelation))
