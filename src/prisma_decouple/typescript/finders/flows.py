"""Keys and fields that may be null now, where they arrive at something that takes no null or means something by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.decisions import compared, is_in_filter
from prisma_decouple.typescript.finders.guarded_lookups import guard, note_refusing
from prisma_decouple.typescript.finders.key_uses import Use, nullable_keys, use_of
from prisma_decouple.typescript.finders.omissions import left_out
from prisma_decouple.typescript.finders.reach import is_overseen
from prisma_decouple.typescript.finders.schema_values import note_refusing_schema
from prisma_decouple.typescript.finders.unknown_receivers import note_unknown
from prisma_decouple.typescript.finders.widened_lists import (
    nullable_elements,
    nullable_elements_subject,
    whole_list,
    widen_list,
)
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.augmentations import is_of_package
from prisma_decouple.typescript.source.decorators import refusing_null
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import MEMBERS, key_of, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.arrivals import bases_of, receivers_of
from prisma_decouple.typescript.types.elements import handed_elements
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.slots import place_key
from prisma_decouple.typescript.types.tolerance import is_asked_for, is_read_on, refuses, selects_target, takes
from prisma_decouple.typescript.types.typed import UNSEEN, Type, What
from prisma_decouple.typescript.types.uses import uses_of, uses_that_refuse_null
from prisma_decouple.typescript.types.wanted import wanted_type
from prisma_decouple.typescript.wording import excerpt, name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 8
# Of these `| null` would become a part, or look like one.
_BINDING_LESS = frozenset({"conditional_type", "constructor_type", "function_type", "intersection_type"})


def find_flows(file: FileContext) -> None:
    """Note where a key that may be null now flows into something that is not.

    Args:
        file: the file; its findings, and those of the files whose types it meets, are filled.
    """
    for value, key in nullable_keys(file):
        if not is_narrowed(file, value):
            _check(file, value, key)
    for callback, keys, wanted in handed_elements(file):
        if keys.what is What.KEY and keys.is_nullable and not takes(wanted, "null"):
            why = f"`{keys.field}` of {with_article(keys.model)} may be null now, and `{excerpt(text_of(callback))}`"
            file.hint(callback, Kind.FLOW, file.sure_of_null, f"{why} says that it never is.")


def _check(file: FileContext, value: Node, key: Type) -> None:
    name, model = key.field, key.model
    if selects_target(file, value, name):
        why = f"`{excerpt(text_of(value))}` of {with_article(model)} may be null now, and a record is looked up by it."
        guarded = guard(file, value)
        place, edits = guarded if guarded is not None else (value, None)
        file.hint(place, Kind.FLOW, Confidence.CERTAIN, why, edits)
        return
    use = use_of(file, value)
    if use is Use.SHOWN:
        why = f"`{name}` of {with_article(model)} may be null now, and would be shown as `null`."
        file.hint(value, Kind.FLOW, Confidence.UNSURE, why)
    elif use is Use.EMPTY and file.facts.is_optional_key(model, name):
        why = f"`{name}` of {with_article(model)} may be null now, and then nothing is shown here."
        file.hint(value, Kind.FLOW, Confidence.UNSURE, why)
    elif use is Use.FINE and (wanted_type(file, value) or UNSEEN) == UNSEEN:
        note_unknown(file, value, model, name)
    elif use is Use.FINE and is_in_filter(file, value) and not is_asked_for(value):
        why = f"`{name}` of {with_article(model)} may be null now, and then this selects the rows that have none."
        why += " Look whether it should."
        file.hint(value, Kind.FLOW, Confidence.UNSURE, why)
    if use is not Use.REFUSED:
        _check_left_out(file, value, key)
        return
    why = f"`{name}` of {with_article(model)} may be null now, and what takes it here says that it never is."
    wanted = wanted_type(file, value)
    edits = left_out(file, value, wanted) if wanted is not None and not key.is_list else None
    if edits is not None:
        file.hint(value, Kind.FLOW, file.sure_of_null, f"{why} It may be left out.", edits)
        return
    written = wanted.place if wanted is not None and wanted.what is not What.MAP else None
    if written is not None and key.is_list:
        written = whole_list(written)
    holder = _member_around(written.node) if written is not None else None
    if wanted is None or written is None or holder is None:
        note_refusing_schema(value, wanted or UNSEEN, model, name)
        file.hint(value, Kind.FLOW, file.sure_of_null, why)
        return
    is_list = key.is_list and nullable_elements(written.node) is not None  # else it is a list of `Row["bookId"]`
    needs = [nullable_elements_subject(written) if is_list else nullable_subject(written)]
    file.hint(value, Kind.FLOW, file.sure_of_null, why, needs=needs)
    why = f"`{key_of(holder)}` receives the `{name}` of {with_article(model)} and may be null now."
    (widen_list if is_list else widen_member)(written, holder, why)


def _check_left_out(file: FileContext, value: Node, key: Type) -> None:
    """A field that data may leave out now, where it goes into a whole record, which has null then, not undefined."""
    wanted = wanted_type(file, value) if "undefined" in key.nothing else None
    if wanted is None or not wanted.field or not takes(wanted, "null") or takes(wanted, "undefined"):
        return
    why = f"`{key.field}` may be left out of the data of {with_article(key.model)} now, and a record has null then."
    is_short = value.type == "shorthand_property_identifier"
    edits = [Edit(value.end_byte, value.end_byte, f"{f': {text_of(value)}' if is_short else ''} ?? null")]
    file.hint(value, Kind.FLOW, file.sure_of_null, why, edits)


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
    needs += [*_selected_by(written.file, member, name), *_compared_by(written.file, member, name)]
    needs += [subject for base in bases_of(place, name) for subject in _refusing_base(base)]
    for other in receivers_of(place, name):
        needs += _widen_receiver(other, name)
    widen(written, member, Confidence.CERTAIN, why, is_lazy=is_lazy, needs=needs)


def _selected_by(file: FileContext, member: Node, name: str) -> list[str]:
    """The subjects that hold back a member which filters select by: null would select the rows that have none."""
    uses = [use for use in uses_of(file, member, name) if is_in_filter(use.file, use.node)]
    uses = [use for use in uses if not is_narrowed(use.file, use.node) and not refuses(use, name)]
    for use in uses:
        why = f"`{name}` may be null here once its type says so, and would select the rows that have none."
        use.file.hint(use.node, Kind.FLOW, Confidence.LIKELY, why)
    return ["a decision about what to select"] if uses else []


def _compared_by(file: FileContext, member: Node, name: str) -> list[str]:
    """The subjects that hold back a member which is compared with that of another value: null equals null."""
    uses = {place_key(use): use for use in uses_of(file, member, name)}
    asked = [(use, compared(use.node)) for use in uses.values() if not is_narrowed(use.file, use.node)]
    alike = [use for use, other in asked if other is not None and place_key(Place(use.file, other)) in uses]
    for use in alike:
        why = f"`{name}` may be null on both sides once its type says so, and null equals null."
        use.file.hint(use.node, Kind.FLOW, Confidence.LIKELY, why)
    return ["a decision about what is equal"] if alike else []


def _refusing_base(member: Place) -> list[str]:
    """The subjects that a member waits for which a class inherits: the inherited one has to let null in as well."""
    annotation, found = member.node.child_by_field_name("type"), member.file.types.of_member(member.node)
    if annotation is None or found is None or takes(found, "null"):
        return []
    return [nullable_subject(Place(member.file, annotation.named_children[0]))]


def _widen_receiver(member: Place, name: str) -> list[str]:
    """The subjects that a member waits for whose value is handed to another type, which has to take null as well."""
    annotation = member.node.child_by_field_name("type")
    found = member.file.types.of_member(member.node)
    if annotation is None or found is None or takes(found, "null"):
        return []
    written = Place(member.file, annotation.named_children[0])
    why = f"`{name}` is given what may be null now, from a value of another type: say so."
    widen_member(written, member.node, why, is_lazy=True)
    return [nullable_subject(written)]


def widen(
    written: Place,
    node: Node,
    confidence: Confidence,
    why: str,
    *,
    is_lazy: bool,
    needs: Iterable[str] = (),
    is_quiet: bool = False,
) -> None:
    """Note that a written type must allow null, unless it is that of a package.

    Args:
        written: the type.
        node: the member or parameter that has it.
        confidence: how sure that is.
        why: the reason.
        is_lazy: whether it is only changed when something else needs it.
        needs: what has to be done besides.
        is_quiet: whether nobody has to hear of it unless it is changed.
    """
    if is_of_package(node):
        return
    subject, refusing = nullable_subject(written), refusing_null(node)
    if refusing:
        why += f" What decorates it refuses null as well: {name_list([f'@{each}' for each in refusing])}."
    confidence = written.file.sure_of_null if confidence is Confidence.CERTAIN else confidence
    start, end = written.node.start_byte, written.node.end_byte
    edits = [Edit(end, end, " | null")]
    if written.node.type in _BINDING_LESS:
        edits = [Edit(start, start, "("), Edit(end, end, ") | null")]
    written.file.hint(
        node, Kind.TYPE, confidence, why, edits, subject=subject, needs=needs, is_lazy=is_lazy, is_quiet=is_quiet
    )


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
    return member if member is not None and member.type in MEMBERS else None
