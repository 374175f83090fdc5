"""From a rule's intent, in Prisma's words, to steps on tables and columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.errors import PlanError
from prisma_decouple.model.database import column_of, column_type, enum_name, table_name
from prisma_decouple.model.names import MAX_BYTES
from prisma_decouple.plan.casts import conversion
from prisma_decouple.plan.grouping import ends_of, given_fields, grouped, removes
from prisma_decouple.plan.removal import key_columns, refuse_nameless_links, removals
from prisma_decouple.plan.steps import (
    Cast,
    DeleteRows,
    Fill,
    FillColumns,
    FoundIn,
    HostJoin,
    Join,
    KeyJoin,
    LiteralValue,
    QuarantineRows,
    RecordJoin,
    RelationJoin,
    RequireValues,
    Step,
    Trial,
)
from prisma_decouple.rules.intents import Backfill, Constant, FromHost, FromPath

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from prisma_decouple.model.database import ColumnType
    from prisma_decouple.model.datamodel import DataModel, Model, ScalarField
    from prisma_decouple.rules.intents import RelationPath, Source


def backfill_steps(
    before: DataModel, after: DataModel, intents: Sequence[Backfill], name: str, owner: str
) -> list[Step]:
    """Fill, then see to the rows that are left, model by model in the order of the intents.

    Args:
        before: the old schema, which says what was there already.
        after: the new schema, in which the intents' names are to be understood.
        intents: what to fill.
        name: the migration's name; rows that are moved aside go to a namespace of that name.
        owner: what tells the migration from another one of the same name.

    Returns:
        One `FillColumns` for each table where the order of the intents allows it, and what follows from `unresolved`.

    Raises:
        PlanError: rows cannot be moved aside and brought back.
    """
    leaving = [intent for intent in intents if removes(intent)]
    roots = [after.models[name] for name in dict.fromkeys(intent.model for intent in leaving)]
    made = {enum_name(enum) for enum in after.enums.values()} - {enum_name(enum) for enum in before.enums.values()}
    removed = removals(after, roots, namespace=f"{name}_quarantine", owner=owner, passing=made)
    steps: list[Step] = []
    for group in grouped(before, after, intents):
        model = after.models[group[0].model]
        if any(intent.sources and set(intent.fields) - given_fields(before, intent) for intent in group):
            steps.append(_Statement(before, after, model).fill(group))
        for intent in group:
            given = given_fields(before, intent)
            columns = tuple(model.scalars[name].column for name in intent.fields if name not in given)
            if not columns:
                continue
            if intent.unresolved == "fail":
                steps.append(RequireValues(table_name(model), columns, key_columns(model)))
            elif intent.unresolved is not None:
                kind = QuarantineRows if intent.unresolved == "quarantine" else DeleteRows
                if kind is QuarantineRows:
                    refuse_nameless_links(removed[intent.model][0])
                steps.append(kind(table_name(model), columns, *removed[intent.model]))
    return steps


def shortened(after: DataModel, intents: Sequence[Backfill]) -> Iterator[str]:
    """One sentence for each source whose values are rounded or cut where they go, which PostgreSQL does without a word.

    A key only gets what is there as the key of a record.
    """
    for intent in intents:
        model = after.models[intent.model]
        paths = [source.path for source in intent.sources if isinstance(source, FromPath)]
        for path in paths if model.relation_with(intent.fields) is None else ():
            end, shall = after.models[path.model].scalars[path.fields[0]], model.scalars[intent.fields[0]]
            label = _label(path, *path.fields)
            cast = _cast(label, column_type(after, end), column_type(after, shall))
            if cast is not None and cast.conversion.loses:
                yield (
                    f"{table_name(model)}.{shall.column} gets the values of {label} without"
                    f" {cast.conversion.loses}, for which its type has no room; where they count, give the field the"
                    " native type that they come from"
                )


def _label(path: RelationPath, *fields: str) -> str:
    return ".".join((*(name for _, name in path.relations), *fields))


def _cast(path: str, before: ColumnType, after: ColumnType) -> Cast | None:
    """How the value at the end of a path comes into the type of a column; None when there is nothing to it."""
    if before.enum is not None:
        return None
    how = conversion(before, after, {})
    if how is None:
        was, shall = (kind.native.name if kind.native else kind.scalar for kind in (before, after))
        raise PlanError(
            f"the path `{path}` leads to a value of the native type {was}, of which PostgreSQL makes no {shall}",
            hint=f"give the field that is filled the native type {was}",
        )
    return Cast(how, before, after)


def _is_written(cast: Cast) -> bool:
    """Whether the database has to be told; a text that becomes a Citext is compared as one only then."""
    is_citext = cast.after.native is not None and cast.after.native.name == "Citext"
    return not cast.conversion.is_implicit or (is_citext and cast.before != cast.after)


class _Statement:
    """One UPDATE in the making: the joins that its sources share."""

    def __init__(self, before: DataModel, after: DataModel, model: Model) -> None:
        self._before = before
        self._after = after
        self._model = model
        self._joins: dict[str, Join] = {}

    def fill(self, intents: Sequence[Backfill]) -> FillColumns:
        """The statement for all intents of a group."""
        fills = tuple(self._fill(intent) for intent in intents if intent.sources)
        fills = tuple(fill for fill in fills if fill.filled)
        return FillColumns(table_name(self._model), key_columns(self._model), tuple(self._joins.values()), fills)

    def _fill(self, intent: Backfill) -> Fill:
        scalars = [self._model.scalars[name] for name in intent.fields]
        old = self._before.models.get(self._model.name)
        given = given_fields(self._before, intent)
        there = {name for name in intent.fields if old is not None and name in old.scalars}
        kind = replace(column_type(self._after, scalars[0]), is_list=False)
        names = dict(self._after.enums[scalars[0].type].values) if scalars[0].is_enum else {}
        choices = tuple(self._choice(source, scalars, kind, names) for source in intent.sources)
        kept, fixed = (
            tuple(scalar.column for scalar in scalars if scalar.name in group) for group in (there - given, given)
        )
        columns = [column_of(self._after, scalar) for scalar in scalars]
        preset = tuple(each.name for each in columns if each.default and each.name not in (*kept, *fixed))
        return Fill(tuple(each.name for each in columns), choices, kept, fixed, preset, removes(intent))

    def _choice(
        self, source: Source, filled: Sequence[ScalarField], kind: ColumnType, names: Mapping[str, str]
    ) -> FoundIn | LiteralValue:
        """A source as an expression; `names` are the database's names of an enum's values."""
        if isinstance(source, FromPath):
            found = self._converted(self._follow(source.path), source.path, filled)
            return self._existing(found, source.path, filled)
        if isinstance(source, Constant):
            value = names.get(str(source.value), source.value)
            return LiteralValue(value, kind, self._follow(source.when) if source.when else None)
        target = self._after.models[source.model]
        by = target.scalars[source.by].column
        join: Join
        if isinstance(source, FromHost):
            url, kind = self._model.scalars[source.field].column, column_type(self._after, target.scalars[source.by])
            join = HostJoin(f"{source.model} by host", table_name(target), by, url, source.hosts, kind)
        else:
            join = RecordJoin(f"{source.model} {source.value}", table_name(target), by, source.value)
        return FoundIn(self._joined(join), tuple(target.scalars[name].column for name in source.keys))

    def _existing(self, found: FoundIn, path: RelationPath, filled: Sequence[ScalarField]) -> FoundIn:
        """Where a path ends in a plain column and a foreign key is filled, the record at which that points."""
        key = tuple(scalar.name for scalar in filled)
        relation = self._model.relation_with(key)
        if relation is None or self._after.models[path.model].leads_to(path.fields, relation):
            return found
        target = self._after.models[relation.target]
        column = target.scalars[relation.references[0]].column
        text = _label(path, *path.fields)
        join = KeyJoin(self._alias(f"{target.name} by {text}"), table_name(target), column, found)
        return FoundIn(self._joined(join), (column,), trial=found.trial)

    def _joined(self, join: HostJoin | RecordJoin | KeyJoin) -> str:
        """The alias of the join, which another one may have already: two URLs, or two fields with the same value."""
        alias, number = join.alias, 1
        while self._joins.setdefault(alias, replace(join, alias=alias)) != replace(join, alias=alias):
            number += 1
            alias = f"{join.alias} {number}"
        return alias

    def _converted(self, found: FoundIn, path: RelationPath, filled: Sequence[ScalarField]) -> FoundIn:
        """The fields of a path in the types of the columns that they go to.

        Raises:
            PlanError: nobody knows how.
        """
        model = self._after.models[path.model]
        told = [
            _cast(_label(path, name), column_type(self._after, model.scalars[name]), column_type(self._after, field))
            for name, field in zip(path.fields, filled, strict=True)
        ]
        casts = tuple(cast if cast is not None and _is_written(cast) else None for cast in told)
        may_fail = len(told) == 1 and told[0] is not None and told[0].conversion.may_fail
        trial = Trial(found.alias, found.columns[0], told[0]) if may_fail and told[0] else None
        return replace(found, casts=casts if any(casts) else (), trial=trial)

    def _follow(self, path: RelationPath) -> FoundIn:
        """Join the relations of a path, each once, and say where its fields are."""
        near: str | None = None
        way: list[str] = []
        for model_name, field in path.relations:
            way.append(field)
            alias = self._alias(".".join(way))
            if alias not in self._joins:
                self._joins[alias] = self._join(alias, near, model_name, field)
            near = alias
        scalars = self._after.models[path.model].scalars
        ends = [scalars[name] for name in path.fields]
        may_be_half = len(ends) > 1 and any(end.is_optional for end in ends)
        return FoundIn(near, tuple(end.column for end in ends), may_be_half=may_be_half)

    def _alias(self, path: str) -> str:
        """The path itself, so that the SQL reads like the rule, unless PostgreSQL would cut it."""
        return path if len(path.encode()) <= MAX_BYTES else f"…{path.encode()[-50:].decode(errors='ignore')}"

    def _join(self, alias: str, near: str | None, model_name: str, field: str) -> RelationJoin:
        model = self._after.models[model_name]
        relation = model.relations[field]
        target = self._after.models[relation.target]
        near_fields, far_fields = ends_of(self._after, model, relation)
        pairs = zip(near_fields, far_fields, strict=True)
        on = [(near, model.scalars[here].column, target.scalars[there].column) for here, there in pairs]
        return RelationJoin(alias, table_name(target), tuple(on))
