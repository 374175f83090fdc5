"""Forms that nobody can send while there is nothing to choose from, and fields that nobody can change later.

`<button disabled={!authors.length}>` beside `<select>{authors.map(…)}</select>`, and `<select disabled={isEditing}>`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.form_fields import BRACES, GIVEN, TAGS, is_field
from prisma_decouple.typescript.source.conditions import alternatives, conjuncts
from prisma_decouple.typescript.source.syntax import callee, children_of, descendants, last_name, text_of, unwrapped
from prisma_decouple.typescript.source.vocabulary import MAPS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tree_sitter import Node

CLOSES = frozenset({"aria-disabled", "disabled", "isDisabled"})
"""The attributes by which nothing can be done with an element."""

_KEEPS = CLOSES | {"isReadOnly", "readOnly"}
_MODE = re.compile(r"(?:action|mode)$", re.IGNORECASE)
_IS_EDITING = re.compile(r"^(?:is_?)?(?:edit|updat)", re.IGNORECASE)
_EDIT = re.compile(r"^[\"'](?:edit|update)", re.IGNORECASE)
_NONE = re.compile(r"^!\s*([\w$.]+)\.length$|^([\w$.]+)\.length\s*(?:===?\s*0|<\s*1|<=\s*0)$")


def closed_by_lists(around: Node, field: str, texts: Collection[str]) -> Iterator[tuple[Node, Node]]:
    """What closes something in a form while the list is empty from which a field is chosen: `!authors.length`.

    Args:
        around: the component.
        field: the name of the field.
        texts: what its value is called.

    Yields:
        The attribute, and what it asks.
    """
    lists = {name for tag in _fields(around, field, texts) for name in _chosen_from(tag)}
    for attribute, condition in _closing(around, CLOSES) if lists else ():
        for each in (
            condition,
            *descendants(condition, "unary_expression"),
            *descendants(condition, "binary_expression"),
        ):
            asked = _NONE.match(text_of(each).replace("?.", "."))
            if asked is not None and (asked[1] or asked[2]) in lists:
                yield attribute, each


def closed_to_changes(around: Node, field: str, texts: Collection[str]) -> Iterator[Node]:
    """What closes a field of a form in which a record is edited: `disabled={isSaving || mode === "edit"}`.

    Args:
        around: the component.
        field: the name of the field.
        texts: what its value is called.
    """
    for tag in _fields(around, field, texts):
        for attribute, condition in _closing(tag, _KEEPS):
            is_own = attribute.parent == tag
            parts = [part for each in alternatives(condition) for part in conjuncts(each)]
            yield from (each for each in parts if is_own and _is_edited(each))


def _is_edited(condition: Node) -> bool:
    left, right = condition.child_by_field_name("left"), condition.child_by_field_name("right")
    if left is not None:
        is_same = text_of(condition.child_by_field_name("operator")) in {"==", "==="}
        return is_same and _MODE.search(last_name(left)) is not None and _EDIT.match(text_of(right)) is not None
    return _IS_EDITING.match(last_name(condition)) is not None


def _fields(around: Node, field: str, texts: Collection[str]) -> Iterator[Node]:
    tags = (each for kind in TAGS for each in descendants(around, kind))
    yield from (each for each in tags if is_field(each, field, texts))


def _closing(around: Node, names: Collection[str]) -> Iterator[tuple[Node, Node]]:
    """The attributes of some names inside of something, each with its condition."""
    for attribute in descendants(around, "jsx_attribute"):
        name, *values = attribute.named_children
        if text_of(name).removeprefix(GIVEN) in names and values and values[0].type == BRACES:
            yield from ((attribute, unwrapped(each)) for each in children_of(values[0])[:1])


def _chosen_from(tag: Node) -> Iterator[str]:
    """The lists of which the options of an element are made: `authors` of `authors.map((each) => <option … />)`."""
    element = tag.parent if tag.type == "jsx_opening_element" else tag
    for call in descendants(element, "call_expression") if element is not None else ():
        receiver, method = callee(call)
        if receiver is not None and method in MAPS:
            yield text_of(receiver).replace("?.", ".")
