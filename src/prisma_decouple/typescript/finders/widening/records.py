"""Whole records, and literals made of their fields, where a type is wanted that says that a field is never null.

`show(book)` for `show(row: { authorId: number })`, `<Card {...book} />`, and `{ id: book.id, authorId: book.authorId }`
as a `Row`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.context import Lacking
from prisma_decouple.typescript.finders.creates.new_members import has_member
from prisma_decouple.typescript.finders.retyped.unfit_values import note_outdated
from prisma_decouple.typescript.finders.uses.loaded_relations import note_handed, note_read
from prisma_decouple.typescript.finders.uses.omissions import edits_to_omit
from prisma_decouple.typescript.finders.uses.seen_later import note_seen
from prisma_decouple.typescript.finders.uses.unknown_receivers import note_unknown
from prisma_decouple.typescript.finders.widening.left_out_values import leaves_out
from prisma_decouple.typescript.finders.widening.schema_values import note_refusing_schema, note_schema
from prisma_decouple.typescript.finders.widening.widened_lists import nullable_elements_subject, widen_list
from prisma_decouple.typescript.finders.widening.widened_members import mended_subject, nullable_subject, widen_member
from prisma_decouple.typescript.finders.widening.widened_records import offer_null
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.guards import is_absent
from prisma_decouple.typescript.source.literals import complained_at, given_behind, spreads_in
from prisma_decouple.typescript.source.scopes import binding_of, parameters, returned_values
from prisma_decouple.typescript.source.syntax import call_arguments, is_function, spread_around, text_of
from prisma_decouple.typescript.types.elements import handed_elements
from prisma_decouple.typescript.types.libraries.routers import promised
from prisma_decouple.typescript.types.libraries.validators import OBJECT, let_through
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.arrivals import handed_values, with_fallback
from prisma_decouple.typescript.types.places.declared import wanted_property
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.misfits import ANY_KEY, Misfit, misfits
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.tolerance import takes
from prisma_decouple.typescript.types.places.wanted import wanted_type
from prisma_decouple.typescript.types.properties import is_loaded, literal_behind, loaded_options
from prisma_decouple.typescript.types.typed import WRITTEN, Type, What, member_of
from prisma_decouple.typescript.types.written.members import is_seen, member_name, written_for
from prisma_decouple.typescript.wording import excerpt, name_list, with_article, word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

_MAKING = frozenset({"call_expression", "new_expression"})
_SPREAD_INTO = frozenset({"jsx_expression", "object"})
_HOLDING = WRITTEN | {What.MAP}
_TAKING = WRITTEN | {What.RECORD}
_DEPTH = 8


def find_records(file: FileContext) -> None:
    """Note where a record, or what is made of it, is handed to something that does not take all that is in it.

    Args:
        file: the file; its findings, and those of the files whose types it meets, are filled.
    """
    for value in handed_values(file):
        found = file.types.of(value) if not is_absent(value) else None
        whole = with_fallback(value)
        wanted = _wanted(file, whole, found) if found is not None else None
        if found is not None and found.what is What.RECORD:
            if wanted is not None:
                note_handed(file, found, wanted)
                _check_record(file, value, found, wanted)
            if whole == value or found.is_list:  # what is taken instead of a list are no elements
                _check_absent(file, value, found, wanted)
        elif found is not None and wanted is not None and found.what in _HOLDING:
            _check_written(file, value, found, wanted)
    _check_callbacks(file)
    for value, written in _said_to_be(file):
        _check_schema(file, value, written)
    for function, wanted in promised(file):
        _check_promised(file, function, wanted)


def _check_callbacks(file: FileContext) -> None:
    """The functions that are given each element of a list by their names."""
    for callback, element, wanted in handed_elements(file):
        check = {What.RECORD: _check_record, **dict.fromkeys(WRITTEN, _check_lacking)}.get(element.what)
        if check is not None:
            check(file, callback, element, wanted)
        if element.what is What.RECORD:
            _check_absent(file, callback, element, wanted)


def _wanted(file: FileContext, value: Node, found: Type) -> Type | None:
    """What the place of a value wants; packages are only asked for what may have something inside that is null now."""
    binding = binding_of(value) if found.literal is not None else None
    is_literal = found.literal is not None and (binding is None or binding.child_by_field_name("type") is None)
    is_changed = found.what is What.RECORD and bool(file.facts.nullable_names(found.model))
    return wanted_type(file, value) if is_literal or is_changed else expected(file, value)


def _said_to_be(file: FileContext) -> Iterator[tuple[Node, Node]]:
    """What is written with what it is said to be: `schema satisfies Schema<Book>`, `const schema: Schema<Book>`."""
    for node in file.source.nodes("satisfies_expression"):
        yield node.named_children[0], node.named_children[-1]
    for node in file.source.nodes("variable_declarator"):
        value, annotation = node.child_by_field_name("value"), node.child_by_field_name("type")
        if value is not None and annotation is not None and annotation.named_children:
            yield value, annotation.named_children[0]


def _check_schema(file: FileContext, value: Node, written: Node) -> None:
    """A validator's schema that is said to be one of whole records: `z.object({ ... }) satisfies z.ZodType<Book>`."""
    listed = written.child_by_field_name("type_arguments") if written.type == "generic_type" else None
    schema = let_through(file.types.of(value)) if listed is not None else None
    record = file.types.read(listed.named_children[0]) if listed is not None and listed.named_children else None
    if schema is None or schema.field != OBJECT or record is None or record.what is not What.RECORD:
        return
    for name, member in schema.bound:
        is_new = record.has(name) and name in file.facts.nullable_names(record.model)
        if is_new and member.said_by is not None and not takes(member, "null"):
            note_schema(member.said_by, record.model, name)
    names, new = dict(schema.bound), [each.field for each in file.facts.new_of(record.model)]
    lacking = [name for name in new if record.has(name) and name not in names]
    if lacking:
        why = f"{with_article(record.model, 'A')} has {name_list(lacking)} now, and this schema does not."
        file.hint(written, Kind.TYPE, Confidence.CERTAIN, why)
        if schema.said_by is not None:
            file.findings.lacking_schemas[place_key(schema.said_by)] = Lacking(
                record.model, tuple(lacking), Confidence.LIKELY
            )


def _check_promised(file: FileContext, function: Node, wanted: Type) -> None:
    """What a procedure gives back where its output is written; the compiler complains of the whole function."""
    for value in returned_values(function):
        found = file.types.of(value)
        unfit = list(misfits(file, found, wanted)) if found is not None else []
        for misfit in unfit:
            _note_output(file, misfit, wanted)
        if unfit:
            place = next(iter(parameters(function)), value)
            why = f"What this gives back does not fit its output: {null_inside(unfit[0])}"
            file.hint(place, Kind.FLOW, Confidence.CERTAIN, why)
            return


def _note_output(file: FileContext, misfit: Misfit, output: Type) -> None:
    """What the schema of an output says of what may be null now; it need not repeat a whole record."""
    taken: Type | None = output
    for name in misfit.path:
        taken = wanted_property(file, replace(taken, is_list=False), name) if taken is not None else None
    if taken is not None and taken.said_by is not None and not taken.is_list:
        note_schema(taken.said_by, *misfit.origin)


def _check_record(file: FileContext, value: Node, record: Type, wanted: Type) -> None:
    """A whole record where a written type repeats some of its fields."""
    note_outdated(file, value, record, wanted)
    spread = spread_around(value)
    hidden = given_behind(spread) if spread is not None else frozenset[str]()
    names = set(file.facts.nullable_names(record.model)) - hidden
    if wanted.what is What.FILTER and record.only is not None and record.only & names:
        why = f"This filters by a field of {with_article(record.model)} that may be null now."
        file.hint(value, Kind.FLOW, Confidence.LIKELY, why)
    if spread is None:
        _check_chosen(file, value, record, wanted)
    found = list(misfits(file, record, wanted, hidden))
    if not found:
        return
    if len(found[0].path) == 1:
        why = _refused(record, found)
    else:
        why = f"What takes this says that nothing in it is null: {null_inside(found[0])}"
    _note_handed(file, value if spread is None else spread, why, found)


def _check_chosen(file: FileContext, value: Node, record: Type, wanted: Type) -> None:
    """A record of which a query chooses some fields, where a whole one is wanted, which has new fields."""
    is_whole = wanted.what is What.RECORD and wanted.model == record.model and not wanted.is_partial
    if not is_whole or wanted.is_mock or record.place is None:
        return
    if wanted.place is not None:
        options = literal_behind(wanted.place)
        if options is None or member_of(options.node, "select") is not None:
            return  # the type of a payload that chooses says itself what it wants
    new = [each.field for each in file.facts.new_of(record.model) if wanted.has(each.field)]
    lacking = [name for name in new if record.has(name) and not is_loaded(record.place, name)]
    if lacking:
        why = f"{with_article(record.model, 'A')} has {name_list(lacking)} now, and the query does not choose it."
        file.hint(value, Kind.FLOW, Confidence.CERTAIN, why)


def _note_handed(file: FileContext, node: Node, why: str, unfit: Sequence[Misfit]) -> None:
    """A hint at what is handed over; where it is spread, the compiler complains of the literal or element around it."""
    holder = node.parent if node.type == "spread_element" else None
    value = node.named_children[-1] if holder is not None else node
    if holder is not None and holder.type in _SPREAD_INTO:
        node, why = complained_at(node), f"`{excerpt(text_of(node))}`: {why}"
    note_unfit(file, node, file.sure_of_null, why, unfit)
    note_seen(file, node, value, unfit)


def note_unfit(file: FileContext, node: Node, confidence: Confidence, why: str, unfit: Sequence[Misfit]) -> None:
    """A hint at a value that does not fit what is said of it, and where that is said, as far as that is seen."""
    needs = [need for each in unfit for need in widened_by(each)]
    file.hint(node, Kind.FLOW, confidence, why, needs=needs)
    said_at = [each.member or each.schema for each in unfit]
    if all(said_at):
        lines = frozenset((at.file.source.path, at.file.source.position(at.node)[0]) for at in filter(None, said_at))
        line, column = file.source.position(node)
        file.findings.believed[file.source.path, line, column, Kind.FLOW] = lines


def _refused(record: Type, found: Iterable[Misfit]) -> str:
    """A reason: which fields may be null, and in which file the type is written that says that they never are."""
    single = [each for each in found if len(each.path) == 1]
    names = name_list(list(dict.fromkeys(each.path[0] for each in single)))
    member = single[0].member
    place = f" The type is written in `{member.file.source.path}`." if member is not None else ""
    return f"{names} of {with_article(record.model)} may be null now, and what takes it says that it never is.{place}"


def null_inside(*misfits: Misfit) -> str:
    """A reason: which parts of a value may be null, `author.name` in a book, and which fields of records they are."""
    paths = list(dict.fromkeys(".".join(name for name in each.path if name != ANY_KEY) for each in misfits))
    fields: dict[str, dict[str, None]] = {}
    for model, field in (each.origin for each in misfits):
        fields.setdefault(model, {})[field] = None
    named = (f"{name_list(list(names))} of {with_article(model)}" for model, names in fields.items())
    are = "is the" if len(paths) == 1 else "are the"
    what = f"{name_list([each for each in paths if each])} in it" if any(paths) else "What is in it"
    return f"{what} {are} {word_list(named)}, which may be null now."


def widened_by(misfit: Misfit) -> Iterator[str]:
    """The subjects that a value waits for which may have null in it, noted here: that the types it meets take that."""
    member, owner = misfit.member, misfit.owner
    if misfit.value is not None and mended_subject(misfit.value) in misfit.value.file.findings.left_out:
        yield mended_subject(misfit.value)
        return
    if misfit.schema is not None:
        note_schema(misfit.schema, *misfit.origin)
        if owner is not None:
            note_read(misfit.schema.file, loaded_options(owner.place, misfit.path[-1]))
    if member is None:
        return
    if misfit.value is not None and leaves_out(misfit.value, misfit, member):
        yield mended_subject(misfit.value)
        return
    if owner is not None:
        note_read(member.file, loaded_options(owner.place, misfit.path[-1]))
    written = written_for(member)
    if written is not None:
        model, field = misfit.origin
        told = f"`{member_name(member.node)}` is given the `{field}` of {with_article(model)}"
        why = f"{told}, which may be {misfit.found.absence} now: let its type say so."
        is_list = misfit.found.what is What.KEY and misfit.found.is_list
        if is_list:
            widen_list(member, why)
        else:
            widen_member(member, why, misfit.origin, nothing=misfit.found.absence)
        yield nullable_elements_subject(written) if is_list else nullable_subject(written)


def _check_written(file: FileContext, value: Node, found: Type, wanted: Type) -> None:
    """A value of a written type, or a literal, where a written type is wanted."""
    if found.place is not None and expected(found.place.file, found.place.node) is None:
        note_outdated(file, value, found, wanted)  # else it is told inside of the literal
    spread = spread_around(value)
    if spread is None:
        _check_lacking(file, value, found, wanted)
    elif spread.parent is not None and spread.parent.type in _SPREAD_INTO:
        unfit = list(misfits(file, found, wanted, given_behind(spread)))
        if unfit:
            _note_handed(file, spread, null_inside(*unfit), unfit)


def _check_lacking(file: FileContext, value: Node, found: Type, wanted: Type) -> None:
    """A value of a written type where a whole record is wanted, which has new fields."""
    if found.place is None and found.what is not What.MAP:
        return
    is_of_argument = any(file.is_told_inside(each, Kind.FLOW) for each in _arguments(value))
    unfit = list(misfits(file, found, wanted))
    for record in (each.found for each in unfit if each.found.what is What.RECORD):
        note_read(file, record.place)
    if unfit and not is_of_argument:
        note_unfit(file, value, file.sure_of_null, null_inside(*unfit), unfit)
        note_seen(file, value, value, unfit)
    if found.place is None or wanted.what is not What.RECORD or _is_told_at_literal(file, value, found.place):
        return
    new = [field.field for field in file.facts.new_of(wanted.model) if wanted.has(field.field)]
    lacking = [name for name in new if not has_member(found.place, name)]
    is_literal = found.place.node.type == "object"  # what it lacks is told once, however many tests it serves
    is_told = wanted.is_mock and is_literal and (found.place.node.id, "lacking") in file.checked
    if lacking and not is_told and (not wanted.is_partial or wanted.is_mock) and is_seen(found.place, _DEPTH):
        file.checked.add((found.place.node.id, "lacking"))
        why = f"{with_article(wanted.model, 'A')} has {name_list(lacking)} now, and what is given here does not."
        if is_literal:
            line, _ = found.place.file.source.position(found.place.node)
            other = "" if found.place.file is file else f" of `{found.place.file.source.path}`"
            why += f" It is made in line {line}{other}."
        file.hint(value, Kind.FLOW, Confidence.LIKELY if wanted.is_mock else Confidence.CERTAIN, why)


def _arguments(value: Node) -> list[Node]:
    """The arguments of a call but for functions: of a callback's result the compiler only complains with the call's."""
    return [each for each in call_arguments(value) if not is_function(each)] if value.type in _MAKING else []


def _is_told_at_literal(file: FileContext, value: Node, shape: Place) -> bool:
    """Whether a value is a literal that is looked at itself where it stands, or one that something is spread into."""
    literal = shape.node
    if literal.type != "object":
        return False
    is_inside = file is shape.file and value.start_byte <= literal.start_byte < value.end_byte
    return is_inside or any(spreads_in(literal))


def _check_absent(file: FileContext, value: Node, record: Type, wanted: Type | None) -> None:
    """The record behind a relation that became optional where one that is always there is wanted."""
    if (
        record.became_null is None
        or not record.is_nullable
        or spread_around(value) is not None
        or is_narrowed(file, value)
    ):
        return  # null may be spread
    model, field = record.became_null
    if wanted is None:
        note_unknown(file, value, model, field)
        return
    if takes(wanted, "null") or wanted.what not in _TAKING | {What.VALUE}:
        return
    note_read(file, record.place)
    note_refusing_schema(value, wanted, model, field)
    why = f"The `{field}` of {with_article(model)} may be null now, and what takes it here says that it never is."
    edits = edits_to_omit(file, value, wanted)
    needs = (
        offer_null(file, value, model, field) if edits is None and not record.is_list and not wanted.parameter else ()
    )
    file.hint(value, Kind.FLOW, file.sure_of_null, why, edits, needs=needs)
