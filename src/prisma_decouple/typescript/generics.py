"""TypeScript's own generic types, and those of Prisma that only pass a type on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.typescript.prisma_types import NARROWED
from prisma_decouple.typescript.syntax import text_of
from prisma_decouple.typescript.typed import What

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.expressions import Types
    from prisma_decouple.typescript.typed import Type

_WRAPPERS = frozenset({"Promise", "Readonly", "Required", "Awaited", "Serialized", "Jsonify"})
_LISTS = frozenset({"Array", "ReadonlyArray", "Set", "ReadonlySet", "Iterable", "AsyncIterable", "Generator"})
_QUOTED = re.compile(r"""["'](\w+)["']""")


def generic(types: Types, name: str, arguments: Sequence[Node], depth: int) -> Type | None:
    """What a generic type is.

    Args:
        types: of the file.
        name: one of `GENERICS`.
        arguments: what it is given, at least one.
        depth: how far declarations are followed.
    """
    return _READERS[name](types, arguments, depth)


def _first(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    return types.read(arguments[0], depth)


def _there(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    found = types.read(arguments[0], depth)
    return replace(found, is_nullable=False) if found is not None else None


def _last(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    return types.read(arguments[-1], depth)


def _list(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    found = types.read(arguments[0], depth)
    return replace(found, is_list=True) if found is not None else None


def _partial(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    found = types.read(arguments[0], depth)
    return found if found is not None and found.what is What.SHAPE else None


def _result(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    found = types.read(arguments[0], depth)
    return types.returned(found, depth) if found is not None else None


def _omit(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    found, fields = types.read(arguments[0], depth), _quoted(arguments[1:])
    return replace(found, without=found.without | fields) if found is not None and fields else None


def _pick(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    found, fields = types.read(arguments[0], depth), _quoted(arguments[1:])
    return replace(found, only=fields) if found is not None and fields else None


def _quoted(keys: Sequence[Node]) -> frozenset[str]:
    """The fields that the second argument of `Omit` and the like names."""
    return frozenset(name for each in keys for name in _QUOTED.findall(text_of(each)))


_READERS: dict[str, Callable[[Types, Sequence[Node], int], Type | None]] = {
    **dict.fromkeys(_WRAPPERS, _first),
    **dict.fromkeys(_LISTS, _list),
    **dict.fromkeys(NARROWED, _last),
    "DeepPartial": _partial,
    "NonNullable": _there,
    "Omit": _omit,
    "Partial": _partial,
    "Pick": _pick,
    "ReturnType": _result,
}
GENERICS = frozenset(_READERS)
