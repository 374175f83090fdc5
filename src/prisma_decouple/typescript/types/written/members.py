"""The members that a written type has: its own, and those of what it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Foreign, Symbol
from prisma_decouple.typescript.source.scopes import bound_names, parameters
from prisma_decouple.typescript.source.syntax import DECLARED_CLASSES, NOTHING, key_of, text_of
from prisma_decouple.typescript.types.classes import bases_of_class, is_parameter_property, taken_by_constructor
from prisma_decouple.typescript.types.typed import WRITTEN, What, member_of, members_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def written_for(member: Place) -> Place | None:
    """The type that is written for a member or a parameter; None when none is."""
    annotation = member.node.child_by_field_name("type")
    written = annotation.named_children[0] if annotation is not None and annotation.named_children else None
    return Place(member.file, written) if written is not None else None


def member_name(member: Node) -> str:
    """The name of a member, also of one that a constructor takes: `constructor(readonly authorId: number)`."""
    return key_of(member) or text_of(member.child_by_field_name("pattern"))


def parts_of(node: Node) -> Iterator[Node]:
    """The parts of a union or intersection, nested ones too."""
    waiting = node.named_children[::-1]  # a long union is nested as deeply as it is long
    while waiting:
        child = waiting.pop()
        if child.type == node.type:
            waiting += child.named_children[::-1]
        elif child.type != "comment":
            yield child


def shape_members(file: FileContext, node: Node, name: str, depth: int) -> Iterator[Place]:
    """The members of that name in a written type and what it extends, a union or an intersection."""
    own = member_of(node, name) or (taken_by_constructor(node, name) if node.type in DECLARED_CLASSES else None)
    if own is not None:
        yield Place(file, own)
    if not depth:
        return
    for each in bases_of_class(Place(file, node)) if node.type in DECLARED_CLASSES and own is None else ():
        if each.place is not None and each.has(name):
            yield from shape_members(each.place.file, each.place.node, name, depth - 1)
    for base in _bases(node):
        found = file.types.read(base, depth - 1)
        if found is not None and found.what is What.SHAPE and found.place is not None:
            yield from shape_members(found.place.file, found.place.node, name, depth - 1)


def member_names(shape: Place, depth: int) -> Iterator[str]:
    """The names of the members of a written type and of what it extends; of a union those of all its parts."""
    yield from map(key_of, members_of(shape.node))
    constructor = member_of(shape.node, "constructor") if shape.node.type in DECLARED_CLASSES else None
    for parameter in parameters(constructor) if constructor is not None else ():
        yield from bound_names(parameter) if is_parameter_property(parameter) else ()
    bases = bases_of_class(shape) if depth and shape.node.type in DECLARED_CLASSES else []
    read = (shape.file.types.read(base, depth - 1) for base in _bases(shape.node)) if depth else iter(())
    for base in (*bases, *read):
        if base is not None and base.what in WRITTEN and base.place is not None:
            yield from filter(base.has, member_names(base.place, depth - 1))


def is_part(whole: Place, part: Place, depth: int) -> bool:
    """Whether a written type is another one, or is made of it: an intersection, or what an interface extends."""
    if whole.node == part.node:
        return True
    if not depth or whole.node.type == "union_type":
        return False
    bases = bases_of_class(whole) if whole.node.type in DECLARED_CLASSES else ()
    read = (whole.file.types.read(base, depth - 1) for base in _bases(whole.node))
    found = (each.place for each in (*bases, *read) if each is not None)
    return any(each is not None and is_part(each, part, depth - 1) for each in found)


def is_seen(shape: Place, depth: int) -> bool:
    """Whether all the members of a written type are seen: what is behind a type parameter is not."""
    if not depth:
        return False
    for base in (each for each in _bases(shape.node) if text_of(each) not in NOTHING):
        found = shape.file.types.read(base, depth - 1)
        if found is None or found.what is not What.SHAPE or found.place is None or not is_seen(found.place, depth - 1):
            return False
    return True


def is_of_others(file: FileContext, written: Node | None, depth: int) -> bool:
    """Whether a written type is one that the code base does not declare, or adds to one, such as a request."""
    if written is None or not depth:
        return False
    if written.type in {"type_annotation", "parenthesized_type"}:
        return is_of_others(file, next(iter(written.named_children), None), depth - 1)
    if written.type in {"intersection_type", "interface_declaration"}:
        return any(is_of_others(file, each, depth - 1) for each in _bases(written))
    name = written.child_by_field_name("name") if written.type == "generic_type" else written
    if name is None or name.type not in {"type_identifier", "nested_type_identifier"}:
        return False
    found = file.project.lookup(file, name, text_of(name), is_type=True)
    if isinstance(found, Symbol):
        inner = found.node.child_by_field_name("value") if found.node.type == "type_alias_declaration" else found.node
        return is_of_others(found.file, inner, depth - 1)
    told = file.types.read(written, depth - 1)
    # What the code base adds to a type of others by `declare module` makes it none of its own.
    is_added_to = isinstance(found, Foreign) and told is not None and told.what is What.SHAPE
    return is_added_to or (told is None and (isinstance(found, Foreign) or name.type == "nested_type_identifier"))


def _bases(node: Node) -> list[Node]:
    """The parts of a union or intersection, and what an interface extends."""
    if node.type in {"intersection_type", "union_type"}:
        return list(parts_of(node))
    clauses = (child for child in node.named_children if child.type == "extends_type_clause")
    return [base for clause in clauses for base in clause.named_children]
