"""Whether all places are seen where the values of a written type arrive, so that a member may become null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import PARAMETERS, uses_in
from prisma_decouple.typescript.source.syntax import DECLARED_CLASSES, ancestors, descendants, key_of, nearest, text_of
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.indifferent import takes_anything
from prisma_decouple.typescript.types.places.tolerance import is_read_on, takes_nothing
from prisma_decouple.typescript.types.places.uses import UNKNOWN, readers, reads_of
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_NAMED = DECLARED_CLASSES | {"interface_declaration", "type_alias_declaration"}


def is_fully_seen(member: Place, name: str) -> bool:
    """Whether all places that a member of a written type can get to are seen, or take null.

    Args:
        member: the member, or a parameter.
        name: what it is called.
    """
    shape = nearest(member.node, "object_type", *_NAMED)
    if shape is None:
        return True
    if any(each.type == "type_arguments" for each in ancestors(shape)):
        return False  # what a map or a library holds is not followed
    place = Place(member.file, shape)
    if any(_goes_on(reader, parameter, name, shape) for reader, parameter in readers(place)):
        return False
    unknown = reads_of(member.file.project, name).get(UNKNOWN, []) if _leaves(place) else []
    return all(is_narrowed(use.file, use.node) or takes_nothing(use.file, use.node) for use in unknown)


def _goes_on(reader: Place, parameter: Node, name: str, shape: Node) -> bool:
    """Whether a function hands a whole value of the type to something that may not take null in it."""
    pattern = pattern_of(parameter)
    body = reader.node.child_by_field_name("body")
    if pattern.type != "identifier" or body is None:
        return False
    owner = text_of(pattern)
    uses = (use for use in uses_in(body, owner, parameter) if not is_read_on(use))
    return any(not _is_harmless(reader, use, name, shape) for use in uses)


def _is_harmless(reader: Place, use: Node, name: str, shape: Node) -> bool:
    wanted = expected(reader.file, use)
    if wanted is None:
        outer = use.parent
        if outer is not None and outer.type == "arguments" and outer.parent is not None:
            return takes_anything(outer.parent)
        return outer is not None and outer.type == "variable_declarator" and outer.child_by_field_name("value") == use
    if wanted.what in {What.INPUT, What.UPDATE}:
        return bool(reader.file.facts.nullability(wanted.model, name))
    return wanted.place is not None and (wanted.place.node == shape or wanted.what in {What.SHAPE, What.CLASS})


def _leaves(shape: Place) -> bool:
    """Whether a written type is named anywhere but at the parameters of functions."""
    named = shape.node if shape.node.type in _NAMED else shape.node.parent
    if named is None or named.type not in _NAMED:
        return not any(each.type == "formal_parameters" for each in ancestors(shape.node))
    return any(not _is_of_parameter(use) for use in _mentions(shape, key_of(named)))


def _mentions(shape: Place, name: str) -> Iterator[Node]:
    for file in shape.file.project.speaking_of(name):
        for node in descendants(file.source.root, "type_identifier"):
            outer = node.parent
            is_own = outer is not None and outer.type in _NAMED and outer.child_by_field_name("name") == node
            if text_of(node) == name and not is_own:
                yield node


def _is_of_parameter(mention: Node) -> bool:
    annotation = mention.parent
    holder = annotation.parent if annotation is not None and annotation.type == "type_annotation" else None
    return holder is not None and holder.type in PARAMETERS
