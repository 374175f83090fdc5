"""The entry point: the command line as a process of its own."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

# Trees and tables of a large schema are many objects without cycles; Python's default looks through them so often that
# it takes a fifth of the time of `check`.
_OBJECTS_BEFORE_COLLECTION = 100_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        arguments: without the program's name; those of the process when None.

    Returns:
        0 done or clean, 1 something was found, 2 bad input or usage, 3 a fault of ours, 130 interrupted.
    """
    _open_closed_streams()
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)
    from prisma_decouple.cli import boundary  # noqa: PLC0415 - modules are many objects without cycles as well

    return boundary.run(arguments)


def run() -> NoReturn:
    """The command line as a process of its own, which leaves with `main`'s status.

    It does not take its objects apart first: the tree and the tables of a large schema are so many that this would be a
    tenth of the time of `check`. Nothing here waits for the interpreter's end; what has to be cleaned up stands in a
    `with`.
    """
    status = main()
    for stream in (sys.stdout, sys.stderr):
        # What could not be written has been told.
        with contextlib.suppress(OSError):
            stream.flush()
    os._exit(status)


def _open_closed_streams() -> None:
    """Let a stream that the shell has closed (`>&-`) be one that leads nowhere."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - it stays open


if __name__ == "__main__":
    run()
