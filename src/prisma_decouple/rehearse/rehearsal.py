"""The front door: everything that is proved, in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.rehearse.proofs.application import prove_application
from prisma_decouple.rehearse.proofs.crash import prove_crashes
from prisma_decouple.rehearse.proofs.killer import prove_no_killer
from prisma_decouple.rehearse.proofs.rollback import prove_rollback
from prisma_decouple.rehearse.proofs.versions import prove_versions
from prisma_decouple.rehearse.proofs.writers import prove_writers
from prisma_decouple.rehearse.report import Proof, Result
from prisma_decouple.rehearse.server import open_server
from prisma_decouple.rehearse.stage import Stage

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from prisma_decouple.rehearse.server import Server
    from prisma_decouple.rehearse.subject import Subject


# What is proved besides, in this order, with what a person is told meanwhile.
PARTS = {
    "rollback": "going back",
    "crash": "breaking it off at every statement",
    "writers": "running it among writers",
    "versions": "playing both versions of the application",
    "killer": "looking for rows that make it fail",
}


@dataclass(frozen=True)
class Settings:
    """How to rehearse.

    Attributes:
        rows: how many rows in all are made.
        seed: the same rows for the same number.
        dump: rows to use instead of made ones.
        limit: how many seconds a writer may wait; Prisma ends an interactive transaction after five by default.
        skip: the parts that are left out.
    """

    rows: int = 100_000
    seed: int = 0
    dump: Path | None = None
    limit: float = 5.0
    skip: frozenset[str] = frozenset()


def rehearse(
    subject: Subject,
    settings: Settings | None = None,
    *,
    database_url: str | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Result:
    """Prove a migration on a server that is started for it, or on scratch databases of the user's server.

    Args:
        subject: the migration.
        settings: how.
        database_url: where scratch databases are made; an embedded server is started when None.
        progress: is told what comes next.

    Returns:
        What was proved and what was not.

    Raises:
        RehearsalError: there is no server, or it cannot hold the old schema.
    """
    progress("starting a server")
    with open_server(database_url) as server:
        return rehearse_on(server, subject, settings or Settings(), progress=progress)


def rehearse_on(
    server: Server, subject: Subject, settings: Settings, *, progress: Callable[[str], None] = lambda _: None
) -> Result:
    """The same on a server that is there; the databases that are made stay until the server drops them."""
    stage = Stage(server, subject, rows=settings.rows, seed=settings.seed, dump=settings.dump)
    try:
        progress(f"making {settings.rows:,} rows" if settings.dump is None else "restoring the dump")
        tables = {name.name: count for name, count in stage.main.counts.items()}
        progress("applying the migration")
        application = prove_application(stage)
        proofs = [*application.proofs]
        for part, told in PARTS.items():
            if part in settings.skip:
                continue
            progress(told)
            # The killer is found from the old state; when the migration has failed already, it says why.
            if application.worked or part == "killer":
                proofs += _part(part, stage, settings)
            else:
                proofs.append(Proof(part, "not tried", f"{told}: there is no new state to start from"))
        return Result(server.label, settings.seed, tables, tuple(_notes(stage)), tuple(proofs), application.statements)
    finally:
        stage.clear()


def _part(part: str, stage: Stage, settings: Settings) -> list[Proof]:
    if part == "writers":
        return prove_writers(stage, settings.limit)
    return {"rollback": prove_rollback, "crash": prove_crashes, "versions": prove_versions, "killer": prove_no_killer}[
        part
    ](stage)


def _notes(stage: Stage) -> list[str]:
    """What there are no rows of, and why."""
    population = stage.main.population
    if population is None:
        return []
    notes = [f"{name.name} has no rows: {why}" for name, why in population.order.empty.items()]
    return notes + [f"{name.name} is left empty on purpose" for name in population.left_empty]
