"""How fast the rehearsal makes rows: beside a plain COPY of the very same rows, in the same run.

    python benchmarks/rehearse.py [--rows 10000 100000 1000000]

The ratio is what making the rows costs on top of writing them. Memory is the peak of a process for each size.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from prisma_decouple.model.reader import read_model
from prisma_decouple.rehearse.rows import Population, fill
from prisma_decouple.rehearse.rows.fill import identifier
from prisma_decouple.rehearse.run import connect
from prisma_decouple.rehearse.server import open_server
from prisma_decouple.rehearse.structure import structure_of
from prisma_decouple.syntax.parser import read_schema

if TYPE_CHECKING:
    import psycopg

    from prisma_decouple.model.database import QualifiedName

SCHEMA = Path(__file__).parents[1] / "examples" / "sentiment" / "prisma" / "schema.prisma"


def seconds_of_plain_copy(source: psycopg.Connection, target: psycopg.Connection, names: list[QualifiedName]) -> float:
    """The time in which PostgreSQL takes the rows of one database into another, from files."""
    total = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for at, name in enumerate(names):
            file, table = Path(folder) / str(at), identifier(name).as_string(source)
            with file.open("wb") as stream, source.cursor().copy(f"COPY {table} TO STDOUT".encode()) as rows:
                stream.writelines(rows)
            start = time.perf_counter()
            with file.open("rb") as stream, target.cursor().copy(f"COPY {table} FROM STDIN".encode()) as writer:
                while piece := stream.read(1 << 20):
                    writer.write(piece)
            total += time.perf_counter() - start
    return total


def measure(rows: int) -> tuple[int, float, float, int]:
    """Make so many rows.

    Returns:
        The number of rows that were made, the seconds of that, the seconds of a plain COPY, and the peak memory in KiB.
    """
    structure = structure_of(read_model(read_schema(SCHEMA)))
    with (
        open_server() as server,
        server.database() as made,
        server.database() as copied,
        closing(connect(made)) as source,
        closing(connect(copied)) as target,
    ):
        for each in (source, target):
            each.execute(structure.tables.encode())
        start = time.perf_counter()
        counts = fill(source, Population(structure.database, seed=0), rows, structure.database)
        filled = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return sum(counts.values()), filled, seconds_of_plain_copy(source, target, list(counts)), peak


def main() -> None:
    """Print a line for each size."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    print(f"{'rows':>10} {'made per s':>12} {'copied per s':>13} {'ratio':>6} {'memory':>8}")
    for rows in parser.parse_args().rows:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            count, filled, copied, peak = pool.apply(measure, (rows,))
        memory = f"{peak // 1024} MB"
        print(f"{count:>10,} {count / filled:>12,.0f} {count / copied:>13,.0f} {filled / copied:>6.1f} {memory:>8}")


if __name__ == "__main__":
    main()
