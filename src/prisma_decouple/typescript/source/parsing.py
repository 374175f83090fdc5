"""A text into a tree, with tree-sitter."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Language, Node, Parser, Query

# What TypeScript allows and the grammar (tree-sitter-typescript 0.23.2) does not. It is given something as long as it
# that means the same to us, so that nothing moves.
# In the text of an element and in its attributes `&` is text; the grammar takes each for the start of an entity.
_AMPERSAND = re.compile(rb"(?<!&)&(?![&=]|#?\w+;)")
_EXPORTED_TYPES = re.compile(rb"^([ \t]*export\s+)type(?=\s*\*)", re.MULTILINE)
_IMPORTED_TYPE = re.compile(rb"(?<=\btypeof )import\(\s*(?:\"[^\"\n]*\"|'[^'\n]*')\s*\)")
_KEY_IN = re.compile(rb"^([ \t]*)in(?=\??:)", re.MULTILINE)
# It takes `a === b!.c` for `(a === b)!.c`. White space that nobody writes stands for such a `!`, see `asserted`.
ASSERTED = "\v"
_ASSERTION = re.compile(rb"[\w$)\]>]!(?!=)")
_NEVER_ASSERTED = frozenset({"binary_expression", "type_assertion", "unary_expression", "update_expression"})


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
    if not root.has_error:
        return _with_assertions(root, data, tsx=tsx)
    known = _in_other_words(data)
    if tsx:
        places = [match.start() for match in _AMPERSAND.finditer(known)]
        # A second look tells which of them stand in elements; all others are operators, and mean something.
        seen = _parser(tsx=True).parse(_covered(known, places)).root_node
        known = _covered(known, [place for place in places if _is_text(seen, place)])
    if known != data:
        root = _parser(tsx=tsx).parse(known).root_node
    return _with_assertions(root, known, tsx=tsx)


def asserted(root: Node, data: bytes) -> frozenset[int]:
    """Where expressions end that are said to be there, by a `!` of which a tree has no node.

    Args:
        root: the tree.
        data: the text that it was made of.
    """
    places = (match.start() + root.start_byte for match in re.finditer(ASSERTED.encode(), root.text or b""))
    return frozenset(place for place in places if data[place : place + 1] == b"!")


def _with_assertions(root: Node, data: bytes, *, tsx: bool) -> Node:
    """The tree in which `!` belongs to what stands right before it."""
    found = index(root, ("non_null_expression",), tsx=tsx) if _ASSERTION.search(data) else {}
    places = [
        outer.end_byte - 1
        for node in found.get("non_null_expression", ())
        if node.named_children and node.named_children[0].type in _NEVER_ASSERTED
        for outer in _chain(node)
        if outer.type == "non_null_expression" and data[outer.end_byte - 1 : outer.end_byte] == b"!"
    ]
    return _parser(tsx=tsx).parse(_covered(data, places, ASSERTED.encode())).root_node if places else root


def _chain(node: Node) -> Iterator[Node]:
    """A node, and all that reads on from it."""
    outer: Node | None = node
    while outer is not None and outer.children[0].start_byte == node.start_byte:
        yield outer
        outer = outer.parent


def has_mistakes(root: Node) -> bool:
    """Whether a tree has an error that is one: types of a template's function only confuse the grammar."""
    return root.has_error and any(_mistakes(root))


def _mistakes(root: Node) -> Iterator[Node]:
    pending = [root]
    while pending:
        node = pending.pop()
        parent = node.parent
        if node.type == "ERROR" or (
            node.is_missing and not (parent is not None and parent.type == "non_null_expression")
        ):
            yield node
        pending += (child for child in node.children if child.has_error or child.is_missing)


def _in_other_words(data: bytes) -> bytes:
    data = _EXPORTED_TYPES.sub(rb"\1    ", data)
    data = _IMPORTED_TYPE.sub(lambda match: b"_" * len(match[0]), data)
    return _KEY_IN.sub(rb"\1_n", data)


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

    unknown = "type_assertion" if tsx else "jsx_"  # to the other grammar
    names = (name for name in types if not name.startswith(unknown))
    query: Query = Query(language(tsx=tsx), " ".join(f"({name}) @{name}" for name in names))
    return query


def _covered(data: bytes, places: Iterable[int], cover: bytes = b"+") -> bytes:
    """A text with something harmless in place of some of its bytes."""
    covered = bytearray(data)
    for place in places:
        covered[place : place + 1] = cover
    return bytes(covered)


def _is_text(root: Node, place: int) -> bool:
    node = root.descendant_for_byte_range(place, place + 1)
    while node is not None and node.type in {"string", "string_fragment"}:
        node = node.parent
    return node is not None and node.type in {"jsx_text", "jsx_attribute"}
