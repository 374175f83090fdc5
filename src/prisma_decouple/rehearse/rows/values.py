"""What a column of each type may hold: a pool of nasty values, and any number of different ones.

The ranges are those of PostgreSQL's manual, chapter "Data Types", cut to what Prisma Client can write: no NaN, no
infinity, no year before 1 or after 9999.
"""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from prisma_decouple.rehearse.rows.text import array

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from random import Random

    from prisma_decouple.model.database import ColumnType, Database
    from prisma_decouple.model.datamodel import NativeType

STRINGS = (
    "",
    " ",
    "  two  spaces  ",
    "O'Brien",
    'a "quoted" word',
    "back\\slash \\n \\N",
    "tab\tnewline\nreturn\r\n",
    "NULL",
    "null",
    "\\N",
    "0",
    "-1",
    "true",
    "$migration$",
    "%s %(name)s {} {{}}",
    '\'; DROP TABLE "x"; --',
    "/* comment */ -- comment",
    "ÄÖÜ ß Straße",
    "e\u0301 is not \u00e9",
    "\u0130stanbul \u0131",
    "\u0645\u0631\u062d\u0628\u0627 \u202eright to left",
    "日本語 中文 한국어",
    "😀 👩\u200d👩\u200d👧\u200d👦 🏳️\u200d🌈",
    "\U0001d49c\U0001d4c8 \U0002070e",
    "\U0010ffff\uffff",
    "\u200b\ufeff\u00a0",
    "\x01\x1f\x7f",
    "https://example.org/a?b=c#d",
    "a" * 255,
    "long " * 1000,
)
JSONS = (
    "{}",
    "[]",
    "null",
    "true",
    '""',
    "-0.5e-10",
    "12345678901234567890.123456789",
    '{"a": {"b": [1, 2.5, null, true, {"c": "\\ud83d\\ude00"}]}, "": " "}',
    '{"quote": "it\'s \\"so\\"", "back": "\\\\", "line": "\\n\\t"}',
    json.dumps([[[[[[[[[[0]]]]]]]]]]),
    json.dumps({f"key {number}": "x" * 20 for number in range(50)}),
)
MOMENTS = (
    "0001-01-01 00:00:00",
    "1582-10-15 12:00:00",
    "1900-02-28 23:59:59.999",
    "1969-12-31 23:59:59.999",
    "1970-01-01 00:00:00",
    "2000-02-29 12:34:56.789",
    "2024-03-31 02:30:00",
    "2038-01-19 03:14:08",
    "9999-12-31 23:59:59.999",
)
FLOATS = ("0", "-0", "0.1", "1.5", "-2.75", "1e-300", "1e308", "-1.7976931348623157e308", "5e-324", "3.141592653589793")
REALS = ("0", "-0", "0.1", "1.5", "-2.75", "1e-37", "3.4e38", "-3.4e38", "3.1415927")

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_EPOCH = datetime(2001, 1, 1)  # noqa: DTZ001 - a column without a time zone
_DAYS = 2_900_000
_ORDINARY = 150
_LONGEST_LIST = 20_000
# Characters that hold more numbers in base 36 than anybody wants rows.
_ROOMY = 6


@dataclass(frozen=True)
class Domain:
    """What a column may hold.

    Attributes:
        pool: values to choose from; the ordinary ones are in it, too, so that nasty ones are not all there is.
        unique: a value for a number from 0, different for each.
        limit: how many different ones there are, None when there are more than anybody wants.
    """

    pool: tuple[str, ...]
    unique: Callable[[int], str]
    limit: int | None = None


def domain_of(kind: ColumnType, database: Database, rng: Random) -> Domain | None:
    """The domain of a type.

    Args:
        kind: the type.
        database: for the values of enumerated types.
        rng: chooses the ordinary values.

    Returns:
        None for a type of which Prisma knows no more than the name.
    """
    if kind.enum is not None:
        one: Domain | None = _finite(database.enums[kind.enum].values)
    else:
        one = _of_native(kind.native, rng) if kind.native is not None else None
    if one is None or not kind.is_list:
        return one
    lists = [array(rng.choices(one.pool, k=rng.choice((1, 1, 2, 3, 20)))) for _ in range(30)] if one.pool else []
    return Domain(
        ("{}", "{}", *(each for each in lists if len(each) < _LONGEST_LIST)),
        lambda i: array([one.unique(i)]),
        one.limit,
    )


def _of_native(native: NativeType, rng: Random) -> Domain | None:
    sizes = tuple(int(argument) for argument in native.arguments)
    if native.name in _SIZED:
        return _SIZED[native.name](sizes, rng)
    return _PLAIN[native.name](rng) if native.name in _PLAIN else None


def _text(sizes: Sequence[int], rng: Random) -> Domain:
    """Text, perhaps of limited length. What is unique has no upper case, for `citext`."""
    size = sizes[0] if sizes else None
    ordinary = ["".join(rng.choices("abcdefghij klmnopqrstuvwxyz", k=rng.randrange(3, 40))) for _ in range(_ORDINARY)]
    pool = tuple(text[:size] for text in (*STRINGS, *ordinary))
    room = size if size is not None else 100

    def unique(number: int) -> str:
        ending = _base36(number)
        beginning = STRINGS[number % 26] if number % 3 == 0 else ""
        return f"{beginning.strip()[: room - len(ending) - 1]}~{ending}" if room > len(ending) else ending

    # Nothing in front of the number when there is hardly room for it: `~1` and `1` are still different.
    return Domain(pool, unique, None if room > _ROOMY else 36**room)


def _char(sizes: Sequence[int], rng: Random) -> Domain:
    return _text(sizes or (1,), rng)


def _base36(number: int) -> str:
    digits = _DIGITS[number % 36]
    while number := number // 36:
        digits = _DIGITS[number % 36] + digits
    return digits


def _integers(low: int, high: int) -> Callable[[Random], Domain]:
    def domain(rng: Random) -> Domain:
        nasty = (0, 1, -1, 7, low, high, low + 1, high - 1) if low else (0, 1, 7, high, high - 1)
        ordinary = (rng.randrange(1, min(high, 100_000)) for _ in range(_ORDINARY))
        return Domain((*map(str, nasty), *map(str, ordinary)), lambda i: str(i + 1), high - 1)

    return domain


def _decimal(sizes: Sequence[int], rng: Random) -> Domain:
    precision, scale = (*sizes, 0)[:2] if sizes else (65, 30)
    whole = precision - scale
    largest = f"{'9' * whole or '0'}.{'9' * scale}".rstrip(".")
    smallest = f"0.{'0' * (scale - 1)}1" if scale else "0"
    ordinary = (str(rng.randrange(10 ** min(whole, 5))) for _ in range(_ORDINARY))
    pool = ("0", largest, f"-{largest}", smallest, f"-{smallest}", *ordinary)
    return Domain(pool, str, 10**whole)


def _bits(sizes: Sequence[int], rng: Random) -> Domain:
    width = sizes[0] if sizes else 1
    ordinary = (f"{rng.getrandbits(width):0{width}b}" for _ in range(20))
    return Domain(("0" * width, "1" * width, *ordinary), lambda i: f"{i:0{width}b}", 2**width)


def _moments(zone: str) -> Callable[[Sequence[int], Random], Domain]:
    def domain(sizes: Sequence[int], rng: Random) -> Domain:
        del sizes  # PostgreSQL rounds what is more precise
        ordinary = (_moment(rng.randrange(10**9)) for _ in range(_ORDINARY))
        return Domain(tuple(f"{each}{zone}" for each in (*MOMENTS, *ordinary)), lambda i: f"{_moment(i)}{zone}")

    return domain


def _moment(seconds: int) -> str:
    return str(_EPOCH + timedelta(seconds=seconds))


def _times(zone: str) -> Callable[[Sequence[int], Random], Domain]:
    def domain(sizes: Sequence[int], rng: Random) -> Domain:
        del sizes, rng
        pool = ("00:00:00", "23:59:59.999", "12:34:56", "00:00:00.001")
        return Domain(tuple(f"{each}{zone}" for each in pool), lambda i: f"{_moment(i)[11:]}{zone}", 86_400)

    return domain


def _dates(rng: Random) -> Domain:
    ordinary = (_moment(rng.randrange(10**9))[:10] for _ in range(_ORDINARY))
    return Domain((*(moment[:10] for moment in MOMENTS), *ordinary), lambda i: _moment(i * 86_400)[:10], _DAYS)


def _bytes(rng: Random) -> Domain:
    ordinary = ("\\x" + rng.randbytes(rng.randrange(30)).hex() for _ in range(30))
    return Domain(("\\x", "\\x00", "\\xff00ff", *ordinary), lambda i: f"\\x{i:016x}")


def _uuids(rng: Random) -> Domain:
    ordinary = (str(uuid.UUID(int=rng.getrandbits(128))) for _ in range(_ORDINARY))
    nasty = (str(uuid.UUID(int=0)), str(uuid.UUID(int=2**128 - 1)))
    return Domain((*nasty, *ordinary), lambda i: str(uuid.UUID(int=(i + 1) * 0x9E3779B97F4A7C15 % 2**128)))


def _inet(rng: Random) -> Domain:
    del rng
    pool = ("0.0.0.0", "255.255.255.255", "10.0.0.0/8", "::", "::1", "2001:db8::/32", "::ffff:1.2.3.4")  # noqa: S104
    return Domain(pool, lambda i: f"10.{i >> 16 & 255}.{i >> 8 & 255}.{i & 255}", 2**24)


def _finite(values: Sequence[str]) -> Domain:
    return Domain(tuple(values), lambda i: values[i], len(values))


def _fixed(pool: Sequence[str], unique: Callable[[int], str], limit: int | None = None) -> Callable[[Random], Domain]:
    return lambda _: Domain(tuple(pool), unique, limit)


_SIZED: Mapping[str, Callable[[Sequence[int], Random], Domain]] = {
    "Text": _text,
    "VarChar": _text,
    "Char": _char,
    "Citext": _text,
    "Decimal": _decimal,
    "Bit": _bits,
    "VarBit": _bits,
    "Timestamp": _moments(""),
    "Timestamptz": _moments("+00"),
    "Time": _times(""),
    "Timetz": _times("+00"),
}
_PLAIN: Mapping[str, Callable[[Random], Domain]] = {
    "Boolean": lambda _: _finite(("true", "false")),
    "SmallInt": _integers(-(2**15), 2**15 - 1),
    "Integer": _integers(-(2**31), 2**31 - 1),
    "BigInt": _integers(-(2**63), 2**63 - 1),
    "Oid": _integers(0, 2**32 - 1),
    "DoublePrecision": _fixed(FLOATS, lambda i: f"{i}.5"),
    "Real": _fixed(REALS, str, 2**23),
    "Money": _fixed(("0", "-0.01", "92233720368547758.07", "-92233720368547758.08", "9.99"), lambda i: f"{i}.01"),
    "Date": _dates,
    "Json": _fixed(JSONS, lambda i: f'{{"number": {i}}}'),
    "JsonB": _fixed(JSONS, lambda i: f'{{"number": {i}}}'),
    "ByteA": _bytes,
    "Uuid": _uuids,
    "Xml": _fixed(("<a/>", "<a b='c'>&lt;é 😀</a>", "text"), lambda i: f"<a>{i}</a>"),
    "Inet": _inet,
}
