"""What an extension of the client, or a middleware, asks of every query, by a key that may be null now.

`$extends({ query: { book: { findMany({ args, query }) { args.where = { ...args.where, authorId }; … } } } })`: what has
no author is found by nobody, whatever a query asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    PROPERTIES,
    ancestors,
    callee,
    descendants,
    key_of,
    last_name,
    string_value,
    text_of,
)
from prisma_decouple.typescript.types.prisma.extensions import EXTENDS
from prisma_decouple.typescript.wording import model_list, name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_USE = "$use"
_CONDITIONS = frozenset({"AND", "NOT", "OR", "where"})
_ASKING = frozenset({"if_statement", "switch_case", "ternary_expression"})
_QUERY = "query"  # the part of an extension that stands around queries


def find_extended_queries(file: FileContext) -> None:
    """Note such conditions.

    Args:
        file: the file; its findings are filled.
    """
    for call in file.source.called(*EXTENDS, _USE) if file.facts.optional_keys & file.source.words else ():
        for node in (each for kind in (*PROPERTIES, "assignment_expression") for each in descendants(call, kind)):
            key, value = _given(node)
            relations = list(_concerned(file, call, node, key)) if _is_condition(node) else []
            if not relations or text_of(value) in NOTHING or file.is_told(node):
                continue
            models = with_article(model_list(each.model for each in relations))
            why = f"Whatever asks for {models} through this asks by {name_list([key])} as well: what has none is found"
            file.hint(node, Kind.FILTER, Confidence.UNSURE, f"{why} by nobody now. Look whether it should be.")


def _given(node: Node) -> tuple[str, Node | None]:
    """The name of what is given in a literal, or by an assignment, `args.where.authorId = author.id`, and the value."""
    left = node.child_by_field_name("left")
    name = last_name(left) if left is not None and left.type != "identifier" else key_of(node)
    return name, node.child_by_field_name("value") or node.child_by_field_name("right")


def _is_condition(node: Node) -> bool:
    """Whether something is put into the `where` of a query."""
    left = node.child_by_field_name("left")
    if left is not None:
        return last_name(left.child_by_field_name("object")) in _CONDITIONS
    for outer in ancestors(node):
        if outer.type == "pair" and key_of(outer) not in _CONDITIONS:
            return False
        if outer.type == "assignment_expression":
            return last_name(outer.child_by_field_name("left")) in _CONDITIONS
        if outer.type == "pair" and key_of(outer) == "where":
            return True
    return False


def _concerned(file: FileContext, call: Node, node: Node, key: str) -> Iterator[OptionalRelation]:
    """The relations with that key of the models around whose queries something stands."""
    relations = file.facts.optional_by_key(key)
    around = [each for each in ancestors(node) if call.start_byte < each.start_byte]
    named = {key_of(each) for each in around if each.type in {"pair", "method_definition"}}
    if callee(call)[1] != _USE and _QUERY not in named:
        return
    accessors = {client_accessor(each) for each in file.facts.models}
    asked = {name for each in around if each.type in _ASKING for name in _models_in(file, each)}
    for each in relations:
        is_of_it = client_accessor(each.model) in named or named.isdisjoint(accessors)
        if is_of_it and (not asked or each.model in asked):
            yield each


def _models_in(file: FileContext, asking: Node) -> Iterator[str]:
    """The models that a condition names: `if (params.model === "Book")`."""
    condition = asking.child_by_field_name("condition") or asking.child_by_field_name("value")
    texts = descendants(condition, "string") if condition is not None else ()
    yield from (name for each in texts if (name := string_value(each)) in file.facts.models)
