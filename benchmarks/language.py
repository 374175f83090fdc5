"""How long it takes to read a schema, and how much memory: we beside Prisma's own tools and those of others.

    python benchmarks/language.py [--runs 5]

Medians of whole processes, each with its ratio to ours measured in the same run; a machine's own milliseconds mean
nothing elsewhere. The peers are npm packages, installed once into the user's cache:

  node+wasm    Prisma's parser as WebAssembly in a bare Node process
  prisma       `prisma validate` and `prisma format`
  prisma-lint  with three rules
  prisma-ast   in one process that is warm already, as is ours beside it
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[1]
PEERS = Path(__file__).parent / "peers"
sys.path.insert(0, str(ROOT / "tests"))

LINES = (30, 400, 2_400, 10_000)
EXAMPLE = (ROOT / "examples" / "sentiment" / "prisma" / "schema.prisma").read_text(encoding="utf-8")
HEAD, BODY = EXAMPLE[: EXAMPLE.index("model User")], EXAMPLE[EXAMPLE.index("model User") :]
NAMES = ("User", "Provider", "Integration", "Post", "Task", "SubTask", "QueueJob", "Mention", "TrackedKeyword")
PARSE = """
import json, sys, time
from prisma_decouple import parse_schema
text, taken = open(sys.argv[1], encoding="utf-8").read(), []
for at in range(int(sys.argv[2])):
    start = time.perf_counter()
    parse_schema(text, f"{at}.prisma")
    taken.append((time.perf_counter() - start) * 1000)
print(json.dumps(taken))
"""
MEMORY = """
import json, sys, tracemalloc
from prisma_decouple import format_schema, parse_schema, validate_schema
small, text = "model A {\\n  id Int @id\\n}\\n", open(sys.argv[1], encoding="utf-8").read()
used = []
for work in parse_schema, lambda text: validate_schema([("a.prisma", text)]), format_schema:
    work(small)
    tracemalloc.start()
    work(text)
    used.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
print(json.dumps(used))
"""


def schema_of(lines: int) -> str:
    """A valid schema of about so many lines: the example's models, as often as it takes, each time with other names."""
    if lines < BODY.count("\n"):
        return HEAD + "".join(
            f"model M{at} {{\n  id   Int    @id\n  name String @unique\n}}\n\n" for at in range(lines // 6)
        )
    text, at = HEAD, 0
    while text.count("\n") < lines:
        copy = BODY
        for name in (*NAMES, "TaskType", "TaskStatus"):
            copy = re.sub(rf"\b{name}\b", f"{name}{at}", copy)
        text, at = text + copy + "\n", at + 1
    return text


class Contest:
    """Every program on one schema.

    Args:
        folder: of its own, for the schema and what the peers need beside it.
        text: the schema.
        packages: with the peers.
        wasm: with Prisma's WebAssembly.
        serve: the script that asks it.
    """

    def __init__(self, folder: Path, text: str, packages: Path, wasm: Path, serve: Path) -> None:
        self.schema = folder / "schema.prisma"
        self.schema.write_text(text, encoding="utf-8")
        stub = folder / "no-engine"
        stub.touch(mode=0o755)
        engines = ("PRISMA_SCHEMA_ENGINE_BINARY", "PRISMA_QUERY_ENGINE_BINARY", "PRISMA_QUERY_ENGINE_LIBRARY")
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
            **dict.fromkeys(engines, str(stub)),
            "DATABASE_URL": "postgresql://localhost/nothing",
            "CHECKPOINT_DISABLE": "1",
            "PRISMA_HIDE_UPDATE_MESSAGE": "1",
        }
        self._text, self._packages, self._wasm, self._serve = text, packages, wasm, serve

    def ours(self, *arguments: str) -> float:
        """A command of ours."""
        return self.run([sys.executable, "-m", "prisma_decouple", *arguments, str(self.schema)])

    def wasm(self, op: str) -> float:
        """Prisma's parser in a bare Node process."""
        request = {"op": op, "schema": [["schema.prisma", self._text]], "engine": "6", "fitUrl": True}
        return self.run(["node", str(self._serve), str(self._wasm)], json.dumps(request) + "\n")

    def prisma(self, command: str) -> float:
        """Prisma's command line."""
        program = self._packages / "node_modules" / "prisma" / "build" / "index.js"
        # `prisma format` writes what it formats; the example is formatted, so nothing changes.
        return self.run(["node", str(program), command, "--schema", str(self.schema)])

    def prisma_lint(self) -> float:
        """The linter."""
        program = self._packages / "node_modules" / "prisma-lint" / "dist" / "cli.js"
        return self.run(["node", str(program), "--config", str(PEERS / "prismalintrc.json"), str(self.schema)])

    def parse_ours(self, times: int) -> float:
        """Milliseconds of our parser in a process that is warm."""
        return self._inside([sys.executable, "-c", PARSE, str(self.schema), str(times)])

    def parse_prisma_ast(self, times: int) -> float:
        """Milliseconds of prisma-ast in a process that is warm."""
        return self._inside(["node", str(PEERS / "parse.mjs"), str(self._packages), str(self.schema), str(times)])

    def memory(self) -> list[int]:
        """Bytes at the peak of parsing, validating and formatting, each in addition to what was there."""
        command = [sys.executable, "-c", MEMORY, str(self.schema)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=self._environment)
        return list(json.loads(done.stdout))

    @property
    def lines(self) -> int:
        """How many lines the schema has."""
        return self._text.count("\n")

    def _inside(self, command: list[str]) -> float:
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=self._environment)
        return statistics.median(json.loads(done.stdout))

    def run(self, command: list[str], given: str = "") -> float:
        """Milliseconds of a whole process, which has to end well."""
        start = time.perf_counter()
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False, env=self._environment)
        taken = time.perf_counter() - start
        if done.returncode:
            raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        return taken * 1000


def medians(programs: dict[str, Callable[[], float]], runs: int) -> list[float]:
    """Run all programs in turn, so that a busy moment of the machine hits all of them."""
    done = [[run() for run in programs.values()] for _ in range(runs)]
    return [statistics.median(times) for times in zip(*done, strict=True)]


def print_row(*cells: object) -> None:
    """Print a row of a table."""
    print("".join(f"{cell!s:>22}" for cell in cells))


def compare(title: str, contests: list[Contest], programs: list[dict[str, Callable[[], float]]], runs: int) -> None:
    """Print a table: a row for each size, ours first and each peer with its ratio."""
    print(f"\n{title}")
    print_row("lines", *programs[0])
    for contest, each in zip(contests, programs, strict=True):
        own, *peers = medians(each, runs)
        print_row(contest.lines, f"{own:.0f} ms", *(f"{peer:.0f} ms = {peer / own:.1f} x" for peer in peers))


def compare_inside(contests: list[Contest], runs: int) -> None:
    """Print the table of the parsers inside of a process, and that of memory."""
    print("\nParsing inside of a process")
    print_row("lines", "parse_schema", "prisma-ast")
    for contest in contests:
        ours, theirs = contest.parse_ours(runs * 3), contest.parse_prisma_ast(runs * 3)
        speed = contest.schema.stat().st_size / ours / 1000
        print_row(contest.lines, f"{ours:.1f} ms, {speed:.1f} MB/s", f"{theirs:.1f} ms = {theirs / ours:.1f} x")
    print("\nMost memory of Python objects at one time, by tracemalloc")
    print_row("lines", "parse", "validate", "format")
    for contest in contests:
        used = contest.memory()
        print_row(contest.lines, *(f"{size / 1024:.0f} KiB, {size / contest.lines:.0f} a line" for size in used))


def main() -> None:
    """Print the tables."""
    from judges.oracle import SCRIPTS, prismas_packages  # noqa: PLC0415 - the path to it was set above
    from judges.packages import install_packages  # noqa: PLC0415

    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    packages = install_packages(PEERS, "the peers")
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)  # the settings of the current folder are read as well, and here there are some
        contests = []
        for lines in LINES:
            own = Path(folder) / str(lines)
            own.mkdir()
            contests.append(Contest(own, schema_of(lines), packages, prismas_packages(), SCRIPTS / "serve.mjs"))
        checks = [
            {
                "check": lambda c=c: c.ours("check"),
                "node+wasm": lambda c=c: c.wasm("validate"),
                "prisma validate": lambda c=c: c.prisma("validate"),
                "prisma-lint": lambda c=c: c.prisma_lint(),
            }
            for c in contests
        ]
        formats = [
            {
                "format": lambda c=c: c.ours("format", "--stdout"),
                "node+wasm": lambda c=c: c.wasm("format"),
                "prisma format": lambda c=c: c.prisma("format"),
            }
            for c in contests
        ]
        compare("Validating, whole processes; `x` is how many times as long as ours", contests, checks, runs)
        compare("Formatting, whole processes", contests, formats, runs)
        compare_inside(contests, runs)
        os.chdir(PEERS)


if __name__ == "__main__":
    main()
