"""Records of a changed model that are created inside another record: `{ data: { books: { create: { title } } } }`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.kept_literals import around, given_at
from prisma_decouple.typescript.source.literals import properties, property_value, spreads_in, values_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import PROPERTIES, ancestors, callee, key_of
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts

_WRITES = frozenset({"create", "createMany", "connectOrCreate", "upsert"})
_CHOICES = frozenset({"as_expression", "binary_expression", "parenthesized_expression", "ternary_expression"})
# The keys of an upsert that lead to a record's data, besides those that are relation fields.
_DATA = frozenset({"data", "create", "update", "upsert"})


class NestedData(NamedTuple):
    """What a record is made of inside the data of another one.

    Attributes:
        data: the expression.
        field: the relation field through which it is created.
        targets: the models that it may become a record of.
        owner: the model of the record around it; empty when it cannot be told.
    """

    data: Node
    field: str
    targets: frozenset[str | None]
    owner: str


def nested_data(file: FileContext) -> Iterator[NestedData]:
    """The data of records that are created through a list or relation field of another record.

    Args:
        file: the file.
    """
    for pair in file.source.nodes("pair"):
        if key_of(pair) not in _WRITES or pair.parent is None:
            continue
        field = _field_around(pair.parent)
        if field is None:
            continue
        targets, owner = _typed(file, pair.parent, field) or _named(file, field)
        for data in _data_of(pair) if targets else ():
            yield NestedData(data, key_of(field), frozenset(targets), owner)


def nested_creates(file: FileContext) -> Iterator[tuple[Node, RequiredRelation]]:
    """The nested data that lacks something which its record needs.

    What is created through the new relation's own list belongs to the record around it, and needs no key.

    Args:
        file: the file.

    Yields:
        The data, and the relation that it must give.
    """
    for nested in nested_data(file):
        for relation in _needed(file.facts, nested.field, nested.targets, nested.owner):
            yield nested.data, relation


def spread_creates(file: FileContext, data: Node, model: str) -> Iterator[tuple[Node, Place, RequiredRelation]]:
    """The data of records that are created inside another one by what is spread into its data.

    Args:
        file: the file.
        data: the data of a record.
        model: its model.

    Yields:
        What is spread, the data inside it, and the relation that this must give.
    """
    for spread in spreads_in(data):
        found = file.types.of(spread.named_children[-1])
        literal = found.literal if found is not None else None
        if literal is None:
            continue
        for field, written in properties(literal.node):
            pairs = [each for each in written.named_children if each.type == "pair" and key_of(each) in _WRITES]
            for relation in _needed(file.facts, field, {file.facts.target_of(model, field)}, model):
                for inner in (data for pair in pairs for data in _data_of(pair)):
                    yield spread, Place(literal.file, inner), relation


def _needed(facts: SchemaFacts, field: str, targets: Collection[str | None], owner: str) -> Iterator[RequiredRelation]:
    """What a record needs that is created through a field of another one."""
    for relation in facts.needed:
        is_implied = field == relation.target_list and owner in {relation.target, ""}
        if targets == {relation.model} and not is_implied:
            yield relation


def _field_around(literal: Node) -> Node | None:
    """The property whose value a literal is, or may be."""
    use = given_at(literal)
    field = use if use.type in PROPERTIES else use.parent
    while field is not None and field.type in _CHOICES:
        field = field.parent
    return field if field is not None and field.type in PROPERTIES else None


def _typed(file: FileContext, literal: Node, field: Node) -> tuple[frozenset[str], str] | None:
    """The models that are created through a relation field, and the model that has the field, as types tell."""
    written = expected(file, literal)
    if written is None:
        return None
    owner = expected(file, field.parent) if field.parent is not None else None
    models = frozenset({written.model}) if written.what is What.WRITE else frozenset[str]()
    around = (file.facts.target_of(written.model, each) for each in written.without)
    return models, owner.model if owner is not None and owner.model else next(filter(None, around), "")


def _named(file: FileContext, field: Node) -> tuple[frozenset[str], str]:
    """The same, as names tell."""
    return (file.facts.targets_of(key_of(field)), _owner_of(file, field)) if _is_written(field) else (frozenset(), "")


def _is_written(field: Node) -> bool:
    """Whether a relation field stands in data that is written, and not in some other object with such keys."""
    return any(node.type in PROPERTIES and key_of(node) in _DATA for node in around(field))


def _data_of(pair: Node) -> Iterator[Node]:
    value = pair.child_by_field_name("value")
    inner_key = {"createMany": "data", "connectOrCreate": "create", "upsert": "create"}.get(key_of(pair))
    for written in values_of(value) if value is not None else ():
        inner = property_value(written, inner_key) if inner_key and written.type == "object" else written
        yield from values_of(inner) if inner is not None else ()


def _owner_of(file: FileContext, field: Node) -> str:
    """The model of the record around a relation field; empty when it cannot be told."""
    for node in ancestors(field):
        if node.type == "pair" and (key := key_of(node)) not in _DATA:
            targets = file.facts.targets_of(key)
            return next(iter(targets)) if len(targets) == 1 else ""
        if node.type == "call_expression":
            return file.delegates.model_of(callee(node)[0]) or ""
        if node.type == "statement_block":
            break
    return ""
