"""Which relations that queries load are read as if their record were always there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.types.slots import place_key

if TYPE_CHECKING:
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place


def note_read(file: FileContext, loaded: Place | None, *, is_safe: bool = False) -> None:
    """Keep that a related record is read.

    Args:
        file: the file.
        loaded: the options with which a query loads it; None when they are not known.
        is_safe: whether it is asked first whether there is one.
    """
    if loaded is not None:
        (file.findings.asked_for if is_safe else file.findings.relied_on).add(place_key(loaded))


def note_detour(file: FileContext, loaded: Place | None) -> None:
    """Keep that a related record is only gone through, asked for, to what the record has itself now."""
    if loaded is not None:
        file.findings.gone_through.add(place_key(loaded))


def is_seen_to_load(loaded: Place) -> bool:
    """Whether something reads what a query loads by these options, wherever they are written."""
    found = loaded.file.findings
    return any(place_key(loaded) in each for each in (found.relied_on, found.asked_for, found.gone_through))


def weighed_load(file: FileContext, loaded: Place, confidence: Confidence) -> tuple[Confidence, str]:
    """How sure it is that something has to be done where a record is loaded that may be absent, and why.

    Args:
        file: the file, when all reads are known.
        loaded: the options with which the query loads it.
        confidence: how sure it is that the record may be absent.
    """
    key = place_key(loaded)
    if key in file.findings.relied_on:  # then it is known what it loads, whatever else has the same name
        return Confidence.CERTAIN, " Something that reads it takes it for granted."
    if confidence is not Confidence.CERTAIN:
        return confidence, ""
    if key in file.findings.gone_through:
        return Confidence.LIKELY, ""
    if key in file.findings.asked_for:
        return Confidence.UNSURE, " Every read of it that can be seen asks for it first."
    return Confidence.LIKELY, " Nothing is seen that relies on it: look where the result goes."
