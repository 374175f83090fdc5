"""Which backfills may share one statement: those that together do what each does in its own place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.rules.intents import Constant, FromHost, FromPath

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.model.datamodel import DataModel, Model, RelationField
    from prisma_decouple.rules.intents import Backfill, RelationPath, Source

    FieldName = tuple[str, str]  # the model's and its own


def grouped(before: DataModel, after: DataModel, intents: Sequence[Backfill]) -> list[list[Backfill]]:
    """The intents in groups of one model, in an order in which each finds what it would find in its own place.

    Args:
        before: the old schema, which says what was there already.
        after: the new schema, in which the intents' names are to be understood.
        intents: what to fill, in the order of the rules.

    Returns:
        As few groups as that order allows.
    """
    groups: list[list[Backfill]] = []
    for intent in intents:
        for at, group in enumerate(groups):
            between = [other for later in groups[at + 1 :] for other in later]
            if group[0].model == intent.model and _may_join(before, after, intent, group, between):
                group.append(intent)
                break
        else:
            groups.append([intent])
    return groups


def given_fields(before: DataModel, intent: Backfill) -> set[str]:
    """The fields in which every record has had a value before: a key may share them with another one."""
    old = before.models.get(intent.model)
    return {name for name in intent.fields if old and name in old.scalars and old.scalars[name].is_required}


def removes(intent: Backfill) -> bool:
    """Whether records may have to leave."""
    return intent.unresolved in {"quarantine", "delete"}


def ends_of(data: DataModel, model: Model, relation: RelationField) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields on the side of `model` and those on the other side that are equal, wherever the key is."""
    if relation.fields:
        return relation.fields, relation.references
    owner = data.opposite(model, relation)
    assert owner is not None, "a relation without its opposite was refused when the path was read"  # noqa: S101
    return owner.references, owner.fields


def _may_join(
    before: DataModel, after: DataModel, intent: Backfill, group: Sequence[Backfill], between: Sequence[Backfill]
) -> bool:
    """Whether an intent finds the same, and leaves the same to find, when it is done with a group that comes before."""
    if any(removes(other) for other in (*group, *between)) or (removes(intent) and between):
        return False
    filled = {field for other in (*group, *between) for field in _filled(before, other)}
    read = {field for other in between for field in _read(after, other)}
    return filled.isdisjoint(_read(after, intent)) and read.isdisjoint(_filled(before, intent))


def _filled(before: DataModel, intent: Backfill) -> set[FieldName]:
    return {(intent.model, name) for name in intent.fields if name not in given_fields(before, intent)}


def _read(after: DataModel, intent: Backfill) -> set[FieldName]:
    """The fields that decide what an intent fills: those on its ways, and its own, of which what they hold stays."""
    own = after.models[intent.model].relation_with(intent.fields)
    found = {(intent.model, name) for name in intent.fields}
    if own is not None:
        found |= {(own.target, name) for name in own.references}
    return found.union(*(_read_by(after, intent, source) for source in intent.sources))


def _read_by(after: DataModel, intent: Backfill, source: Source) -> Iterator[FieldName]:
    if isinstance(source, FromPath):
        yield from _on_the_way(after, source.path)
    elif isinstance(source, Constant):
        yield from _on_the_way(after, source.when) if source.when else ()
    else:
        yield from ((source.model, name) for name in (source.by, *source.keys))
        if isinstance(source, FromHost):
            yield intent.model, source.field


def _on_the_way(after: DataModel, path: RelationPath) -> Iterator[FieldName]:
    """The keys of all relations, from both sides, and the fields at the end."""
    for name, field in path.relations:
        model = after.models[name]
        relation = model.relations[field]
        near, far = ends_of(after, model, relation)
        yield from ((name, each) for each in near)
        yield from ((relation.target, each) for each in far)
    yield from ((path.model, name) for name in path.fields)
