"""The operator classes of PostgreSQL that the language has words for, with the index type and the columns of each.

Measured: each class was tried with each index type and with each native type against Prisma's validator.
"""

from __future__ import annotations

import msgspec


class OperatorClass(msgspec.Struct, frozen=True):
    """An operator class.

    Attributes:
        index_types: the types of index that have it.
        scalar: the Prisma type of its columns; empty for any list.
        natives: their native types; an empty one stands for a column without.
    """

    index_types: tuple[str, ...]
    scalar: str
    natives: tuple[str, ...] = ()


_BRIN_COLUMNS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "Bit": ("String", ("Bit",), "MinMax"),
    "VarBit": ("String", ("VarBit",), "MinMax"),
    "Bpchar": ("String", ("Char",), "Bloom MinMax"),
    "Bytea": ("Bytes", ("", "ByteA"), "Bloom MinMax"),
    "Date": ("DateTime", ("Date",), "Bloom MinMax MinMaxMulti"),
    "Float4": ("Float", ("Real",), "Bloom MinMax MinMaxMulti"),
    "Float8": ("Float", ("", "DoublePrecision"), "Bloom MinMax MinMaxMulti"),
    "Inet": ("String", ("Inet",), "Bloom MinMax MinMaxMulti Inclusion"),
    "Int2": ("Int", ("SmallInt",), "Bloom MinMax MinMaxMulti"),
    "Int4": ("Int", ("", "Integer"), "Bloom MinMax MinMaxMulti"),
    "Int8": ("BigInt", ("", "BigInt"), "Bloom MinMax MinMaxMulti"),
    "Numeric": ("Decimal", ("", "Decimal"), "Bloom MinMax MinMaxMulti"),
    "Oid": ("Int", ("Oid",), "Bloom MinMax MinMaxMulti"),
    "Text": ("String", ("", "VarChar", "Text"), "Bloom MinMax"),
    "Timestamp": ("DateTime", ("", "Timestamp"), "Bloom MinMax MinMaxMulti"),
    "TimestampTz": ("DateTime", ("Timestamptz",), "Bloom MinMax MinMaxMulti"),
    "Time": ("DateTime", ("Time",), "Bloom MinMax MinMaxMulti"),
    "TimeTz": ("DateTime", ("Timetz",), "Bloom MinMax MinMaxMulti"),
    "Uuid": ("String", ("Uuid",), "Bloom MinMax MinMaxMulti"),
}

OPERATOR_CLASSES: dict[str, OperatorClass] = {
    "InetOps": OperatorClass(("Gist", "SpGist"), "String", ("Inet",)),
    "TextOps": OperatorClass(("SpGist",), "String", ("", "Text", "VarChar", "Char")),
    "JsonbOps": OperatorClass(("Gin",), "Json", ("", "JsonB")),
    "JsonbPathOps": OperatorClass(("Gin",), "Json", ("", "JsonB")),
    "ArrayOps": OperatorClass(("Gin",), ""),
    **{
        f"{prefix}{kind}Ops": OperatorClass(("Brin",), scalar, natives)
        for prefix, (scalar, natives, kinds) in _BRIN_COLUMNS.items()
        for kind in kinds.split()
    },
}

SPGIST_NATIVES = ("", "Inet", "VarChar", "Char", "Text")
"""The native types of String that an SpGist index takes without an operator class."""

NOT_FOR_BRIN = frozenset({"Boolean", "Json"})
"""The scalar types without an operator class for Brin, as have enums and the native types Money and Citext."""

NATIVES_NOT_FOR_BRIN = frozenset({"Money", "Citext", "Xml"})
