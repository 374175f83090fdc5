"""The layout that `prisma format` gives to a file, and what it never does: lose text.

The rules were measured with the formatters of Prisma 6 and 7; docs/language.md lists where this one differs on purpose.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.syntax.layout import ATTRIBUTE_ORDER, INDENT, width
from prisma_decouple.syntax.nodes import Atom, Block, BlockAttribute, Call, EnumValue, Field, Line, Object, Property

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.syntax.nodes import Argument, Arguments, Attribute, Expression, Member, SourceFile

_FIELD_ATTRIBUTE_ORDER = ("id", "unique", "default", "updatedAt", "map", "relation", "ignore")
_PIECE = re.compile(
    r"""
    [^\S\r\n]*
    (?: (?P<newline> \r\n? | \n )
    |   (?P<comment> // [^\r\n]* (?: \r\n? | \n )? | /\* [\s\S]*? \*/ (?: [^\S\r\n]* (?: \r\n? | \n ) )? )
    |   \Z )
    """,
    re.VERBOSE,
)
_BEHIND_BRACE = re.compile(r"[^\S\r\n]*(//[^\r\n]*|/\*[\s\S]*?\*/)")
_BLANK = re.compile(r"[^\S\r\n]*[\r\n]")
_COMMENT = re.compile(r"//[^\r\n]*|/\*[\s\S]*?\*/")
_BLOCK_COMMENT_AND_SPACE = re.compile(r"/\*[\s\S]*?\*/[^\S\r\n]+[\r\n]+")
_NEWLINE = re.compile(r"\r\n?|\n")


def format_file(file: SourceFile) -> str:
    """The text of a file as the formatter lays it out: LF, two spaces, and one newline at the end."""
    text = ""
    is_behind_block = False
    for item in file.items:
        if isinstance(item, Block):
            text += ("\n" if is_behind_block else "") + _block(item)
        elif is_behind_block:
            # Prisma moves a comment behind a closing brace below it, where it would belong to the next block.
            comment, rest = _split_behind_brace(item.text)
            text = f"{text[:-1]}{comment}\n{_gap(rest)}"
        else:
            text += _gap(item.text)
        is_behind_block = isinstance(item, Block)
    return text.strip("\n") + "\n"


def _split_behind_brace(text: str) -> tuple[str, str]:
    """The comment behind a closing brace, and what begins on the next line, be it only with the next block."""
    found = _BEHIND_BRACE.match(text)
    rest = text[found.end() :] if found else text
    comment = f" {_NEWLINE.sub(chr(10), found.group(1))}" if found else ""
    return comment, rest if _BLANK.match(rest) else f"\n{rest}"


# --- between blocks ---------------------------------------------------------------------------------------------------


def _gap(text: str) -> str:
    """Comments between blocks; any run of blank lines, and the end of a block's last line, become one blank line."""
    result = ""
    for piece in _PIECE.finditer(text):
        comment = piece.group("comment")
        if comment:
            result += _comment(comment, "")
        elif piece.group("newline") and result != "\n" and not result.endswith("\n\n"):
            result += "\n"
    return result


def _comment(text: str, indent: str) -> str:
    """A comment on a line, or lines, of its own."""
    if not text.startswith("/*"):
        return f"{indent}{_NEWLINE.sub('', text)}\n"
    lines = [line.strip().removeprefix("*").strip() for line in _NEWLINE.split(text.strip()[2:-2])]
    inner = "".join(f"{indent} * {line}\n" for line in lines if line)
    return f"{indent}/**\n{inner}{indent} */\n"


# --- blocks -----------------------------------------------------------------------------------------------------------


def _block(block: Block) -> str:
    rest = _NEWLINE.sub("", block.opening.split("{", 1)[1]).strip()
    opening = f"{block.keyword} {block.name} {{{f' {rest}' if rest else ''}\n"
    body, attributes = _sorted_out([*_lines(block)])
    groups = [_table(group) for group in body]
    ends = "".join(f"{comment}{_block_attribute(line)}" for comment, line in attributes)
    return opening + "\n".join(groups) + (f"\n{ends}" if attributes else "") + "}\n"


def _lines(block: Block) -> Iterator[Member]:
    """The lines of a block, each comment before the closing brace as one, too."""
    for member in block.members:
        yield member
        if isinstance(member, Line) and _BLOCK_COMMENT_AND_SPACE.search(member.text):
            # As in Prisma, the line ends with such a comment, and the space behind it is a line without anything.
            yield Line("\n")
    for comment in _COMMENT.findall(block.closing):
        yield Line(comment)


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
            above = "".join(_comments(str(each)) for each in comments) + _comments(member.attribute.lead)
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


def _comments(text: str) -> str:
    """The comments of a line that has nothing else, or in front of something that has, go above it."""
    return "".join(_comment(comment, INDENT) for comment in _COMMENT.findall(text))


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
        cells = [member.name, f"= {_text(member.value)}" if member.value is not None else "="]
    else:
        return None
    return [cell for cell in cells if cell]


def _row(member: Member, cells: list[str] | None, widths: Sequence[int]) -> str:
    if cells is None:
        return _comments(str(member))
    padded = [cell + " " * (room - width(cell)) for cell, room in zip(cells[:-1], widths, strict=False)]
    lead = getattr(member, "lead", "")
    return f"{_comments(lead)}{INDENT}{' '.join([*padded, cells[-1]])}{_end(getattr(member, 'end', ''))}"


def _end(text: str) -> str:
    [comment] = _COMMENT.findall(text) or [""]
    return f" {_NEWLINE.sub(chr(10), comment)}\n" if comment else "\n"


def _attributes(attributes: Sequence[Attribute]) -> str:
    ordered = sorted(attributes, key=lambda each: _rank(each.name, _FIELD_ATTRIBUTE_ORDER))
    return " ".join(f"@{each.name}{_arguments(each.arguments)}" for each in ordered)


def _block_attribute(line: BlockAttribute) -> str:
    return f"{INDENT}@@{line.name}{_arguments(line.attribute.arguments)}{_end(line.end)}"


# --- expressions ------------------------------------------------------------------------------------------------------


def _arguments(arguments: Arguments | None) -> str:
    return _text("(", *_items(arguments.items), ")") if arguments is not None else ""


def _text(*parts: str | Expression) -> str:
    """The parts as one text; without recursion, for values may be nested as deeply as somebody likes."""
    pieces: list[str] = []
    pending = [*reversed(parts)]
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            pieces.append(part)
        else:
            pending += reversed(_parts(part))
    return "".join(pieces)


def _parts(expression: Expression) -> list[str | Expression]:
    if isinstance(expression, Atom):
        return [expression.text]
    if isinstance(expression, Call):
        return [expression.name, "(", *_items(expression.arguments.items), ")"]
    opening, closing = ("{ ", " }") if isinstance(expression, Object) else ("[", "]")
    return [opening, *_items(expression.items), closing]


def _items(items: Sequence[Argument]) -> list[str | Expression]:
    parts: list[str | Expression] = []
    for item in items:
        parts += [", "] if parts else []
        parts += [f"{item.name}: "] if item.name else []
        parts.append(item.value)
    return parts
