"""What a declaration says of the values that it takes: a parameter, a component, an element, a property."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.types.containers import value_of_map
from prisma_decouple.typescript.types.contexts import told_parameter
from prisma_decouple.typescript.types.foreign import property_of_package
from prisma_decouple.typescript.types.prisma.queries import column, option
from prisma_decouple.typescript.types.properties import loaded_options
from prisma_decouple.typescript.types.typed import RESULT, Type, What, element, omittable
from prisma_decouple.typescript.types.written.members import shape_members

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 8
_ELEMENT = re.compile(r"[a-z][a-z0-9]*")
_KEY = "keyExtractor"
# What the lists of React Native are given to show each element of their `data` with.
_OF_LISTS = frozenset({_KEY, "renderItem"})
# Attributes of elements that are for React itself.
_REACTS = frozenset({"children", "dangerouslySetInnerHTML", "key", "ref"})


def wanted_property(file: FileContext, owner: Type, name: str) -> Type | None:
    """What a wanted object says of one of its properties."""
    if any(next(shape_members(each.file, each.node, name, _DEPTH), None) for each in owner.extras):
        return file.types.property(owner, name)  # `Omit<Book, "title"> & { title: string }`
    if (found := option(file.facts, owner, name)) is not None:
        return found
    if (found := column(file.facts, owner, name)) is not None:
        return found
    if owner.what is What.MAP:
        return value_of_map(owner)
    if owner.what is What.TOLD:
        return property_of_package(file, owner, name)
    is_written = owner.what in {What.BOX, What.CLASS, What.FIELDS, What.SHAPE} or bool(owner.extras)
    is_written = is_written or (owner.what is What.RECORD and loaded_options(owner.place, name) is not None)
    return file.types.property(owner, name) if is_written else None


def wanted_by_parameter(file: FileContext, parameter: Node) -> Type | None:
    """What a parameter says; one that may be left out takes nothing as well."""
    found = file.types.read(parameter.child_by_field_name("type"))
    is_optional = parameter.type == "optional_parameter" or parameter.child_by_field_name("value") is not None
    return omittable(found) if found is not None and is_optional else found


def given_to_component(file: FileContext, attribute: Node) -> Type | None:
    """What the component of an element takes, to which an attribute, or what is spread beside it, belongs."""
    name = attribute.parent.child_by_field_name("name") if attribute.parent is not None else None
    component = file.types.of(name) if name is not None else None
    if component is None or component.what is not What.FUNCTION or component.place is None:
        return None
    taken = parameters(component.place.node)
    found = wanted_by_parameter(component.place.file, taken[0]) if taken else None
    return found or told_parameter(component.place.file.types, component.place.node, 0, _DEPTH)


def wanted_by_attribute(file: FileContext, attribute: Node | None) -> Type | None:
    """What a property in markup takes: what the component's first parameter says of it, or HTML."""
    tag = attribute.parent if attribute is not None and attribute.type == "jsx_attribute" else None
    if attribute is None or tag is None or not attribute.named_children:
        return None
    name = text_of(attribute.named_children[0])
    if _is_html(text_of(tag.child_by_field_name("name"))):
        return _wanted_by_html(name)
    given = given_to_component(file, attribute)
    found = wanted_property(file, given, name) if given is not None else None
    return found or (_wanted_by_list(file, tag, name) if name in _OF_LISTS else None)


def _wanted_by_list(file: FileContext, tag: Node, name: str) -> Type | None:
    """What a list of React Native gives to its functions: `<FlatList data={books} renderItem={show} />`."""
    attributes = (each for each in tag.named_children if each.type == "jsx_attribute")
    data = next((each for each in attributes if text_of(each.named_children[0]) == "data"), None)
    value = data.named_children[-1] if data is not None else None
    shown = value.named_children[0] if value is not None and value.type == "jsx_expression" else None
    found = file.types.of(shown) if shown is not None else None
    if found is None or not found.is_list:
        return None
    inner = element(found)
    if name == _KEY:
        return Type(What.TAKER, bound=(("0", inner), (RESULT, Type(What.VALUE, primitive="string"))))
    return Type(What.TAKER, bound=(("0", Type(What.BOX, bound=(("item", inner),))),))


def _is_html(element: str) -> bool:
    """Whether an element is the page's own: components have names in upper case."""
    return _ELEMENT.fullmatch(element) is not None


def _wanted_by_html(attribute: str) -> Type | None:
    """What the attribute of an element of HTML wants, as React's types say: it may be left out, but is not null."""
    if attribute in _REACTS or attribute.startswith("data-"):
        return None
    return Type(What.VALUE, is_nullable=True, nothing=frozenset({"undefined"}))
