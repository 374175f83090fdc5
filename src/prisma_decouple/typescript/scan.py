"""The front door: a code base in, hints out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.components.source import ComponentSource
from prisma_decouple.typescript.context import FileContext, Findings
from prisma_decouple.typescript.edits.companions import with_companions
from prisma_decouple.typescript.edits.patch import assemble
from prisma_decouple.typescript.finders.following_lines import following_lines
from prisma_decouple.typescript.hints import Confidence, Hint, Kind, ScanResult
from prisma_decouple.typescript.rounds import find_all
from prisma_decouple.typescript.second_look import (
    in_components,
    is_worth_while,
    look_again,
    look_at_components,
    with_received,
)
from prisma_decouple.typescript.source.around import Around, is_around
from prisma_decouple.typescript.source.files import (
    COMPONENTS,
    callers,
    is_declaration,
    is_test,
    mentioning,
    read_configs,
    read_disabled,
    read_scripts,
    read_tree,
    survey,
)
from prisma_decouple.typescript.source.modules import Modules
from prisma_decouple.typescript.source.packages import Packages
from prisma_decouple.typescript.source.project import Project
from prisma_decouple.typescript.source.text import Source
from prisma_decouple.typescript.source.told import Teller

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from prisma_decouple.typescript.context import Draft
    from prisma_decouple.typescript.edits.patch import Patch
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.source.files import Called, CodeFile


_PRISMA = "prisma"


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
    files, configs = list(read_tree(root)), read_configs(root)
    around, packages = Around(root, configs), Packages(root)
    teller = Teller(packages) if packages.is_there else None
    scripts = list(read_scripts(root))
    result = scan_files(facts, files, configs, teller, around, partial(callers, root), scripts)
    using = _using_client((file for file in scripts if not file.path.endswith(COMPONENTS)), configs)
    apart = _apart(facts, files, [*read_disabled(root, disabled), *using], configs)
    known, seen = {(hint.file, hint.line, hint.kind) for hint in result.hints}, {file.path for file in using}
    examined = seen | {file.path for file in scripts if file.path.endswith(COMPONENTS)}
    more = (hint for hint in apart.hints if (hint.file, hint.line, hint.kind) not in known)
    others = mentioning(root, facts.optional_keys | {each.field for each in facts.optional_fields})
    return replace(
        result,
        hints=tuple(sorted((*result.hints, *more), key=_order)),
        syntax_errors=(*result.syntax_errors, *(path for path in apart.syntax_errors if path in seen)),
        disabled=disabled,
        skipped_folders=skipped,
        other_languages=tuple(path for path in others if path not in examined),
    )


def _using_client(scripts: Iterable[CodeFile], configs: Mapping[str, str]) -> list[CodeFile]:
    """The JavaScript that speaks of Prisma, such as a seed, and what imports from that."""
    texts = {file.path: file for file in scripts if file.text is not None}
    modules, sources = Modules(texts, configs), [_source(file, file.text or "") for file in texts.values()]
    found = {each.path for each in sources if _PRISMA in each.text.lower()}
    known = -1
    while found and known < len(found):
        known = len(found)
        for each in sources:
            if any(modules.resolve(module, each.path) in found for module in each.specifiers):
                found.add(each.path)
    return [texts[path] for path in sorted(found)]


def _apart(
    facts: SchemaFacts, files: Iterable[CodeFile], others: Iterable[CodeFile], configs: Mapping[str, str]
) -> ScanResult:
    """What there is to do in files that are switched off by their names, and in JavaScript, which no compiler checks.

    They are looked at apart, because what they do must not decide what the code needs that is compiled.
    """
    names, apart = facts.names_that_matter, {file.path: file for file in others}
    if not any(name in (file.text or "") for file in apart.values() for name in names):
        return ScanResult(())
    result = scan_files(facts, _with_imported(apart, files, configs), configs, is_once=True)
    return replace(result, hints=tuple(_at_most_likely(hint) for hint in result.hints if hint.file in apart))


def _with_imported(
    wanted: Mapping[str, CodeFile], files: Iterable[CodeFile], configs: Mapping[str, str]
) -> Iterator[CodeFile]:
    """Some files, and those among others that they import, directly or not, or that declare something everywhere."""
    texts = {**{file.path: file for file in files}, **wanted}
    modules, found = Modules(texts, configs), dict.fromkeys([*wanted, *filter(is_declaration, texts)])
    waiting = list(found)
    while waiting:
        path = waiting.pop()
        imported = (modules.resolve(each, path) for each in _source(texts[path], texts[path].text or "").specifiers)
        new = [each for each in imported if each is not None and each not in found]
        found |= dict.fromkeys(new)
        waiting += new
    yield from (texts[path] for path in texts if path in found)


def _at_most_likely(hint: Hint) -> Hint:
    """A hint in what is not compiled: never certain and never patched."""
    is_certain = hint.confidence is Confidence.CERTAIN
    return replace(hint, patched=False, confidence=Confidence.LIKELY) if is_certain else hint


def scan_files(
    facts: SchemaFacts,
    files: Iterable[CodeFile],
    configs: Mapping[str, str] | None = None,
    teller: Teller | None = None,
    around: Around | None = None,
    called_by: Callable[[Collection[Called]], Mapping[Called, str]] | None = None,
    scripts: Iterable[CodeFile] = (),
    *,
    is_once: bool = False,
) -> ScanResult:
    """As `scan`, for files that have been read.

    Args:
        facts: the change.
        files: the files.
        configs: the texts of their `package.json` and `tsconfig.json` by path.
        teller: of what the installed packages declare; None when none are.
        around: the rest of the workspace, of which nothing is told; None when there is none.
        called_by: tells which functions are called by files that are no TypeScript; None when there are none.
        scripts: JavaScript, of which only what it gets from routes is told, and components.
        is_once: whether what `any` hides is left alone.
    """
    files = list(files)
    sources = [_source(file, file.text) for file in files if file.text is not None]
    configs = {**(around.configs if around is not None else {}), **(configs or {})}

    def look(more: Iterable[Source] = ()) -> _Look:
        findings = Findings()
        by_path = _Files(around, lambda source: FileContext(facts, source, findings, project))
        project = Project(by_path, configs, teller)
        project.callers = called_by or project.callers
        return _Look(by_path, findings, by_path.add((*sources, *more)))

    first = look()
    concerned = find_all(facts, first.contexts)
    pairs, patch, silent = _decide(first)
    follows = following_lines(first.files, pairs)
    hints = [replace(hint, follows=follows.get(hint, ())) for hint, _ in pairs]
    others = [_source(file, file.text) for file in scripts if file.text is not None]
    spoken = [each for each in others if not isinstance(each, ComponentSource)]
    if not is_once and is_worth_while((*sources, *spoken)):
        second = look(spoken)
        sent = look_again(facts, second.contexts, first.files, hints)
        hints = with_received((hint for hint, _ in _decide(second)[0]), sent, hints, second.files)
    components = [each for each in others if isinstance(each, ComponentSource)]
    if any(each.words & facts.names_that_matter for each in components):
        last = look(others)
        look_at_components(facts, last.contexts, first.files)
        hints += in_components((hint for hint, _ in _decide(last)[0]), last.files)
    result = ScanResult(
        hints=tuple(sorted(hints, key=_order)),
        changes=patch.changes,
        files_read=len(sources),
        files_examined=concerned,
        fine=first.findings.fine + silent,
    )
    return _with_account(result, files, [*sources, *components], first.findings.too_deep)


class _Look(NamedTuple):
    """One look at a code base: its files by path, what is found in them, and those among them that are its own."""

    files: _Files
    findings: Findings
    contexts: list[FileContext]


def _decide(look: _Look) -> tuple[list[tuple[Hint, Draft]], Patch, int]:
    """The hints of a look with their drafts, the patch of them, and how many drafts are not worth telling."""
    own = [draft for draft in look.findings.drafts if not is_around(draft.hint.file or "")]
    drafts = sorted(_distinct(with_companions(look.files, own)), key=lambda draft: _order(draft.hint))
    patch = assemble(look.files, drafts)
    pairs = [
        (_decided(draft.hint) if n in patch.accepted else _open(draft), draft)
        for n, draft in enumerate(drafts)
        if n in patch.accepted or not draft.is_quiet
    ]
    return pairs, patch, len(drafts) - len(pairs)


def _with_account(
    result: ScanResult, files: Iterable[CodeFile], sources: Iterable[Source], too_deep: Collection[str]
) -> ScanResult:
    """The result with what is to be said of files: that they test, or could not be read or examined as they are."""
    hinted = dict.fromkeys(hint.file for hint in result.hints if hint.file)
    parsed = [each for each in sources if each.is_parsed]
    return replace(
        result,
        syntax_errors=tuple(each.path for each in parsed if each.has_mistakes or each.path in too_deep),
        not_utf8=tuple(file.path for file in files if not file.is_utf8),
        unreadable=tuple(file.path for file in files if file.text is None),
        tests=tuple(path for path in hinted if is_test(path)),
        unchecked=tuple(file.path for file in files if file.is_unchecked and file.path in hinted),
    )


class _Files(Mapping[str, FileContext]):
    """The files of a code base by path. Those around it are found when they are asked for, and are not among them."""

    def __init__(self, around: Around | None, context: Callable[[Source], FileContext]) -> None:
        self._around = around
        self._context = context
        self._own: dict[str, FileContext] = {}
        self._others: dict[str, FileContext] = {}

    def add(self, sources: Iterable[Source]) -> list[FileContext]:
        added = [self._context(source) for source in sources]
        self._own |= {each.source.path: each for each in added}
        return added

    def __getitem__(self, path: str) -> FileContext:
        found = self._own.get(path) or self._others.get(path)
        if found is not None:
            return found
        file = self._around.read(path) if self._around is not None and is_around(path) else None
        if file is None or file.text is None:
            raise KeyError(path)
        return self._others.setdefault(path, self._context(_source(file, file.text)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


def _source(file: CodeFile, text: str) -> Source:
    if file.path.endswith(COMPONENTS):
        return ComponentSource(file.path, text)
    return Source(file.path, text, is_writable=file.is_writable, mark=file.mark)


def _open(draft: Draft) -> Hint:
    """A hint that the patch leaves: that a function takes a key, and its calls pass it, is only one way to do it."""
    is_one_way = draft.is_lazy or draft.hint.kind in {Kind.CALL, Kind.PARAMETER}
    if draft.hint.confidence is not Confidence.CERTAIN or not is_one_way or draft.is_told:
        return draft.hint
    return replace(draft.hint, confidence=Confidence.LIKELY)


def _decided(hint: Hint) -> Hint:
    """A hint that the patch takes; what another certain one needs is certain as well."""
    return replace(hint, patched=True, confidence=Confidence.CERTAIN)


def _distinct(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The drafts without those that say again what another one says."""
    seen = set()
    for draft in drafts:
        if draft.hint not in seen:
            seen.add(draft.hint)
            yield draft


def _order(hint: Hint) -> tuple[str, int, int, str, str]:
    return hint.file or "", hint.line or 0, hint.column or 0, hint.kind.value, hint.why
