"""The record that a new one belongs to, looked up by the key at hand for what the migration takes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.context import Inserted
from prisma_decouple.typescript.edits.backfilled import connected_key, may_be_null
from prisma_decouple.typescript.edits.insertions import (
    free_name,
    inserted_above,
    scope_of,
    start_of,
    statement_before,
)
from prisma_decouple.typescript.edits.lookups import Found
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.layout import is_too_long, unit_of
from prisma_decouple.typescript.source.syntax import callee, has_safe_read, nearest, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.source.vocabulary import ID

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext

_PLAIN = frozenset({"identifier", "member_expression", "shorthand_property_identifier"})


def find_parent(
    file: FileContext, data: Node, siblings: Mapping[str, Node], relation: RequiredRelation
) -> tuple[Found, str] | None:
    """Find the record that a new one belongs to, by its key, when the migration takes what is new from there.

    Args:
        file: the file.
        data: the data of the new record, in the query that makes it.
        siblings: what that gives, by name.
        relation: what the new record needs.

    Returns:
        The record, and its model; None in tests, which know what they make, where the rule file says how to find what
        is needed, and where the key is not at hand.
    """
    path, lookup = relation.backfill, file.facts.code.lookup(relation.target)
    is_told = lookup.find is not None or lookup.get is not None
    if path is None or len(path.relations) != 1 or is_told or is_test(file.source.path):
        return None
    field = path.relations[0][1]
    first = file.facts.relation_of(relation.model, field)
    client, statement = _client(file, data, relation), statement_before(file.source, data)
    if first is None or len(first.foreign_keys) != 1 or not client or statement is None:
        return None
    key = siblings.get(first.foreign_keys[0]) or connected_key(siblings.get(field))
    has_all = file.facts.column_of(first.target, ID) and not any(
        may_be_null(file.facts, path.model, each) for each in path.fields
    )
    if key is None or not _is_sure(file, key) or not has_all:
        return None
    fields = ", ".join(f"{each}: true" for each in path.fields)
    parts = [f"where: {{ {ID}: {text_of(key)} }}", f"select: {{ {fields} }}"]
    called = f"{client}.{first.target[:1].lower()}{first.target[1:]}.findUniqueOrThrow"
    found = _inserted(file, data, statement, field, called, parts)
    return (found, first.target) if found is not None else None


def _client(file: FileContext, data: Node, relation: RequiredRelation) -> str:
    """The client, or transaction, that makes the record; empty where that is not seen."""
    call = nearest(data, "call_expression")
    receiver = callee(call)[0] if call is not None else None
    owner = receiver.child_by_field_name("object") if receiver is not None else None
    is_of_model = receiver is not None and file.delegates.model_of(receiver) == relation.model
    return text_of(owner) if owner is not None and is_of_model else ""


def _is_sure(file: FileContext, key: Node) -> bool:
    """Whether a key can be used twice and is certainly there."""
    found = file.types.of(key)
    return key.type in _PLAIN and not has_safe_read(key) and found is not None and not found.is_nullable


def _inserted(
    file: FileContext, data: Node, statement: Node, field: str, called: str, parts: list[str]
) -> Found | None:
    """The query in front of a statement, or the one that is to be put in above it already."""
    value = f"{called}({{ {', '.join(parts)} }})"
    known = next(inserted_above(file, statement, value), None)
    if known is not None:
        return Found(known[0], known[1].edits, known[1].imports)
    variable = free_name(file, statement, data, (field, f"{field}Record"))
    if not variable:
        return None
    margin, unit = file.source.indentation(statement), unit_of(file.source)
    line, end = f"const {variable} = await {value}", f"\n{margin}"
    if is_too_long(file.source, f"{margin}{line};"):
        inner = "".join(f"{end}{unit}{each}," for each in parts)
        line = f"const {variable} = await {called}({{{inner}{end}}})"
    start = start_of(statement)
    edits = (Edit(start, start, f"{line}{';' if file.source.has_semicolons else ''}{end}"),)
    block = statement.parent or statement
    file.inserted.append(Inserted(block, scope_of(statement), start, {variable: value}, edits, ()))
    return Found(variable, edits, ())
