"""The entry point, and the one place where errors become messages and exit codes."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from typing import TYPE_CHECKING

import click

from prisma_decouple.cli.main import command_line
from prisma_decouple.errors import DecoupleError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

DONE, BAD_INPUT, OUR_FAULT, INTERRUPTED = 0, 2, 3, 130

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
    gc.set_threshold(_OBJECTS_BEFORE_COLLECTION)
    try:
        status = command_line.main(arguments, prog_name="prisma-decouple", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return BAD_INPUT
    except DecoupleError as error:
        click.echo(error.report(), err=True)
        return BAD_INPUT
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output has gone; the interpreter must not complain about it at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as error:  # noqa: BLE001 - the boundary
        return _report_fault(error)
    return status if isinstance(status, int) else DONE


def run() -> NoReturn:
    """The command line as a process of its own, which leaves with `main`'s status.

    It does not take its objects apart first: the tree and the tables of a large schema are so many that this would be a
    tenth of the time of `check`. Nothing here waits for the interpreter's end; what has to be cleaned up stands in a
    `with`.
    """
    status = main()
    with contextlib.suppress(BrokenPipeError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(status)


def _report_fault(error: Exception) -> int:
    if os.environ.get("PRISMA_DECOUPLE_DEBUG"):
        raise error
    click.echo(
        f"E001 prisma-decouple has a fault: {type(error).__name__}: {error}\n"
        "hint: please report it with the schema and the rule file; PRISMA_DECOUPLE_DEBUG=1 shows where it happened",
        err=True,
    )
    return OUR_FAULT


if __name__ == "__main__":
    run()
