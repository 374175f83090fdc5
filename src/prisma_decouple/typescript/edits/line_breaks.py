"""Lines that a patch has made too long, broken where formatters break them: a list around on lines of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.layout import closing_comma, comma_in_braces, is_too_long, unit_of, width_among
from prisma_decouple.typescript.source.syntax import ancestors, text_of
from prisma_decouple.typescript.source.text import Edit, Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

_TIMES = 3  # what is broken may have something inside that is too long itself
_LONGEST_CHAIN = 2
_ROUND = frozenset({"arguments", "formal_parameters"})
_CURLY = frozenset({"named_imports", "object", "object_pattern"})
_ELEMENTS = frozenset({"jsx_opening_element", "jsx_self_closing_element"})
_CHAIN = frozenset({"call_expression", "member_expression"})
# Formatters break these themselves, and elsewhere than at a list inside.
_OTHERS = frozenset(
    {
        *("array", "binary_expression", "if_statement", "jsx_element", "ternary_expression", "union_type"),
        *("while_statement", "for_in_statement", "template_string", "type_arguments"),
    }
)


def with_line_breaks(source: Source, text: str, others: Sequence[Source] = ()) -> str:
    """A patched text without lines that are longer than those of the file get, where a list can be broken.

    Args:
        source: the file as it was.
        text: the file as it has become.
        others: the other files of the code base, which tell its style where this one does not.
    """
    width = width_among(source, others)
    if width is None:
        return text
    known = {line.rstrip("\r") for line in source.text.split("\n")}
    for _ in range(_TIMES):
        lines = text.split("\n")
        rows = [
            row for row, line in enumerate(lines) if line.rstrip("\r") not in known and _is_long(source, line, width)
        ]
        if not rows:
            break
        patched = Source(source.path, text)
        edits = [edit for row in rows for edit in _broken(source, patched, row, others)]
        if not edits:
            break
        text = _edited(patched, source, edits)
    return text


def _is_long(source: Source, line: str, width: int) -> bool:
    return is_too_long(source, line.rstrip("\r"), width) and "//" not in line and "/*" not in line


def _edited(patched: Source, source: Source, edits: Iterable[Edit]) -> str:
    data = patched.data
    for edit in sorted(edits, reverse=True):
        data = data[: edit.start] + source.with_line_ends(edit.text).encode() + data[edit.end :]
    return data.decode()


def _broken(source: Source, patched: Source, row: int, others: Iterable[Source]) -> Iterator[Edit]:
    """The edit that breaks the outermost list of a line, if there is one that may be broken."""
    node = next(_lists_in(patched.root, row), None)
    node = _innermost_hugged(node) if node is not None else None
    if node is None or not _may_be_broken(node, row):
        return
    indentation = patched.indentation(node)
    end, inner = f"\n{indentation}", f"\n{indentation}{unit_of(source)}"
    if node.type in _ELEMENTS:
        first, *rest = node.named_children
        start, closing = first.end_byte, node.children[-1]
        yield Edit(
            start, closing.end_byte, "".join(f"{inner}{text_of(each)}" for each in rest) + end + text_of(closing)
        )
        return
    comma = closing_comma(source, others) if node.type in _ROUND else comma_in_braces(source)
    listed = f",{inner}".join(map(text_of, node.named_children))
    yield Edit(node.start_byte + 1, node.end_byte - 1, f"{inner}{listed}{comma}{end}")


def _lists_in(root: Node, row: int) -> Iterator[Node]:
    """The lists that begin and end in a line and have something in them, the outermost and first one first."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if node.end_point.row < row or node.start_point.row > row:
            continue
        is_inside = node.start_point.row == node.end_point.row == row
        if is_inside and node.type in _ROUND | _CURLY | _ELEMENTS and node.named_children:
            yield node
        waiting += node.children[::-1]


def _innermost_hugged(node: Node) -> Node:
    """What is broken in place of a list around it: the only parameter's pattern, the last argument's object.

    So is the object that an arrow function gives back, where it is the only argument.
    """
    last = node.named_children[-1]
    if node.type == "formal_parameters" and len(node.named_children) == 1:
        pattern, written = last.child_by_field_name("pattern"), last.child_by_field_name("type")
        is_written_out = written is not None and written.named_children[0].type == "object_type"
        if pattern is not None and pattern.type == "object_pattern" and pattern.named_children and not is_written_out:
            return pattern
    given = _given_back(last) if len(node.named_children) == 1 else last
    return given if node.type == "arguments" and given.type == "object" and given.named_children else node


def _given_back(argument: Node) -> Node:
    """The object that an arrow function is no more than, `(author) => ({ author })`; else what is given."""
    body = argument.child_by_field_name("body") if argument.type == "arrow_function" else None
    is_wrapped = body is not None and body.type == "parenthesized_expression" and len(body.named_children) == 1
    return body.named_children[0] if body is not None and is_wrapped else argument


def _may_be_broken(node: Node, row: int) -> bool:
    if any(child.type == "comment" for child in node.named_children) or _is_written_out(node):
        return False
    if node.type in _ELEMENTS:
        children = node.named_children
        return len(children) > 1 and text_of(node.parent).startswith("<") and not _is_beside_text(node)
    inner = node
    for outer in (each for each in ancestors(node) if each.start_point.row == row):
        if outer.type in _OTHERS or (outer.type == "arrow_function" and not _has_block(outer, inner)):
            return False
        inner = outer
    return _calls_in_chain(node) <= _LONGEST_CHAIN


def _is_written_out(node: Node) -> bool:
    """Whether it is the only parameter, whose type is an object type: both are broken together."""
    if node.type != "formal_parameters" or len(node.named_children) != 1:
        return False
    pattern = node.named_children[0].child_by_field_name("pattern")
    return pattern is not None and pattern.type == "object_pattern"


def _is_beside_text(element: Node) -> bool:
    """Whether something stands behind an element in its line."""
    whole = element.parent if element.type == "jsx_opening_element" else element
    follower = (
        whole.next_sibling if element.type != "jsx_opening_element" and whole is not None else element.next_sibling
    )
    return (
        follower is not None
        and follower.start_point.row == element.end_point.row
        and bool(text_of(follower).split("\n")[0].strip())
    )


def _has_block(arrow: Node, inner: Node) -> bool:
    """Whether the body of a function is a block, or the parenthesized object that is broken."""
    body = arrow.child_by_field_name("body")
    return body is not None and (body.type == "statement_block" or (body == inner and body.type != "call_expression"))


def _calls_in_chain(arguments: Node) -> int:
    """How many calls the chain of them has to which some arguments belong."""
    call, calls = arguments.parent, 0
    while call is not None and call.parent is not None and call.parent.type in _CHAIN:
        call = call.parent
    while call is not None and call.type in _CHAIN:
        calls += call.type == "call_expression"
        call = call.child_by_field_name("function") or call.child_by_field_name("object")
    return calls
