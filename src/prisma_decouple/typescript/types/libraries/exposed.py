"""What a GraphQL schema takes over by name: `t.exposeString("title")` of Pothos, in the fields of a model or a type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import ancestors, call_arguments, callee, string_value, text_of, unwrapped
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_EXPOSES = re.compile(r"expose(?:[A-Z]\w*)?")
_OF_MODELS = frozenset({"prismaInterface", "prismaNode", "prismaObject", "prismaObjectField", "prismaObjectFields"})
_OF_TYPES = frozenset({"implement", "interfaceType", "objectField", "objectFields", "objectType"})
_RELATION = "relation"
_REFERENCES = frozenset({"interfaceRef", "objectRef"})


class Exposure(NamedTuple):
    """A field of a GraphQL type that is a property of what it is made of.

    Attributes:
        call: `t.exposeString("title")`.
        name: the text that names the property.
        owner: what has it.
    """

    call: Node
    name: Node
    owner: Type


def exposures(file: FileContext, name: str = "") -> Iterator[Exposure]:
    """The fields that may not be null, by what their calls say, and are taken over by name; all, or those of a name."""
    for each in all_exposures(file, name):
        if not may_be_null(each.call):
            yield each


def all_exposures(file: FileContext, name: str = "") -> Iterator[Exposure]:
    """The fields that are taken over by name, also those that may be null; all, or those of a name."""
    yield from _fields(file, list(filter(_EXPOSES.fullmatch, file.source.calls)), name)


def shown_relations(file: FileContext) -> Iterator[Exposure]:
    """The relations of models that are taken over by name and may not be null: `t.relation("author")`."""
    for each in _fields(file, [_RELATION]):
        if each.owner.what is What.RECORD and not may_be_null(each.call):
            yield each


def _fields(file: FileContext, methods: list[str], name: str = "") -> Iterator[Exposure]:
    for call in file.source.called(*methods):
        named = next(iter(call_arguments(call)), call)
        if callee(call)[0] is None or not string_value(named) or name not in {"", string_value(named)}:
            continue
        owner = next((found for each in ancestors(call) if (found := owner_of_fields(file, each)) is not None), None)
        if owner is not None:
            yield Exposure(call, named, owner)


def may_be_null(field: Node) -> bool:
    """Whether a field may be null already, or may for all that can be seen, or says what becomes of null."""
    return any(says_null(options) for options in call_arguments(field)[1:])


def says_null(options: Node) -> bool:
    """Whether the options of a field say that it may be null, or may for all that can be seen."""
    if options.type != "object" or property_value(options, "onNull") is not None:
        return True
    return text_of(property_value(options, "nullable")) not in {"", "false"}


def owner_of_fields(file: FileContext, call: Node) -> Type | None:
    """What the fields are those of, when a call is the one that makes their type."""
    if call.type != "call_expression":
        return None
    receiver, method = callee(call)
    first = next(iter(call_arguments(call)), None)
    if method in _OF_MODELS and first is not None:
        model = string_value(first)
        return Type(What.RECORD, model) if model in file.facts.models else None
    if method not in _OF_TYPES:
        return None
    reference = receiver if method == "implement" else first
    return _referenced(file, reference) if reference is not None else None


def _referenced(file: FileContext, reference: Node) -> Type | None:
    """What `builder.objectRef<Row>("Row")` stands for, or the variable that holds it."""
    node = unwrapped(reference)
    if node.type == "identifier":
        found = file.project.lookup(file, node, text_of(node))
        value = found.node.child_by_field_name("value") if isinstance(found, Symbol) else None
        if not isinstance(found, Symbol) or value is None:
            return None
        file, node = found.file, unwrapped(value)
    given = node.child_by_field_name("type_arguments") if node.type == "call_expression" else None
    is_reference = given is not None and callee(node)[1] in _REFERENCES and bool(given.named_children)
    return file.types.read(given.named_children[0]) if given is not None and is_reference else None
