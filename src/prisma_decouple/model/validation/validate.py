"""From texts to diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from prisma_decouple.errors import SchemaSyntaxError
from prisma_decouple.model.validation import checks as checks  # noqa: PLC0414 - imported for what it registers
from prisma_decouple.model.validation.diagnostic import Diagnostic
from prisma_decouple.model.validation.registry import CHECKS, STAGES
from prisma_decouple.model.validation.table import Table
from prisma_decouple.syntax.parser import parse_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from prisma_decouple.syntax.nodes import Schema


def validate_schema(files: Iterable[tuple[str, str]], *, version: Literal["6", "7"] | None = None) -> list[Diagnostic]:
    """Say what is wrong with a schema, as `prisma validate` does.

    Args:
        files: pairs of path and text.
        version: the major version of Prisma; without one, a `url` in the datasource decides: 6 with, 7 without.

    Returns:
        What was found, in the order of files and lines; empty when Prisma accepts the schema.

    Raises:
        InputError: these are no texts with their paths.
    """
    texts = list(files)
    try:
        schema = parse_files(texts)
    except SchemaSyntaxError as error:
        return [_of_syntax_error(each, texts) for each in (error, *error.others)]
    found = _sorted(schema, _run(Table(schema, int(version) if version else _guess(schema))))
    return _without_contracts(found, texts) if found else []


def _without_contracts(found: list[Diagnostic], texts: Iterable[tuple[str, str]]) -> list[Diagnostic]:
    """What was found; of a file in another language the first place alone, and that it is one."""
    from prisma_decouple.syntax.mistakes import CONTRACT, is_contract  # noqa: PLC0415 - most schemas have none

    contracts = {path for path, text in texts if is_contract(path, text)}
    others = [each for each in found if each.path not in contracts]
    named = {
        each.path: msgspec.structs.replace(each, code=SchemaSyntaxError.code, message=CONTRACT)
        for each in reversed(found)
    }
    return [*(each for path, each in named.items() if path in contracts), *others]


def is_understood(schema: Schema) -> bool:
    """Whether every name, type and attribute of a schema means something; Prisma's formatter adds nothing otherwise."""
    return not any(_run(Table(schema, _guess(schema)), ("names", "types", "attributes")))


def _guess(schema: Schema) -> int:
    sources = list(schema.blocks("datasource"))
    return 6 if not sources or any("url" in block.properties for block in sources) else 7


def _run(table: Table, stages: Sequence[str] = STAGES) -> Iterator[tuple[str, object, str]]:
    for stage in stages:
        found = [
            (each.code, node, message) for each in CHECKS if each.stage == stage for node, message in each.find(table)
        ]
        if found:
            yield from found
            return


def _sorted(schema: Schema, found: Iterable[tuple[str, object, str]]) -> list[Diagnostic]:
    problems = list(found)
    if not problems:
        return []
    from prisma_decouple.model.validation.positions import Positions  # noqa: PLC0415 - most schemas are fine

    positions = Positions(schema)
    order = {file.path: at for at, file in enumerate(schema.files)}
    diagnostics = [positions.diagnostic(code, node, message) for code, node, message in problems]
    return sorted(dict.fromkeys(diagnostics), key=lambda each: (order.get(each.path, 0), each.span, each.code))


def _of_syntax_error(error: SchemaSyntaxError, texts: list[tuple[str, str]]) -> Diagnostic:
    place = error.place
    message = f"{error.message}: {error.hint}" if error.hint else error.message
    if place is None:
        return Diagnostic("error", error.code, message, texts[0][0], 1, 1, (0, 0))
    text = dict(texts).get(place.path, "")
    start = _offset(text, place.line) + place.column - 1
    end = min(start + place.length, len(text))
    return Diagnostic("error", error.code, message, place.path, place.line, place.column, (start, end))


def _offset(text: str, line: int) -> int:
    """The offset of a line's first character; LF, CRLF and a lone CR each end a line."""
    at = 0
    for _ in range(line - 1):
        ends = [end for end in (text.find("\n", at), text.find("\r", at)) if end >= 0]
        if not ends:
            return at
        at = min(ends)
        at += 2 if text.startswith("\r\n", at) else 1
    return at
