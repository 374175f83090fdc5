"""The lines that `prisma format` adds: what one side of a relation says already, and the other does not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.errors import SchemaError
from prisma_decouple.model.names import lower_first, plural, upper_first
from prisma_decouple.model.reader import read_model
from prisma_decouple.syntax import layout
from prisma_decouple.syntax.layout import quoted
from prisma_decouple.syntax.nodes import replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.datamodel import DataModel, Model, RelationField
    from prisma_decouple.syntax.nodes import Block, Schema


def complete_relations(schema: Schema) -> Schema:
    """Add back-relations, `@relation` attributes and foreign keys that follow from what is there.

    Args:
        schema: the tree.

    Returns:
        The tree with what was missing; the very same one when nothing was, or when the schema has other errors.
    """
    # Each addition may make another one possible, and every one makes fewer of them necessary.
    while True:
        try:
            data = read_model(schema)
        except SchemaError:
            return schema
        completed = next(_additions(data), None)
        if completed is None:
            return schema
        schema = completed


def _additions(data: DataModel) -> Iterator[Schema]:
    """The schema with one thing added, for each thing that could be."""
    for model in data.models.values():
        for relation in model.relations.values():
            opposite = data.opposite(model, relation)
            if _holds_key(relation, opposite) and not (relation.fields and relation.references):
                yield from _with_key(data, model, relation)
            elif opposite is None:
                yield from _with_opposite(data, model, relation)


def _holds_key(relation: RelationField, opposite: RelationField | None) -> bool:
    """Whether the key belongs on this side: it is there already, or the other side is a list or can do without."""
    if relation.fields or relation.is_list:
        return bool(relation.fields)
    return opposite is None or opposite.is_list or (opposite.is_optional and not relation.is_optional)


def _with_opposite(data: DataModel, model: Model, relation: RelationField) -> Iterator[Schema]:
    target = data.models[relation.target]
    named = f" @relation({quoted(relation.relation)})" if relation.relation else ""
    if relation.fields:
        is_one = any(index.kind in {"id", "unique"} and index.names == relation.fields for index in model.indexes)
        name = lower_first(model.name) if is_one else plural(lower_first(model.name))
        ignored = " @ignore" if model.node.attribute("ignore") else ""
        line = f"{name} {model.name}{'?' if is_one else '[]'}{named}{ignored}"
    else:
        # The other side holds the key; `_with_key` adds it next.
        name = lower_first(model.name)
        line = f"{name} {model.name}?{named}"
    if name not in target.field_names:
        yield data.schema.replace_block(target.node, _appended(target.node, line))


def _with_key(data: DataModel, model: Model, relation: RelationField) -> Iterator[Schema]:
    target = data.models[relation.target]
    names = relation.fields or tuple(relation.name + upper_first(key) for key in target.key)
    if not target.key or len(names) != len(target.key) or any(name in model.relations for name in names):
        return
    old = relation.node.attribute("relation")
    arguments = [str(item).strip().rstrip(",") for item in old.arguments.items] if old and old.arguments else []
    arguments += [] if relation.fields else [f"fields: [{', '.join(names)}]"]
    arguments += [f"references: [{', '.join(target.key)}]"]
    attribute = layout.field(f"x X @relation({', '.join(arguments)})").attributes[0]
    others = [attribute if each is old else each for each in relation.node.attributes]
    attributes = tuple(others if old else [*others, attribute])
    block = layout.replace_field(model.node, replace(relation.node, attributes=attributes))
    for name, key in zip(names, target.key, strict=True):
        if name not in model.scalars:
            pointed_at = target.scalars[key]
            native = "".join(f" {str(each).strip()}" for each in pointed_at.node.attributes if "." in each.name)
            block = _appended(block, f"{name} {pointed_at.type}{'?' if relation.is_optional else ''}{native}")
    yield data.schema.replace_block(model.node, block)


def _appended(block: Block, line: str) -> Block:
    last = block.fields[-1].name if block.fields else None
    return layout.insert_after(block, last, [layout.field(line)])
