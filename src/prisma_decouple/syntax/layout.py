"""Where `prisma format` puts names, types and attributes, for the lines that a change touches.

The formatter aligns three columns (name, type, attributes) within each group of lines that has no blank line in it; a
comment line does not end a group. A group that was aligned before a change is aligned again after it. In a group
that somebody laid out by hand only the changed lines move.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from prisma_decouple.syntax.nodes import Block, BlockAttribute, Field, Line, Member, replace
from prisma_decouple.syntax.parser import parse_schema

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

INDENT = "  "
_NEWLINE = re.compile(r"\r\n?|\n")

# The order in which the formatter leaves block attributes; any other comes last.
ATTRIBUTE_ORDER = ("id", "unique", "index", "fulltext", "map", "ignore")


def member(text: str, *, newline: str = "\n") -> Member:
    """The node of one line of a model, such as `name String @unique` or `@@index([name])`."""
    parsed = parse_schema(f"model M {{{newline}{INDENT}{text}{newline}}}{newline}")
    return next(parsed.blocks()).members[0]


def field(text: str) -> Field:
    """As `member`, for a field."""
    node = member(text)
    if not isinstance(node, Field):
        raise TypeError(f"not a field: {text}")
    return node


def quoted(text: str) -> str:
    """A string literal of the schema language, which spells them as JSON does."""
    return json.dumps(text, ensure_ascii=False)


def newline_of(block: Block) -> str:
    """How the lines of a block end: as its first line does."""
    found = _NEWLINE.search(block.opening)
    return found.group() if found else "\n"


def groups(members: Sequence[Member]) -> list[list[Field]]:
    """The fields of a block, group by group."""
    result: list[list[Field]] = [[]]
    for node in members:
        if isinstance(node, Field):
            result[-1].append(node)
        elif isinstance(node, Line) and node.is_blank and result[-1]:
            result.append([])
    return [group for group in result if group]


def insert_after(block: Block, anchor: str | None, new: Sequence[Field], *, own_group: bool = False) -> Block:
    """Add fields to a block.

    Args:
        block: the model.
        anchor: the name of the field to stand behind; None puts the new ones in front of everything.
        new: the fields; their spacing and their newlines are not kept.
        own_group: set them apart with a blank line instead of joining the anchor's group.

    Returns:
        The block with the fields, laid out as the module's text says.
    """
    neighbour = block.field(anchor) if anchor else None
    position = block.members.index(neighbour) + 1 if neighbour else 0
    blank = (Line(newline_of(block)),) if own_group else ()
    rows = tuple(replace(_like(row, neighbour), end=newline_of(block)) for row in new)
    changed = replace(block, members=(*block.members[:position], *blank, *rows, *block.members[position:]))
    if own_group:
        return _align(changed, rows)
    return _realign(block, changed, rows)


def replace_field(block: Block, new: Field) -> Block:
    """Exchange the field of that name for a changed copy of itself.

    Raises:
        KeyError: the block has no such field.
    """
    old = block.field(new.name)
    if old is None:
        raise KeyError(new.name)
    shift = width(_type(new)) - width(_type(old))
    attributes = new.attributes
    if shift > 0 and attributes and new.arity != old.arity:
        # Take the room that a longer type needs from the padding behind it, as long as one space is left.
        lead = attributes[0].lead
        first = replace(attributes[0], lead=lead[: max(1, len(lead) - shift)])
        new = replace(new, attributes=(first, *attributes[1:]))
    members = tuple(new if node is old else node for node in block.members)
    return _realign(block, replace(block, members=members), (new,))


def set_arity(block: Block, names: Iterable[str], arity: str) -> Block:
    """Write `?`, `[]` or nothing behind the types of these fields."""
    for name in names:
        node = block.field(name)
        if node is not None and node.arity.strip() != arity:
            block = replace_field(block, replace(node, arity=arity))
    return block


def add_block_attribute(block: Block, text: str) -> Block:
    """Add a line such as `@@index([userId])` at the place where the formatter would leave it."""
    newline = newline_of(block)
    new = member(text, newline=newline)
    if not isinstance(new, BlockAttribute):
        raise TypeError(f"not a block attribute: {text}")
    members = list(block.members)
    before = [at for at, node in enumerate(members) if isinstance(node, BlockAttribute) and _rank(node) <= _rank(new)]
    behind = [at for at, node in enumerate(members) if isinstance(node, BlockAttribute) and _rank(node) > _rank(new)]
    if before:
        members.insert(before[-1] + 1, new)
    elif behind:
        members.insert(_above_comments(members, behind[0]), new)
    else:
        while members and isinstance(members[-1], Line) and members[-1].is_blank:
            members.pop()
        members += [Line(newline), new]
    return replace(block, members=tuple(members))


def _rank(line: BlockAttribute) -> int:
    return ATTRIBUTE_ORDER.index(line.name) if line.name in ATTRIBUTE_ORDER else len(ATTRIBUTE_ORDER)


def _above_comments(members: Sequence[Member], position: int) -> int:
    """A comment right above an attribute belongs to it."""
    while position and isinstance(above := members[position - 1], Line) and not above.is_blank:
        position -= 1
    return position


def _realign(before: Block, after: Block, changed: Sequence[Field]) -> Block:
    """Align the groups of the changed fields, if their other fields were aligned before."""
    new = {id(row) for row in changed}
    aligned = {id(row) for group in groups(before.members) if _aligned(group) == group for row in group}
    for group in groups(after.members):
        kept = [row for row in group if id(row) not in new]
        if len(kept) < len(group) and all(id(row) in aligned for row in kept):
            after = _align(after, group)
    return after


def _align(block: Block, group: Sequence[Field]) -> Block:
    exchange = dict(zip(map(id, group), _aligned(group), strict=True))
    members: tuple[Member, ...] = tuple(exchange.get(id(node), node) for node in block.members)
    return replace(block, members=members)


def _aligned(group: Sequence[Field]) -> list[Field]:
    """The fields of a group as the formatter spaces them."""
    names = max(width(row.name) for row in group)
    types = max(width(_type(row)) for row in group)
    return [_spaced(row, names, types) for row in group]


def _spaced(row: Field, names: int, types: int) -> Field:
    """One row in columns of these widths; the last column is not padded."""
    padding = " " * (types - width(_type(row)) + 1)
    attributes = tuple(
        replace(attribute, lead=" " if at else padding, sigil="@") for at, attribute in enumerate(row.attributes)
    )
    return replace(
        row,
        lead=INDENT if not row.lead.strip() else row.lead,
        space=" " * (names - width(row.name) + 1),
        arity=row.arity.strip(),
        attributes=attributes,
        end=_end(row.end),
    )


def _end(text: str) -> str:
    """The end of a line with its comment one space away."""
    comment = text.strip()
    newline = text[len(text.rstrip("\r\n")) :]
    return f" {comment}{newline}" if comment else newline


def _like(row: Field, neighbour: Field | None) -> Field:
    """A new field in the columns of its neighbour, for a group that is not aligned."""
    if neighbour is None:
        return row
    lead = neighbour.lead if not neighbour.lead.strip() else INDENT
    space = " " * max(1, width(neighbour.name + neighbour.space) - width(row.name))
    row = replace(row, lead=lead, space=space)
    if not row.attributes or not neighbour.attributes:
        return row
    column = width(_type(neighbour) + neighbour.attributes[0].lead)
    first = replace(row.attributes[0], lead=" " * max(1, column - width(_type(row))))
    return replace(row, attributes=(first, *row.attributes[1:]))


def _type(row: Field) -> str:
    return row.type + row.arity.strip()


def width(text: str) -> int:
    """The formatter counts bytes, not characters."""
    return len(text.encode())
