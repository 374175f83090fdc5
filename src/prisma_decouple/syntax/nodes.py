"""The lossless tree of a Prisma schema: immutable nodes that hold every byte of the text.

A node prints itself by joining its pieces in the order in which they are declared; white space and comments belong to
the piece that follows them (`lead`) or to the end of the line (`end`). Nothing is normalised on the way in, so whatever
a transformation leaves alone keeps its text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Node(msgspec.Struct, frozen=True, gc=False):
    """A piece of a schema; `str(node)` is its text to the byte.

    A node only holds what was there before it, so there are no cycles for the garbage collector to look for.
    """

    def __str__(self) -> str:
        return "".join([part for part in walk(self) if isinstance(part, str)])


def walk(*roots: Node) -> Iterator[Node | str]:
    """Every node and every piece of text below, in the order of the text; a node comes before what it is made of.

    It does not recurse, for arguments may be nested as deeply as somebody likes.
    """
    pending: list[object] = [*reversed(roots)]
    while pending:
        part = pending.pop()
        if isinstance(part, str):
            yield part
        elif isinstance(part, tuple):
            pending += part[::-1]
        elif isinstance(part, Node):
            yield part
            pending += msgspec.structs.astuple(part)[::-1]


# --- expressions ------------------------------------------------------------------------------------------------------


class Atom(Node, frozen=True):
    """A string, a number or a dotted name, as it is spelled."""

    lead: str
    text: str


class Argument(Node, frozen=True):
    """An argument of a function or attribute, an element of an array or an entry of an object."""

    label: str
    value: Expression
    comma: str = ""

    @property
    def name(self) -> str | None:
        """The argument's name, None when it is positional."""
        return self.label.rstrip(":").strip() if self.label else None

    @property
    def is_empty(self) -> bool:
        """Whether it has a name and no value, as in `@id(map: )`; the value is an atom without text then."""
        return isinstance(self.value, Atom) and not self.value.text


class Arguments(Node, frozen=True):
    """A list between two brackets, each with the white space before it, the closing one with a comma before it too."""

    opening: str
    items: tuple[Argument, ...]
    closing: str

    def get(self, name: str, position: int | None = None) -> Expression | None:
        """The value of the argument `name`, or of the one without a name at `position`."""
        for item in self.items:
            if item.name == name:
                return item.value
        unnamed = [item for item in self.items if item.name is None]
        return unnamed[position].value if position is not None and position < len(unnamed) else None


class Call(Node, frozen=True):
    """A function call such as `autoincrement()` or an index element such as `title(sort: Desc)`."""

    lead: str
    name: str
    arguments: Arguments


class Array(Arguments, frozen=True):
    """`[a, b]`."""


class Object(Arguments, frozen=True):
    """`{ key: value }`, which Prisma 7 knows."""


Expression: TypeAlias = Atom | Call | Array | Object


# --- the lines of a block ---------------------------------------------------------------------------------------------


class Attribute(Node, frozen=True):
    """An attribute of a field or of an enum value."""

    lead: str
    sigil: str
    name: str
    arguments: Arguments | None = None

    def get(self, name: str, position: int | None = None) -> Expression | None:
        """As `Arguments.get`, for an attribute with or without arguments."""
        return self.arguments.get(name, position) if self.arguments else None


class BlockAttribute(Node, frozen=True):
    """A line such as `@@index([userId])`."""

    attribute: Attribute
    end: str

    @property
    def name(self) -> str:
        """The attribute's name, without the signs in front."""
        return self.attribute.name


class Field(Node, frozen=True):
    """A field of a model, a view or a composite type.

    Attributes:
        lead: indentation, and a block comment in front when there is one.
        space: between name and type.
        arity: empty, `?` or `[]`, with the white space before it.
        end: white space, trailing comment and newline.
    """

    lead: str
    name: str
    space: str
    type: str
    arity: str
    attributes: tuple[Attribute, ...]
    end: str

    @property
    def is_optional(self) -> bool:
        """Whether the type ends in `?`."""
        return self.arity.endswith("?")

    @property
    def is_list(self) -> bool:
        """Whether the type ends in `[]`."""
        return self.arity.endswith("]")

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name; the first, should there be several."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)


class EnumValue(Node, frozen=True):
    """A value of an enum."""

    lead: str
    name: str
    attributes: tuple[Attribute, ...]
    end: str

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name; the first, should there be several."""
        return next((attribute for attribute in self.attributes if attribute.name == name), None)


class Property(Node, frozen=True):
    """`key = value` in a datasource or generator; Prisma's grammar lets the value be absent."""

    lead: str
    name: str
    equals: str
    value: Expression | None
    end: str


class Line(Node, frozen=True):
    """A line of a block that holds nothing but white space and comments."""

    text: str

    @property
    def is_blank(self) -> bool:
        """Whether it has no comment either."""
        return not self.text.strip()


Member: TypeAlias = Field | EnumValue | BlockAttribute | Property | Line


# --- the file ---------------------------------------------------------------------------------------------------------


class Block(Node, frozen=True):
    """A model, view, type, enum, datasource or generator.

    Attributes:
        keyword: the word that opens it, without white space.
        space: between keyword and name.
        opening: from the brace to the end of its line; Prisma ignores text after the brace.
        closing: the closing brace, with white space and comments before it; what follows belongs to the next gap.
    """

    keyword: str
    space: str
    name: str
    opening: str
    members: tuple[Member, ...]
    closing: str

    @property
    def has_fields(self) -> bool:
        """Whether it is a model, a view or a composite type."""
        return self.keyword in {"model", "view", "type"}

    @property
    def fields(self) -> tuple[Field, ...]:
        """Its fields, in order."""
        return tuple(member for member in self.members if isinstance(member, Field))

    @property
    def values(self) -> tuple[EnumValue, ...]:
        """Its enum values, in order."""
        return tuple(member for member in self.members if isinstance(member, EnumValue))

    @property
    def attributes(self) -> tuple[BlockAttribute, ...]:
        """Its block attributes, in order."""
        return tuple(member for member in self.members if isinstance(member, BlockAttribute))

    @property
    def properties(self) -> dict[str, Expression | None]:
        """The settings of a datasource or generator."""
        return {member.name: member.value for member in self.members if isinstance(member, Property)}

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((field for field in self.fields if field.name == name), None)

    def attribute(self, name: str) -> Attribute | None:
        """The block attribute of that name; the first, should there be several."""
        return next((line.attribute for line in self.attributes if line.name == name), None)


class Gap(Node, frozen=True):
    """White space and comments between blocks."""

    text: str


class SourceFile(msgspec.Struct, frozen=True):
    """One `.prisma` file: where it is and what is in it."""

    path: str
    items: tuple[Block | Gap, ...]

    def __str__(self) -> str:
        return "".join([part for part in walk(*self.items) if isinstance(part, str)])

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Its blocks, in order."""
        return tuple(item for item in self.items if isinstance(item, Block))


class Schema(msgspec.Struct, frozen=True):
    """A schema: one file, or the files of a folder, each with its own text and path."""

    files: tuple[SourceFile, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.files))

    def blocks(self, *keywords: str) -> Iterator[Block]:
        """All blocks in the order of files and lines, or only those that one of the keywords opens."""
        for file in self.files:
            for block in file.blocks:
                if not keywords or block.keyword in keywords:
                    yield block

    def find(self, name: str, *keywords: str) -> Block | None:
        """The block of that name."""
        return next((block for block in self.blocks(*keywords) if block.name == name), None)

    def map_blocks(self, change: Callable[[Block], Block]) -> Schema:
        """The schema with `change` done to every block; files in which nothing changed stay the very same objects."""
        return Schema(tuple(_map_file(file, change) for file in self.files))

    def replace_block(self, old: Block, new: Block) -> Schema:
        """The schema with one block, found by identity, replaced."""
        return self.map_blocks(lambda block: new if block is old else block)


def _map_file(file: SourceFile, change: Callable[[Block], Block]) -> SourceFile:
    items = tuple(change(item) if isinstance(item, Block) else item for item in file.items)
    return file if all(new is old for new, old in zip(items, file.items, strict=True)) else replace(file, items=items)


_Struct = TypeVar("_Struct", bound=msgspec.Struct)


def replace(node: _Struct, **changes: object) -> _Struct:
    """A copy of a node with some of its parts exchanged."""
    return msgspec.structs.replace(node, **changes)
