"""What declared types and functions say themselves, as they are written in the declarations of packages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.declarations import Told
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    ancestors,
    children_of,
    key_of,
    string_value,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

SHAPES = DECLARED_CLASSES | {"interface_declaration", "object_type"}


def at(told: Told, node: Node) -> Told:
    """Something that is written inside of a declaration or type."""
    return Told(told.home, node, told.bound)


def is_signature(member: Node, owner: Node, *, is_new: bool) -> bool:
    """Whether a member of a type or class says how it is called, or how one is made."""
    if owner.type in DECLARED_CLASSES:
        return key_of(member) == "constructor"
    return member.type == ("construct_signature" if is_new else "call_signature")


def is_optional(told: Told) -> bool:
    """Whether a type is that of a property or parameter that may be left out."""
    return told.node.parent is not None and may_be_left_out(told.node.parent)


def may_be_left_out(holder: Node) -> bool:
    """Whether a property or parameter says that it need not be there: `authorId?: string`."""
    return holder.type == "optional_parameter" or any(each.type == "?" for each in holder.children)


def type_of(member: Told) -> Iterator[Told]:
    """The type of a property; a method itself."""
    node = member.node
    if node.type == "method_signature":
        is_getter = any(child.type == "get" for child in node.children)
        written = node.child_by_field_name("return_type") if is_getter else None
        yield Told(member.home, written, member.bound) if written is not None else member
        return
    written = node.child_by_field_name("type")
    if written is not None:
        yield Told(member.home, written, member.bound)


def own_members(node: Node) -> Iterator[Node]:
    """The members that a type or class writes down itself."""
    body = node.child_by_field_name("body") or node
    yield from body.named_children


def heritage(node: Node) -> Iterator[Node]:
    """What an interface or class extends, as it is written."""
    for child in node.named_children:
        if child.type == "extends_type_clause":
            yield child
        elif child.type == "class_heritage":
            yield from (each for each in child.named_children if each.type == "extends_clause")


def given_types(told: Told) -> list[Told]:
    """The types that a generic one is given."""
    node = told.node
    listed = node if node.type == "type_arguments" else node.child_by_field_name("type_arguments")
    return [Told(told.home, each, told.bound) for each in listed.named_children] if listed is not None else []


def taken(signature: Node) -> list[Node]:
    """The parameters of a signature that a call gives something for."""
    listed = signature.child_by_field_name("parameters")
    children = listed.named_children if listed is not None else ()
    found = [each for each in children if each.type in {"optional_parameter", "required_parameter"}]
    return [each for each in found if text_of(each.child_by_field_name("pattern")) != "this"]


def is_rest(parameter: Node) -> bool:
    """Whether a parameter is `...rest`."""
    pattern = parameter.child_by_field_name("pattern")
    return pattern is not None and pattern.type == "rest_pattern"


def must_be_given(parameter: Node) -> bool:
    """Whether a call has to give something for a parameter: it is not `name?`, has no default and is no `...rest`."""
    has_default = parameter.child_by_field_name("value") is not None
    return parameter.type != "optional_parameter" and not has_default and not is_rest(parameter)


def type_parameter(node: Node, name: str) -> Node | None:
    """The type parameter of that name of a declaration around a node."""
    for outer in ancestors(node):
        listed = outer.child_by_field_name("type_parameters")
        for each in listed.named_children if listed is not None else ():
            if text_of(each.child_by_field_name("name")) == name:
                return each
    return None


def says_any(annotation: Node | None) -> bool:
    """Whether the annotation of a parameter or variable is `any`, and so says nothing; of none it is False."""
    return annotation is not None and [text_of(each) for each in children_of(annotation)] == ["any"]


def quoted(index: Node) -> str:
    """The text of a type that is a text; empty for any other."""
    return string_value(index.named_children[0]) if index.type == "literal_type" and index.named_children else ""
