"""Relations: both ends, their names and the arguments of `@relation`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.validation.registry import check
from prisma_decouple.model.validation.relations import End, ends_of, inline_ends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table


def _spelled(end: End) -> str:
    return f"`{end.owner.name}.{end.entry.name}`"


@check("V801", "meaning")
def missing_opposite(table: Table) -> Iterator[Problem]:
    """A relation field has no field at the other end."""
    for end in ends_of(table):
        if end.opposite is None and not end.rivals:
            yield end.entry.node, f"{_spelled(end)} needs a field in `{end.target.name}` that points back"


@check("V802", "meaning")
def ambiguous_relations(table: Table) -> Iterator[Problem]:
    """Several relation fields between two models have the same name, or none."""
    for end in ends_of(table):
        is_pair = end.is_self and len(end.rivals) == 1 and end.given_name is not None
        if end.rivals and not is_pair:
            names = ", ".join(f"`{rival.entry.name}`" for rival in end.rivals)
            yield end.entry.node, f'{_spelled(end)} and {names} need different names: `@relation("…")`'


@check("V803", "meaning")
def keys_of_lists(table: Table) -> Iterator[Problem]:
    """The side of the many has what belongs to the side that holds the key."""
    for end in ends_of(table):
        other = end.opposite
        if other is None or not end.is_list or other.is_list:
            continue
        if end.fields or end.references:
            yield end.entry.node, f"`fields` and `references` belong to {_spelled(other)}, not to {_spelled(end)}"
        if end.has_actions:
            yield end.entry.node, f"`onDelete` and `onUpdate` belong to {_spelled(other)}, not to {_spelled(end)}"


@check("V804", "meaning")
def missing_keys(table: Table) -> Iterator[Problem]:
    """Neither end of a relation says which fields hold it."""
    for end, other in inline_ends(table):
        sides = (("fields", end.fields, other.fields), ("references", end.references, other.references))
        missing = [f"`{name}`" for name, mine, theirs in sides if not mine and (other.is_list or not theirs)]
        if missing:
            yield end.entry.node, f"{_spelled(end)} needs {' and '.join(missing)} in its `@relation`"


@check("V805", "meaning")
def one_to_one_sides(table: Table) -> Iterator[Problem]:
    """Both ends of a one-to-one relation say what only one may say."""
    for end, other in inline_ends(table):
        if other.is_list:
            continue
        if (end.fields is not None and other.fields is not None) or (
            end.references is not None and other.references is not None
        ):
            yield other.entry.node, f"{_spelled(end)} and {_spelled(other)} both have `fields` or `references`"
        elif other.fields is not None or other.references is not None:
            yield (
                other.entry.node,
                f"`fields` and `references` belong together, to {_spelled(end)} or {_spelled(other)}",
            )
        if other.has_actions:
            yield other.entry.node, f"`onDelete` and `onUpdate` belong to {_spelled(end)}, not to {_spelled(other)}"


@check("V806", "meaning")
def one_to_one_arity(table: Table) -> Iterator[Problem]:
    """The end of a one-to-one relation that does not hold the key is required."""
    for _end, other in inline_ends(table):
        if not other.is_list and other.entry.is_required and other.fields is None:
            yield other.entry.node, f"{_spelled(other)} must be optional, or hold the key itself"


@check("V807", "meaning")
def one_to_one_unique(table: Table) -> Iterator[Problem]:
    """The key of a one-to-one relation is not unique."""
    for end, other in inline_ends(table):
        if not other.is_list and end.fields and not end.is_unique:
            yield end.entry.node, f"the fields of {_spelled(end)} must be unique, as there is one record at each end"


@check("V808", "meaning")
def implicit_many_to_many(table: Table) -> Iterator[Problem]:
    """A many-to-many relation has arguments that it cannot have, or models without a single id."""
    for end in ends_of(table):
        if end.opposite is None or not end.is_list or not end.opposite.is_list:
            continue
        if table.connector.can("embedded-m2m"):
            yield from _embedded(end)
        else:
            yield from _implicit(end)


def _implicit(end: End) -> Iterator[Problem]:
    if end.owner.is_view or end.target.is_view:
        yield end.entry.node, "a view cannot be an end of a many-to-many relation"
    if end.fields is not None or end.references is not None:
        yield end.entry.node, f"{_spelled(end)} is many-to-many and has neither `fields` nor `references`"
    if end.has_actions:
        yield end.entry.node, f"{_spelled(end)} is many-to-many and has neither `onDelete` nor `onUpdate`"
    if end.target.id is None or len(end.target.id.parts) != 1:
        yield end.entry.node, f"{_spelled(end)} is many-to-many, so `{end.target.name}` needs an `@id` of one field"


def _embedded(end: End) -> Iterator[Problem]:
    """MongoDB keeps the ids of the other side in a list."""
    if end.has_actions:
        yield end.entry.node, f"{_spelled(end)} is many-to-many and has neither `onDelete` nor `onUpdate`"
    if not end.fields or not end.references:
        yield end.entry.node, f"{_spelled(end)} needs `fields` and `references` on MongoDB"
        return
    if len(end.fields) != 1 or len(end.references) != 1:
        yield end.entry.node, f"{_spelled(end)} is kept in one list and points at one field"
        return
    for key in end.keys:
        if not key.node.is_list:
            yield end.entry.node, f"`{key.name}` keeps the ids of the other side and must be a list"
        elif end.referenced and key.type != end.referenced[0].type:
            yield end.entry.node, f"`{key.name}` must have the type of `{end.target.name}.{end.referenced[0].name}`"
    for key in end.referenced:
        if end.target.id is None or key not in end.target.id.fields:
            yield end.entry.node, f"`{key.name}` must be the `@id` of `{end.target.name}`"


@check("V809", "meaning")
def ignored_models(table: Table) -> Iterator[Problem]:
    """A relation to an ignored model is not ignored itself."""
    for end in ends_of(table):
        if end.target.is_ignored and not end.entry.is_ignored and not end.owner.is_ignored:
            yield end.entry.node, f"`{end.target.name}` is ignored, so {_spelled(end)} needs `@ignore`"
