"""What a file exports, and what its statements declare."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.imports import module_of
from prisma_decouple.typescript.source.scopes import (
    bound_names,
    declared_by,
)
from prisma_decouple.typescript.source.syntax import key_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node


DECLARATIONS = frozenset(
    {
        "abstract_class_declaration",
        "class_declaration",
        "enum_declaration",
        "function_declaration",
        "function_signature",
        "generator_function_declaration",
        "interface_declaration",
        "type_alias_declaration",
    }
)
TYPES = frozenset({"interface_declaration", "type_alias_declaration"})
_VARIABLES = frozenset({"lexical_declaration", "variable_declaration"})


class Exports(NamedTuple):
    """What a file exports: its own values, or else types, its types, other names with their module, whole modules."""

    own: dict[str, Node]
    types: dict[str, Node]
    renamed: dict[str, tuple[str, str]]
    stars: list[str]


def exports_of(root: Node) -> Exports:
    """What a file exports."""
    exports = Exports({}, {}, {}, [])
    for statement in (child for child in root.named_children if child.type == "export_statement"):
        _note_declared(exports, statement)
        _note_others(exports, statement)
    return exports


def _note_declared(exports: Exports, statement: Node) -> None:
    """What an export declares itself."""
    is_default = any(child.type == "default" for child in statement.children)
    for node in declarations_in(statement):
        name = "default" if is_default else key_of(node)
        if node.type in TYPES:
            exports.types[name] = node
            exports.own.setdefault(name, node)
        elif node.type == "variable_declarator":
            exports.own.update(dict.fromkeys(bound_names(node.child_by_field_name("name") or node), node))
        else:
            exports.own[name] = node


def _note_others(exports: Exports, statement: Node) -> None:
    """What an export only names, or takes from another module."""
    module, value = module_of(statement), statement.child_by_field_name("value")
    clause = next((child for child in statement.named_children if child.type == "export_clause"), None)
    namespace = next((child for child in statement.named_children if child.type == "namespace_export"), None)
    if namespace is not None:
        exports.renamed[text_of(namespace.named_children[-1])] = ("*", module)
    elif clause is not None:
        for each in clause.named_children:
            name = text_of(each.child_by_field_name("name"))
            exports.renamed[text_of(each.child_by_field_name("alias")) or name] = (name, module)
    elif value is not None and value.type == "identifier":
        exports.renamed["default"] = (text_of(value), "")
    elif value is not None:
        exports.own["default"] = value
    elif module:
        exports.stars.append(module)


def declarations_in(statement: Node) -> Iterator[Node]:
    """The functions, classes, types and variables that a statement declares."""
    node = declared_by(statement)
    if node.type in DECLARATIONS:
        yield node
    elif node.type in _VARIABLES:
        yield from (child for child in node.named_children if child.type == "variable_declarator")
