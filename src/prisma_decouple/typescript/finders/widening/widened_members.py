"""Members of written types, and parameters, that have to allow null: `authorId: number | null`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.queries.filter_places import assigned_place
from prisma_decouple.typescript.finders.uses.decisions import compared, is_in_filter
from prisma_decouple.typescript.finders.uses.demands import is_needed_for_another
from prisma_decouple.typescript.finders.uses.guarded_lookups import note_refusing
from prisma_decouple.typescript.finders.uses.key_uses import Use, use_of
from prisma_decouple.typescript.finders.uses.safe_reads import use_in_chain
from prisma_decouple.typescript.finders.uses.unknown_receivers import handed_for
from prisma_decouple.typescript.finders.widening.reach import is_fully_seen
from prisma_decouple.typescript.hints import Confidence, Kind, Line
from prisma_decouple.typescript.source.augmentations import is_of_package
from prisma_decouple.typescript.source.decorators import refusing_null
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import MEMBERS, READS, key_of, last_name
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.classes import is_parameter_property
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.arrivals import bases_of, receivers_of
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.tolerance import is_read_on, refuses, takes
from prisma_decouple.typescript.types.places.uses import uses_of, uses_that_refuse_null
from prisma_decouple.typescript.types.places.wanted import wanted_type
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.types.written.members import member_name, written_for
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence


_SHOWN = 3
# Of these `| null` would become a part, or look like one.
_BINDING_LESS = frozenset({"conditional_type", "constructor_type", "function_type", "intersection_type"})


def widen_member(
    member: Place,
    why: str,
    origin: tuple[str, str] | None = None,
    *,
    is_lazy: bool = False,
    nothing: str = "null",
) -> None:
    """Note that a member of a written type must allow null; the patch makes it when every use of it takes that.

    A type to which values of that type are handed has to let the member be null as well. Where a record of another
    model is made of them that always has such a key, and nothing else is done with it, nothing is noted: who has none
    makes no such record.

    Args:
        member: the member, with a type.
        why: the reason.
        origin: the model and the field whose value it is given; None where it is none of one field.
        is_lazy: whether it is only changed when something else needs it.
        nothing: what it is without a value, `null` or `undefined`.
    """
    file, name = member.file, member_name(member.node)
    receivers = list(receivers_of(member, name, is_whole=True))
    makes_another = [each for each in (member, *receivers) if _makes_another(each)]
    if makes_another and all(_only_makes_another(each) for each in makes_another):
        file.findings.kept.add(place_key(member))
        return
    is_known = place_key(member) in file.findings.widened and not _was_offered(member)
    file.findings.widened[place_key(member)] = name
    if origin is not None:
        file.findings.let_in[place_key(member)] = (*origin, nothing)
    refusing = uses_that_refuse_null(file, member.node, name, nothing)
    mended = [use for use in refusing if is_read_on(use.node) or use_in_chain(use.node) is not None]
    taken = {place_key(use): other for use in refusing if use not in mended and (other := _taken_by(use)) is not None}
    others = [use for use in refusing if use not in mended and place_key(use) not in taken]
    reason = f"`{name}` may be {nothing} here once its type says so, and what takes it does not say that it may."
    lines = lines_of(others) if makes_another else []  # of many, most are of those that always have one
    needs = [*map(mended_subject, mended), *(note_refusing(others, name, reason) if not makes_another else [])]
    if not is_fully_seen(member, name):
        needs.append(f"{name} may be null")
    if is_known:
        return
    _note_shown(member, name, nothing)
    if makes_another and origin is not None:
        _note_made_without(member, name, origin)
    needs += _needed_beside(member, receivers, origin, nothing)
    for use in (each for each in refusing if place_key(each) in taken):
        subjects = _widen_receiver(taken[place_key(use)], member_name(taken[place_key(use)].node), origin, nothing)
        use.file.hint(use.node, Kind.FLOW, Confidence.LIKELY, reason, needs=subjects)
        needs += subjects
    if makes_another:
        why += f" Records of others that always have one are made of it as well: look who makes them.{refused(lines)}"
        needs.append("a decision about who makes the others")
    sureness = Confidence.LIKELY if makes_another else Confidence.CERTAIN
    widen(member, sureness, why, is_lazy=is_lazy, needs=needs, waiting=lines, nothing=nothing)


def _needed_beside(
    member: Place, receivers: Iterable[Place], origin: tuple[str, str] | None, nothing: str
) -> Iterator[str]:
    """The subjects of what else has to take nothing with a member: what selects by it, base classes, and receivers."""
    name = member_name(member.node)
    yield from (*_selected_by(member, name), *_thrown_by(member, name), *_compared_by(member, name))
    yield from (subject for base in bases_of(member, name) for subject in _refusing_base(base))
    yield from (subject for other in receivers for subject in _widen_receiver(other, name, origin, nothing))


def _taken_by(use: Place) -> Place | None:
    """The member of a written type that a value is given to: `{ writer: row.author }` where a `Page` is wanted."""
    wanted = wanted_type(use.file, use.node)
    is_value = wanted is not None and wanted.what is What.VALUE and not wanted.is_list
    return member_around(wanted.place) if wanted is not None and wanted.place is not None and is_value else None


def member_around(written: Place) -> Place | None:
    """The member of an object type or class whose whole type is written at a place."""
    annotation = written.node.parent
    member = annotation.parent if annotation is not None and annotation.type == "type_annotation" else None
    is_member = member is not None and (member.type in MEMBERS or is_parameter_property(member))
    return Place(written.file, member) if member is not None and is_member else None


def _was_offered(member: Place) -> bool:
    """Whether a member was only noted for when nothing minds; that is forgotten, and it is to be noted now."""
    findings, written = member.file.findings, written_for(member)
    if written is None or place_key(member) not in findings.offered:
        return False
    findings.offered.discard(place_key(member))
    subject = nullable_subject(written)
    findings.drafts[:] = [each for each in findings.drafts if not each.is_quiet or each.subject != subject]
    return True


def _makes_another(member: Place) -> bool:
    """Whether a record of another model is made with the key that a member has, which cannot do without one."""
    name = member_name(member.node)
    return any(is_needed_for_another(each, name) for each in uses_that_refuse_null(member.file, member.node, name))


def _only_makes_another(member: Place) -> bool:
    """Whether such records are all that is made of a member."""
    name = member_name(member.node)
    return all(is_needed_for_another(each, name) for each in uses_of(member.file, member.node, name))


def _note_made_without(member: Place, name: str, origin: tuple[str, str]) -> None:
    """Note where a record is made with what a member has, which belongs to nobody then, and nothing says so."""
    for use in uses_of(member.file, member.node, name):
        holder = use.node.parent
        owner = expected(use.file, holder.parent) if holder is not None and holder.parent is not None else None
        is_data = owner is not None and owner.what is What.INPUT and holder is not None
        is_own = is_data and owner is not None and holder is not None and (owner.model, key_of(holder)) == origin
        if is_own and not is_narrowed(use.file, use.node) and not use.file.is_told(use.node):
            made = with_article(origin[0])
            why = f"`{name}` may be null here once its type says so, and then this makes {made} without."
            use.file.hint(use.node, Kind.FLOW, Confidence.UNSURE, why)


def _note_shown(member: Place, name: str, nothing: str) -> None:
    """Note where a text is made of a member and says `null` then, or nothing, on pages that receive it."""
    shown = {Use.SHOWN: f"and would be shown as `{nothing}`."}
    if member.file.project.requests is not None:
        shown[Use.EMPTY] = "and then nothing is shown here."
    for use in uses_of(member.file, member.node, name):
        meaning = shown.get(use_of(use.file, use.node), "")
        if meaning and not is_narrowed(use.file, use.node) and not use.file.is_told(use.node, Kind.FLOW):
            why = f"`{name}` may be {nothing} here once its type says so, {meaning}"
            use.file.hint(use.node, Kind.FLOW, Confidence.UNSURE, why)


def _selected_by(member: Place, name: str) -> list[str]:
    """The subjects that hold back a member which filters select by: null would select the rows that have none."""
    uses = [use for use in uses_of(member.file, member.node, name) if is_in_filter(use.file, use.node)]
    uses = [use for use in uses if not is_narrowed(use.file, use.node) and not refuses(use, name)]
    for use in uses:
        why = f"`{name}` may be null here once its type says so, and would select the rows that have none."
        use.file.hint(use.node, Kind.FLOW, Confidence.LIKELY, why)
    return ["a decision about what to select"] if uses else []


def _thrown_by(member: Place, name: str) -> list[str]:
    """The subjects that hold back a member which untyped filters look for where every record has one: null throws.

    `const where: Record<string, unknown> = {}; where.authorId = session.authorId; db.book.findMany({ where })`.
    """
    uses = [use for use in uses_of(member.file, member.node, name) if not is_narrowed(use.file, use.node)]
    needs = []
    for use in (each for each in uses if not refuses(each, name)):
        outer = use.node.parent
        left = (
            outer.child_by_field_name("left") if outer is not None and outer.type == "assignment_expression" else None
        )
        place = assigned_place(use.file, left) if left is not None and left.type in READS and left != use.node else None
        column = (
            use.file.facts.column_of(place.model, last_name(left)) if place is not None and left is not None else None
        )
        if place is not None and place.root == "where" and column is not None and not column.is_nullable:
            why = f"`{name}` may be null here once its type says so, and every {place.model} has a `{column.name}`: "
            use.file.hint(use.node, Kind.FLOW, Confidence.LIKELY, f"{why}a query that looks for null there throws.")
            needs.append("a decision about what to select")
    return needs


def _compared_by(member: Place, name: str) -> list[str]:
    """The subjects that hold back a member which is compared with what may be null as well: null equals null."""
    uses = {place_key(use): use for use in uses_of(member.file, member.node, name)}
    uses = {key: use for key, use in uses.items() if not is_narrowed(use.file, use.node)}
    asked = ((use, Place(use.file, other)) for use in uses.values() if (other := compared(use.node)) is not None)
    alike = [use for use, other in asked if _is_alike(use, other, uses)]
    for use in alike:
        why = f"`{name}` may be null on both sides once its type says so, and null equals null."
        use.file.hint(use.node, Kind.FLOW, Confidence.LIKELY, why)
    return ["a decision about what is equal"] if alike else []


def _is_alike(use: Place, other: Place, uses: Container[str]) -> bool:
    """Whether a use of a member is compared with another one, behind it, or with something else that may be null."""
    if place_key(other) in uses:
        return use.node.end_byte <= other.node.start_byte
    found = other.file.types.of(other.node)
    is_null = found is not None and found.is_nullable and found.nothing != {"undefined"}
    return is_null and not is_narrowed(other.file, other.node)


def _refusing_base(member: Place) -> list[str]:
    """The subjects that a member waits for which a class inherits: the inherited one has to let null in as well."""
    written, found = written_for(member), member.file.types.of_member(member.node)
    return [nullable_subject(written)] if written is not None and found is not None and not takes(found, "null") else []


def _widen_receiver(member: Place, name: str, origin: tuple[str, str] | None, nothing: str) -> list[str]:
    """The subjects that a member waits for whose value is handed to another type, which has to take null as well."""
    written, found = written_for(member), member.file.types.of_member(member.node)
    if written is None or found is None or takes(found, "null") or takes(found, nothing):
        return []
    why = f"`{name}` is given what may be {nothing} now, from a value of another type: let its type say so."
    widen_member(member, why, origin, is_lazy=True, nothing=nothing)
    return [nullable_subject(written)]


def widen(
    member: Place,
    confidence: Confidence,
    why: str,
    *,
    is_lazy: bool,
    needs: Iterable[str] = (),
    is_quiet: bool = False,
    waiting: Iterable[Line] = (),
    nothing: str = "null",
) -> None:
    """Note that a written type must allow null, unless it is that of a package.

    Args:
        member: the member or parameter that has it; of one without a type nothing is noted.
        confidence: how sure that is.
        why: the reason.
        is_lazy: whether it is only changed when something else needs it.
        needs: what has to be done besides.
        is_quiet: whether nobody has to hear of it unless it is changed.
        waiting: the lines that cannot take null yet.
        nothing: what it has to allow, `null` or `undefined`.
    """
    written, refusing = written_for(member), refusing_null(member.node)
    if written is None or is_of_package(member.node):
        return
    if refusing:
        why += f" What decorates it refuses null as well: {name_list([f'@{each}' for each in refusing])}."
    confidence = member.file.sure_of_null if confidence is Confidence.CERTAIN else confidence
    start, end = written.node.start_byte, written.node.end_byte
    edits = [Edit(end, end, f" | {nothing}")]
    if written.node.type in _BINDING_LESS:
        edits = [Edit(start, start, "("), Edit(end, end, f") | {nothing}")]
    member.file.hint(
        member.node,
        Kind.TYPE,
        confidence,
        why,
        edits,
        subject=nullable_subject(written),
        needs=needs,
        is_lazy=is_lazy,
        is_quiet=is_quiet,
        waiting=waiting,
    )


def lines_of(refusing: Iterable[Place]) -> list[Line]:
    """The lines of the uses that would have to take null first, and of the functions that components call with it."""
    places = [place for use in refusing for place in (use, *handed_for(use.file, use.node))]
    lines = {(each.file.source.path, each.file.source.position(each.node)[0]) for each in places}
    return [Line(path, line) for path, line in sorted(lines)]


def refused(lines: Sequence[Line]) -> str:
    """A sentence on the lines that would have to take null first; empty without any."""
    shown = [f"`{each.file}:{each.line}`" for each in lines[:_SHOWN]]
    more = f" and {len(lines) - _SHOWN} more" if len(lines) > _SHOWN else ""
    return f" Uses that cannot take that yet: {', '.join(shown)}{more}." if shown else ""


def nullable_subject(written: Place) -> str:
    """What a hint provides that makes a written type allow null."""
    return f"nullable {place_key(written)}"


def mended_subject(use: Place) -> str:
    """What a hint provides that makes a read of what may be null now safe."""
    return f"mended {place_key(use)}"
