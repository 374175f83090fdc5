"""How long it takes to read a schema: our commands and functions beside Prisma's own WebAssembly in Node.

    python benchmarks/language.py [--runs 5]

Whole processes, medians, and the ratio of the two in the same run; a machine's own seconds mean nothing elsewhere.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests"))

LINES = (30, 400, 2_400, 10_000)
EXAMPLE = (ROOT / "examples" / "sentiment" / "prisma" / "schema.prisma").read_text(encoding="utf-8")
HEAD, BODY = EXAMPLE[: EXAMPLE.index("model User")], EXAMPLE[EXAMPLE.index("model User") :]
NAMES = ("User", "Provider", "Integration", "Post", "Task", "SubTask", "QueueJob", "Mention", "TrackedKeyword")


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


def median_of(command: list[str], given: str | None, runs: int) -> float:
    """The median time of a process, in seconds."""
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
        times.append(time.perf_counter() - start)
        if done.returncode:
            raise SystemExit(done.stdout + done.stderr)
    return statistics.median(times)


def main() -> None:
    """Print the table."""
    from judges.oracle import SCRIPTS, prismas_packages  # noqa: PLC0415 - the path to it was set above

    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    node = ["node", str(SCRIPTS / "serve.mjs"), str(prismas_packages())]
    print(f"{'lines':>7} {'check':>9} {'node+wasm':>10} {'ratio':>6} {'format':>9} {'node+wasm':>10} {'ratio':>6}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "schema.prisma"
        for lines in LINES:
            file.write_text(text := schema_of(lines), encoding="utf-8")
            cells = [f"{text.count(chr(10)):>7}"]
            for ours, op in ((["check"], "validate"), (["format", "--stdout"], "format")):
                request = (
                    json.dumps({"op": op, "schema": [["schema.prisma", text]], "engine": "6", "fitUrl": True}) + "\n"
                )
                mine = median_of([sys.executable, "-m", "prisma_decouple", *ours, str(file)], None, runs)
                theirs = median_of(node, request, runs)
                cells += [f"{mine * 1000:>6.0f} ms", f"{theirs * 1000:>7.0f} ms", f"{mine / theirs:>6.2f}"]
            print(" ".join(cells))


if __name__ == "__main__":
    main()
