"""Applying rules to a schema, one after the other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prisma_decouple.errors import RuleError, SchemaSyntaxError
from prisma_decouple.rules.operation import Refused, State
from prisma_decouple.rules.result import refuse_what_prisma_refuses

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
        RuleError: a rule does not fit the schema, or makes one of it that Prisma would not accept; the place is the
            rule's.
        SchemaError: the schema does not mean anything.
    """
    state = State(schema)
    outcomes: list[Outcome] = []
    made: list[tuple[Rule, Schema]] = []
    for rule in rules.rules:
        before = state
        try:
            state = rule.operation.apply(replace(state, notes=()))
        except Refused as refusal:
            place = rule.place(refusal.key, refusal.word)
            raise RuleError(refusal.message, place=place, hint=refusal.hint) from None
        except SchemaSyntaxError as error:  # a name in the rule is none: what it would write cannot be read
            line = error.place.source.strip() if error.place else ""
            raise RuleError(f"`{line}` is not Prisma's language: {error.message}", place=rule.place("")) from None
        outcomes.append(Outcome(rule, state.schema != before.schema, state.notes))
        made.append((rule, state.schema))
    refuse_what_prisma_refuses(schema, made)
    return Application(state.schema, state.intents, tuple(outcomes))
