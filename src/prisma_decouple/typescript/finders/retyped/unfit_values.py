"""Whole values that are handed to a query, or where a record is wanted, with something in them that fits no more.

`update({ data: draft })` with a `Draft` whose `pages` are a text, and a book where a type wants the `handle` that it
lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.finders.gone.followed_names import follow
from prisma_decouple.typescript.finders.retyped.retyped_writes import fits
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import (
    complained_at,
    given_behind,
    given_by,
    property_value,
)
from prisma_decouple.typescript.source.syntax import is_inside, key_of, spread_of, text_of
from prisma_decouple.typescript.types.elements import handed_elements
from prisma_decouple.typescript.types.kinds import JSON, is_outdated, kinds_in, misfit
from prisma_decouple.typescript.types.libraries.validators import OBJECT
from prisma_decouple.typescript.types.places.arrivals import handed_values
from prisma_decouple.typescript.types.places.declared import wanted_property
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.outdated import outdated
from prisma_decouple.typescript.types.places.tolerance import takes as lets_through
from prisma_decouple.typescript.types.typed import DATA, WRITTEN, Type, What, member_of
from prisma_decouple.typescript.wording import excerpt, missing, now_and_before, now_called, with_article

if TYPE_CHECKING:
    from collections.abc import Container

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import NewField, RetypedField
    from prisma_decouple.typescript.context import FileContext

_WANTED = DATA | {What.FILTER, What.RECORD}


def find_unfit_values(file: FileContext) -> None:
    """Note the values of which a part is of another type now, or is there no more.

    Args:
        file: the file; its findings are filled.
    """
    models = {each.model for each in file.facts.retyped} | {each.model for each in file.facts.lost_fields}
    models |= {each.model for each in file.facts.new_fields} | {each.was for each in file.facts.strangers}
    if not (models | set(map(client_accessor, models))) & file.source.words:
        return
    for value in handed_values(file):
        _check(file, value, models)
    for callback, element, wanted in handed_elements(file):
        if element.what in WRITTEN and wanted.what in _WANTED and wanted.model in models:
            _check_written(file, callback, element, wanted)
        for added in _added_to(wanted):
            note_outdated(file, callback, element, added)
    for cast in file.source.nodes("as_expression"):
        if len(cast.named_children) > 1:
            _check_cast(file, cast.named_children[0], cast.named_children[-1])


def _check(file: FileContext, value: Node, models: Container[str]) -> None:
    """Look at one value, which may become one of some models."""
    wanted = expected(file, value)
    found = file.types.of(value) if wanted is not None else None
    if wanted is None or found is None or wanted.is_mock:
        return
    for added in _added_to(wanted) if found.what is What.RECORD else ():
        note_outdated(file, value, found, added)
    if wanted.what is found.what is What.RECORD and file.facts.is_stranger(found.model, wanted.model):
        why = f"{with_article(found.model, 'A')} is here now, where {with_article(wanted.model)} was."
        file.hint(_place_of(value)[0], Kind.FLOW, Confidence.CERTAIN, why)
    elif wanted.what not in _WANTED or wanted.model not in models:
        return
    elif found.what is What.RECORD:
        _check_copied(file, value, found, wanted)
        _check_loaded(file, value, found, wanted)
    elif found.what in WRITTEN:
        _check_written(file, value, found, wanted)
    elif found.what is What.BOX and found.field == OBJECT:
        _check_all_new(file, value, found, wanted)


def _check_cast(file: FileContext, value: Node, written: Node) -> None:
    """A record that a cast says to be of a written type, which still wants what it has lost.

    The compiler lets a cast pass when one of the two types has all that the other one has.
    """
    wanted, found = file.types.read(written), file.types.of(value)
    if wanted is None or found is None or found.what is not What.RECORD or wanted.what not in {*WRITTEN, What.RECORD}:
        return
    written_types = [wanted] if wanted.what in WRITTEN else _added_to(wanted)
    columns = (each.name for each in file.facts.columns if each.model == found.model and found.has(each.name))
    is_less = any(file.types.property(wanted, name) is None for name in columns)
    reasons = [(each, reason) for each in written_types for reason in outdated(file, found, each)]
    for each, reason in reasons:
        needs = _followed(file, found, each) if len(reasons) == 1 else ()
        file.hint(value, Kind.FLOW, Confidence.CERTAIN if is_less else Confidence.LIKELY, reason, needs=needs)


def _added_to(wanted: Type) -> list[Type]:
    """What a written type adds to a record: `{ author: { pages: number } }` of `Book & { author: ... }`."""
    added = (each.file.types.read(each.node) for each in wanted.extras if wanted.what is What.RECORD)
    return [each for each in added if each is not None]


def note_outdated(file: FileContext, value: Node, found: Type, wanted: Type) -> None:
    """Note a record, or a literal, where a written type wants of it what it has no more, or has otherwise.

    Args:
        file: the file; its findings are filled.
        value: the record or what holds the literal, or the function that is given one by its name.
        found: its type.
        wanted: what its place wants.
    """
    place, hidden = _place_of(value)
    reasons = list(outdated(file, found, wanted, hidden, beside=_given_beside(value)))
    needs = _followed(file, found, wanted) if len(reasons) == 1 and not hidden else ()
    for reason in reasons:
        file.hint(place, Kind.FLOW, Confidence.CERTAIN, reason, needs=needs)


def _followed(file: FileContext, record: Type, wanted: Type) -> list[str]:
    """What a record waits for, of which a type wants only one field under its old name."""
    lost = [
        each for each in file.facts.missing_in(record.model) if record.what is What.RECORD and record.has(each.name)
    ]
    taken = [each for each in lost if each.is_renamed and wanted_property(file, wanted, each.name) is not None]
    return [follow(wanted, record, each) for each in taken] if len(taken) == 1 else []


def _given_beside(value: Node) -> frozenset[str] | None:
    """The properties that something beside what is spread gives; None when another one is spread there as well."""
    spread = spread_of(value)
    holder = spread.parent if spread is not None else None
    if holder is None:
        return frozenset()
    if holder.type == "jsx_expression" and holder.parent is not None:
        attributes = [each for each in holder.parent.named_children if each.type == "jsx_attribute"]
        return frozenset(text_of(each.named_children[0]) for each in attributes)
    is_alone = sum(each.type == "spread_element" for each in holder.named_children) == 1
    return frozenset(given_by(holder).values) if is_alone and holder.type == "object" else None


def _check_loaded(file: FileContext, value: Node, record: Type, wanted: Type) -> None:
    """A record where one is wanted that says what is loaded with it, `Book & { author: Author }`, and is no more."""
    lost = [each for each in file.facts.missing_in(wanted.model) if wanted.what is What.RECORD]
    for each in lost if record.model == wanted.model and not wanted.is_partial else ():
        is_said = any(member_of(extra.node, each.name) is not None for extra in wanted.extras)
        is_had = any(member_of(extra.node, each.name) is not None for extra in record.extras)
        if is_said and not is_had and file.facts.relation_of(each.model, each.name) is not None:
            why = f"{missing(each)}, and what takes it here wants one.{now_called(each)}"
            file.hint(_place_of(value)[0], Kind.FLOW, Confidence.CERTAIN, why)


def _check_copied(file: FileContext, value: Node, record: Type, wanted: Type) -> None:
    """A whole record that is written again: what comes out of a JSON field may be null, and null goes into none."""
    if record.model != wanted.model or wanted.what not in DATA:
        return
    place, hidden = _place_of(value)
    for field in (each for each in file.facts.retyped if each.model == record.model and each.after == JSON):
        if record.has(field.field) and field.field not in hidden:
            why = f"{now_and_before(field)} What is read from it may be null, and cannot be written back as it is."
            file.hint(place, Kind.FLOW, Confidence.CERTAIN, why)


def _check_written(file: FileContext, value: Node, found: Type, wanted: Type) -> None:
    """A value of a written type: the compiler minds members of the wrong type, Prisma those that the model lacks."""
    place, hidden = _place_of(value)
    for field in (each for each in file.facts.retyped if each.model == wanted.model and wanted.has(each.field)):
        member = file.types.property(found, field.field) if field.field not in hidden else None
        given = kinds_in(member) if member is not None else frozenset[str]()
        if _is_told_in_literal(found, field.field, Kind.FLOW):
            continue
        if given and not fits(field, given, is_column=wanted.what is not What.RECORD):
            why = f"{now_and_before(field)} `{excerpt(text_of(value))}` has a {' or '.join(sorted(given))} there."
            file.hint(place, Kind.FLOW, Confidence.CERTAIN, why)
        elif not given and _is_doubtful(found, field, is_column=wanted.what is not What.RECORD, hidden=hidden):
            why = f"{now_and_before(field)} Look whether what `{excerpt(text_of(value))}` has there fits the new type."
            file.hint(place, Kind.FLOW, Confidence.LIKELY, why)
    _check_all_new(file, value, found, wanted)
    if wanted.what is What.RECORD:
        return
    for lost in (each for each in file.facts.lost_fields if each.model == wanted.model and wanted.has(each.name)):
        is_had = lost.name not in hidden and file.types.property(found, lost.name) is not None
        if is_had and not _is_told_in_literal(found, lost.name, Kind.GONE):
            why = f"{with_article(lost.model, 'A')} has no `{lost.name}` any more, and `{excerpt(text_of(value))}` has."
            file.hint(place, Kind.GONE, Confidence.LIKELY, why)


def _check_all_new(file: FileContext, value: Node, found: Type, wanted: Type) -> None:
    for new in (each for each in file.facts.new_of(wanted.model) if wanted.has(each.field)):
        _check_new(file, value, found, wanted, new)


def _check_new(file: FileContext, value: Node, found: Type, wanted: Type, new: NewField) -> None:
    """A value that has something else under the name of a new field, of which nobody took note before."""
    place, hidden = _place_of(value)
    member = file.types.property(replace(found, is_list=False), new.field) if new.field not in hidden else None
    if member is None or wanted.is_checked or _is_spread_into(found, value, new.field):
        return
    told = f"{with_article(new.model, 'A')} has a `{new.field}` now, which is a {new.scalar_type}."
    unfit = sorted(misfit(member, new.scalar_type))
    nothing = [each for each in _refused(file, wanted, new) if kinds_in(member) and lets_through(member, each)]
    if unfit:
        why = f"{told} `{excerpt(text_of(value))}` has a {' or '.join(unfit)} there."
        file.hint(place, Kind.FLOW, Confidence.CERTAIN, why)
    elif nothing:
        why = f"{told} In `{excerpt(text_of(value))}` it may be {' or '.join(nothing)}."
        file.hint(place, Kind.FLOW, file.sure_of_null, why)


def _is_spread_into(found: Type, value: Node, name: str) -> bool:
    """Whether a literal stands in a value and has a property by something spread into it, which is handed as well."""
    literal = found.place.node if found.place is not None and found.place.node.type == "object" else None
    return literal is not None and is_inside(value, literal) and member_of(literal, name) is None


def _refused(file: FileContext, wanted: Type, new: NewField) -> list[str]:
    """What a place does not take for a new field: nothing at all where it has to be there."""
    needed = {key for each in file.facts.needed_of(new.model) for key in each.foreign_keys}
    is_there = wanted.what is What.RECORD or (wanted.what is What.INPUT and new.field in needed)
    null = [] if new.is_nullable else ["null"]
    return [*null, "undefined"] if is_there and not wanted.is_partial else null


def _is_told_in_literal(found: Type, name: str, kind: Kind) -> bool:
    """Whether a value is a literal that a variable holds, in which the property itself is told, or its value."""
    place = found.literal
    members = [each for each in place.node.named_children if key_of(each) == name] if place is not None else []
    values = [value for each in members if (value := each.child_by_field_name("value")) is not None]
    return place is not None and any(place.file.is_told(each, kind) for each in (*members, *values))


def _is_doubtful(found: Type, field: RetypedField, *, is_column: bool, hidden: frozenset[str]) -> bool:
    """Whether a literal gives something unknown to a field for which nothing that was fit is fit now."""
    literal = found.literal
    is_given = (
        literal is not None and property_value(literal.node, field.field) is not None and field.field not in hidden
    )
    return is_given and is_outdated(field.before, field.after, is_column=is_column)


def _place_of(value: Node) -> tuple[Node, frozenset[str]]:
    """Where the compiler complains of what is handed over, and what is given behind it instead."""
    spread = spread_of(value)
    return (complained_at(spread), given_behind(spread)) if spread is not None else (value, frozenset())
