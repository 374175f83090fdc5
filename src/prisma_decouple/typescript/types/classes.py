"""The members of a class: fields, methods, what its constructor takes or sets, and what it inherits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Foreign, Symbol
from prisma_decouple.typescript.source.scopes import PARAMETERS, bound_names, parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    call_arguments,
    callee,
    descendants,
    key_of,
    string_value,
    text_of,
)
from prisma_decouple.typescript.types.typed import Type, What, member_of, members_of, omittable, substituted
from prisma_decouple.typescript.types.written.generics import bound_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 8
_MAPPING = frozenset({"OmitType", "PartialType", "PickType"})  # of `@nestjs/mapped-types`


def static_member(owner: Place, name: str, depth: int) -> Type | None:
    """What a class has itself under a name, or the one that it extends.

    Args:
        owner: the class.
        name: of the member.
        depth: how far declarations are followed.
    """
    if not depth:
        return None
    named = (each for each in members_of(owner.node) if key_of(each) == name)
    own = next((each for each in named if any(child.type == "static" for child in each.children)), None)
    if own is not None:
        return owner.file.types.of_member(own, depth - 1)
    base = _base_class(owner)
    is_class = isinstance(base, Symbol) and base.node.type in DECLARED_CLASSES
    return static_member(Place(*base), name, depth - 1) if isinstance(base, Symbol) and is_class else None


def class_member(owner: Place, name: str, depth: int) -> Type | None:
    """What an instance has under a name.

    Args:
        owner: the class.
        name: of the member.
        depth: how far declarations are followed.
    """
    if not depth:
        return None
    types = owner.file.types
    member = member_of(owner.node, name)
    found = types.of_member(member, depth - 1) if member is not None else None
    if found is not None:
        return found
    if (parameter := taken_by_constructor(owner.node, name)) is not None:
        return types.of_member(parameter, depth - 1)
    constructor = member_of(owner.node, "constructor")
    if constructor is not None:
        value = _assigned(constructor, name)
        if value is not None:
            return types.of(value, depth - 1)
    return _inherited(owner, name, depth) if member is None else None


def field_of_class(owner: Place, name: str) -> Place | None:
    """What declares a field of a class: its definition, a parameter of the constructor, or the value set there."""
    member, constructor = member_of(owner.node, name), member_of(owner.node, "constructor")
    if member is not None and (member.child_by_field_name("type") or member.child_by_field_name("value")):
        return Place(owner.file, member)
    if (parameter := taken_by_constructor(owner.node, name)) is not None:
        return Place(owner.file, parameter)
    value = _assigned(constructor, name) if constructor is not None else None
    return Place(owner.file, value) if value is not None else None


def value_of_field(owner: Place, name: str) -> Place | None:
    """What a field of a class is set to, what its getter gives, or the parameter of the constructor that it is."""
    member, constructor = member_of(owner.node, name), member_of(owner.node, "constructor")
    value = member.child_by_field_name("value") if member is not None else None
    if member is not None and member.type == "method_definition":
        value = next(iter(returned_values(member)), None)
    value = value or taken_by_constructor(owner.node, name)
    if value is None and constructor is not None:
        value = _assigned(constructor, name)
    return Place(owner.file, value) if value is not None else None


def taken_by_constructor(declaration: Node, name: str) -> Node | None:
    """The parameter of a class's constructor that is a field of a name as well."""
    constructor = member_of(declaration, "constructor")
    taken = parameters(constructor) if constructor is not None else []
    return next((each for each in taken if is_parameter_property(each) and name in bound_names(each)), None)


def is_parameter_property(parameter: Node) -> bool:
    """Whether a constructor's parameter is a field as well."""
    is_marked = any(child.type in {"accessibility_modifier", "readonly"} for child in parameter.children)
    return parameter.type in PARAMETERS and is_marked


def _assigned(constructor: Node, name: str) -> Node | None:
    """The value in `this.name = value`."""
    for node in descendants(constructor, "assignment_expression"):
        if text_of(node.child_by_field_name("left")) == f"this.{name}":
            return node.child_by_field_name("right")
    return None


def _inherited(owner: Place, name: str, depth: int) -> Type | None:
    for base in bases_of_class(owner):
        found = class_member(base.place, name, depth - 1) if base.place is not None and base.has(name) else None
        found = substituted(found, base) if base.bound else found
        if found is not None:
            return omittable(found) if base.is_partial else found
    extended = _base_class(owner)
    is_client = isinstance(extended, Foreign) and extended.name == "PrismaClient"
    return owner.file.types.property(Type(What.CLIENT), name, depth - 1) if is_client else None


def bases_of_class(owner: Place) -> Iterator[Type]:
    """The classes that a class extends, also by way of NestJS: `extends PartialType(OmitType(BookDto, ["id"]))`."""
    extended = _extended(owner.node)
    if extended is not None:
        yield from _made_of(owner.file, extended)


def _made_of(file: FileContext, extended: Node) -> Iterator[Type]:
    if extended.type != "call_expression":
        declared = file.project.lookup(file, extended, text_of(extended))
        if isinstance(declared, Symbol) and declared.node.type in DECLARED_CLASSES:
            yield Type(What.CLASS, place=Place(declared.file, declared.node), bound=_bound(file, extended, declared))
        return
    name, given = callee(extended)[1], call_arguments(extended)
    named = frozenset(string_value(text) for each in given[1:2] for text in descendants(each, "string"))
    for each in given if name == "IntersectionType" else given[:1] if name in _MAPPING else ():
        for found in _made_of(file, each):
            without = found.without | named if name == "OmitType" else found.without
            only, is_partial = named if name == "PickType" else found.only, found.is_partial or name == "PartialType"
            yield replace(found, without=without, only=only, is_partial=is_partial)


def _bound(file: FileContext, extended: Node, declared: Symbol) -> tuple[tuple[str, Type], ...]:
    """What the type parameters of a class stand for in one that extends it."""
    clause = extended.parent
    written = clause.child_by_field_name("type_arguments") if clause is not None else None
    return bound_by(file.types, declared.node, written.named_children, _DEPTH) if written is not None else ()


def constructor_of(made: Type, depth: int = _DEPTH) -> tuple[Place, Type] | None:
    """The constructor that makes an instance of a class, which it may inherit, and the class that has it.

    Args:
        made: the instance.
        depth: how far declarations are followed.
    """
    if made.place is None or not depth:
        return None
    own = member_of(made.place.node, "constructor")
    if own is not None:
        return Place(made.place.file, own), made
    bases = (constructor_of(base, depth - 1) for base in bases_of_class(made.place))
    return next(filter(None, bases), None)


def _base_class(owner: Place) -> Symbol | Foreign | None:
    """The class that another one extends; what is declared nowhere is one of its own name."""
    base = _extended(owner.node)
    if base is None:
        return None
    return owner.file.project.lookup(owner.file, base, text_of(base)) or Foreign(text_of(base), "")


def _extended(declaration: Node) -> Node | None:
    heritage = next((child for child in declaration.named_children if child.type == "class_heritage"), None)
    clauses = heritage.named_children if heritage is not None else []
    clause = next((each for each in clauses if each.type == "extends_clause"), None)
    return clause.child_by_field_name("value") if clause is not None else None
