"""What a page does not show until something is chosen that a record can do without now.

`{authorId ? <button onClick={save} /> : null}`, `<Dialog open={!!authorId}><button onClick={save} /></Dialog>`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.form_fields import attributes_of
from prisma_decouple.typescript.finders.uses.missing_values import missing_in
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.outcomes import FALSE, outcome_of
from prisma_decouple.typescript.source.scopes import function_name
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    descendants,
    is_function,
    names_in,
    text_of,
)
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.source.missing import Missing
    from prisma_decouple.typescript.source.place import Place

STARTS = frozenset({"action", "onClick", "onPress", "onSubmit"})
"""The attributes of elements with which something is begun."""

# Those by which a dialog is there, or something is shown: in Radix, MUI, Mantine, Chakra, React Native and Solid.
_OPENS = frozenset({"isOpen", "open", "opened", "show", "visible", "when"})


def note_closed(value: Place, texts: Iterable[str], meant: tuple[str, str]) -> None:
    """Note what has to be chosen before anybody can start what sends a key.

    Args:
        value: the key that is sent; the findings of its file are filled.
        texts: what it is called where the page keeps it.
        meant: the model that may be made without it now, and the key that is.
    """
    functions = [each for each in ancestors(value.node) if is_function(each)]
    names = {name for each in functions[:-1] if (name := function_name(each))}
    missing = missing_in(value.file, texts)
    for attribute in descendants(functions[-1], "jsx_attribute") if names else ():
        is_start = text_of(attribute.named_children[0]) in STARTS
        if is_start and any(names_in(attribute, name) for name in names):
            for place in _closing(attribute, missing):
                if not value.file.is_told(place, Kind.FLOW):
                    why = f"This cannot be done without `{meant[1]}`; {with_article(meant[0])} may be without one now."
                    value.file.hint(place, Kind.FLOW, Confidence.UNSURE, f"{why} Look whether it still should.")


def _closing(start: Node, missing: Missing) -> Iterator[Node]:
    """The conditions under which an element is not shown for want of a value."""
    inner = start
    for outer in ancestors(start):
        if is_function(outer):
            return
        condition = _shown_if(outer, inner)
        if condition is not None and outcome_of(condition, missing) in FALSE:
            yield condition
        inner = outer


def _shown_if(outer: Node, inner: Node) -> Node | None:
    """The condition under which a part of an expression is what it gives, or what is in an element is shown."""
    if outer.type == "ternary_expression" and inner == outer.child_by_field_name("consequence"):
        return outer.child_by_field_name("condition")
    if outer.type == "jsx_element":
        given = attributes_of(outer.named_children[0])
        return next((given[name] for name in sorted(_OPENS & given.keys())), None)
    is_and = outer.type == "binary_expression" and text_of(outer.child_by_field_name("operator")) == "&&"
    return outer.child_by_field_name("left") if is_and and inner == outer.child_by_field_name("right") else None
