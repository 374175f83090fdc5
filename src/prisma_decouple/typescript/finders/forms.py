"""Forms of a page whose action makes a record, `<form action={saveBook}>`, and what the action reads from them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.refusals import made_in, makers
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import binding_of
from prisma_decouple.typescript.source.syntax import call_arguments, callee, descendants, string_value, text_of
from prisma_decouple.typescript.types.slots import place_key
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import model_list, name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_FORM = re.compile(r"\bFormData\b|\.formData\(\)")
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
            if models and _is_form(callee(call)[0]):
                file.findings.form_readers[place_key(Place(file, function))] = tuple(models)
                why = (
                    f"{with_article(model_list(models), 'A')} may be without `{name}` now, so a form need not send it."
                )
                file.hint(call, Kind.FLOW, Confidence.UNSURE, why)


def find_forms(file: FileContext) -> None:
    """Note the forms that are sent to such functions, and have to send the new key.

    Args:
        file: the file, when all functions that read a form are known; its findings are filled.
    """
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


def _is_form(receiver: Node | None) -> bool:
    """Whether a name is declared as a `FormData`, or is what a request is asked for."""
    binding = binding_of(receiver)
    told = [binding.child_by_field_name(field) for field in ("type", "value")] if binding is not None else []
    return any(_FORM.search(text_of(each)) for each in told)


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
