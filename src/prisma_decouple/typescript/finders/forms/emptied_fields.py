"""What a form sends for a record that may be missing: `<input type="hidden" name="authorId" value={author?.id} />`.

An empty text is sent for none by it, and `data.set("authorId", form.authorId)` sends the text "null", or "undefined".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.form_fields import TAGS, attributes_of, names_of, value_in
from prisma_decouple.typescript.finders.forms.form_values import is_form
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    descendants,
    has_safe_read,
    last_name,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.narrowing import is_narrowed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.source.place import Place

_ADDS = frozenset({"append", "set"})
_GIVEN_TWO = 2
_FORM = re.compile(r"form_?data", re.IGNORECASE)
_HIDDEN = "hidden"


def emptied_fields(around: Place, field: str, texts: Collection[str]) -> Iterator[Node]:
    """The values that a form sends under a name without showing them, and that may be nothing.

    Args:
        around: the component.
        field: the name.
        texts: what the field's value is called where the component keeps it.
    """
    for tag in (each for kind in TAGS for each in descendants(around.node, kind)):
        given = attributes_of(tag)
        value = given.get("value")
        is_hidden = string_value(given.get("type")) == _HIDDEN and field in names_of(tag)
        if is_hidden and value is not None and _may_be_nothing(around, value):
            yield value
    for name, value in added_values(around.node):
        is_kept = last_name(value_in(value)) == field or text_of(value) in texts
        if name == field and (_may_be_nothing(around, value) or (is_kept and not is_narrowed(around.file, value))):
            yield value


def added_values(around: Node) -> Iterator[tuple[str, Node]]:
    """What is put into forms, each with the name: `data.append("authorId", author.id)`.

    Args:
        around: the component.
    """
    for call in descendants(around, "call_expression"):
        receiver, method = callee(call)
        given = call_arguments(call)
        if method in _ADDS and receiver is not None and len(given) == _GIVEN_TWO and _is_form(receiver):
            yield string_value(given[0]), given[1]


def _is_form(receiver: Node) -> bool:
    return _FORM.fullmatch(last_name(unwrapped(receiver))) is not None or is_form(receiver)


def _may_be_nothing(around: Place, value: Node) -> bool:
    """Whether a value is read of what may not be there, or an empty text is sent instead."""
    node = unwrapped(value)
    is_instead = text_of(node.child_by_field_name("operator")) in FALLBACKS
    return is_instead or (has_safe_read(node) and not is_narrowed(around.file, node))
