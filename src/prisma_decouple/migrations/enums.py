"""New values of enums that are used before they are committed.

PostgreSQL's manual, "ALTER TYPE": a new value cannot be used until the transaction that added it has ended; before
version 17 not even when the type itself is as new.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.migrations.findings import NEW_VALUE_USED, Finding
from prisma_decouple.migrations.transactions import transactions
from prisma_decouple.sql.reading import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.migrations.findings import Deployment
    from prisma_decouple.migrations.history import History
    from prisma_decouple.sql.script import Statement
    from prisma_decouple.sql.tokens import Token

# They name values without using them.
_NAMING = {"ALTER TYPE", "COMMENT ON"}


class _NewValue(NamedTuple):
    type: str
    value: str
    transaction: int


def new_values_used(
    statements: Sequence[Statement], deployment: Deployment | None, history: History
) -> Iterator[Finding]:
    """Statements with a value that was added in their own transaction.

    Args:
        statements: of a migration.
        deployment: as a batch, when None.
        history: which tells what columns have which type.
    """
    new: list[_NewValue] = []
    numbers = transactions(statements, deployment or "batch")
    for statement, number in zip(statements, numbers, strict=True):
        for each in new:
            token = _used(each, statement, history) if each.transaction == number else None
            if token is not None:
                message = f"`{each.value}` of `{each.type}` is used in the transaction that adds it"
                yield Finding.of(NEW_VALUE_USED, message, statement, token)
        new += _added(statement, number)


def _added(statement: Statement, transaction: int) -> Iterator[_NewValue]:
    reader = Reader(statement.tokens)
    name = reader.table() if reader.take("ALTER", "TYPE") else None
    if name is None or not reader.take("ADD", "VALUE"):
        return
    reader.take("IF", "NOT", "EXISTS")
    value = reader.next.literal if reader.next is not None else None
    if value is not None:
        yield _NewValue(name.name, value, transaction)


def _used(new: _NewValue, statement: Statement, history: History) -> Token | None:
    """The place of the value in a statement that has to do with its type."""
    if " ".join(token.keyword for token in statement.tokens[:2]) in _NAMING:
        return None
    names = {token.identifier for token in statement.tokens}
    if not names & {new.type, *history.columns_of_type(new.type)}:
        return None
    return next((token for token in statement.tokens if token.literal == new.value), None)
