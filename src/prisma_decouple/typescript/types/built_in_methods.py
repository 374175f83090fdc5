"""What the methods of texts, numbers, dates, lists and patterns want: none takes null (lib.es5.d.ts)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import call_arguments, callee, text_of
from prisma_decouple.typescript.types.kinds import LIST, is_text, kinds_of, plain, written_type
from prisma_decouple.typescript.types.typed import Type, What, element

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_TEXT, _NUMBER, _ANY = "string", "number", ""
# What is wanted of each argument; the last one counts for all that follow.
_OF_TEXTS = {
    "concat": (_TEXT,),
    **dict.fromkeys(("endsWith", "includes", "indexOf", "lastIndexOf", "startsWith"), (_TEXT, _NUMBER)),
    **dict.fromkeys(("localeCompare", "normalize"), (_TEXT, _ANY)),
    **dict.fromkeys(("match", "matchAll", "replace", "replaceAll", "search"), (_ANY,)),
    "split": (_ANY, _NUMBER),
    **dict.fromkeys(("padEnd", "padStart"), (_NUMBER, _TEXT)),
    **dict.fromkeys(("at", "charAt", "charCodeAt", "codePointAt", "repeat"), (_NUMBER,)),
    **dict.fromkeys(("slice", "substr", "substring"), (_NUMBER,)),
}
_OF_NUMBERS = dict.fromkeys(("toExponential", "toFixed", "toPrecision", "toString"), (_NUMBER,))
_PARTS = ("Date", "FullYear", "Hours", "Milliseconds", "Minutes", "Month", "Seconds", "Time")
_OF_DATES = dict.fromkeys((f"set{utc}{part}" for utc in ("", "UTC") for part in _PARTS), (_NUMBER,))
_OF_LISTS = {"at": (_NUMBER,), "join": (_TEXT,), "slice": (_NUMBER,)}
_OF_NAMED_VALUES = dict.fromkeys(("append", "delete", "get", "has", "set"), (_ANY,))
_NAMED_VALUES = ("FormData", "Headers", "URLSearchParams")
_METHODS = {
    _NUMBER: _OF_NUMBERS,
    "Date": _OF_DATES,
    LIST: _OF_LISTS,
    **dict.fromkeys(_NAMED_VALUES, _OF_NAMED_VALUES),
}
_OF_PATTERNS = frozenset({"exec", "test"})
_SPLICED = 2  # arguments of `splice` before those that are put in


def wanted_by_built_in(file: FileContext, call: Node, owner: Type | None, index: int) -> Type | None:
    """What a method that every text, number, date or list has wants as an argument; None for any other method.

    Args:
        file: the file.
        call: the call.
        owner: what it is a method of, if that is known.
        index: which argument.
    """
    receiver, method = callee(call)
    if receiver is None:
        return None
    if method in _OF_PATTERNS and _is_pattern(receiver):
        return Type(What.VALUE, primitive=_TEXT)
    if owner is not None and owner.is_list and method in {"concat", "splice"}:
        return _put_in(call, owner, method, index)
    kind = _kind_of(file, receiver, owner)
    wanted = (_OF_TEXTS if kind and is_text(kind) else _METHODS.get(kind, {})).get(method)
    return Type(What.VALUE, primitive=wanted[min(index, len(wanted) - 1)]) if wanted is not None else None


def _is_pattern(receiver: Node) -> bool:
    """Whether an expression is a regular expression, or a variable that holds one."""
    held = held_by(receiver) or receiver
    return held.type == "regex" or text_of(held.child_by_field_name("constructor")) == "RegExp"


def _put_in(call: Node, owner: Type, method: str, index: int) -> Type | None:
    """What is wanted of what is put into a list: an element, or for `concat` a list of them as well."""
    if method == "splice":
        return element(owner) if index >= _SPLICED else Type(What.VALUE, primitive=_NUMBER)
    return owner if call_arguments(call)[index].type == "array" else None


def _kind_of(file: FileContext, receiver: Node, owner: Type | None) -> str:
    """The one plain type of an expression; empty when it has several, or none that is known."""
    if owner is not None and owner.what is What.KEY and not owner.is_list:
        column = file.facts.column_of(owner.model, owner.field)
        return column.scalar_type if column is not None else ""
    if owner is not None and owner.what is What.VALUE and written_type(owner) in _NAMED_VALUES:
        return written_type(owner)
    kinds = {plain(each) for each in kinds_of(file.types, receiver)}
    return next(iter(kinds)) if len(kinds) == 1 else ""
