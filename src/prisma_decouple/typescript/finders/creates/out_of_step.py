"""Changes of a key that leave a new key as it was, so that the two may not belong together any more.

The new key beside it: a book moves to another shelf, and keeps its `libraryId`. Or the keys of others that the
migration took from it: a shelf moves to another library, and its books keep their `libraryId`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from prisma_decouple.typescript.changes import RelationField
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import given_by, property_value
from prisma_decouple.typescript.source.syntax import NOTHING, VALUE_NAMES, key_of, text_of, unwrapped
from prisma_decouple.typescript.types.libraries.validators import OBJECT
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import WRITTEN, What
from prisma_decouple.typescript.wording import model_list, name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.rules.intents import RelationPath
    from prisma_decouple.typescript.changes import NewOptionalRelation, RequiredRelation
    from prisma_decouple.typescript.context import FileContext

    _New: TypeAlias = RequiredRelation | NewOptionalRelation


def find_out_of_step(file: FileContext) -> None:
    """Note the data that changes such a key and says nothing of the new one.

    Args:
        file: the file; its findings are filled.
    """
    _find_sources(file)
    pairs = list(_pairs(file))
    for data, model in _changes(file) if pairs else ():
        for relation, successor in pairs:
            if relation.model == model and _is_out_of_step(file, data, relation, successor):
                gives = "may give" if _brings(file, data, {relation.name, *relation.foreign_keys}) else "gives"
                why = (
                    f"This {gives} {with_article(relation.model)} to another {relation.target} and leaves its "
                    f"`{successor.foreign_keys[0]}` as it was. Look whether the two still belong together."
                )
                file.hint(data, Kind.FLOW, Confidence.UNSURE, why)


def _changes(file: FileContext) -> Iterator[tuple[Node, str]]:
    """What records are changed to, each with its model: `{ shelfId }`, and `dto` of `{ where, data: dto }`."""
    for node in file.source.nodes("object"):
        wanted = expected(file, node)
        if wanted is not None and wanted.what is What.UPDATE and not _is_made(file, node):
            yield node, wanted.model
        value = property_value(node, "data")
        taken = expected(file, value) if value is not None and value.type in VALUE_NAMES else None
        if value is not None and taken is not None and taken.what is What.UPDATE:
            yield value, taken.model


def _pairs(file: FileContext) -> Iterator[tuple[RelationField, _New]]:
    """The relations with what has to go along with them: what replaces a detour, or has its keys by way of them."""
    seen = set[tuple[str, ...]]()
    for relation, new in (*_replaced(file), *_led_to(file)):
        mark = (relation.model, relation.name, *new.foreign_keys)
        if mark not in seen and relation.name != new.field:
            seen.add(mark)
            yield relation, new


def _replaced(file: FileContext) -> Iterator[tuple[RelationField, _New]]:
    for each in file.facts.optional:
        successor = file.facts.successor(each)
        if successor is not None:
            yield RelationField(each.model, each.field, each.target, each.foreign_keys), successor


def _led_to(file: FileContext) -> Iterator[tuple[RelationField, _New]]:
    for new, way in _taken(file):
        yield from ((each, new) for each in file.facts.relations if (each.model, each.name) == way.relations[0])


def _taken(file: FileContext) -> list[tuple[_New, RelationPath]]:
    """The new relations whose keys the migration takes from other records, each with the way to these."""
    new: tuple[_New, ...] = (*file.facts.required, *file.facts.added)
    return [(each, each.backfill) for each in new if each.backfill and each.backfill.relations]


def _find_sources(file: FileContext) -> None:
    """Note the data that changes a key from which the migration has taken the new keys of other records."""
    taken = _taken(file)
    models = {way.model for _, way in taken}
    for data, model in _changes(file) if models else ():
        for pair in data.named_children if model in models and data.type == "object" else ():
            name = key_of(pair)
            relations = [relation for relation, way in taken if way.model == model and name in _names_of(file, way)]
            if relations and _is_given(data, name):
                _note_source(file, pair, model, relations)
        ways = [(new, way) for new, way in taken if way.model == model]
        brought = [new for new, way in ways if _brings(file, data, _names_of(file, way))]
        if brought:
            _note_source(file, data, model, brought)


def _note_source(file: FileContext, pair: Node, source: str, relations: Sequence[_New]) -> None:
    one = with_article(model_list(each.model for each in relations), "A")
    own = name_list([*dict.fromkeys(each.foreign_keys[0] for each in relations)])
    told = f"{one} has {own} of its own now, taken from {with_article(source)}"
    why = f"{told}: it stays as it was when this gives another one. Look whether it should."
    file.hint(pair, Kind.FLOW, Confidence.UNSURE, why)


def _names_of(file: FileContext, way: RelationPath) -> frozenset[str]:
    """The key at the end of a way, and its relation."""
    relations = (each for each in file.facts.relations if each.model == way.model and each.foreign_keys == way.fields)
    return frozenset({*way.fields, *(each.name for each in relations)})


def _is_made(file: FileContext, literal: Node) -> bool:
    """Whether data makes a record, inside of another one: then it has been looked at as a create."""
    return any(start == literal.start_byte for start, _ in file.checked)


def _is_out_of_step(file: FileContext, data: Node, relation: RelationField, successor: _New) -> bool:
    keys, new = {relation.name, *relation.foreign_keys}, {successor.field, *successor.foreign_keys}
    given = given_by(data) if data.type == "object" else None
    if given is None or given.opaque:
        is_given = given is not None and bool(given.values.keys() & new)
        return not is_given and _brings(file, data, keys) is True and _brings(file, data, new) is False
    return not given.values.keys() & new and any(_is_given(data, name) for name in keys)


def _brings(file: FileContext, data: Node, names: Collection[str]) -> bool | None:
    """Whether what is taken as a whole, or spread, has something of these names by its type; None when none tells."""
    parts = given_by(data).opaque if data.type == "object" else [data]
    told = [file.types.of(each) for each in parts]
    written = [each for each in told if each is not None and (each.what in WRITTEN or each.field == OBJECT)]
    if not parts or len(written) < len(parts):
        return None
    return any(file.types.property(each, name) is not None for each in written for name in names)


def _is_given(literal: Node, name: str) -> bool:
    """Whether a key gets a value, and does not lose its own."""
    shorthand = (each for each in literal.named_children if each.type == "shorthand_property_identifier")
    if any(text_of(each) == name for each in shorthand):
        return True
    value = property_value(literal, name)
    node = unwrapped(value) if value is not None else None
    if node is None or node.type in NOTHING:
        return False
    return node.type != "object" or property_value(node, "disconnect") is None
