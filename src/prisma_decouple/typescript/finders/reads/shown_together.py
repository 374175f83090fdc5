"""What an element shows of one record that may be absent, and of nothing else: `<td>{author.first} {author.last}</td>`.

Read safely one by one, nothing would be shown; others show something for want of it: `{book.isbn || "-"}`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.reads.shown_fallbacks import neutral
from prisma_decouple.typescript.finders.uses.whole_literals import Whole
from prisma_decouple.typescript.source.made_of_one import reads_of
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.references import is_reference
from prisma_decouple.typescript.source.syntax import function_around, nearest, text_of
from prisma_decouple.typescript.source.text import Edit

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_BLANK = re.compile(r"""\{\s*(["'])\s*\1\s*\}""")
_MANY = 2
_TAGS = frozenset({"jsx_closing_element", "jsx_opening_element"})


def shown_around(file: FileContext, node: Node) -> Whole | None:
    """All that an element shows, when it is read of one record that may be absent.

    Args:
        file: the file.
        node: the record, where it is read on from.

    Returns:
        None where something else is shown as well, or nothing is shown for want of others.
    """
    holder = nearest(node, "jsx_expression") if is_reference(node) else None
    element = holder.parent if holder is not None else None
    if element is None or element.type != "jsx_element":
        return None
    parts = [each for each in element.named_children if each.type not in _TAGS and text_of(each).strip()]
    name, function = plain(text_of(node)), function_around(element)
    reads = [reads_of(each, name) for each in parts if not _BLANK.fullmatch(text_of(each))]
    is_alone = len(reads) >= _MANY and all(each.type == "jsx_expression" for each in parts) and all(reads)
    is_here = all(function_around(each) == function for of_part in reads for each in of_part)
    shown = neutral(file, node) if is_alone and is_here else ""
    if not shown:
        return None
    start, end = parts[0].start_byte, parts[-1].end_byte
    edits = [Edit(start, start, f"{{{text_of(node)} ? <>"), Edit(end, end, f"</> : {shown}}}")]
    told = f"Without it `{shown}` is shown, as for others here."
    return Whole(element, reads[0][0] == node, edits, is_taken=True, told=told)
