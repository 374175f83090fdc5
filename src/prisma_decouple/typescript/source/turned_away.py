"""Whether what is done where a condition holds refuses: it throws, answers with an error, or leads away."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.guards import leaves
from prisma_decouple.typescript.source.syntax import ancestors, descendants, is_function, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

LEADS_AWAY = frozenset({"notFound", "permanentRedirect", "redirect"})
# An error that is answered, not thrown: `res.status(404)`, `{ status: 400 }`, `return { error: "…" }`. Who asks is
# another question than what there is: 401 and 403 are not meant.
_STATUS = r"(?:400|404|409|41\d|422|5\d\d)"
_ANSWERED = re.compile(
    rf"\b(?:code|sendStatus|status)\(\s*{_STATUS}\b|\bstatus(?:Code)?:\s*{_STATUS}\b|,\s*{_STATUS}\s*\)"
    r"|\breturn\s*\(?\s*\{\s*(?:errors?\b|(?:ok|success):\s*false\b)"
)
_ABOUT_WHO_ASKS = re.compile(
    r"unauthori[sz]ed|unauthenticated|forbidden|permission|(?:log|sign)(?:ged)?[ -]?in", re.IGNORECASE
)


def turns_away(consequence: Node | None) -> bool:
    """Whether what is done refuses, goes on to the next, or leads to another page."""
    return consequence is not None and (refuses(consequence) or goes_on(consequence) or leads_away(consequence))


def leads_away(consequence: Node) -> bool:
    """Whether what is done leads to another page."""
    calls = descendants(consequence, "call_expression") if not consequence.type.endswith("expression") else []
    return any(text_of(each.child_by_field_name("function")) in LEADS_AWAY for each in calls)


def refuses(consequence: Node) -> bool:
    """Whether what is done ends in an error, thrown or answered."""
    if _throws(consequence):
        return True
    written = text_of(consequence)
    is_answer = leaves(consequence) and _ANSWERED.search(written) is not None
    return is_answer and _ABOUT_WHO_ASKS.search(written) is None


def ends(consequence: Node | None) -> bool:
    """Whether what is done ends the function."""
    last = consequence.named_children[-1:] if consequence is not None else []
    return any(each.type == "return_statement" for each in (*last, *filter(None, [consequence])))


def goes_on(consequence: Node) -> bool:
    """Whether what is done ends with the next element of a loop: what it would have made of this one is not made."""
    last = consequence.named_children[-1:] if consequence.type == "statement_block" else [consequence]
    return any(each.type == "continue_statement" for each in last)


def _throws(consequence: Node) -> bool:
    """Whether what is done ends in an error that is thrown."""
    if consequence.type == "throw_statement":
        return True
    thrown = descendants(consequence, "throw_statement")
    return any(not any(is_function(outer) for outer in _between(each, consequence)) for each in thrown)


def _between(node: Node, end: Node) -> Iterator[Node]:
    yield from takewhile(lambda outer: outer != end, ancestors(node))
