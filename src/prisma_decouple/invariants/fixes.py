"""Mending what can be mended for certain: without asking anybody, and without changing what the schema does today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.reader import read_model
from prisma_decouple.syntax import layout
from prisma_decouple.syntax.nodes import Block, Field, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from prisma_decouple.invariants.declared import Finding
    from prisma_decouple.model.datamodel import Model
    from prisma_decouple.syntax.nodes import Schema


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
    for finding in findings:
        fix = _FIXES.get(finding.code)
        if fix is None or id(finding.node) not in owners:
            continue
        model = read_model(schema).models[owners[id(finding.node)]]
        block = fix(model, finding.node)
        if block is not model.node:
            schema = schema.replace_block(model.node, block)
            fixed += 1
    return schema, fixed


def _index_foreign_key(model: Model, node: Block | Field) -> Block:
    key = model.relations[node.name].fields
    if any(index.names[: len(key)] == key for index in model.indexes):
        return model.node  # two relations share the key, and the first of them has it indexed now
    return layout.add_block_attribute(model.node, f"@@index([{', '.join(key)}])")


def _state_on_delete(model: Model, node: Block | Field) -> Block:
    """Write the action that Prisma takes today."""
    relation = model.relations[node.name]
    optional = all(model.scalars[name].is_optional for name in relation.fields)
    attribute = relation.node.attribute("relation")
    if attribute is None or attribute.arguments is None:
        return model.node
    *others, last = attribute.arguments.items
    text = f"x X @relation(a: a, onDelete: {'SetNull' if optional else 'Restrict'})"
    stated = layout.field(text).attributes[0].arguments
    items = (*others, replace(last, comma=","), *(stated.items[1:] if stated else ()))
    new = replace(attribute, arguments=replace(attribute.arguments, items=items))
    attributes = tuple(new if each is attribute else each for each in relation.node.attributes)
    return layout.replace_field(model.node, replace(relation.node, attributes=attributes))


def _mark_updated_at(model: Model, _: Block | Field) -> Block:
    field = model.scalars.get("updatedAt")
    if field is None or field.type != "DateTime" or field.node.attribute("updatedAt"):
        return model.node
    mark = layout.field("x X @updatedAt").attributes[0]
    native = [each for each in field.node.attributes if "." in each.name]
    others = [each for each in field.node.attributes if "." not in each.name]
    return layout.replace_field(model.node, replace(field.node, attributes=(*others, mark, *native)))


_FIXES: dict[str, Callable[[Model, Block | Field], Block]] = {
    "D101": _index_foreign_key,
    "D102": _state_on_delete,
    "D111": _mark_updated_at,
}
