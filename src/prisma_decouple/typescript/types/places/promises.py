"""Where a function is promised by another name or type: by an interface, a base class, or the type of an object."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import declared_by, function_name, parameters
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    PROPERTIES,
    ancestors,
    key_of,
    last_name,
    nearest,
    text_of,
)
from prisma_decouple.typescript.types.foreign import property_of_package, value_of_package, written_by_package
from prisma_decouple.typescript.types.places.arrivals import bases_of
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.slots import Slot, parameter_type, place_key
from prisma_decouple.typescript.types.typed import WRITTEN, Type, What
from prisma_decouple.typescript.types.written.members import shape_members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_HOLDERS = frozenset({"public_field_definition", "variable_declarator"})
_SIGNATURES = frozenset({"function_signature", "method_signature"})
_DEPTH = 8
_CLIENT = "PrismaClient"
# The interfaces of NestJS and its like that have one method only, which is called like them.
_OF_ONE = re.compile("(?:After|Before|Do|On)[A-Z]")


def promises_of(files: Iterable[FileContext], function: Place) -> dict[str, str]:
    """The members of types that stand for a function: who calls them may call it.

    Args:
        files: of the code base.
        function: the function or method.

    Returns:
        Their names, each by the key of its place.
    """
    return {place_key(found): name for name, found in _promises(files, function)}


def _promises(files: Iterable[FileContext], function: Place) -> Iterator[tuple[str, Place]]:
    """The functions that are promised, with the names of the members that do so."""
    name = function_name(function.node)
    members = [*_of_bases(function), *_said_around(function)]
    for file in (each for each in files if name and name in each.source.words):
        members += _kept(file, function, name)
    for member in members:
        found = member.file.types.of_member(member.node)
        if found is not None and found.what is What.FUNCTION and found.place is not None:
            yield key_of(member.node), found.place


def takes_the_same(slot: Slot, promise: Place) -> bool:
    """Whether a promised function takes the very type, as an argument, in which a function is to take a key."""
    own, other = parameter_type(slot), _taken(promise, slot.index)
    return slot.is_property and own is not None and other is not None and own.place == other.place is not None


def is_promised_otherwise(slot: Slot) -> bool:
    """Whether who calls a function by a promise of it gives an argument that has a written type of its own."""
    own, function = parameter_type(slot), slot.function
    for _, promise in _promises(function.file.project.speaking_of(function_name(function.node)), function):
        other = _taken(promise, slot.index)
        if other is not None and other.what in WRITTEN and own is not None and other.place != own.place:
            return True
    return False


def is_of_namespace(function: Node) -> bool:
    """Whether a function is exported by a namespace, whose name stands before its own where it is called."""
    around = list(ancestors(function))
    is_inside = any(each.type == "internal_module" for each in around)
    return is_inside and any(each.type == "export_statement" for each in around)


def is_overridden(method: Place) -> bool:
    """Whether a class below has a method of its own instead, with the same parameters in the same order."""
    name = function_name(method.node)
    for file in method.file.project.speaking_of(name) if _member_of_class(method.node) is not None else ():
        for other in (each for each in file.source.nodes("method_definition") if key_of(each) == name):
            if any(base.node == method.node for base in _of_bases(Place(file, other))):
                return True
    return False


def _taken(function: Place, index: int) -> Type | None:
    """The type that a function writes for an argument."""
    taken = parameters(function.node)
    return function.file.types.read(taken[index].child_by_field_name("type")) if index < len(taken) else None


def is_said_elsewhere(function: Place) -> bool:
    """Whether something else says what a function takes: an overload, the type of what holds it, what it overrides."""
    node, name = function.node, function_name(function.node)
    holder = node.parent
    if holder is not None and holder.type in _HOLDERS and holder.child_by_field_name("type") is not None:
        return True
    if any(_of_bases(function)) or any(_said_around(function)) or may_override_unseen(function):
        return True
    return _is_overloaded(node, name)


def _member_of_class(function: Node) -> Node | None:
    """A method, or the field that has a function; None for any other function."""
    member = function if function.type == "method_definition" else function.parent
    is_in_class = member is not None and member.parent is not None and member.parent.type == "class_body"
    return member if is_in_class else None


def _of_bases(function: Place) -> Iterator[Place]:
    """The members of classes and interfaces of the code base that a method, or a field of a class, is one of."""
    member = _member_of_class(function.node)
    yield from bases_of(Place(function.file, member), key_of(member)) if member is not None else ()


def may_override_unseen(method: Place) -> bool:
    """Whether a method may be one of a class or interface that the code base does not declare.

    Where a package's own declarations are there, they say what it has.
    """
    member = _member_of_class(method.node)
    if member is None or any(text_of(child) == "private" for child in member.children):
        return False
    owner = nearest(member, *DECLARED_CLASSES)
    return owner is not None and _has_unseen(Place(method.file, owner), key_of(member), _DEPTH)


def _has_unseen(owner: Place, name: str, depth: int) -> bool:
    """Whether what a class extends or implements, and the code base does not declare, may have a member."""
    for base in _named_bases(owner.node) if depth else ():
        found = owner.file.project.lookup(owner.file, base, text_of(base), is_type=base.type == "type_identifier")
        if isinstance(found, Symbol):
            if found.node.type in DECLARED_CLASSES and _has_unseen(Place(found.file, found.node), name, depth - 1):
                return True
        elif text_of(base) != _CLIENT and not _OF_ONE.match(text_of(base)):
            told = value_of_package(owner.file, base) or written_by_package(owner.file, base)
            if told is None or property_of_package(owner.file, told, name) is not None:
                return True
    return False


def _named_bases(owner: Node) -> Iterator[Node]:
    """The names of what a class extends and implements; what is made by a call is none."""
    heritage = next((child for child in owner.named_children if child.type == "class_heritage"), None)
    for clause in heritage.named_children if heritage is not None else ():
        listed = (clause.child_by_field_name("value"),) if clause.type == "extends_clause" else clause.named_children
        for each in listed:
            named = each.child_by_field_name("name") if each is not None and each.type == "generic_type" else each
            if named is not None:
                yield named


def _is_overloaded(function: Node, name: str) -> bool:
    """Whether a signature of the same name stands above a function."""
    is_exported = function.parent is not None and function.parent.type == "export_statement"
    statement = function.parent if is_exported else function
    above = statement.prev_named_sibling if statement is not None else None
    while above is not None and above.type == "comment":
        above = above.prev_named_sibling
    above = declared_by(above) if above is not None else None
    return above is not None and above.type in _SIGNATURES and function_name(above) == name


def _said_around(function: Place) -> Iterator[Place]:
    """The members that the type of an object has for a function that is written into it."""
    node = function.node
    member = node.parent if node.parent is not None and node.parent.type == "pair" else node
    literal = member.parent if member.parent is not None and member.parent.type == "object" else None
    wanted = expected(function.file, literal) if literal is not None else None
    if wanted is not None and wanted.place is not None and wanted.what in WRITTEN:
        yield from shape_members(wanted.place.file, wanted.place.node, key_of(member), _DEPTH)


def _kept(file: FileContext, function: Place, name: str) -> Iterator[Place]:
    """The members that the type of an object has for a function: `const books: Books = { add: addBook }`."""
    for node in file.source.nodes(*PROPERTIES):
        value = node.child_by_field_name("value") or node
        if last_name(value) != name or node.parent is None or node.parent.type != "object":
            continue
        found = file.types.of(value)
        if found is None or found.place is None or place_key(found.place) != place_key(function):
            continue
        wanted = expected(file, node.parent)
        if wanted is not None and wanted.place is not None and wanted.what in WRITTEN:
            yield from shape_members(wanted.place.file, wanted.place.node, key_of(node), _DEPTH)
