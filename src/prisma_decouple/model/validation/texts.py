"""Texts that stand for values of other types.

For each type, about a hundred were tried in a default against Prisma's validator.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from datetime import datetime
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

_INSTANT = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt ]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)"
)
_DECIMAL = re.compile(r"[+-]?(?=[\d.])[\d_]*\.?\d*(?:[eE][+-]?\d+)?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_DEPTH = 127


def _is_base64(text: str) -> bool:
    try:
        # The bits that are left over in the last character must be zero.
        return base64.b64encode(base64.b64decode(text, validate=True)).decode() == text
    except (binascii.Error, ValueError):
        return False


def _is_instant(text: str) -> bool:
    match = _INSTANT.fullmatch(text)
    if not match:
        return False
    try:
        datetime(int(match[1]) or 4, int(match[2]), int(match[3]))  # noqa: DTZ001 - only the calendar is asked
    except ValueError:
        return False
    return True


def _is_decimal(text: str) -> bool:
    return text != "." and _DECIMAL.fullmatch(text) is not None and any(map(str.isdigit, text))


def _is_json(text: str) -> bool:
    """Whether a text is JSON for Prisma.

    Asked of Prisma 6.19.3: no number beyond a double, no half of a surrogate pair, no more than 127 levels; otherwise
    as the standard has it, and so does Python.
    """
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_number, parse_int=_number)
    except (ValueError, RecursionError):
        return False
    return _is_readable(value)


def _refuse(text: str) -> NoReturn:
    raise ValueError(text)


def _number(digits: str) -> float:
    value = float(digits)
    return value if math.isfinite(value) else _refuse(digits)


def _is_readable(value: object) -> bool:
    """Whether a value is neither too deep nor has half a surrogate pair in a text."""
    level = [value]
    for _ in range(_DEPTH + 1):
        texts = [each for each in level if isinstance(each, str)]
        texts += [key for each in level if isinstance(each, dict) for key in each]
        if any(map(_SURROGATE.search, texts)):
            return False
        groups = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)]
        if not groups:
            return True
        level = [each for group in groups for each in group]
    return False


TESTS: dict[str, Callable[[str], bool]] = {
    "Bytes": _is_base64,
    "DateTime": _is_instant,
    "Decimal": _is_decimal,
    "Json": _is_json,
}
"""For each type whose values may be written as a string, whether a text is one of them."""
