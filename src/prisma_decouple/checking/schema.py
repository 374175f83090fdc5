"""The invariants of a schema, kept or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.errors import Place
from prisma_decouple.invariants.ignores import UNUSED, ignores_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from prisma_decouple.checking.settings import Settings
    from prisma_decouple.invariants.declared import Finding, Invariant  # noqa: TC004 - reports are not read from texts
    from prisma_decouple.invariants.ignores import Ignore
    from prisma_decouple.invariants.ready import Ready
    from prisma_decouple.syntax.nodes import Schema
    from prisma_decouple.syntax.places import Places


class Report(msgspec.Struct, frozen=True):
    """Something to be said of a schema.

    Attributes:
        code: of the invariant.
        message: one sentence.
        place: where.
        because: why it matters; may be empty.
        finding: what was found, as its fix wants it; None for a comment.
    """

    code: str
    message: str
    place: Place
    because: str = ""
    finding: Finding | None = None


def invariants_of(settings: Settings, folder: Path) -> Iterator[Invariant]:
    """What a project declares and what its rules promise; the ready-made ones are apart.

    Raises:
        InputError: a rule file cannot be read.
        RuleFileError: a rule file is wrong.
    """
    yield from settings.invariants
    if not settings.rules:
        return
    from prisma_decouple.rules.rulefile import builtin_names, load_rules  # noqa: PLC0415 - as `_enabled`

    for name in settings.rules:
        yield from load_rules(name if name in builtin_names() else folder / name).invariants


def check_invariants(schema: Schema, settings: Settings, folder: Path) -> list[Report]:
    """Check a schema.

    Args:
        schema: the tree, all files of it.
        settings: what to check.
        folder: where the paths of rule files begin.

    Returns:
        What was found and is not ignored, and the ignore comments that are not needed, in the order of the files.

    Raises:
        SchemaError: the schema does not mean anything.
        InputError: as `invariants_of`.
        RuleFileError: likewise.
    """
    invariants: list[Ready | Invariant] = [*_enabled(settings), *invariants_of(settings, folder)]
    ignores = ignores_in(schema)
    if not invariants and not ignores:
        return []
    from prisma_decouple.model.reader import read_model  # noqa: PLC0415 - nothing is asked of most schemas
    from prisma_decouple.syntax.places import Places  # noqa: PLC0415

    data = read_model(schema)
    found = [finding for each in invariants for finding in each.findings(data)]
    silenced = {(ignore.code, id(node)) for ignore in ignores for node in ignore.nodes}
    places = Places(schema)
    reports = [_report(places, each) for each in found if (each.code, id(each.node)) not in silenced]
    needed = {(finding.code, id(finding.node)) for finding in found}
    reports += [_unused(each) for each in ignores if not any((each.code, id(node)) in needed for node in each.nodes)]
    order = {file.path: at for at, file in enumerate(schema.files)}
    return sorted(reports, key=lambda each: (order[each.place.path], each.place.line, each.place.column, each.code))


def _enabled(settings: Settings) -> list[Ready]:
    """The ready-made invariants that are on; their file is read only when there are any."""
    if not settings.enable:
        return []
    from prisma_decouple.invariants.ready import ready_invariants  # noqa: PLC0415

    known = ready_invariants()
    # The others are those of migrations.
    return [known[code] for code in settings.enable if code in known]


def _report(places: Places, finding: Finding) -> Report:
    return Report(finding.code, finding.message, places.of(finding.node), finding.because, finding)


def _unused(ignore: Ignore) -> Report:
    if not ignore.code:
        return Report(UNUSED, "this names no code, and silences nothing", ignore.place)
    return Report(UNUSED, f"nothing here is to be ignored by `{ignore.code}`", ignore.place)
