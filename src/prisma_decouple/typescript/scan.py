"""The front door: a code base in, hints out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.typescript.calls import find_calls, leads_of_rules
from prisma_decouple.typescript.context import FileContext, Findings
from prisma_decouple.typescript.creates import find_creates
from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.files import read_tree
from prisma_decouple.typescript.filters import find_filters
from prisma_decouple.typescript.hints import Hint, ScanResult
from prisma_decouple.typescript.parameters import find_parameters
from prisma_decouple.typescript.patch import assemble
from prisma_decouple.typescript.reads import find_reads
from prisma_decouple.typescript.sentinels import find_sentinels
from prisma_decouple.typescript.syntax import Source
from prisma_decouple.typescript.types import find_types, parameter_types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from prisma_decouple.typescript.context import Draft
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.files import CodeFile


def scan(facts: SchemaFacts, root: Path) -> ScanResult:
    """Find the places of a code base where a change of the schema is felt.

    Args:
        facts: the change.
        root: the code base's folder.

    Returns:
        The hints in the order of files and lines, and the account of everything that was looked at. The same code gives
        the same result. A file that cannot be read, or not completely, is named there and stops nothing.
    """
    return scan_files(facts, read_tree(root))


def scan_files(facts: SchemaFacts, files: Iterable[CodeFile]) -> ScanResult:
    """As `scan`, for files that have been read."""
    files = list(files)
    findings = Findings()
    sources = [_source(file, file.text) for file in files if file.text is not None]
    contexts = [FileContext(facts, source, findings) for source in sources]
    _find_all(facts, contexts)
    drafts = sorted(_distinct(findings.drafts), key=lambda draft: _order(draft.hint))
    patch = assemble({each.source.path: each for each in contexts}, drafts)
    hints = (replace(draft.hint, patched=number in patch.accepted) for number, draft in enumerate(drafts))
    parsed = [source for source in sources if source.is_parsed]
    return ScanResult(
        hints=tuple(hints),
        changes=patch.changes,
        files_read=len(sources),
        files_examined=len(parsed),
        fine=findings.fine,
        syntax_errors=tuple(source.path for source in parsed if source.root.has_error),
        not_utf8=tuple(file.path for file in files if not file.is_utf8),
        unreadable=tuple(file.path for file in files if file.text is None),
    )


def _source(file: CodeFile, text: str) -> Source:
    return Source(file.path, text, is_writable=file.is_writable, mark=file.mark)


def _distinct(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts without those that say again what another one says."""
    seen = set()
    for draft in drafts:
        if draft.hint not in seen:
            seen.add(draft.hint)
            yield draft


def _find_all(facts: SchemaFacts, files: list[FileContext]) -> None:
    names = _names(facts)
    concerned = [file for file in files if names & file.source.words]
    leads = [lead for file in concerned for lead in find_creates(file)]
    followed = find_calls(files, [*leads_of_rules(facts), *leads])
    carriers = parameter_types(files, followed)
    for file in concerned:
        find_parameters(file, followed)
        find_sentinels(file)
        find_filters(file)
        find_reads(file)
        find_types(file, followed, carriers)


def _names(facts: SchemaFacts) -> frozenset[str]:
    """The words without one of which a file has nothing to do with the change."""
    models = {each.model for each in facts.required}
    nested = {each.name for each in facts.relations if each.target in models}
    fields = {name for each in facts.optional for name in (each.field, *each.foreign_keys)}
    return frozenset(models | set(map(client_accessor, models)) | nested | fields)


def _order(hint: Hint) -> tuple[str, int, int, str, str]:
    return hint.file or "", hint.line or 0, hint.column or 0, hint.kind.value, hint.why
