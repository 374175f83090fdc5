"""The queries, in whatever file, whose results are read where the compiler complains."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from prisma_decouple.typescript.context import FileContext, Findings
from prisma_decouple.typescript.source.files import read_configs, read_tree
from prisma_decouple.typescript.source.project import Project
from prisma_decouple.typescript.source.syntax import Source, ancestors, callee
from prisma_decouple.typescript.tsc.consequences import node_at
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from tree_sitter import Node

    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.tsc.workspace import CompilerError

# There is no such property, or no type of what is taken out of it: so TypeScript does not know what was loaded.
_UNKNOWN = frozenset({"TS2339", "TS2551", "TS7006", "TS7031"})
_CHAINS = frozenset({"member_expression", "subscript_expression"})
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

    def read_by(self, error: CompilerError) -> Iterator[tuple[str, range]]:
        """The queries whose results an error may read: the file and the lines of each, the nearest one first."""
        file = self._files.get(error.file) if error.code in _UNKNOWN else None
        node = node_at(file.source, error) if file is not None else None
        for value in _read_at(node) if node is not None else ():
            found = file.types.of(value) if file is not None else None
            if found is not None and found.what is What.RECORD and found.place is not None:
                call = next((each for each in ancestors(found.place.node) if each.type == "call_expression"), None)
                if call is not None:
                    rows = range(call.start_point.row + 1, call.end_point.row + 2)
                    yield found.place.file.source.path, rows


def _read_at(node: Node) -> Iterator[Node]:
    """The values that are read at a place: in chains of properties, by patterns, and by what a method is given."""
    for outer in ancestors(node):
        if outer.type in _STATEMENTS:
            return
        value = outer.child_by_field_name("value") if outer.type == "variable_declarator" else None
        if outer.type == "call_expression":
            value = callee(outer)[0]
        elif outer.type in _CHAINS:
            value = outer.child_by_field_name("object")
        while value is not None:
            yield value
            value = value.child_by_field_name("object") if value.type in _CHAINS else None
