"""What the namespaces of a code base declare: `namespace Api { export interface Book { ... } }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.exports import TYPES, declarations_in
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import bound_names, declared_by
from prisma_decouple.typescript.source.syntax import key_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_KIND = "internal_module"
_KEYWORDS = frozenset({"module", "namespace"})


def declared_inside(file: FileContext, namespace: str, name: str, *, is_type: bool = False) -> Symbol | None:
    """What a namespace that a file declares or imports has under a name.

    Args:
        file: the file.
        namespace: its name there, with dots where one is inside of another.
        name: the name in it.
        is_type: whether a type is meant.
    """
    if not namespace.replace(".", "").isidentifier():
        return None
    for home, path in _homes(file, namespace):
        for body in _bodies(home.source.root, path) if _KEYWORDS & home.source.words else ():
            for node in (each for statement in body.named_children for each in declarations_in(statement)):
                is_one = node.type in TYPES if is_type else node.type not in TYPES
                if name in _names(node) and (is_one or node.type.endswith("class_declaration")):
                    return Symbol(home, node)
    return None


def _homes(file: FileContext, namespace: str) -> Iterator[tuple[FileContext, str]]:
    """The files that may declare a namespace, each with its name there."""
    first, dot, rest = namespace.partition(".")
    source = file.imported.get(first)
    if source is None:
        yield file, namespace
        return
    project, seen = file.project, set[str]()
    waiting = [(file, source.module)]
    original = source.name if source.name != "*" else ""
    while waiting:
        at, module = waiting.pop()
        path = project.modules.resolve(module, at.source.path)
        home = project.files.get(path) if path is not None else None
        if home is not None and path is not None and path not in seen:
            seen.add(path)
            yield home, f"{original}{dot if original else ''}{rest}"
            waiting += [(home, each) for each in home.exports.stars]


def _bodies(scope: Node, path: str) -> Iterator[Node]:
    """The bodies of a namespace inside of a file or another namespace; there may be several."""
    for statement in scope.named_children:
        node = declared_by(statement)
        node = node.named_children[0] if node.type == "expression_statement" and node.named_children else node
        body, own = node.child_by_field_name("body"), text_of(node.child_by_field_name("name"))
        if node.type != _KIND or body is None:
            continue
        if own == path:
            yield body
        elif path.startswith(f"{own}."):
            yield from _bodies(body, path.removeprefix(f"{own}."))


def _names(declaration: Node) -> frozenset[str]:
    if declaration.type == "variable_declarator":
        return frozenset(bound_names(declaration.child_by_field_name("name") or declaration))
    return frozenset({key_of(declaration)})
