"""What is found in a migration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import msgspec

if TYPE_CHECKING:
    from prisma_decouple.sql.script import Statement  # noqa: TC004 - findings are not read from texts
    from prisma_decouple.sql.tokens import Token  # noqa: TC004

Deployment: TypeAlias = Literal["batch", "split"]
"""How a script reaches PostgreSQL: whole, as one implicit transaction (Prisma up to 7.3), or statement by statement."""

REQUIRED_COLUMN = "D301"
UNFILLED_COLUMN = "D302"
TORN_TRANSACTION = "D303"
NO_TRANSACTION = "D304"
NOT_IN_TRANSACTION = "D305"
NEW_VALUE_USED = "D306"
EDITED = "D307"
REMOVED = "D308"
FAILED = "D309"
OUT_OF_ORDER = "D310"
REPEATED_VALUES = "D311"
IN_THE_FUTURE = "D312"
UNUSED = "D001"
"""An ignore comment that silences nothing any more, as in schemas."""

CODES = (
    REQUIRED_COLUMN,
    UNFILLED_COLUMN,
    TORN_TRANSACTION,
    NO_TRANSACTION,
    NOT_IN_TRANSACTION,
    NEW_VALUE_USED,
    EDITED,
    REMOVED,
    FAILED,
    OUT_OF_ORDER,
    REPEATED_VALUES,
    IN_THE_FUTURE,
)

OPTIONAL = frozenset({REPEATED_VALUES})
"""Those that are off until they are enabled."""


class Finding(msgspec.Struct, frozen=True):
    """Something that an invariant does not want.

    Attributes:
        code: of the invariant.
        message: one sentence.
        statement: in which it stands.
        token: where.
    """

    code: str
    message: str
    statement: Statement
    token: Token

    @classmethod
    def of(cls, code: str, message: str, statement: Statement, token: Token | None = None) -> Finding:
        """A finding at a token of a statement, or at its first word."""
        return cls(code, message, statement, token or statement.tokens[0])
