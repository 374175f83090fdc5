"""What rules make of a schema has to be one that Prisma accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.errors import RuleError
from prisma_decouple.model.validation import validate_schema

if TYPE_CHECKING:
    from collections.abc import Sequence

    from prisma_decouple.rules.rulefile import Rule
    from prisma_decouple.syntax.nodes import Schema


def refuse_what_prisma_refuses(before: Schema, made: Sequence[tuple[Rule, Schema]]) -> None:
    """Stop before a schema is written that Prisma would not read.

    Args:
        before: the schema that came in; what is wrong with it already is nothing new. Without a datasource nobody can
            tell what is right, and nothing is written either.
        made: each rule, and the schema behind it.

    Raises:
        RuleError: the last schema has an error that the first one does not have; the place is that of the rule which
            brought it in.
    """
    if not made or made[-1][1] == before or not any(block.keyword == "datasource" for block in before.blocks()):
        return
    found = _errors(made[-1][1])
    known = _errors(before) if found else {}
    new = [each for each in found if each not in known]
    if not new:
        return
    code, message = new[0]
    rule = next(rule for rule, schema in made if new[0] in _errors(schema))
    raise RuleError(
        f"Prisma would not accept the schema after this rule: {message} ({code})",
        place=rule.place(""),
        hint=f"`prisma-decouple explain {code}`",
    )


def _errors(schema: Schema) -> dict[tuple[str, str], None]:
    """The code and message of each error, in the order of the schema."""
    found = validate_schema([(file.path, str(file)) for file in schema.files])
    return {(each.code, each.message): None for each in found if each.severity == "error"}
