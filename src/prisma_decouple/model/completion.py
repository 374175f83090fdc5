"""The lines that `prisma format` adds: what one side of a relation says already, and the other does not yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.errors import SchemaError
from prisma_decouple.model.inflection import camel_case, plural
from prisma_decouple.model.names import lower_first, upper_first
from prisma_decouple.model.reader import read_model
from prisma_decouple.syntax import layout
from prisma_decouple.syntax.layout import quoted
from prisma_decouple.syntax.nodes import replace

if TYPE_CHECKING:
    from prisma_decouple.model.datamodel import DataModel, Model, RelationField
    from prisma_decouple.syntax.nodes import Attribute, Block, Field, Schema


def complete_relations(schema: Schema) -> Schema:
    """Add back-relations, `@relation` attributes and foreign keys that follow from what is there.

    Args:
        schema: the tree.

    Returns:
        The tree with what was missing; the very same one when nothing was, or when the schema has other errors.
    """
    try:
        data = read_model(schema)
    except SchemaError:
        return schema
    incomplete = [
        (model, relation)
        for model in data.models.values()
        for relation in model.relations.values()
        if _lacks_something(data, model, relation)
    ]
    if not incomplete or not _is_understood(schema):
        return schema
    drafts = {model.name: model.node for model in data.models.values()}
    for model, relation in incomplete:
        _complete(data, drafts, model, relation)
    changed = {id(old): new for model in data.models.values() if (new := drafts[model.name]) is not (old := model.node)}
    return schema.map_blocks(lambda block: changed.get(id(block), block)) if changed else schema


def _lacks_something(data: DataModel, model: Model, relation: RelationField) -> bool:
    """Whether a relation field has no other side, or holds a key and does not say all of it."""
    opposite = data.opposite(model, relation)
    return opposite is None or (_holds_key(model, relation, opposite) and bool(_missing(relation.node)))


def _missing(node: Field) -> list[str]:
    """The arguments of a key that a relation field does not have."""
    attribute = node.attribute("relation")
    return [argument for argument in ("fields", "references") if attribute is None or attribute.get(argument) is None]


def _is_understood(schema: Schema) -> bool:
    from prisma_decouple.model.validation.validate import is_understood  # noqa: PLC0415 - most schemas are complete

    return is_understood(schema)


def _complete(data: DataModel, drafts: dict[str, Block], model: Model, relation: RelationField) -> None:
    """Add what one relation field lacks, to the drafts of its own model and of the other one."""
    target = data.models[relation.target]
    opposite = data.opposite(model, relation)
    if _holds_key(model, relation, opposite):
        if opposite is None:
            drafts[target.name] = _with_list(drafts[target.name], model, relation)
        drafts[model.name] = _with_key(drafts[model.name], relation.node, target)
    elif opposite is None and model.has_plain_key:
        drafts[target.name] = _with_holder(drafts[target.name], model, relation)


def _holds_key(model: Model, relation: RelationField, opposite: RelationField | None) -> bool:
    """Whether the key belongs on this side of a relation.

    As in prisma-engines, psl/parser-database/src/relations.rs: of two single records the one that must be there, then
    the one that names its key, then the one whose model and field come first.
    """
    if relation.is_list or opposite is None or opposite.is_list:
        return not relation.is_list
    if relation.is_optional != opposite.is_optional:
        return opposite.is_optional
    if relation.is_optional and (relation.fields or opposite.fields):
        return bool(relation.fields)
    return (model.name, relation.name) < (relation.target, opposite.name)


def _with_list(block: Block, model: Model, relation: RelationField) -> Block:
    """The block with the other side of a relation to it: a list, or with a unique key a single record."""
    is_one = any(index.kind == "unique" and index.names == relation.fields for index in model.indexes)
    name = camel_case(model.name) if is_one else plural(camel_case(model.name))
    ignored = " @ignore" if model.node.attribute("ignore") else ""
    return _with_field(block, name, f"{model.name}{'?' if is_one else '[]'}{_named(relation)}{ignored}")


def _with_holder(block: Block, model: Model, relation: RelationField) -> Block:
    """The block with the other side of a relation to it, which holds the key: one that is there, or a new one."""
    name = camel_case(model.name)
    if block.field(name) is not None:
        return block
    keys = [block.field(key) for key in _key_names(model)]
    is_optional = any(key is None or key.is_optional for key in keys)
    block = _with_field(block, name, f"{model.name}{'?' if is_optional else ''}{_named(relation)}")
    return _with_key(block, block.fields[-1], model)


def _key_names(target: Model) -> dict[str, str]:
    """How the scalar fields of a key are called, and what each points at."""
    return {lower_first(target.name) + upper_first(key): key for key in target.key}


def _named(relation: RelationField) -> str:
    return f" @relation({quoted(relation.relation)})" if relation.relation else ""


def _with_key(block: Block, node: Field, target: Model) -> Block:
    """The block with the arguments that the relation field lacks, and with the scalar fields that they name."""
    old, missing = node.attribute("relation"), _missing(node)
    new = _key_names(target) if "fields" in missing else {}
    if not missing or not target.has_plain_key:
        return block
    arguments = [str(item).strip().rstrip(",") for item in old.arguments.items] if old and old.arguments else []
    names = {"fields": tuple(new), "references": target.key}
    arguments += [f"{argument}: [{', '.join(names[argument])}]" for argument in missing]
    attribute = layout.field(f"x X @relation({', '.join(arguments)})").attributes[0]
    block = layout.replace_field(block, replace(node, attributes=_exchanged(node.attributes, old, attribute)))
    for name, key in new.items():
        pointed_at = target.scalars[key]
        native = "".join(f" {str(each).strip()}" for each in pointed_at.node.attributes if "." in each.name)
        block = _with_field(block, name, f"{pointed_at.type}{'?' if node.is_optional else ''}{native}")
    return block


def _exchanged(attributes: tuple[Attribute, ...], old: Attribute | None, new: Attribute) -> tuple[Attribute, ...]:
    return tuple(new if each is old else each for each in attributes) if old else (*attributes, new)


def _with_field(block: Block, name: str, rest: str) -> Block:
    """The block with a field behind everything else; a name that is taken stays as it is."""
    if block.field(name) is not None:
        return block
    return replace(block, members=(*block.members, layout.field(f"{name} {rest}")))
