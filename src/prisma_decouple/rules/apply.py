"""Applying rules to a schema, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prisma_decouple.errors import RuleError
from prisma_decouple.rules.operation import Refused, State

if TYPE_CHECKING:
    from prisma_decouple.rules.intents import Intent
    from prisma_decouple.rules.rulefile import Rule, RuleSet
    from prisma_decouple.syntax.nodes import Schema


@dataclass(frozen=True)
class Outcome:
    """What one rule did: whether it changed the schema, and what it had to say."""

    rule: Rule
    changed: bool
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Application:
    """What all rules did.

    Attributes:
        schema: the new tree; files in which nothing changed are the very same objects.
        intents: what the migration has to know besides the two schemas.
    """

    schema: Schema
    intents: tuple[Intent, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def changed(self) -> bool:
        """Whether anything did."""
        return any(outcome.changed for outcome in self.outcomes)


def apply_rules(schema: Schema, rules: RuleSet) -> Application:
    """Apply the rules in their order.

    Args:
        schema: the tree.
        rules: what to do.

    Returns:
        The new tree, the intents, and what each rule did.

    Raises:
        RuleError: a rule does not fit the schema; the place is the rule's.
        SchemaError: the schema does not mean anything.
    """
    state = State(schema)
    outcomes: list[Outcome] = []
    for rule in rules.rules:
        before = state
        try:
            state = rule.operation.apply(replace(state, notes=()))
        except Refused as refusal:
            raise RuleError(refusal.message, place=rule.place(refusal.key), hint=refusal.hint) from None
        outcomes.append(Outcome(rule, state.schema != before.schema, state.notes))
    return Application(state.schema, state.intents, tuple(outcomes))
