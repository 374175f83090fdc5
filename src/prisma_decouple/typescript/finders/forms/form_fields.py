"""The elements that are a field of a form: `<select name="authorId">`, `<Picker selectedValue={form.authorId} />`."""

from __future__ import annotations

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


def is_field(element: Node, field: str, texts: Collection[str]) -> bool:
    """Whether an element has a name, or shows a value, of a form.

    Args:
        element: its opening.
        field: the name.
        texts: what the value is called.
    """
    given = attributes_of(element)
    if any(name in _NAMES and string_value(value) == field for name, value in given.items()):
        return True
    shown = ((name, value) for name, value in given.items() if value is not None)
    values = [each for name, value in shown for each in _values_of(name, value)]
    if any(plain(text_of(each)) in texts for each in values):
        return True
    spread = (each for each in element.named_children if each.type == BRACES)
    return any(registers(call, field) for each in spread for call in descendants(each, "call_expression"))


def registers(call: Node, field: str) -> bool:
    """Whether a call gives an element, or a page, what it needs for a field: `register("authorId")`.

    Args:
        call: the call.
        field: the name of the field.
    """
    first = next(iter(call_arguments(call)), None)
    is_named = string_value(first) == field or (first is not None and first.type in READS and last_name(first) == field)
    return callee(call)[1] in _REGISTERS and is_named


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


def _values_of(name: str, shown: Node) -> Iterator[Node]:
    """The values that an element has by an attribute."""
    if name in _VALUES:
        yield value_in(shown)
    if name in CHOSEN:
        yield from compared_in(shown)


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
