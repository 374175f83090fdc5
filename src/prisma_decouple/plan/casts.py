"""How the values of a column come into another type: without loss, with loss, only when they fit, or not at all.

Source: PostgreSQL's catalog pg_cast and its manual, "Value Expressions, Type Casts"; and what Prisma stores: a DateTime
is UTC, also in a column without a time zone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prisma_decouple.model.datamodel import NativeType

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prisma_decouple.model.database import ColumnType, EnumType, QualifiedName


@dataclass(frozen=True)
class Conversion:
    """How to convert.

    Attributes:
        is_implicit: the database does it without being told.
        via: a type to go through.
        in_utc: the values change between local time in UTC and a moment in time.
        wrap: the value becomes a list of one.
        unwrap: the first value of a list is taken.
        may_fail: some values have no counterpart.
        shape: a regular expression that a text has to match; PostgreSQL would read others too, each in its own way.
        loses: what the new type cannot hold; empty when it holds everything.
    """

    is_implicit: bool = False
    via: NativeType | None = None
    in_utc: bool = False
    wrap: bool = False
    unwrap: bool = False
    may_fail: bool = False
    shape: str = ""
    loses: str = ""


_TEXT = NativeType("Text")
_INTEGER = NativeType("Integer")
_DECIMAL = NativeType("Decimal")
_TIMESTAMPTZ = NativeType("Timestamptz")
_TIMESTAMP = NativeType("Timestamp")

_TEXTS = {"Text", "VarChar", "Char", "Citext"}
# By how far they reach.
_INTEGERS = ("SmallInt", "Integer", "BigInt")
_FRACTIONS = {"Decimal", "Real", "DoublePrecision"}
_BOTH_EXACT = ("Integer", "DoublePrecision")
_JSON = {"Json", "JsonB"}
_NUMBERS = {*_INTEGERS, *_FRACTIONS}
_MOMENTS = {"Timestamp", "Timestamptz", "Time", "Timetz"}
_IMPLICIT = Conversion(is_implicit=True)
_CAST = Conversion()

# Moments as ISO 8601 has them: PostgreSQL also knows `tomorrow`, and reads `01/02/2024` as its DateStyle says. An
# offset behind a time counts; without one it is UTC.
_DAY = "[0-9]{4,6}-[0-9]{2}-[0-9]{2}"
_TIME = "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"
_OFFSET = " ?([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)?"
_MOMENT = f"^({_DAY}([Tt ]{_TIME}{_OFFSET})?|-?infinity)$"
# How texts become something else; their spelling is lost with most. Types that are not here keep every letter.
_OF_TEXTS = {
    **dict.fromkeys((*_INTEGERS, "Oid", "Boolean", "Uuid", "Inet", "ByteA"), Conversion(loses="the spelling")),
    "Decimal": Conversion(loses="the spelling and further decimal places"),
    "Real": Conversion(loses="the spelling and the last digits"),
    "DoublePrecision": Conversion(loses="the spelling and the last digits"),
    # Money alone is read as the server's lc_monetary says.
    "Money": Conversion(via=_DECIMAL, loses="the spelling and fractions of a cent"),
    "Timestamp": Conversion(via=_TIMESTAMPTZ, shape=_MOMENT, loses="the offsets and further fractions of a second"),
    "Timestamptz": Conversion(shape=_MOMENT, loses="the offsets and further fractions of a second"),
    "Date": Conversion(via=_TIMESTAMPTZ, shape=_MOMENT, loses="the times of day and the offsets"),
    # An offset of a time without a day would be dropped.
    "Time": Conversion(shape=f"^{_TIME}[Zz]?$", loses="the spelling and further fractions of a second"),
    "Timetz": Conversion(shape=f"^{_TIME}{_OFFSET}$", loses="the spelling and further fractions of a second"),
    "JsonB": Conversion(loses="the order of keys, keys that are there twice and the spacing"),
    # A cast to a length would cut; the assignment of bits to the column refuses them.
    "Bit": Conversion(via=NativeType("VarBit")),
    "VarBit": Conversion(via=NativeType("VarBit")),
}

# What stands here needs no thought about lengths; pairs of Prisma's names of native types.
_PAIRS: dict[tuple[str, str], Conversion] = {
    ("Timestamp", "Timestamptz"): Conversion(in_utc=True),
    ("Timestamptz", "Timestamp"): Conversion(in_utc=True),
    ("Timestamp", "Date"): Conversion(loses="the times of day"),
    ("Timestamptz", "Date"): Conversion(in_utc=True, loses="the times of day"),
    ("Date", "Timestamp"): _IMPLICIT,
    ("Date", "Timestamptz"): Conversion(via=_TIMESTAMP, in_utc=True),
    ("Timestamp", "Time"): Conversion(loses="the days"),
    ("Timestamptz", "Time"): Conversion(in_utc=True, loses="the days"),
    ("Timestamptz", "Timetz"): Conversion(loses="the days"),
    ("Time", "Timetz"): _CAST,
    ("Timetz", "Time"): Conversion(loses="the time zones"),
    ("Json", "JsonB"): Conversion(loses="the order of keys and the spacing"),
    ("JsonB", "Json"): _CAST,
    ("Bit", "VarBit"): _CAST,
    ("VarBit", "Bit"): Conversion(may_fail=True),
    ("Boolean", "Integer"): _CAST,
    ("Boolean", "SmallInt"): Conversion(via=_INTEGER),
    ("Boolean", "BigInt"): Conversion(via=_INTEGER),
    ("Integer", "Boolean"): Conversion(loses="numbers other than 0 and 1"),
    ("SmallInt", "Boolean"): Conversion(via=_INTEGER, loses="numbers other than 0 and 1"),
    ("BigInt", "Boolean"): Conversion(via=_INTEGER, may_fail=True, loses="numbers other than 0 and 1"),
    ("Money", "Decimal"): _CAST,
    ("Decimal", "Money"): Conversion(loses="fractions of a cent", may_fail=True),
    ("Integer", "Money"): _CAST,
    ("BigInt", "Money"): _CAST,
    ("Integer", "Oid"): Conversion(may_fail=True),
    ("BigInt", "Oid"): Conversion(may_fail=True),
    ("Oid", "BigInt"): _CAST,
    ("Oid", "Integer"): Conversion(via=NativeType("BigInt"), may_fail=True),
}


def conversion(before: ColumnType, after: ColumnType, enums: Mapping[QualifiedName, EnumType]) -> Conversion | None:
    """How values of one type become values of another; None when they do not.

    Args:
        before: the type they have.
        after: the type they get.
        enums: the values of both, should they be enumerated.
    """
    if before.is_list != after.is_list and (_name(before) in _JSON) != (_name(after) in _JSON):
        return None  # a list is written as such in JSON; one of one text would be another value
    single = _of_single_values(before, after, enums)
    if single is None or before.is_list == after.is_list:
        # A list is cast as a whole; the database does so element by element.
        return replace(single, in_utc=False) if single and after.is_list else single
    if after.is_list:
        return replace(single, is_implicit=False, wrap=True)
    return replace(single, is_implicit=False, unwrap=True, may_fail=True)


def _name(kind: ColumnType) -> str:
    return kind.native.name if kind.native is not None else kind.scalar


def _of_single_values(
    before: ColumnType, after: ColumnType, enums: Mapping[QualifiedName, EnumType]
) -> Conversion | None:
    if replace(before, is_list=False) == replace(after, is_list=False):
        return _IMPLICIT
    if after.enum is not None:
        return _to_enum(before, enums[after.enum], enums)
    if _is_text(after):
        return _to_text(before, after)
    if _is_text(before):
        return _of_text(before, after)
    if before.native is None or after.native is None:
        return _of_unsupported(before, after)
    return _of_natives(before.native, after.native)


def _to_enum(before: ColumnType, after: EnumType, enums: Mapping[QualifiedName, EnumType]) -> Conversion | None:
    if before.enum is None:
        return Conversion(via=_TEXT, may_fail=True) if _is_text(before) else None
    return Conversion(via=_TEXT, may_fail=not {*enums[before.enum].values} <= {*after.values})


def _is_text(kind: ColumnType) -> bool:
    return kind.native is not None and kind.native.name in _TEXTS


def _to_text(before: ColumnType, after: ColumnType) -> Conversion:
    """Everything can be spelled; the assignment to a column refuses what is too long, where a cast would cut it."""
    was, shall = _length(before.native) if _is_text(before) else None, _length(after.native)
    fits = shall is None or (was is not None and was <= shall)
    # Spaces beyond the length are cut off without a word, also by an assignment.
    loses_spaces = _name(after) == "Char" or (_is_text(before) and not fits)
    spelled = _DECIMAL if _name(before) == "Money" else _TEXT if shall is not None else None
    return Conversion(
        is_implicit=_is_text(before),
        via=None if _is_text(before) else spelled,
        may_fail=not fits,
        loses="spaces at the end" if loses_spaces else "",
    )


def _of_text(before: ColumnType, after: ColumnType) -> Conversion:
    how = _OF_TEXTS.get(_name(after), _CAST)
    return replace(how, via=how.via or (_TEXT if _name(before) == "Citext" else None), may_fail=True)


def _length(native: NativeType | None) -> int | None:
    """How many characters fit; None for any number. `Char` alone has room for one."""
    if native is None or native.name in {"Text", "Citext"}:
        return None
    if not native.arguments:
        return 1 if native.name == "Char" else None
    return int(native.arguments[0])


def _of_unsupported(before: ColumnType, after: ColumnType) -> Conversion | None:
    """Types that Prisma does not know: of the same name with other arguments, the database can tell; else nobody."""
    same = before.enum is None and before.scalar.split("(")[:2] == after.scalar.split("(")[:2]
    return Conversion(is_implicit=True, may_fail=False) if same and "Unsupported" in before.scalar else None


def _of_natives(before: NativeType, after: NativeType) -> Conversion | None:
    if before.name == after.name:
        return _of_arguments(before, after)
    if before.name in _NUMBERS and after.name in _NUMBERS:
        return _of_numbers(before, after)
    pair = _PAIRS.get((before.name, after.name))
    if pair is None or pair.loses or not {before.name, after.name} <= _MOMENTS:
        return pair
    return replace(pair, loses=_lost_fractions(before, after))


def _lost_fractions(before: NativeType, after: NativeType) -> str:
    """What a moment loses by fewer digits behind its seconds."""
    was, shall = (int(native.arguments[0]) if native.arguments else None for native in (before, after))
    narrower = shall is not None and (was is None or shall < was)
    return "fractions of a second" if narrower else ""


def _of_arguments(before: NativeType, after: NativeType) -> Conversion:
    """The same type with more or less room."""
    if before.name == "Decimal":
        return _of_decimals(before, after)
    if before.name in {"Bit", "VarBit"}:
        return Conversion(is_implicit=True, may_fail=before.name == "Bit" or bool(after.arguments))
    return replace(_IMPLICIT, loses=_lost_fractions(before, after))


def _of_decimals(before: NativeType, after: NativeType) -> Conversion:
    if not after.arguments:
        return _IMPLICIT
    if not before.arguments:
        return Conversion(is_implicit=True, may_fail=True, loses="decimal places")
    # A precision without a scale has none.
    (was, was_places), (shall, places) = (map(int, (*native.arguments, "0")[:2]) for native in (before, after))
    return Conversion(
        is_implicit=True,
        may_fail=shall - places < was - was_places,
        loses="decimal places" if places < was_places else "",
    )


def _of_numbers(before: NativeType, after: NativeType) -> Conversion:
    if before.name in _INTEGERS and after.name in _INTEGERS:
        wider = _INTEGERS.index(after.name) > _INTEGERS.index(before.name)
        return Conversion(is_implicit=True, may_fail=not wider)
    if before.name in _INTEGERS:
        exact = after.name == "Decimal" or before.name == "SmallInt" or (before.name, after.name) == _BOTH_EXACT
        return Conversion(is_implicit=True, may_fail=after.name == "Decimal", loses="" if exact else "the last digits")
    if after.name in _INTEGERS:
        return Conversion(is_implicit=True, may_fail=True, loses="the fractions")
    loses = "" if (before.name, after.name) == ("Real", "DoublePrecision") else "the last digits"
    return Conversion(is_implicit=True, may_fail=after.name != "DoublePrecision", loses=loses)
