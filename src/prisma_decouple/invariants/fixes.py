"""Mending what can be mended for certain: without asking anybody, and without changing what the schema does today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.names import index_name
from prisma_decouple.model.reader import read_model
from prisma_decouple.syntax import layout
from prisma_decouple.syntax.nodes import Field, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from prisma_decouple.invariants.declared import Finding
    from prisma_decouple.model.datamodel import DataModel, Model
    from prisma_decouple.syntax.nodes import Block, Node, Schema


def apply_fixes(schema: Schema, findings: Iterable[Finding]) -> tuple[Schema, int]:
    """Mend what can be mended.

    Args:
        schema: the tree that the findings are about.
        findings: what to mend; those without a certain fix are left alone.

    Returns:
        The new tree, formatted where it was formatted, and how many findings were mended.
    """
    fixed = 0
    owners = {id(node): block.name for block in schema.blocks() for node in (block, *block.fields)}
    waiting = [each for each in findings if each.code in _FIXES and id(each.node) in owners]
    while waiting:
        # A second fix in the same block has to see what the first has made of it.
        data = read_model(schema)
        done: set[str] = set()
        later: list[Finding] = []
        for finding in waiting:
            name = owners[id(finding.node)]
            if name in done:
                later.append(finding)
                continue
            model = data.models[name]
            block = _FIXES[finding.code](data, model, finding.node)
            if block is not model.node:
                schema = schema.replace_block(model.node, block)
                fixed += 1
                done.add(name)
        waiting = later
    return schema, fixed


def _index_foreign_key(data: DataModel, model: Model, node: Node) -> Block:
    key = model.relations[_name(node)].fields
    if any(index.names[: len(key)] == key for index in model.indexes):
        return model.node  # two relations share the key, and the first of them has it indexed now
    name = index_name(model.table, [model.scalars[each].column for each in key])
    if any(index.name == name for other in data.models.values() for index in other.indexes):
        return model.node  # somebody has given the name to another index, and has to choose
    return layout.add_block_attribute(model.node, f"@@index([{', '.join(key)}])")


def _state_on_delete(data: DataModel, model: Model, node: Node) -> Block:
    """Write the action that Prisma takes today."""
    relation = model.relations[_name(node)]
    # SQL Server has no RESTRICT.
    default = "NoAction" if data.provider == "sqlserver" and data.has_foreign_keys else "Restrict"
    optional = all(model.scalars[name].is_optional for name in relation.fields)
    attribute = relation.node.attribute("relation")
    if attribute is None or attribute.arguments is None:
        return model.node
    *others, last = attribute.arguments.items
    text = f"x X @relation(a: a, onDelete: {'SetNull' if optional else default})"
    stated = layout.field(text).attributes[0].arguments
    items = (*others, replace(last, comma=","), *(stated.items[1:] if stated else ()))
    new = replace(attribute, arguments=replace(attribute.arguments, items=items))
    attributes = tuple(new if each is attribute else each for each in relation.node.attributes)
    return layout.replace_field(model.node, replace(relation.node, attributes=attributes))


def _mark_updated_at(_: DataModel, model: Model, __: Node) -> Block:
    field = model.scalars.get("updatedAt")
    if field is None or field.type != "DateTime" or field.node.attribute("updatedAt"):
        return model.node
    mark = layout.field("x X @updatedAt").attributes[0]
    native = [each for each in field.node.attributes if "." in each.name]
    others = [each for each in field.node.attributes if "." not in each.name]
    return layout.replace_field(model.node, replace(field.node, attributes=(*others, mark, *native)))


def _name(node: Node) -> str:
    """The name of the field that a finding is about."""
    return node.name if isinstance(node, Field) else ""


_FIXES: dict[str, Callable[[DataModel, Model, Node], Block]] = {
    "D101": _index_foreign_key,
    "D102": _state_on_delete,
    "D111": _mark_updated_at,
}
