"""What a declaration file declares: its names, what it exports, and the modules and namespaces inside of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakValueDictionary

from prisma_decouple.typescript.source.imports import module_of
from prisma_decouple.typescript.source.scopes import imported_names
from prisma_decouple.typescript.source.syntax import key_of, string_value, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tree_sitter import Node

_NAMED = frozenset(
    {
        *("abstract_class_declaration", "class_declaration", "enum_declaration", "function_declaration"),
        *("function_signature", "interface_declaration", "internal_module", "type_alias_declaration"),
    }
)
_VARIABLES = frozenset({"lexical_declaration", "variable_declaration"})
_AROUND = frozenset({"ambient_declaration", "export_statement", "statement_block"})  # `declare global { ... }`


class Declarations:
    """What a file, a module in it, or a namespace declares.

    Attributes:
        path: of the file.
        root: all of it.
        outer: what is around it; None of a file.
        own: the declarations of each name, which may be several: overloads, an interface in parts, a namespace.
        renamed: what is exported by another name or from elsewhere: the name there, and its module or nothing.
        imports: the same for what is imported.
        stars: the modules of which everything is exported.
        whole: the name that is all that it exports, `export = name`; empty without one.
        modules: those that are declared in it under names of their own.
    """

    def __init__(self, path: Path, root: Node, outer: Declarations | None = None) -> None:
        self.path = path
        self.root = root
        self.outer = outer
        self.own: dict[str, list[Node]] = {}
        self.renamed: dict[str, tuple[str, str]] = {}
        self.imports: dict[str, tuple[str, str]] = {}
        self.stars: list[str] = []
        self.whole = ""
        self.modules: dict[str, Declarations] = {}
        self._spaces: dict[int, Declarations] = {}
        for statement in root.named_children:
            self._note(statement)

    def space(self, node: Node) -> Declarations | None:
        """What a namespace declares that is declared here."""
        body = node.child_by_field_name("body")
        if body is not None and node.id not in self._spaces:
            self._spaces[node.id] = Declarations(self.path, body, self)
        return self._spaces.get(node.id)

    def _note(self, statement: Node) -> None:
        if statement.type == "import_statement":
            self._note_import(statement)
        elif statement.type == "export_statement":
            self._note_export(statement)
        self._note_declared(statement)

    def _note_import(self, statement: Node) -> None:
        clause = next((child for child in statement.named_children if child.type == "import_require_clause"), None)
        if clause is not None:
            self.imports[text_of(clause.named_children[0])] = ("default", string_value(clause.named_children[-1]))
        for name, original in imported_names(statement).items():
            self.imports[name] = (original, module_of(statement))

    def _note_export(self, statement: Node) -> None:
        module, kinds = module_of(statement), {child.type: child for child in statement.children}
        clause = kinds.get("export_clause")
        if clause is not None:
            for each in (child for child in clause.named_children if child.type == "export_specifier"):
                name = text_of(each.child_by_field_name("name"))
                self.renamed[text_of(each.child_by_field_name("alias")) or name] = (name, module)
        elif "namespace_export" in kinds:
            self.renamed[text_of(kinds["namespace_export"].named_children[-1])] = ("*", module)
        elif module:
            self.stars.append(module)
        elif "default" in kinds:
            declared = next(iter(_declared(statement)), None)
            name = key_of(declared) if declared is not None else text_of(statement.child_by_field_name("value"))
            self.renamed["default"] = (name, "")
        elif "=" in kinds and "identifier" in kinds:
            self.whole = text_of(kinds["identifier"])

    def _note_declared(self, statement: Node) -> None:
        for node in _declared(statement):
            if node.type == "module":
                body, name = node.child_by_field_name("body"), string_value(node.child_by_field_name("name"))
                if body is not None:
                    self.modules[name] = Declarations(self.path, body, self)
            else:
                self.own.setdefault(key_of(node), []).append(node)


def _declared(statement: Node) -> Iterator[Node]:
    if statement.type in _AROUND or statement.type == "expression_statement":
        for child in statement.named_children:
            yield from _declared(child)
    elif statement.type in _NAMED or statement.type == "module":
        yield statement
    elif statement.type in _VARIABLES:
        yield from (child for child in statement.named_children if child.type == "variable_declarator")


class Told:
    """A declaration or a written type of a package, and what the type parameters around it stand for there.

    There is only one of each. What a chain of generic calls gives is bound to what came before many times over, on many
    levels: to compare two of them part by part, or to hash one, would never end.

    Attributes:
        home: where it is declared.
        node: the declaration, or the type.
        bound: what type parameters stand for.
    """

    __slots__ = ("__weakref__", "bound", "home", "node")
    home: Declarations
    node: Node
    bound: Bound

    def __new__(cls, home: Declarations, node: Node, bound: Bound = ()) -> Told:  # noqa: PYI034 - Self: from 3.11 on
        """The only one of its kind."""
        key = (id(home), node, tuple((name, id(each)) for name, each in bound))
        found = _TOLD.get(key)
        if found is None:
            found = super().__new__(cls)
            found.home, found.node, found.bound = home, node, bound
            _TOLD[key] = found
        return found


Bound: TypeAlias = "tuple[tuple[str, Told], ...]"
_TOLD: WeakValueDictionary[tuple[object, ...], Told] = WeakValueDictionary()
