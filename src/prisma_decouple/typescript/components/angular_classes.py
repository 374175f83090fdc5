"""What a template of Angular is told of its class: it shows what that has, by its names."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.components.markup import Span
from prisma_decouple.typescript.source.scopes import bound_names, parameters
from prisma_decouple.typescript.source.syntax import key_of
from prisma_decouple.typescript.types.classes import is_parameter_property

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.source.templates import Template

_CONSTRUCTOR = "constructor"
_MEMBERS = frozenset({"method_definition", "public_field_definition"})
_NAME = re.compile(r"[A-Za-z_$][\w$]*")


class OfClass(NamedTuple):
    """A template and whose it is.

    Attributes:
        path: by which the template is told from other sources.
        place: where it is in the file of its class, in bytes; None when it is all of a file.
        module: with which the class is imported where the template is.
        name: of the class.
        members: the names of what the class has, which are those of the template.
    """

    path: str
    place: Span | None
    module: str
    name: str
    members: tuple[str, ...]


def of_class(template: Template, declared_in: str) -> OfClass:
    """What a template is told of its class.

    Args:
        template: the template.
        declared_in: the path of the file that declares the class.
    """
    place = Span(template.start, template.end) if template.end is not None else None
    module = posixpath.relpath(posixpath.splitext(declared_in)[0], posixpath.dirname(template.file) or ".")
    members = tuple(dict.fromkeys(_members(template.owner)))
    return OfClass(
        template.path, place, module if module.startswith(".") else f"./{module}", key_of(template.owner), members
    )


def _members(node: Node) -> Iterator[str]:
    """The names of the fields and methods of a class; also of what its constructor keeps."""
    body = node.child_by_field_name("body")
    for each in body.named_children if body is not None else ():
        name = key_of(each) if each.type in _MEMBERS else ""
        if name == _CONSTRUCTOR:
            kept = filter(is_parameter_property, parameters(each))
            yield from (bound for one in kept for bound in bound_names(one))
        elif _NAME.fullmatch(name):
            yield name
