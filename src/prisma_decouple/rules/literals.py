"""Values that are written in a rule file, and whether a field can hold them."""

from __future__ import annotations

import json
import re
import uuid
from datetime import datetime, timedelta, timezone
from math import isfinite
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from prisma_decouple.model.datamodel import ScalarField

Literals: TypeAlias = str | int | float | bool

_BITS = {"Int": 31, "BigInt": 63}
_SMALLER = {"SmallInt": 15}
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_EXPONENT = re.compile(r"[+-]?\d+(\.\d+)?[eE][+-]?\d+")
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d)?)(\.\d+)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?", re.IGNORECASE
)
_TIMES = {"Time", "Timetz"}


class Misfit(Exception):  # noqa: N818 - it never leaves this package
    """A value that a field cannot hold, and what it can."""


def fitting(scalar: ScalarField, value: Literals) -> Literals:
    """The value as a column of the field takes it; a moment is told in UTC, which is what Prisma stores.

    Raises:
        Misfit: the field cannot hold it. PostgreSQL would stop at most of these, also on an empty table, and cut
            a text.
    """
    check = _CHECKS.get(scalar.type, _text)
    return check(scalar, value)


def _text(scalar: ScalarField, value: Literals) -> str:
    if not isinstance(value, str):
        raise Misfit("put it in quotes")
    native = scalar.native_type
    if native and native.name == "Uuid":
        try:
            uuid.UUID(value)
        except ValueError:
            raise Misfit("a UUID is 32 hexadecimal digits in groups") from None
    if native and native.name in {"VarChar", "Char"} and native.arguments and len(value) > int(native.arguments[0]):
        raise Misfit(f"`{native}` holds {native.arguments[0]} characters, and this has {len(value)}")
    return value


def _integer(scalar: ScalarField, value: Literals) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Misfit("write a whole number, without quotes")
    bits = _SMALLER.get(scalar.native_type.name if scalar.native_type else "", _BITS[scalar.type])
    if not -(2**bits) <= value < 2**bits:
        raise Misfit(f"it holds numbers from {-(2**bits)} to {2**bits - 1}")
    return value


def _number(scalar: ScalarField, value: Literals) -> str | int | float:
    is_exact = scalar.type == "Decimal" and isinstance(value, str) and _NUMBER.fullmatch(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
    if isinstance(value, str) and _EXPONENT.fullmatch(value):
        raise Misfit("in YAML a number with an exponent has a point and a sign: 1.0e+300")
    if not is_exact and not is_number:
        raise Misfit("write a number" + (", in quotes to keep every digit" if scalar.type == "Decimal" else ""))
    return value


def _truth(_scalar: ScalarField, value: Literals) -> bool:
    if not isinstance(value, bool):
        raise Misfit("write true or false, without quotes")
    return value


def _json(_scalar: ScalarField, value: Literals) -> str:
    try:
        if isinstance(value, str):
            json.loads(value)
            return value
    except ValueError:
        pass
    raise Misfit("""write JSON in quotes, as in '{"a": 1}'""")


def _moment(scalar: ScalarField, value: Literals) -> str:
    if isinstance(value, str) and scalar.native_type and scalar.native_type.name in _TIMES:
        return value
    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    try:
        if found is not None:
            day, time, fraction, zone = found.groups()
            moment = datetime.fromisoformat(f"{day}T{time or '00:00'}") - _offset(zone or "Z")
            return f"{moment.isoformat()}{fraction or ''}Z"
    except (ValueError, OverflowError):
        pass
    raise Misfit('write a moment in quotes, as in "2024-01-31T12:00:00Z"')


def _offset(zone: str) -> timedelta:
    """How far a zone such as `+02:00` is ahead of UTC."""
    digits = zone[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) if zone[1:] else timedelta()
    # datetime knows which offsets there are.
    return timezone(-ahead if zone.startswith("-") else ahead).utcoffset(None)


_CHECKS: dict[str, Callable[[ScalarField, Literals], Literals]] = {
    "Int": _integer,
    "BigInt": _integer,
    "Float": _number,
    "Decimal": _number,
    "Boolean": _truth,
    "Json": _json,
    "DateTime": _moment,
}
