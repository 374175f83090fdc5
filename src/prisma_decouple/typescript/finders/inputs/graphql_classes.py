"""Fields of a GraphQL type that is a class, and say that a relation which may be absent now is never null.

`@ObjectType() class Book { @Field(() => Author) author: Author }`, and `@ResolveField(() => Author) author() { … }`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.inputs.graphql_documents import note_shown
from prisma_decouple.typescript.likeness import is_called_after_only
from prisma_decouple.typescript.source.decorators import decorators
from prisma_decouple.typescript.source.syntax import (
    CLASSES,
    call_arguments,
    children_of,
    key_of,
    last_name,
    nearest,
    text_of,
)
from prisma_decouple.typescript.source.text import Edit

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_FIELDS = {
    "method_definition": frozenset({"FieldResolver", "ResolveField"}),
    "public_field_definition": frozenset({"Field"}),
}
_TYPES = frozenset({"InterfaceType", "ObjectType"})
_RESOLVER = "Resolver"
_SAYS_NULL = re.compile(r"\bnullable:\s*(?!false)")
_NULLABLE = "nullable: true"


def find_graphql_classes(file: FileContext) -> None:
    """Note such fields and the methods that give them.

    Args:
        file: the file; its findings are filled.
    """
    names = {each.field for each in file.facts.optional} & file.source.words
    for member in file.source.nodes(*_FIELDS) if names else ():
        if key_of(member) in names:
            _check(file, member)


def _check(file: FileContext, member: Node) -> None:
    said = [each for each in decorators(member) if _name_of(each) in _FIELDS[member.type]]
    if not said or _SAYS_NULL.search(text_of(said[0])):
        return
    name, called = key_of(member), _shown_by(member)
    place = member if member.type == "public_field_definition" else said[0].parent or member
    for each in file.facts.optional if called else ():
        if each.field == name and is_called_after_only(file.facts, called, each.model):
            note_shown(file, place, name, each.model, _edits(member, said[0]))


def _name_of(decorator: Node) -> str:
    return last_name(decorator.child_by_field_name("function") or decorator)


def _shown_by(member: Node) -> str:
    """The type that has a field: the class around it, or the one that the class of a method is the resolver of."""
    holder = nearest(member, *CLASSES)
    told = {_name_of(each): each for each in decorators(holder)} if holder is not None else {}
    if member.type == "public_field_definition":
        return key_of(holder) if holder is not None and told.keys() & _TYPES else ""
    given = call_arguments(told[_RESOLVER])[:1] if _RESOLVER in told else []
    body = given[0].child_by_field_name("body") if given else None
    return text_of(body or given[0]) if given else ""


def _edits(member: Node, decorator: Node) -> list[Edit] | None:
    """Null let in by the decorator, and by the type; None where the decorator is no call."""
    if decorator.type != "call_expression":
        return None
    *_, end = decorator.children[-1].children  # the closing parenthesis
    given = call_arguments(decorator)
    options = given[-1] if given and given[-1].type == "object" else None
    if options is not None:
        start = options.start_byte + 1
        edits = [Edit(start, start, f" {_NULLABLE}{',' if children_of(options) else ' '}")]
    else:
        edits = [Edit(end.start_byte, end.start_byte, f"{', ' if given else ''}{{ {_NULLABLE} }}")]
    written = member.child_by_field_name("type")
    last = written.end_byte if written is not None else 0
    return [*edits, *([Edit(last, last, " | null")] if written is not None else [])]
