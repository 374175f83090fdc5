"""Mail and messages to what may be absent now: `mailer.send({ to: book.author?.email })` goes to nobody, or fails."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.reads.safe_ends import safe_reads
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import (
    call_given,
    callee,
    chain_around,
    key_of,
    parenthesized,
    text_of,
)
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_SENDING = re.compile(
    r"(?:e?mail|notify|publish|push|send|sms)(?![a-z])|.*(?:E?mail|Message|Notification|Push|Sms)$", re.IGNORECASE
)
_RECIPIENTS = frozenset({"bcc", "cc", "email", "phone", "recipient", "recipients", "to", "toEmail", "token", "tokens"})


def find_recipients(file: FileContext) -> None:
    """Note where something is sent to whom a record may be without now.

    Args:
        file: the file; its findings are filled.
    """
    for owner, found in safe_reads(file):
        whole = parenthesized(chain_around(owner))
        if _is_recipient(whole) and not file.is_told(whole) and not file.is_told(owner):
            model, field = found.became_null or (found.model, found.field)
            why = (
                f"Without the `{field}` of {with_article(model)}, which may be null now, `{excerpt(text_of(whole))}` "
                "is undefined, and this is sent to nobody, or fails. Look what is to be done then."
            )
            file.hint(whole, Kind.FLOW, Confidence.UNSURE, why)


def _is_recipient(value: Node) -> bool:
    """Whether a value says to whom a function sends what it is given: `{ to: value }`."""
    pair = value.parent
    is_named = pair is not None and pair.type == "pair" and key_of(pair) in _RECIPIENTS
    call = call_given(pair.parent) if pair is not None and pair.parent is not None and is_named else None
    return call is not None and _SENDING.match(callee(call)[1]) is not None
