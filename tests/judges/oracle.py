"""Prisma's own parser, formatter and schema engine, asked through one Node process."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal, cast

from judges.packages import install_packages

SCRIPTS = Path(__file__).parent / "prisma"

Engine = Literal["6", "7", "8"]
ScriptMode = Literal["batch", "split"]
Schema = str | Path | Sequence[tuple[str, str]]


class PrismaError(Exception):
    """Prisma refused; the message is its own."""


@dataclass(frozen=True)
class SchemaError:
    """One error of Prisma's parser."""

    message: str
    file: str
    line: int


class Prisma:
    """Prisma in its versions 6, 7 and 8, side by side.

    A schema is its text, its file or folder, or a sequence of (path, text). Where an engine would refuse the datasource
    for having or not having a `url`, the line is blanked or added for it; `fit_url=False` shows the schema as it is.
    """

    def __init__(self, packages: Path) -> None:
        self._process = subprocess.Popen(
            ["node", str(SCRIPTS / "serve.mjs"), str(packages)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def close(self) -> None:
        """End the Node process."""
        self._process.communicate(timeout=30)

    def validate(self, schema: Schema, engine: Engine = "6", *, fit_url: bool = True) -> list[SchemaError]:
        """Return the errors that Prisma finds, none for a schema that it accepts."""
        answer = self._ask("validate", schema=as_files(schema), engine=engine, fitUrl=fit_url)
        if answer["ok"]:
            return []
        errors = [SchemaError(**each) for each in answer["errors"]]
        return errors or [SchemaError(answer["error"], "", 0)]

    def format(self, schema: Schema, engine: Engine = "6") -> str:
        """Return what `prisma format` makes of a schema of one file."""
        [[_, text]] = self.format_files(schema, engine)
        return text

    def format_files(self, schema: Schema, engine: Engine = "6") -> list[tuple[str, str]]:
        """Return what `prisma format` makes of a schema of any number of files."""
        files = self._result("format", schema=as_files(schema), engine=engine)
        return [(path, text) for path, text in files]

    def dmmf(self, schema: Schema, engine: Engine = "6") -> dict[str, Any]:
        """Return what Prisma's client generators are told about a schema."""
        return cast("dict[str, Any]", self._result("dmmf", schema=as_files(schema), engine=engine, fitUrl=True))

    def sql(self, before: Schema | None, after: Schema | None, engine: Engine = "6") -> str:
        """Return what `prisma migrate diff --script` prints, or "" for no difference; None is the empty schema."""
        from_files, to_files = (as_files(each) if each is not None else [] for each in (before, after))
        return str(self._result("sql", **{"from": from_files}, to=to_files, engine=engine))

    def drift(self, url: str, schema: Schema, engine: Engine = "6") -> str:
        """Return the SQL that would still be needed to make the live database what the schema says."""
        return str(self._result("drift", url=url, schema=as_files(schema), engine=engine))

    def replay_drift(self, url: str, migrations: Path, schema: Schema, engine: Engine = "6") -> str:
        """Replay a folder of migrations in a shadow database beside `url`; return how it differs from the schema."""
        return str(
            self._result("replayDrift", url=url, migrations=str(migrations), schema=as_files(schema), engine=engine)
        )

    def deploy(self, url: str, migrations: Path, mode: ScriptMode = "batch") -> list[str]:
        """Do `prisma migrate deploy` and return the names of the migrations that were applied.

        Args:
            url: of the database.
            migrations: the folder that holds the migrations' folders.
            mode: "batch" sends a script whole (Prisma up to 7.3), "split" statement by statement (from 7.4 on).
        """
        engine = "6" if mode == "batch" else "7"
        return list(self._result("deploy", url=url, migrations=str(migrations), mode=mode, engine=engine))

    def statements(self, script: str) -> list[str]:
        """Split a script as the "split" mode does, each statement with the comments before it."""
        return list(self._result("statements", script=script))

    def _result(self, op: str, **request: object) -> Any:
        answer = self._ask(op, **request)
        if not answer["ok"]:
            raise PrismaError(f"{answer['code'] or ''} {answer['error']}".strip())
        return answer["result"]

    def _ask(self, op: str, **request: object) -> dict[str, Any]:
        to_node, from_node = cast("IO[str]", self._process.stdin), cast("IO[str]", self._process.stdout)
        to_node.write(json.dumps({"op": op, **request}) + "\n")
        to_node.flush()
        line = from_node.readline()
        if not line:
            raise PrismaError(f"the Node process ended with {self._process.wait()}")
        return cast("dict[str, Any]", json.loads(line))


def as_files(schema: Schema) -> list[tuple[str, str]]:
    """Return a schema as Prisma's tools take it: (path, text) of each file."""
    if isinstance(schema, str):
        return [("schema.prisma", schema)]
    if isinstance(schema, Path):
        paths = sorted(schema.rglob("*.prisma")) if schema.is_dir() else [schema]
        return [(str(path), path.read_bytes().decode()) for path in paths]
    return list(schema)


def prismas_packages() -> Path:
    """The folder in which Prisma's packages are installed."""
    return install_packages(SCRIPTS, "Prisma's own parser and schema engine")
