"""What tells that an expression is a key which may be null now: its type, what its type has to let in, or names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.makers import made_around
from prisma_decouple.typescript.finders.widening.key_types import name_around
from prisma_decouple.typescript.likeness import is_called_after_only
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import READS, call_arguments, last_name, owner_of_read, unwrapped
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.uses import members_read
from prisma_decouple.typescript.types.prisma.given_keys import is_there
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def key_meant(file: FileContext, value: Node) -> tuple[str, str] | None:
    """The model and the field when a value is a key that may be null now.

    Told by its type, or by what its type has to let in; else by what is made of it.

    Args:
        file: the file.
        value: a name, or what is read.
    """
    found, name = file.types.of(value), last_name(value)
    if found is not None and found.what is What.KEY:
        is_open = found.is_nullable and not is_there(file, value)
        return (found.model, found.field) if is_open else None
    if found is not None and found.what is not What.VALUE:
        return None
    let_in = (file.findings.let_in.get(place_key(each)) for each in members_read(file, value))
    if (origin := next(filter(None, let_in), None)) is not None:
        return None if is_there(file, value) else origin[:2]
    models = [each.model for each in file.facts.optional_by_key(name)]
    made = made_around(file, value) if models else frozenset()
    model = next((each for each in models if each in made), None)
    return (model, name) if model is not None and not is_there(file, value) else None


def key_named(file: FileContext, value: Node) -> tuple[str, str] | None:
    """The same by the name of what it is read of: of a `BookRow`, or of what is called `book` and may be anything."""
    name, owner = last_name(value), owner_of_read(value) if value.type in READS else None
    relations = file.facts.optional_by_key(name) if owner is not None else ()
    if owner is None or not relations or is_there(file, value):
        return None
    names = [name_around(each.node) for each in members_read(file, value)]
    if not names and file.types.of(value) is None:
        names += [last_name(each) for each in _behind(owner)]
    models = (each.model for each in relations)
    return next(
        ((each, name) for each in models if any(is_called_after_only(file.facts, said, each) for said in names)), None
    )


def _behind(owner: Node) -> list[Node]:
    """What something is called, and what it was made of: `book` of `const own = normalized(loaded ?? book)`."""
    held = held_by(owner)
    made = call_arguments(unwrapped(held)) if held is not None else []
    sides = (each.child_by_field_name(side) for each in made for side in ("left", "right"))
    return [owner, *made, *filter(None, sides)]
