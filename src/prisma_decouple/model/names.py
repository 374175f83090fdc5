"""The names that Prisma gives to things in the database when the schema does not.

The patterns and the cut at 63 bytes were measured with the schema engine of Prisma 6 and 7 on PostgreSQL.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# PostgreSQL's NAMEDATALEN is 64 with the closing zero byte.
MAX_BYTES = 63
# The namespace for rows that a migration sets aside is called after it.
MOST_OF_LABEL = MAX_BYTES - len("_quarantine")

_WORD_BREAK = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def primary_key_name(table: str) -> str:
    """`Post_pkey`."""
    return cut(table, "_pkey")


def unique_name(table: str, columns: Sequence[str]) -> str:
    """`User_email_key`."""
    return cut("_".join((table, *columns)), "_key")


def index_name(table: str, columns: Sequence[str]) -> str:
    """`Post_userId_createdAt_idx`."""
    return cut("_".join((table, *columns)), "_idx")


def foreign_key_name(table: str, columns: Sequence[str]) -> str:
    """`Post_userId_fkey`."""
    return cut("_".join((table, *columns)), "_fkey")


def cut(stem: str, suffix: str = "") -> str:
    """The stem, cut at a character so that the whole fits, and the suffix."""
    room = MAX_BYTES - len(suffix.encode())
    return stem.encode()[:room].decode(errors="ignore") + suffix


def sequence_name(table: str, column: str) -> str:
    """`Post_id_seq`, as PostgreSQL names the sequence of a SERIAL column.

    It cuts the longer of the two names first (`makeObjectName` in PostgreSQL's src/backend/commands/indexcmds.c).
    """
    first, second = table.encode(), column.encode()
    sizes = [len(first), len(second)]
    while sum(sizes) > MAX_BYTES - len("__seq"):
        sizes[0 if sizes[0] > sizes[1] else 1] -= 1
    return "_".join((first[: sizes[0]].decode(errors="ignore"), second[: sizes[1]].decode(errors="ignore"), "seq"))


def default_relation_name(one: str, other: str) -> str:
    """The name of a relation that has none: the two models in alphabetical order, as in `PostToProvider`."""
    first, second = sorted((one, other))
    return f"{first}To{second}"


def snake_case(name: str) -> str:
    """`providerId` as `provider_id`."""
    return _WORD_BREAK.sub("_", name).lower()


def migration_label(name: str) -> str:
    """`Posts have a Source!` as `posts_have_a_source`: what stands behind the timestamp of a migration.

    Empty when the name has no letter or digit, or would be longer than `MOST_OF_LABEL` bytes.
    """
    label = re.sub(r"\W+", "_", snake_case(name)).strip("_")
    return label if len(label.encode()) <= MOST_OF_LABEL else ""


def lower_first(name: str) -> str:
    """`TrackedKeyword` as `trackedKeyword`."""
    return name[:1].lower() + name[1:]


def upper_first(name: str) -> str:
    """`id` as `Id`."""
    return name[:1].upper() + name[1:]
