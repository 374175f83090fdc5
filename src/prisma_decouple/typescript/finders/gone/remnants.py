"""Members of types and schemas that are left over from a field which is gone.

Those of a type that repeats the model, `interface Book { title: string; handle: string }`; and those whose values only
went into such a field, `create({ data: { handle: form.handle } })`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import fits_another, repeats
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import (
    MEMBERS,
    PROPERTIES,
    ancestors,
    call_arguments,
    callee,
    key_of,
    text_of,
)
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import DATA, What
from prisma_decouple.typescript.wording import now_called, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import LostField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts

_SEVERAL = 3
_OBJECT_SCHEMA = re.compile(r"(?:strict|loose)?[Oo]bject|shape|keys")
_DESCRIBED = frozenset({"$ref", "anyOf", "oneOf", "type"})
_NAMED = frozenset(
    {
        *("abstract_class_declaration", "class_declaration", "interface_declaration", "type_alias_declaration"),
        "variable_declarator",
    }
)


def find_remnants(file: FileContext) -> None:
    """Note the members of types and schemas that repeat what a model has no more.

    Args:
        file: the file; its findings are filled.
    """
    names = frozenset(each.name for each in file.facts.lost_fields)
    if not names & file.source.words:
        return
    for node in file.source.nodes(*MEMBERS):
        if key_of(node) in names and node.parent is not None:
            _check(file, node, {key_of(each) for each in node.parent.named_children if each.type in MEMBERS})
    for node in file.source.nodes("pair"):
        literal = node.parent
        if key_of(node) in names and literal is not None and _is_schema(literal):
            _check(file, node, {key_of(each) for each in literal.named_children})


def find_sources(file: FileContext) -> None:
    """Note the members of types and schemas whose values go into what a model has no more.

    Args:
        file: the file; the findings of those whose types its values come from are filled.
    """
    names = frozenset(each.name for each in file.facts.lost_fields)
    for node in file.source.nodes(*PROPERTIES) if names & file.source.words else ():
        if key_of(node) in names:
            _check_source(file, node)


def _is_schema(literal: Node) -> bool:
    """Whether a literal says what an object has: `z.object({ ... })`, or `properties: { ... }` of a JSON schema."""
    holder = literal.parent
    if literal.type != "object" or holder is None:
        return False
    if holder.type == "pair" and key_of(holder) == "properties":
        values = [each.child_by_field_name("value") for each in literal.named_children if each.type == "pair"]
        described = [value for value in values if value is not None and value.type == "object"]
        return bool(described) and all(_is_described(value) for value in described)
    call = holder.parent if holder.type == "arguments" else None
    is_first = call is not None and call.type == "call_expression" and call_arguments(call)[:1] == [literal]
    return call is not None and is_first and _OBJECT_SCHEMA.fullmatch(callee(call)[1]) is not None


def _is_described(value: Node) -> bool:
    return bool({key_of(each) for each in value.named_children} & _DESCRIBED)


def _check(file: FileContext, node: Node, names: set[str]) -> None:
    """Note a member when most of the names beside it are fields of a model that lost one of its name."""
    lost = next((each for each in _lost_like(file.facts, key_of(node)) if repeats(file.facts, each.model, names)), None)
    if lost is None or file.is_told(node) or fits_another(file.facts, lost.name, [lost], names):
        return
    is_likely = _is_called_like(node, lost.model) and not lost.is_renamed  # what is renamed may keep its name here
    why = f"This repeats the `{lost.name}` of {with_article(lost.model)}, which has none any more.{now_called(lost)}"
    file.hint(node, Kind.GONE, Confidence.LIKELY if is_likely else Confidence.UNSURE, why)


def _lost_like(facts: SchemaFacts, name: str) -> list[LostField]:
    return [each for each in facts.lost_fields if each.name == name]


def _is_called_like(node: Node, model: str) -> bool:
    """Whether the type or variable around a member is called like a model."""
    word = model.lower()
    stem = word.removesuffix("s") if len(word) > _SEVERAL else word
    names = (
        key_of(each) or text_of(each.child_by_field_name("name")) for each in ancestors(node) if each.type in _NAMED
    )
    return stem in next(iter(names), "").lower()


def _check_source(file: FileContext, node: Node) -> None:
    """What is given to a field that is no more, when it comes out of a written type only for that."""
    literal, value = node.parent, node.child_by_field_name("value") or node
    wanted = expected(file, literal) if literal is not None and literal.type == "object" else None
    lost = file.facts.lost_of(wanted.model, key_of(node)) if wanted is not None and wanted.what in DATA else None
    if lost is None or lost.is_renamed:
        return
    for member in members_behind(file, value):
        if key_of(member.node) == lost.name and not member.file.is_told(member.node):
            where = f"the `{lost.name}` of {with_article(lost.model)}"
            why = f"This goes into {where}, which has none any more.{now_called(lost)}"
            member.file.hint(member.node, Kind.GONE, Confidence.LIKELY, why)


def members_behind(file: FileContext, value: Node) -> Iterator[Place]:
    """The member of a written type, or of a schema, that says what a value is.

    Args:
        file: the file.
        value: the value.
    """
    found = file.types.of(value)
    written = found.place if found is not None and found.what is What.VALUE else None
    annotation = written.node.parent if written is not None else None
    while annotation is not None and annotation.type in {"type_annotation", "array_type", "union_type"}:
        annotation = annotation.parent
    if written is not None and annotation is not None and annotation.type in MEMBERS:
        yield Place(written.file, annotation)
    if found is not None and found.said_by is not None:
        holder = found.said_by.node.parent
        if holder is not None and holder.type == "pair":
            yield Place(found.said_by.file, holder)
