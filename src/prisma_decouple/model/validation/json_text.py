"""What Prisma's library reads as JSON.

Asked of Prisma 6.19.3: no number beyond a double, no half of a surrogate pair, no more than 127 levels; otherwise as
the standard has it, and so does Python.
"""

from __future__ import annotations

import json
import math
import re
from typing import NoReturn

_SURROGATE = re.compile("[\ud800-\udfff]")
_DEPTH = 127


def is_json(text: str) -> bool:
    """Whether a text is JSON for Prisma."""
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
