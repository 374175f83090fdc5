"""What is said of a migration."""

from __future__ import annotations

import msgspec

from prisma_decouple.errors import Place


class Verdict(msgspec.Struct, frozen=True):
    """Something to report of a migration.

    Attributes:
        code: stable; of squawk's rules with `squawk:` in front.
        message: one sentence.
        place: where.
        hint: what to do about it; may be empty.
    """

    code: str
    message: str
    place: Place
    hint: str = ""

    @classmethod
    def of(cls, code: str, message: str, place: Place) -> Verdict:
        """One of an invariant, whose page says what to do."""
        from prisma_decouple.migrations.ready import ready_migration_invariants  # noqa: PLC0415 - only for a finding

        return cls(code, message, place, " ".join(ready_migration_invariants()[code].how.split()))
