"""Written types of what comes in: of `@Body() body: { authorId: string }`, of `req.body as Draft`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.decorators import decorators_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import key_of, nearest, text_of
from prisma_decouple.typescript.source.vocabulary import READS_BODY
from prisma_decouple.typescript.types.places.givers import comes_from_outside, givers_of
from prisma_decouple.typescript.types.places.uses import readers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.types.typed import Type

_FIELD = "public_field_definition"
_MEMBERS = frozenset({_FIELD, "property_signature"})
_SHAPES = ("interface_declaration", "object_type")
_AROUND = frozenset({"array_type", "intersection_type", "parenthesized_type", "readonly_type", "union_type"})
# The decorators of what is sent, in NestJS, GraphQL and their like.
_SENT = frozenset({"Arg", "Args", "Body", "MessageBody", "Payload"})
# Which argument of Express's type of a request says what its body is, and what Fastify calls it (their documentation).
_REQUEST, _OF_BODY = re.compile(r"\w*Request"), 2
_BODY = "Body"
_DEPTH = 4


def ways_in(
    found: Type | None, depth: int = _DEPTH, above: frozenset[int] = frozenset()
) -> Iterator[tuple[Place, tuple[Place, ...]]]:
    """The members of types of bodies from which a value comes, by way of functions that are handed it.

    Args:
        found: what the value is.
        depth: through how many functions it is followed.
        above: the members, by their `id`, through which it was followed, to which what is handed on leads back.

    Yields:
        Each member, with the expressions that hand the value on after it came in.
    """
    member = _member_of(found)
    if found is None or member is None or found.is_nullable or member.node.id in above:
        return
    if _is_of_body(member):
        yield member, ()
        return
    for giver, given in _givers(member, key_of(member.node)) if depth else ():
        for source, way in ways_in(given, depth - 1, above | {member.node.id}):
            yield source, (*way, giver)


def _member_of(found: Type | None) -> Place | None:
    """The member of a written type that says what a value is."""
    annotation = found.place.node.parent if found is not None and found.place is not None else None
    holder = annotation.parent if annotation is not None and annotation.type == "type_annotation" else None
    is_member = holder is not None and holder.type in _MEMBERS
    return Place(found.place.file, holder) if found and found.place and holder is not None and is_member else None


def _givers(member: Place, name: str) -> Iterator[tuple[Place, Type | None]]:
    """What gives a member its values: a literal's property, or an argument that has it, each with what the value is."""
    for each in givers_of(member.file, member.node, name):
        yield each, each.file.types.of(each.node)
    shape = nearest(member.node, *_SHAPES)
    for function, parameter in readers(Place(member.file, shape)) if shape is not None else ():
        for each in givers_of(function.file, parameter, name):
            whole = each.file.types.of(each.node)
            yield each, each.file.types.property(whole, name) if whole is not None else None


def _is_of_body(member: Place) -> bool:
    """Whether a member is of the type of a body, that is written there or is used for one by its name."""
    shape = nearest(member.node, *_SHAPES)
    if shape is None or member.node.type == _FIELD:
        return member.node.type == _FIELD  # a class of the code base's own, that a framework fills
    holder = shape if shape.type == "interface_declaration" else _above(shape)
    if holder is None or holder.type not in {"interface_declaration", "type_alias_declaration"}:
        return _is_written_of_body(shape)
    name = key_of(holder)
    for file in member.file.project.speaking_of(name):
        for used in (each for each in file.source.nodes("type_identifier") if text_of(each) == name):
            found = file.types.read(used) if _is_written_of_body(used) else None
            if found is not None and found.place is not None and found.place.node.id == shape.id:
                return True
    return False


def _above(written: Node) -> Node | None:
    """What a type is written for, alone or as a part of another one."""
    outer = written.parent
    while outer is not None and outer.type in _AROUND:
        outer = outer.parent
    return outer


def _is_written_of_body(written: Node) -> bool:
    """Whether a type stands where it says what a body is."""
    outer = _above(written)
    if outer is None:
        return False
    if outer.type == "as_expression":
        return comes_from_outside(outer.named_children[0])
    if outer.type == "type_arguments":
        return outer.parent is not None and _is_argument_of_body(outer, written, outer.parent)
    holder = outer.parent if outer.type == "type_annotation" else None
    if holder is None:
        return False
    if holder.type == "variable_declarator":
        value = holder.child_by_field_name("value")
        return value is not None and comes_from_outside(value)
    return not _SENT.isdisjoint(decorators_of(holder)) or (
        holder.type == "property_signature" and key_of(holder) == _BODY
    )


def _is_argument_of_body(given: Node, written: Node, holder: Node) -> bool:
    """Whether a type is given to the type of a request, for its body, or to what reads one as it."""
    if holder.type == "call_expression":
        return READS_BODY.search(text_of(holder.child_by_field_name("function"))) is not None
    is_request = _REQUEST.fullmatch(text_of(holder.child_by_field_name("name"))) is not None
    return is_request and given.named_children[_OF_BODY : _OF_BODY + 1] == [written]
