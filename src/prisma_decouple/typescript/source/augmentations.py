"""What files add to modules of others, and what they declare for all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.exports import exports_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import declared_by
from prisma_decouple.typescript.source.syntax import DECLARED_CLASSES, key_of, nearest, string_value, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_TYPES = frozenset({*DECLARED_CLASSES, "interface_declaration", "type_alias_declaration"})
_DECLARATIONS = (".d.ts", ".d.mts", ".d.cts")
_OF_MODULES = frozenset({"export_statement", "import_statement"})
# Where the types of a module are declared that another one exports.
_HOMES = {"express": "express-serve-static-core", "next-auth/react": "next-auth"}
# Where a module takes additions to its types from that is given no name to add them to.
_NAMESPACES = {"express": "Express"}


class Augmentations:
    """The types that `declare module "..."`, `declare global` and scripts of declarations declare."""

    def __init__(self, files: Iterable[FileContext]) -> None:
        self._of_modules: dict[tuple[str, str], list[Place]] = {}
        self._of_all: dict[str, list[Place]] = {}
        self._values: dict[tuple[str, str], Place] = {}
        for file in files:
            if file.source.path.endswith(_DECLARATIONS) or _is_ambient(file):
                self._note_file(file)

    def of_module(self, module: str, name: str) -> list[Place]:
        """What is added to a type of a module that is no part of the code base."""
        homes = (module, _HOMES.get(module, ""))
        found = [place for home in homes if home for place in self._of_modules.get((home, name), ())]
        return [*found, *self._of_all.get(f"{_NAMESPACES[module]}.{name}", ())] if module in _NAMESPACES else found

    def value_of_module(self, module: str, name: str) -> Place | None:
        """The function or variable under a name of a module without types of its own, which are declared here."""
        return self._values.get((module, name))

    def of_all(self, name: str) -> list[Place]:
        """What is declared for all files under a name, `Namespace.Name` inside of a namespace."""
        return self._of_all.get(name, [])

    def _note_file(self, file: FileContext) -> None:
        statements = file.source.root.named_children
        is_script = not any(each.type in _OF_MODULES for each in statements)
        for statement in statements:
            node = declared_by(statement)
            body = node.child_by_field_name("body")
            if node.type == "module" and body is not None:
                self._note_module(file, string_value(node.child_by_field_name("name")), body)
            elif node.type == "statement_block" and statement.type == "ambient_declaration":
                self._note_all(file, node.named_children, "")
            elif is_script and file.source.path.endswith(_DECLARATIONS):
                self._note_all(file, [statement], "")

    def _note_module(self, file: FileContext, module: str, body: Node) -> None:
        for node in map(declared_by, body.named_children):
            if node.type in _TYPES:
                self._of_modules.setdefault((module, key_of(node)), []).append(Place(file, node))
        exported = exports_of(body).own.items()
        self._values |= {(module, name): Place(file, node) for name, node in exported if node.type not in _TYPES}

    def _note_all(self, file: FileContext, statements: Iterable[Node], around: str) -> None:
        for node in map(_without_statement, map(declared_by, statements)):
            name = f"{around}{key_of(node) or text_of(node.child_by_field_name('name'))}"
            body = node.child_by_field_name("body")
            if node.type in _TYPES:
                self._of_all.setdefault(name, []).append(Place(file, node))
            elif node.type == "internal_module" and body is not None:
                self._note_all(file, body.named_children, f"{name}.")


def is_of_package(node: Node) -> bool:
    """Whether something is declared in a module that is declared whole: what it takes is not for the code base to say.

    One that has no values only adds to types of a package, which the code base fills itself.
    """
    module = nearest(node, "module")
    body = module.child_by_field_name("body") if module is not None else None
    return body is not None and any(each.type not in _TYPES for each in exports_of(body).own.values())


def _is_ambient(file: FileContext) -> bool:
    return "declare" in file.source.words and bool({"global", "module"} & file.source.words)


def _without_statement(node: Node) -> Node:
    """A namespace that stands without `declare` is an expression to the grammar."""
    return node.named_children[0] if node.type == "expression_statement" and node.named_children else node
