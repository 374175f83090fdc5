"""Deletions that only mark a record: a middleware, or an extension of the client, makes an update of them.

`db.$use((params, next) => { if (params.action === "delete") { params.action = "update"; … } return next(params); })`:
nothing is deleted in the database then, no foreign key is asked, and what belongs to such a record stays as it was.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    descendants,
    is_function,
    is_inside,
    key_of,
    last_name,
    string_value,
    text_of,
)
from prisma_decouple.typescript.types.prisma.extensions import EXTENDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_ALL = frozenset({"$allModels", "$allOperations"})
_USE = "$use"
_INSTEAD = {"delete": "update", "deleteMany": "updateMany"}
# Those of `prisma-extension-soft-delete` and `prisma-soft-delete-middleware`.
_LIBRARIES = ("createSoftDeleteExtension", "createSoftDeleteMiddleware")


def is_only_marked(file: FileContext, model: str, method: str) -> bool:
    """Whether a deletion of a model's records updates them.

    Args:
        file: a file of the code base.
        model: the model.
        method: `delete` or `deleteMany`.
    """
    project = file.project
    if project.only_marked is None:
        project.only_marked = frozenset(
            (each, deletion)
            for there in project.files.values()
            for call in there.source.called(*EXTENDS, _USE, *_LIBRARIES)
            for each, deletion in _marked_by(Place(there, call))
        )
    return (model, method) in project.only_marked


def _marked_by(place: Place) -> Iterator[tuple[str, str]]:
    """The models, each with the deletion, that a call of those marks."""
    method = callee(place.node)[1]
    for given in (_meant(place.file, each) for each in call_arguments(place.node)[:1]):
        if given.node.type == "object" and method in _LIBRARIES:
            models = property_value(given.node, "models")
            named = [name for name, value in properties(models) if text_of(value) != "false"] if models else []
            yield from ((name, deletion) for name in named for deletion in _INSTEAD)
        elif given.node.type == "object":
            queries = property_value(given.node, "query")
            yield from _marked_in(given.file, queries) if queries is not None else ()
        elif method == _USE and is_function(given.node):
            yield from _marked_in_one(given)


def _meant(file: FileContext, node: Node) -> Place:
    """What an argument is, where it is a name: the function, or the literal that a variable holds."""
    found = file.project.lookup(file, node, text_of(node)) if node.type == "identifier" else None
    if not isinstance(found, Symbol):
        return Place(file, node)
    return Place(found.file, found.node.child_by_field_name("value") or found.node)


def _marked_in(file: FileContext, queries: Node) -> Iterator[tuple[str, str]]:
    """The same of the part of an extension that stands around queries: `{ book: { delete({ args }) { … } } }`."""
    models = {client_accessor(each): each for each in file.facts.models}
    for node in (each for kind in ("pair", "method_definition") for each in descendants(queries, kind)):
        function = node if is_function(node) else node.child_by_field_name("value")
        if function is None or not is_function(function):
            continue
        own = [models[part]] if (part := _part(node, queries)) in models else None
        named = [key_of(node)] if key_of(node) in _INSTEAD else _named(function) if key_of(node) in _ALL else []
        for deletion in named:
            made = [call for call in descendants(function, "call_expression") if callee(call)[1] == _INSTEAD[deletion]]
            found = own if own is not None else _models(Place(file, function), made[0]) if made else ()
            yield from ((model, deletion) for model in found if made)


def _part(node: Node, queries: Node) -> str:
    """The name of the part of an extension that something is in: `book`."""
    outer = node.parent.parent if node.parent is not None else None
    return key_of(outer) if outer is not None and is_inside(queries, outer) and outer.type == "pair" else ""


def _named(function: Node) -> list[str]:
    """The deletions that a function speaks of."""
    texts = {string_value(each) for each in descendants(function, "string")}
    return [each for each in _INSTEAD if each in texts]


def _marked_in_one(function: Place) -> Iterator[tuple[str, str]]:
    """The same of a middleware: what makes `update` of the action, `params.action = "update"`."""
    for deletion in _named(function.node):
        made = [each for each in _given_actions(function.node) if string_value(each) == _INSTEAD[deletion]]
        models = _models(function, made[0]) if made else ()
        yield from ((model, deletion) for model in models)


def _given_actions(function: Node) -> Iterator[Node]:
    """The values that are given to `action`: by an assignment, or in a literal that is handed on."""
    for each in descendants(function, "assignment_expression"):
        left, right = each.child_by_field_name("left"), each.child_by_field_name("right")
        if left is not None and right is not None and last_name(left) == "action":
            yield right
    for pair in descendants(function, "pair"):
        value = pair.child_by_field_name("value")
        if key_of(pair) == "action" and value is not None:
            yield value


def _models(function: Place, made: Node) -> list[str]:
    """The models of which a function makes something else, where it asks for them; none where that cannot be told.

    Args:
        function: the function.
        made: what it makes of a deletion.
    """
    every = list(function.file.facts.models)
    asked = [each for each in descendants(function.node, "if_statement") if _asks_for_model(each)]
    named: set[str] = set()
    for statement in asked:
        condition = statement.child_by_field_name("condition")
        consequence = statement.child_by_field_name("consequence")
        found = _models_in(function.file, condition) if condition is not None else set()
        if condition is None or consequence is None or not found:
            return []
        is_not = any(text_of(each).startswith("!") for each in descendants(condition, "unary_expression"))
        is_not = is_not or "!=" in text_of(condition)
        if is_not == is_inside(consequence, made):
            return [each for each in every if each not in found]
        named |= found
    if asked:
        return [each for each in every if each in named]
    found = _models_in(function.file, function.node)
    return [each for each in every if each in found] if found else [] if _is_model_read(function.node) else every


def _asks_for_model(statement: Node) -> bool:
    condition = statement.child_by_field_name("condition")
    return condition is not None and _is_model_read(condition)


def _is_model_read(node: Node) -> bool:
    """Whether the model of a query is compared or looked up, which a function is given."""
    given = (last for call in descendants(node, "call_expression") for last in call_arguments(call))
    compared = (side for each in descendants(node, "binary_expression") for side in each.named_children)
    return any(last_name(each) == "model" for each in (*given, *compared))


def _models_in(file: FileContext, node: Node) -> set[str]:
    """The models that are named in code, or in what its names stand for: `SOFT.includes(params.model)`."""
    places = [Place(file, node), *(_meant(file, each) for each in descendants(node, "identifier"))]
    texts = (string_value(text) for each in places for text in _texts_in(each.node))
    named = (key_of(pair) for each in places if each.node.type == "object" for pair in each.node.named_children)
    return {each for each in (*texts, *named) if each in file.facts.models}


def _texts_in(node: Node) -> list[Node]:
    return [node] if node.type == "string" else list(descendants(node, "string"))
