"""Creates of a changed model that do not give what it needs now: the new key, or a new field without a default."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.context import Lacking
from prisma_decouple.typescript.edits.proposals import (
    added_to_data,
    how_to_come_by,
    is_made_of_parameters,
    known_values,
    sibling_key,
)
from prisma_decouple.typescript.edits.supply import in_sight, supply_for_create
from prisma_decouple.typescript.finders.creates.given_data import data_of_create, given_to_generic
from prisma_decouple.typescript.finders.creates.handed_delegates import given_with_delegates
from prisma_decouple.typescript.finders.creates.leads import Lead, given_by_calls, lead_by, needs_of
from prisma_decouple.typescript.finders.creates.neighbours import note_neighbours
from prisma_decouple.typescript.finders.creates.nested import nested_creates, spread_creates
from prisma_decouple.typescript.finders.creates.new_members import has_member, lacking, needs_of_type, note_members
from prisma_decouple.typescript.finders.creates.typed_data import check_typed_records, typed_data
from prisma_decouple.typescript.finders.uses.data_literals import literals_of_data
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import (
    Given,
    given_by,
    named_above,
    spreads_in,
)
from prisma_decouple.typescript.source.scopes import enclosing_function, held_by
from prisma_decouple.typescript.source.syntax import call_arguments, callee, said_in, text_of, unwrapped
from prisma_decouple.typescript.source.vocabulary import CREATES
from prisma_decouple.typescript.types.libraries.validators import OBJECT
from prisma_decouple.typescript.types.libraries.wrapping_schemas import asked_about
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.outdated import is_of_another
from prisma_decouple.typescript.types.places.slots import place_key, slot_for
from prisma_decouple.typescript.types.properties import has_loaded
from prisma_decouple.typescript.types.typed import UNSEEN, What
from prisma_decouple.typescript.wording import excerpt, model_list, name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.edits.supply import Supply
    from prisma_decouple.typescript.types.typed import Type

_LONGEST_QUOTE = 60


def find_creates(file: FileContext) -> Iterator[Lead]:
    """Note the creates without the new key.

    Args:
        file: the file; its findings are filled.

    Yields:
        The functions around these creates whose parameters make the record.
    """
    if not file.facts.needed and not file.facts.new_fields:
        return
    for call in file.source.called(*CREATES):
        receiver, method = callee(call)
        if receiver is None:
            continue
        argument = next(iter(call_arguments(call)), None)
        if argument is None:
            continue
        model = file.delegates.model_of(receiver)
        if model is not None:
            for data in data_of_create(argument, method):
                yield from _check_create(file, data, model, is_certain=file.delegates.is_certain(receiver))
        elif file.types.function_of(call) is None and not file.delegates.is_other_client_call(receiver):
            yield from _check_unknown(file, argument, method)
    for data, relation in chain(nested_creates(file), typed_data(file)):
        yield from check_data(file, data, relation, is_certain=True)
    for data, relation in chain(given_to_generic(file), given_with_delegates(file)):
        yield from check_data(file, data, relation, is_certain=False)
    check_typed_records(file)


def _check_create(file: FileContext, data: Node, model: str, *, is_certain: bool) -> Iterator[Lead]:
    for relation in file.facts.needed_of(model):
        yield from check_data(file, data, relation, is_certain=is_certain)
    yield from _check_spreads(file, data, model)


def _check_spreads(file: FileContext, data: Node, model: str) -> Iterator[Lead]:
    """What is spread into a record's data may create others inside it; the compiler complains of the whole data."""
    for spread, inner, relation in spread_creates(file, data, model):
        yield from check_data(inner.file, inner.node, relation, is_certain=True)
        if inner.file.is_told(inner.node, Kind.CREATE):
            keys = name_list(relation.foreign_keys)
            why = f"`{excerpt(text_of(spread))}` creates {with_article(relation.model)}, which needs {keys} now."
            file.hint(named_above(data), Kind.CREATE, Confidence.CERTAIN, why)


def check_data(file: FileContext, data: Node, relation: RequiredRelation, *, is_certain: bool) -> Iterator[Lead]:
    """Look at what a record is made of.

    Args:
        file: the file.
        data: the expression.
        relation: what the record needs.
        is_certain: whether it is certainly made into a record of that model.

    Yields:
        The function around it, when its callers have to give the key.
    """
    key = (data.start_byte, relation)
    if key in file.checked:
        return
    file.checked.add(key)
    if is_of_another(file.facts, data, relation.model):
        return  # what it has of that is told
    if data.type == "object":
        yield from _check_literal(file, data, relation, is_certain=is_certain)
    elif data.type == "array" or (brings(file, data, relation) is True and not _is_only_said(file, data)):
        file.fine()  # without elements, or with the key
    elif made := literals_of_data(file, data):
        for each in made:
            yield from check_data(each.file, each.node, relation, is_certain=is_certain)
    else:
        yield from _check_unseen(file, data, relation)


def gives(given: Given, relation: RequiredRelation) -> bool:
    """Whether a literal gives a relation: all its foreign keys, or the relation field itself."""
    return relation.field in given.values or given.values.keys() >= set(relation.foreign_keys)


def given_with_spreads(file: FileContext, literal: Node, relation: RequiredRelation) -> Given:
    """What a literal gives; the key as well when the type of something that is spread into it has that."""
    given = given_by(literal)
    opaque, given.opaque = given.opaque, []
    for each in opaque:
        if brings(file, each, relation) is None:
            given.opaque.append(each)
    spread = (each.named_children[-1] for each in spreads_in(literal))
    for each in (*opaque, *spread):
        if brings(file, each, relation) is True:
            given.values |= dict.fromkeys(relation.foreign_keys, each)
    return given


def brings(file: FileContext, value: Node, relation: RequiredRelation) -> bool | None:
    """Whether a value has the key, by its type.

    Args:
        file: the file.
        value: the expression.
        relation: what has the key.

    Returns:
        None when that cannot be told.
    """
    found = file.types.of(value)
    if found is None:
        return None
    if found.what in {What.INPUT, What.ARGS}:
        is_taken = not found.has(relation.field) and not all(map(found.has, relation.foreign_keys))
        return not is_taken if found.model == relation.model else None
    if found.what is What.RECORD:
        return _record_brings(found, relation)
    names = (relation.field, relation.foreign_keys[0])
    if found.what is What.BOX and found.field == OBJECT:
        return any(name in dict(found.bound) and found.has(name) for name in names)
    if found.what not in {What.SHAPE, What.CLASS} or found.place is None:
        return None
    return any(found.has(name) and has_member(found.place, name) for name in names)


def _is_only_said(file: FileContext, data: Node) -> bool:
    """Whether data of which nothing is known is said to be what a record is made of: `rows as Prisma.BookInput[]`."""
    value = held_by(data) or data
    said = said_in(value)
    found = file.types.of(unwrapped(said[0])) if said is not None else None
    is_unknown = found is None or found.is_any or found.what is What.MAP or found.primitive == UNSEEN.primitive
    return said is not None and is_unknown


def is_open(file: FileContext, value: Node) -> bool:
    """Whether a value may have anything, but nothing that TypeScript knows: `overrides: Record<string, unknown>`."""
    found = file.types.of(value)
    return found is not None and found.what is What.MAP and not found.is_list


def _record_brings(record: Type, relation: RequiredRelation) -> bool | None:
    is_whole = record.model == relation.model and not record.is_partial
    lacking = [key for key in relation.foreign_keys if not has_loaded(record, [key])]
    if is_whole and lacking and all(any(has_member(extra, key) for extra in record.extras) for key in lacking):
        return None  # `Omit<Model, "key"> & { key: … }`, of which the key may have been left out again
    return is_whole and not lacking


def _check_literal(file: FileContext, data: Node, relation: RequiredRelation, *, is_certain: bool) -> Iterator[Lead]:
    """A literal that becomes the data of a record."""
    given = given_with_spreads(file, data, relation)
    if gives(given, relation):
        file.fine()
        return
    keys = name_list(relation.foreign_keys)
    why = f"{with_article(relation.model, 'A')} needs {keys} now, and this one is created without."
    is_minded = all(is_open(file, each) for each in given.opaque)
    if given.opaque:
        seen = "TypeScript does not see" if is_minded else "cannot be seen here"
        why += f" Unless {_spreads(given)} brings it, which {seen}."
    confidence = Confidence.CERTAIN if is_certain and is_minded else Confidence.LIKELY
    written = _typed_by(file, data, relation, confidence)
    supply = supply_for_create(file, data, given_by(data), relation)
    if supply is not None and supply.may_be_null:
        file.hint(data, Kind.CREATE, confidence, f"{why}{supply.why}", completes=written)
        return
    if supply is None or not supply.is_possible:
        seen = in_sight(file, data, given.values, relation)
        file.hint(data, Kind.CREATE, confidence, f"{why} {how_to_come_by(relation)}{seen}", completes=written)
        own = given_by(data)
        note_neighbours(file, own.values, relation, None if seen else Confidence.UNSURE, own.opaque)
        return
    yield from _note_supplied(file, data, _Lack(relation, confidence, why, written), supply)


def _typed_by(file: FileContext, data: Node, relation: RequiredRelation, confidence: Confidence) -> frozenset[str]:
    """The subjects that a literal needs: of a written type, `const data: Draft = { … }`, that it has the keys."""
    shape = lacking(expected(file, data), relation)
    if shape is None or shape.node.type == "object":
        return frozenset()  # or a list of these literals, of which nothing is written
    keys, model = name_list(relation.foreign_keys), with_article(relation.model)
    note_members(shape, relation, confidence, f"What has this type becomes {model}, which needs {keys} now.")
    return needs_of_type(shape, relation)


class _Lack(NamedTuple):
    """What a literal lacks.

    Attributes:
        relation: what it has to give.
        confidence: how sure it is that it lacks that.
        why: the reason, as far as it is known.
        written: the subjects that its own written type has to provide.
    """

    relation: RequiredRelation
    confidence: Confidence
    why: str
    written: frozenset[str]


def _note_supplied(file: FileContext, data: Node, lack: _Lack, supply: Supply) -> Iterator[Lead]:
    """Note a literal for which there is a value to give, and the function around it that is to take the value."""
    relation, why, needs = lack.relation, lack.why, lack.written
    is_whole = supply.slot is not None and supply.slot.is_whole
    edits = None if is_whole else [*supply.edits, *added_to_data(file, data, relation, supply.values)]
    subject = given_by_calls(supply.slot, relation) if supply.slot is not None else ""
    if supply.slot is not None:
        lead = lead_by(supply.slot, relation, lack.confidence)
        needs |= needs_of(supply.slot, relation)
        keys = name_list(relation.foreign_keys)
        why += f" `{lead.function}` makes it of what it is given: let it take {keys} as well."
        note_neighbours(file, given_by(data).values, relation)
        yield lead
    why += supply.why
    file.hint(
        data,
        Kind.CREATE,
        lack.confidence,
        why,
        edits,
        imports=supply.imports,
        needs=needs,
        subject=subject,
        completes=lack.written,
    )


def _spreads(given: Given) -> str:
    return ", ".join(f"`...{text_of(each)}`" for each in given.opaque)


def _check_unseen(file: FileContext, data: Node, relation: RequiredRelation) -> Iterator[Lead]:
    """Data that is no literal: it hands on what a function is given, or cannot be seen at all."""
    keys, wanted = name_list(relation.foreign_keys), expected(file, data)
    gives_relations = wanted is not None and wanted.is_checked  # keys would be no help
    asked = asked_about(file.types, data)
    slot = slot_for(file, asked or data, relation, is_whole=True) if not gives_relations else None
    found, is_told = file.types.of(data), brings(file, data, relation) is False
    is_seen = found is not None and (found.what is not What.RECORD or found.model == relation.model)
    confidence = Confidence.CERTAIN if is_told and is_seen else Confidence.UNSURE
    seen = f"{_named(data)} does not have it" if is_told else f"what {_named(data)} holds cannot be seen here"
    why = f"{with_article(relation.model, 'A')} needs {keys} now; {seen}."
    if slot is not None:
        lead = lead_by(slot, relation, confidence if is_told else Confidence.LIKELY)
        why += f" `{lead.function}` hands it on, so its callers have to give {keys}."
        yield lead
    needs = needs_of(slot, relation) if slot is not None else ()
    file.hint(data, Kind.CREATE, confidence, why, needs=needs)
    is_of_schema = asked is not None or slot is None
    if is_of_schema and is_told and found is not None and found.said_by is not None:
        why = f"What this lets through becomes {with_article(relation.model)}, which needs {keys} now: let it in too."
        found.said_by.file.hint(found.said_by.node, Kind.TYPE, Confidence.LIKELY, why)
        file.findings.lacking_schemas[place_key(found.said_by)] = Lacking(
            relation.model, relation.foreign_keys, Confidence.LIKELY
        )


def _check_unknown(file: FileContext, argument: Node, method: str) -> Iterator[Lead]:
    """A create on something that is not seen to be a Prisma client: the keys of its data tell what it may be."""
    for data in data_of_create(argument, method) if unwrapped(argument).type == "object" else ():
        if data.type != "object":
            continue
        given = given_by(data)
        suspects = [each for each in file.facts.required if sibling_key(file.facts, given, each)]
        suspects = [each for each in suspects if not gives(given, each)]
        if suspects:
            keys = name_list(suspects[0].foreign_keys)
            models = model_list([each.model for each in suspects])
            why = f"By its keys this may create {with_article(models)}, which needs {keys} now."
            values = known_values(file, data, suspects[0]) or suspects[0].foreign_keys
            file.hint(data, Kind.CREATE, Confidence.UNSURE, why, added_to_data(file, data, suspects[0], values))
            _, name = enclosing_function(data)
            if name and is_made_of_parameters(file.facts, given, suspects[0]):
                yield Lead(name, suspects[0], Confidence.UNSURE)


def _named(expression: Node) -> str:
    text = text_of(expression)
    return f"`{text}`" if len(text) <= _LONGEST_QUOTE and "\n" not in text else "the argument"
