"""Settings as somebody writes them: what each means, and whether there is what it names."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.checking.settings import Settings
from prisma_decouple.errors import RuleFileError, did_you_mean
from prisma_decouple.invariants.declared import Invariant, check_declarations
from prisma_decouple.migrations.findings import CODES, OPTIONAL

if TYPE_CHECKING:
    from prisma_decouple.documents.document import Document, Key
    from prisma_decouple.errors import Place


class _Written(Settings, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of a file; what invariants are is known here."""

    invariants: tuple[Invariant, ...] = ()


def settings_of(document: Document, key: Key) -> Settings:
    """The settings under a key of a document."""
    check_declarations(document, (*key, "invariants"))
    settings = document.convert(key, _Written)
    for at, code in enumerate(settings.enable):
        check_enabled(code, document.place((*key, "enable", at)))
    for at, code in enumerate(settings.disable):
        _check_disabled(code, document.place((*key, "disable", at)))
    for at, name in enumerate(settings.rules):
        _check_rule_file(name, document, document.place((*key, "rules", at)))
    return Settings(**msgspec.structs.asdict(settings))


def _check_rule_file(name: str, document: Document, place: Place | None) -> None:
    """Refuse a rule file that is neither beside the settings nor built in."""
    from prisma_decouple.rules.rulefile import builtin_names  # noqa: PLC0415 - few settings name any

    if name not in builtin_names() and not Path(document.path).parent.joinpath(name).is_file():
        hint = did_you_mean(name, builtin_names())
        raise RuleFileError(f"there is no rule file `{name}`", place=place, hint=hint)


def check_enabled(code: str, place: Place | None = None) -> None:
    """Refuse a code that no ready-made invariant has."""
    from prisma_decouple.invariants.ready import ready_invariants  # noqa: PLC0415 - no code, no list of them

    known = ready_invariants()
    if code in OPTIONAL:
        return
    if code in CODES:
        raise RuleFileError(f"`{code}` is on already", place=place, hint="`disable` turns it off")
    if code not in known:
        raise RuleFileError(f"there is no invariant `{code}`", place=place, hint=did_you_mean(code, known))


def _check_disabled(code: str, place: Place | None) -> None:
    """Refuse a code that no invariant of migrations has."""
    from prisma_decouple.invariants.ready import ready_invariants  # noqa: PLC0415 - as above

    if code in ready_invariants() or code in OPTIONAL:
        raise RuleFileError(f"`{code}` is off", place=place, hint="`enable` is what turns it on")
    if code not in CODES:
        hint = did_you_mean(code, CODES)
        raise RuleFileError(f"there is no invariant `{code}` of migrations", place=place, hint=hint)
