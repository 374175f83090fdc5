"""The templates of classes of Angular, in files of their own and in the classes' (its documentation, "Components")."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.decorators import decorators
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.syntax import CLASSES, call_arguments, callee, key_of, string_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.source.text import Source

_COMPONENT, _MARK = "Component", "@Component("
_TEMPLATE, _ELSEWHERE = "template", "templateUrl"
_TEXTS = frozenset({"string", "template_string"})
_INSIDE = "#"


class Template(NamedTuple):
    """The template of a class.

    Attributes:
        owner: the class.
        file: the path of the file that it is in.
        start: where it begins in that file, in bytes, if it stands in the class; as is `end`, where it ends.
    """

    owner: Node
    file: str
    start: int = 0
    end: int | None = None

    @property
    def path(self) -> str:
        """By which it is told from other sources: of one that stands in a class with the name of that."""
        return self.file if self.end is None else f"{self.file}{_INSIDE}{key_of(self.owner)}"


def templates_of(source: Source) -> Iterator[Template]:
    """The templates of the components that a file declares.

    Args:
        source: a file of TypeScript.
    """
    for each in source.nodes(*CLASSES) if _MARK in source.text else ():
        found = template_of(source.path, each)
        yield from (found,) if found is not None else ()


def template_of(path: str, owner: Node) -> Template | None:
    """The template of a class; None where it has none.

    Args:
        path: of the file that declares the class.
        owner: the class.
    """
    for name, value in _told(owner):
        if name == _ELSEWHERE and string_value(value):
            return Template(owner, posixpath.normpath(posixpath.join(posixpath.dirname(path), string_value(value))))
        if name == _TEMPLATE and value.type in _TEXTS:
            return Template(owner, path, value.start_byte + 1, value.end_byte - 1)
    return None


def _told(owner: Node) -> Iterator[tuple[str, Node]]:
    """What a class is told as a component."""
    for each in decorators(owner):
        given = call_arguments(each) if callee(each)[1] == _COMPONENT else []
        yield from (pair for value in given[:1] if value.type == "object" for pair in properties(value))
