"""Functions that check what a route of Hono is given, and refuse for want of a key that a record can do without now.

`validator("json", (value, c) => { if (!value.authorId) return c.text("no author", 400); return value; })`
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.inputs.demanded_members import is_made_behind
from prisma_decouple.typescript.finders.inputs.refusals import check_value, note_refused
from prisma_decouple.typescript.finders.inputs.refusing_conditions import refusal_before
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import parameters, returned_values
from prisma_decouple.typescript.source.syntax import call_arguments, is_function, string_value, text_of

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_CHECKS, _MODULE = "validator", "hono/validator"
_BODIES = frozenset({"form", "json"})


def find_checking_functions(file: FileContext) -> None:
    """Note what refuses in such functions, where a record is made behind them.

    Args:
        file: the file; its findings are filled.
    """
    for call in file.source.called(_CHECKS):
        found = file.project.foreign(file, call.child_by_field_name("function"))
        given = call_arguments(call) if found is not None and found.module == _MODULE else []
        if given and string_value(given[0]) in _BODIES and is_function(given[-1]):
            _check(file, call, given[-1])


def _check(file: FileContext, call: Node, function: Node) -> None:
    names = file.facts.optional_keys & file.source.words
    for name in sorted(names):
        relations = [each for each in file.facts.optional_by_key(name) if is_made_behind(file, call, name, [each])]
        for model in dict.fromkeys(each.model for each in relations):
            _check_key(file, function, name, model)


def _check_key(file: FileContext, function: Node, name: str, model: str) -> None:
    """What is let through is made anew, or given back as it came."""
    taken = text_of(pattern_of(next(iter(parameters(function)), function)))
    for value in returned_values(function):
        key = property_value(value, name) if value.type == "object" else None
        if key is not None:
            check_value(Place(file, key), name, model)
        elif text_of(value) == taken:
            refusal = refusal_before(
                Place(file, value), function, frozenset({f"{taken}.{name}"}), is_sent=False, name=name
            )
            note_refused(refusal, name, model)
