"""The elements that are a field of a form: `<select name="authorId">`, `<Picker selectedValue={form.authorId} />`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import EQUAL
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.syntax import (
    READS,
    ancestors,
    call_arguments,
    callee,
    children_of,
    descendants,
    key_of,
    last_name,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import KEY_CONVERSIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tree_sitter import Node

BRACES = "jsx_expression"
TAGS = frozenset({"jsx_opening_element", "jsx_self_closing_element"})
GIVEN = "data-"
"""With which the names begin of what elements of HTML are given in components of Vue and Svelte."""

CHOSEN = frozenset({"aria-checked", "checked", "selected", "value"})
"""Those by which an element shows that it is the chosen one."""

# Those that an element shows a value by, in React, Vue and Svelte.
_VALUES = frozenset({"group", "modelValue", "selectedValue", "v-model", "vModel", "value"})
# Those by which it is told which field it is: in HTML, Element Plus, React Admin and Naive UI.
_NAMES = frozenset({"field", "formControlName", "name", "path", "prop", "source"})
# What gives an element all that it needs for a field, or makes the field: react-hook-form, Mantine, Formik, Conform,
# vee-validate, antd 3.
_REGISTERS = frozenset(
    {
        *("getFieldDecorator", "getFieldProps", "getInputProps", "getSelectProps", "getTextareaProps"),
        *("register", "registerField", "useField"),
    }
)
_ON_CHANGE = re.compile(r"on-?(?:[cC]hange|[iI]nput|[sS]elect(?:ionChange)?|[vV]alue-?[cC]hange|[uU]pdate)")
_TEXTS = frozenset({"toLocaleString", "toString", "trim"})
# What stands at the side of an operator, or of a condition, that is shown where there is something.
_SIDES = ("left", "consequence")
_DEPTH = 4


def tags_around(inner: Node) -> Iterator[Node]:
    """The openings of the elements that something is in, also those that draw it.

    `<Autocomplete value={author} renderInput={(params) => <TextField {...params} required />} />`

    Args:
        inner: any part of an element.
    """
    for each in ancestors(inner):
        if each.type in TAGS:
            yield each
        elif each.type == "jsx_element":
            yield each.named_children[0]


def attributes_of(tag: Node) -> dict[str, Node | None]:
    """What an element is given by the names of its attributes, without braces; None where only the name stands there.

    Args:
        tag: its opening.
    """
    attributes = [children_of(each) for each in tag.named_children if each.type == "jsx_attribute"]
    return {_name_of(each): next(map(_inside, given), None) for each, *given in attributes}


def names_of(element: Node) -> Iterator[str]:
    """The names by which an element says which field it is: `<select name="authorId">`.

    Args:
        element: its opening.
    """
    given = attributes_of(element)
    yield from filter(None, (string_value(value) for name, value in given.items() if name in _NAMES))


def shown_by(element: Node) -> Iterator[Node]:
    """The values that an element shows, or that tell whether it is the chosen one.

    Args:
        element: its opening.
    """
    for name, value in attributes_of(element).items():
        if value is not None and name in _VALUES:
            yield value_in(value)
        if value is not None and name in CHOSEN:
            yield from compared_in(value)


def names_set_by(element: Node) -> Iterator[str]:
    """The names of what is set when an element is changed: `onChange={(value) => handleChange("authorId", value)}`.

    Args:
        element: its opening.
    """
    for name, value in attributes_of(element).items():
        if value is None or not _ON_CHANGE.match(name):
            continue
        told = (string_value(each) for call in _calls_in(value) for each in call_arguments(call)[:1])
        yield from filter(None, (*told, *map(key_of, descendants(value, "pair"))))


def _calls_in(value: Node) -> Iterator[Node]:
    return (each for each in (value, *descendants(value, "call_expression")) if each.type == "call_expression")


def shown_as(around: Node, field: str) -> Iterator[str]:
    """What the value of a field is called by the elements that have its name: `<input name="authorId" value={id} />`.

    Args:
        around: the component.
        field: the name of the field.
    """
    for tag in (each for kind in TAGS for each in descendants(around, kind)):
        if field in names_of(tag):
            given = attributes_of(tag)
            values = filter(None, (given.get(name) for name in _VALUES | {"selected"}))
            yield from (plain(text_of(each)) for each in values if each.type in {"identifier", "member_expression"})


def is_field(element: Node, field: str, texts: Collection[str]) -> bool:
    """Whether an element has a name, or shows or sets a value, of a form.

    Args:
        element: its opening.
        field: the name.
        texts: what the value is called.
    """
    if field in names_of(element) or any(plain(text_of(each)) in texts for each in shown_by(element)):
        return True
    names = set(names_set_by(element))
    if field in names:  # what another one shows may be emptied with it
        shown = names & {last_name(value_in(each)) for each in shown_by(element)}
        return not shown or field in shown
    spread = (each for each in element.named_children if each.type == BRACES)
    return any(registers(call, field) for each in spread for call in descendants(each, "call_expression"))


def registers(call: Node, field: str) -> bool:
    """Whether a call gives an element, or a page, what it needs for a field: `register("authorId")`.

    Args:
        call: the call.
        field: the name of the field.
    """
    return bool(field) and field_of_call(call) == field


def field_of_call(call: Node) -> str:
    """The field for which a call gives an element what it needs; empty for any other call.

    Args:
        call: the call.
    """
    first = next(iter(call_arguments(call)), None) if callee(call)[1] in _REGISTERS else None
    return string_value(first) or (last_name(first) if first is not None and first.type in READS else "")


def value_in(shown: Node, depth: int = _DEPTH) -> Node:
    """A value without what makes a text of it, and what is shown for none: of `String(form.authorId ?? "")`.

    Args:
        shown: what is shown.
        depth: how much is taken away.
    """
    node = unwrapped(shown)
    inner = next(filter(None, map(node.child_by_field_name, _SIDES)), None) if node.type != "arrow_function" else None
    if node.type == "template_string":
        inner = next((each for part in children_of(node) for each in children_of(part)), None)
    elif node.type == "call_expression":
        receiver, method = callee(node)
        is_conversion = text_of(node.child_by_field_name("function")) in KEY_CONVERSIONS
        inner = next(iter(call_arguments(node)), None) if is_conversion else receiver if method in _TEXTS else None
    return value_in(inner, depth - 1) if inner is not None and depth else node


def _name_of(name: Node) -> str:
    return text_of(name).removeprefix(GIVEN)


def _inside(value: Node) -> Node:
    """What stands between braces."""
    return next(iter(children_of(value)), value) if value.type == BRACES else value


def compared_in(shown: Node) -> Iterator[Node]:
    """The values that are compared where something is shown: `authors.find((each) => each.id === form.authorId)`.

    Args:
        shown: what is shown.
    """
    for each in (shown, *descendants(shown, "binary_expression")):
        if text_of(each.child_by_field_name("operator")) in EQUAL:
            yield from map(value_in, filter(None, map(each.child_by_field_name, ("left", "right"))))
