"""Names: reserved ones, malformed ones and those that are given twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.spelling import SCALAR_TYPES
from prisma_decouple.model.validation.expressions import words
from prisma_decouple.model.validation.registry import check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table
    from prisma_decouple.syntax.nodes import Block, EnumValue, Field

RESERVED = words("""
PrismaClient async await break case catch class const continue debugger default delete do else enum export extends
false finally for function if implements import in instanceof interface let new null package private protected public
return super switch this throw true try using typeof var void while with yield
""")
"""Names that the generated client could not declare: JavaScript's keywords and the client itself."""


@check("V201", "names")
def reserved_names(table: Table) -> Iterator[Problem]:
    """A block has a name that the client or the language needs itself."""
    for block in table.schema.blocks():
        if block.name in SCALAR_TYPES:
            yield block, f"`{block.name}` is the name of a type of Prisma"
        elif block.name in RESERVED and block.keyword in {"model", "view", "enum"}:
            yield block, f"`{block.name}` cannot be the name of a {block.keyword}; the client needs it"


@check("V202", "names")
def malformed_names(table: Table) -> Iterator[Problem]:
    """A name begins with a digit or has a dash in it; Prisma lets the fields of composite types."""
    for block in table.schema.blocks("model", "view", "type", "enum"):
        fields = () if block.keyword == "type" else block.fields
        members: list[Block | Field | EnumValue] = [block, *fields, *block.values]
        for node in members:
            if node.name[:1].isdigit():
                yield node, f"the name `{node.name}` begins with a digit"
            elif "-" in node.name:
                yield node, f"the name `{node.name}` has a dash in it"


@check("V203", "names")
def blocks_twice(table: Table) -> Iterator[Problem]:
    """Two blocks have the same name."""
    for keywords in (("model", "view", "type", "enum"), ("generator",), ("datasource",)):
        yield from _twice(table.schema.blocks(*keywords), "the schema")


@check("V204", "names")
def members_twice(table: Table) -> Iterator[Problem]:
    """Two fields of a block, or two values of an enum, have the same name."""
    for block in table.schema.blocks("model", "view", "type", "enum"):
        yield from _twice(block.fields or block.values, f"`{block.name}`")


def _twice(nodes: Iterable[Block | Field | EnumValue], where: str) -> Iterator[Problem]:
    nodes = list(nodes)
    if len({node.name for node in nodes}) == len(nodes):
        return
    seen: set[str] = set()
    for node in nodes:
        if node.name in seen:
            yield node, f"{where} has the name `{node.name}` already"
        seen.add(node.name)


@check("V205", "names")
def empty_blocks(table: Table) -> Iterator[Problem]:
    """An enum has no value, or a composite type no field."""
    for block in table.schema.blocks("enum", "type"):
        if not block.values and not block.fields:
            yield block, f"the {block.keyword} `{block.name}` is empty"
