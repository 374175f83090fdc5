"""The front door: a code base in, hints out."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from prisma_decouple.typescript.code_base import CodeBase, is_component
from prisma_decouple.typescript.hints import Confidence, ScanResult, in_order
from prisma_decouple.typescript.looks import look_at
from prisma_decouple.typescript.source.around import Around
from prisma_decouple.typescript.source.files import (
    callers,
    living_of,
    mentioning,
    read_configs,
    read_disabled,
    read_scripts,
    read_tree,
    survey,
)
from prisma_decouple.typescript.source.packages import Packages
from prisma_decouple.typescript.source.told import Teller
from prisma_decouple.typescript.unchecked import using_client, with_imported

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.hints import Hint
    from prisma_decouple.typescript.source.files import CodeFile


def scan(facts: SchemaFacts, root: Path) -> ScanResult:
    """Find the places of a code base where a change of the schema is felt.

    Args:
        facts: the change.
        root: the code base's folder.

    Returns:
        The hints in the order of files and lines, and the account of everything that was looked at. The same code gives
        the same result. A file that cannot be read, or not completely, is named there and stops nothing.
    """
    disabled, skipped = survey(root)
    code = _read(root)
    result = look_at(facts, code, is_whole=True)
    using = using_client((file for file in code.scripts if not is_component(file)), code.configs)
    apart = _look_apart(facts, code, [*read_disabled(root, disabled), *using])
    known, seen = {(hint.file, hint.line, hint.kind) for hint in result.hints}, {file.path for file in using}
    more = [hint for hint in apart.hints if (hint.file, hint.line, hint.kind) not in known]
    repeated = [hint for hint in more if _stands_in_living(hint, code)]
    mistaken = (path for path in apart.syntax_errors if path in seen and path not in result.syntax_errors)
    others = mentioning(root, facts.optional_keys | {each.field for each in facts.optional_fields})
    examined = seen | {file.path for file in code.scripts if is_component(file)}
    return replace(
        result,
        hints=in_order((*result.hints, *(hint for hint in more if hint not in repeated))),
        fine=result.fine + len(repeated),
        syntax_errors=(*result.syntax_errors, *mistaken),
        disabled=disabled,
        skipped_folders=skipped,
        other_languages=tuple(path for path in others if path not in examined),
    )


def scan_files(
    facts: SchemaFacts,
    files: Iterable[CodeFile],
    configs: Mapping[str, str] | None = None,
    scripts: Iterable[CodeFile] = (),
) -> ScanResult:
    """As `scan`, for files that have been read, and nothing around them.

    Args:
        facts: the change.
        files: the TypeScript.
        configs: the texts of the `package.json` and `tsconfig.json` by path.
        scripts: JavaScript, of which only what it gets from routes is told, and components.
    """
    return look_at(facts, CodeBase(tuple(files), configs or {}, tuple(scripts)))


def _read(root: Path) -> CodeBase:
    """A code base, and what is installed in it and lies around it."""
    configs, packages = read_configs(root), Packages(root)
    return CodeBase(
        tuple(read_tree(root)),
        configs,
        tuple(read_scripts(root)),
        teller=Teller(packages) if packages.is_there else None,
        around=Around(root, configs),
        called_by=partial(callers, root),
    )


def _look_apart(facts: SchemaFacts, code: CodeBase, wanted: Sequence[CodeFile]) -> ScanResult:
    """What there is to do in files that no compiler checks.

    They are looked at apart, because what they do must not decide what the code needs that is compiled.
    """
    if not any(name in (file.text or "") for file in wanted for name in facts.names_that_matter):
        return ScanResult(())
    paths = {file.path for file in wanted}
    result = look_at(facts, code.of(with_imported(wanted, code.files, code.configs)), is_once=True)
    return replace(result, hints=tuple(_at_most_likely(hint) for hint in result.hints if hint.file in paths))


def _stands_in_living(hint: Hint, code: CodeBase) -> bool:
    """Whether what is told of a copy that was put aside, `view.tsx.bak`, stands in the file that it is a copy of."""
    living = living_of(hint.file or "")
    texts = (file.text or "" for file in code.files if living and file.path == living)
    lines = {line.strip() for text in texts for line in text.split("\n")}
    return bool(hint.before) and all(line.strip() in lines for line in hint.before)


def _at_most_likely(hint: Hint) -> Hint:
    """A hint in what is not compiled: never certain and never patched."""
    is_certain = hint.confidence is Confidence.CERTAIN
    return replace(hint, patched=False, confidence=Confidence.LIKELY) if is_certain else hint
