"""Schemas of validators that refuse null where a model has it now: `authorId: z.number()`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.null_let_in import null_let_in
from prisma_decouple.typescript.finders.inputs.demanded_members import Member, note_member
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    VALUE_NAMES,
    children_of,
    key_of,
    nearest,
    string_value,
    text_of,
)
from prisma_decouple.typescript.types.libraries.schema_libraries import is_partial, lets_nothing_in, schema_at
from prisma_decouple.typescript.types.places.slots import place_key

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

# What is asked by, and says nothing of a record.
_OF_PATH = frozenset({"params"})
_ASKED_BY = _OF_PATH | {"header", "headers", "param", "query", "querystring", "searchParams"}


def find_schema_demands(file: FileContext) -> None:
    """Note the keys in schemas that let no null in.

    Args:
        file: the file; its findings are filled.
    """
    keys = file.facts.optional_keys
    for node in file.source.nodes(*PROPERTIES):
        if key_of(node) in keys:
            _check_pair(file, node)


def _check_pair(file: FileContext, pair: Node) -> None:
    """The key in the schema of an object: `authorId: z.number()`."""
    value = pair.child_by_field_name("value") or pair
    meant, schema = _validator_behind(file, value), schema_at(file, value)
    if meant is None or schema is None or not schema.is_plain:
        return
    if lets_nothing_in(meant, schema.library) or is_partial(pair, key_of(pair)) or _is_asked_by(pair):
        file.fine()
        return
    siblings = children_of(pair.parent) if pair.parent is not None else []
    member = Member(pair, value, key_of(pair), frozenset(filter(None, map(key_of, siblings))))
    if place_key(Place(file, value)) not in file.findings.nullable_schemas:
        note_member(file, member, *null_let_in(file, value, schema), is_shared=schema.is_held)


def _validator_behind(file: FileContext, value: Node) -> Node | None:
    """What lets a value through: it is written there, or what a constant holds: `authorId: keySchema`."""
    if value.type not in VALUE_NAMES:
        return value
    found = file.project.lookup(file, value, text_of(value))
    return found.node.child_by_field_name("value") if isinstance(found, Symbol) else value


def _is_asked_by(member: Node) -> bool:
    """Whether a schema says what records are asked for by: `{ params: z.object({ id: z.string() }) }`.

    So does that of `validator("query", v.object({ … }))`.
    """
    schema = nearest(member, "call_expression")
    holder = schema.parent if schema is not None else None
    if holder is None or holder.type != "arguments":
        return holder is not None and key_of(holder) in (_ASKED_BY if holder.type == "pair" else _OF_PATH)
    return any(string_value(each) in _ASKED_BY for each in holder.named_children)
