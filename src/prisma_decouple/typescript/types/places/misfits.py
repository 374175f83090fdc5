"""What a value has somewhere inside that may be null now, where the type that takes it says that it never is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from msgspec.structs import replace

from prisma_decouple.typescript.likeness import repeats
from prisma_decouple.typescript.source.literals import given_behind, is_argument, properties, spreads_in
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import key_of
from prisma_decouple.typescript.types.absent_records import made_of_absent
from prisma_decouple.typescript.types.containers import value_of_map
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.declared import wanted_property
from prisma_decouple.typescript.types.places.tolerance import takes, takes_absence
from prisma_decouple.typescript.types.properties import is_left_out, loaded_options, property_of
from prisma_decouple.typescript.types.typed import WRITTEN, Type, What, members_of
from prisma_decouple.typescript.types.written.members import member_names, shape_members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts

_Mark: TypeAlias = tuple[int, tuple[tuple[str, str, int], ...]]
_Pair: TypeAlias = tuple[_Mark, _Mark]

_DEPTH = 8
ANY_KEY = "*"
"""In a path, whatever a map has under any key."""
_MADE_ELSEWHERE = frozenset({What.BOX, What.TOLD})
_TELLING = frozenset({What.KEY, What.RECORD, What.MAP, What.SHAPE, What.CLASS})
_TAKING = frozenset({What.BOX, What.TOLD, What.VALUE, What.RECORD, What.SHAPE, What.CLASS})


class Misfit(NamedTuple):
    """Something inside a value that its place does not take.

    Attributes:
        path: the properties that lead to it.
        found: what it is: a key, a field or a record that may be null now.
        owner: the record that it belongs to; None when a literal has it.
        member: the member of a written type that says that it is never null; None when it is none that can be widened.
        schema: what says so in the schema of a validator that repeats the record's model.
        value: the expression that has it, where a literal does.
    """

    path: tuple[str, ...]
    found: Type
    owner: Type | None = None
    member: Place | None = None
    schema: Place | None = None
    value: Place | None = None

    @property
    def origin(self) -> tuple[str, str]:
        """The model and the field that it comes from."""
        return self.found.became_null or (self.found.model, self.found.field)


def misfits(
    file: FileContext,
    given: Type,
    wanted: Type,
    hidden: frozenset[str] = frozenset(),
    path: tuple[str, ...] = (),
    compared: set[_Pair] | None = None,
) -> Iterator[Misfit]:
    """What a record, or a literal, has that may be null now, and that what takes it says is always there.

    Args:
        file: the file in which it is handed over.
        given: what is handed over.
        wanted: what its place takes.
        hidden: the properties that something else gives instead.
        path: the properties that lead there.
        compared: the pairs of written types that were compared on the way: types that lead to each other are so once.
    """
    compared = set() if compared is None else compared
    if len(path) >= _DEPTH:
        return
    if given.what is What.RECORD:
        yield from _of_record(file, given, wanted, hidden, path)
    elif given.literal is not None:
        for literal in (given.literal, *given.also):
            yield from _of_literal(file, literal, wanted, hidden, path)
    elif given.what is What.BOX and wanted.what in WRITTEN:
        yield from _of_box(file, given, wanted, hidden, path, compared)
    elif given.what is What.MAP and wanted.what is What.MAP:
        yield from _of_map(file, given, wanted, path, compared)
    elif given.what in WRITTEN and wanted.what in WRITTEN and not _is_same(given, wanted):
        pair = (_mark(given), _mark(wanted))
        if pair not in compared:
            compared.add(pair)
            yield from _of_written(file, given, wanted, hidden, path, compared)


def _is_filled(wanted: Type, record: Type, name: str) -> bool:
    """Whether a record of the same model is wanted without null in it: `{ [K in keyof T]: NonNullable<T[K]> }`."""
    is_same = wanted.what is What.RECORD and wanted.model == record.model
    return is_same and wanted.is_filled and wanted.has(name) and not wanted.extras


def _of_record(
    file: FileContext, record: Type, wanted: Type, hidden: frozenset[str], path: tuple[str, ...]
) -> Iterator[Misfit]:
    for name in (each for each in file.facts.nullable_names(record.model) if each not in hidden):
        if file.facts.target_of(record.model, name) is not None and is_left_out(record, name):
            continue
        found = file.types.property(record, name, _DEPTH)
        if found is not None and record.has(name) and found.is_nullable and _is_filled(wanted, record, name):
            yield Misfit((*path, name), found, record)
        boxed = wanted_property(file, wanted, name) if wanted.what in _MADE_ELSEWHERE else None
        if found is not None and record.has(name) and boxed is not None and not takes_absence(boxed, found):
            yield Misfit(
                (*path, name), found, record, schema=boxed.said_by if _repeats(file.facts, record, wanted) else None
            )
        for member in _members(wanted, record, name) if found is not None and record.has(name) else ():
            if found is not None and found.is_nullable and not _takes_null(member):
                yield Misfit((*path, name), _of_field(found, record.model, name), record, member)
    for name in _loaded(file.facts, record):
        inner = property_of(file.facts, record, name, _DEPTH) if name not in hidden else None
        taken = wanted_property(file, wanted, name) if inner is not None and _is_written(wanted) else None
        if inner is not None and taken is not None:
            yield from misfits(file, inner, taken, path=(*path, name))


def _of_field(found: Type, model: str, name: str) -> Type:
    """What a record has under a name, also where its own type says more than its model: `Book & { author: Author }`."""
    is_known = found.became_null is not None or bool(found.field)
    return found if is_known else replace(found, became_null=(model, name))


def _repeats(facts: SchemaFacts, record: Type, schema: Type) -> bool:
    """Whether most of what a schema lets through are fields of a record."""
    return repeats(facts, record.model, {name for name, _ in schema.bound})


def _of_literal(
    file: FileContext, literal: Place, wanted: Type, hidden: frozenset[str], path: tuple[str, ...]
) -> Iterator[Misfit]:
    types = literal.file.types
    for name, value in properties(literal.node):
        absent = made_of_absent(literal.file, value, _DEPTH) if literal.file.is_second_look else None
        found, taken = absent or types.of(value), wanted_property(file, wanted, name)
        if found is None or taken is None or name in hidden:
            continue
        if _may_be_null(found) and _refuses(taken, found) and not is_narrowed(literal.file, value):
            schema = None if is_argument(value) else taken.said_by
            member = None if taken.is_whole else next(_members(wanted, found, name), None)
            yield Misfit((*path, name), found, None, member, schema, Place(literal.file, value))
        yield from misfits(file, found, taken, path=(*path, name)) if absent is None else ()
    for spread in spreads_in(literal.node):
        value = spread.named_children[-1]
        found, behind = types.of(value), hidden | given_behind(spread)
        if found is None:
            continue
        yield from misfits(file, found, wanted, behind, path)
        if found.became_null is not None and found.is_nullable and not is_narrowed(literal.file, value):
            given = {name for name, _ in properties(literal.node)}
            lacking = (name for name in needed_members(wanted) if name not in behind | given)
            yield from (Misfit((*path, name), found) for name in lacking)


def _of_box(
    file: FileContext,
    given: Type,
    wanted: Type,
    hidden: frozenset[str],
    path: tuple[str, ...],
    compared: set[_Pair],
) -> Iterator[Misfit]:
    """What something is made of that is put around it by a library, or by a function: `{ success: true, data }`."""
    for name, found in given.bound:
        taken = wanted_property(file, wanted, name) if name not in hidden else None
        if taken is not None and found.what in _TELLING | {What.BOX}:
            member = next(_members(wanted, found, name), None)
            yield from _of_part(file, found, taken, (*path, name), compared, member)


def _of_map(
    file: FileContext, given: Type, wanted: Type, path: tuple[str, ...], compared: set[_Pair]
) -> Iterator[Misfit]:
    found, taken = value_of_map(given), value_of_map(wanted)
    if found is not None and taken is not None:
        yield from _of_part(file, found, taken, (*path, ANY_KEY), compared)


def _of_written(
    file: FileContext,
    given: Type,
    wanted: Type,
    hidden: frozenset[str],
    path: tuple[str, ...],
    compared: set[_Pair],
) -> Iterator[Misfit]:
    """What a value of one written type has, member by member, where another one is wanted."""
    names = member_names(wanted.place, _DEPTH) if wanted.place is not None else ()
    for name in (each for each in dict.fromkeys(names) if wanted.has(each) and each not in hidden):
        found = file.types.property(given, name)
        if found is None or found.what not in _TELLING:
            continue
        taken = wanted_property(file, wanted, name)
        if taken is not None:
            yield from _of_part(file, found, taken, (*path, name), compared, next(_members(wanted, found, name), None))


def _of_part(
    file: FileContext,
    found: Type,
    taken: Type,
    path: tuple[str, ...],
    compared: set[_Pair],
    member: Place | None = None,
) -> Iterator[Misfit]:
    if _may_be_null(found) and _refuses(taken, found):
        yield Misfit(path, found, member=None if taken.is_whole else member)
    yield from misfits(file, found, taken, path=path, compared=compared)


def _mark(written: Type) -> _Mark:
    """What tells a written type from others, with what its parameters stand for."""
    return _id(written), tuple((name, each.model, _id(each)) for name, each in written.bound)


def _id(written: Type) -> int:
    return written.place.node.id if written.place is not None else 0


def _may_be_null(found: Type) -> bool:
    """Whether something is null now that never was before."""
    return found.is_nullable and (found.what is What.KEY or found.became_null is not None)


def _refuses(taken: Type, found: Type) -> bool:
    """Whether a place takes no null, or only instead of the whole list: `authorIds: string[] | null`."""
    is_element = taken.is_whole and found.is_list and not found.is_whole
    return taken.what in _TAKING and (is_element or not takes_absence(taken, found))


def _is_same(given: Type, wanted: Type) -> bool:
    """Whether two written types are one, with the same in the place of its parameters."""
    return given.place == wanted.place and given.bound == wanted.bound


def needed_members(wanted: Type) -> list[str]:
    """What a written type wants that may not be left out."""
    if wanted.what is What.BOX:
        return [name for name, each in wanted.bound if not takes(each, "undefined")]
    place = wanted.place if wanted.what in WRITTEN else None
    is_type = place is not None and place.node.type != "object"
    return [name for name in members_to_give(place.node) if wanted.has(name)] if place is not None and is_type else []


def members_to_give(written: Node) -> Iterator[str]:
    """The members that a written type has itself and that may not be left out."""
    for each in members_of(written):
        if not any(child.type == "?" for child in each.children):
            yield key_of(each)


def _loaded(facts: SchemaFacts, record: Type) -> list[str]:
    """The relation fields of a record that are loaded with it, or said to be there: `Author & { books: Book[] }`."""
    fields = (each.name for each in facts.relations if each.model == record.model)
    said = {name for each in record.extras if each.node.type != "object" for name in member_names(each, _DEPTH)}
    return [name for name in fields if name in said or loaded_options(record.place, name) is not None]


def _is_written(wanted: Type) -> bool:
    return wanted.what in WRITTEN | _MADE_ELSEWHERE or bool(wanted.extras)


def _members(wanted: Type, record: Type, name: str) -> Iterator[Place]:
    """The members of that name in what takes a record, but for those of the record's own type."""
    is_written = wanted.place is not None and wanted.what in WRITTEN and wanted.has(name)
    own = [wanted.place] if wanted.place is not None and is_written else []
    for shape in (each for each in (*own, *wanted.extras) if each not in record.extras):
        yield from shape_members(shape.file, shape.node, name, _DEPTH)


def _takes_null(member: Place) -> bool:
    """Whether the member of a written type may be null, or does not say what it is."""
    found = member.file.types.of_member(member.node)
    return member.node.child_by_field_name("type") is None or (found is not None and takes(found, "null"))
