"""What is to be said of the migrations of a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.migrations.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from prisma_decouple.checking.settings import Settings
    from prisma_decouple.migrations.findings import Deployment
    from prisma_decouple.migrations.folder import Migration, MigrationFolder
    from prisma_decouple.migrations.squawk import Remark


class MigrationReport(msgspec.Struct, frozen=True):
    """What is to be said of the migrations of a schema.

    Attributes:
        verdicts: in their order.
        earlier: how many there would be of those before the last one, when nothing says from where on to judge.
    """

    verdicts: list[Verdict]
    earlier: int


def check_migrations(
    folder: MigrationFolder,
    settings: Settings,
    *,
    named: Collection[str] | None = None,
    deployment: Deployment | None = None,
    squawk: str | None = None,
    database_url: str | None = None,
) -> MigrationReport:
    """Check migrations.

    Args:
        folder: the migrations of a schema for PostgreSQL.
        settings: what to check, and since when.
        named: the names of those to judge; None when nobody has named any.
        deployment: how Prisma sends a script, when that is known.
        squawk: the program to ask too.
        database_url: a database whose migrations are compared with the folder.

    Raises:
        InputError: squawk gives no answer.
        DatabaseError: the database cannot be looked into.
    """
    from prisma_decouple.migrations.findings import OPTIONAL  # noqa: PLC0415 - as below
    from prisma_decouple.migrations.judging import judge  # noqa: PLC0415 - many projects have no migrations

    since = str(settings.migrations.since)
    judged = [each for each in folder.migrations if each.name > since and (named is None or each.name in named)]
    wanted = judged if since or named is not None else judged[-1:]
    found = judge(
        folder.migrations,
        wanted={each.name for each in judged},
        disabled=(*settings.disable, *(OPTIONAL - set(settings.enable))),
        deployment=deployment,
        remarks=_remarks(wanted, squawk, deployment) if squawk else None,
    )
    paths = {each.path for each in wanted}
    shown, earlier = [], 0
    for each in found:
        if each.place.path in paths:
            shown.append(each)
        else:
            earlier += 1
    return MigrationReport([*_compared(folder, settings, database_url), *shown], earlier)


def _remarks(migrations: Sequence[Migration], squawk: str, deployment: Deployment | None) -> dict[str, list[Remark]]:
    from prisma_decouple.migrations.squawk import ask_squawk  # noqa: PLC0415 - most people have none

    return ask_squawk(squawk, migrations, in_transaction=deployment == "batch")


def _compared(folder: MigrationFolder, settings: Settings, database_url: str | None) -> list[Verdict]:
    if database_url is None:
        return []
    from prisma_decouple.migrations.applied import compare, read_applied  # noqa: PLC0415 - it needs a driver

    found = compare(folder, read_applied(database_url), str(settings.migrations.since))
    return [each for each in found if each.code not in settings.disable]
