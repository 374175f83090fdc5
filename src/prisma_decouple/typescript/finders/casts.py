"""Casts that say that what may be null now is always there, `book.author as Author`: the compiler believes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.loaded_relations import note_detour
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.types.misfits import misfits
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.typed import WRITTEN, What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_SAID = WRITTEN | {What.RECORD}
_LENIENT = re.compile(r"\b(?:any|const|never|null|undefined|unknown)\b")


def find_casts(file: FileContext) -> None:
    """Note the casts of what may be null now to a type without null.

    Args:
        file: the file; its findings are filled.
    """
    for cast in file.source.nodes("as_expression"):
        if len(cast.named_children) > 1:
            _check(file, cast, cast.named_children[0], cast.named_children[-1])


def _check(file: FileContext, cast: Node, value: Node, written: Node) -> None:
    """A cast of a value to a written type."""
    found = file.types.of(value)
    told = _nullable_field(found) if found is not None else None
    if found is not None and told is None and found.what is What.RECORD:
        _check_inside(file, cast, found, file.types.read(written))
    if found is None or told is None or _LENIENT.search(text_of(written)) or is_narrowed(file, value):
        return
    said = file.types.read(written)
    if said is None or said.is_nullable:
        return
    if found.what is What.RECORD:
        note_detour(file, found.place)
    model, field = told
    why = (
        f"The `{field}` of {with_article(model)} may be null now, and this cast says that it never is: the "
        "compiler will not see the null that goes on from here."
    )
    file.hint(cast, Kind.READ, Confidence.LIKELY, why)


def _check_inside(file: FileContext, cast: Node, record: Type, said: Type | None) -> None:
    """A record that is said to be of a written type, `books as Row[]`, in which what may be null now never is."""
    misfit = next(misfits(file, record, said), None) if said is not None and said.what in _SAID else None
    if misfit is not None:
        model, field = misfit.origin
        why = (
            f"The `{field}` of {with_article(model)} may be null now, and this cast says that `{misfit.path[-1]}` "
            "never is: the compiler will not see the null that goes on from here."
        )
        file.hint(cast, Kind.READ, Confidence.LIKELY, why)


def _nullable_field(found: Type) -> tuple[str, str] | None:
    """The model and the field that a value is, when it may be null now."""
    if found.what is What.KEY and found.is_nullable:
        return found.model, found.field
    return found.became_null if found.is_nullable else None
