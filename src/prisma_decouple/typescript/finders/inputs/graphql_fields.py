"""Fields of a GraphQL schema, `t.exposeInt("authorId")`, that do not say what the field or relation is that they show.

They say never null where it may be null now, or a type that it has no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.gone.gone_fields import note_lost
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import call_arguments, callee, children_of, string_value
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.libraries.exposed import all_exposures, exposures, shown_relations
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import now_and_before, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.libraries.exposed import Exposure

# What the fields of Pothos that take over a value by its name can show.
_EXPOSED = {
    "exposeBoolean": {"boolean"},
    "exposeBooleanList": {"boolean[]"},
    "exposeFloat": {"number"},
    "exposeFloatList": {"number[]"},
    "exposeID": {"bigint", "number", "string"},
    "exposeIDList": {"bigint[]", "number[]", "string[]"},
    "exposeInt": {"number"},
    "exposeIntList": {"number[]"},
    "exposeString": {"string"},
    "exposeStringList": {"string[]"},
}


def find_graphql_fields(file: FileContext) -> None:
    """Note the fields that have to say that they may be null.

    Args:
        file: the file; its findings are filled.
    """
    for exposure in shown_relations(file):
        name, model = string_value(exposure.name), exposure.owner.model
        if any(each.field == name for each in file.facts.optional_of(model)):
            why = f"`{name}` of {with_article(model)} may be null now, and this field says that it never is."
            file.hint(exposure.call, Kind.FLOW, Confidence.CERTAIN, why, _nullable(exposure.call))
    for exposure in all_exposures(file):
        _check_retyped(file, exposure)
        is_of_model = exposure.owner.what is What.RECORD
        lost = file.facts.lost_of(exposure.owner.model, string_value(exposure.name)) if is_of_model else None
        if lost is not None:
            note_lost(file, exposure.name, lost, Confidence.CERTAIN)
    for exposure in exposures(file):
        name = string_value(exposure.name)
        found = file.types.property(exposure.owner, name)
        if found is None or found.what is not What.KEY or not found.is_nullable:
            continue
        why = f"`{found.field}` of {with_article(found.model)} may be null now, and this field says that it never is."
        file.hint(exposure.call, Kind.FLOW, Confidence.CERTAIN, why, _nullable(exposure.call))


def _check_retyped(file: FileContext, exposure: Exposure) -> None:
    """A field that shows what is of another type now: `t.exposeString("pages")` of a number."""
    name, shown = string_value(exposure.name), _EXPOSED.get(callee(exposure.call)[1])
    field = next(
        (each for each in file.facts.retyped if (each.model, each.field) == (exposure.owner.model, name)), None
    )
    if field is None or exposure.owner.what is not What.RECORD or shown is None or field.after in shown:
        return
    confidence = Confidence.CERTAIN if field.before in shown else Confidence.LIKELY
    file.hint(exposure.call, Kind.FLOW, confidence, f"{now_and_before(field)} This field shows the old one.")


def _nullable(call: Node) -> list[Edit]:
    """Say in the options of a field that it may be null."""
    named, *options = call_arguments(call)
    if not options:
        return [Edit(named.end_byte, named.end_byte, ", { nullable: true }")]
    inside = children_of(options[0])
    start = inside[0].start_byte if inside else options[0].end_byte - 1
    return [Edit(start, start, "nullable: true, " if inside else " nullable: true ")]
