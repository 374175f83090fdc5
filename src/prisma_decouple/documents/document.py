"""A text whose values remember where they stand, and their conversion to validated types."""

from __future__ import annotations

import copy
import re
from typing import Any, TypeVar

import msgspec

from prisma_decouple.errors import Place, RuleFileError, did_you_mean

Key = tuple["str | int", ...]
_T = TypeVar("_T")

_AT = re.compile(r" - at `(?:key in )?(\$.*?)`$")
_STEP = re.compile(r"\.([^.\[]+)|\[(\d+)\]|\[\.\.\.\]")
_UNKNOWN = re.compile(r"unknown field `([^`]*)`")
_NOT_ONE_OF = re.compile(r"Invalid enum value '([^']*)'")
_MISMATCH = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
# What a person calls the types that msgspec speaks of.
_WORDS = {
    "array": "a list",
    "object": "a mapping",
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "nothing",
    "date": "a date",
    "datetime": "a moment",
}
_MISSING = re.compile(r"missing required field `([^`]*)`")


class Document(msgspec.Struct, frozen=True):
    """A text as plain values.

    Attributes:
        path: the file, as messages name it.
        value: dictionaries, lists and scalars.
        places: where the value under each key stands; the key of the whole is `()`.
        key_places: where the key itself stands.
    """

    path: str
    value: Any
    places: dict[Key, Place] = {}
    key_places: dict[Key, Place] = {}

    def place(self, key: Key) -> Place | None:
        """Where a value stands; for a value that is not there, where the nearest thing around it stands."""
        while key and key not in self.places:
            key = key[:-1]
        return self.places.get(key)

    def get(self, key: Key) -> Any:  # noqa: ANN401
        """The value under a key."""
        value = self.value
        for step in key:
            value = value[step]
        return value

    def convert(self, key: Key, to: type[_T]) -> _T:
        """The value under a key as a validated type.

        Raises:
            RuleFileError: it does not fit; the error names the line, and the nearest right word for a misspelt one.
        """
        try:
            return msgspec.convert(self.get(key), to)
        except msgspec.ValidationError as error:
            raise self._explained(key, to, str(error)) from None

    def _explained(self, key: Key, to: type, text: str) -> RuleFileError:
        at = _AT.search(text)
        inner = self._located(key, to, _steps(at.group(1)) if at else [])
        key = (*key, *inner)
        message = _MISMATCH.sub(_in_words, _AT.sub("", text)).replace("Object", "this")
        if unknown := _UNKNOWN.search(text):
            word = unknown.group(1)
            place = self.key_places.get((*key, word), self.place(key))
            return RuleFileError(f"unknown key `{word}`", place=place, hint=did_you_mean(word, _fields(to, inner)))
        if missing := _MISSING.search(text):
            return RuleFileError(f"the key `{missing.group(1)}` is missing", place=self.place(key))
        hint = _remedy(text, to, inner)
        return RuleFileError(message[:1].lower() + message[1:], place=self.place(key), hint=hint)

    def _located(self, key: Key, to: type, steps: list[str | int | None]) -> Key:
        """The steps with names for the entries that msgspec does not name: those that fail alone as well."""
        inner: Key = ()
        for step in steps:
            inner = (*inner, self._failing_entry(key, to, inner) if step is None else step)
        return inner

    def _failing_entry(self, key: Key, to: type, inner: Key) -> str:
        entries: dict[str, Any] = self.get((*key, *inner))
        for name, entry in entries.items():
            whole = copy.deepcopy(self.get(key))
            parent = whole
            for step in inner[:-1]:
                parent = parent[step]
            parent[inner[-1]] = {name: entry}
            try:
                msgspec.convert(whole, to)
            except msgspec.ValidationError:
                return name
        return next(iter(entries))


def _in_words(mismatch: re.Match[str]) -> str:
    """`Expected`, what was expected, `got`, what there is, without the names of types."""
    wanted = [_WORDS.get(name, f"`{name}`") for name in mismatch.group(1).split(" | ")]
    if "a number" in wanted and "a whole number" in wanted:
        wanted.remove("a whole number")
    *most, last = wanted
    expected = f"{', '.join(most)} or {last}" if most else last
    return f"Expected {expected}, got {_WORDS.get(mismatch.group(2), mismatch.group(2))}"


def _steps(path: str) -> list[str | int | None]:
    """The keys of a path as msgspec writes it: `$.rules[0].model`; None for `[...]`, an entry without its name."""
    found = (match.groups() for match in _STEP.finditer(path[1:]))
    return [name or (int(index) if index else None) for name, index in found]


def _remedy(text: str, to: type, key: Key) -> str:
    """What to write instead; empty when that is not plain."""
    if word := _NOT_ONE_OF.search(text):
        return did_you_mean(word.group(1), _words(to, key))
    mismatch = _MISMATCH.search(text)
    wanted, got = (mismatch.group(1).split(" | "), mismatch.group(2)) if mismatch else ([], "")
    if "array" in wanted and got == "str":
        return "write a list: [ … ]"
    return "put it in quotes" if "str" in wanted and got in {"int", "float", "bool", "date", "datetime"} else ""


def _fields(to: type, key: Key) -> list[str]:
    """The names of the fields that the type has at a key."""
    kinds = _kinds(to, key)
    return [each.encode_name for kind in kinds if isinstance(kind, msgspec.inspect.StructType) for each in kind.fields]


def _words(to: type, key: Key) -> list[str]:
    """The words of which the type wants one at a key."""
    literals = (kind for kind in _kinds(to, key) if isinstance(kind, msgspec.inspect.LiteralType))
    return [str(value) for kind in literals for value in kind.values]


def _kinds(to: type, key: Key) -> list[msgspec.inspect.Type]:
    """What the type wants at a key, looked up in the type itself."""
    kinds: list[msgspec.inspect.Type] = [msgspec.inspect.type_info(to)]
    for step in (*key, None):
        kinds = [
            inner
            for kind in kinds
            for inner in (kind.types if isinstance(kind, msgspec.inspect.UnionType) else (kind,))
        ]
        if step is not None:
            kinds = [inner for kind in kinds for inner in _inside(kind, step)]
    return kinds


def _inside(kind: msgspec.inspect.Type, step: str | int) -> list[msgspec.inspect.Type]:
    if isinstance(kind, msgspec.inspect.StructType):
        return [each.type for each in kind.fields if each.encode_name == step]
    if isinstance(kind, msgspec.inspect.DictType):
        return [kind.value_type]
    return [kind.item_type] if isinstance(kind, msgspec.inspect.VarTupleType | msgspec.inspect.ListType) else []
