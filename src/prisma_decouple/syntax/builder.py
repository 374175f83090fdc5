"""From the grammar's terminals to the tree's nodes, while the text is read: there is no tree in between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from prisma_decouple.syntax.nodes import (
    Argument,
    Arguments,
    Array,
    Atom,
    Attribute,
    Block,
    BlockAttribute,
    Call,
    EnumValue,
    Field,
    Gap,
    Line,
    Object,
    Property,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_LEAD = r"((?:\s|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*)"
_NAME = r"([^\W_][\w-]*)"

# These take a terminal apart that the grammar has already recognised, so they need not be strict again.
_split_opening = re.compile(rf"(model|view|type|enum|datasource|generator)(\s*){_NAME}([\s\S]*)").fullmatch
_split_field = re.compile(rf"{_LEAD}{_NAME}(\s+)(Unsupported\([\s\S]*\)|[^\W_][\w-]*)(\s*(?:\[\]|\?)?)").fullmatch
_split_value = re.compile(rf"{_LEAD}([\s\S]*)").fullmatch
_split_key = re.compile(rf"{_LEAD}{_NAME}([\s\S]*)").fullmatch
_split_block_attribute = re.compile(rf"{_LEAD}(@@\s*)([\s\S]*)").fullmatch


def _parts(match: re.Match[str] | None) -> tuple[str, ...]:
    assert match is not None, "the grammar and the builder disagree about a terminal"  # noqa: S101
    return match.groups()


def _split_word(token: str) -> tuple[str, str]:
    word = token.lstrip()
    return token[: len(token) - len(word)], word


def _atom(token: str) -> Atom:
    return Atom(*_split_word(token))


def _block(parts: list[Any]) -> Block:
    keyword, space, name, brace = _parts(_split_opening(parts[0]))
    return Block(keyword, space, name, brace, tuple(parts[1:-1]), parts[-1])


def _field(parts: list[Any]) -> Field:
    lead, name, space, type_, arity = _parts(_split_field(parts[0]))
    return Field(lead, name, space, type_, arity, tuple(parts[1:-1]), parts[-1])


def _enum_value(parts: list[Any]) -> EnumValue:
    lead, name = _parts(_split_value(parts[0]))
    return EnumValue(lead, name, tuple(parts[1:-1]), parts[-1])


def _block_attribute(parts: list[Any]) -> BlockAttribute:
    lead, sigil, name = _parts(_split_block_attribute(parts[0]))
    return BlockAttribute(Attribute(lead, sigil, name, parts[1] if len(parts) > 2 else None), parts[-1])  # noqa: PLR2004


def _property(parts: list[Any]) -> Property:
    """A setting; without a value, only the end of the line follows the key."""
    lead, name, equals = _parts(_split_key(parts[0]))
    return Property(lead, name, equals, parts[1] if len(parts) > 2 else None, parts[-1])  # noqa: PLR2004


def _attribute(parts: list[Any]) -> Attribute:
    lead, sign, rest = parts[0].partition("@")
    space, name = _split_word(rest)
    return Attribute(lead, sign + space, name, parts[1] if len(parts) > 1 else None)


def _argument(parts: list[Any]) -> Argument:
    """A value with or without a label, or a label alone; the comma is added by the list around it."""
    if len(parts) > 1:
        return Argument(*parts)
    return Argument(parts[0], Atom("", "")) if isinstance(parts[0], str) else Argument("", parts[0])


def _call(parts: list[Any]) -> Call:
    lead, name = _split_word(parts[0])
    return Call(lead, name, parts[1])


def _list_of(kind: type[Arguments]) -> Callable[[list[Any]], Arguments]:
    """What makes a list: each item is paired with the comma behind it."""

    def make(parts: list[Any]) -> Arguments:
        if len(parts) <= 3:  # noqa: PLR2004 - no comma between two items
            return kind(parts[0], tuple(parts[1:-1]), parts[-1])
        items, commas = parts[1:-1:2], parts[2:-1:2]
        with_commas = [Argument(item.label, item.value, comma) for item, comma in zip(items, commas, strict=False)]
        return kind(parts[0], (*with_commas, *items[len(commas) :]), parts[-1])

    return make


RULES: dict[str, Callable[[list[Any]], object]] = {
    "start": tuple,
    "fields_block": _block,
    "enum_block": _block,
    "config_block": _block,
    "field": _field,
    "enum_value": _enum_value,
    "block_attribute": _block_attribute,
    "property": _property,
    "attribute": _attribute,
    "argument": _argument,
    "element": _argument,
    "entry": _argument,
    "arguments": _list_of(Arguments),
    "array": _list_of(Array),
    "object": _list_of(Object),
    "call": _call,
}
"""What makes the node of each rule, of its parts."""

TERMINALS: dict[str, Callable[[str], object]] = {"GAP": Gap, "LINE": Line, "ATOM": _atom}
"""What makes the node of each terminal that is one, of its text."""
