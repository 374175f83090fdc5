"""Keys and fields that may be null now, where they arrive at something that takes no null or means something by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.assertions import GIVEN, asserted
from prisma_decouple.typescript.edits.first_sides import ASKED, first_side
from prisma_decouple.typescript.finders.keys.handed_selections import note_selected_by
from prisma_decouple.typescript.finders.keys.listed_keys import is_listed
from prisma_decouple.typescript.finders.reads.direct_reads import is_bypassed
from prisma_decouple.typescript.finders.uses.decisions import is_in_filter
from prisma_decouple.typescript.finders.uses.guarded_lookups import guard, guard_subject, guarded_above
from prisma_decouple.typescript.finders.uses.key_uses import Use, nullable_keys, use_of
from prisma_decouple.typescript.finders.uses.omissions import edits_to_omit
from prisma_decouple.typescript.finders.uses.safe_reads import outermost
from prisma_decouple.typescript.finders.uses.unknown_receivers import note_unknown
from prisma_decouple.typescript.finders.widening.schema_values import note_refusing_schema
from prisma_decouple.typescript.finders.widening.widened_lists import (
    nullable_elements,
    nullable_elements_subject,
    whole_list,
    widen_list,
)
from prisma_decouple.typescript.finders.widening.widened_members import (
    member_around,
    mended_subject,
    nullable_subject,
    widen_member,
)
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.kept_literals import call_around
from prisma_decouple.typescript.source.literals import with_default
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import uses_of_value
from prisma_decouple.typescript.source.syntax import chain_around, text_of
from prisma_decouple.typescript.types.elements import handed_elements
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.tolerance import is_asked_for, selects_target, takes, takes_absence
from prisma_decouple.typescript.types.places.wanted import wanted_type
from prisma_decouple.typescript.types.prisma.given_keys import is_given
from prisma_decouple.typescript.types.typed import UNSEEN, Type, What
from prisma_decouple.typescript.types.written.members import member_name
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def find_flows(file: FileContext) -> None:
    """Note where a key that may be null now flows into something that is not.

    Args:
        file: the file; its findings, and those of the files whose types it meets, are filled.
    """
    for value, key in nullable_keys(file):
        if not is_narrowed(file, value):
            _check(file, value, key)
    for callback, keys, wanted in handed_elements(file):
        if keys.what is What.KEY and keys.is_nullable and not takes_absence(wanted, keys):
            why = f"{_may_be_null(keys)}, and `{excerpt(text_of(callback))}` says"
            file.hint(callback, Kind.FLOW, file.sure_of_null, f"{why} that it never is.")


def _check(file: FileContext, value: Node, key: Type) -> None:
    if selects_target(file, value, key.field):
        _note_lookup(file, value, key)
    elif (use := use_of(file, value)) is Use.REFUSED:
        _note_refused(file, value, key)
    else:
        _note_meaning(file, value, key, use)
        _check_left_out(file, value, key)


def _note_lookup(file: FileContext, value: Node, key: Type) -> None:
    """`findUnique({ where: { id: book.authorId } })`, which is to be made only when there is a key."""
    why = f"`{excerpt(text_of(value))}` of {with_article(key.model)} may be null now, and a record is looked up by it."
    if _is_there_for_readers(file, value, why, Confidence.CERTAIN):
        return
    if _is_guarded_above(file, value, why):
        return
    guarded = guard(file, value) if not is_bypassed(file, value) else None
    place, edits = guarded if guarded is not None else (value, None)
    subject = guard_subject(Place(file, value)) if guarded is not None else ""
    file.hint(place, Kind.FLOW, Confidence.CERTAIN, why, edits, subject=subject)
    _note_shown(file, value, key)


def _is_guarded_above(file: FileContext, value: Node, why: str) -> bool:
    """Note a key that is asked for where a record is written by it right before; whether it is."""
    above = guarded_above(file, value) if not is_bypassed(file, value) else None
    if above is not None and not is_bypassed(file, above):
        file.hint(value, Kind.FLOW, file.sure_of_null, why, needs=[guard_subject(Place(file, above))])
    return above is not None and not is_bypassed(file, above)


def _is_there_for_readers(file: FileContext, value: Node, why: str, confidence: Confidence) -> bool:
    """Note a value that is there all the same, as a reader sees and TypeScript does not; whether it is."""
    edits, more = asserted(file, value), GIVEN
    if edits is None:
        edits, more = first_side(file, value), ASKED
    if edits is not None:
        file.hint(value, Kind.FLOW, confidence, why + more, edits)
    return edits is not None


def _note_shown(file: FileContext, value: Node, key: Type) -> None:
    """What is shown and asked for of a record that is looked up by a key: it is not there where there is none."""
    call = call_around(value)
    for use in uses_of_value(call) if call is not None else ():
        place, without = outermost(use), f"Without `{key.field}` nothing is found by it"
        if file.is_told(place) or use.parent is None:
            continue
        is_asked = use.parent.child_by_field_name("optional_chain") is not None
        if is_asked and use_of(file, chain_around(use)) is Use.SHOWN:
            file.hint(place, Kind.READ, Confidence.UNSURE, f"{without}, and `undefined` would be shown.")
        elif is_asked and is_in_filter(file, chain_around(use)):
            why = f"{without}; what asks for `undefined` asks for anything, and finds what belongs to others."
            file.hint(place, Kind.FILTER, Confidence.LIKELY, why)
        elif use.parent.type == "non_null_expression" and not is_narrowed(file, use):
            file.hint(place, Kind.READ, Confidence.LIKELY, f"{without}, and this asserts that something is.")


def _note_meaning(file: FileContext, value: Node, key: Type, use: Use) -> None:
    """What null would do at a place that takes it, or of which nothing is known."""
    meaning = ""
    if is_given(file, value):
        return
    if use is Use.SHOWN:
        meaning = f"and would be shown as `{key.absence}`."
    elif use is Use.EMPTY:
        meaning = "and then nothing is shown here."
    elif is_listed(file, value):
        meaning = "and this list has null in it then. Look what is made of its elements, and of their number."
    elif (wanted_type(file, value) or UNSEEN) == UNSEEN:
        note_unknown(file, value, key.model, key.field)
        note_selected_by(file, value)
    elif is_in_filter(file, value) and not is_asked_for(value):
        meaning = "and then this selects the rows that have none. Look whether it should."
    if meaning:
        file.hint(value, Kind.FLOW, Confidence.UNSURE, f"{_may_be_null(key)}, {meaning}")


def _note_refused(file: FileContext, value: Node, key: Type) -> None:
    """A place that takes no null: it can be left out, its type can let null in, or a person decides."""
    why = f"{_may_be_null(key)}, and what takes it here says that it never is."
    if is_bypassed(file, value):
        file.hint(value, Kind.FLOW, file.sure_of_null, why)
        return
    if not key.is_list and _is_there_for_readers(file, value, why, file.sure_of_null):
        return
    if _is_guarded_above(file, value, why):
        return
    wanted = wanted_type(file, value)
    edits = edits_to_omit(file, value, wanted) if wanted is not None and not key.is_list else None
    if edits is not None:
        subject = mended_subject(Place(file, value))
        file.findings.left_out.add(subject)
        file.hint(value, Kind.FLOW, file.sure_of_null, f"{why} It may be left out.", edits, subject=subject)
        return
    written = wanted.place if wanted is not None and wanted.what is not What.MAP else None
    if written is not None and key.is_list:
        written = whole_list(written)
    member = member_around(written) if written is not None else None
    if wanted is None or written is None or member is None:
        note_refusing_schema(value, wanted or UNSEEN, key.model, key.field)
        note_selected_by(file, value)
        file.hint(value, Kind.FLOW, file.sure_of_null, why)
        return
    is_list = key.is_list and nullable_elements(written.node) is not None  # else it is a list of `Row["bookId"]`
    needs = [nullable_elements_subject(written) if is_list else nullable_subject(written)]
    file.hint(value, Kind.FLOW, file.sure_of_null, why, needs=needs)
    told = f"`{member_name(member.node)}` receives the `{key.field}` of {with_article(key.model)}"
    why = f"{told} and may be {key.absence} now."
    if is_list:
        widen_list(member, why)
    else:
        widen_member(member, why, (key.model, key.field), nothing=key.absence)


def _may_be_null(key: Type) -> str:
    return f"`{key.field}` of {with_article(key.model)} may be {key.absence} now"


def _check_left_out(file: FileContext, value: Node, key: Type) -> None:
    """A field that data may leave out now, where it goes into a whole record, which has null then, not undefined."""
    wanted = wanted_type(file, value) if "undefined" in key.nothing else None
    if wanted is None or not wanted.field or not takes(wanted, "null") or takes(wanted, "undefined"):
        return
    why = f"`{key.field}` may be left out of the data of {with_article(key.model)} now, and a record has null then."
    file.hint(value, Kind.FLOW, file.sure_of_null, why, [with_default(value, "null")])
