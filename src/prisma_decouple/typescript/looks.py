"""The looks that are taken at a code base, one after the other, and what comes of them.

The first one is the compiler's: what it tells does not depend on the others. The second one sees through `any`, and the
last one is at components.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.code_base import source_of
from prisma_decouple.typescript.component_readers import with_readers
from prisma_decouple.typescript.context import FileContext, Findings
from prisma_decouple.typescript.edits.companions import with_companions
from prisma_decouple.typescript.edits.patch import assemble
from prisma_decouple.typescript.finders.compiler.following_lines import (
    following_lines,
    told_at_types,
    told_by_line,
    told_once,
    told_to_receivers,
)
from prisma_decouple.typescript.hints import Confidence, Hint, Kind, ScanResult, Spoken, in_order, order_of
from prisma_decouple.typescript.rounds import examined, find_all
from prisma_decouple.typescript.second_look import (
    in_components,
    is_worth_while,
    look_again,
    look_at_components,
    with_received,
)
from prisma_decouple.typescript.source.around import is_around
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.project import Project
from prisma_decouple.typescript.spoken import spoken_in
from prisma_decouple.typescript.types.libraries.page_data import is_of_route
from prisma_decouple.typescript.unused import told_of_used

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from prisma_decouple.typescript.code_base import CodeBase
    from prisma_decouple.typescript.context import Draft
    from prisma_decouple.typescript.edits.patch import Patch
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.hints import Line
    from prisma_decouple.typescript.source.around import Around
    from prisma_decouple.typescript.source.files import CodeFile
    from prisma_decouple.typescript.source.text import Source


_TIMES = 2
_ONCE = "It is read on from elsewhere in this statement as well: ask once whether it is there."


def look_at(facts: SchemaFacts, code: CodeBase, *, is_once: bool = False, is_whole: bool = False) -> ScanResult:
    """Look for the places of a code base where a change of the schema is felt.

    Args:
        facts: the change.
        code: the code base.
        is_once: whether what `any` hides is left alone.
        is_whole: whether what else speaks of it is looked for as well.
    """
    first = _look(facts, code)
    concerned = find_all(facts, first.contexts)
    pairs, patch, silent = _decide(first)
    follows = following_lines(first.files, pairs)
    hints = [replace(hint, follows=follows.get(hint, ())) for hint, _ in pairs]
    later: list[Findings] = []
    known = {file.source.path: file for file in first.contexts}
    once = {_key(hint): lines for hint, lines in told_once(pairs).items()}
    if not is_once and is_worth_while((*code.sources, *code.javascript)):
        hints, seen = _see_through_any(facts, code, first, hints)
        later += [look.findings for look in seen]
        known |= {file.source.path: file for look in seen[-1:] for file in look.contexts}
    loading = (each for each in (*code.sources, *code.javascript) if code.components and is_of_route(each.path))
    if any(each.words & facts.names_that_matter for each in (*code.components, *loading)):
        last = _look(facts, code, (*code.javascript, *code.components))
        sent = look_at_components(facts, last.contexts, first.files, hints)
        found = [hint for hint, _ in _decide(last)[0]]
        pages = {each.path for each in code.components}
        hints = with_readers(hints, found, last.findings, pages) + list(in_components(found, last.files, sent))
        later.append(last.findings)
        known |= {file.source.path: file for file in last.contexts if file.source.is_component}
    hints = told_to_receivers(told_at_types(hints, first.findings, later), later)
    result = ScanResult(
        hints=in_order(told_of_used(_said_once(hints, once), code)),
        changes=patch.changes,
        files_read=len(code.sources),
        files_examined=concerned,
        fine=first.findings.fine + silent,
        spoken=tuple(_spoken(known.values(), code)) if is_whole else (),
    )
    too_deep = first.findings.too_deep.union(*(each.too_deep for each in later))
    scripts = (each for each in (*code.javascript, *code.components) if each.words & facts.names_that_matter)
    return _with_account(result, code.files, [*code.sources, *scripts], too_deep)


def _see_through_any(
    facts: SchemaFacts, code: CodeBase, first: _Look, hints: list[Hint]
) -> tuple[list[Hint], list[_Look]]:
    """The hints with those of what `any` hides, and the looks in which they were found.

    What a route answers is often said to be of a written type. Where it is found that this has to let null in, it is
    looked again at what is made of its values: `groupBy(books, (book) => book.authorId)`.
    """
    seen: list[_Look] = []
    while not seen or (len(seen) < _TIMES and seen[-1].findings.let_in.keys() - first.findings.let_in.keys()):
        first.findings.let_in |= seen[-1].findings.let_in if seen else {}
        again = _look(facts, code, code.javascript)
        sent = look_again(facts, again.contexts, first.files, hints)
        found = [hint for hint, _ in _decide(again)[0]]
        new = [hint for hint in found if not _is_told_inside(hint, hints)] if seen else found
        hints = with_received(new, sent, hints, again.files)
        seen.append(again)
    return hints, seen


def _spoken(files: Iterable[FileContext], code: CodeBase) -> Iterator[Spoken]:
    """What else speaks of the change, but for components that nothing imports."""
    found = [each for file in files for each in examined(spoken_in, file)]
    used = {hint.file for hint in told_of_used((each.lines[0] for each in found), code)}
    yield from (each for each in found if each.lines[0].file in used)


def _is_told_inside(hint: Hint, told: Iterable[Hint]) -> bool:
    """Whether one of the other lines of a read is told as a read already."""
    lines = range((hint.line or 0) + 1, (hint.line or 0) + len(hint.before))
    is_read = hint.kind is Kind.READ and bool(lines)
    return is_read and any(each.file == hint.file and each.kind is Kind.READ and each.line in lines for each in told)


def _key(hint: Hint) -> tuple[object, ...]:
    """What tells a hint from others whatever becomes of its lines and its confidence."""
    return hint.file, hint.line, hint.column, hint.kind, hint.why


def _said_once(hints: Iterable[Hint], once: Mapping[tuple[object, ...], tuple[Line, ...] | None]) -> Iterator[Hint]:
    """The hints, of the reads that are mended at once only the first, with the lines of the others."""
    kept = [hint for hint in hints if once.get(_key(hint), ()) is not None]
    told = {(hint.file, (hint.line or 0) + n) for hint in kept for n in range(max(len(hint.before), 1))}
    for hint in kept:
        more = once.get(_key(hint))
        others = (line for line in more or () if (line.file, line.line) not in told)
        yield hint if more is None else replace(hint, why=f"{hint.why} {_ONCE}", follows=(*hint.follows, *others))


def _look(facts: SchemaFacts, code: CodeBase, more: Iterable[Source] = ()) -> _Look:
    """Begin to look at a code base, and at some more of its files than the TypeScript."""
    findings = Findings()
    files = _Files(code.around, lambda source: FileContext(facts, source, findings, project))
    configs = {**(code.around.configs if code.around is not None else {}), **code.configs}
    project = Project(files, configs, code.teller)
    project.callers = code.called_by or project.callers
    return _Look(files, findings, files.add((*code.sources, *more)))


class _Look(NamedTuple):
    """One look at a code base: its files by path, what is found in them, and those among them that are its own."""

    files: _Files
    findings: Findings
    contexts: list[FileContext]


def _decide(look: _Look) -> tuple[list[tuple[Hint, Draft]], Patch, int]:
    """The hints of a look with their drafts, the patch of them, and how many drafts are not worth telling."""
    own = [draft for draft in look.findings.drafts if not is_around(draft.hint.file or "")]
    drafts = sorted(_distinct(with_companions(look.files, own)), key=lambda draft: order_of(draft.hint))
    patch = assemble(look.files, drafts)
    pairs = [
        (_decided(draft.hint) if n in patch.accepted else _open(draft), draft)
        for n, draft in enumerate(drafts)
        if n in patch.accepted or not draft.is_quiet
    ]
    return told_by_line(look.files, pairs), patch, len(drafts) - len(pairs)


def _with_account(
    result: ScanResult, files: Iterable[CodeFile], sources: Iterable[Source], too_deep: Collection[str]
) -> ScanResult:
    """The result with what is to be said of files: that they test, or could not be read or examined as they are."""
    hinted = dict.fromkeys(hint.file for hint in result.hints if hint.file)
    parsed = [each for each in sources if each.is_parsed]
    return replace(
        result,
        syntax_errors=tuple(each.file for each in parsed if each.has_mistakes or each.path in too_deep),
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
        return self._others.setdefault(path, self._context(source_of(file)))

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


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
