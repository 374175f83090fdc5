"""A text into a tree, with tree-sitter."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Language, Node, Parser, Query

# In the text of an element `Terms & Conditions` is text; the grammar takes every `&` for the start of an entity.
_LONELY_AMPERSAND = re.compile(rb"(?<!&)&(?![&=\w#])")


@cache
def language(*, tsx: bool) -> Language:
    """The grammar of TypeScript, or of TypeScript with elements."""
    # Half the commands never look at code, so they do not pay for these two.
    import tree_sitter_typescript  # noqa: PLC0415
    from tree_sitter import Language  # noqa: PLC0415

    return Language(tree_sitter_typescript.language_tsx() if tsx else tree_sitter_typescript.language_typescript())


def parse(data: bytes, *, tsx: bool) -> Node:
    """A text's tree; where the text is no TypeScript it has error nodes and goes on behind them.

    Args:
        data: the text, in UTF-8.
        tsx: whether it may have elements.

    Returns:
        The root.
    """
    root = _parser(tsx=tsx).parse(data).root_node
    if not tsx or not root.has_error:
        return root
    places = [match.start() for match in _LONELY_AMPERSAND.finditer(data)]
    # A second look tells which of them stand in the text of elements; all others are operators, and mean something.
    seen = _parser(tsx=True).parse(_covered(data, places)).root_node
    in_text = [place for place in places if _is_text(seen, place)]
    return _parser(tsx=True).parse(_covered(data, in_text)).root_node if in_text else root


def index(root: Node, types: Iterable[str], *, tsx: bool) -> dict[str, list[Node]]:
    """All nodes of some types, by type, in the order of the text.

    Args:
        root: the tree.
        types: the types; always the same ones.
        tsx: whether the tree may have elements.
    """
    from tree_sitter import QueryCursor  # noqa: PLC0415

    found = QueryCursor(_query(tuple(types), tsx=tsx)).captures(root)
    return {name: sorted(nodes, key=lambda node: node.start_byte) for name, nodes in found.items()}


@cache
def _parser(*, tsx: bool) -> Parser:
    from tree_sitter import Parser  # noqa: PLC0415

    return Parser(language(tsx=tsx))


@cache
def _query(types: tuple[str, ...], *, tsx: bool) -> Query:
    from tree_sitter import Query  # noqa: PLC0415

    names = (name for name in types if tsx or not name.startswith("jsx_"))
    query: Query = Query(language(tsx=tsx), " ".join(f"({name}) @{name}" for name in names))
    return query


def _covered(data: bytes, places: Iterable[int]) -> bytes:
    """A text with something harmless in place of some of its bytes."""
    covered = bytearray(data)
    for place in places:
        covered[place : place + 1] = b"+"
    return bytes(covered)


def _is_text(root: Node, place: int) -> bool:
    node = root.descendant_for_byte_range(place, place + 1)
    return node is not None and node.type == "jsx_text"
