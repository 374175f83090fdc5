"""What is told of what queries load, and pages are given, once it is known which components read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.loaded_relations import NOT_SEEN
from prisma_decouple.typescript.hints import Confidence, Hint, Kind
from prisma_decouple.typescript.second_look import retold

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from prisma_decouple.typescript.context import Findings


def _read_in_components(findings: Findings) -> set[str]:
    """The files with queries of which components read what they load."""
    return {place.rpartition(":")[0] for place in findings.relied_on | findings.asked_for.keys()}


def with_readers(told: Iterable[Hint], last: Iterable[Hint], findings: Findings, pages: Container[str]) -> list[Hint]:
    """The hints on what is loaded, and given to pages, with what is known of the components that read it.

    Args:
        told: the hints of the looks before.
        last: what the look at components has found.
        findings: of that look.
        pages: the paths of the components.

    Returns:
        The hints without those of what all readers ask for first, or is told where a page reads it.
    """
    last = list(last)
    loading, found = _read_in_components(findings), {hint.spot: hint for hint in last if hint.kind is Kind.INCLUDE}
    kept = []
    for hint in _with_receivers(list(told), last, findings):
        is_unseen = hint.kind is Kind.INCLUDE and hint.file in loading and hint.why.endswith(NOT_SEEN)
        if is_unseen and hint.spot in found:
            kept.append(retold(hint, found[hint.spot]))
        elif not is_unseen and not _is_given_to_page(hint, findings, pages):
            kept.append(hint)
    return kept


def _with_receivers(told: Sequence[Hint], last: Iterable[Hint], findings: Findings) -> Iterator[Hint]:
    """The hints, those on what is sent away with who receives it, and without those of which nobody reads anything."""
    sent = {hint.spot: hint for hint in last if hint.spot in findings.askers and hint.confidence is Confidence.UNSURE}
    known = {hint.spot for hint in told}
    unread = {hint.spot for hint in told if hint.confidence is Confidence.UNSURE} & findings.unread
    yield from (retold(hint, sent.get(hint.spot)) for hint in told if hint.spot not in unread)
    # Of several of a kind in a file the first one is told, and another one where that is not read.
    files = {path for path, *_ in unread}
    yield from (hint for spot, hint in sent.items() if spot not in known and hint.file in files)


def _is_given_to_page(hint: Hint, findings: Findings, pages: Container[str]) -> bool:
    """Whether a hint is on what a page is given whose component is looked at itself."""
    return hint.confidence is Confidence.UNSURE and findings.for_pages.get(hint.spot) in pages
