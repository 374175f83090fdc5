"""`prisma format`, without Node: the layout, and the lines that follow from what is there."""

from __future__ import annotations

from prisma_decouple.model.completion import complete_relations
from prisma_decouple.syntax.formatter import format_file
from prisma_decouple.syntax.parser import parse_files


def format_schema(text: str) -> str:
    """Format a schema of one file.

    Args:
        text: the schema.

    Returns:
        The text as `prisma format` would leave it; docs/language.md lists the deliberate differences.

    Raises:
        SchemaSyntaxError: the text is not in Prisma's language.
    """
    [(_, formatted)] = format_files([("schema.prisma", text)])
    return formatted


def format_files(files: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Format the files of a schema, each a pair of path and text, in which relations may go from file to file.

    Raises:
        SchemaSyntaxError: one of the texts is not in Prisma's language.
    """
    schema = complete_relations(parse_files(files))
    return [(file.path, format_file(file)) for file in schema.files]
