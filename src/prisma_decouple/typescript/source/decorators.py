"""What is said of classes and their methods by decorators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import last_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_BESIDE = frozenset({"comment", "decorator"})


def decorators_of(node: Node) -> frozenset[str]:
    """The names of the decorators of a class or method: `@Get(":id")` is called `Get`."""
    called = (each.child_by_field_name("function") or each for each in _decorators(node))
    return frozenset(filter(None, map(last_name, called)))


def _decorators(node: Node) -> Iterator[Node]:
    """What stands behind the `@` of each: those of a class are inside of it or of its `export`, others before."""
    outer = node.parent
    holders = [outer, node] if outer is not None and outer.type == "export_statement" else [node]
    found = [child for holder in holders for child in holder.children]
    above = node.prev_sibling
    while above is not None and above.type in _BESIDE:
        found.append(above)
        above = above.prev_sibling
    yield from (each.named_children[0] for each in found if each.type == "decorator" and each.named_children)
