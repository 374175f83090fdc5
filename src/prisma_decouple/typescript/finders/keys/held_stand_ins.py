"""Places where a stand-in for an absent key does no harm, or does the same as null would: maps, forms, texts."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.library_forms import BEGINS_WITH
from prisma_decouple.typescript.routes.states import STATES
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.scopes import function_name, held_by
from prisma_decouple.typescript.source.syntax import (
    READS,
    ancestors,
    call_given,
    callee,
    function_around,
    is_function,
    key_of,
    parenthesized,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.libraries.page_data import is_of_route
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_ASKED = frozenset({"Map", "Set"})
_ASKS = frozenset({"get", "has"})
_MANY = 3
# What sets the values of forms, in React and in their libraries, and what loads what pages begin with.
_SETS = frozenset({"patchValue", "reset", "setFieldValue", "setFieldsValue", "setValue", "setValues"})
_SETTER = re.compile(r"set[A-Z]")
_LOAD, _LOADER = "load", "loader"
_SHOWN = frozenset({"defaultValue", "selectedKey", "selectedValue", "value"})


def is_asked_by(file: FileContext, value: Node) -> bool:
    """Whether a map, or an object, is asked for something by a value: `names.get(book.authorId ?? "")`."""
    given = parenthesized(value)
    outer = given.parent
    if outer is None or outer.child_by_field_name("index") == given:
        return outer is not None
    receiver, method = callee(outer.parent) if outer.type == "arguments" and outer.parent is not None else (None, "")
    if receiver is None or method not in _ASKS:
        return False
    found, held = file.types.of(receiver), held_by(receiver)
    made = text_of(held.child_by_field_name("constructor")) if held is not None else ""
    return made in _ASKED or (found is not None and found.what is What.MAP)


def is_kept_by_form(file: FileContext, value: Node) -> bool:
    """Whether a form begins with a value, or is set to it: `useForm({ defaultValues: { authorId: id ?? "" } })`.

    So may be what a page of a route is given, and what a page keeps: `useState(book?.authorId ?? "")`. So it is by all
    appearance where the others beside it have something for want of a value as well.
    """
    around = list(takewhile(lambda each: not is_function(each), ancestors(value)))
    literal = next((each for each in around if each.type == "object"), None)
    beside = [unwrapped(each) for _, each in properties(literal)] if literal is not None else []
    filled = [each for each in beside if text_of(each.child_by_field_name("operator")) in FALLBACKS]
    is_open = literal is not None and expected(file, literal) is None  # else it says itself what it is, such as data
    is_filled = is_open and len(filled) >= _MANY and len(filled) * 2 > len(beside)
    is_said = any(each.type == "pair" and key_of(each) in BEGINS_WITH for each in around)
    return is_filled or is_said or _is_loaded(file, value) or any(map(_is_set, around))


def _is_loaded(file: FileContext, value: Node) -> bool:
    """Whether a route loads a value for its page."""
    function = function_around(value)
    name = function_name(function) if function is not None else ""
    return name == _LOADER or (name == _LOAD and is_of_route(file.source.path))


def _is_set(call: Node) -> bool:
    """Whether a call sets what a form, or a page, keeps."""
    receiver, name = callee(call) if call.type == "call_expression" else (None, "")
    return name in STATES | _SETS or (receiver is None and _SETTER.match(name) is not None)


def is_of_input(node: Node) -> bool:
    """Whether a value is what an input of a form shows, `<select value={book.authorId ?? ""} />`: it takes no null."""
    holder = parenthesized(node).parent
    attribute = holder.parent if holder is not None and holder.type == "jsx_expression" else None
    name = attribute.named_children[0] if attribute is not None and attribute.type == "jsx_attribute" else None
    return text_of(name) in _SHOWN


def is_summand(node: Node) -> bool:
    """Whether a value is only added to others: `(authorId || "") + (bookId || "")`."""
    outer = parenthesized(node).parent
    return outer is not None and text_of(outer.child_by_field_name("operator")) == "+"


def is_made_text(node: Node) -> bool:
    """Whether a value is turned into a text: `String(form.get("authorId") ?? "")`, `(authorId ?? "").trim()`.

    Null would be a text as well, or has no such method.
    """
    whole = parenthesized(node)
    call, outer = call_given(whole), whole.parent
    is_asked = outer is not None and outer.type in READS and outer.child_by_field_name("object") == whole
    return is_asked or (call is not None and callee(call)[1] == "String")
