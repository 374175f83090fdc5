"""Marks for tests that would take long on every server."""

from __future__ import annotations

import pytest

from judges.installations import installations

# Many schemas on one server, a few on all: servers differ in little, schemas in much. The machine's own one comes
# last, and has the extensions that real schemas ask for.
on_one_server = pytest.mark.parametrize(
    "postgres", installations()[-1:] or [None], indirect=True, ids=lambda each: each.name if each else "none"
)
