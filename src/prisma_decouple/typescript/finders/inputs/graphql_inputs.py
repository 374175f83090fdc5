"""What a GraphQL schema in code asks for, or says is never null, where a model may be without it now.

`authorId: t.int({ required: true })` of Pothos, `t.nonNull.int("authorId")` and `nonNull(intArg())` of Nexus.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.inputs.demanded_members import Member, note_member
from prisma_decouple.typescript.finders.inputs.graphql_documents import note_shown
from prisma_decouple.typescript.likeness import is_called_after_only, is_of_question
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.project import Foreign
from prisma_decouple.typescript.source.scopes import is_parameter
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    ancestors,
    call_arguments,
    callee,
    children_of,
    descendants,
    function_around,
    key_of,
    last_name,
    start_of,
    string_value,
    text_of,
)
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.libraries.schema_libraries import origin_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_NON_NULL = "nonNull"
_KINDS = ("boolean", "date", "dateTime", "field", "float", "id", "int", "string")
_OPTIONS = frozenset({"args", "fields", "input", "inputFields"})
_TAKES = frozenset({"extendInputType", "inputObjectType"})
_SHOWS = frozenset({"extendType", "objectType"})
_ASKS = re.compile(r"^(?:query|subscription)(?:Field|Fields|Type)?$|^(?:Query|Subscription)$")


class _Owner(NamedTuple):
    """What a field belongs to: the call that makes it, by what that is called, and the name that it gives it."""

    call: str
    name: str


def find_graphql_inputs(file: FileContext) -> None:
    """Note the inputs that have to be given, and the fields of Nexus that are never null.

    Args:
        file: the file; its findings are filled.
    """
    keys = file.facts.optional_keys
    for pair in file.source.nodes(*PROPERTIES):
        value = pair.child_by_field_name("value") if key_of(pair) in keys else None
        if value is not None and value.type == "call_expression":
            _check_pair(file, pair, value)
    for call in file.source.called(*_KINDS):
        _check_field(file, call)


def _check_pair(file: FileContext, pair: Node, value: Node) -> None:
    """What is given to a mutation, or is in an input: `authorId: t.int({ required: true })`."""
    edits = _no_more_required(value) or _no_more_wrapped(file, value)
    owners = list(_owners(pair))
    called = next((each.name for each in owners if each.name), "")
    is_asked = is_of_question(called) or any(_ASKS.match(text) for each in owners for text in each)
    if edits and not is_asked:
        siblings = children_of(pair.parent) if pair.parent is not None else []
        names = frozenset(filter(None, map(key_of, siblings)))
        note_member(file, Member(pair, value, key_of(pair), names, called), edits)


def _no_more_required(value: Node) -> list[Edit]:
    """Of Pothos, whose builder is handed to a function: `t.int`, `t.arg.int` and `t.arg`."""
    start = start_of(callee(value)[0] or value)
    options = next((each for each in call_arguments(value) if each.type == "object"), None)
    required = property_value(options, "required") if options is not None else None
    is_demanded = required is not None and required.type == "true" and is_parameter(start, text_of(start))
    return [Edit(required.start_byte, required.end_byte, "false")] if required is not None and is_demanded else []


def _no_more_wrapped(file: FileContext, value: Node) -> list[Edit]:
    """Of Nexus: `nonNull(intArg())`."""
    given, function = call_arguments(value), value.child_by_field_name("function")
    found = origin_of(file, function) if function is not None and function.type == "identifier" else None
    is_wrapped = len(given) == 1 and isinstance(found, Foreign) and (found.name, found.module) == (_NON_NULL, "nexus")
    return [Edit(value.start_byte, value.end_byte, text_of(given[0]))] if is_wrapped else []


def _owners(node: Node) -> Iterator[_Owner]:
    """The calls around a node, from the inside out, and the properties that have a field in it as their value."""
    for outer in ancestors(node):
        if outer.type == "pair" and key_of(outer) not in _OPTIONS:
            yield _Owner("", key_of(outer))
        elif outer.type == "call_expression":
            first = next(iter(call_arguments(outer)), outer)
            said = [property_value(first, each) for each in ("name", "type")] if first.type == "object" else [first]
            yield _Owner(callee(outer)[1], next(filter(None, map(string_value, said)), ""))


def _check_field(file: FileContext, call: Node) -> None:
    """A field of a type, or of an input, of Nexus: `t.nonNull.int("authorId")`."""
    receiver, name = callee(call)[0], string_value(next(iter(call_arguments(call)), None))
    if receiver is None or receiver.type != "member_expression" or last_name(receiver) != _NON_NULL or not name:
        return
    owner = next((each for each in _owners(call) if each.call in _TAKES | _SHOWS), None)
    word = receiver.child_by_field_name("property")
    if owner is None or word is None:
        return
    edits = [Edit(word.start_byte, word.end_byte, "nullable")]
    if owner.call in _TAKES and name in file.facts.optional_keys and not is_of_question(owner.name):
        note_member(file, Member(call, call, name, frozenset(_fields_beside(call)), owner.name), edits)
    for model in file.facts.changed_models if owner.call in _SHOWS else ():
        if name in file.facts.nullable_names(model) and is_called_after_only(file.facts, owner.name, model):
            note_shown(file, call, name, model, edits)


def _fields_beside(call: Node) -> Iterator[str]:
    """The names of the fields that a function defines."""
    function = function_around(call)
    for each in descendants(function, "call_expression") if function is not None else ():
        first = next(iter(call_arguments(each)), None)
        if string_value(first):
            yield string_value(first)
