"""How long the hook takes in a project that has rules, invariants and a history of migrations.

    python benchmarks/check.py [--runs 9]

Medians of whole processes, run in turn, on a schema of about 400 lines. The peers are those of `language.py`; they
look at neither rules nor migrations. `--check` fails when the hook takes longer than Node with Prisma's WebAssembly.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from language import PEERS, Contest, medians, print_row, schema_of

SETTINGS = """\
enable: [D103, D104, D106, D108, D109, D112, D116]
rules: [decouple-integration]
invariants:
  - { code: KEY, models: {}, must: { have_field: id } }
  - { code: TEXT, fields: { type: String, name: "*Html" }, must: { have_attribute: "@db.Text" } }
  - { code: ACTION, relations: { to: Account }, must: { state: [onDelete] } }
migrations: { squawk: false }
"""
CONFIG = """\
import path from "node:path"

export default { schema: path.join("prisma", "schema.prisma"), migrations: { path: path.join("prisma", "migrations") } }
"""
MIGRATIONS = 60


def make_project(folder: Path) -> Path:
    """Write a project and go there; its schema."""
    schema = folder / "prisma" / "schema.prisma"
    schema.parent.mkdir()
    (folder / "prisma-decouple.yaml").write_text(SETTINGS, encoding="utf-8")
    (folder / "prisma.config.ts").write_text(CONFIG, encoding="utf-8")
    for at in range(MIGRATIONS):
        migration = folder / "prisma" / "migrations" / f"{20250101000000 + at}_m" / "migration.sql"
        migration.parent.mkdir(parents=True)
        migration.write_text(_migration(at), encoding="utf-8")
    os.chdir(folder)
    return schema


def _migration(at: int) -> str:
    """One as Prisma writes them: a table with an index and a foreign key, and a column of the one before."""
    columns = "".join(f'    "column{number}" TEXT NOT NULL,\n' for number in range(8))
    table = f'-- CreateTable\nCREATE TABLE "T{at}" (\n    "id" SERIAL NOT NULL,\n{columns}    "parentId" INTEGER,\n\n'
    table += f'    CONSTRAINT "T{at}_pkey" PRIMARY KEY ("id")\n);\n\n'
    index = f'-- CreateIndex\nCREATE INDEX "T{at}_column1_idx" ON "T{at}"("column1");\n\n'
    before = max(at - 1, 0)
    column = f'-- AlterTable\nALTER TABLE "T{before}" ADD COLUMN     "more{at}" INTEGER;\n\n'
    key = f'-- AddForeignKey\nALTER TABLE "T{at}" ADD CONSTRAINT "T{at}_parentId_fkey" FOREIGN KEY ("parentId")'
    return f'{table}{index}{column}{key} REFERENCES "T{before}"("id");\n'


def main() -> None:
    """Print the table."""
    from judges.oracle import SCRIPTS, prismas_packages  # noqa: PLC0415 - `language` has set the path to it
    from judges.packages import install_packages  # noqa: PLC0415

    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    packages = install_packages(PEERS, "the peers")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_project(folder)
        contest = Contest(folder / "prisma", schema_of(400), packages, prismas_packages(), SCRIPTS / "serve.mjs")
        programs = {
            "the hook": lambda: contest.ours("check", "--no-migrations"),
            "check, all of it": lambda: contest.run([sys.executable, "-m", "prisma_decouple", "check"]),
            "node+wasm": lambda: contest.wasm("validate"),
            "prisma-lint": contest.prisma_lint,
            "prisma validate": lambda: contest.prisma("validate"),
        }
        hook, *others = medians(programs, arguments.runs)
        print_row("lines", *programs)
        print_row(contest.lines, f"{hook:.0f} ms", *(f"{other:.0f} ms = {other / hook:.1f} x" for other in others))
        os.chdir(PEERS)
    if arguments.check and hook > others[1]:
        raise SystemExit("the hook takes longer than Node with Prisma's WebAssembly")


if __name__ == "__main__":
    main()
