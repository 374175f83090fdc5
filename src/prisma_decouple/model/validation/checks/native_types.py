"""Native types: `@db.VarChar(255)`.

The names, arguments and scalar types are measured (`native_tables`). The ranges of the arguments were asked of Prisma
as well, at their edges.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.validation.expressions import items_of, spelled, whole_number
from prisma_decouple.model.validation.native_tables import NATIVE_TYPES, RANGES, SCALE_LIMITS, Range
from prisma_decouple.model.validation.registry import check
from prisma_decouple.model.validation.table import once_per_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.entries import FieldEntry
    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table
    from prisma_decouple.syntax.nodes import Attribute


@once_per_table
def _uses(table: Table) -> list[tuple[FieldEntry, Attribute, str]]:
    return [
        (entry, entry.native, entry.native_name or "")
        for container in (*table.containers, *table.types)
        for entry in container.fields
        if entry.native is not None
    ]


@check("V501", "attributes")
def native_prefix(table: Table) -> Iterator[Problem]:
    """The word before the dot is not the name of the datasource."""
    if table.datasource is not None:
        for _entry, attribute, _name in _uses(table):
            if attribute.name.partition(".")[0] != table.datasource.name:
                yield attribute, f"a native type begins with the name of the datasource: `@{table.datasource.name}.`"


@check("V502", "attributes")
def unknown_native_types(table: Table) -> Iterator[Problem]:
    """The provider does not have the native type."""
    known = NATIVE_TYPES.get(table.connector.name, {})
    for _entry, attribute, name in _uses(table):
        if name not in known:
            yield attribute, f"{table.connector.name or 'a schema without a datasource'} has no native type `{name}`"


@check("V503", "attributes")
def native_type_of_other_type(table: Table) -> Iterator[Problem]:
    """The native type cannot store the field's type."""
    known = NATIVE_TYPES.get(table.connector.name, {})
    for entry, attribute, name in _uses(table):
        if name in known and entry.type not in known[name].scalars:
            yield attribute, f"`{name}` stores {' or '.join(known[name].scalars)}, not {entry.type}"


@check("V504", "attributes")
def native_type_arguments(table: Table) -> Iterator[Problem]:
    """The native type has too few or too many arguments, or one that is not a whole number."""
    known = NATIVE_TYPES.get(table.connector.name, {})
    for _entry, attribute, name in _uses(table):
        items = items_of(attribute)
        if name not in known:
            continue
        low, high = known[name].required, known[name].required + known[name].optional
        if not low <= len(items) <= high or (name in SCALE_LIMITS and len(items) == 1):
            yield attribute, f"`{name}` has {low if low == high else f'{low} to {high}'} arguments, not {len(items)}"
        for item in items:
            text, number = spelled(item.value), whole_number(item.value)
            limits = _range(table, name, 0)
            is_number = number is not None and number >= 0
            if not is_number and not (limits and limits.allows_max and text.lower() == "max"):
                yield item, f"`{text}` is not a whole number"


def _range(table: Table, name: str, at: int) -> Range | None:
    ranges = RANGES.get(table.connector.name, {}).get(name, ())
    return ranges[at] if at < len(ranges) else None


@check("V505", "meaning")
def native_type_ranges(table: Table) -> Iterator[Problem]:
    """An argument of a native type is too small or too large."""
    for entry, attribute, name in _uses(table):
        numbers: list[int] = []
        for at, item in enumerate(items_of(attribute)):
            number = whole_number(item.value)
            limits = _range(table, name, at)
            if number is not None and number >= 0:
                numbers.append(number)
                if limits and not limits.low <= number <= limits.high:
                    yield item, f"the argument of `{name}` must be from {limits.low} to {limits.high}"
        if name in SCALE_LIMITS and numbers[1:] and numbers[1] > numbers[0]:
            yield attribute, f"the scale of `{name}` is larger than its precision"
        if table.connector.name == "mysql" and name == "Bit" and entry.type == "Boolean" and numbers not in ([1], []):
            yield attribute, "only `Bit(1)` stores a Boolean"
