"""What `this` and `super` are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import CLASSES, ancestors, is_function
from prisma_decouple.typescript.types.classes import bases_of_class
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def of_this(file: FileContext, node: Node) -> Type | None:
    """An instance of the class around a node, or the literal whose method is around it."""
    for outer in ancestors(node):
        if outer.type in CLASSES:
            return Type(What.CLASS, place=Place(file, outer))
        if is_function(outer) and (literal := _literal_of(outer)) is not None:
            return Type(What.SHAPE, place=Place(file, literal))
    return None


def _literal_of(function: Node) -> Node | None:
    """The literal whose method a function is, `{ add() { … } }` or `{ add: function () { … } }`."""
    is_own = function.type != "arrow_function"
    member = function.parent if function.parent is not None and function.parent.type == "pair" else function
    literal = member.parent if is_own else None
    return literal if literal is not None and literal.type == "object" else None


def of_super(file: FileContext, node: Node) -> Type | None:
    """An instance of the class that the one around a node extends."""
    owner = of_this(file, node)
    is_class = owner is not None and owner.what is What.CLASS
    return next(bases_of_class(owner.place), None) if owner is not None and owner.place and is_class else None
