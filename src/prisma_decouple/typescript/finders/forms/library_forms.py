"""Forms that a library keeps: what they begin with, by the name of what they send.

`useForm({ defaultValues: { authorId: "" } })` and `handleSubmit((values) => save(values))` (react-hook-form), and
`useForm({ defaultValues, onSubmit: ({ value }) => save(value) })` (TanStack Form), `useFormik` and `<Formik>` (Formik),
`form.onSubmit((values) => save(values))` (Mantine).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.form_fields import TAGS, attributes_of
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.scopes import (
    PARAMETERS,
    binding_of,
    find_binding,
    held_by,
)
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    call_given,
    callee,
    descendants,
    function_around,
    key_of,
    last_name,
    names_in,
    start_of,
    string_value,
    text_of,
    unwrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

BEGINS_WITH = ("defaultValues", "initialValues")
"""What a form begins with, in the words of their libraries."""

_MAKES = frozenset({"createForm", "useAppForm", "useForm", "useFormik"})
_SENDS = frozenset({"handleSubmit", "onSubmit"})
_ON_SUBMIT = "onSubmit"
# What gives the value that a field has: react-hook-form, antd, Formik, TanStack Form.
_WATCHES = frozenset({"getFieldValue", "getValues", "useWatch", "watch"})
_VALUES = "values"


def first_values(sent: Node) -> Node | None:
    """What a form begins with whose values are sent, as a literal; None for what is of no such form.

    Args:
        sent: the values, or what is read of them: `values.authorId`.
    """
    binding = binding_of(start_of(sent))
    function = function_around(binding) if binding is not None and binding.type in PARAMETERS else None
    for user in _users(function) if function is not None else ():
        begun = _begun_in(user)
        if begun is not None:
            literal = unwrapped(held_by(unwrapped(begun)) or begun)
            return literal if literal.type == "object" else None
    return None


def watched(around: Node, field: str) -> Iterator[str]:
    """What the value of a field is called where a page asks its form for it: `const authorId = watch("authorId")`.

    Args:
        around: the page.
        field: the name of the field.
    """
    for call in descendants(around, "call_expression") if field else ():
        first = next(iter(call_arguments(call)), None) if callee(call)[1] in _WATCHES else None
        named = property_value(first, "name") if first is not None and first.type == "object" else first
        if string_value(named) == field:
            yield text_of(call)
            is_held = call.parent is not None and call.parent.type == "variable_declarator"
            yield from [key_of(call.parent)] if call.parent is not None and is_held else []
    for read in descendants(around, "member_expression"):
        if last_name(read) == field and last_name(read.child_by_field_name("object")) == _VALUES:
            yield plain(text_of(read))


def _users(function: Node) -> Iterator[Node]:
    """A function where it is given away, by itself or by the name that it has."""
    yield function
    declared = None if function.type == "function_declaration" else function.parent  # its name is bound by nothing
    around, name = function_around(function), key_of(declared or function)
    if around is not None and name and (declared is None or declared.type == "variable_declarator"):
        yield from (each for each in names_in(around, name) if find_binding(each, name) == declared)


def _begun_in(given: Node) -> Node | None:
    """What a form begins with that is given a function to send it with."""
    call = call_given(given)
    if call is not None and callee(call)[1] in _SENDS:
        form = _made_by(call)
        return _first_in(call_arguments(form)) if form is not None else None
    pair = given if given.type == "shorthand_property_identifier" else given.parent
    if pair is not None and key_of(pair) == _ON_SUBMIT and pair.parent is not None:
        form = call_given(pair.parent)
        return _first_in(call_arguments(form)) if form is not None and callee(form)[1] in _MAKES else None
    tag = next((each for each in ancestors(given) if each.type in TAGS or each.type == "jsx_element"), None)
    found = attributes_of(tag) if tag is not None and tag.type in TAGS else {}
    return next((found[name] for name in BEGINS_WITH if found.get(_ON_SUBMIT) == given and name in found), None)


def _made_by(sending: Node) -> Node | None:
    """The call that made the form whose `handleSubmit` is called."""
    receiver, name = callee(sending)
    start = start_of(receiver) if receiver is not None else sending
    binding = find_binding(start, text_of(start) if receiver is not None else name)
    made = binding.child_by_field_name("value") if binding is not None else None
    return made if made is not None and callee(made)[1] in _MAKES else None


def begun_in(making: Node) -> Node | None:
    """What a form begins with that a call makes: `useForm({ defaultValues })`; None for any other call.

    Args:
        making: the call.
    """
    return _first_in(call_arguments(making)) if callee(making)[1] in _MAKES else None


def _first_in(arguments: list[Node]) -> Node | None:
    """What a form begins with by its options."""
    options = [each for each in arguments[:1] if each.type == "object"]
    found = (property_value(each, name) for each in options for name in BEGINS_WITH)
    return next(filter(None, found), None)
