"""Referential actions: which ones there are, and where they would go in circles.

The actions of each provider were measured with foreign keys and with `relationMode = "prisma"`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.validation.registry import check
from prisma_decouple.model.validation.relations import EVENTS, End, ends_of, inline_ends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.entries import Container
    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table

_ACTIONS = frozenset({"Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"})


@check("V841", "attributes")
def unknown_actions(table: Table) -> Iterator[Problem]:
    """A referential action does not exist."""
    for end in ends_of(table):
        for event, action in end.actions.items():
            if action not in _ACTIONS:
                yield end.entry.node, f"`{event}` cannot be `{action}`"


@check("V842", "meaning")
def actions_supported(table: Table) -> Iterator[Problem]:
    """The provider does not have the referential action."""
    connector = table.connector
    allowed = connector.emulated_actions if table.is_emulated else connector.actions
    for end in ends_of(table):
        for event, action in end.actions.items():
            if action not in allowed:
                yield end.entry.node, f"`{event}` must be {', '.join(sorted(allowed))} here, not `{action}`"


@check("V843", "meaning")
def set_null_of_required(table: Table) -> Iterator[Problem]:
    """`SetNull` would clear a required field; only PostgreSQL's foreign keys may say so."""
    if table.connector.name == "postgresql" and not table.is_emulated:
        return
    for end, _other in inline_ends(table):
        for event, action in end.actions.items():
            if action == "SetNull" and any(key.is_required for key in end.keys):
                yield end.entry.node, f"`{event}: SetNull` would clear a required field"


def _changes(table: Table, end: End) -> bool:
    """Whether deleting or updating at the other end changes records at this one."""
    allowed = table.connector.emulated_actions if table.is_emulated else table.connector.actions
    actions = {end.effective_action(event, has_restrict="Restrict" in allowed) for event in EVENTS}
    return not actions <= {"NoAction", "Restrict"}


def _changing(table: Table) -> dict[Container, list[End]]:
    """The relations along which changes spread, by the model that they change."""
    found: dict[Container, list[End]] = {}
    for end, _other in inline_ends(table):
        if _changes(table, end):
            found.setdefault(end.owner, []).append(end)
    return found


def _reached(start: End, ways: dict[Container, list[End]]) -> set[Container]:
    """The models that a relation leads to, directly or through others."""
    seen: set[Container] = set()
    pending = [start.target]
    while pending:
        container = pending.pop()
        if container not in seen:
            seen.add(container)
            pending += [end.target for end in ways.get(container, ())]
    return seen


@check("V844", "meaning")
def cycles(table: Table) -> Iterator[Problem]:
    """Changes would go round in a circle of relations."""
    if not table.is_emulated and not table.connector.can("cascade-cycles"):
        return
    allowed = table.connector.emulated_actions if table.is_emulated else table.connector.actions
    remedy = f"use {'NoAction' if 'NoAction' in allowed else 'Restrict'} for both"
    ways = _changing(table)
    for owner, ends in ways.items():
        for end in ends:
            if owner in _reached(end, ways):
                yield end.entry.node, f"changes go round through `{owner.name}.{end.entry.name}`; {remedy}"


@check("V845", "meaning")
def several_paths(table: Table) -> Iterator[Problem]:
    """On SQL Server, changes would reach a model on two ways."""
    if table.is_emulated or not table.connector.can("cascade-cycles"):
        return
    ways = _changing(table)
    for ends in ways.values():
        reached = {end: _reached(end, ways) for end in ends if not end.is_self}
        for end, models in reached.items():
            if any(models & others for other, others in reached.items() if other is not end):
                yield end.entry.node, f"changes reach `{end.owner.name}` on several ways; use NoAction for both"
