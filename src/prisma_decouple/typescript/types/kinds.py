"""Of which of TypeScript's plain types a value is, and which of them a field of the schema takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import ARITHMETIC
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import binding_of
from prisma_decouple.typescript.source.syntax import NOTHING, callee, cast_of, last_name, text_of, unwrapped
from prisma_decouple.typescript.source.vocabulary import DECIMAL
from prisma_decouple.typescript.types.retyped import field_behind
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.expressions import Types

JSON = "Prisma.JsonValue"
LIST = "list"
_DEPTH = 3
_TEXT = "string"
# What can be calculated with.
NUMBERS = frozenset({"bigint", "number", DECIMAL})
PRIMITIVES = frozenset({"bigint", "boolean", "number", "string", "Date"})
_BYTES = "Uint8Array"
_KNOWN = PRIMITIVES | {_BYTES, DECIMAL}
_SAME = {
    "Buffer": _BYTES,
    "Decimal": DECIMAL,
    **dict.fromkeys(
        (f"Prisma.{way}Json{part}" for way in ("", "Input") for part in ("Array", "Object", "Value")), JSON
    ),
}
_OF_JSON = frozenset({"Date", "boolean", "number", "string", LIST})  # a date goes in as a text
# What a field of the client takes besides values of its own type (Prisma's reference, "Working with scalar types").
_TAKEN = {
    "bigint": frozenset({"number"}),
    "Date": frozenset({"string"}),
    DECIMAL: frozenset({"number", "string"}),
}
_OBJECT_TYPES = frozenset({"array_type", "object_type", "tuple_type"})
_OBJECT_GENERICS = frozenset({"Array", "Map", "Record", "Set"})
_LITERALS = {
    "array": LIST,
    "false": "boolean",
    "number": "number",
    "string": "string",
    "template_string": "string",
    "true": "boolean",
}
_COUNTS = frozenset({"bigint", "number"})
_COMPARISONS = frozenset({"==", "===", "!=", "!==", "<", "<=", ">", ">=", "in", "instanceof"})
_MADE = {"Date": "Date", "Decimal": DECIMAL, DECIMAL: DECIMAL}
_GIVEN = {
    "BigInt": "bigint",
    "Boolean": "boolean",
    "Number": "number",
    "String": "string",
    **dict.fromkeys(("Date.now", "Number.parseFloat", "Number.parseInt", "parseFloat", "parseInt"), "number"),
    **dict.fromkeys(("crypto.randomUUID", "randomUUID"), "string"),
}
_TEXT_METHODS = frozenset(
    {
        *("charAt", "padEnd", "padStart", "substring", "toLowerCase", "toString", "toUpperCase", "trim"),
        *("toDateString", "toFixed", "toISOString", "toLocaleDateString", "toLocaleString", "toLocaleTimeString"),
    }
)


def kinds_of(types: Types, value: Node) -> frozenset[str]:
    """The plain types that a value can have besides null, or that it is a list; empty when that is not known.

    Args:
        types: of the value's file.
        value: the expression.
    """
    cast = cast_of(value)
    if cast is None:
        return _kinds_of(types, unwrapped(value), _DEPTH)
    found = types.read(cast)
    return kinds_in(found) if found is not None else frozenset()


def _kinds_of(types: Types, value: Node, depth: int) -> frozenset[str]:
    if value.type == "number" and text_of(value).endswith("n"):
        return frozenset({"bigint"})
    if value.type in _LITERALS:
        return frozenset({_LITERALS[value.type]})
    if kinds := _of_operation(types, value, depth):
        return kinds
    if value.type == "new_expression":
        made = _MADE.get(text_of(value.child_by_field_name("constructor")), "")
        return frozenset({made}) if made else frozenset()
    if value.type == "call_expression" and (given := _given_by(value)):
        return frozenset({given})
    found = types.of(value)
    return kinds_in(found) if found is not None else _of_field(types, value) or _of_variable(types, value, depth)


def _of_operation(types: Types, value: Node, depth: int) -> frozenset[str]:
    """The type of what is compared, calculated or counted."""
    operator = text_of(value.child_by_field_name("operator"))
    if (value.type == "unary_expression" and operator == "!") or operator in _COMPARISONS:
        return frozenset({"boolean"})
    if value.type == "binary_expression" and operator in ARITHMETIC | {"+"}:
        return _calculated(types, value, operator, depth)
    is_count = last_name(value) == "length" and _is_counted(types, value)
    return frozenset({"number"}) if is_count else frozenset()


def _calculated(types: Types, value: Node, operator: str, depth: int) -> frozenset[str]:
    """What is calculated: a text where one is added to something, else numbers of the sort that goes in."""
    sides = (value.child_by_field_name("left"), value.child_by_field_name("right"))
    kinds = [_kinds_of(types, unwrapped(each), depth) for each in sides if each is not None]
    known = frozenset[str]().union(*kinds)
    if operator == "+":
        is_text = any(each and all(plain(kind) == _TEXT for kind in each) for each in kinds)
        if is_text:
            return frozenset({_TEXT})
        return known if all(kinds) and len(known) == 1 and known <= _COUNTS else frozenset()
    return known & _COUNTS if len(known & _COUNTS) == 1 else frozenset()


def _is_counted(types: Types, read: Node) -> bool:
    """Whether `length` is read of a list or of a text, and not of something that has a field of that name."""
    owner = read.child_by_field_name("object")
    found = types.of(owner) if owner is not None else None
    return found is not None and (found.is_list or kinds_in(found) == {_TEXT})


def _of_variable(types: Types, value: Node, depth: int) -> frozenset[str]:
    """The type of what a variable, or a parameter that may be left out, is given first, where it says no other."""
    binding = binding_of(value)
    given = binding.child_by_field_name("value") if binding is not None else None
    is_plain = (
        binding is not None and binding.child_by_field_name("type") is None and pattern_of(binding).type == "identifier"
    )
    return _kinds_of(types, unwrapped(given), depth - 1) if given is not None and is_plain and depth else frozenset()


def _of_field(types: Types, value: Node) -> frozenset[str]:
    """The type of the field of a record that an expression is the value of."""
    field = field_behind(types.file, value)
    column = types.file.facts.column_of(*field) if field is not None else None
    if column is None:
        return frozenset()
    return frozenset({LIST if column.is_list else column.scalar_type})


def _given_by(call: Node) -> str:
    """What JavaScript's own functions give."""
    receiver, method = callee(call)
    given = _GIVEN.get(text_of(call.child_by_field_name("function")), "")
    return given or ("string" if receiver is not None and method in _TEXT_METHODS else "")


def kinds_in(found: Type) -> frozenset[str]:
    """The plain types of which a type is made, null apart, and texts as they are; empty when of others as well."""
    if found.what is not What.VALUE:
        return frozenset()
    if found.is_list:
        return frozenset({LIST})
    parts = {part.strip() for part in written_type(found).split("|")} - NOTHING - {""}
    kinds = frozenset(_SAME.get(part, part) for part in parts)
    return kinds if all(each in _KNOWN or each == JSON or _is_quoted(each) for each in kinds) else frozenset()


def misfit(found: Type, wanted: str) -> frozenset[str]:
    """The plain types that a value can have and a field of the schema does not take; empty when that is not known."""
    known = frozenset() if LIST in kinds_in(found) else kinds_in(found)
    return frozenset(plain(each) for each in known if not takes(wanted, each, is_column=True))


def plain(kind: str) -> str:
    """The plain type of a text that is one of a type's."""
    return _TEXT if _is_quoted(kind) else kind


def _is_quoted(kind: str) -> bool:
    return len(kind) > 1 and kind[0] in "\"'" and kind[0] == kind[-1]


def written_type(wanted: Type) -> str:
    """The type that a place wants, as it is written, or of the field of a query."""
    if wanted.what is not What.VALUE:
        return ""
    listed = "[]" if wanted.is_list else ""
    return (text_of(wanted.place.node) if wanted.place is not None else wanted.primitive or wanted.field) + listed


def takes(wanted: str, given: str, *, is_column: bool) -> bool:
    """Whether something takes values of a type.

    Args:
        wanted: the type of a field's values.
        given: that of the values which are given.
        is_column: whether they go to the database, which takes more than it gives.
    """
    if _is_quoted(wanted):
        return is_text(plain(given))
    if _is_quoted(given):
        return is_enum(wanted) or takes(wanted, _TEXT, is_column=is_column)
    if wanted == given or (wanted == _TEXT and is_enum(given)) or (given == LIST and wanted.endswith("[]")):
        return True
    if wanted == JSON and (given in _OF_JSON or is_enum(given)):
        return True
    return is_column and given in _TAKEN.get(wanted, frozenset())


def is_enum(kind: str) -> bool:
    """Whether the values of a type of fields are those of an enum: they are texts."""
    return kind not in _KNOWN | {JSON, LIST} and not kind.endswith("[]")


def is_text(kind: str) -> bool:
    """Whether a field holds texts, any or those of an enum."""
    return kind == _TEXT or is_enum(kind)


def is_outdated(before: str, after: str, *, is_column: bool) -> bool:
    """Whether nothing that was fit for a field can be fit for it now, whatever it is.

    Args:
        before: the type of its values before.
        after: the same now.
        is_column: whether they go to the database, which takes more than it gives.
    """
    if is_enum(before):
        return after in _KNOWN - {_TEXT} or after.endswith("[]")  # the values of an enum are texts
    fit = {LIST if before.endswith("[]") else before} | (_TAKEN.get(before, frozenset()) if is_column else frozenset())
    return before != JSON and not any(takes(after, each, is_column=is_column) for each in fit)


def is_object_type(file: FileContext, written: Node) -> bool:
    """Whether a written type is one of objects or lists.

    Args:
        file: the file that says it.
        written: the type, no union.
    """
    if written.type in _OBJECT_TYPES:
        return True
    if written.type == "generic_type":
        return text_of(written.child_by_field_name("name")) in _OBJECT_GENERICS
    found = file.types.read(written)
    return found is not None and found.what in {What.SHAPE, What.RECORD} and not found.parameter
