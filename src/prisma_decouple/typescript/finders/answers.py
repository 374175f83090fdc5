"""Answers to other programs: what may be null in them is told by no type on the other side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.syntax import call_arguments, callee, text_of, unwrapped
from prisma_decouple.typescript.types.endpoints import answers as routed_answers
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.properties import is_loaded, loaded_options, property_of
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import excerpt, name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 5
# What is answered with in Express, Fastify, Hono, Koa and Next.js, and the objects that the standard has for it.
_ANSWERS = re.compile(
    r"(?:(?:^|\.)(?:c|ctx|context|rep|reply|res|response)(?:\.\w+\([^()]*\))*\.(?:json|jsonp|send)"
    r"|(?:^|\.)(?:Next)?Response\.json)$"
)


def find_answers(file: FileContext) -> None:
    """Note where a record is sent away that has something which may be null now, once for each kind of record.

    Args:
        file: the file; its findings are filled.
    """
    told: set[tuple[str, ...]] = set()
    routed = {each.value.id for each in routed_answers(file)}  # what a route says is told there
    for call in file.source.nodes("call_expression"):
        arguments = call_arguments(call)
        if (
            callee(call)[0] is None
            or not arguments
            or arguments[0].id in routed
            or not _ANSWERS.search(text_of(call.child_by_field_name("function")))
        ):
            continue
        for value in _sent(arguments[0]):
            found = file.types.of(value) if expected(file, value) is None else None  # what has a type is told there
            for model, names in _carried(file, found, _DEPTH) if found is not None else ():
                if (model, *names) not in told:
                    told.add((model, *names))
                    is_or_are = "is" if len(names) == 1 else "are"
                    why = (
                        f"`{excerpt(text_of(value))}` is sent away with {name_list(names)} of {with_article(model)}, "
                        f"which may be null now; look who {is_or_are} waiting for it there."
                    )
                    file.hint(value, Kind.FLOW, Confidence.UNSURE, why)


def _sent(value: Node) -> Iterator[Node]:
    """A value, or those of the literal that it is."""
    node = unwrapped(value)
    if node.type != "object":
        yield node
        return
    yield from (unwrapped(each) for _, each in properties(node))


def _carried(file: FileContext, found: Type, depth: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The records in a value, each model with its fields that may be null now and are there."""
    if found.what is not What.RECORD or not depth:
        return
    names = tuple(name for name in file.facts.nullable_names(found.model) if _is_there(file, found, name))
    if names:
        yield found.model, names
    for relation in (each for each in file.facts.relations if each.model == found.model):
        if loaded_options(found.place, relation.name) is not None:
            inner = property_of(file.facts, found, relation.name, depth)
            if inner is not None:
                yield from _carried(file, inner, depth - 1)


def _is_there(file: FileContext, record: Type, name: str) -> bool:
    """Whether a field is loaded: a relation only when the query says so."""
    if file.facts.relation_of(record.model, name) is not None:
        return record.has(name) and loaded_options(record.place, name) is not None
    return record.has(name) and is_loaded(record.place, name)
