"""How a rule says where values come from, and what that means in a given schema."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

from prisma_decouple.errors import did_you_mean
from prisma_decouple.rules.hosts import check_hosts
from prisma_decouple.rules.intents import (
    Backfill,
    Constant,
    FromHost,
    FromPath,
    FromRecord,
    RelationPath,
    Source,
    Unresolved,
)
from prisma_decouple.rules.literals import Literals, Misfit, fitting
from prisma_decouple.rules.operation import Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.model.datamodel import Model, RelationField, ScalarField
    from prisma_decouple.rules.operation import State


class SourceSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A source that is more than a path.

    Attributes:
        value: a literal.
        when: a path; the literal counts only where it leads to a value.
        host_of: a field with a URL, whose host says which record is meant.
        lookup: the unique field of the target model that the values of `hosts` are compared with.
        hosts: from host to value; a host stands for its subdomains too.
    """

    value: Literals | None = None
    when: str | None = None
    host_of: str | None = None
    lookup: str | None = None
    hosts: dict[str, str | int] = {}

    def __post_init__(self) -> None:
        """Refuse half of one kind and half of the other.

        Raises:
            ValueError: msgspec reports it with the place.
        """
        if (self.value is None) == (self.host_of is None):
            raise ValueError("a source is a path, or has either `value` or `host_of`")
        if self.host_of is not None and not (self.lookup and self.hosts):
            raise ValueError("`host_of` needs `lookup` and `hosts` beside it")


class ValueSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`{ value: 3 }`, or `{ value: { name: Unknown } }` for the key of the record whose unique field has that value."""

    value: str | int | float | bool | dict[str, str | int]


SourceEntry: TypeAlias = str | SourceSpec
UnresolvedEntry: TypeAlias = Literal["fail", "quarantine", "delete"] | ValueSpec


@dataclass(frozen=True)
class Target:
    """What is filled: fields of a model and, when they are a foreign key, what they point at."""

    model: Model
    fields: tuple[str, ...]
    types: tuple[str, ...]
    references: tuple[Model, tuple[str, ...]] | None = None


def resolve_backfill(
    state: State, target: Target, sources: Sequence[SourceEntry], unresolved: UnresolvedEntry | None
) -> Backfill:
    """Turn the words of a rule into an intent.

    Args:
        state: the schema so far; paths may use what earlier rules have added.
        target: what is filled.
        sources: tried in order.
        unresolved: what becomes of a record without a value; None leaves it null.

    Returns:
        The intent, with every path followed to its end.

    Raises:
        Refused: a path or a lookup does not exist, or leads to something of another type, or a host is none.
    """
    for at, entry in enumerate(sources):
        check_hosts([] if isinstance(entry, str) else entry.hosts, at)
    resolved = [_source(state, target, entry) for entry in sources]
    policy: Unresolved | None = unresolved if not isinstance(unresolved, ValueSpec) else "fail"
    if isinstance(unresolved, ValueSpec):
        resolved.append(_last_resort(state, target, unresolved))
    return Backfill(target.model.name, target.fields, tuple(resolved), policy)


def first_relations(model: Model, sources: Sequence[SourceEntry]) -> list[RelationField]:
    """The relation fields of the model that the paths begin with, in the order of the file."""
    heads = {path.split(".")[0] for entry in sources for path in [_path_text(entry)] if path}
    return [model.relations[name] for name in model.field_names if name in heads and name in model.relations]


def _path_text(entry: SourceEntry) -> str | None:
    return entry if isinstance(entry, str) else entry.when


def _source(state: State, target: Target, entry: SourceEntry) -> Source:
    if isinstance(entry, str):
        path = resolve_path(state, target.model, entry, "backfill", towards=target.references)
        _check_types(state, target, path, entry)
        return FromPath(path)
    if entry.value is not None:
        value = _literal(state, target, entry.value, "backfill")
        when = resolve_path(state, target.model, entry.when, "backfill") if entry.when else None
        return Constant(value, when)
    return _host_source(state, target, entry)


def _host_source(state: State, target: Target, entry: SourceSpec) -> FromHost:
    if target.references is None:
        raise Refused("backfill", "`host_of` finds records of another model, and this field points at none")
    model, keys = target.references
    url, by = entry.host_of or "", entry.lookup or ""
    state.require_field(target.model, url, "backfill")
    if url not in target.model.scalars or target.model.scalars[url].type != "String":
        raise Refused("backfill", f"`{target.model.name}.{url}` is not a String and cannot hold a URL")
    _check_unique(model, by, "backfill")
    held = {host: str(_held(state, model.scalars[by], value, "backfill")) for host, value in entry.hosts.items()}
    return FromHost(url, model.name, by, keys, tuple(sorted(held.items())))


def _last_resort(state: State, target: Target, entry: ValueSpec) -> Source:
    if not isinstance(entry.value, dict):
        return Constant(_literal(state, target, entry.value, "unresolved"))
    if target.references is None or len(entry.value) != 1:
        raise Refused("unresolved", "a record is named by one unique field of the model that the relation points at")
    model, keys = target.references
    ((by, value),) = entry.value.items()
    _check_unique(model, by, "unresolved")
    held = _held(state, model.scalars[by], value, "unresolved")
    return FromRecord(model.name, by, keys, held if isinstance(held, int) else str(held))


def _literal(state: State, target: Target, value: Literals, key: str) -> Literals:
    """A literal has to fill one field, and to be of its type."""
    if len(target.fields) != 1:
        raise Refused(key, f"a literal cannot fill the {len(target.fields)} fields of a compound key")
    return _held(state, target.model.scalars[target.fields[0]], value, key)


def _held(state: State, scalar: ScalarField, value: Literals, key: str) -> Literals:
    """The value as the field holds it."""
    if scalar.type in state.model.enums:
        names = [name for name, _ in state.model.enums[scalar.type].values]
        if value not in names:
            raise Refused(key, f"the enum `{scalar.type}` has no value `{value}`", did_you_mean(str(value), names))
        return value
    try:
        return fitting(scalar, value)
    except Misfit as misfit:
        raise Refused(key, f"`{value}` is not a value of the type {scalar.type}", str(misfit)) from None


def _check_unique(model: Model, field: str, key: str) -> None:
    if field not in model.scalars:
        raise Refused(key, f"`{model.name}` has no field `{field}`", did_you_mean(field, model.scalars))
    if (field,) not in [index.names for index in model.indexes if index.kind in {"id", "unique"}]:
        raise Refused(key, f"`{model.name}.{field}` is not unique, so it may name several records")


def resolve_path(
    state: State, model: Model, text: str, key: str, *, towards: tuple[Model, tuple[str, ...]] | None = None
) -> RelationPath:
    """Follow a path such as `post.integration.providerId`.

    Args:
        state: the schema so far.
        model: where the path begins.
        text: field names with dots between; all but the last are relations to one record.
        key: the setting of the rule that has the path, for messages.
        towards: a model and its key: a path that ends in a relation to it stands for the fields of that relation.

    Returns:
        The relations on the way and the scalar fields at the end.

    Raises:
        Refused: a name does not exist, is a list, or is not what it should be at its place.
    """
    *relations, last = text.split(".")
    way: list[tuple[str, str]] = []
    for name in relations:
        relation = _to_one(state, model, name, key, text)
        way.append((model.name, name))
        model = state.model.models[relation.target]
    state.require_field(model, last, key)
    if last in model.scalars:
        if model.scalars[last].is_list:
            raise Refused(key, f"`{model.name}.{last}` in the path `{text}` is a list; a path leads to one value")
        return RelationPath(tuple(way), model.name, (last,))
    relation = _to_one(state, model, last, key, text)
    if towards is not None and relation.target == towards[0].name:
        if relation.references == towards[1]:
            return RelationPath(tuple(way), model.name, relation.fields)
        # It points at another unique field, or from the other side: the key is in the record itself.
        return RelationPath((*way, (model.name, last)), relation.target, towards[1])
    raise Refused(key, f"the path `{text}` ends in a relation; it has to end in the field that holds the value")


def _to_one(state: State, model: Model, name: str, key: str, text: str) -> RelationField:
    state.require_field(model, name, key)
    relation = model.relations.get(name)
    if relation is None:
        raise Refused(
            key, f"`{model.name}.{name}` in the path `{text}` is no relation", did_you_mean(name, model.relations)
        )
    if relation.is_list:
        raise Refused(
            key, f"`{model.name}.{name}` in the path `{text}` is a list; a path goes over single records only"
        )
    return relation


def _check_types(state: State, target: Target, path: RelationPath, text: str) -> None:
    ends = [state.model.models[path.model].scalars[name].type for name in path.fields]
    if tuple(ends) != target.types:
        raise Refused(
            "backfill",
            f"the path `{text}` leads to {', '.join(ends)}; {', '.join(target.fields)} is {', '.join(target.types)}",
            "a path leads to a value of the same type; only native types, such as `@db.VarChar(80)`, may differ",
        )
