"""Problems of a schema as text: for people, for programs, for GitHub, and as SARIF."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec

from prisma_decouple.errors import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

Severity: TypeAlias = Literal["error", "warning"]

_FORMAT_VERSION = 1
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Problem(msgspec.Struct, frozen=True):
    """Something to report, whatever found it.

    Attributes:
        severity: an error is Prisma's own, a warning the project's.
        code: stable.
        message: one sentence.
        place: where.
        hint: what to do about it, or why it matters; may be empty.
    """

    severity: Severity
    code: str
    message: str
    place: Place
    hint: str = ""


def render_problems(problems: Sequence[Problem], output_format: str, *, colour: bool = False) -> str:
    """The report, with a final newline unless it is empty.

    Args:
        problems: in the order in which they are to be shown.
        output_format: one of `FORMATS`.
        colour: whether text may have ANSI colours.
    """
    if output_format == "text":
        return _text(problems, colour=colour)
    return _FORMATS[output_format](problems)


def _text(problems: Sequence[Problem], *, colour: bool) -> str:
    return "".join(_paragraph(problem, colour=colour) for problem in problems)


def _paragraph(problem: Problem, *, colour: bool) -> str:
    start, bold, end = ("\x1b[31m" if problem.severity == "error" else "\x1b[33m", "\x1b[1m", "\x1b[0m")
    code = f"{start}{problem.code}{end}" if colour else problem.code
    where = f"{bold}{problem.place}{end}" if colour else str(problem.place)
    lines = [f"{where}: {code} {problem.message}", problem.place.underlined()]
    lines += [f"hint: {problem.hint}" if problem.hint else ""]
    return "".join(f"{line}\n" for line in lines if line)


def _json(problems: Sequence[Problem]) -> str:
    entries = [
        {
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
            "file": problem.place.path,
            "line": problem.place.line,
            "column": problem.place.column,
            "length": problem.place.length,
            "hint": problem.hint or None,
        }
        for problem in problems
    ]
    return _dump({"version": _FORMAT_VERSION, "problems": entries})


def _github(problems: Sequence[Problem]) -> str:
    """Workflow commands (GitHub's documentation, "Workflow commands for GitHub Actions")."""
    return "".join(f"::{problem.severity} {_properties(problem)}::{_escaped(_told(problem))}\n" for problem in problems)


def _properties(problem: Problem) -> str:
    place = problem.place
    properties: Mapping[str, object] = {
        "file": place.path,
        "line": place.line,
        "col": place.column,
        "endColumn": place.column + place.length,
        "title": problem.code,
    }
    return ",".join(f"{name}={_escaped(str(value), in_property=True)}" for name, value in properties.items())


def _escaped(text: str, *, in_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


def _told(problem: Problem) -> str:
    return f"{problem.message}\n{problem.hint}" if problem.hint else problem.message


def _sarif(problems: Sequence[Problem]) -> str:
    """OASIS SARIF 2.1.0; columns count UTF-16 code units unless it is said otherwise, so it is said."""
    from importlib.metadata import version  # noqa: PLC0415 - only this format needs it

    levels = {problem.code: problem.severity for problem in sorted(problems, key=lambda each: each.code)}
    rules = [{"id": code, "defaultConfiguration": {"level": level}} for code, level in levels.items()]
    run = {
        "tool": {"driver": {"name": "prisma-decouple", "version": version("prisma-decouple"), "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem, [*levels].index(problem.code)) for problem in problems],
    }
    return _dump({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_result(problem: Problem, rule: int) -> dict[str, Any]:
    place = problem.place
    region = {"startLine": place.line, "startColumn": place.column, "endColumn": place.column + place.length}
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity,
        "message": {"text": _told(problem)},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": _uri(place.path)}, "region": region}}],
    }


def _uri(path: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415 - only this format needs it

    path = path.replace("\\", "/")
    # What has no scheme is taken for a path below the root of the repository (section 3.4.3 of the specification); a
    # colon in the first folder would make a scheme of it.
    if path.startswith("/") or path[1:3] == ":/":
        return "file:///" + quote(path.removeprefix("/"), safe="/:")
    return quote(path)


def _dump(value: object) -> str:
    import json  # noqa: PLC0415 - text needs none

    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


_FORMATS: dict[str, Callable[[Sequence[Problem]], str]] = {"json": _json, "github": _github, "sarif": _sarif}
FORMATS = ("text", *_FORMATS)
