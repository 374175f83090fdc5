"""What a schema of TypeBox lets through, of `Type.Object({ id: Type.Integer() })` an object with such an `id`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.kept_literals import literal_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import call_arguments, callee, string_value
from prisma_decouple.typescript.types.libraries.validators import OBJECT, let_through, members_said, schema_of
from prisma_decouple.typescript.types.typed import UNSEEN, Type, What, omittable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

_MODULES = frozenset({"@sinclair/typebox", "elysia", "typebox"})
_NULL = Type(What.VALUE, is_nullable=True, nothing=frozenset({"null"}), primitive="null")
_PLAIN = {
    **dict.fromkeys(("Integer", "Number"), Type(What.VALUE, primitive="number")),
    **dict.fromkeys(("RegExp", "String", "TemplateLiteral"), Type(What.VALUE, primitive="string")),
    **dict.fromkeys(("BigInt", "Boolean", "Date", "Enum", "Literal"), Type(What.VALUE)),
    "Null": _NULL,
}
_MERGES = frozenset({"Composite", "Intersect"})


def is_typebox(module: str) -> bool:
    """Whether a module is TypeBox, or hands it on."""
    return module in _MODULES


def of_typebox(types: Types, call: Node, depth: int) -> Type | None:
    """The schema that a call makes; None for any other call.

    Args:
        types: of the file.
        call: the call.
        depth: how far declarations are followed.
    """
    receiver, method = callee(call)
    if receiver is None or receiver.type != "identifier":
        return None
    found = types.file.project.foreign(types.file, receiver)
    if found is None or not is_typebox(found.module):
        return None
    made = _made(types, call, method, depth)
    if made is not None and made.what is What.BOX and made.said_by is None:
        made = replace(made, said_by=Place(types.file, call))
    return schema_of(made) if made is not None else None


def _made(types: Types, call: Node, method: str, depth: int) -> Type | None:
    if method in _PLAIN:
        return _PLAIN[method]
    if method == "Unsafe":
        return _written(types, call, depth)
    values = call_arguments(call)
    if not values:
        return None
    if method == "Object" and (literal := literal_of(values[0])) is not None:
        return Type(What.BOX, bound=members_said(types, literal, depth), field=OBJECT)
    if method in _MERGES | {"Union"}:
        parts = list(_parts(types, values[0], depth))
        return _merged(parts) if method in _MERGES else _either(parts)
    inner = let_through(types.of(values[0], depth - 1))
    return _changed(inner, method, values) if inner is not None else None


def _changed(inner: Type, method: str, values: list[Node]) -> Type | None:
    names = {string_value(each) for each in (values[1].named_children if len(values) > 1 else ())}
    bound = {
        "Omit": tuple(each for each in inner.bound if each[0] not in names),
        "Partial": tuple((name, omittable(each)) for name, each in inner.bound),
        "Pick": tuple(each for each in inner.bound if each[0] in names),
    }
    if method in bound:
        return replace(inner, bound=bound[method], said_by=None) if inner.field == OBJECT else None
    if method == "Array":
        return replace(inner, is_list=True)
    if method == "Optional":
        return omittable(inner)
    return inner if method in {"Readonly", "Required"} else None


def _written(types: Types, call: Node, depth: int) -> Type:
    """What `Type.Unsafe<Date>(...)` is told."""
    given = call.child_by_field_name("type_arguments")
    found = types.read(given.named_children[0], depth - 1) if given is not None and given.named_children else None
    return found or UNSEEN


def _parts(types: Types, listed: Node, depth: int) -> Iterator[Type]:
    for value in listed.named_children if listed.type == "array" else ():
        yield let_through(types.of(value, depth - 1)) or UNSEEN


def _merged(parts: list[Type]) -> Type | None:
    """What is all of its parts; None when one of them is not seen."""
    if not parts or any(each.field != OBJECT for each in parts):
        return None
    return Type(What.BOX, bound=tuple(member for each in parts for member in each.bound), field=OBJECT)


def _either(parts: list[Type]) -> Type:
    """What is one of its parts."""
    others = [each for each in parts if each != _NULL]
    found = others[0] if len(others) == 1 else Type(What.VALUE)
    nothing = frozenset(each for part in parts for each in part.nothing)
    return replace(found, is_nullable=any(each.is_nullable for each in parts), nothing=nothing)
