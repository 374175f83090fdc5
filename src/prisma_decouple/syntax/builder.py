"""From the grammar's terminals to the tree's nodes; lark calls this while it parses, so there is no second tree."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lark import Transformer, v_args

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
    Expression,
    Field,
    Gap,
    Line,
    Member,
    Object,
    Property,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lark import Token

_WHITE = r"[\t \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]"
_LEAD = rf"((?:{_WHITE}|/\*[^*]*\*+(?:[^/*][^*]*\*+)*/)*)"
_NAME = r"([^\W_][\w-]*)"

# These take a terminal apart that the grammar has already recognised, so they need not be strict again.
_split_opening = re.compile(rf"(model|view|type|enum|datasource|generator)({_WHITE}*){_NAME}([\s\S]*)").fullmatch
_split_field = re.compile(
    rf"{_LEAD}{_NAME}({_WHITE}+)(Unsupported\([\s\S]*\)|[^\W_][\w-]*)({_WHITE}*(?:\[\]|\?)?)"
).fullmatch
_split_value = re.compile(rf"{_LEAD}([\s\S]*)").fullmatch
_split_key = re.compile(rf"{_LEAD}{_NAME}([\s\S]*)").fullmatch
_split_attribute = re.compile(rf"{_LEAD}(@@?{_WHITE}*)([\s\S]*)").fullmatch
_split_word = re.compile(rf"({_WHITE}*)([\s\S]*)").fullmatch


def _parts(match: re.Match[str] | None) -> tuple[str, ...]:
    assert match is not None, "the grammar and the builder disagree about a terminal"  # noqa: S101
    return match.groups()


@v_args(inline=True)
class TreeBuilder(Transformer[Any, tuple[Block | Gap, ...]]):
    """One method for each rule, and for each terminal that is a node of its own."""

    def start(self, *items: Block | Gap) -> tuple[Block | Gap, ...]:
        """The blocks of a file and what is between them."""
        return items

    def GAP(self, token: Token) -> Gap:  # noqa: N802
        """White space and comments between blocks."""
        return Gap(str(token))

    def LINE(self, token: Token) -> Line:  # noqa: N802
        """A line without a declaration."""
        return Line(str(token))

    def ATOM(self, token: Token) -> Atom:  # noqa: N802
        """A string, a number or a name."""
        return Atom(*_parts(_split_word(token)))

    def fields_block(self, opening: Token, *rest: Any) -> Block:  # noqa: ANN401
        """A model, view or composite type."""
        return _block(opening, rest)

    enum_block = fields_block
    config_block = fields_block

    def field(self, token: Token, *rest: Any) -> Field:  # noqa: ANN401
        """A field with its attributes."""
        lead, name, space, type_, arity = _parts(_split_field(token))
        return Field(lead, name, space, type_, arity, tuple(rest[:-1]), str(rest[-1]))

    def enum_value(self, token: Token, *rest: Any) -> EnumValue:  # noqa: ANN401
        """An enum value with its attributes."""
        lead, name = _parts(_split_value(token))
        return EnumValue(lead, name, tuple(rest[:-1]), str(rest[-1]))

    def block_attribute(self, token: Token, *rest: Any) -> BlockAttribute:  # noqa: ANN401
        """An attribute that is a line of its own."""
        return BlockAttribute(self.attribute(token, *rest[:-1]), str(rest[-1]))

    def property(self, token: Token, *rest: Any) -> Property:  # noqa: ANN401
        """A setting; without a value, only the end of the line follows the key."""
        lead, name, equals = _parts(_split_key(token))
        return Property(lead, name, equals, rest[0] if len(rest) > 1 else None, str(rest[-1]))

    def attribute(self, token: Token, arguments: Arguments | None = None) -> Attribute:
        """An attribute's name and arguments."""
        lead, sigil, name = _parts(_split_attribute(token))
        return Attribute(lead, sigil, name, arguments)

    def argument(self, *parts: Any) -> Argument:  # noqa: ANN401
        """A value with or without a label; the comma is added by the list around it."""
        return Argument(str(parts[0]), parts[1]) if len(parts) > 1 else Argument("", parts[0])

    def arguments(self, *parts: Any) -> Arguments:  # noqa: ANN401
        """`( … )`."""
        return _list(Arguments, parts)

    def array(self, *parts: Any) -> Arguments:  # noqa: ANN401
        """`[ … ]`."""
        return _list(Array, parts)

    def object(self, *parts: Any) -> Arguments:  # noqa: ANN401
        """`{ … }`."""
        return _list(Object, parts)

    def call(self, token: Token, arguments: Arguments) -> Expression:
        """A function with its arguments."""
        lead, name = _parts(_split_word(token))
        return Call(lead, name, arguments)


def _block(opening: Token, rest: Sequence[Any]) -> Block:
    keyword, space, name, brace = _parts(_split_opening(opening))
    members: tuple[Member, ...] = tuple(rest[:-1])
    return Block(keyword, space, name, brace, members, str(rest[-1]))


def _list(kind: type[Arguments], parts: Sequence[Any]) -> Arguments:
    """Pair each item with the comma behind it: opening, item, comma, item, comma, …, closing."""
    items, commas = parts[1:-1:2], parts[2:-1:2]
    with_commas = [Argument(item.label, item.value, str(comma)) for item, comma in zip(items, commas, strict=False)]
    return kind(str(parts[0]), (*with_commas, *items[len(commas) :]), str(parts[-1]))
