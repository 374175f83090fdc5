"""Records of a changed model that are created inside another record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import property_value, values_of
from prisma_decouple.typescript.source.syntax import ancestors, callee, key_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import RequiredRelation

_WRITES = frozenset({"create", "createMany", "connectOrCreate"})
# The keys of an upsert that lead to a record's data, besides those that are relation fields.
_DATA = frozenset({"data", "create", "update", "upsert"})


def nested_creates(file: FileContext) -> Iterator[tuple[Node, RequiredRelation]]:
    """The data of records that are created through a list or relation field of another record.

    What is created through the new relation's own list belongs to the record around it, and needs no key.

    Args:
        file: the file.

    Yields:
        The data, and the relation that it must give.
    """
    for pair in file.source.nodes("pair"):
        if key_of(pair) not in _WRITES or pair.parent is None:
            continue
        field = pair.parent.parent
        if field is None or field.type != "pair" or not _is_written(field):
            continue
        targets = file.facts.targets_of(key_of(field))
        owner = _owner_of(file, field)
        for relation in file.facts.needed:
            is_implied = key_of(field) == relation.target_list and owner in {relation.target, ""}
            if targets == {relation.model} and not is_implied:
                for data in _data_of(pair):
                    yield data, relation


def _is_written(field: Node) -> bool:
    """Whether a relation field stands in data that is written, and not in some other object with such keys."""
    return any(node.type == "pair" and key_of(node) in _DATA for node in ancestors(field))


def _data_of(pair: Node) -> Iterator[Node]:
    value = pair.child_by_field_name("value")
    inner_key = {"createMany": "data", "connectOrCreate": "create"}.get(key_of(pair))
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
