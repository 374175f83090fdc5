"""What the functions of a GraphQL schema's fields are handed and have to give, in Pothos.

`t.string({ args: { locale: t.arg.string({ required: true }) }, resolve: (book, { locale }) => ... })`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.syntax import ancestors, call_arguments, callee, key_of, text_of
from prisma_decouple.typescript.types.libraries.exposed import owner_of_fields, says_null
from prisma_decouple.typescript.types.typed import RESULT, Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

# What fields are called that have a function, and what that has to give; nothing is said of what only `type` tells.
_SCALARS = {"boolean": "boolean", "float": "number", "id": "", "int": "number", "string": "string"}
_FIELDS = frozenset({*_SCALARS, "field", "fieldWithInput", "loadable", "loadableList"})
_BY_KEYS = "loadableList"  # gives what a list is loaded by, which is never null
_OF_ROOTS = frozenset(
    f"{root}{what}" for root in ("mutation", "query", "subscription") for what in ("Field", "Fields", "Type")
)
_ARGUMENTS = {"args": "arg", "input": "input"}


def wanted_of_field(file: FileContext, call: Node) -> Type | None:
    """What the options of a field of a GraphQL type want, as far as its function is concerned.

    Args:
        file: the file.
        call: `t.string({ resolve })`.

    Returns:
        None for any other call.
    """
    method = callee(call)[1]
    options = call_arguments(call)[0]
    if method not in _FIELDS or options.type != "object" or property_value(options, "resolve") is None:
        return None
    owner = next((found for each in ancestors(call) if (found := owner_of_fields(file, each)) is not None), None)
    if owner is None and not any(callee(each)[1] in _OF_ROOTS for each in ancestors(call) if _is_call(each)):
        return None
    is_nullable = says_null(options) and method != _BY_KEYS
    handed = [("0", owner), ("1", _handed(options))]
    known = tuple((place, each) for place, each in handed if each is not None)
    result = Type(What.VALUE, is_nullable=is_nullable, primitive=_SCALARS.get(method, ""))
    return Type(What.BOX, bound=(("resolve", Type(What.TAKER, bound=(*known, (RESULT, result)))),))


def _is_call(node: Node) -> bool:
    return node.type == "call_expression"


def _handed(options: Node) -> Type | None:
    """What was asked for with a field: its arguments, and with the plugin for them its input, `{ input: { … } }`."""
    given, inner = property_value(options, "args"), property_value(options, "input")
    told = dict(_told(given, "args")) if given is not None else {}
    if inner is not None and (found := tuple(_told(inner, "input"))):
        told["input"] = Type(What.BOX, bound=found)
    return Type(What.BOX, bound=tuple(told.items())) if told else None


def _told(literal: Node, kind: str) -> Iterator[tuple[str, Type]]:
    """The arguments that say what they are, and whether they have to be given: by default either may be meant."""
    for pair in literal.named_children:
        value = pair.child_by_field_name("value")
        receiver, method = callee(value) if value is not None and _is_call(value) else (None, "")
        if value is None or method not in _SCALARS or not text_of(receiver).endswith(f".{_ARGUMENTS[kind]}"):
            continue
        options = next((each for each in call_arguments(value) if each.type == "object"), None)
        required = text_of(property_value(options, "required")) if options is not None else ""
        if required in {"false", "true"}:
            nothing = frozenset[str]() if required == "true" else frozenset({"null", "undefined"})
            yield key_of(pair), Type(What.VALUE, is_nullable=bool(nothing), nothing=nothing, primitive=_SCALARS[method])
