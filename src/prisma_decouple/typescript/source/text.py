"""The text of a source file, its tree, and its nodes by type."""

from __future__ import annotations

import re
from functools import cached_property
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.parsing import asserted, has_mistakes, index, parse
from prisma_decouple.typescript.source.syntax import FUNCTIONS, callee

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node


# The only nodes that anything asks for by type; one query collects them all in C.
_INDEXED = (
    *FUNCTIONS,
    "array",
    "assignment_expression",
    "abstract_class_declaration",
    "as_expression",
    "binary_expression",
    "enum_declaration",
    "call_expression",
    "class_declaration",
    "export_specifier",
    "for_in_statement",
    "generic_type",
    "if_statement",
    "import_specifier",
    "interface_declaration",
    "intersection_type",
    "jsx_expression",
    "lookup_type",
    "mapped_type_clause",
    "member_expression",
    "nested_type_identifier",
    "new_expression",
    "non_null_expression",
    "object",
    "object_assignment_pattern",
    "optional_parameter",
    "pair",
    "pair_pattern",
    "property_signature",
    "public_field_definition",
    "required_parameter",
    "return_statement",
    "satisfies_expression",
    "shorthand_property_identifier",
    "shorthand_property_identifier_pattern",
    "spread_element",
    "string",
    "subscript_expression",
    "switch_statement",
    "ternary_expression",
    "type_alias_declaration",
    "type_assertion",
    "variable_declarator",
    "yield_expression",
)
# Also of a file that is switched off, `view.tsx.disabled`; JavaScript may have elements wherever it likes.
_WITH_ELEMENTS = re.compile(r"\.(?:tsx(?:\.(?!ts$)\w+)?|[cm]?jsx?)$")
_SCRIPT = re.compile(r"\.[cm]?jsx?$")
_SPECIFIER = re.compile(r"\b(?:from|import|require)\b\s*\(?\s*(['\"])([^'\"\n]+)\1")
# They are as many as all others together, or few files are asked for them.
_MANY = frozenset(
    {
        "comment",
        "identifier",
        "jsx_attribute",
        "string",
        "switch_statement",
        "template_string",
        "type_identifier",
        "union_type",
    }
)
_LONGEST_EXCERPT = 1 << 16


class Edit(NamedTuple):
    """A replacement of some bytes of a source."""

    start: int
    end: int
    text: str


class Source:
    """A source file, parsed when its tree is first asked for.

    Attributes:
        path: as in the hints.
        text: the whole text.
        data: the same in UTF-8, which is what positions of nodes count.
        is_writable: whether a patch may change it.
        mark: the byte order mark in front of the text, if any.
    """

    def __init__(self, path: str, text: str, *, is_writable: bool = True, mark: str = "") -> None:
        self.path = path
        self.text = text
        self.is_writable = is_writable
        self.mark = mark
        self.data = text.encode()

    @cached_property
    def root(self) -> Node:
        """The tree; where the text is no TypeScript it has error nodes and goes on behind them."""
        return parse(self.data, tsx=self.may_have_elements)

    @cached_property
    def has_mistakes(self) -> bool:
        """Whether the text is no TypeScript somewhere."""
        return has_mistakes(self.root)

    def is_asserted(self, node: Node) -> bool:
        """Whether a `!` says that an expression is there, and no node tells of it."""
        return node.end_byte in self._asserted

    @cached_property
    def _asserted(self) -> frozenset[int]:
        return asserted(self.root, self.data)

    @property
    def is_parsed(self) -> bool:
        """Whether anybody has asked for the tree."""
        return "root" in self.__dict__

    @property
    def is_script(self) -> bool:
        """Whether it is JavaScript, where nothing says what it is."""
        return _SCRIPT.search(self.path) is not None

    @property
    def file(self) -> str:
        """The path of the file that it is in: its own."""
        return self.path

    @property
    def is_component(self) -> bool:
        """Whether all of it is one component, its functions and what it shows."""
        return False

    @property
    def may_have_elements(self) -> bool:
        """Whether it may have markup in it."""
        return _WITH_ELEMENTS.search(self.path) is not None

    @cached_property
    def _index(self) -> dict[str, list[Node]]:
        return index(self.root, _INDEXED, tsx=self.may_have_elements)

    def nodes(self, *types: str) -> Iterator[Node]:
        """The nodes of these types, type by type, each in the order of the text."""
        for name in types:
            yield from self._many(name) if name in _MANY else self._index.get(name, ())

    def _many(self, kind: str) -> list[Node]:
        # They are as many as all others together, and few files are asked for them.
        return index(self.root, (kind,), tsx=self.may_have_elements).get(kind, [])

    def called(self, *names: str) -> list[Node]:
        """The calls of what has one of some names, in the order of the text."""
        found = {call.id for name in names for call in self.calls.get(name, ())}
        return [call for call in self.nodes("call_expression") if call.id in found] if found else []

    @cached_property
    def calls(self) -> dict[str, list[Node]]:
        """The calls by the name of what is called."""
        found: dict[str, list[Node]] = {}
        for call in self.nodes("call_expression"):
            found.setdefault(callee(call)[1], []).append(call)
        return found

    @cached_property
    def words(self) -> frozenset[str]:
        """Every identifier-like word of the text: a cheap answer to whether a name can occur at all."""
        # Most words stand in many files, and are kept once.
        return frozenset(map(intern, re.findall(r"[\w$]+", self.text)))

    @cached_property
    def specifiers(self) -> frozenset[str]:
        """The modules that the text may import, or export from, told without parsing it; comments may be among them."""
        return frozenset(match[2] for match in _SPECIFIER.finditer(self.text))

    def position(self, node: Node) -> tuple[int, int]:
        """Line and column of a node's first character, both from 1, the column in characters."""
        return node.start_point.row + 1, self._column(node.start_byte)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a place in the text, both from 1, the column in characters."""
        return self.data.count(b"\n", 0, offset) + 1, self._column(offset)

    def lines(self, node: Node, edits: Iterable[Edit] = ()) -> tuple[str, ...]:
        """The whole lines that a node touches, without their ends, with what the edits make of them.

        None where they are taken away, nor of what is longer than anybody reads: of code that was minified, every line
        is a file.
        """
        return self.lines_of(node.start_byte, node.end_byte, edits)

    def lines_of(self, first: int, last: int, edits: Iterable[Edit] = ()) -> tuple[str, ...]:
        """As `lines`, from one place of the text to another."""
        start, end = self._line_start(first), self._line_end(last)
        if end - start > _LONGEST_EXCERPT:
            return ()
        pieces: list[bytes] = []
        own = [each for each in edits if start <= each.start <= end]
        whole = (start, min(end + 1, len(self.data)), "")
        if any((each.start, each.end, each.text) == whole for each in own):
            return ()
        for edit in sorted(each for each in own if each.end <= end):
            pieces += [self.data[start : edit.start], edit.text.encode()]
            start = edit.end
        text = b"".join([*pieces, self.data[start:end]]).decode()
        return tuple(line.removesuffix("\r") for line in text.split("\n"))

    def line_starts(self, node: Node) -> Iterator[int]:
        """Where the lines of a node begin, but for its first and for empty ones."""
        start = self.data.find(b"\n", node.start_byte) + 1
        while 0 < start < node.end_byte:
            if self.data[start : start + 1] not in {b"\n", b"\r"}:
                yield start
            start = self.data.find(b"\n", start) + 1

    def whole_lines(self, node: Node) -> tuple[int, int]:
        """From where to where the lines go that a node touches, their ends included."""
        return self._line_start(node.start_byte), min(self._line_end(node.end_byte) + 1, len(self.data))

    def with_line_ends(self, text: str) -> str:
        """A text to be put into the file, its lines ended as those of the file are."""
        is_windows = b"\r\n" in self.data[: self._line_end(0) + 1]
        return text.replace("\n", "\r\n") if is_windows else text

    def indentation(self, node: Node) -> str:
        """The white space at the start of a node's line."""
        line = self.data[self._line_start(node.start_byte) : node.start_byte].decode()
        return line[: len(line) - len(line.lstrip())]

    def begins_line(self, node: Node) -> bool:
        """Whether nothing but white space stands before a node in its line."""
        return not self.data[self._line_start(node.start_byte) : node.start_byte].strip()

    @cached_property
    def has_semicolons(self) -> bool:
        """Whether statements end with a semicolon here."""
        return self.data.count(b";\n") + self.data.count(b";\r\n") > 0

    def _column(self, offset: int) -> int:
        return len(self.data[self._line_start(offset) : offset].decode()) + 1

    def _line_start(self, offset: int) -> int:
        return self.data.rfind(b"\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        end = self.data.find(b"\n", offset)
        return len(self.data) if end < 0 else end
