"""Values of another type where an element of HTML shows them, or has them as an attribute: `<td>{book.price}</td>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.source.vocabulary import DECIMAL
from prisma_decouple.typescript.types.kinds import JSON, is_text

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField

_TAGS = frozenset({"jsx_opening_element", "jsx_self_closing_element"})
_TEXTS = frozenset({"string"})
_NUMBERS = frozenset({"number"})
_BOTH = _TEXTS | _NUMBERS
# What attributes take besides undefined (the types of React 18 and 19).
_ATTRIBUTES = {
    **dict.fromkeys(("alt", "action", "className", "href", "htmlFor", "id", "label", "name"), _TEXTS),
    **dict.fromkeys(("placeholder", "src", "title"), _TEXTS),
    **dict.fromkeys(("colSpan", "cols", "maxLength", "minLength", "rowSpan", "rows", "tabIndex"), _NUMBERS),
    **dict.fromkeys(
        ("defaultValue", "height", "high", "low", "max", "min", "optimum", "step", "value", "width"), _BOTH
    ),
}
# What an element shows none of, whatever is in it.
_NEVER_SHOWN = frozenset({DECIMAL, JSON, "Date", "Uint8Array"})


def refused_by_element(value: Node, field: RetypedField) -> str:
    """Why an element of HTML refuses a value of the new type, in a sentence; empty when it does not, or is none.

    Args:
        value: the value of the field, with what is taken instead of nothing.
        field: the field.
    """
    holder = value.parent
    outer = holder.parent if holder is not None and holder.type == "jsx_expression" else None
    if outer is None:
        return ""
    if outer.type == "jsx_attribute":
        name = text_of(outer.named_children[0])
        taken = _ATTRIBUTES.get(name, frozenset[str]())
        is_refused = _is_html(outer.parent) and _is_one(field.before, taken) and not _is_one(field.after, taken)
        return f"`{name}` takes {' or '.join(sorted(taken))} here." if is_refused else ""
    tag = outer.child_by_field_name("open_tag") if outer.type == "jsx_element" else None
    after, is_shown = field.after.removesuffix("[]"), field.before.removesuffix("[]") not in _NEVER_SHOWN
    return "An element cannot show that." if _is_html(tag) and is_shown and after in _NEVER_SHOWN else ""


def _is_html(tag: Node | None) -> bool:
    """Whether it is the tag of an element of HTML, or of none, `<>`."""
    name = tag.child_by_field_name("name") if tag is not None and tag.type in _TAGS else None
    return tag is not None and tag.type in _TAGS and (name is None or text_of(name)[:1].islower())


def _is_one(kind: str, taken: frozenset[str]) -> bool:
    return kind in taken or ("string" in taken and is_text(kind))
