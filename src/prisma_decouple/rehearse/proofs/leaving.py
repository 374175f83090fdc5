"""Where rows are that a migration has taken away, as what was written meanwhile may be among them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prisma_decouple.model.database import QualifiedName
from prisma_decouple.plan.steps import DeleteRows, QuarantineRows, RemoveRows
from prisma_decouple.rehearse.rows.fill import identifier
from prisma_decouple.rehearse.rows.statements import select

if TYPE_CHECKING:
    from collections.abc import Sequence

    import psycopg

    from prisma_decouple.model.database import Table
    from prisma_decouple.plan.steps import Step


@dataclass(frozen=True)
class Leaving:
    """What becomes of the rows of a table that a migration takes away.

    Attributes:
        beside: the table to which they are moved; None when there is none.
        deletes: whether it deletes some of them.
        ended: when the migration did: it cannot have taken away what was written later.
    """

    beside: QualifiedName | None
    deletes: bool
    ended: float

    def may_be_deleted(self, written: float) -> bool:
        """Whether a row that was written then may rightly be nowhere."""
        return self.deletes and written < self.ended

    def select(
        self, connection: psycopg.Connection, table: Table, columns: Sequence[str], key: Sequence[str]
    ) -> tuple[str | None, ...] | None:
        """Read columns of a row that was moved; None when it was not, or nothing was."""
        if self.beside is None:
            return None
        look = connection.execute("SELECT to_regclass(%s) IS NOT NULL", [identifier(self.beside).as_string()])
        return (
            select(connection, replace(table, name=self.beside), columns, key) if look.fetchone() == (True,) else None
        )


def leaving(steps: Sequence[Step], ended: float) -> dict[QualifiedName, Leaving]:
    """The tables over which rows leave.

    Args:
        steps: of the migration.
        ended: when it did.
    """
    removals = [step for step in steps if isinstance(step, RemoveRows)]
    moves = any(isinstance(step, QuarantineRows) for step in removals)
    deletes = any(isinstance(step, DeleteRows) for step in removals)
    return {
        each.table: Leaving(QualifiedName(step.store.namespace, str(each.table)) if moves else None, deletes, ended)
        for step in removals
        for each in step.store.tables
    }
