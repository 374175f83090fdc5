"""The key that became optional where it meets a type that says never null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.guarded import guard, note_refusing
from prisma_decouple.typescript.finders.key_uses import Use, nullable_keys, use_of
from prisma_decouple.typescript.finders.leads import has_member
from prisma_decouple.typescript.finders.loads import note_read
from prisma_decouple.typescript.finders.reach import is_overseen
from prisma_decouple.typescript.finders.unknown import note_unknown
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.guards import is_absent
from prisma_decouple.typescript.source.literals import given_behind, named_above, properties
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import (
    Edit,
    key_of,
    text_of,
)
from prisma_decouple.typescript.types.annotations import shape_members
from prisma_decouple.typescript.types.arrivals import bases_of, handed_values, receivers_of
from prisma_decouple.typescript.types.expectations import expected, wanted_property
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.properties import loaded_options
from prisma_decouple.typescript.types.slots import place_key
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.types.uses import (
    is_read_on,
    selects_target,
    takes,
    uses_that_refuse_null,
)
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 8
_MEMBERS = frozenset({"property_signature", "public_field_definition"})


def find_flows(file: FileContext) -> None:
    """Note where a key that may be null now flows into something that is not.

    Args:
        file: the file; its findings, and those of the files whose types it meets, are filled.
    """
    for value, key in nullable_keys(file):
        if not is_narrowed(file, value):
            _check(file, value, key)
    for value in handed_values(file):
        is_there = value.type != "non_null_expression" and not is_absent(value)
        found = file.types.of(value) if is_there else None
        if found is not None and found.what is What.RECORD:
            _check_record(file, value, found)
            _check_absent(file, value, found)
        elif found is not None and found.what in {What.SHAPE, What.CLASS} and not _is_spread(value):
            _check_lacking(file, value, found)


def _check(file: FileContext, value: Node, key: Type) -> None:
    name, model = key.field, key.model
    if selects_target(file, value, name):
        why = f"`{text_of(value)}` of {with_article(model)} may be null now, and a record is looked up by it."
        guarded = guard(file, value)
        place, edits = guarded if guarded is not None else (value, None)
        file.hint(place, Kind.FLOW, Confidence.CERTAIN, why, edits)
        return
    use = use_of(file, value)
    if use is Use.SHOWN:
        why = f"`{name}` of {with_article(model)} may be null now, and would be shown as such."
        file.hint(value, Kind.FLOW, Confidence.UNSURE, why)
    elif use is Use.FINE and expected(file, value) is None:
        note_unknown(file, value, model, name)
    if use is not Use.REFUSED:
        return
    why = f"`{name}` of {with_article(model)} may be null now, and what takes it here says that it never is."
    wanted = expected(file, value)
    written = wanted.place if wanted is not None and wanted.what is not What.MAP else None
    holder = _member_around(written.node) if written is not None else None
    needs = [nullable_subject(written)] if written is not None and holder is not None else ()
    file.hint(value, Kind.FLOW, Confidence.CERTAIN, why, needs=needs)
    if written is not None and holder is not None:
        why = f"`{key_of(holder)}` receives the `{name}` of {with_article(model)} and may be null now."
        widen_member(written, holder, why)


def _check_record(file: FileContext, value: Node, record: Type) -> None:
    """A whole record where a written type repeats some of its fields."""
    spread = value.parent if _is_spread(value) else None
    hidden = given_behind(spread) if spread is not None else frozenset()
    wanted = expected(file, value)
    names = [name for name in file.facts.nullable_names(record.model) if name not in hidden]
    if wanted is None:
        return
    if wanted.what is What.FILTER and record.only is not None and record.only & set(names):
        why = f"This selects by a field of {with_article(record.model)} that may be null now."
        file.hint(value, Kind.FLOW, Confidence.LIKELY, why)
    own = [wanted.place] if wanted.place is not None and wanted.what in {What.SHAPE, What.CLASS} else []
    members = [
        (name, place)
        for name in names
        for shape in (*own, *wanted.extras)
        if shape not in record.extras  # its own type says so
        for place in shape_members(shape.file, shape.node, name, _DEPTH)
    ]
    refused = [(name, written) for name, place in members if (written := _refused_by(place, name, record)) is not None]
    for name, _ in refused:
        note_read(file, loaded_options(record.place, name))
    if refused:
        needs = [nullable_subject(written) for _, written in refused]
        why = f"What takes {with_article(record.model)} here says of a field that may be null now that it never is."
        if spread is not None and spread.parent is not None and spread.parent.type == "object":
            place = named_above(spread.parent)
            file.hint(place, Kind.FLOW, Confidence.CERTAIN, f"`{text_of(spread)}`: {why}", needs=needs)
            return
        file.hint(value, Kind.FLOW, Confidence.CERTAIN, why, needs=needs)


def _is_spread(value: Node) -> bool:
    return value.parent is not None and value.parent.type == "spread_element"


def _check_lacking(file: FileContext, value: Node, found: Type) -> None:
    """A value of a written type where a whole record is wanted, which has new fields."""
    wanted = expected(file, value)
    if wanted is None or found.place is None:
        return
    if found.place.node.type == "object":
        _check_literal(file, value, wanted, found.place)
    if wanted.what is not What.RECORD or found.place.node.type == "object":
        return
    new = [field.field for field in file.facts.new_of(wanted.model) if wanted.has(field.field)]
    lacking = [name for name in new if not has_member(found.place, name)]
    if lacking and (not wanted.is_partial or wanted.is_mock):
        why = f"{with_article(wanted.model, 'A')} has {name_list(lacking)} now, and what is given here does not."
        file.hint(value, Kind.FLOW, Confidence.LIKELY if wanted.is_mock else Confidence.CERTAIN, why)


def _check_literal(file: FileContext, value: Node, wanted: Type, literal: Place, path: tuple[str, ...] = ()) -> None:
    """A variable that holds a literal, handed to something that wants a value in one of its properties."""
    for name, given in properties(literal.node):
        key, inner = literal.file.types.of(given), wanted_property(file, wanted, name)
        if key is None or inner is None:
            continue
        inside = (*path, name)
        held = key.place if key.what is What.SHAPE and len(inside) < _DEPTH else None
        if held is not None and held.node.type == "object":
            _check_literal(file, value, inner, held, inside)
        is_null = key.what is What.KEY and key.is_nullable and not is_narrowed(literal.file, given)
        if is_null and inner.what is What.VALUE and not takes(inner, "null"):
            why = (
                f"`{'.'.join(inside)}` in it is the `{key.field}` of {with_article(key.model)}, which may be null now."
            )
            file.hint(value, Kind.FLOW, Confidence.CERTAIN, why)


def _check_absent(file: FileContext, value: Node, record: Type) -> None:
    """The record behind a relation that became optional where one that is always there is wanted."""
    if record.became_null is None or not record.is_nullable or _is_spread(value) or is_narrowed(file, value):
        return  # null may be spread
    wanted, (model, field) = expected(file, value), record.became_null
    if wanted is None:
        note_unknown(file, value, model, field)
        return
    if takes(wanted, "null") or wanted.what not in {What.RECORD, What.SHAPE, What.CLASS}:
        return
    note_read(file, record.place)
    why = f"The `{field}` of {with_article(model)} may be null now, and what takes it here says that it never is."
    file.hint(value, Kind.FLOW, Confidence.CERTAIN, why)


def _refused_by(place: Place, name: str, record: Type) -> Place | None:
    """The type of a member that receives a field of a record and says that it is never null; it is widened."""
    annotation = place.node.child_by_field_name("type")
    found = place.file.types.of_member(place.node)
    if annotation is None or not record.has(name) or (found is not None and found.is_nullable):
        return None
    why = f"`{name}` receives what {with_article(record.model)} has there, which may be null now."
    written = Place(place.file, annotation.named_children[0])
    widen_member(written, place.node, why)
    return written


def widen_member(written: Place, member: Node, why: str, *, is_lazy: bool = False) -> None:
    """Let a member of a written type be null; the patch does so when every use of it takes that.

    A type to which values of that type are handed has to let it be null as well.
    """
    name, place = key_of(member), Place(written.file, member)
    is_known = place_key(place) in written.file.findings.widened
    written.file.findings.widened.add(place_key(place))
    refusing = uses_that_refuse_null(written.file, member, name)
    mended = [use for use in refusing if is_read_on(use.node)]
    others = [use for use in refusing if use not in mended]
    reason = f"`{name}` may be null here once its type says so, and what takes it does not say that it may."
    needs = [*map(mended_subject, mended), *note_refusing(others, name, reason)]
    if not is_overseen(place, name):
        needs.append(f"{name} may be null")
    if is_known:
        return
    needs += [subject for base in bases_of(place, name) for subject in _refusing_base(base)]
    for other in receivers_of(place, name):
        needs += _widen_receiver(other, name)
    widen(written, member, Confidence.CERTAIN, why, is_lazy=is_lazy, needs=needs)


def _refusing_base(member: Place) -> list[str]:
    """What is needed so that a class may say that a member is null of which it has promised that it never is."""
    annotation, found = member.node.child_by_field_name("type"), member.file.types.of_member(member.node)
    if annotation is None or found is None or takes(found, "null"):
        return []
    return [nullable_subject(Place(member.file, annotation.named_children[0]))]


def _widen_receiver(member: Place, name: str) -> list[str]:
    """What is needed so that a member of another type takes what may be null in the one that is handed to it."""
    annotation = member.node.child_by_field_name("type")
    found = member.file.types.of_member(member.node)
    if annotation is None or found is None or takes(found, "null"):
        return []
    written = Place(member.file, annotation.named_children[0])
    why = f"`{name}` receives what may be null now from a value of another type."
    widen_member(written, member.node, why, is_lazy=True)
    return [nullable_subject(written)]


def widen(
    written: Place, node: Node, confidence: Confidence, why: str, *, is_lazy: bool, needs: Iterable[str] = ()
) -> None:
    """Note that a written type must allow null.

    Args:
        written: the type.
        node: the member or parameter that has it.
        confidence: how sure that is.
        why: the reason.
        is_lazy: whether it is only changed when something else needs it.
        needs: what has to be done besides.
    """
    end = written.node.end_byte
    subject = nullable_subject(written)
    edits = [Edit(end, end, " | null")]
    written.file.hint(node, Kind.TYPE, confidence, why, edits, subject=subject, needs=needs, is_lazy=is_lazy)


def nullable_subject(written: Place) -> str:
    """What a hint provides that makes a written type allow null."""
    return f"nullable {place_key(written)}"


def mended_subject(use: Place) -> str:
    """What a hint provides that makes a read of what may be null now safe."""
    return f"mended {place_key(use)}"


def _member_around(written: Node) -> Node | None:
    """The member of an object type or class whose whole type is written there."""
    annotation = written.parent
    member = annotation.parent if annotation is not None and annotation.type == "type_annotation" else None
    return member if member is not None and member.type in _MEMBERS else None
