"""How much of what TypeScript's compiler minds is foreseen without it, on a code base of your own.

    python benchmarks/hints.py CODE SCHEMA [--rules FILE] [--reading]

CODE is the root of a code base whose packages are installed (Node, TypeScript, Prisma), SCHEMA its schema, a file or a
folder inside. The code is examined without the compiler. Then its own compiler judges a copy of it: as it is, with the
new schema, and with the patch.

`--reading` also prints the certain hints beside which the compiler minds nothing. It is no judge of these, as a query
that leaves rows out compiles. Somebody has to read them.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from prisma_decouple import load_rules, read_schema
from prisma_decouple.model.reader import read_model
from prisma_decouple.rules.apply import apply_rules
from prisma_decouple.rules.intents import ways_of
from prisma_decouple.typescript.derive import facts_of
from prisma_decouple.typescript.hints import Confidence, FileChange, Line
from prisma_decouple.typescript.scan import scan
from prisma_decouple.typescript.source.text import Source
from prisma_decouple.typescript.tsc.compiler import cause_elsewhere, cause_of, complaints, covers
from prisma_decouple.typescript.tsc.programs import CannotCompileError
from prisma_decouple.typescript.tsc.queries import Queries
from prisma_decouple.typescript.tsc.workspace import difference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from prisma_decouple.syntax.nodes import Schema
    from prisma_decouple.typescript.hints import Hint
    from prisma_decouple.typescript.tsc.projects import CompilerError


def main() -> int:
    """Examine, compile three times, count."""
    options = _options()
    schema = read_schema(options.schema)
    start = time.perf_counter()
    rules = load_rules(options.rules)
    application = apply_rules(schema, rules)
    after = application.schema
    facts = facts_of(read_model(schema), read_model(after), rules.code, ways_of(application.intents))
    found = scan(facts, options.code)
    seconds = time.perf_counter() - start
    try:
        said = complaints(found, options.code, _texts(schema), _texts(after))
    except CannotCompileError as error:
        print(error, file=sys.stderr)
        return 2
    broken, left = said.broken(), said.left()
    by_hint = [each for each in broken if _covering(found.hints, each)]
    others = [each for each in broken if each not in by_hint]
    queries = Queries(facts, options.code, {})
    following = [each for each in others if _follows(found.hints, each, options.code, queries)]
    unforeseen = [each for each in others if each not in following]
    caused = difference(left, broken)
    certain = [hint for hint in found.hints if hint.confidence is Confidence.CERTAIN]
    print(f"{found.files_read} files examined in {seconds:.1f} s, {len(said.old)} errors before")
    print(f"{len(broken)} errors with the new schema: {len(by_hint)} at a hint, {len(following)} follow from one")
    print(f"{len(left)} errors with the patch, {len(caused)} of them of its own making")
    print(f"{len(found.hints)} hints, {len(certain)} certain, {sum(hint.patched for hint in certain)} patched")
    _print_errors("not foreseen", unforeseen)
    _print_errors("caused by the patch", caused)
    if options.reading:
        _print_hints(hint for hint in certain if not any(_covering([hint], error) for error in broken))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("code", type=Path)
    parser.add_argument("schema", type=Path)
    parser.add_argument("--rules", default="decouple-integration")
    parser.add_argument("--reading", action="store_true")
    return parser.parse_args()


def _texts(schema: Schema) -> dict[str, str]:
    return {file.path: str(file) for file in schema.files}


def _covering(hints: Iterable[Hint], error: CompilerError) -> list[Hint]:
    return [hint for hint in hints if hint.file == error.file and covers(hint, error.line)]


def _follows(hints: Sequence[Hint], error: CompilerError, code: Path, queries: Queries) -> bool:
    if any(Line(error.file, error.line) in hint.follows for hint in hints):
        return True
    text = (code / error.file).read_text(encoding="utf-8-sig", errors="replace")
    unchanged = FileChange(error.file, text, text)
    cause = cause_of(hints, error, Source(error.file, text), unchanged) or cause_elsewhere(hints, error, queries, {})
    return cause is not None


def _print_errors(title: str, errors: Iterable[CompilerError]) -> None:
    for error in errors:
        print(f"{title}: {error.file}:{error.line}:{error.column} {error.code} {error.message}")


def _print_hints(hints: Iterable[Hint]) -> None:
    for hint in hints:
        place = f"{hint.file}:{hint.line}:{hint.column}"
        print(f"to be read: {place} {hint.kind.value} {hint.why}\n  {hint.before[0].strip()}")


if __name__ == "__main__":
    sys.exit(main())
