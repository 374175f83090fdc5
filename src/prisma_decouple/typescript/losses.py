"""What code relied on and the new schema does not have: fields, models, enums, values, and the types of fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.spelling import string
from prisma_decouple.syntax.nodes import BlockAttribute
from prisma_decouple.typescript.changes import ChangedKey, LostField, LostKey, LostValue, RetypedField
from prisma_decouple.typescript.scalars import type_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from prisma_decouple.model import datamodel
    from prisma_decouple.typescript.renamings import Renamings


def lost_fields(before: datamodel.DataModel, after: datamodel.DataModel, names: Renamings) -> Iterator[LostField]:
    """The fields, relation fields and names of compound keys that models had and have no more."""
    for old, new in _pairs(before, after):
        kept, found = {*new.scalars, *new.relations}, {}
        for name in (each for each in (*old.scalars, *old.relations) if each not in kept):
            renamed = names.fields.get((old.name, name), "")
            single = names.singles.get((old.name, name), "")
            guess = single or _successor(old, new, name, names) or _moved(before, after, new, name)
            found[name] = LostField(
                old.name, name, renamed or guess, is_renamed=bool(renamed), is_single=bool(single and not renamed)
            )
        yield from found.values()
        selectors = dict(selectors_of(new))
        for name, fields in selectors_of(old):
            if name not in selectors:
                lost = [found.get(each, LostField(old.name, each, each, is_renamed=True)) for each in fields]
                yield _selector(LostField(old.name, name), [each.successor for each in lost], lost, selectors)


def strangers(before: datamodel.DataModel, after: datamodel.DataModel, names: Renamings) -> Iterator[LostField]:
    """What records have not that stand where others stood: of relations that lead to another model now."""
    seen = set[tuple[str, str]]()
    for old, new in _pairs(before, after):
        for relation in old.relations.values():
            same = new.relations.get(relation.name)
            pair = (relation.target, same.target) if same is not None else ("", "")
            if pair[0] != pair[1] and pair not in seen:
                seen.add(pair)
                yield from _strangers(before, after, *pair, names)


def _strangers(
    before: datamodel.DataModel, after: datamodel.DataModel, was: str, model: str, names: Renamings
) -> Iterator[LostField]:
    old, new, same = before.models[was], after.models[model], after.models.get(was)
    known = [new, *([before.models[model]] if model in before.models else [])]
    there = {name for each in known for name in (*each.scalars, *each.relations, *dict(selectors_of(each)))}
    ways = [each.name for each in new.relations.values() if each.target == was and not each.is_list]
    for name in (*old.scalars, *old.relations, *dict(selectors_of(old))):
        if name not in there:
            now = names.of_field(was, name)
            is_near = len(ways) == 1 and same is not None and _has(same, now)
            yield LostField(model, name, f"{ways[0]}.{now}" if is_near else "", was=was)


def changed_keys(before: datamodel.DataModel, after: datamodel.DataModel, names: Renamings) -> Iterator[ChangedKey]:
    """The keys of several fields that have a name of their own, and have other fields now."""
    for old, new in _pairs(before, after):
        now = dict(selectors_of(new))
        for name, fields in selectors_of(old):
            if name in now and {names.of_field(old.name, each) for each in fields} != set(now[name]):
                yield ChangedKey(old.name, name, now[name])


def lost_keys(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[LostKey]:
    """The fields by which a record was found alone, that are there and find one of several now."""
    for old, new in _pairs(before, after):
        kept = {*_own_keys(new), *dict(selectors_of(new))}
        for name in _own_keys(old):
            if name not in kept and name in new.scalars:
                yield LostKey(old.name, name, frozenset(kept))


def _own_keys(model: datamodel.Model) -> Iterator[str]:
    """The fields that are a key by themselves."""
    for index in model.indexes:
        if index.kind in {"id", "unique"} and len(index.names) == 1 and index.where is None:
            yield index.names[0]


def _selector(
    lost: LostField, fields: list[str], parts: list[LostField], selectors: Mapping[str, tuple[str, ...]]
) -> LostField:
    """The name of a compound key, with that of the key of the fields that its own are now."""
    now = next((name for name, each in selectors.items() if list(each) == fields), "")
    return LostField(lost.model, lost.name, now, is_renamed=bool(now) and all(each.is_renamed for each in parts))


def lost_values(before: datamodel.DataModel, after: datamodel.DataModel, names: Renamings) -> Iterator[LostValue]:
    """The values that enums had and have no more."""
    for enum in before.enums.values():
        new = after.enums.get(enum.name)
        kept = {name for name, _ in new.values} if new is not None else set()
        for name in (name for name, _ in enum.values if new is not None and name not in kept):
            yield LostValue(enum.name, name, names.values.get((enum.name, name), ""))


def retyped_fields(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[RetypedField]:
    """The fields and relation fields whose values are of another type in TypeScript now."""
    for old, new in _pairs(before, after):
        for name, field in old.scalars.items():
            now = new.scalars.get(name)
            if now is not None and _written(field) != _written(now):
                enum = after.enums.get(now.type)
                values = frozenset(value for value, _ in enum.values) if enum is not None else frozenset[str]()
                yield RetypedField(old.name, name, _written(field), _written(now), values)
        for name, relation in old.relations.items():
            same = new.relations.get(name)
            if same is not None and _related(relation) != _related(same):
                yield RetypedField(old.name, name, _related(relation), _related(same))


def required_again(before: datamodel.DataModel, after: datamodel.DataModel) -> Iterator[tuple[str, str]]:
    """The fields and relation fields that could be null and cannot be now."""
    for old, new in _pairs(before, after):
        scalars = ((name, field, new.scalars.get(name)) for name, field in old.scalars.items())
        yield from ((old.name, name) for name, was, now in scalars if was.is_optional and now and now.is_required)
        relations = ((name, field, new.relations.get(name)) for name, field in old.relations.items())
        is_one = ((name, was, now) for name, was, now in relations if now is not None and not now.is_list)
        yield from ((old.name, name) for name, was, now in is_one if was.is_optional and not now.is_optional)


def _pairs(
    before: datamodel.DataModel, after: datamodel.DataModel
) -> Iterator[tuple[datamodel.Model, datamodel.Model]]:
    for old in before.models.values():
        if (new := after.models.get(old.name)) is not None:
            yield old, new


def _written(field: datamodel.ScalarField) -> str:
    return f"{type_of(field)}[]" if field.is_list else type_of(field)


def _related(relation: datamodel.RelationField) -> str:
    return f"{relation.target}[]" if relation.is_list else relation.target


def _successor(old: datamodel.Model, new: datamodel.Model, name: str, names: Renamings) -> str:
    """The only new field of a model that is of the same type as the only one that it lost."""
    kind = _kind(old, name)
    gone = [each for each in (*old.scalars, *old.relations) if not _has(new, each)]
    lost = [each for each in gone if _kind(old, each) == kind and (old.name, each) not in names.fields]
    taken = {names.of_field(old.name, each) for each in gone}
    come = [each for each in (*new.scalars, *new.relations) if not _has(old, each) and each not in taken]
    added = [each for each in come if _kind(new, each) == kind]
    return added[0] if len(lost) == len(added) == 1 else ""


def _kind(model: datamodel.Model, name: str) -> tuple[object, ...]:
    """What a field has in common with one that takes its place."""
    relation, scalar = model.relations.get(name), model.scalars.get(name)
    if relation is not None:
        return (relation.target,)
    targets = tuple(each.target for each in model.relations_on(name))
    return (_written(scalar), *targets) if scalar is not None else ()


def _has(model: datamodel.Model, name: str) -> bool:
    return name in model.scalars or name in model.relations


def _moved(before: datamodel.DataModel, after: datamodel.DataModel, new: datamodel.Model, name: str) -> str:
    """The way to a new field of the same name in a related model."""
    for relation in new.relations.values():
        target, was = after.models[relation.target], before.models.get(relation.target)
        if name in target.scalars and (was is None or name not in was.scalars):
            return f"{relation.name}.{name}"
    return ""


def selectors_of(model: datamodel.Model) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What filters call the keys of several fields: their names, or the names of their fields (Prisma's client)."""
    for index in model.indexes:
        if index.kind in {"id", "unique"} and len(index.names) > 1:
            named = string(index.node.attribute.get("name")) if isinstance(index.node, BlockAttribute) else None
            yield named or "_".join(index.names), index.names
