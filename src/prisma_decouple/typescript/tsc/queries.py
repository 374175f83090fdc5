"""The queries, in whatever file, whose results are read where the compiler complains."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from prisma_decouple.typescript.context import FileContext, Findings
from prisma_decouple.typescript.source.files import read_configs, read_tree
from prisma_decouple.typescript.source.project import Project
from prisma_decouple.typescript.source.syntax import READS, ancestors, callee, nearest
from prisma_decouple.typescript.source.text import Source
from prisma_decouple.typescript.tsc.consequences import node_at
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tree_sitter import Node

    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.tsc.projects import CompilerError
    from prisma_decouple.typescript.types.typed import Type

# There is no such property, or no type of what is taken out of it: so TypeScript does not know what was loaded.
_UNKNOWN = frozenset({"TS2339", "TS2551", "TS7006", "TS7031"})
_OF_A_VALUE = frozenset({"TS2322", "TS2345"})
_STATEMENTS = frozenset({"expression_statement", "program", "return_statement", "statement_block"})


class Queries:
    """The queries of a code base, by what is made of their results.

    Args:
        facts: the change of the schema.
        root: the code base.
        texts: what the patch has made of its files.
    """

    def __init__(self, facts: SchemaFacts, root: Path, texts: Mapping[str, str]) -> None:
        self._facts = facts
        self._root = root
        self._texts = texts

    @cached_property
    def _files(self) -> dict[str, FileContext]:
        files: dict[str, FileContext] = {}
        project = Project(files, read_configs(self._root))
        for each in read_tree(self._root):
            text = self._texts.get(each.path, each.text)
            if text is not None:
                files[each.path] = FileContext(self._facts, Source(each.path, text), Findings(), project)
        return files

    def behind(self, error: CompilerError) -> Iterator[tuple[str, range]]:
        """What an error may follow from, the file and the lines of each, the nearest one first.

        It is the query whose result is read there, or the literal that makes the value which is handed over there.
        """
        file = self._files.get(error.file) if error.code in _UNKNOWN | _OF_A_VALUE else None
        node = node_at(file.source, error) if file is not None else None
        if file is None or node is None:
            return
        values = _read_at(node) if error.code in _UNKNOWN else _given_at(node)
        for found in filter(None, map(file.types.of, values)):
            made = _made_at(found)
            if made is not None and found.place is not None:
                yield found.place.file.source.path, range(made.start_point.row + 1, made.end_point.row + 2)


def _made_at(found: Type) -> Node | None:
    """The query of a record, or the literal of an object."""
    node = found.place.node if found.place is not None else None
    if node is not None and found.what is What.RECORD:
        return nearest(node, "call_expression")
    return node if node is not None and found.what is What.SHAPE and node.type == "object" else None


def _given_at(node: Node) -> Iterator[Node]:
    """The value of which an error says that it does not fit: that of a property, or an argument."""
    pair = node.parent
    value = pair.child_by_field_name("value") if pair is not None and pair.type == "pair" and node != pair else None
    yield value if value is not None else node


def _read_at(node: Node) -> Iterator[Node]:
    """The values that are read at a place: in chains of properties, by patterns, and by what a method is given."""
    for outer in ancestors(node):
        if outer.type in _STATEMENTS:
            return
        value = outer.child_by_field_name("value") if outer.type == "variable_declarator" else None
        if outer.type == "call_expression":
            value = callee(outer)[0]
        elif outer.type in READS:
            value = outer.child_by_field_name("object")
        while value is not None:
            yield value
            value = value.child_by_field_name("object") if value.type in READS else None
