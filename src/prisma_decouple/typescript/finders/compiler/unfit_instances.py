"""Instances of a class that does not keep what its interface promises, where one is wanted for the interface.

`register(new Shop())`, when `Shop implements Books` and its `find` may give null now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import uses_of_variable
from prisma_decouple.typescript.source.syntax import CLASSES, ancestors, key_of, nearest, text_of
from prisma_decouple.typescript.types.places.arrivals import bases_of
from prisma_decouple.typescript.types.places.expectations import expected

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_MEMBERS = frozenset({"method_definition", "public_field_definition"})


def uses_of_unfit_instances(file: FileContext, name: Node) -> Iterator[Place]:
    """Where instances of a class are wanted for a type that one of its members does not fit.

    Args:
        file: the file of the class.
        name: the name of the member; of anything else there are none.
    """
    member = name.parent
    if member is None or member.type not in _MEMBERS or name != member.child_by_field_name("name"):
        return
    owner = nearest(member, *CLASSES)
    bases = [_declaration(base.node) for base in bases_of(Place(file, member), key_of(member))]
    called = text_of(owner.child_by_field_name("name")) if owner is not None else ""
    for path in sorted(file.project.users_of(file.source.path)) if called and bases else ():
        there = file.project.files[path]
        for made in there.source.nodes("new_expression") if called in there.source.words else ():
            if text_of(made.child_by_field_name("constructor")) == called and _is_instance(there, made, owner):
                yield from (Place(there, use) for use in _instances(made) if _is_wanted(there, use, bases))


def _declaration(member: Node) -> Node | None:
    return next((each for each in ancestors(member) if each.type.endswith("_declaration")), None)


def _is_instance(file: FileContext, made: Node, owner: Node | None) -> bool:
    found = file.types.of(made)
    return found is not None and found.place is not None and found.place.node == owner


def _instances(made: Node) -> Iterator[Node]:
    """A new instance, and the variable that holds it where it is used."""
    yield made
    holder = made.parent
    if holder is not None and holder.type == "variable_declarator" and holder.child_by_field_name("type") is None:
        yield from uses_of_variable(holder)


def _is_wanted(file: FileContext, use: Node, bases: list[Node | None]) -> bool:
    wanted = expected(file, use)
    return wanted is not None and wanted.place is not None and wanted.place.node in bases
