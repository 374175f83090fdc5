"""Answers that are not known yet, because the address is not that is asked: `(path) => fetch(`${base}${path}`)`.

They are open where the function is written that asks, and closed where it is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.syntax import key_of
from prisma_decouple.typescript.types.typed import WRITTEN, Type, What, bound_to, members_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.typescript.source.place import Place

MADE = frozenset({What.BOX, What.TAKER})
"""What is made around an answer."""

# Under which an answer is put by what is around all handlers, such as an interceptor of NestJS.
_ENVELOPES = frozenset({"data", "payload", "response", "result"})
_DEPTH = 3


def open_in(found: Type) -> Iterator[Type]:
    """The open answers in what a call gives."""
    if found.is_open:
        yield found
    elif found.what in MADE:
        for _, each in found.bound:
            yield from open_in(each)


def called_by(found: Type, call: Place) -> Type:
    """What a function gives back, with its open answers as they are in a call of it."""
    if found.is_open:
        return replace(found, also=(*found.also, call))
    if found.what not in MADE:
        return found
    return replace(found, bound=tuple((name, called_by(each, call)) for name, each in found.bound))


def closed(answer: Type, found: Type) -> Type | None:
    """What an open answer is, or is taken out of, when it is known what is answered.

    What takes `data` out of an answer that has none is taken for the other side of what puts all answers into it.

    Args:
        answer: the open answer.
        found: what the route answers.
    """
    current: Type | None = found
    for name in answer.field.split(".")[1:]:
        if current is None or answer.place is None:
            return None
        taken = answer.place.file.types.property(current, name)
        has_it = current.literal is not None and name in dict(properties(current.literal.node))
        current = current if taken is None and name in _ENVELOPES and not has_it else taken
    return current


def way_to(parameter: str, found: Type | None, depth: int = _DEPTH) -> tuple[str, ...] | None:
    """The properties that lead to what a type parameter stands for: `data` in `{ data: T }`; None where it is not.

    Args:
        parameter: its name.
        found: what is made of it.
        depth: how deep in.
    """
    if found is None or found.parameter:
        return () if found is not None and found.parameter == parameter else None
    place = found.place
    for member in members_of(place.node) if depth and place is not None and found.what in WRITTEN else ():
        inner = place.file.types.of_member(member) if place is not None else None
        inner = bound_to(found, inner.parameter) or inner if inner is not None and inner.parameter else inner
        if (way := way_to(parameter, inner, depth - 1)) is not None:
            return key_of(member), *way
    return None
