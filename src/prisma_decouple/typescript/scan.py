"""The front door: a code base in, hints out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.typescript.context import FileContext, Findings
from prisma_decouple.typescript.edits.patch import assemble
from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.finders.answers import find_answers
from prisma_decouple.typescript.finders.asserted import find_asserted
from prisma_decouple.typescript.finders.calls import find_calls, leads_of_rules
from prisma_decouple.typescript.finders.casts import find_casts
from prisma_decouple.typescript.finders.chosen import find_chosen
from prisma_decouple.typescript.finders.copied_enums import find_copied_enums
from prisma_decouple.typescript.finders.creates import find_creates
from prisma_decouple.typescript.finders.deletions import find_deletions
from prisma_decouple.typescript.finders.derived import find_derived
from prisma_decouple.typescript.finders.detours import find_detours, find_parents
from prisma_decouple.typescript.finders.endpoints import find_endpoints
from prisma_decouple.typescript.finders.exposures import find_exposures
from prisma_decouple.typescript.finders.filters import find_filters
from prisma_decouple.typescript.finders.flows import find_flows
from prisma_decouple.typescript.finders.following import following
from prisma_decouple.typescript.finders.forms import find_form_readers, find_forms
from prisma_decouple.typescript.finders.gone import find_gone
from prisma_decouple.typescript.finders.groups import find_groups
from prisma_decouple.typescript.finders.handed import find_handed
from prisma_decouple.typescript.finders.held import find_held
from prisma_decouple.typescript.finders.inbound import find_inbound
from prisma_decouple.typescript.finders.inherited import find_inherited
from prisma_decouple.typescript.finders.keys import find_changed_keys
from prisma_decouple.typescript.finders.meanings import find_meanings
from prisma_decouple.typescript.finders.mocks import find_expected_creates
from prisma_decouple.typescript.finders.new_values import find_new_values
from prisma_decouple.typescript.finders.orders import find_orders
from prisma_decouple.typescript.finders.raw_sql import find_raw_sql
from prisma_decouple.typescript.finders.reads import find_reads
from prisma_decouple.typescript.finders.records import find_records
from prisma_decouple.typescript.finders.refusals import find_refusals
from prisma_decouple.typescript.finders.remnants import find_remnants, find_sources
from prisma_decouple.typescript.finders.repeats import find_repeats
from prisma_decouple.typescript.finders.retyped import find_retyped
from prisma_decouple.typescript.finders.sent import find_sent
from prisma_decouple.typescript.finders.sentinels import find_sentinels
from prisma_decouple.typescript.finders.shapes import find_types, parameter_types
from prisma_decouple.typescript.finders.spread_conditions import find_kept_conditions
from prisma_decouple.typescript.finders.spreads import find_spreads
from prisma_decouple.typescript.finders.stand_ins import find_stand_ins
from prisma_decouple.typescript.finders.steps import find_steps
from prisma_decouple.typescript.finders.unfilled import find_unfilled
from prisma_decouple.typescript.finders.values import find_lost_values
from prisma_decouple.typescript.finders.views import find_extensions, find_views
from prisma_decouple.typescript.finders.written_values import find_written_values
from prisma_decouple.typescript.hints import Confidence, Hint, Kind, ScanResult
from prisma_decouple.typescript.source.around import Around, is_around
from prisma_decouple.typescript.source.files import is_test, mentioning, read_configs, read_disabled, read_tree, survey
from prisma_decouple.typescript.source.packages import Packages
from prisma_decouple.typescript.source.project import Project
from prisma_decouple.typescript.source.syntax import Source
from prisma_decouple.typescript.source.told import Teller

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from prisma_decouple.typescript.context import Draft
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.finders.leads import Lead
    from prisma_decouple.typescript.source.files import CodeFile


# What looks at a file by itself. The last ones leave out what the others have told already.
_FINDERS = (
    *(
        find_gone,
        find_held,
        find_asserted,
        find_remnants,
        find_chosen,
        find_kept_conditions,
        find_lost_values,
        find_copied_enums,
        find_changed_keys,
        find_new_values,
        find_retyped,
        find_written_values,
        find_handed,
        find_sentinels,
        find_refusals,
        find_unfilled,
        find_reads,
        find_spreads,
        find_casts,
        find_detours,
        find_parents,
        find_steps,
        find_derived,
        find_exposures,
        find_raw_sql,
    ),
    *(find_orders, find_groups, find_stand_ins, find_meanings, find_form_readers),
)


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
    result = scan_files(facts, files, configs, teller, around)
    off = _switched_off(facts, files, list(read_disabled(root, disabled)), configs)
    result = replace(result, hints=tuple(sorted((*result.hints, *off), key=_order)))
    keys = {key for each in facts.optional for key in each.foreign_keys}
    others = mentioning(root, keys | {each.field for each in facts.optional_fields})
    return replace(result, disabled=disabled, skipped_folders=skipped, other_languages=others)


def _switched_off(
    facts: SchemaFacts, files: Iterable[CodeFile], disabled: Iterable[CodeFile], configs: Mapping[str, str]
) -> Iterator[Hint]:
    """What there is to do in files that are switched off by their names, when they are switched on again.

    They are looked at apart, because what they do must not decide what the code that is in use needs.
    """
    names, paths = _names(facts), {file.path for file in disabled}
    if any(name in (file.text or "") for file in disabled for name in names):
        for hint in scan_files(facts, [*files, *disabled], configs).hints:
            if hint.file in paths:
                is_certain = hint.confidence is Confidence.CERTAIN
                yield replace(hint, patched=False, confidence=Confidence.LIKELY) if is_certain else hint


def scan_files(
    facts: SchemaFacts,
    files: Iterable[CodeFile],
    configs: Mapping[str, str] | None = None,
    teller: Teller | None = None,
    around: Around | None = None,
) -> ScanResult:
    """As `scan`, for files that have been read.

    Args:
        facts: the change.
        files: the files.
        configs: the texts of their `package.json` and `tsconfig.json` by path.
        teller: of what the installed packages declare; None when none are.
        around: the rest of the workspace, of which nothing is told; None when there is none.
    """
    files = list(files)
    findings = Findings()
    sources = [_source(file, file.text) for file in files if file.text is not None]
    by_path = _Files(around, lambda source: FileContext(facts, source, findings, project))
    project = Project(by_path, {**(around.configs if around is not None else {}), **(configs or {})}, teller)
    contexts = by_path.add(sources)
    concerned = _find_all(facts, contexts)
    own = (draft for draft in findings.drafts if not is_around(draft.hint.file or ""))
    drafts = sorted(_distinct(own), key=lambda draft: _order(draft.hint))
    patch = assemble(by_path, drafts)
    told = [n in patch.accepted or not draft.is_quiet for n, draft in enumerate(drafts)]
    pairs = [
        (_decided(draft.hint) if n in patch.accepted else _open(draft), draft)
        for n, draft in enumerate(drafts)
        if told[n]
    ]
    follows = following(by_path, pairs)
    hints = (replace(hint, follows=follows.get(hint, ())) for hint, _ in pairs)
    parsed = [source for source in sources if source.is_parsed]
    hinted = dict.fromkeys(
        draft.hint.file for draft, is_told in zip(drafts, told, strict=True) if is_told and draft.hint.file
    )
    return ScanResult(
        hints=tuple(hints),
        changes=patch.changes,
        files_read=len(sources),
        files_examined=concerned,
        fine=findings.fine + told.count(False),
        syntax_errors=tuple(
            source.path for source in parsed if source.has_mistakes or source.path in findings.too_deep
        ),
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


def _find_all(facts: SchemaFacts, files: list[FileContext]) -> int:
    """Let every finder look at the files that mention a name that matters, and count these."""
    names = _names(facts)
    types = tuple(f".{each.model}" for each in facts.needed)
    concerned = [file for file in files if names & file.source.words or any(each in file.source.text for each in types)]
    leads = [lead for file in concerned for lead in _examined(find_creates, file)]
    followed = find_calls(files, [*leads, *leads_of_rules(facts)])
    makers = {lead.function: lead.confidence for lead in leads}
    makers |= parameter_types(files, makers)
    carriers = parameter_types(files, followed)
    for file in concerned:
        _examined(find_views, file)
        _examined(find_expected_creates, file)
        _examined(find_sources, file)
    near = [*concerned, *_users_of(concerned, files)]
    for file in near:
        _examined(find_flows, file)
        _examined(find_records, file)
        _examined(find_inherited, file)
        _examined(find_endpoints, file)
    for file in concerned:
        _examined(find_extensions, file)
    _follow_schemas(concerned)
    for file in concerned:
        for find in _FINDERS:
            _examined(find, file)
        _examined(lambda each: find_types(each, followed, carriers, makers), file)
    for file in concerned:
        _examined(find_inbound, file)
        _examined(find_filters, file)  # what is loaded matters more where it is relied on
    for file in near:
        _examined(find_answers, file)
        _examined(find_forms, file)
        _examined(find_sent, file)
    for file in files:
        _examined(find_deletions, file)  # whoever deletes an author need not speak of books
    return len(concerned)


def _follow_schemas(files: list[FileContext]) -> None:
    """Follow what schemas of validators let through, until it arrives at no other schema."""
    known = -1
    while files and known < len(files[0].findings.nullable_schemas):
        known = len(files[0].findings.nullable_schemas)
        for file in files if known else ():
            _examined(find_repeats, file)


def _examined(find: Callable[[FileContext], Iterable[Lead] | None], file: FileContext) -> list[Lead]:
    """What a finder gives back for a file; one that is nested too deeply for it is noted, and the rest goes on."""
    try:
        return list(find(file) or ())
    except RecursionError:
        file.findings.too_deep.add(file.source.path)
        return []


def _users_of(concerned: Iterable[FileContext], files: Sequence[FileContext]) -> Iterator[FileContext]:
    """The other files that import from these: a record goes where nobody has to name its model or its fields."""
    paths = {file.source.path for file in concerned}
    users = next(iter(files)).project.importers_of(paths) - paths if paths else frozenset[str]()
    yield from (file for file in files if file.source.path in users)


def _names(facts: SchemaFacts) -> frozenset[str]:
    """The words without one of which a file has nothing to do with the change."""
    models = {*facts.changed_models, *(each.model for each in facts.retyped)}
    nested = {each.name for each in facts.relations if each.target in models}
    fields = {name for model in facts.changed_models for name in facts.nullable_names(model)}
    models |= {each.model for each in facts.lost_fields}
    lost = {each.name for each in facts.lost_fields} | set(facts.lost_models) | set(facts.lost_enums)
    lost |= set(map(client_accessor, facts.lost_models)) | {each.value for each in facts.lost_values}
    lost |= {each.name for each in facts.changed_keys}
    lost |= {name for each in facts.new_values for name in (each.enum, min(each.others, default=each.enum))}
    fields |= {name for each in facts.stored for name in (each.table, each.column)}
    fields |= {each.field for each in facts.retyped} | {field for _, field in facts.required_again}
    return frozenset(models | set(map(client_accessor, models)) | nested | fields | lost)


def _order(hint: Hint) -> tuple[str, int, int, str, str]:
    return hint.file or "", hint.line or 0, hint.column or 0, hint.kind.value, hint.why
