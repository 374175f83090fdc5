"""What looks at which files of a code base, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

from prisma_decouple.typescript.context import UNFINISHED
from prisma_decouple.typescript.finders.creates.calls import find_calls, leads_of_rules
from prisma_decouple.typescript.finders.creates.copied_keys import find_copied_keys
from prisma_decouple.typescript.finders.creates.creates import find_creates
from prisma_decouple.typescript.finders.creates.followed_leads import FollowedLeads
from prisma_decouple.typescript.finders.creates.given_data import forwarded_creates
from prisma_decouple.typescript.finders.creates.held_back_types import find_held_back_types
from prisma_decouple.typescript.finders.creates.mocks import find_expected_creates
from prisma_decouple.typescript.finders.creates.out_of_step import find_out_of_step
from prisma_decouple.typescript.finders.creates.procedure_inputs import find_procedure_inputs
from prisma_decouple.typescript.finders.creates.unfilled import find_unfilled
from prisma_decouple.typescript.finders.creates.unused_schemas import find_unused_schemas
from prisma_decouple.typescript.finders.forms.described_fields import find_described_fields
from prisma_decouple.typescript.finders.forms.forms import find_form_readers, find_forms
from prisma_decouple.typescript.finders.forms.named_forms import find_named_forms
from prisma_decouple.typescript.finders.forms.read_forms import find_demanding_forms
from prisma_decouple.typescript.finders.forms.resource_forms import find_resource_forms
from prisma_decouple.typescript.finders.forms.schema_forms import find_schema_forms
from prisma_decouple.typescript.finders.gone.changed_keys import find_changed_keys, find_lost_keys
from prisma_decouple.typescript.finders.gone.gone_conditions import find_gone_conditions
from prisma_decouple.typescript.finders.gone.gone_fields import find_gone_fields
from prisma_decouple.typescript.finders.gone.gone_in_tests import find_gone_in_tests
from prisma_decouple.typescript.finders.gone.gone_literals import find_gone_literals
from prisma_decouple.typescript.finders.gone.gone_models import find_gone_models
from prisma_decouple.typescript.finders.gone.gone_selections import find_gone_selections
from prisma_decouple.typescript.finders.gone.gone_texts import find_gone_texts
from prisma_decouple.typescript.finders.gone.gone_values import find_gone_values
from prisma_decouple.typescript.finders.gone.listed_models import find_listed_models
from prisma_decouple.typescript.finders.gone.recounted_relations import find_recounted_relations
from prisma_decouple.typescript.finders.gone.remnants import find_remnants, find_sources
from prisma_decouple.typescript.finders.inputs.checked_requests import find_checked_requests
from prisma_decouple.typescript.finders.inputs.checking_functions import find_checking_functions
from prisma_decouple.typescript.finders.inputs.connected_keys import find_connected_keys, find_upserted_keys
from prisma_decouple.typescript.finders.inputs.graphql_classes import find_graphql_classes
from prisma_decouple.typescript.finders.inputs.graphql_documents import find_graphql_documents
from prisma_decouple.typescript.finders.inputs.graphql_fields import find_graphql_fields
from prisma_decouple.typescript.finders.inputs.graphql_inputs import find_graphql_inputs
from prisma_decouple.typescript.finders.inputs.inbound import find_inbound
from prisma_decouple.typescript.finders.inputs.json_schemas import find_json_schemas
from prisma_decouple.typescript.finders.inputs.kept_forms import find_kept_forms
from prisma_decouple.typescript.finders.inputs.made_for_want import find_made_for_want
from prisma_decouple.typescript.finders.inputs.raw_writes import find_raw_writes
from prisma_decouple.typescript.finders.inputs.refusals import find_refusals
from prisma_decouple.typescript.finders.inputs.refused_parts import find_refused_parts
from prisma_decouple.typescript.finders.inputs.schema_demands import find_schema_demands
from prisma_decouple.typescript.finders.inputs.ways_in import find_ways_in
from prisma_decouple.typescript.finders.keys.conversions import find_conversions
from prisma_decouple.typescript.finders.keys.flows import find_flows
from prisma_decouple.typescript.finders.keys.found_in_memory import find_found_in_memory
from prisma_decouple.typescript.finders.keys.kept_keys import find_kept_keys
from prisma_decouple.typescript.finders.keys.meanings import find_meanings
from prisma_decouple.typescript.finders.keys.named_fallbacks import find_named_fallbacks
from prisma_decouple.typescript.finders.keys.other_keys import find_other_keys
from prisma_decouple.typescript.finders.keys.sentinels import find_sentinels
from prisma_decouple.typescript.finders.keys.untyped_copies import find_copies
from prisma_decouple.typescript.finders.queries.deleted_rows import find_deleted_rows
from prisma_decouple.typescript.finders.queries.deletions import find_deletions
from prisma_decouple.typescript.finders.queries.detours import find_detours, find_parents
from prisma_decouple.typescript.finders.queries.differences import find_differences
from prisma_decouple.typescript.finders.queries.extended_queries import find_extended_queries
from prisma_decouple.typescript.finders.queries.filters import find_filters
from prisma_decouple.typescript.finders.queries.groups import find_groups
from prisma_decouple.typescript.finders.queries.key_lists import find_key_lists
from prisma_decouple.typescript.finders.queries.keys_of_several import find_keys_of_several
from prisma_decouple.typescript.finders.queries.named_groups import find_named_groups
from prisma_decouple.typescript.finders.queries.orders import find_orders
from prisma_decouple.typescript.finders.queries.query_builders import find_query_builders
from prisma_decouple.typescript.finders.queries.raw_sql import find_raw_sql
from prisma_decouple.typescript.finders.queries.shared_out import find_shared_out
from prisma_decouple.typescript.finders.queries.totals import find_asked_for_each, find_totals
from prisma_decouple.typescript.finders.queries.unasked import find_unasked
from prisma_decouple.typescript.finders.queries.unlisted import find_unlisted
from prisma_decouple.typescript.finders.reads.column_values import find_column_values
from prisma_decouple.typescript.finders.reads.emptied_texts import find_emptied_texts
from prisma_decouple.typescript.finders.reads.idle_fallbacks import find_idle_fallbacks
from prisma_decouple.typescript.finders.reads.idle_filters import find_idle_filters
from prisma_decouple.typescript.finders.reads.idle_guards import find_idle_guards, find_idle_handlers
from prisma_decouple.typescript.finders.reads.in_checks import find_in_checks
from prisma_decouple.typescript.finders.reads.own_records import find_own_records
from prisma_decouple.typescript.finders.reads.reads import find_reads
from prisma_decouple.typescript.finders.reads.recipients import find_recipients
from prisma_decouple.typescript.finders.reads.safe_ends import find_safe_ends
from prisma_decouple.typescript.finders.reads.spreads import find_spreads
from prisma_decouple.typescript.finders.reads.unshown import find_unshown
from prisma_decouple.typescript.finders.reads.untaken_branches import find_untaken_branches
from prisma_decouple.typescript.finders.reads.untyped_parameters import find_untyped_parameters
from prisma_decouple.typescript.finders.reads.written_paths import find_written_paths
from prisma_decouple.typescript.finders.retyped.copied_enums import find_copied_enums
from prisma_decouple.typescript.finders.retyped.exhausted import find_exhausted
from prisma_decouple.typescript.finders.retyped.never_null import find_never_null
from prisma_decouple.typescript.finders.retyped.new_values import find_new_values
from prisma_decouple.typescript.finders.retyped.outdated_copies import find_outdated_copies
from prisma_decouple.typescript.finders.retyped.own_tables import find_own_tables
from prisma_decouple.typescript.finders.retyped.retyped_reads import find_retyped_reads
from prisma_decouple.typescript.finders.retyped.retyped_writes import find_retyped_writes
from prisma_decouple.typescript.finders.retyped.unfit_values import find_unfit_values
from prisma_decouple.typescript.finders.sent.answers import find_answers
from prisma_decouple.typescript.finders.sent.commented_types import find_commented_types
from prisma_decouple.typescript.finders.sent.received import find_received
from prisma_decouple.typescript.finders.sent.unread_results import find_unread_results
from prisma_decouple.typescript.finders.widening.casts import find_cast_contents, find_casts
from prisma_decouple.typescript.finders.widening.derived import find_derived
from prisma_decouple.typescript.finders.widening.endpoints import find_endpoints
from prisma_decouple.typescript.finders.widening.field_types import find_field_types
from prisma_decouple.typescript.finders.widening.key_types import Carriers, find_key_types, parameter_types
from prisma_decouple.typescript.finders.widening.loose_casts import find_loose_casts
from prisma_decouple.typescript.finders.widening.nullable_arguments import find_nullable_arguments
from prisma_decouple.typescript.finders.widening.promised_results import find_handed_results, find_promised_results
from prisma_decouple.typescript.finders.widening.record_types import (
    find_cast_records,
    find_extended_records,
    find_looked_up,
    find_repeating_types,
)
from prisma_decouple.typescript.finders.widening.records import find_records
from prisma_decouple.typescript.finders.widening.schema_values import find_schema_values
from prisma_decouple.typescript.finders.widening.unseen_casts import find_unseen_casts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.finders.creates.leads import Lead

    _Finder: TypeAlias = Callable[[FileContext], Iterable[Lead] | None]

_Found = TypeVar("_Found")
# What tests stand in with and expect, and where values come from: the others ask for that.
_FIRST = (find_cast_records, find_expected_creates, find_sources)
# Where records and keys go, to whatever file.
_FLOWS = (find_flows, find_records, find_promised_results, find_handed_results, find_endpoints)
# What looks at a file by itself: for what is gone, what has another type or other values, and what may be null now.
_GONE = (
    find_gone_fields,
    find_gone_texts,
    find_gone_models,
    find_gone_literals,
    find_gone_in_tests,
    find_remnants,
    find_gone_selections,
    find_gone_conditions,
    find_gone_values,
)
_CHANGED = (
    find_copied_enums,
    find_changed_keys,
    find_lost_keys,
    find_new_values,
    find_exhausted,
    find_retyped_reads,
    find_retyped_writes,
    find_recounted_relations,
    find_never_null,
    find_unfit_values,
    find_outdated_copies,
)
_NULLABLE = (
    find_sentinels,
    find_conversions,
    find_refusals,
    find_refused_parts,
    find_kept_forms,
    find_idle_guards,
    find_idle_handlers,
    find_unshown,
    find_untaken_branches,
    find_unfilled,
    find_reads,
    find_looked_up,
    find_spreads,
    find_casts,
    find_loose_casts,
    find_unseen_casts,
    find_detours,
    find_key_lists,
    find_parents,
    find_totals,
    find_shared_out,
    find_differences,
    find_asked_for_each,
    find_unused_schemas,
    find_in_checks,
    find_written_paths,
    find_column_values,
    find_safe_ends,
    find_recipients,
    find_nullable_arguments,
    find_out_of_step,
    find_derived,
    find_schema_demands,
    find_checked_requests,
    find_checking_functions,
    find_copies,
    find_graphql_fields,
    find_graphql_documents,
    find_graphql_inputs,
    find_graphql_classes,
    find_raw_sql,
    find_query_builders,
    find_copied_keys,
    find_json_schemas,
)
# What leaves out what the others have told already.
_LATER = (
    find_orders,
    find_groups,
    find_named_groups,
    find_emptied_texts,
    find_named_fallbacks,
    find_other_keys,
    find_kept_keys,
    find_idle_fallbacks,
    find_idle_filters,
    find_own_records,
    find_meanings,
    find_found_in_memory,
    find_form_readers,
)
# What is loaded matters more where it is relied on, less where it is sent, and that is known then.
_LAST = (
    find_inbound,
    find_filters,
    find_extended_queries,
    find_ways_in,
    find_connected_keys,
    find_upserted_keys,
    find_keys_of_several,
    find_made_for_want,
    find_raw_writes,
)
_SENT = (
    find_forms,
    find_demanding_forms,
    find_schema_forms,
    find_resource_forms,
    find_named_forms,
    find_described_fields,
    find_procedure_inputs,
)


def find_all(facts: SchemaFacts, files: list[FileContext]) -> int:
    """Let every finder look at the files that mention a name that matters, and count these."""
    names = facts.names_that_matter
    types = tuple(f".{each.model}" for each in facts.needed)
    concerned = [
        file
        for file in files
        if names & file.source.words
        or any(each in file.source.text for each in types)
        or any(examined(forwarded_creates, file))
    ]
    near = [*concerned, *_users_of(concerned, files)]
    leads = [lead for file in near for lead in examined(find_creates, file)]
    followed, made = find_calls(files, [*leads, *leads_of_rules(facts)]), FollowedLeads(leads)
    carriers = Carriers(followed, parameter_types(files, followed))
    makers = Carriers(made, parameter_types(files, made))
    _look(files, (find_held_back_types,))
    _look(concerned, _FIRST)
    _look(near, (*_FLOWS, find_cast_contents))
    looked_at = [*near, *_follow_widened(near, files)]
    _look(concerned, (find_extended_records, find_repeating_types))
    _follow_schemas(concerned)
    _look(looked_at, (*_GONE, *_CHANGED, *_NULLABLE, *_LATER, lambda file: find_key_types(file, carriers, makers)))
    _look(concerned, (find_field_types,))
    _look(near, (find_untyped_parameters,))
    find_unread_results(concerned)
    _look(near, (find_answers,))
    _look(looked_at, _LAST)
    _look(near, _SENT)
    find_unlisted(concerned)
    find_unasked(concerned)
    # Whoever deletes an author, lists what has a key, or keeps copies of books need not speak of these.
    _look(files, (find_deletions, find_deleted_rows, find_listed_models, find_own_tables))
    return len(concerned)


def find_in_received(files: list[FileContext]) -> None:
    """Let those finders look at files that follow what is received from routes, as a project with routes knows it."""
    _look(files, (*_FLOWS, find_received))
    _look(
        files, (*_GONE, *_CHANGED, *(each for each in _NULLABLE if each is not find_casts), *_LATER, find_own_records)
    )
    _look(files, (find_untyped_parameters, find_commented_types))


def find_in_components(files: list[FileContext]) -> None:
    """As `find_in_received`, for components: what comes to them in events is of forms, and no copy of a record.

    Types that are written in them are read as well: no other look does.
    """
    _look(files, (*_FLOWS, find_received, find_extended_records, find_repeating_types))
    _look(files, (*_GONE, *_CHANGED, *(each for each in _NULLABLE if each not in {find_casts, find_copies}), *_LATER))
    _look(files, (find_untyped_parameters, find_commented_types))


def find_sent(files: Iterable[FileContext]) -> None:
    """Let those finders look at files that tell what becomes of what is sent, by those who receive it."""
    _look(files, (find_answers,))


def find_loaded(files: Iterable[FileContext]) -> None:
    """Let those finders look at files that tell what becomes of what is loaded, once it is known who receives it."""
    _look(files, _LAST)


def _look(files: Iterable[FileContext], finders: Sequence[_Finder]) -> None:
    """Let finders look at files, one file after the other."""
    for file in files:
        for find in finders:
            examined(find, file)


def _follow_schemas(files: list[FileContext]) -> None:
    """Follow what schemas of validators let through, until it arrives at no other schema."""
    known = -1
    while files and known < len(files[0].findings.nullable_schemas):
        known = len(files[0].findings.nullable_schemas)
        for file in files if known else ():
            examined(find_schema_values, file)


def examined(find: Callable[[FileContext], Iterable[_Found] | None], file: FileContext) -> list[_Found]:
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


def _follow_widened(near: Sequence[FileContext], files: Sequence[FileContext]) -> list[FileContext]:
    """Follow records and keys into other files whose written types have to let null in, and into those that use these.

    A helper, `(owner: Named) => owner.first`, names nothing of the schema, and is given an author by another file.

    Args:
        near: the files in which records and keys have been followed already.
        files: all files.

    Returns:
        The other files with such a type, and those that use one and name its member.
    """
    known = {each.source.path for each in near}
    found: list[FileContext] = []
    while near and (reached := _naming_widened(near[0]) - known):
        more = [each for each in files if each.source.path in reached]
        _look(more, _FLOWS)
        known |= reached
        found += more
    return found


def _naming_widened(file: FileContext) -> set[str]:
    """The files with a written type that has to let null in, and those that use one and name its member."""
    project, reached = file.project, set[str]()
    for place, name in file.findings.widened.items():
        path = place.rpartition(":")[0]
        reached.add(path)
        reached |= {each for each in project.users_of(path) if name in project.files[each].source.words}
    return reached


def _users_of(concerned: Iterable[FileContext], files: Sequence[FileContext]) -> Iterator[FileContext]:
    """The other files that import from these: a record goes where nobody has to name its model or its fields."""
    paths = {file.source.path for file in concerned}
    users = next(iter(files)).project.importers_of(paths) - paths if paths else frozenset[str]()
    yield from (file for file in files if file.source.path in users)
