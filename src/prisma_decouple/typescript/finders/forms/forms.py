"""Forms of a page whose action makes a record, `<form action={saveBook}>`, and what the action reads from them.

What a route's page sends without saying whereto goes to the route's own `action` (Remix and React Router, "Form").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.form_values import is_form
from prisma_decouple.typescript.finders.uses.makers import made_in, makers
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    descendants,
    is_inside,
    last_name,
    string_value,
    text_of,
)
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import model_list, name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_METHOD = re.compile(r"""["'](?:post|put|patch)["']""", re.IGNORECASE)
_READS = frozenset({"get", "getAll"})
_ACTIONS = frozenset({"action", "formAction"})
_ELEMENTS = ("jsx_opening_element", "jsx_self_closing_element")


def find_form_readers(file: FileContext) -> None:
    """Note what a function that makes a record reads from a form and need not get any more: `form.get("authorId")`.

    Args:
        file: the file, when its creates and the calls that lead to one are known; its findings are filled, also with
            the functions for `find_forms`.
    """
    for function in makers(file):
        made = made_in(file, function)
        for call in descendants(function, "call_expression"):
            name = string_value(next(iter(call_arguments(call)), None)) if callee(call)[1] in _READS else ""
            models = [each.model for each in file.facts.optional_by_key(name)]
            models = [each for each in models if not made or each in made]
            if models and is_form(callee(call)[0]):
                file.findings.form_readers[place_key(Place(file, function))] = tuple(models)
                why = (
                    f"{with_article(model_list(models), 'A')} may be without `{name}` now, so a form need not send it."
                )
                if not file.is_told(call, Kind.SENTINEL):  # what is said there of a form that sends none says more
                    file.hint(call, Kind.FLOW, Confidence.UNSURE, why)


def find_forms(file: FileContext) -> None:
    """Note the forms that are sent to such functions, and have to send the new key.

    Args:
        file: the file, when all functions that read a form are known; its findings are filled.
    """
    _find_sent(file)
    for form, function in _forms(file) if file.findings.form_readers else ():
        models = file.findings.form_readers.get(place_key(function))
        if models is None:
            continue
        needed = [key for model in models for each in file.facts.needed_of(model) for key in each.foreign_keys]
        old = [key for model in models for each in file.facts.optional_of(model) for key in each.foreign_keys]
        fields = list(_fields(form, {*needed, *old}))
        what = with_article(model_list(models))
        why = f"This form becomes {what}, which needs {name_list(list(dict.fromkeys(needed)))} now."
        for field in fields or [form.child_by_field_name("open_tag") or form]:
            file.hint(field, Kind.CALL, Confidence.UNSURE, why)


def _find_sent(file: FileContext) -> None:
    """Note the forms and literals that a page sends to its route's `action`, which makes a record of them."""
    action = file.project.exported(file.source.path, "action") if "action" in file.source.words else None
    if not isinstance(action, Symbol) or action.file is not file:
        return
    made = {model for each in makers(file) if is_inside(action.node, each) for model in made_in(file, each)}
    needed = [key for model in sorted(made) for each in file.facts.needed_of(model) for key in each.foreign_keys]
    for sent in _sent(file) if needed else ():
        why = f"This is sent to `action`, which makes {with_article(model_list(sorted(made)))}; that needs"
        file.hint(sent, Kind.CALL, Confidence.UNSURE, f"{why} {name_list(needed)} now.")


def _sent(file: FileContext) -> Iterator[Node]:
    """The forms, and the literals given to `submit`, that are sent nowhere else."""
    for attribute in file.source.nodes("jsx_attribute"):
        element, name = attribute.parent, text_of(attribute.named_children[0])
        if element is None or name != "method" or not _is_sending(attribute):
            continue
        named = {text_of(each.named_children[0]) for each in element.named_children if each.type == "jsx_attribute"}
        if "action" not in named and last_name(element.child_by_field_name("name")).lower() == "form":
            yield element
    for call in file.source.called("submit"):
        value, options = (*call_arguments(call), None, None)[:2]
        if value is None or options is None or not _is_sending(property_value(options, "method")):
            continue
        is_text = value.type == "call_expression" and callee(value)[1] == "stringify"
        written = next(iter(call_arguments(value)), value) if is_text else value
        if written.type == "object" and property_value(options, "action") is None:
            yield written


def _is_sending(method: Node | None) -> bool:
    """Whether a method is said that sends something: `method="post"`."""
    return method is not None and _METHOD.search(text_of(method)) is not None


def _forms(file: FileContext) -> Iterator[tuple[Node, Place]]:
    """The forms, and buttons with an action of their own, each with the function that it is sent to."""
    for holder in file.source.nodes("jsx_expression"):
        attribute = holder.parent
        if attribute is None or attribute.type != "jsx_attribute" or not holder.named_children:
            continue
        element = attribute.parent
        if element is None or element.type not in _ELEMENTS or text_of(attribute.named_children[0]) not in _ACTIONS:
            continue
        action = file.types.of(holder.named_children[0])
        if action is not None and action.what is What.FUNCTION and action.place is not None:
            whole = element.parent if element.type == _ELEMENTS[0] else element
            yield whole or element, action.place


def _fields(form: Node, names: Iterable[str]) -> Iterator[Node]:
    """The attributes of a form's fields that are called by one of some names: `name="authorId"`."""
    for attribute in descendants(form, "jsx_attribute"):
        named = [each for each in attribute.named_children if each.type in {"property_identifier", "string"}]
        if len(named) > 1 and text_of(named[0]) == "name" and string_value(named[1]) in names:
            yield attribute
