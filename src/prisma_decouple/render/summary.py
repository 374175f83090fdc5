"""summary.json: what was done, for programs and for the record."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from prisma_decouple.model.database import Column, EnumType, ForeignKey, IndexKey, QualifiedName
from prisma_decouple.plan.migration import locked_exclusively

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.plan.migration import Migration
    from prisma_decouple.plan.steps import Step
    from prisma_decouple.rules.apply import Application, Outcome
    from prisma_decouple.rules.rulefile import RuleSet
    from prisma_decouple.typescript.hints import ScanResult

_FORMAT_VERSION = 1


def render_summary(
    rules: RuleSet,
    application: Application,
    folder: str | None,
    plan: Migration | None,
    why_no_migration: str,
    scan: ScanResult,
) -> str:
    """The text of summary.json.

    Args:
        rules: what was asked for.
        application: what each rule did.
        folder: the migration's folder.
        plan: its steps; None without a migration.
        why_no_migration: the reason when there is none.
        scan: the hints, which are counted here and listed in code/hints.json.
    """
    summary = {
        "version": _FORMAT_VERSION,
        "name": rules.name,
        "description": rules.description,
        "rules": [_rule(outcome) for outcome in application.outcomes],
        "migration": _migration(folder, plan) if plan else None,
        "why_no_migration": why_no_migration or None,
        "hints": len(scan.hints),
    }
    return json.dumps(summary, indent=2, ensure_ascii=False) + "\n"


def _rule(outcome: Outcome) -> dict[str, Any]:
    place = outcome.rule.place("")
    return {
        "operation": outcome.rule.kind,
        "at": f"{place.path}:{place.line}" if place else None,
        "changed": outcome.changed,
        "notes": list(outcome.notes),
    }


def _migration(folder: str | None, plan: Migration) -> dict[str, Any]:
    return {
        "folder": folder,
        "locked_exclusively": [str(table) for table in locked_exclusively(plan.up)],
        "loses": _losses(plan.up),
        "up": [_step(step) for step in plan.up],
        "down": [_step(step) for step in plan.down],
        "down_loses": _losses(plan.down),
    }


def _losses(steps: Sequence[Step]) -> list[str]:
    return [step.loses for step in steps if step.loses]


def _step(step: Step) -> dict[str, Any]:
    """The step's kind, what it works on by name, its locks, and what it loses."""
    names = {field.name: _name(getattr(step, field.name)) for field in fields(step)}
    return {
        "step": re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(step).__name__).lower(),
        **{key: value for key, value in names.items() if value is not None},
        "locks": {_name(table): mode for table, mode in step.locks},
        **({"loses": step.loses} if step.loses else {}),
    }


def _name(value: object) -> str | list[str] | None:
    """What stands for a part of a step in the summary; None for parts that only the SQL needs."""
    if isinstance(value, QualifiedName):
        return str(value)
    if isinstance(value, Column | IndexKey | ForeignKey):
        return value.name
    if isinstance(value, EnumType):
        return str(value.name)
    if isinstance(value, str):
        return value
    if isinstance(value, tuple) and value and all(isinstance(part, str) for part in value):
        return list(value)
    return None
