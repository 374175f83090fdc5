"""Changes of a key that leave a new key as it was, so that the two may not belong together any more.

The new key beside it: a book moves to another shelf, and keeps its `libraryId`. Or the keys of others that the
migration took from it: a shelf moves to another library, and its books keep their `libraryId`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from prisma_decouple.typescript.changes import RelationField
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import given_by, property_value
from prisma_decouple.typescript.source.syntax import NOTHING, key_of, text_of, unwrapped
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import model_list, name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    for literal in file.source.nodes("object") if pairs else ():
        wanted = expected(file, literal)
        if wanted is None or wanted.what is not What.UPDATE or _is_made(file, literal):
            continue
        for relation, successor in pairs:
            if relation.model == wanted.model and _is_out_of_step(literal, relation, successor):
                why = (
                    f"This gives {with_article(relation.model)} to another {relation.target} and leaves its "
                    f"`{successor.foreign_keys[0]}` as it was. Look whether the two still belong together."
                )
                file.hint(literal, Kind.FLOW, Confidence.UNSURE, why)


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
    for literal in file.source.nodes("object") if taken else ():
        wanted = expected(file, literal)
        if wanted is None or wanted.what is not What.UPDATE or _is_made(file, literal):
            continue
        for pair in literal.named_children if wanted.model in models else ():
            name = key_of(pair)
            relations = [
                relation for relation, way in taken if way.model == wanted.model and name in _names_of(file, way)
            ]
            if relations and _is_given(literal, name):
                _note_source(file, pair, wanted.model, relations)


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


def _is_out_of_step(literal: Node, relation: RelationField, successor: _New) -> bool:
    given = given_by(literal)
    if given.opaque or given.values.keys() & {successor.field, *successor.foreign_keys}:
        return False
    return any(_is_given(literal, name) for name in (relation.name, *relation.foreign_keys))


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
