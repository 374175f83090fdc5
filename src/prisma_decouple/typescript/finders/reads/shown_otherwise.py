"""What is shown of a record that lacks what is asked of it: `{book.author?.town === "Rome" ? "Here" : "Abroad"}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.missing_values import missing_in
from prisma_decouple.typescript.source.outcomes import FALSE, Outcome, outcome_of
from prisma_decouple.typescript.source.scopes import uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    chain_around,
    descendants,
    is_function,
    key_of,
    parenthesized,
    text_of,
    unwrapped,
)

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.missing import Missing

_ELEMENTS = frozenset({"jsx_element", "jsx_self_closing_element"})
_OF_CONDITIONS = frozenset({"binary_expression", "parenthesized_expression", "unary_expression"})
_TEXTS = frozenset({"string", "template_string"})
_HEADINGS = frozenset(
    {"caption", "children", "heading", "label", "message", "name", "state", "status", "subject", "text", "title"}
)
_CHOICE = "ternary_expression"
_WORD = re.compile(r"[^\W\d_]")
# What says that there is none, in the languages that code bases are written in most.
_NONE = re.compile(
    r"(?:no|non|not|none|without|nothing|n/?a|un(?:assigned|known|set|specified)|sin|ningun\w*|sem|nenhum\w*|nao|não|kein\w*|ohne"
    r"|nicht|aucun\w*|sans|pas|nessun\w*|senza|inconnu\w*|unbekannt\w*|descon\w*)\b",
    re.IGNORECASE,
)


def shown_without(file: FileContext, node: Node) -> Node | None:
    """The text that a choice shows where what its condition asks for is absent, and that may be taken for another's.

    Args:
        file: the file.
        node: the relation in a chain of reads in the condition.

    Returns:
        None where there is no such choice, or the text says that there is none.
    """
    chain = chain_around(node)
    choice = _choice_of(chain)
    if choice is None or not _is_shown(_outermost(choice)):
        return None
    missing = missing_in(file, [text_of(chain), text_of(node)])
    chosen = _chosen(choice, missing)
    if chosen is None or not _says(chosen) or _NONE.match(_words(chosen)):
        return None
    return chosen if _other_says(chosen) else None


def _choice_of(chain: Node) -> Node | None:
    """The choice in whose condition something is read; of several, one in the other, the first that asks for it."""
    inner = chain
    for outer in ancestors(chain):
        if outer.type == _CHOICE and outer.child_by_field_name("condition") == inner:
            top = _outermost(outer)
            asked = text_of(top.child_by_field_name("condition"))
            return outer if top == outer or text_of(chain) not in asked else None
        if outer.type not in _OF_CONDITIONS:
            return None
        inner = outer
    return None


def _outermost(choice: Node) -> Node:
    """The choice of which others are the sides."""
    outer = parenthesized(choice).parent
    while outer is not None and outer.type == _CHOICE:
        choice, outer = outer, parenthesized(outer).parent
    return choice


def _is_shown(choice: Node) -> bool:
    """Whether a choice is shown: between tags or words, as a label, or by who calls a function that gives it back."""
    holder = parenthesized(choice).parent
    if holder is None:
        return False
    if holder.type == "jsx_expression":
        element = holder.parent
        is_attribute = element is not None and element.type == "jsx_attribute"
        is_heading = element is not None and is_attribute and text_of(element.named_children[0]) in _HEADINGS
        return is_heading or (element is not None and element.type == "jsx_element")
    if holder.type == "variable_declarator":
        return any(map(_is_shown, uses_of_variable(holder)))
    if holder.type == "pair":
        return key_of(holder) in _HEADINGS
    return holder.type in {"return_statement", "template_substitution"} or is_function(holder)


def _chosen(choice: Node, missing: Missing) -> Node | None:
    """What is chosen when a value is missing; None where that is open."""
    outcome = outcome_of(choice.child_by_field_name("condition"), missing)
    name = "consequence" if outcome is Outcome.HOLDS else "alternative" if outcome in FALSE else ""
    side = choice.child_by_field_name(name) if name else None
    chosen = unwrapped(side) if side is not None else None
    return _chosen(chosen, missing) if chosen is not None and chosen.type == _CHOICE else chosen


def _other_says(chosen: Node) -> bool:
    """Whether what is chosen otherwise is a text as well."""
    choice = parenthesized(chosen).parent
    sides = [choice.child_by_field_name(name) for name in ("consequence", "alternative")] if choice is not None else []
    return any(_says(unwrapped(each)) for each in sides if each is not None and unwrapped(each) != chosen)


def _says(value: Node) -> bool:
    """Whether a value is a text, or an element with one."""
    return value.type in _ELEMENTS | _TEXTS and _WORD.search(_words(value)) is not None


def _words(value: Node) -> str:
    """The words of a text, or of an element."""
    if value.type in _TEXTS:
        return text_of(value).strip("\"'` ")
    said = (text_of(each).strip() for each in descendants(value, "jsx_text"))
    return " ".join(each for each in said if each)
