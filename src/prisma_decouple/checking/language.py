"""What Prisma itself would say of a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from prisma_decouple.errors import DecoupleError, Place, SchemaSyntaxError
from prisma_decouple.model.validation import validate_schema
from prisma_decouple.syntax.parser import parse_schema

if TYPE_CHECKING:
    from collections.abc import Sequence


class LanguageProblem(msgspec.Struct, frozen=True):
    """Something that Prisma would say; attributes as in `Diagnostic`, and a hint."""

    severity: Literal["error", "warning"]
    code: str
    message: str
    place: Place
    hint: str = ""


def check_language(
    files: Sequence[tuple[str, str]], *, version: Literal["6", "7"] | None = None
) -> list[LanguageProblem]:
    """What `prisma validate` would say of a schema, and every syntax error with a hint.

    Args:
        files: pairs of path and text.
        version: `6` or `7`; by the schema itself when None.
    """
    errors = [each for path, text in files for each in _syntax_errors(path, text)]
    if errors:
        return [LanguageProblem("error", each.code, each.message, place_in(files, each), each.hint) for each in errors]
    texts = dict(files)
    return [
        LanguageProblem(
            "error" if each.severity == "error" else "warning",
            each.code,
            each.message,
            Place.of_offset(each.path, texts[each.path], each.span[0], each.span[1] - each.span[0]),
        )
        for each in validate_schema(files, version=version)
    ]


def place_in(files: Sequence[tuple[str, str]], error: DecoupleError) -> Place:
    """Where an error stands; the beginning of the first file when it does not say."""
    return error.place or Place(files[0][0], 1, 1)


def _syntax_errors(path: str, text: str) -> tuple[DecoupleError, ...]:
    try:
        parse_schema(text, path)
    except SchemaSyntaxError as error:
        return (error, *error.others)
    return ()
