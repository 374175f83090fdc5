"""What speaks of a fault: words for a record that should be there, and calls that note that something went wrong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import children_of, descendants, string_value, text_of, unwrapped

if TYPE_CHECKING:
    from tree_sitter import Node

UNKNOWN = r"unknown|inconnue?s?|unbekannt\w*|desconocid[oa]s?|desconhecid[oa]s?|sconosciut[oa]"
"""That nobody knows who it is, in the languages that code bases are written in most."""

WRONG = re.compile(
    rf"\b(?:{UNKNOWN}|deleted|missing|removed|not[ _-]?found|invalid|unavailable|corrupt\w*|supprimée?s?|introuvable|"
    r"gelöscht\w*|nicht gefunden|eliminad[oa]s?|excluíd[oa]s?|n(?:ão|o) encontrad[oa]s?)\b",
    re.IGNORECASE,
)
"""What speaks of a record that should be there."""

_LOGS = re.compile(r"(?:^|\.)(?:console|log(?:ger)?)\.\w+$|^log$", re.IGNORECASE)
_FAULTS = re.compile(r"(?:^|\.)(?:captureException|captureMessage|error|fatal|warn(?:ing)?)$")
_TEXTS = ("string", "template_string")


def notes_fault(branch: Node) -> bool:
    """Whether what is done notes, in a log or to whoever looks, that something is missing: `console.warn("missing")`.

    Args:
        branch: what is done, a block or one statement.
    """
    statements = children_of(branch) if branch.type == "statement_block" else [branch]
    done = (unwrapped(each.named_children[0]) for each in statements if each.type == "expression_statement")
    return any(_is_fault(each) for each in done)


def _is_fault(call: Node) -> bool:
    called = text_of(call.child_by_field_name("function"))
    if _FAULTS.search(called):
        return True
    texts = (each for kind in _TEXTS for each in descendants(call, kind)) if _LOGS.search(called) else ()
    return any(WRONG.search(string_value(each) or text_of(each)) for each in texts)
