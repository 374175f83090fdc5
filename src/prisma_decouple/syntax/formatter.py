"""The layout that `prisma format` gives to a file, and what it never does: lose text.

The rules were measured with the formatters of Prisma 6 and 7; docs/language.md lists where this one differs on purpose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.syntax.layout import ATTRIBUTE_ORDER, INDENT, width
from prisma_decouple.syntax.nodes import (
    Argument,
    Arguments,
    Array,
    Atom,
    Attribute,
    Block,
    BlockAttribute,
    Call,
    EnumValue,
    Field,
    Line,
    Object,
    Property,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.syntax.nodes import Expression, Member, SourceFile

_FIELD_ATTRIBUTE_ORDER = ("id", "unique", "default", "updatedAt", "map", "relation", "ignore")
_PIECE = re.compile(
    r"[^\S\r\n]*(?:\r\n?|\n)|[^\S\r\n]*(?P<comment>//[^\r\n]*(?:\r\n?|\n)?|/\*[\s\S]*?\*/(?:[^\S\r\n]*(?:\r\n?|\n))?)"
)
_BEHIND_BRACE = re.compile(r"[^\S\r\n]*(//[^\r\n]*)(?:\r\n?|\n|$)")
_BLOCK_COMMENT = re.compile(r"/\*[\s\S]*?\*/")
_NEWLINE = re.compile(r"\r\n?|\n")


def format_file(file: SourceFile) -> str:
    """The text of a file as the formatter lays it out: LF, two spaces, and one newline at the end."""
    text = ""
    for item in file.items:
        if isinstance(item, Block):
            text += _block(item)
            continue
        # Prisma moves a comment behind a closing brace below it, where it would belong to the next block.
        behind = _BEHIND_BRACE.match(item.text) if text else None
        if behind is not None:
            text = f"{text[:-1]} {behind.group(1)}\n"
        text += _gap(item.text[behind.end() :] if behind else item.text)
    return text.strip("\n") + "\n"


# --- between blocks ---------------------------------------------------------------------------------------------------


def _gap(text: str) -> str:
    """Comments between blocks; any run of blank lines, and the end of a block's last line, become one blank line."""
    result = ""
    for piece in _PIECE.finditer(text):
        comment = piece.group("comment")
        if comment:
            result += _comment(comment, "")
        elif result != "\n" and not result.endswith("\n\n"):
            result += "\n"
    return result


def _comment(text: str, indent: str) -> str:
    """A comment on a line, or lines, of its own."""
    if not text.startswith("/*"):
        return f"{indent}{_NEWLINE.sub('', text)}\n"
    lines = [line.strip().lstrip("*").strip() for line in _NEWLINE.split(text.strip()[2:-2])]
    inner = "".join(f"{indent} * {line}\n" for line in lines if line)
    return f"{indent}/**\n{inner}{indent} */\n"


# --- blocks -----------------------------------------------------------------------------------------------------------


def _block(block: Block) -> str:
    rest = _NEWLINE.sub("", block.opening.split("{", 1)[1]).strip()
    opening = f"{block.keyword} {block.name} {{{f' {rest}' if rest else ''}\n"
    body, attributes = _sorted_out(block.members)
    groups = [_table(group) for group in body]
    ends = "".join(f"{comment}{_block_attribute(line)}" for comment, line in attributes)
    return opening + "\n".join(groups) + (f"\n{ends}" if attributes else "") + "}\n"


def _sorted_out(members: Sequence[Member]) -> tuple[list[list[Member]], list[tuple[str, BlockAttribute]]]:
    """The groups of lines between blank ones, and the block attributes, each with the comment right above it.

    A blank line counts only when something other than a block attribute, or its comment, follows.
    """
    groups: list[list[Member]] = [[]]
    attributes: list[tuple[str, BlockAttribute]] = []
    comments: list[Member] = []
    is_parted = False
    for member in (*members, None):
        if isinstance(member, BlockAttribute):
            above = "".join(map(_line_comment, comments)) + _lead_comment(member.attribute.lead)
            attributes.append((above, member))
            comments, is_parted = [], False
            continue
        if isinstance(member, Line) and not member.is_blank:
            comments.append(member)
            continue
        lines = comments if member is None or isinstance(member, Line) else [*comments, member]
        if lines:
            if is_parted and groups[-1]:
                groups.append([])
            groups[-1] += lines
            is_parted = False
        comments = []
        is_parted = is_parted or isinstance(member, Line)
    attributes.sort(key=lambda pair: _rank(pair[1].name, ATTRIBUTE_ORDER))
    return [group for group in groups if group], attributes


def _line_comment(member: Member) -> str:
    return _comment(str(member).strip("\r\n").lstrip(), INDENT)


def _lead_comment(lead: str) -> str:
    """Comments in front of something on its line go above it."""
    return "".join(_comment(comment, INDENT) for comment in _BLOCK_COMMENT.findall(lead))


def _rank(name: str, order: Sequence[str]) -> int:
    return order.index(name) if name in order else len(order)


# --- the lines of a block ---------------------------------------------------------------------------------------------


def _table(group: Sequence[Member]) -> str:
    """The lines of a group, in columns that are as wide as their widest cell; the last cell of a line is not padded."""
    rows = [_cells(member) for member in group]
    columns = max((len(cells) for cells in rows if cells), default=0)
    widths = [
        max((width(cells[at]) for cells in rows if cells and len(cells) > at), default=0) for at in range(columns)
    ]
    return "".join(_row(member, cells, widths) for member, cells in zip(group, rows, strict=True))


def _cells(member: Member) -> list[str] | None:
    """The cells of a line; None for a line that stands outside the columns."""
    if isinstance(member, Field):
        cells = [member.name, member.type + member.arity.strip(), _attributes(member.attributes)]
    elif isinstance(member, EnumValue):
        cells = [member.name, _attributes(member.attributes)]
    elif isinstance(member, Property):
        cells = [member.name, f"= {_expression(member.value)}" if member.value is not None else "="]
    else:
        return None
    return [cell for cell in cells if cell]


def _row(member: Member, cells: list[str] | None, widths: Sequence[int]) -> str:
    if cells is None:
        return _line_comment(member)
    padded = [cell + " " * (room - width(cell)) for cell, room in zip(cells[:-1], widths, strict=False)]
    lead = getattr(member, "lead", "")
    return f"{_lead_comment(lead)}{INDENT}{' '.join([*padded, cells[-1]])}{_end(getattr(member, 'end', ''))}"


def _end(text: str) -> str:
    comment = text.lstrip().rstrip("\r\n")
    return f" {comment}\n" if comment.strip() else "\n"


def _attributes(attributes: Sequence[Attribute]) -> str:
    ordered = sorted(attributes, key=lambda each: _rank(each.name, _FIELD_ATTRIBUTE_ORDER))
    return " ".join(f"@{each.name}{_arguments(each.arguments)}" for each in ordered)


def _block_attribute(line: BlockAttribute) -> str:
    return f"{INDENT}@@{line.name}{_arguments(line.attribute.arguments)}{_end(line.end)}"


# --- expressions ------------------------------------------------------------------------------------------------------


def _arguments(arguments: Arguments | None) -> str:
    return f"({_items(arguments.items)})" if arguments is not None else ""


def _items(items: Sequence[Argument]) -> str:
    return ", ".join(_argument(item) for item in items)


def _argument(item: Argument) -> str:
    return f"{item.name}: {_expression(item.value)}" if item.name else _expression(item.value)


def _expression(expression: Expression) -> str:
    if isinstance(expression, Atom):
        return expression.text
    if isinstance(expression, Call):
        return expression.name + _arguments(expression.arguments)
    if isinstance(expression, Object):
        return f"{{ {_items(expression.items)} }}"
    assert isinstance(expression, Array)  # noqa: S101 - there is no other kind
    return f"[{_items(expression.items)}]"
