"""Prisma's client, generated in the copy of a code base: nothing is written elsewhere, and nothing is downloaded."""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.tsc.programs import CannotCompileError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

    from prisma_decouple.typescript.tsc.programs import Programs

_GENERATOR = re.compile(r"^[ \t]*generator[ \t]+(\w+)[ \t]*\{(.*?)^[ \t]*\}", re.MULTILINE | re.DOTALL)
_OUTPUT = re.compile(r'^\s*output\s*=\s*"([^"]*)"', re.MULTILINE)
_OF_CLIENT = "prisma-client"
_LIBRARY, _BINARY = "PRISMA_QUERY_ENGINE_LIBRARY", "PRISMA_QUERY_ENGINE_BINARY"
# The last three are what Prisma 4 calls its own.
_ENGINES = (
    *(_LIBRARY, _BINARY, "PRISMA_SCHEMA_ENGINE_BINARY"),
    *("PRISMA_MIGRATION_ENGINE_BINARY", "PRISMA_INTROSPECTION_ENGINE_BINARY", "PRISMA_FMT_BINARY"),
)
_SILENCE = {"PRISMA_HIDE_UPDATE_MESSAGE": "1", "CHECKPOINT_DISABLE": "1"}
_NO_OPTION = re.compile(r"unknown[^\n]*--no-engine")
_NO_VARIABLE = re.compile(r"(?:environment variable|variable not found)\W+(\w+)")
# What those say that get the description of the client from an engine (Prisma 3 and the first of 4).
_OF_ENGINE = re.compile(r"query.engine|NodeAPIQueryEngineLibrary|getDmmf|getConfig", re.IGNORECASE)
_OF_SCHEMA = "P1012"  # the code with which Prisma refuses a schema, wherever it looks at it
_COMPLAINT = re.compile(r"^\s*(?:!|Error)", re.MULTILINE)
_LONGEST_COMPLAINT = 300
_MOST_ATTEMPTS = 8
# What a client is generated for need not be there.
_SOME_DATABASE = "postgresql://localhost:5432/postgres"


class Client:
    """The client of a schema.

    Args:
        programs: of the copy.
        copy: its folder.
    """

    def __init__(self, programs: Programs, copy: Path) -> None:
        self._programs = programs
        self._copy = copy

    def generate(self, schema: Path, text: str) -> None:
        """Generate it, and nothing else that the schema has a generator for.

        Args:
            schema: a file, or a folder of files, in the copy.
            text: all that is in it.

        Raises:
            CannotCompileError: Prisma is not installed, fails, or would write outside the copy.
        """
        home = schema if schema.is_dir() else schema.parent
        program = self._programs.find(home, "prisma/build/index.js")
        program = program or self._programs.find_anywhere("prisma/build/index.js")
        if program is None:
            raise CannotCompileError("Prisma is not installed: the package `prisma` generates the client")
        for name, settings in _GENERATOR.findall(text):
            output = _OUTPUT.search(settings) if _OF_CLIENT in settings else None
            if output is not None and not (home / output[1]).resolve().is_relative_to(self._copy.resolve()):
                raise CannotCompileError(f"the generator `{name}` writes outside the code base")
        for file in home.rglob("*.prisma") if schema.is_dir() else [schema]:
            _keep_client_only(file)
        done = self._tried(program, home, schema)
        if done.returncode:
            raise CannotCompileError(_failure(done, program))

    def _tried(self, program: Path, home: Path, schema: Path) -> subprocess.CompletedProcess[str]:
        """Prisma run without an engine; one that asks its engine is given what is installed."""
        done = self._run(program, home, schema, {})
        if not done.returncode or not _OF_ENGINE.search(done.stderr + done.stdout):
            return done
        for variable, engine in _engines(program):
            done = self._run(program, home, schema, {variable: engine})
            if not done.returncode:
                break
        return done

    def _run(
        self, program: Path, home: Path, schema: Path, engines: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        no_engine = self._copy / "no-engine"
        no_engine.touch(mode=0o755)
        environment = dict.fromkeys(_ENGINES, str(no_engine)) | _SILENCE | engines
        command = [str(program), "generate", "--schema", str(schema)]
        options = ["--no-engine"]
        for _ in range(_MOST_ATTEMPTS):
            done = self._programs.run([*command, *options], home, environment)
            told = done.stderr + done.stdout
            missing = _NO_VARIABLE.search(told)
            if done.returncode and options and _NO_OPTION.search(told):
                options = []  # Prisma 7 has no engine that could be left out, early ones know of no such thing
            elif done.returncode and missing is not None and missing[1] not in environment:
                environment[missing[1]] = _SOME_DATABASE  # asked for by `prisma.config.ts`
            else:
                return done
        return self._programs.run([*command, *options], home, environment)


def _keep_client_only(file: Path) -> None:
    """Take other generators out of the copy of a schema: not every Prisma can be told which of them to run."""
    text = file.read_bytes().decode(errors="replace")
    kept = _GENERATOR.sub(lambda found: found[0] if _OF_CLIENT in found[2] else "", text)
    file.write_bytes(kept.encode())


def _engines(program: Path) -> Iterator[tuple[str, str]]:
    """The query engines that are there, each with the variable that names it; those that the user has set first."""
    yield from ((name, os.environ[name]) for name in (_LIBRARY, _BINARY) if os.environ.get(name))
    package = program.resolve().parent.parent
    for folder in (package.parent / "@prisma" / "engines", package):
        yield from ((_LIBRARY, str(each)) for each in sorted(folder.glob("*query_engine*.node")))
        yield from ((_BINARY, str(each)) for each in sorted(folder.glob("query-engine-*")))


def _failure(done: subprocess.CompletedProcess[str], program: Path) -> str:
    told = done.stderr or done.stdout
    if _OF_ENGINE.search(told) and _OF_SCHEMA not in told:
        version = _version(program.parent.parent)
        return (
            f"Prisma {version} asks its query engine what the client looks like, and none that works is installed: "
            "run `prisma generate` once yourself, so that it is downloaded"
        )
    return f"`prisma generate` fails: {complaint(told)}"


def _version(package: Path) -> str:
    try:
        return str(json.loads((package / "package.json").read_text(encoding="utf-8-sig"))["version"])
    except (OSError, ValueError, LookupError, TypeError):
        return "here"


def complaint(told: str) -> str:
    """What a program says from where it names the error on, or else last."""
    found = _COMPLAINT.search(told)
    return told[found.start() :].strip()[:_LONGEST_COMPLAINT] if found else told.strip()[-_LONGEST_COMPLAINT:]
