"""Casts that say that what may be null now is always there, `book.author as Author`: the compiler believes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.loaded_relations import note_detour, note_read
from prisma_decouple.typescript.finders.uses.safe_reads import use_in_chain
from prisma_decouple.typescript.finders.widening.records import null_inside, widened_by
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import CASTS, key_of, said_in, text_of
from prisma_decouple.typescript.types.chosen_elements import is_chosen_with
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.misfits import misfits
from prisma_decouple.typescript.types.places.uses import uses_of, uses_that_refuse_null
from prisma_decouple.typescript.types.prisma.given_keys import given_by_query, is_there
from prisma_decouple.typescript.types.typed import WRITTEN, What
from prisma_decouple.typescript.types.written.members import written_for
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.places.misfits import Misfit
    from prisma_decouple.typescript.types.typed import Type

_ANYTHING = frozenset({"Array<any>", "any", "any[]"})
_HOLDING = WRITTEN | {What.MAP, What.RECORD}
LENIENT = re.compile(r"\b(?:any|const|never|null|undefined|unknown)\b")
"""What a cast says that lets null go on, or says nothing."""


def find_casts(file: FileContext) -> None:
    """Note the casts of what may be null now to a type without null.

    Args:
        file: the file; its findings are filled.
    """
    for cast, value, written in casts_in(file):
        found = file.types.of(value)
        told = nullable_field(found) if found is not None else None
        if found is None or told is None or LENIENT.search(text_of(written)) or is_there(file, value):
            continue
        said = file.types.read(written)
        if said is None or said.is_nullable or use_in_chain(value) is not None:
            continue  # what is read on from it at once is told as that
        if found.what is What.RECORD:
            note_detour(file, found.place)
        model, field = told
        why = (
            f"The `{field}` of {with_article(model)} may be null now, and this cast says that it never is: the "
            "compiler will not see the null that goes on from here."
        )
        file.hint(cast, Kind.READ, Confidence.LIKELY, why)


def find_cast_contents(file: FileContext) -> None:
    """Note the casts of what has something inside that may be null now to a type in which it never is: `book as Row`.

    So is `book as any`, where a type is wanted that says so.

    Args:
        file: the file; its findings, and those of the files with the types, are filled.
    """
    for cast, value, written in casts_in(file):
        is_hidden = text_of(written) in _ANYTHING
        found, said = file.types.of(value), expected(file, cast) if is_hidden else file.types.read(written)
        if found is None or said is None or found.what not in _HOLDING or said.what not in _HOLDING:
            continue
        unfit = []
        for misfit in misfits(file, found, said, given_by_query(found)):
            is_asked = is_asked_inside(file, value, misfit.path, misfit.origin[0]) or _is_asked_by_all(misfit)
            if misfit.found.what is What.RECORD:
                note_read(file, misfit.found.place, is_safe=is_asked, at=cast)
            unfit += [misfit] if not is_asked else []
        if is_hidden and said.what is What.RECORD:
            continue  # a type that adds to a record is told for itself
        for misfit in unfit:
            list(widened_by(misfit))
        if unfit:
            what = "anything" if is_hidden else "something else"
            why = f"This is said to be {what}: {null_inside(*unfit)} The compiler will not see it from here on."
            file.hint(cast, Kind.READ, Confidence.LIKELY, why)


def _is_asked_by_all(misfit: Misfit) -> bool:
    """Whether whoever reads the member of a written type asks for it first, though that says that it is there."""
    member, is_record = misfit.member, misfit.found.what is What.RECORD
    if member is None or not is_record or written_for(member) is None:
        return False
    name = key_of(member.node)
    return bool(uses_of(member.file, member.node, name)) and not uses_that_refuse_null(member.file, member.node, name)


def casts_in(file: FileContext) -> Iterator[tuple[Node, Node, Node]]:
    """The casts of a file, each with its value and the type that this is said to be; `as const` says none.

    Args:
        file: the file.
    """
    for cast in file.source.nodes(*CASTS):
        if (said := said_in(cast)) is not None:
            yield cast, *said


def is_asked_inside(file: FileContext, value: Node, path: Sequence[str], model: str) -> bool:
    """Whether a value, or each element of a list, was asked before for what may be null somewhere inside.

    Who has asked for a relation has asked for its keys as well, and the other way round.

    Args:
        file: the file.
        value: the value.
        path: the properties that lead to what may be null.
        model: that of the record whose field it is.
    """
    *way, last = path
    names = ({one.field, *one.foreign_keys} for one in file.facts.optional_of(model))
    together = next((each for each in names if last in each), {last})
    rests = ["".join(f".{each}" for each in (*way, name)) for name in together]
    asked = (is_narrowed(file, value, f"{text_of(value)}{rest}") for rest in rests)
    return any(asked) or any(is_chosen_with(file, value, rest) for rest in rests)


def nullable_field(found: Type) -> tuple[str, str] | None:
    """The model and the field that a value is, when it may be null now.

    Args:
        found: what the value is.
    """
    if found.what is What.KEY and found.is_nullable:
        return found.model, found.field
    return found.became_null if found.is_nullable else None
