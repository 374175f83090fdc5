"""Schemas of JSON, as of Fastify's routes or an OpenAPI document, that say of what may be null now that it is not.

`response: { 200: { type: "object", properties: { authorId: { type: "string" } } } }`: Fastify writes what it answers by
that, and makes "" of null.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.inputs.demanded_members import is_made_behind
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_key_of_others, is_repeated_by, says_no_model, words_of
from prisma_decouple.typescript.source.literals import properties, property_value, spreads_in
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    descendants,
    is_function,
    key_of,
    names_in,
    string_value,
    text_of,
)
from prisma_decouple.typescript.types.properties import constant_behind
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_AJV = "ajv"
_PROPERTIES = "properties"
_ANSWERED = "response"
_TAKEN_IN = frozenset({"body", "inputSchema", "input_schema", "parameters", "requestBody"})
_ASKED_BY = frozenset({"headers", "params", "query", "querystring"})
_PARTS = frozenset({"application/json", "body", "content", "items", "requestBody", "response", "responses", "schema"})
_SENT = frozenset({"body", "create", "input", "new", "payload", "request", "update"})
_LETS_IN = re.compile(r"\bnull\b|\bnullable['\"]?:\s*true\b")
_MADE_OF_NULL = {"string": '`""`', "integer": "0", "number": "0"}


def find_json_schemas(file: FileContext) -> None:
    """Note the properties of such schemas that repeat a key or a relation and refuse null.

    Args:
        file: the file; its findings are filled.
    """
    for pair in file.source.nodes("pair") if _PROPERTIES in file.source.words else ():
        members, schema = pair.child_by_field_name("value"), pair.parent
        is_schema = key_of(pair) == _PROPERTIES and members is not None and members.type == "object"
        if schema is None or members is None or not is_schema or not _is_object(schema):
            continue
        given = dict(properties(members))
        for relation in file.facts.optional:
            names = [name for name in (relation.field, *relation.foreign_keys) if name in given]
            if names and _is_meant(file, schema, relation, given):
                for name in names:
                    _check(file, schema, given[name], (name, relation.model))


def _is_meant(file: FileContext, schema: Node, relation: OptionalRelation, given: dict[str, Node]) -> bool:
    """Whether a schema repeats the model of a relation, or asks for its key where a record is made behind it.

    A schema of Ajv that says by no name what it is of may be of any model that has the key.
    """
    called = _name_of(schema)
    if is_repeated_by(file.facts, relation.model, called, given.keys()):
        return True
    asked = [key for key in relation.foreign_keys if key in given and _required(schema, key) is not None]
    if any(is_made_behind(file, given[key], key, [relation]) for key in asked):
        return True
    is_open = _AJV in file.modules and says_no_model(called)
    return is_open and any(not is_key_of_others(file.facts, key) for key in asked)


def _is_object(schema: Node) -> bool:
    return string_value(property_value(schema, "type")) == "object"


def _name_of(schema: Node) -> str:
    """What a schema is called: the property or variable that it is, or that has it as its body, answer or elements."""
    for outer in ancestors(schema):
        name = key_of(outer) if outer.type in {"pair", "variable_declarator"} else ""
        if name == _PROPERTIES or is_function(outer):
            return ""
        if name and name not in _PARTS and not name.isdecimal():
            return name
    return ""


def _check(file: FileContext, schema: Node, value: Node, meant: tuple[str, str]) -> None:
    """A property that refuses null, unless it is one of what is asked by, or need not be sent."""
    name, model = meant
    said = constant_behind(Place(file, value)).node
    if said.type != "object" or _LETS_IN.search(text_of(said)) or any(spreads_in(said)):
        return
    kind, is_named = string_value(property_value(said, "type")), property_value(said, "$ref") is not None
    places = set(_places(file, schema))
    is_sent = bool(
        _AJV in file.modules or places & _TAKEN_IN or set(words_of(_name_of(schema))) - set(words_of(model)) & _SENT
    )
    is_answer = _ANSWERED in places
    required = _required(schema, name)
    is_left_out = is_sent and not is_answer and required is None
    holder = value.parent if value.parent is not None and value.parent.type == "pair" else value
    if not (kind or is_named) or places & _ASKED_BY or is_left_out or file.is_told(holder, Kind.TYPE):
        return
    why = f"This says that `{name}` is never null; that of {with_article(model)} may be null now."
    if is_answer:
        made = _MADE_OF_NULL.get(kind)
        why += f" What is answered by it has {made} for null." if made else " What is answered by it is not null then."
    if required is not None:
        why += f" `required` asks for it in line {file.source.position(required)[0]}."
    sureness = Confidence.LIKELY if is_answer else Confidence.UNSURE
    file.hint(holder, Kind.TYPE, sureness, f"{why} Look whether it has to let null in.")


def _required(schema: Node, name: str) -> Node | None:
    """Where a schema says that it asks for a property."""
    listed = property_value(schema, "required")
    named = descendants(listed, "string") if listed is not None else ()
    return next((each for each in named if string_value(each) == name), None)


def _places(file: FileContext, schema: Node) -> Iterator[str]:
    """The names of the properties that a schema, or the variable that holds it, is the value of, or is inside of."""
    for outer in ancestors(schema):
        if outer.type == "pair":
            yield key_of(outer)
        elif outer.type == "variable_declarator":
            for use in _uses(file, outer):
                yield from (key_of(each) for each in ancestors(use.node) if each.type == "pair")
            return


def _uses(file: FileContext, declarator: Node) -> Iterator[Place]:
    """Where a variable is used, in its own file and in others."""
    name = key_of(declarator)
    for each in file.project.speaking_of(name) if name else ():
        for use in names_in(each.source.root, name):
            if each.project.lookup(each, use, name) == Symbol(file, declarator):
                yield Place(each, use)
