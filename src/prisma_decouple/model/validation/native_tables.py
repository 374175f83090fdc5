"""The native types of each provider: which arguments they take and which Prisma types they may stand beside.

Measured: each type was tried with each scalar type, with and without arguments, against Prisma's own validator.
"""

from __future__ import annotations

import msgspec


class NativeType(msgspec.Struct, frozen=True):
    """What may be written behind `@db.`.

    Attributes:
        scalars: the Prisma types that it can store.
        required: how many arguments must be there.
        optional: how many more may be.
    """

    scalars: tuple[str, ...]
    required: int = 0
    optional: int = 0


class Range(msgspec.Struct, frozen=True):
    """The values that one argument of a native type may have."""

    low: int
    high: int
    allows_max: bool = False


_POSTGRESQL = {
    "SmallInt": NativeType(("Int",)),
    "Integer": NativeType(("Int",)),
    "BigInt": NativeType(("BigInt",)),
    "Decimal": NativeType(("Decimal",), optional=2),
    "Money": NativeType(("Decimal",)),
    "Inet": NativeType(("String",)),
    "Oid": NativeType(("Int",)),
    "Citext": NativeType(("String",)),
    "Real": NativeType(("Float",)),
    "DoublePrecision": NativeType(("Float",)),
    "VarChar": NativeType(("String",), optional=1),
    "Char": NativeType(("String",), optional=1),
    "Text": NativeType(("String",)),
    "ByteA": NativeType(("Bytes",)),
    "Timestamp": NativeType(("DateTime",), optional=1),
    "Timestamptz": NativeType(("DateTime",), optional=1),
    "Date": NativeType(("DateTime",)),
    "Time": NativeType(("DateTime",), optional=1),
    "Timetz": NativeType(("DateTime",), optional=1),
    "Boolean": NativeType(("Boolean",)),
    "Bit": NativeType(("String",), optional=1),
    "VarBit": NativeType(("String",), optional=1),
    "Uuid": NativeType(("String",)),
    "Xml": NativeType(("String",)),
    "Json": NativeType(("Json",)),
    "JsonB": NativeType(("Json",)),
}

_MYSQL = {
    "Int": NativeType(("Int",)),
    "UnsignedInt": NativeType(("Int",)),
    "SmallInt": NativeType(("Int",)),
    "UnsignedSmallInt": NativeType(("Int",)),
    "TinyInt": NativeType(
        (
            "Boolean",
            "Int",
        )
    ),
    "UnsignedTinyInt": NativeType(
        (
            "Boolean",
            "Int",
        )
    ),
    "MediumInt": NativeType(("Int",)),
    "UnsignedMediumInt": NativeType(("Int",)),
    "BigInt": NativeType(("BigInt",)),
    "Decimal": NativeType(("Decimal",), optional=2),
    "UnsignedBigInt": NativeType(("BigInt",)),
    "Float": NativeType(("Float",)),
    "Double": NativeType(("Float",)),
    "Bit": NativeType(
        (
            "Boolean",
            "Bytes",
        ),
        required=1,
    ),
    "Char": NativeType(("String",), required=1),
    "VarChar": NativeType(("String",), required=1),
    "Binary": NativeType(("Bytes",), required=1),
    "VarBinary": NativeType(("Bytes",), required=1),
    "TinyBlob": NativeType(("Bytes",)),
    "Blob": NativeType(("Bytes",)),
    "MediumBlob": NativeType(("Bytes",)),
    "LongBlob": NativeType(("Bytes",)),
    "TinyText": NativeType(("String",)),
    "Text": NativeType(("String",)),
    "MediumText": NativeType(("String",)),
    "LongText": NativeType(("String",)),
    "Date": NativeType(("DateTime",)),
    "Time": NativeType(("DateTime",), optional=1),
    "DateTime": NativeType(("DateTime",), optional=1),
    "Timestamp": NativeType(("DateTime",), optional=1),
    "Year": NativeType(("Int",)),
    "Json": NativeType(("Json",)),
}

_SQLSERVER = {
    "TinyInt": NativeType(("Int",)),
    "SmallInt": NativeType(("Int",)),
    "Int": NativeType(("Int",)),
    "BigInt": NativeType(("BigInt",)),
    "Decimal": NativeType(("Decimal",), optional=2),
    "Money": NativeType(("Float",)),
    "SmallMoney": NativeType(("Float",)),
    "Bit": NativeType(
        (
            "Boolean",
            "Int",
        )
    ),
    "Float": NativeType(("Float",), optional=1),
    "Real": NativeType(("Float",)),
    "Date": NativeType(("DateTime",)),
    "Time": NativeType(("DateTime",)),
    "DateTime": NativeType(("DateTime",)),
    "DateTime2": NativeType(("DateTime",)),
    "DateTimeOffset": NativeType(("DateTime",)),
    "SmallDateTime": NativeType(("DateTime",)),
    "Char": NativeType(("String",), optional=1),
    "NChar": NativeType(("String",), optional=1),
    "VarChar": NativeType(("String",), optional=1),
    "Text": NativeType(("String",)),
    "NVarChar": NativeType(("String",), optional=1),
    "NText": NativeType(("String",)),
    "Binary": NativeType(("Bytes",), optional=1),
    "VarBinary": NativeType(("Bytes",), optional=1),
    "Image": NativeType(("Bytes",)),
    "Xml": NativeType(("String",)),
    "UniqueIdentifier": NativeType(("String",)),
}

_MONGODB = {
    "String": NativeType(("String",)),
    "Double": NativeType(("Float",)),
    "BinData": NativeType(("Bytes",)),
    "ObjectId": NativeType(
        (
            "String",
            "Bytes",
        )
    ),
    "Bool": NativeType(("Boolean",)),
    "Date": NativeType(("DateTime",)),
    "Int": NativeType(("Int",)),
    "Timestamp": NativeType(("DateTime",)),
    "Long": NativeType(
        (
            "Int",
            "BigInt",
        )
    ),
    "Json": NativeType(("Json",)),
}

_COCKROACHDB = {
    "Bit": NativeType(("String",), optional=1),
    "Bool": NativeType(("Boolean",)),
    "Bytes": NativeType(("Bytes",)),
    "Char": NativeType(("String",), optional=1),
    "Date": NativeType(("DateTime",)),
    "Decimal": NativeType(("Decimal",), optional=2),
    "Float4": NativeType(("Float",)),
    "Float8": NativeType(("Float",)),
    "Inet": NativeType(("String",)),
    "Int2": NativeType(("Int",)),
    "Int4": NativeType(("Int",)),
    "Int8": NativeType(("BigInt",)),
    "JsonB": NativeType(("Json",)),
    "Oid": NativeType(("Int",)),
    "CatalogSingleChar": NativeType(("String",)),
    "String": NativeType(("String",), optional=1),
    "Time": NativeType(("DateTime",), optional=1),
    "Timestamp": NativeType(("DateTime",), optional=1),
    "Timestamptz": NativeType(("DateTime",), optional=1),
    "Timetz": NativeType(("DateTime",), optional=1),
    "Uuid": NativeType(("String",)),
    "VarBit": NativeType(("String",), optional=1),
}

NATIVE_TYPES: dict[str, dict[str, NativeType]] = {
    "postgresql": _POSTGRESQL,
    "mysql": _MYSQL,
    "sqlserver": _SQLSERVER,
    "mongodb": _MONGODB,
    "cockroachdb": _COCKROACHDB,
}
"""By the canonical name of the provider; the others have none."""

_UNSIGNED = 2**32 - 1
_FRACTION = Range(0, 6)
_COUNT = Range(0, _UNSIGNED)
_BITS = Range(1, _UNSIGNED)

RANGES: dict[str, dict[str, tuple[Range, ...]]] = {
    "postgresql": {
        "Decimal": (Range(1, 1000), Range(0, 1000)),
        "VarChar": (_COUNT,),
        "Char": (_COUNT,),
        "Timestamp": (_FRACTION,),
        "Timestamptz": (_FRACTION,),
        "Time": (_FRACTION,),
        "Timetz": (_FRACTION,),
        "Bit": (_BITS,),
        "VarBit": (_BITS,),
    },
    "mysql": {
        "Decimal": (Range(0, 65), Range(0, 30)),
        "Bit": (Range(1, 64),),
        "Char": (Range(0, 255),),
        "VarChar": (Range(0, 65_535),),
        "Binary": (_COUNT,),
        "VarBinary": (_COUNT,),
        "Time": (_COUNT,),
        "DateTime": (_COUNT,),
        "Timestamp": (_COUNT,),
    },
    "sqlserver": {
        "Decimal": (Range(1, 38), Range(0, 38)),
        "Float": (Range(1, 53),),
        "Char": (Range(0, 8000),),
        "NChar": (Range(0, 4000),),
        "VarChar": (Range(0, 8000, allows_max=True),),
        "NVarChar": (Range(0, 4000, allows_max=True),),
        "Binary": (Range(0, 8000),),
        "VarBinary": (Range(0, 8000, allows_max=True),),
    },
    "cockroachdb": {
        "Decimal": (Range(1, 1000), Range(0, 1000)),
        "Char": (_COUNT,),
        "String": (_COUNT,),
        "Time": (_FRACTION,),
        "Timestamp": (_FRACTION,),
        "Timestamptz": (_FRACTION,),
        "Timetz": (_FRACTION,),
        "Bit": (_BITS,),
        "VarBit": (_BITS,),
    },
}
"""By provider and native type, one for each argument."""

SCALE_LIMITS = frozenset({"Decimal"})
"""The types whose second argument is at most as large as the first, and which take both or none."""
