"""Fields of a GraphQL schema, `t.exposeInt("authorId")`, that say never null and show a field that may be null now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import call_arguments, children_of, string_value
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.exposed import exposures
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def find_graphql_fields(file: FileContext) -> None:
    """Note the fields that have to say that they may be null.

    Args:
        file: the file; its findings are filled.
    """
    for exposure in exposures(file):
        name = string_value(exposure.name)
        found = file.types.property(exposure.owner, name)
        if found is None or found.what is not What.KEY or not found.is_nullable:
            continue
        why = f"`{found.field}` of {with_article(found.model)} may be null now, and this field says that it never is."
        file.hint(exposure.call, Kind.FLOW, Confidence.CERTAIN, why, _nullable(exposure.call))


def _nullable(call: Node) -> list[Edit]:
    """Say in the options of a field that it may be null."""
    named, *options = call_arguments(call)
    if not options:
        return [Edit(named.end_byte, named.end_byte, ", { nullable: true }")]
    inside = children_of(options[0])
    start = inside[0].start_byte if inside else options[0].end_byte - 1
    return [Edit(start, start, "nullable: true, " if inside else " nullable: true ")]
