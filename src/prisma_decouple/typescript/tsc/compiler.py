"""TypeScript's own compiler asked: what the new schema breaks, what the patch mends, and what is left."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import CompilerReport, Confidence, FileChange, Hint, Kind, Line
from prisma_decouple.typescript.source.files import read_configs, unseen_by_compiler
from prisma_decouple.typescript.source.text import Source
from prisma_decouple.typescript.tsc.consequences import origin_of
from prisma_decouple.typescript.tsc.extent import extent_of
from prisma_decouple.typescript.tsc.programs import CannotCompileError
from prisma_decouple.typescript.tsc.queries import Queries
from prisma_decouple.typescript.tsc.workspace import Workspace, difference

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.hints import ScanResult
    from prisma_decouple.typescript.tsc.projects import CompilerError


@dataclass(frozen=True, slots=True)
class Complaints:
    """What the compiler says of the code base as it is, with the new schema, and with the patch as well.

    Attributes:
        failures: why a project could not be compiled, by its configuration; its errors are in none of the lists.
    """

    old: list[CompilerError]
    new: list[CompilerError]
    patched: list[CompilerError]
    failures: Mapping[str, str]

    def broken(self) -> list[CompilerError]:
        """What the new schema breaks."""
        return difference(self.new, self.old)

    def left(self) -> list[CompilerError]:
        """What is broken with the patch."""
        return difference(self.patched, self.old)


def ask_compiler(
    result: ScanResult,
    root: Path,
    before: Mapping[str, str],
    after: Mapping[str, str],
    facts: SchemaFacts,
) -> ScanResult:
    """Compile a copy of the code base with the old schema, with the new one, and with the patch.

    Args:
        result: of the scan; its patch is tried.
        root: the code base.
        before: the files of the schema by path, as they are.
        after: the same as they will be.
        facts: the change.

    Returns:
        The result with the compiler's count, and with its errors that no hint covers as hints. Where the compiler
        cannot be asked, the result as it was with the reason.
    """
    try:
        said = complaints(result, root, before, after)
    except (CannotCompileError, OSError) as error:
        return replace(result, compiler=CompilerReport(why_not=str(error)))
    broken, left = said.broken(), said.left()
    removed = len(difference(broken, _as_before(left, result.changes)))
    report = CompilerReport(
        before=len(said.old),
        new=len(broken),
        removed=removed,
        left=len(left),
        not_compiled=tuple(f"{name}: {why}" for name, why in sorted(said.failures.items())),
        unseen=unseen_by_compiler(root),
    )
    # What the scan has foreseen counts only where the compiler has not been asked, or minds it without the patch.
    minded = {Line(each.file, each.line) for each in broken}
    hints = result.hints if said.failures else tuple(_minded(hint, minded) for hint in result.hints)
    told = [each.follows if each.confidence is Confidence.CERTAIN else () for each in result.hints]
    foreseen = {line: hint for hint, lines in zip(hints, told, strict=True) for line in lines}
    return replace(result, compiler=report, hints=_merged(replace(result, hints=hints), foreseen, left, root, facts))


def _minded(hint: Hint, lines: Container[Line]) -> Hint:
    """A hint with those of the lines that were foreseen of which the compiler does complain."""
    if hint.confidence is not Confidence.CERTAIN:
        return hint
    return replace(hint, follows=tuple(line for line in hint.follows if line in lines))


def complaints(result: ScanResult, root: Path, before: Mapping[str, str], after: Mapping[str, str]) -> Complaints:
    """As `ask_compiler`, but what the compiler said itself.

    Raises:
        CannotCompileError: packages, Node, TypeScript, Prisma or a configuration are missing, or one of them fails.
        OSError: the code base cannot be copied.
    """
    extent = extent_of(root, before, read_configs(root))
    within = root.resolve().relative_to(extent)
    names = {path: Path(path).resolve().relative_to(extent).as_posix() for path in before}
    schema = os.path.commonpath(list(names.values()))
    with tempfile.TemporaryDirectory(prefix="prisma-decouple-") as folder:
        workspace = Workspace(extent, Path(folder, "code"), read_configs(extent), within.as_posix())
        said = []
        for texts in (before, after):
            workspace.write({names[path]: text for path, text in texts.items()})
            workspace.generate(schema, "\n".join(texts.values()))
            said.append(workspace.judge())
        workspace.write({(within / change.path).as_posix(): change.after for change in result.changes})
        said.append(workspace.judge() if result.changes else said[-1])
    failures = {name: why for each in said for name, why in each.failures.items()}
    old, new, patched = (each.without(failures) for each in said)
    return Complaints(old, new, patched, failures)


def _as_before(errors: Iterable[CompilerError], changes: Iterable[FileChange]) -> list[CompilerError]:
    """The errors of the patched code, each at the line that it had before."""
    texts = {each.path: (each.before, each.after) for each in changes}
    return [
        replace(each, line=_line_before(*texts[each.file], each.line)) if each.file in texts else each
        for each in errors
    ]


def _merged(
    result: ScanResult,
    foreseen: Mapping[Line, Hint],
    left: Sequence[CompilerError],
    root: Path,
    facts: SchemaFacts,
) -> tuple[Hint, ...]:
    """The hints, and one for each error that is left, that none of them covers and that follows from none."""
    texts = {change.path: change for change in result.changes}
    queries = Queries(facts, root, {path: each.after for path, each in texts.items()})
    sources: dict[str, Source] = {}
    found, consequences = list(result.hints), defaultdict[Hint, list[Line]](list)
    for error in left:
        if error.file not in texts:
            text = _text_of(root / error.file)
            texts[error.file] = FileChange(error.file, text, text)
        change = texts[error.file]
        line = _line_before(change.before, change.after, error.line)
        if any(hint.file == error.file and covers(hint, line) for hint in found):
            continue
        source = sources.setdefault(error.file, Source(error.file, change.after))
        cause = cause_of(result.hints, error, source, change) or cause_elsewhere(result.hints, error, queries, texts)
        cause = cause or foreseen.get(Line(error.file, line))
        if cause is not None:
            consequences[cause].append(Line(error.file, line))
            continue
        before = _line_at(change.before, line)
        why = f"TypeScript says {error.code}: {error.message}"
        column = min(error.column, len(before) or 1)
        found.append(Hint(error.file, line, column, Kind.COMPILER, Confidence.CERTAIN, (before,), None, why))
    found = [replace(hint, follows=_distinct(hint.follows, consequences.get(hint, ()))) for hint in found]
    return tuple(sorted(found, key=lambda hint: (hint.file or "", hint.line or 0, hint.column or 0)))


def cause_of(hints: Sequence[Hint], error: CompilerError, source: Source, change: FileChange) -> Hint | None:
    """The hint from which an error follows: inside the query whose result it reads, or at the literal that it minds.

    Args:
        hints: all of them.
        error: of the compiler.
        source: the file as it was compiled.
        change: what the patch has made of it.
    """
    origin = origin_of(error, source)
    return _among(hints, error.file, origin, change) if origin is not None else None


def cause_elsewhere(
    hints: Sequence[Hint], error: CompilerError, queries: Queries, changes: Mapping[str, FileChange]
) -> Hint | None:
    """The same, in a query of any file whose result the error reads.

    Args:
        hints: all of them.
        error: of the compiler.
        queries: of the code as it was compiled.
        changes: what the patch has made of its files.
    """
    for path, rows in queries.behind(error):
        found = _among(hints, path, rows, changes.get(path))
        if found is not None:
            return found
    return None


def _among(hints: Sequence[Hint], path: str, rows: range, change: FileChange | None) -> Hint | None:
    """The hint that stands among some lines of a file as it was compiled, of several the first that is certain."""
    first, last = rows[0], rows[-1]
    if change is not None:
        first, last = (_line_before(change.before, change.after, line) for line in (first, last))
    found = [hint for hint in hints if hint.file == path and first <= (hint.line or 0) <= last]
    return next((hint for hint in found if hint.confidence is Confidence.CERTAIN), next(iter(found), None))


def _distinct(*lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines in the order of files, each once."""
    return tuple(sorted({each for listed in lines for each in listed}, key=lambda line: (line.file, line.line)))


def covers(hint: Hint, line: int) -> bool:
    """Whether a line is among those of a hint."""
    return hint.line is not None and hint.line <= line < hint.line + max(len(hint.before), 1)


def _line_before(before: str, after: str, line: int) -> int:
    """The line of the old text from which a line of the new one comes, or behind which it was put."""
    matcher = difflib.SequenceMatcher(a=before.split("\n"), b=after.split("\n"), autojunk=False)
    for _, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if new_start < line <= new_end:
            return min(old_start + line - new_start, max(old_end, old_start + 1))
    return line


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def _line_at(text: str, line: int) -> str:
    lines = text.split("\n")
    return lines[line - 1].removesuffix("\r") if line <= len(lines) else ""
