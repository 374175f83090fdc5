"""What can go wrong with a rehearsal itself; what is wrong with the migration is a result, not an error."""

from __future__ import annotations

import importlib.util

from prisma_decouple.errors import DecoupleError

_INSTALL = 'pip install "prisma-decouple[rehearse]"'


class RehearsalError(DecoupleError):
    """A rehearsal cannot take place: no server, no permission, nothing to rehearse."""

    code = "E501"


def require(*packages: str) -> None:
    """Stop when one of the optional packages is not installed.

    Raises:
        RehearsalError: with the command that installs them.
    """
    for package in packages:
        if importlib.util.find_spec(package) is None:
            raise RehearsalError(f"a rehearsal needs the package `{package}`", hint=_INSTALL)
