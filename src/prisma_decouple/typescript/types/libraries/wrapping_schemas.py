"""What a schema of valibot or superstruct lets through, where functions do it all: `v.nullable(v.number())`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.kept_literals import literal_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import call_arguments, callee, children_of, string_value
from prisma_decouple.typescript.types.libraries.validators import (
    OBJECT,
    given_to_schema,
    let_through,
    members_said,
    question_behind,
    schema_of,
)
from prisma_decouple.typescript.types.typed import Type, What, omittable

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

# By the library, what is asked with a schema, and the place of that among what is given.
_ASKS = {
    "superstruct": dict.fromkeys(("create", "mask"), 1),
    "valibot": dict.fromkeys(("parse", "parseAsync", "safeParse", "safeParseAsync"), 0),
}
_SAID = "output"
_SAFE = frozenset({"safeParse", "safeParseAsync"})
_VALUES = {
    **dict.fromkeys(("bigint", "integer", "number"), "number"),
    "string": "string",
    **dict.fromkeys(("boolean", "date", "enum", "enum_", "enums", "literal", "picklist"), ""),
}
_OBJECTS = frozenset({"looseObject", "object", "strictObject", "type"})
# What lets the same through as the schema that it is given first, as far as nothing is said of another value.
_THE_SAME = frozenset({"brand", "defaulted", "fallback", "max", "min", "nonempty", "pattern", "pipe", "refine", "size"})
_CHANGES = frozenset({"rawTransform", "toBigint", "toDate", "toNumber", "toString", "transform"})
_OPTIONAL = frozenset({"exactOptional", "optional", "undefinedable"})


def of_wrapping_schema(types: Types, call: Node, depth: int) -> Type | None:
    """The schema that a call makes, or what it lets through when the call asks it; None for any other call.

    Args:
        types: of the file.
        call: the call.
        depth: how far declarations are followed.
    """
    word, library = _called(types, call)
    values = call_arguments(call)
    if not library or not values:
        return schema_of(Type(What.VALUE, primitive=_VALUES[word])) if library and word in _VALUES else None
    place = _ASKS[library].get(word)
    if place is not None:
        inner = let_through(types.of(values[place], depth - 1)) if place < len(values) else None
        is_safe = inner is not None and word in _SAFE
        return Type(What.BOX, bound=((_SAID, omittable(inner)),)) if inner is not None and is_safe else inner
    made = _made(types, values, word, depth)
    if made is not None and made.field == OBJECT and made.said_by is None and not made.is_list:
        made = replace(made, said_by=Place(types.file, call))
    return schema_of(made) if made is not None else None


def asked_about(types: Types, value: Node) -> Node | None:
    """What a schema was asked about, of a value that it has let through: of `schema.parse(body)` the `body`.

    So it is of `checked.data`, where that is what `schema.safeParse(body)` says, and of `v.parse(schema, body)`.
    """
    call, is_safe = question_behind(types, value, _SAID)
    word, library = _called(types, call) if call.type == "call_expression" else ("", "")
    values = call_arguments(call) if library else []
    is_asked = len(values) > 1 and word in _ASKS[library] and (word in _SAFE) == is_safe
    return values[1 - _ASKS[library][word]] if is_asked else given_to_schema(types, value)


def _called(types: Types, call: Node) -> tuple[str, str]:
    """What is called, by its name in the library, and the library; empty for anything else."""
    receiver, method = callee(call)
    start = receiver if receiver is not None else call.child_by_field_name("function")
    found = types.file.project.foreign(types.file, start) if start is not None and start.type == "identifier" else None
    if found is None or found.module not in _ASKS:
        return "", ""
    return (method if receiver is not None else found.name), found.module


def _made(types: Types, values: list[Node], word: str, depth: int) -> Type | None:
    if word in _VALUES:
        return Type(What.VALUE, primitive=_VALUES[word])
    if word in _OBJECTS and (literal := literal_of(values[0])) is not None:
        return Type(What.BOX, bound=members_said(types, literal, depth), field=OBJECT)
    inner = let_through(types.of(values[0], depth - 1))
    if inner is None:
        return None
    if word in _THE_SAME:
        return (
            None if any(callee(each)[1] in _CHANGES for each in values[1:] if each.type == "call_expression") else inner
        )
    return _changed(inner, word, values)


def _changed(inner: Type, word: str, values: list[Node]) -> Type | None:
    names = {string_value(each) for each in (children_of(values[1]) if len(values) > 1 else ())}
    bound = {
        "omit": tuple(each for each in inner.bound if each[0] not in names),
        "partial": tuple((name, omittable(each) if not names or name in names else each) for name, each in inner.bound),
        "pick": tuple(each for each in inner.bound if each[0] in names),
    }
    if word in bound:
        return replace(inner, bound=bound[word], said_by=None) if inner.field == OBJECT else None
    if word == "array":
        return replace(inner, is_list=True)
    if word == "nullable":
        return replace(inner, is_nullable=True, nothing=inner.nothing | {"null"})
    if word == "nullish":
        return replace(inner, is_nullable=True, nothing=frozenset())
    return omittable(inner) if word in _OPTIONAL else None
