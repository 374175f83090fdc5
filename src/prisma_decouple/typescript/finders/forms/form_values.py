"""Keys that are taken out of a form: `form.get("authorId") as string` is an empty text where none was chosen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import connected_key
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import binding_of, find_binding, held_by
from prisma_decouple.typescript.source.syntax import (
    VALUE_NAMES,
    call_arguments,
    callee,
    is_function,
    key_of,
    last_name,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import KEY_CONVERSIONS
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.types.typed import Type

_FORM = re.compile(r"\bFormData\b|\.formData\(\)")
_CALLED_FORM = re.compile(r"form_?data", re.IGNORECASE)
_SAME_TEXT = frozenset({"toString", "trim", "valueOf"})
_OBJECT = "Object.fromEntries"
_SIGNED = "unary_expression"
_DEPTH = 5


def is_form(receiver: Node | None) -> bool:
    """Whether a name is declared as a `FormData`, or is what a request is asked for.

    Args:
        receiver: the name.
    """
    if receiver is None:
        return False
    node = unwrapped(receiver)
    binding = binding_of(node)
    told = [binding.child_by_field_name(field) for field in ("type", "value")] if binding is not None else [node]
    if any(_FORM.search(text_of(each)) for each in told):
        return True
    is_plain = binding is not None and all(each is None for each in told)
    is_bound = is_plain and binding is not None and (is_function(binding) or binding.type.endswith("parameter"))
    return is_bound and _CALLED_FORM.fullmatch(text_of(node)) is not None


def check_form_value(value: Place, name: str, model: str, *, is_refused: bool) -> None:
    """Note where a key is taken out of a form as it is, and that none is an empty text there.

    Args:
        value: what becomes the key; the findings of its file are filled, also with where it is taken.
        name: of the key, which may be null now.
        model: of the record.
        is_refused: whether it is refused when it is missing.
    """
    *way, taken = [value.node, *texts_behind(value.node)]
    file, field = value.file, _field_of(taken)
    if not field:
        _note_converted(value, taken, model, name)
        return
    file.findings.taken_from_forms.append((Place(file, taken), field, model, name))
    is_made = any(text_of(each.child_by_field_name("operator")) == "||" for each in way)
    is_asked = any(is_narrowed(file, value.node, text_of(each)) for each in (*way, taken))
    if not (is_refused or is_made or is_asked or file.is_told_inside(taken, Kind.SENTINEL)):
        why = f"Where a form has nothing chosen this is an empty text, which is no key. The `{name}` of"
        why += f" {with_article(model)} may be null now: make null of it."
        file.hint(taken, Kind.SENTINEL, Confidence.UNSURE, why)


def note_whole_form(whole: Place, checked: Type | None, model: str) -> None:
    """Note the keys that a schema takes out of all of a form, `Object.fromEntries(form)`.

    Args:
        whole: the form; the findings of its file are filled.
        checked: what the schema lets through.
        model: of the record that is made of it.
    """
    file = whole.file
    for name in file.facts.nullable_names(model) if checked is not None else ():
        if checked is not None and file.types.property(checked, name) is not None:
            file.findings.taken_from_forms.append((whole, name, model, name))


def _note_converted(value: Place, made: Node, model: str, name: str) -> None:
    """Note where a key is taken out of a form that is made into a number: what comes of an empty text is told there."""
    given = call_arguments(made)[:1] if text_of(made.child_by_field_name("function")) in KEY_CONVERSIONS else []
    given = given or [each for each in [made.child_by_field_name("argument")] if each and made.type == _SIGNED]
    for taken in [each for inner in given for each in texts_behind(inner)][-1:]:
        if field := _field_of(taken):
            value.file.findings.taken_from_forms.append((Place(value.file, taken), field, model, name))


def texts_behind(value: Node, depth: int = _DEPTH) -> Iterator[Node]:
    """What a value is made of, one behind the other, as far as an empty text would stay one.

    Args:
        value: the value, which is the first of them.
        depth: how many are gone through.
    """
    node = unwrapped(connected_key(value))
    yield node
    inner = None
    if text_of(node.child_by_field_name("operator")) in FALLBACKS:
        inner = node.child_by_field_name("left")
    elif node.type == "call_expression":
        receiver, method = callee(node)
        is_text = text_of(node.child_by_field_name("function")) == "String"
        inner = next(iter(call_arguments(node)), None) if is_text else receiver if method in _SAME_TEXT else None
    elif node.type in VALUE_NAMES:
        inner = held_by(node) or _taken_apart(node)
    if inner is not None and depth:
        yield from texts_behind(inner, depth - 1)


def _field_of(taken: Node) -> str:
    """The field that is taken out of a form by an expression, or by a part of a pattern; empty for any other."""
    if taken.type == "call_expression":
        receiver, method = callee(taken)
        return string_value(next(iter(call_arguments(taken)), None)) if method == "get" and is_form(receiver) else ""
    if taken.type == "member_expression":
        owner = taken.child_by_field_name("object")
        is_of_form = owner is not None and is_object_of_form(held_by(unwrapped(owner)) or owner)
        return last_name(taken) if is_of_form else ""
    is_pattern = taken.type in {"pair_pattern", "shorthand_property_identifier_pattern"}
    return (key_of(taken) or text_of(taken)) if is_pattern else ""


def _taken_apart(name: Node) -> Node | None:
    """The `authorId` of `const { authorId } = Object.fromEntries(form)`, by its variable."""
    binding = find_binding(name, text_of(name))
    value = binding.child_by_field_name("value") if binding is not None else None
    pattern = binding.child_by_field_name("name") if binding is not None else None
    if value is None or pattern is None or pattern.type != "object_pattern" or not is_object_of_form(value):
        return None
    named = (
        each for each in pattern.named_children if text_of(each.child_by_field_name("value") or each) == text_of(name)
    )
    return next(named, None)


def is_object_of_form(value: Node) -> bool:
    """Whether it is all of a form, `Object.fromEntries(form)`, also `Object.fromEntries(form.entries())`.

    Args:
        value: an expression.
    """
    node = unwrapped(value)
    given = call_arguments(node) if text_of(node.child_by_field_name("function")) == _OBJECT else []
    source = unwrapped(given[0]) if given else None
    is_entries = source is not None and source.type == "call_expression" and callee(source)[1] == "entries"
    return is_form(callee(source)[0] if source is not None and is_entries else source)
