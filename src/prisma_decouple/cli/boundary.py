"""The one place where errors become messages and exit codes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from prisma_decouple.cli.main import command_line
from prisma_decouple.errors import DecoupleError

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, BAD_INPUT, OUR_FAULT, INTERRUPTED = 0, 2, 3, 130


def run(arguments: Sequence[str] | None) -> int:
    """Run the command line; arguments and result are those of the program's `main`."""
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


def _report_fault(error: Exception) -> int:
    if os.environ.get("PRISMA_DECOUPLE_DEBUG"):
        raise error
    click.echo(
        f"E001 prisma-decouple has a fault: {type(error).__name__}: {error}\n"
        "hint: please report it with the schema and the rule file; PRISMA_DECOUPLE_DEBUG=1 shows where it happened",
        err=True,
    )
    return OUR_FAULT
