"""Answers of endpoints that do not fit the type or the schema which their route has for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.widening.records import null_inside, widened_by
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.types.libraries.endpoints import Answer, answers
from prisma_decouple.typescript.types.places.misfits import misfits
from prisma_decouple.typescript.types.places.outdated import outdated
from prisma_decouple.typescript.wording import excerpt

if TYPE_CHECKING:
    from prisma_decouple.typescript.context import FileContext


def find_endpoints(file: FileContext) -> None:
    """Note the handlers that answer with what may be null now, and whose routes say that it never is.

    Args:
        file: the file; its findings, and those of the files with the schemas, are filled.
    """
    for answer in answers(file):
        found = answer.file.types.of(answer.value)
        for reason in outdated(answer.file, found, answer.wanted) if found is not None else ():
            file.hint(answer.place, Kind.FLOW, Confidence.CERTAIN, f"{_opening(answer)} {reason}")
        fitting = list(misfits(answer.file, found, answer.wanted)) if found is not None else []
        if fitting:
            needs = [subject for each in fitting for subject in widened_by(each)]
            why = f"{_opening(answer)} {null_inside(fitting[0])}"
            file.hint(answer.place, Kind.FLOW, file.sure_of_null, why, needs=needs)


def _opening(answer: Answer) -> str:
    return f"`{excerpt(text_of(answer.value))}` does not fit what its route says that it answers:"
