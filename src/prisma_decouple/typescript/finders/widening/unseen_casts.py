"""Casts of what a function of the code base's own gives back without a type, when it is told what to load.

`(await loadAll("book", { include: { author: true, cover: true } })) as { author: Author }[]`: what is loaded is seen
where it is asked for, and what is made of it is written in the cast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.widening.widened_members import widen
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import only_model_with
from prisma_decouple.typescript.source.literals import properties, property_value, values_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import call_arguments, key_of, unwrapped
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.uses import uses_that_refuse_null
from prisma_decouple.typescript.types.prisma.queries import LOADING
from prisma_decouple.typescript.types.typed import What, members_of
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_KNOWN = frozenset({What.RECORD, What.CLASS, What.SHAPE})


def find_unseen_casts(file: FileContext) -> None:
    """Note what such a cast says of a relation that was loaded, and what reads it.

    Args:
        file: the file; its findings are filled.
    """
    for cast in file.source.nodes("as_expression"):
        found = file.types.of(cast.named_children[0])
        said = file.types.of(cast) if found is None or found.what not in _KNOWN else None
        if said is None or said.place is None or said.what is not What.SHAPE or said.place.node.type == "object":
            continue
        loaded = {each.field: each for each in _loaded_by(file, cast.named_children[0])}
        for member in members_of(said.place.node) if loaded else ():
            if key_of(member) in loaded:
                _check_member(Place(said.place.file, member), loaded[key_of(member)])


def _loaded_by(file: FileContext, value: Node) -> Iterator[OptionalRelation]:
    """The relations that became optional and that a call is told to load, for records of one model only."""
    call = unwrapped(held_by(value) or value)
    while call.type == "await_expression":
        call = unwrapped(call.named_children[0])
    given = call_arguments(call) if call.type == "call_expression" else ()
    for options in (each for argument in given for each in values_of(argument) if each.type == "object"):
        for loads in filter(None, (property_value(options, keyword) for keyword in LOADING)):
            names = {key for key, _ in properties(loads)} if loads.type == "object" else set()
            model = only_model_with(file.facts, names)
            yield from (each for each in file.facts.optional if each.model == model and each.field in names)


def _check_member(member: Place, relation: OptionalRelation) -> None:
    """A member of the written type that says that a relation is always there."""
    file, found = member.file, member.file.types.of_member(member.node)
    if found is None or found.is_nullable or found.is_list or place_key(member) in file.findings.widened:
        return
    model = with_article(relation.model)
    why = f"This says that `{relation.field}` is always there; that of {model} may be null now."
    for use in uses_that_refuse_null(file, member.node, relation.field):
        told = f"The `{relation.field}` of {model} may be null now, which the cast of its record does not say."
        use.file.hint(use.node, Kind.READ, Confidence.LIKELY, told)
    widen(member, Confidence.LIKELY, why, is_lazy=True)
