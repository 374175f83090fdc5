"""What of a migration happens together, and what cannot.

PostgreSQL's manual, "Multiple Statements in a Simple Query", and `PreventInTransactionBlock` in its source.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from prisma_decouple.migrations.findings import NO_TRANSACTION, NOT_IN_TRANSACTION, TORN_TRANSACTION, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.migrations.findings import Deployment
    from prisma_decouple.sql.script import Statement

_STRUCTURE = {"CREATE", "ALTER", "DROP", "GRANT", "REVOKE", "COMMENT", "REFRESH", "SECURITY", "REASSIGN", "IMPORT"}
_ROWS = {"INSERT", "UPDATE", "DELETE", "MERGE", "TRUNCATE", "COPY"}
# What runs code, which may do anything.
_CODE = {"DO", "CALL"}

_NEVER_IN_TRANSACTION = {
    ("VACUUM",),
    ("ALTER", "SYSTEM"),
    ("CREATE", "DATABASE"),
    ("DROP", "DATABASE"),
    ("CREATE", "TABLESPACE"),
    ("DROP", "TABLESPACE"),
    ("REINDEX", "DATABASE"),
    ("REINDEX", "SYSTEM"),
    ("REINDEX", "SCHEMA"),
    ("DISCARD", "ALL"),
}
_CONCURRENTLY = {
    "CREATE": "CREATE INDEX CONCURRENTLY",
    "DROP": "DROP INDEX CONCURRENTLY",
    "REINDEX": "REINDEX CONCURRENTLY",
    "ALTER": "DETACH PARTITION CONCURRENTLY",
}
# The one of them that Prisma's own parser of SQL knows; a script that it cannot read is sent as a batch.
_KNOWN_TO_PRISMA = "CREATE INDEX CONCURRENTLY"


def transactions(statements: Sequence[Statement], deployment: Deployment) -> list[int]:
    """For each statement the number of its transaction.

    In a batch a transaction ends at a COMMIT only, and what stands before a BEGIN belongs to it. Statement by
    statement, each is one of its own that is not between BEGIN and COMMIT.
    """
    found, number, is_open = [], 0, False
    for statement in statements:
        control = statement.control
        is_open = control == "begin" or (is_open and control == "")
        if control == "begin" and deployment == "split":
            number += 1
        found.append(number)
        if control in {"commit", "rollback"} or (deployment == "split" and not is_open):
            number += 1
    return found


def torn_transactions(statements: Sequence[Statement], deployment: Deployment | None) -> Iterator[Finding]:
    """The first statement that does not happen together with those before it, and a transaction without its end."""
    changing = [at for at, each in enumerate(statements) if _changes(each) and not _stands_apart(each)]
    if not any(each.control for each in statements):
        if deployment != "batch":
            yield from _without_transaction([statements[at] for at in changing])
        return
    yield from _without_end(statements)
    numbers = transactions(statements, deployment or "split")
    for first, second in pairwise(changing):
        if numbers[first] != numbers[second]:
            message = f"this is not in one transaction with line {statements[first].line}, which stays when this fails"
            yield Finding.of(TORN_TRANSACTION, message, statements[second])
            return


def _without_transaction(changing: Sequence[Statement]) -> Iterator[Finding]:
    rows = next((each for each in changing if _changes_rows(each)), None)
    other = next((each for each in changing if each is not rows), None)
    if rows is not None and other is not None:
        message = f"rows change here, and from Prisma 7.4 on this and line {other.line} are committed one by one"
        yield Finding.of(NO_TRANSACTION, message, rows)


def _without_end(statements: Sequence[Statement]) -> Iterator[Finding]:
    begin = None
    for statement in statements:
        if statement.control:
            begin = statement if statement.control == "begin" else None
    if begin is not None:
        message = "the transaction that begins here is never committed: Prisma says that it is applied, and nothing is"
        yield Finding.of(TORN_TRANSACTION, message, begin)


def out_of_place(statements: Sequence[Statement], deployment: Deployment | None) -> Iterator[Finding]:
    """Statements that PostgreSQL refuses in a transaction, and that are in one."""
    is_open = False
    for statement in statements:
        if statement.control:
            is_open = statement.control == "begin"
        name = refused_in_transaction(statement)
        if name and is_open:
            yield Finding.of(NOT_IN_TRANSACTION, f"{name} cannot run in a transaction, and here is one", statement)
        elif name and len(statements) > 1 and not (deployment == "split" and name == _KNOWN_TO_PRISMA):
            message = f"{name} cannot run in a transaction, which Prisma makes of a migration with several statements"
            yield Finding.of(NOT_IN_TRANSACTION, message, statement)


def refused_in_transaction(statement: Statement) -> str:
    """What kind of statement it is, when PostgreSQL refuses it in a transaction; empty when it does not."""
    words = [token.keyword for token in statement.tokens]
    if "CONCURRENTLY" in words and words[0] in _CONCURRENTLY:
        return _CONCURRENTLY[words[0]]
    return next((" ".join(name) for name in _NEVER_IN_TRANSACTION if tuple(words[: len(name)]) == name), "")


def _stands_apart(statement: Statement) -> bool:
    """Whether it has to be outside of the transaction with the rest, and may: it can be run again.

    A new value of an enum can only be used when it is committed.
    """
    words = [token.keyword for token in statement.tokens]
    is_repeatable = words[:2] == ["ALTER", "TYPE"] and ["VALUE", "IF", "NOT", "EXISTS"] in (
        words[at : at + 4] for at in range(2, len(words))
    )
    return is_repeatable or bool(refused_in_transaction(statement))


def _changes(statement: Statement) -> bool:
    first = statement.tokens[0].keyword
    return first in _STRUCTURE or first in _CODE or _changes_rows(statement)


def _changes_rows(statement: Statement) -> bool:
    first = statement.tokens[0].keyword
    return first in _ROWS or (first == "WITH" and any(token.keyword in _ROWS for token in statement.tokens))
