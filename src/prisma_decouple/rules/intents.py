"""What no comparison of two schemas can know: where the values of a new column come from.

An operation states intents in Prisma's words; the plan turns them into steps on tables and columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Unresolved: TypeAlias = Literal["fail", "quarantine", "delete"]


@dataclass(frozen=True)
class RelationPath:
    """A way from a record over to-one relations to scalar fields: `post.integration.providerId`.

    Attributes:
        relations: for each relation the model that has the relation field, and the field.
        model: the model at the end.
        fields: the scalar fields there, one for each field that is filled.
    """

    relations: tuple[tuple[str, str], ...]
    model: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class FromPath:
    """The value at the end of a path."""

    path: RelationPath


@dataclass(frozen=True)
class FromHost:
    """The key of a record that is looked up by the host of a URL.

    Attributes:
        field: the field with the URL.
        model: where the record is looked up.
        by: the unique field of that model which the mapped values are compared with.
        keys: the fields of that model that the filled fields point at.
        hosts: pairs of host and value; a host stands for its subdomains too.
    """

    field: str
    model: str
    by: str
    keys: tuple[str, ...]
    hosts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class FromRecord:
    """The key of the one record of `model` whose unique field `by` has the value."""

    model: str
    by: str
    keys: tuple[str, ...]
    value: str | int


@dataclass(frozen=True)
class Constant:
    """A literal, for every record or for those where the path `when` leads to a value."""

    value: str | int | float | bool
    when: RelationPath | None = None


Source: TypeAlias = FromPath | FromHost | FromRecord | Constant


@dataclass(frozen=True)
class Backfill:
    """Fill the fields of the records that are there.

    Attributes:
        model: whose records.
        fields: the scalar fields that are filled together.
        sources: tried in order; the first that gives a value wins.
        unresolved: what becomes of a record for which none does; None leaves it null.
    """

    model: str
    fields: tuple[str, ...]
    sources: tuple[Source, ...]
    unresolved: Unresolved | None


Intent: TypeAlias = Backfill


def ways_of(intents: Iterable[Intent]) -> dict[tuple[str, tuple[str, ...]], RelationPath | None]:
    """The fields that are filled, by model, and the way over which they are where it is tried before anything else."""
    firsts = {(each.model, each.fields): next(iter(each.sources), None) for each in intents}
    return {key: first.path if isinstance(first, FromPath) else None for key, first in firsts.items()}
