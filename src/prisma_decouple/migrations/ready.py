"""The pages of the invariants of migrations, from `ready.yaml`."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec

from prisma_decouple.documents.yaml_text import load_own


class Ready(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An invariant with its page in the documentation.

    Attributes:
        code: stable.
        name: one short sentence.
        why: the reason.
        how: how to mend it.
        before: the migrations before the examples.
        bad: a migration that does not keep it; empty when it is not about SQL.
        good: the same, mended.
    """

    code: str
    name: str
    why: str
    how: str
    before: str = ""
    bad: str = ""
    good: str = ""


@cache
def ready_migration_invariants() -> dict[str, Ready]:
    """All of them, by code."""
    text = (files(__package__) / "ready.yaml").read_text(encoding="utf-8")
    return {entry.code: entry for entry in msgspec.convert(load_own(text), list[Ready])}
