"""What PostgreSQL refuses because of rows that a table may have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.migrations.required import required_column
from prisma_decouple.migrations.unique import repeated_values
from prisma_decouple.sql.effects import changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prisma_decouple.migrations.findings import Finding
    from prisma_decouple.migrations.history import History
    from prisma_decouple.sql.script import Statement


def refused_for_rows(statements: Iterable[Statement], history: History) -> Iterator[Finding]:
    """Go through a migration with the history before it.

    Args:
        statements: of the migration.
        history: what is known of the tables; afterwards, what is known behind the migration.
    """
    history.begin_migration()
    for statement in statements:
        for change in changes(statement):
            for judged in (required_column, repeated_values):
                finding = judged(change, statement, history)
                if finding is not None:
                    yield finding
            history.apply(change)
