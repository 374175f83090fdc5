"""Reading a schema: text to tree, and what to say when the text is not Prisma's language."""

from __future__ import annotations

import os
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from prisma_decouple.errors import InputError, Place, SchemaSyntaxError, decoded
from prisma_decouple.syntax import builder
from prisma_decouple.syntax.machine import Machine, StuckError
from prisma_decouple.syntax.nodes import Schema, SourceFile, walk
from prisma_decouple.syntax.tables import tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prisma_decouple.syntax.nodes import Block, Gap

_NO_NAME = r'"|//|/\*|\{'
_NO_SCHEMAS = {"node_modules", ".git"}
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_SURROGATE = "[\ud800-\udfff]"


@cache
def _machine() -> Machine:
    return Machine(tables(), builder.RULES, builder.TERMINALS)


def parse_schema(text: str, path: str = "schema.prisma") -> Schema:
    """Read the text of one file.

    Args:
        text: the schema; LF, CRLF and a lone CR all end a line.
        path: how messages name it.

    Returns:
        A tree with `str(tree) == text`.

    Raises:
        SchemaSyntaxError: the text is not in Prisma's language; the error has the place.
        InputError: it is no text.
    """
    return parse_files([(path, text)])


def parse_files(files: Iterable[tuple[str, str]]) -> Schema:
    """Read several files, each a pair of path and text, as one schema.

    Raises:
        SchemaSyntaxError: one of the texts is not in Prisma's language.
        InputError: these are no texts with their paths.
    """
    return Schema(tuple(SourceFile(path, _parse_items(path, text)) for path, text in _pairs(files)))


def _pairs(files: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """The files, each looked at before anything is made of it; from Python anything can come."""
    for pair in [files] if isinstance(files, str | bytes) else files:
        if not isinstance(pair, tuple | list) or len(pair) != 2:  # noqa: PLR2004 - a pair
            hint = 'parse_files([("schema.prisma", text)]); parse_schema takes a text alone'
            raise InputError("the files of a schema are pairs of path and text", hint=hint)
        path, text = pair
        if not isinstance(text, str):
            hint = "decode bytes as UTF-8; read_schema reads a file or a folder"
            raise InputError(f"the text of a schema is a str, not {type(text).__name__}", hint=hint)
        yield path, text


def read_schema(path: Path) -> Schema:
    """Read a schema from a file, or from a folder with all its `.prisma` files at any depth.

    Args:
        path: the file or folder; the files of a folder are read in the order of their paths.

    Returns:
        The tree; the path of each file in it begins with `path`.

    Raises:
        InputError: there is no such file, it is not text, or the folder has no schema.
        SchemaSyntaxError: as `parse_schema`.
    """
    schema = parse_files(read_files(path))
    if not any(True for _ in schema.blocks()):
        raise InputError(f"`{path}` holds no schema: there is no model, enum or datasource in it")
    return schema


def read_files(path: Path) -> list[tuple[str, str]]:
    """Read the texts of a schema, each with its path, without looking at what is in them.

    Raises:
        InputError: as `read_schema`, but for a file that has no schema in it.
    """
    if path.is_dir():
        paths = schema_files(path)
        if not paths:
            raise InputError(f"there is no `.prisma` file in the folder `{path}`", hint="name the schema file itself")
    else:
        paths = [path]
    return [(file.as_posix(), _read_text(file)) for file in paths]


def schema_files(folder: Path) -> list[Path]:
    """The `.prisma` files in a folder at any depth, in order; what is installed there is nobody's schema."""
    found: list[Path] = []
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in _NO_SCHEMAS]
        found += (file for name in files if name.endswith(".prisma") and (file := Path(parent, name)).is_file())
    return sorted(found)


def _read_text(path: Path) -> str:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"there is no file or folder `{path}`", hint="name the schema file or its folder") from None
    except OSError as error:
        raise InputError(f"`{path}` cannot be read: {error.strerror}") from error
    if b"\0" in content and not content.startswith(_WIDE):
        raise InputError(f"`{path}` is a binary file, not a schema")
    return decoded(content, path.as_posix())


# The layers ask for the same text one after the other; trees are immutable, so they can share one.
@lru_cache(maxsize=64)
def _parse_items(path: str, text: str) -> tuple[Block | Gap, ...]:
    if text.startswith("\ufeff"):
        raise SchemaSyntaxError(
            "the file begins with a byte order mark, which Prisma does not accept",
            place=Place.of_offset(path, text, 0),
            hint="save the file as UTF-8 without a byte order mark",
        )
    if not text.isascii() and (surrogate := re.search(_SURROGATE, text)):
        raise SchemaSyntaxError(
            "this is half of a surrogate pair, which is no character",
            place=Place.of_offset(path, text, surrogate.start()),
            hint="decode the file as UTF-8",
        )
    try:
        items = cast("tuple[Block | Gap, ...]", _machine().parse(text))
    except StuckError:
        from prisma_decouple.syntax.diagnosis import all_errors  # noqa: PLC0415 - most schemas have no error

        first, *others = all_errors(path, text)
        first.others = tuple(others)
        raise first from None
    if not text.isascii() and (offset := _foreign_digit(items)) is not None:
        raise SchemaSyntaxError(
            f"`{text[offset]}` cannot be in a name",
            place=Place.of_offset(path, text, offset),
            hint="a name has letters of any script, but of the digits only 0 to 9",
        )
    return items


def _foreign_digit(items: tuple[Block | Gap, ...]) -> int | None:
    """The offset of the first digit in a name that is not 0 to 9; the grammar takes those of any script."""
    from unicodedata import category  # noqa: PLC0415 - most schemas are ASCII

    offset = 0
    for part in walk(*items):
        if isinstance(part, str):
            # Names never stand in one piece with a string, a comment or an opening brace.
            if not part.isascii() and not re.search(_NO_NAME, part):
                for at, character in enumerate(part):
                    if character > "\x7f" and category(character).startswith("N"):
                        return offset + at
            offset += len(part)
    return None
