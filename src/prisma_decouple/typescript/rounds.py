"""What looks at which files of a code base, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from prisma_decouple.typescript.context import UNFINISHED
from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.finders.answers import find_answers
from prisma_decouple.typescript.finders.asked_of import find_asked_of
from prisma_decouple.typescript.finders.asserted import find_asserted
from prisma_decouple.typescript.finders.brought import find_brought
from prisma_decouple.typescript.finders.calls import find_calls, leads_of_rules
from prisma_decouple.typescript.finders.casts import find_casts
from prisma_decouple.typescript.finders.chosen import find_chosen
from prisma_decouple.typescript.finders.copied_enums import find_copied_enums
from prisma_decouple.typescript.finders.creates import find_creates
from prisma_decouple.typescript.finders.deletions import find_deletions
from prisma_decouple.typescript.finders.derived import find_derived
from prisma_decouple.typescript.finders.detours import find_detours, find_parents
from prisma_decouple.typescript.finders.endpoints import find_endpoints
from prisma_decouple.typescript.finders.exhausted import find_exhausted
from prisma_decouple.typescript.finders.exposures import find_exposures
from prisma_decouple.typescript.finders.filters import find_filters
from prisma_decouple.typescript.finders.flows import find_flows
from prisma_decouple.typescript.finders.followed import Followed
from prisma_decouple.typescript.finders.forms import find_form_readers, find_forms
from prisma_decouple.typescript.finders.gone import find_gone
from prisma_decouple.typescript.finders.gone_models import find_gone_models
from prisma_decouple.typescript.finders.gone_texts import find_gone_texts
from prisma_decouple.typescript.finders.groups import find_groups
from prisma_decouple.typescript.finders.handed import find_handed
from prisma_decouple.typescript.finders.held import find_held
from prisma_decouple.typescript.finders.idle_guards import find_idle_guards
from prisma_decouple.typescript.finders.inbound import find_inbound
from prisma_decouple.typescript.finders.inherited import find_inherited
from prisma_decouple.typescript.finders.kept_conditions import find_kept_conditions
from prisma_decouple.typescript.finders.keys import find_changed_keys
from prisma_decouple.typescript.finders.meanings import find_meanings
from prisma_decouple.typescript.finders.mocks import find_expected_creates
from prisma_decouple.typescript.finders.never_null import find_never_null
from prisma_decouple.typescript.finders.new_values import find_new_values
from prisma_decouple.typescript.finders.orders import find_orders
from prisma_decouple.typescript.finders.other_makers import find_other_makers
from prisma_decouple.typescript.finders.raw_sql import find_raw_sql
from prisma_decouple.typescript.finders.reads import find_reads
from prisma_decouple.typescript.finders.records import find_records
from prisma_decouple.typescript.finders.refusals import find_refusals
from prisma_decouple.typescript.finders.remnants import find_remnants, find_sources
from prisma_decouple.typescript.finders.repeats import find_repeats
from prisma_decouple.typescript.finders.retyped import find_retyped
from prisma_decouple.typescript.finders.safe_ends import find_safe_ends
from prisma_decouple.typescript.finders.sent import find_sent
from prisma_decouple.typescript.finders.sentinels import find_sentinels
from prisma_decouple.typescript.finders.shapes import Carriers, find_types, parameter_types
from prisma_decouple.typescript.finders.spreads import find_spreads
from prisma_decouple.typescript.finders.stand_ins import find_stand_ins
from prisma_decouple.typescript.finders.steps import find_steps
from prisma_decouple.typescript.finders.unfilled import find_unfilled
from prisma_decouple.typescript.finders.untyped import find_untyped
from prisma_decouple.typescript.finders.values import find_lost_values
from prisma_decouple.typescript.finders.views import find_extensions, find_views
from prisma_decouple.typescript.finders.written_values import find_written_values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.finders.leads import Lead

    _Finder: TypeAlias = Callable[[FileContext], Iterable[Lead] | None]


# What tests stand in with and expect, and where values come from: the others ask for that.
_FIRST = (find_views, find_expected_creates, find_sources)
# Where records and keys go, to whatever file.
_FLOWS = (find_flows, find_records, find_inherited, find_endpoints)
# What looks at a file by itself.
_ALONE = (
    *(
        find_gone,
        find_gone_texts,
        find_gone_models,
        find_held,
        find_asserted,
        find_remnants,
        find_chosen,
        find_kept_conditions,
        find_lost_values,
    ),
    *(
        find_copied_enums,
        find_changed_keys,
        find_new_values,
        find_exhausted,
        find_retyped,
        find_written_values,
        find_never_null,
        find_handed,
    ),
    *(
        find_sentinels,
        find_refusals,
        find_idle_guards,
        find_unfilled,
        find_reads,
        find_spreads,
        find_casts,
        find_detours,
        find_parents,
    ),
    *(find_asked_of, find_safe_ends),
    *(find_steps, find_derived, find_exposures, find_raw_sql, find_brought),
)
# What leaves out what the others have told already.
_LATER = (find_orders, find_groups, find_stand_ins, find_meanings, find_form_readers)
# What is loaded matters more where it is relied on, and that is known then.
_LAST = (find_inbound, find_filters)
_SENT = (find_answers, find_forms, find_sent)
# In every file, and never alone.
_EVERYWHERE = frozenset({"id"})


def find_all(facts: SchemaFacts, files: list[FileContext]) -> int:
    """Let every finder look at the files that mention a name that matters, and count these."""
    names = names_that_matter(facts)
    types = tuple(f".{each.model}" for each in facts.needed)
    concerned = [file for file in files if names & file.source.words or any(each in file.source.text for each in types)]
    leads = [lead for file in concerned for lead in _examined(find_creates, file)]
    followed, made = find_calls(files, [*leads, *leads_of_rules(facts)]), Followed(leads)
    carriers = Carriers(followed, parameter_types(files, followed))
    makers = Carriers(made, parameter_types(files, made))
    _look(files, (find_other_makers,))
    _look(concerned, _FIRST)
    near = [*concerned, *_users_of(concerned, files)]
    _look(near, _FLOWS)
    _look(concerned, (find_extensions,))
    _follow_schemas(concerned)
    _look(concerned, (*_ALONE, *_LATER, lambda file: find_types(file, carriers, makers)))
    _look(near, (find_untyped,))
    _look(concerned, _LAST)
    _look(near, _SENT)
    _look(files, (find_deletions,))  # whoever deletes an author need not speak of books
    return len(concerned)


def _look(files: Iterable[FileContext], finders: Sequence[_Finder]) -> None:
    """Let finders look at files, one file after the other."""
    for file in files:
        for find in finders:
            _examined(find, file)


def _follow_schemas(files: list[FileContext]) -> None:
    """Follow what schemas of validators let through, until it arrives at no other schema."""
    known = -1
    while files and known < len(files[0].findings.nullable_schemas):
        known = len(files[0].findings.nullable_schemas)
        for file in files if known else ():
            _examined(find_repeats, file)


def _examined(find: _Finder, file: FileContext) -> list[Lead]:
    """What a finder gives back for a file; one that is nested too deeply for it is noted, and the rest goes on.

    So is one that has to do with what somebody has not finished typing: the nodes of such code need not have what those
    of a whole one have.
    """
    try:
        return list(find(file) or ())
    except RecursionError:
        pass
    except UNFINISHED:
        if not file.project.is_damaged:
            raise
    file.findings.too_deep.add(file.source.path)
    return []


def _users_of(concerned: Iterable[FileContext], files: Sequence[FileContext]) -> Iterator[FileContext]:
    """The other files that import from these: a record goes where nobody has to name its model or its fields."""
    paths = {file.source.path for file in concerned}
    users = next(iter(files)).project.importers_of(paths) - paths if paths else frozenset[str]()
    yield from (file for file in files if file.source.path in users)


def names_that_matter(facts: SchemaFacts) -> frozenset[str]:
    """The words without one of which a file has nothing to do with the change."""
    models = {*facts.changed_models, *(each.model for each in facts.retyped)}
    nested = {each.name for each in facts.relations if each.target in models}
    fields = {name for model in facts.changed_models for name in facts.nullable_names(model)}
    models |= {each.model for each in facts.lost_fields} | {each.was for each in facts.strangers}
    lost = (facts.missing_names - _EVERYWHERE) | set(facts.lost_models) | set(facts.lost_enums)
    lost |= set(map(client_accessor, facts.lost_models)) | {each.value for each in facts.lost_values}
    lost |= {each.name for each in facts.changed_keys}
    lost |= {name for each in facts.new_values for name in (each.enum, min(each.others, default=each.enum))}
    fields |= {name for each in facts.stored for name in (each.table, each.column)}
    fields |= {each.field for each in facts.retyped} | {field for _, field in facts.required_again}
    return frozenset(models | set(map(client_accessor, models)) | nested | fields | lost)
