"""Schemas to work on: those that Prisma accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.checking.language import check_language
from prisma_decouple.errors import SchemaError
from prisma_decouple.syntax.parser import read_schema

if TYPE_CHECKING:
    from pathlib import Path

    from prisma_decouple.syntax.nodes import Schema

# What one version of Prisma accepts and another does not, and what makes no difference for a database: settings of the
# datasource and the generator, and keys in views, which Prisma 5 allowed.
_OF_SOME_VERSION = {"V105", "V106", "V111", "V112", "V113", "V114", "V901", "V902"}


def read_accepted_schema(path: Path) -> Schema:
    """Read a schema, and refuse to build on one that Prisma refuses.

    Args:
        path: a file, or a folder of files.

    Returns:
        The tree.

    Raises:
        InputError: a file cannot be read.
        SchemaSyntaxError: a text is not Prisma's language.
        SchemaError: Prisma would not accept it; the first reason.
    """
    schema = read_schema(path)
    files = [(file.path, str(file)) for file in schema.files]
    found = [each for each in check_language(files) if each.severity == "error" and each.code not in _OF_SOME_VERSION]
    if found:
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        raise SchemaError(
            f"{found[0].message} ({found[0].code})",
            place=found[0].place,
            hint=f"`prisma-decouple check` reports this{more}; so does `prisma validate`",
        )
    return schema
