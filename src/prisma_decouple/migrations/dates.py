"""When a migration was made, by its name."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from prisma_decouple.migrations.findings import IN_THE_FUTURE, Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from prisma_decouple.migrations.folder import Migration
    from prisma_decouple.sql.script import Statement

# For a clock that is wrong, and for a name in local time.
_ALLOWED_SECONDS = 24 * 60 * 60


def in_the_future(migration: Migration, script: Sequence[Statement]) -> Iterator[Finding]:
    """A migration behind which Prisma puts none of those that it makes from now on."""
    latest = time.strftime("%Y%m%d%H%M%S", time.gmtime(time.time() + _ALLOWED_SECONDS))
    if script and re.match(r"\d{14}_", migration.name) and migration.name[:14] > latest:
        message = (
            f"`{migration.name}` is dated in the future, so the migrations that are made until then come before it"
        )
        yield Finding.of(IN_THE_FUTURE, message, script[0])
