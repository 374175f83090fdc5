"""The one place where errors become messages and exit codes."""

from __future__ import annotations

import errno
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from prisma_decouple.cli.main import command_line
from prisma_decouple.errors import DecoupleError, InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

DONE, BAD_INPUT, OUR_FAULT, INTERRUPTED = 0, 2, 3, 130
# How writing to where our output was sent fails; errors of files have their names.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}


def run(arguments: Sequence[str] | None) -> int:
    """Run the command line; arguments and result are those of the program's `main`."""
    try:
        status = command_line.main(arguments, prog_name="prisma-decouple", standalone_mode=False)
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        return BAD_INPUT
    except DecoupleError as error:
        _say(error.report())
        return BAD_INPUT
    except (click.Abort, KeyboardInterrupt):
        _say("Interrupted.")
        return INTERRUPTED
    except OSError as error:
        return _report_output(error)
    except Exception as error:  # noqa: BLE001 - the boundary
        return _report_fault(error)
    return status if isinstance(status, int) else DONE


def _say(text: str) -> None:
    """Say it on stderr, where that leads anywhere."""
    with suppress(OSError):
        click.echo(text, err=True)


def _report_output(error: OSError) -> int:
    """What cannot be written where our output was sent is no fault of ours."""
    if isinstance(error, BrokenPipeError):
        # The reader of our output has gone; the interpreter must not complain about it at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    if error.filename is not None or error.errno not in _FULL:
        return _report_fault(error)
    _say(InputError(f"the output cannot be written: {error.strerror}").report())
    return BAD_INPUT


def _report_fault(error: Exception) -> int:
    if os.environ.get("PRISMA_DECOUPLE_DEBUG"):
        raise error
    _say(
        f"E001 prisma-decouple has a fault: {type(error).__name__}: {error}\n"
        "hint: please report it with the schema and the rule file; PRISMA_DECOUPLE_DEBUG=1 shows where it happened"
    )
    return OUR_FAULT
