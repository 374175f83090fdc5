"""Links to a record that may be absent: `<a href={`/authors/${book.author.id}`}>{book.author.name}</a>`.

Read safely, it would lead to no page and say nothing: it is not shown without the record.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.whole_literals import Whole
from prisma_decouple.typescript.source.layout import is_too_long, unit_of
from prisma_decouple.typescript.source.made_of_one import reads_of
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.references import is_reference
from prisma_decouple.typescript.source.syntax import ancestors, descendants, function_around, is_function, text_of
from prisma_decouple.typescript.source.text import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_ADDRESSES = frozenset({"href", "to"})
_ELEMENTS = frozenset({"jsx_element", "jsx_fragment"})
_TOLD = "Without it there is nothing that this leads to: it is not shown then."


def link_around(file: FileContext, node: Node) -> Whole | None:
    """The element that leads to a record that may be absent, and says nothing of anything else.

    Args:
        file: the file.
        node: the record, where it is read on from.

    Returns:
        None where there is none, or where something stands beside it that speaks of it, or needs it there.
    """
    around = list(takewhile(lambda each: not is_function(each), ancestors(node) if is_reference(node) else ()))
    name, elements = plain(text_of(node)), (each for each in around if each.type == "jsx_element")
    link = next((each for each in elements if any(reads_of(place, name) for place in _addresses(each))), None)
    if link is None or not _is_alone(link) or not all(reads_of(each, name) for each in _shown(link)):
        return None
    reads, is_broken = reads_of(link, name), any(map(_spans_lines, descendants(link, "template_string")))
    if is_broken or any(function_around(each) != function_around(link) for each in reads):
        return None
    return Whole(link, reads[0] == node, _edits(file, link, node), is_taken=True, told=_TOLD)


def _spans_lines(node: Node) -> bool:
    return node.start_point.row != node.end_point.row


def _addresses(element: Node) -> Iterator[Node]:
    """What an element says where it leads to."""
    opening = element.child_by_field_name("open_tag")
    for attribute in opening.named_children if opening is not None else ():
        is_attribute = attribute.type == "jsx_attribute" and bool(attribute.named_children)
        if is_attribute and text_of(attribute.named_children[0]) in _ADDRESSES:
            yield attribute


def _shown(element: Node) -> Iterator[Node]:
    """What an element shows that is no text of its own, however deep."""
    for child in element.named_children:
        if child.type == "jsx_expression" and child.named_children and child.named_children[0].type != "comment":
            yield child
        elif child.type in _ELEMENTS:
            yield from _shown(child)


def _is_alone(element: Node) -> bool:
    """Whether an element stands in another one, without words beside it; one that is made of its child needs it."""
    holder = element.parent
    if holder is None or holder.type not in _ELEMENTS:
        return False
    opening = holder.child_by_field_name("open_tag")
    is_made_of_it = opening is not None and any(text_of(each) == "asChild" for each in opening.named_children)
    return not is_made_of_it and not any(each.type == "jsx_text" and text_of(each).strip() for each in holder.children)


def _edits(file: FileContext, element: Node, node: Node) -> list[Edit]:
    """`{author && (…)}` around an element, whose lines are indented once more."""
    source, name, start, end = file.source, text_of(node), element.start_byte, element.end_byte
    line = "".join(source.lines(element))
    if not _spans_lines(element) and not is_too_long(source, f"{line}{name} && {{}}"):
        return [Edit(start, start, f"{{{name} && "), Edit(end, end, "}")]
    margin, unit = source.indentation(element), unit_of(source)
    inner = [Edit(each, each, unit) for each in source.line_starts(element)]
    return [Edit(start, start, f"{{{name} && (\n{margin}{unit}"), *inner, Edit(end, end, f"\n{margin})}}")]
