"""Defaults: whether the value or the function fits the field.

For each type, about a hundred values were tried with and without `[]` against Prisma's validator.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from prisma_decouple.model.spelling import string
from prisma_decouple.model.validation.expressions import items_of, kind_of, spelled, whole_number
from prisma_decouple.model.validation.registry import check
from prisma_decouple.model.validation.table import once_per_table
from prisma_decouple.syntax.nodes import Array, Atom, Call

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prisma_decouple.model.validation.entries import FieldEntry
    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table
    from prisma_decouple.syntax.nodes import Attribute, Expression

_FUNCTION_TYPES: dict[str, tuple[str, ...]] = {
    "autoincrement": ("Int", "BigInt"),
    "cuid": ("String",),
    "uuid": ("String",),
    "ulid": ("String",),
    "nanoid": ("String",),
    "now": ("DateTime",),
}


def _no_argument(values: list[Expression]) -> bool:
    return not values


def _one_of(*allowed: str) -> Callable[[list[Expression]], bool]:
    return lambda values: not values or (len(values) == 1 and spelled(values[0]) in allowed)


def _nanoid(values: list[Expression]) -> bool:
    length = whole_number(values[0]) if values else 21
    return len(values) <= 1 and length is not None and 2 <= length <= 255  # noqa: PLR2004 - as measured


def _expression(values: list[Expression]) -> bool:
    return not values or (len(values) == 1 and bool(string(values[0])))


_FUNCTION_ARGUMENTS: dict[str, Callable[[list[Expression]], bool]] = {
    "autoincrement": _no_argument,
    "now": _no_argument,
    "auto": _no_argument,
    "ulid": _no_argument,
    "cuid": _one_of("1", "2"),
    "uuid": _one_of("4", "7"),
    "nanoid": _nanoid,
    "dbgenerated": _expression,
}
_NOT_IN_COMPOSITES = frozenset({"autoincrement", "auto", "sequence", "dbgenerated", "nanoid"})
_SEQUENCE_NUMBERS = {"start", "cache", "increment", "minValue", "maxValue"}


def _is_integer(value: Expression) -> bool:
    number = whole_number(value)
    return number is not None and -(2**63) <= number < 2**63


def _literal_fits(type_name: str, value: Expression) -> bool:
    """Whether a literal is one of a scalar type."""
    kind, text = kind_of(value), spelled(value)
    if type_name in {"Int", "BigInt"}:
        return _is_integer(value)
    if type_name == "Float":
        return kind == "number"
    if type_name == "Boolean":
        return text in {"true", "false"}
    if type_name == "Decimal" and kind == "number":
        return True
    return kind == "string" and (type_name == "String" or _text_fits(type_name, string(value) or ""))


def _text_fits(type_name: str, text: str) -> bool:
    """Whether a text is the value of a scalar type."""
    from prisma_decouple.model.validation.texts import TESTS  # noqa: PLC0415 - most defaults are no such texts

    return type_name not in TESTS or TESTS[type_name](text)


@once_per_table
def _with_default(table: Table) -> list[tuple[FieldEntry, Expression]]:
    return [
        (entry, value)
        for entry in (*table.fields_with("default"), *table.type_fields_with("default"))
        if entry.is_scalar and (value := entry.attributes["default"].get("value", 0)) is not None
    ]


def _calling(table: Table, function: str) -> Iterator[tuple[FieldEntry, Call]]:
    """The fields whose default is a function, and its call."""
    for entry, value in _with_default(table):
        if isinstance(value, Call) and value.name == function:
            yield entry, value


@once_per_table
def _named(table: Table) -> list[tuple[FieldEntry, Expression, Attribute]]:
    """The fields whose default has a name in the database."""
    return [
        (entry, value, attribute)
        for entry, value in _with_default(table)
        if (attribute := entry.attributes["default"]).get("map") is not None
    ]


@check("V601", "attributes")
def default_functions(table: Table) -> Iterator[Problem]:
    """The function of a default does not exist, does not fit the type or has wrong arguments."""
    for entry, value in _with_default(table):
        if isinstance(value, Call):
            yield from _wrong_function(table, entry, value)


def _wrong_function(table: Table, entry: FieldEntry, call: Call) -> Iterator[Problem]:
    if call.name not in _FUNCTION_ARGUMENTS and not (call.name == "sequence" and table.connector.can("sequences")):
        yield call, f"there is no function `{call.name}` for defaults"
    elif entry.kind != "scalar" and call.name != "dbgenerated":
        yield call, f"`{entry.name}` can have no other function than `dbgenerated`"
    elif entry.type not in _FUNCTION_TYPES.get(call.name, (entry.type,)):
        yield call, f"`{call.name}()` makes {' or '.join(_FUNCTION_TYPES[call.name])}, not {entry.type}"
    elif call.name == "sequence":
        yield from _wrong_sequence(call)
    elif not _FUNCTION_ARGUMENTS[call.name]([item.value for item in items_of(call)]):
        yield call, f"`{call.name}` does not take these arguments"


def _wrong_sequence(call: Call) -> Iterator[Problem]:
    for item in items_of(call):
        if item.name in _SEQUENCE_NUMBERS:
            fits = whole_number(item.value) is not None
        else:
            fits = item.name == "virtual" and spelled(item.value) in {"true", "false"}
        if not fits:
            yield item, f"`sequence` does not take `{str(item).strip()}`"


@check("V602", "attributes")
def default_values(table: Table) -> Iterator[Problem]:
    """The value of a default is not one of the field's type."""
    for entry, value in _with_default(table):
        if isinstance(value, Call):
            continue
        if entry.kind == "unsupported":
            yield value, f"`{entry.name}` can have no other default than `dbgenerated`"
        elif entry.kind == "composite":
            yield value, f"`{entry.name}` is of a composite type and cannot have a default"
        elif entry.node.is_list != isinstance(value, Array):
            yield value, f"the default of `{entry.name}` must {'' if entry.node.is_list else 'not '}be a list"
        else:
            yield from _wrong_values(table, entry, value)


def _wrong_values(table: Table, entry: FieldEntry, value: Expression) -> Iterator[Problem]:
    for each in [item.value for item in value.items] if isinstance(value, Array) else [value]:
        if entry.kind == "enum":
            names = {choice.name for choice in table.blocks[entry.type].values}
            fits = isinstance(each, Atom) and each.text in names
        else:
            fits = not isinstance(each, Call) and _literal_fits(entry.type, each)
        if not fits:
            yield each, f"`{spelled(each)}` is not a value of {entry.type}"


@check("V603", "attributes")
def named_defaults(table: Table) -> Iterator[Problem]:
    """A default has a name that it cannot have."""
    for entry, value, attribute in _named(table):
        if entry.owner.node.keyword == "type":
            yield attribute, "a default in a composite type has no name"
        elif isinstance(value, Call) and value.name == "autoincrement":
            yield attribute, "`autoincrement()` has no name"


@check("V604", "meaning")
def named_defaults_supported(table: Table) -> Iterator[Problem]:
    """The provider has no names for defaults."""
    if not table.connector.can("named-defaults"):
        for _entry, _value, attribute in _named(table):
            yield attribute, f"{table.connector.name or 'a schema without a datasource'} has no names for defaults"


@check("V605", "meaning")
def autoincrement(table: Table) -> Iterator[Problem]:
    """`autoincrement()` stands where the provider cannot have it."""
    able = table.connector.can
    counted = [each for each in _calling(table, "autoincrement") if each[0].owner.node.keyword == "model"]
    times = Counter(entry.owner for entry, _ in counted)
    for entry, node in counted:
        keys = [key for key in entry.owner.keys if key.fields[:1] == (entry,)]
        is_id = any(key.kind == "id" and len(key.parts) == 1 for key in keys)
        if not able("autoincrement"):
            yield node, f"{table.connector.name} has no `autoincrement()`"
        elif times[entry.owner] > 1 and not able("autoincrement-many"):
            yield node, "`autoincrement()` can stand only once in a model"
        elif not able("autoincrement-beside-id") and not is_id:
            yield node, "`autoincrement()` must be the primary key"
        elif not able("autoincrement-without-index") and not keys:
            yield node, "`autoincrement()` needs an index that begins with its field"


@check("V606", "meaning")
def counters_of_cockroachdb(table: Table) -> Iterator[Problem]:
    """`autoincrement()` of CockroachDB stands beside something that is not a BigInt."""
    if table.connector.name == "cockroachdb":
        for entry, value in _calling(table, "autoincrement"):
            if entry.type != "BigInt":
                yield value, "CockroachDB counts only BigInt with `autoincrement()`; `sequence()` counts Int"


@check("V607", "meaning")
def auto_function(table: Table) -> Iterator[Problem]:
    """`auto()` stands where MongoDB does not make an ObjectId."""
    for entry, value in _calling(table, "auto"):
        if not table.connector.can("auto"):
            yield value, "`auto()` belongs to MongoDB"
        elif entry.owner.is_view:
            continue
        elif entry.native_name != "ObjectId":
            yield value, "`auto()` makes an ObjectId; add `@db.ObjectId`"
        elif entry.owner.node.keyword == "type" or "id" not in entry.attributes:
            yield value, "`auto()` belongs to the `@id` field"


@check("V609", "meaning")
def expressions_of_mongodb(table: Table) -> Iterator[Problem]:
    """A default of MongoDB is `dbgenerated()`."""
    if table.connector.name == "mongodb":
        for entry, value in _calling(table, "dbgenerated"):
            if entry.owner.node.keyword == "model":
                yield value, "MongoDB has no `dbgenerated()`; an ObjectId is made by `auto()`"


@check("V608", "attributes")
def functions_in_composites(table: Table) -> Iterator[Problem]:
    """A field of a composite type has a default that only a model can have."""
    for entry, value in _with_default(table):
        if entry.owner.node.keyword == "type" and isinstance(value, Call) and value.name in _NOT_IN_COMPOSITES:
            yield value, f"`{value.name}()` cannot stand in a composite type"
