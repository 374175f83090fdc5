"""Null let in by a schema, as its library writes it: `z.number().nullable()`, `v.nullable(v.number())`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.imports import Import
from prisma_decouple.typescript.source.syntax import callee
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.libraries.schema_libraries import ARKTYPE, YUP, ZOD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.libraries.schema_libraries import Library, Schema

_OWN = re.compile(r"\{own\}(\w+)")


def null_let_in(file: FileContext, value: Node, schema: Schema | None) -> tuple[list[Edit] | None, list[Import]]:
    """The edits that let null in, None where they are not known, and what has to be imported for them.

    Args:
        file: the file.
        value: what stands for the schema: itself, or the constant that holds it.
        schema: what it is made with; None for what a generator has made for zod.
    """
    library = schema.library if schema is not None else ZOD
    own, module, path = (schema.own, schema.module, schema.path) if schema is not None else ("", "", "")
    words = _OWN.findall(library.null)
    is_at_hand = path == file.source.path and (bool(own) or (len(words) == 1 and bool(module)))
    is_known = bool(library.null) and (is_at_hand or not words)
    if not is_known or value.type == "shorthand_property_identifier":
        return None, []
    lacking = [] if own else [each for each in words if each not in file.imported]
    return _edits(value, library, own), [Import(each, module) for each in lacking]


def _edits(value: Node, library: Library, own: str) -> list[Edit]:
    start, end = value.start_byte, value.end_byte
    if library is ARKTYPE and value.type == "string":
        return [Edit(end - 1, end - 1, " | null")]
    before, _, after = library.null.replace("{own}", own).partition("{schema}")
    if library is not YUP:
        return [*([Edit(start, start, before)] if before else []), Edit(end, end, after)]
    return [*_no_more_required(value), *([] if _is_nullable(value) else [Edit(end, end, after)])]


def _no_more_required(value: Node) -> Iterator[Edit]:
    """Without the `required` of yup, which refuses null as well, even behind `nullable` or, once, before it."""
    for receiver, call in _chain(value):
        if callee(call)[1] in YUP.refuses:
            yield Edit(receiver.end_byte, call.end_byte, "")


def _is_nullable(value: Node) -> bool:
    return any(callee(call)[1] == "nullable" for _, call in _chain(value))


def _chain(value: Node) -> Iterator[tuple[Node, Node]]:
    """The calls of a chain, each with what it is a method of."""
    call: Node | None = value
    while call is not None and call.type == "call_expression":
        receiver = callee(call)[0]
        if receiver is not None:
            yield receiver, call
        call = receiver
