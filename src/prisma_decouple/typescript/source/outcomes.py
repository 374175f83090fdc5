"""What expressions and statements are, and do, when a value is missing: `typeof id !== "string" || !id.trim()` holds.

Missing is what is null or undefined, an empty text, or no number: who asks whether something refuses it need not know
which. What is not known is left open, so that only what follows from what is written is told.
"""

from __future__ import annotations

import operator
import re
from enum import Enum, auto
from math import inf
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.kept_literals import literal_of, part_of
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.missing import gone_through
from prisma_decouple.typescript.source.operators import COMPARISONS, DIFFERENT
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.questions import CALLED_NOTHING, is_assertion, is_constant
from prisma_decouple.typescript.source.scopes import binding_of, declared_value, parameters
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    children_of,
    descendants,
    has_safe_read,
    is_function,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import KEEPS

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.source.missing import Missing

# Longer ones are made by a machine, and nested more deeply than Python calls may be.
_LONGEST = 4_000
_COUNTS = frozenset({"length", "size"})
_CONVERSIONS = frozenset({"BigInt", "Boolean", "Number", "String", "parseFloat", "parseInt"})
_SAME_TEXT = frozenset({"normalize", "toLowerCase", "toString", "toUpperCase", "trim", "trimEnd", "trimStart"})
# What asks whether a value is one of those that stand for none; what asks anything else of it, which none has; and what
# finds nothing by none.
_ASKS_FOR_NONE = re.compile(r"(?:is_?)?(?:blank|empty|missing|na_?n|nil|none|null|undefined)", re.IGNORECASE)
_ASKS = re.compile(r"(?:are|exist|has|is|matches|test|valid)(?![a-z])|exists|.*Exists$")
_LOOKS_UP = re.compile(r"(?:count|fetch|find|get|load|look|query|read|resolve|retrieve)(?![a-z])|lookup")
_OWN = frozenset({"hasOwn", "hasOwnProperty"})
_OF_LISTS = frozenset({"every", "filter", "find", "includes", "some"})
_ORDERS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


class Outcome(Enum):
    """What an expression is: missing as the value is, true or something, false, an error that is thrown, or open."""

    MISSING = auto()
    HOLDS = auto()
    FAILS = auto()
    THROWS = auto()
    OPEN = auto()


FALSE = frozenset({Outcome.FAILS, Outcome.MISSING})
"""What makes a condition that is so false."""

_OPPOSITE = {Outcome.MISSING: Outcome.HOLDS, Outcome.FAILS: Outcome.HOLDS, Outcome.HOLDS: Outcome.FAILS}
_NONE = CALLED_NOTHING | {"0", '""', "''"}
# What a list gives that is searched for an element with a key, when there is none.
_FOUND_NONE = {"find": Outcome.MISSING, "some": Outcome.FAILS}
_OF_KINDS = {
    **dict.fromkeys(("array", "arrow_function", "new_expression", "object", "regex", "true"), Outcome.HOLDS),
    **dict.fromkeys(("null", "undefined"), Outcome.MISSING),
    "false": Outcome.FAILS,
}


def outcome_of(node: Node | None, missing: Missing) -> Outcome:
    """What an expression is when a value is missing.

    Args:
        node: the expression; none is missing as well.
        missing: the value.
    """
    if node is None:
        return Outcome.MISSING
    node = unwrapped(node)
    if missing.is_it(node):
        return Outcome.MISSING
    if node.type in {"number", "string"}:
        return Outcome.MISSING if text_of(node) in _NONE else Outcome.HOLDS
    way = _WAYS.get(node.type)
    if way is None or node.end_byte - node.start_byte > _LONGEST:
        return _OF_KINDS.get(node.type, Outcome.OPEN)
    return way(node, missing)


def done_when(missing: Missing, statement: Node) -> Node | None:
    """What an `if` does when a value is missing; None when it does nothing then, or that is open.

    Args:
        missing: the value.
        statement: the `if`.
    """
    outcome = outcome_of(statement.child_by_field_name("condition"), missing)
    if outcome is Outcome.HOLDS:
        return statement.child_by_field_name("consequence")
    return statement.child_by_field_name("alternative") if outcome in FALSE else None


def is_refused_by(call: Node, missing: Missing) -> bool:
    """Whether a call makes certain that what it is given holds, which it does not: `assert(id, "no author")`.

    Args:
        call: the call, or any other expression.
        missing: the value.
    """
    given = call_arguments(call)[:1] if call.type == "call_expression" else []
    is_sure = bool(given) and (is_assertion(call) or text_of(callee(call)[0]) == "assert")
    return is_sure and outcome_of(given[0], missing) in FALSE


def handed_to(call: Node, missing: Missing) -> tuple[Node, Missing] | None:
    """The function that a call calls, and the value as that has it; None when the function is not seen.

    Args:
        call: the call.
        missing: the value.
    """
    return missing.handed_to(call, lambda each: outcome_of(each, missing) is Outcome.MISSING)


def _run(node: Node | None, missing: Missing) -> Outcome | None:
    """What a statement gives back or throws when a value is missing; None when what is behind it goes on."""
    if node is None:
        return None
    way = _RUNS.get(node.type)
    if way is not None:
        return way(node, missing)
    return Outcome.OPEN if next(descendants(node, "return_statement"), None) is not None else None


def _run_one_of(statement: Node, missing: Missing) -> Outcome | None:
    """What an `if` does: what its condition says, or where that is open, what both ways have in common.

    What else it refuses is taken to be as it should.
    """
    if outcome_of(statement.child_by_field_name("condition"), missing) is not Outcome.OPEN:
        return _run(done_when(missing, statement), missing)
    ways = {_run(statement.child_by_field_name(each), missing) for each in ("consequence", "alternative")}
    done = ways - {None, Outcome.THROWS}
    return Outcome.OPEN if done else None if None in ways else Outcome.THROWS


def _run_all(block: Node, missing: Missing) -> Outcome | None:
    found = (_run(each, missing) for each in children_of(block))
    return next((each for each in found if each is not None), None)


def _run_for_own(loop: Node, missing: Missing) -> Outcome | None:
    """What a loop over names of properties does at that of the value."""
    element, listed = gone_through(loop)
    body = loop.child_by_field_name("body")
    for name in missing.own_of(listed)[:1] if element is not None and listed is not None else ():
        return _run(body, missing.named_by(text_of(pattern_of(element or loop)), name))
    return Outcome.OPEN if body is not None and any(descendants(body, "return_statement")) else None


def _try(statement: Node, missing: Missing) -> Outcome | None:
    done = _run(statement.child_by_field_name("body"), missing)
    is_caught = done is Outcome.THROWS and statement.child_by_field_name("handler") is not None
    return None if is_caught else done


def _do(statement: Node, missing: Missing) -> Outcome | None:
    """What is done, or declared, by what may throw: `assert(id)`, `checkInput(body)`, `const id = must(body.id)`."""
    for each in children_of(statement):
        done = each.child_by_field_name("value") if each.type == "variable_declarator" else each
        is_refused = done is not None and is_refused_by(unwrapped(done), missing)
        if is_refused or (done is not None and outcome_of(done, missing) is Outcome.THROWS):
            return Outcome.THROWS
    return None


def _of_body(function: Node, missing: Missing) -> Outcome:
    """What a function gives back or throws when a value is missing."""
    body = function.child_by_field_name("body")
    if body is not None and body.type != "statement_block":
        return outcome_of(body, missing)
    return _run(body, missing) or Outcome.OPEN


def _of_name(name: Node, missing: Missing) -> Outcome:
    binding = binding_of(name) if missing.depth else None
    is_kept = binding is not None and is_constant(binding)
    value = declared_value(binding, text_of(name)) if binding is not None and is_kept else None
    return outcome_of(value, missing.deeper) if value is not None else Outcome.OPEN


def _of_read(read: Node, missing: Missing) -> Outcome:
    owner = read.child_by_field_name("object")
    found = outcome_of(owner, missing) if owner is not None else Outcome.OPEN
    is_told = last_name(read) in _COUNTS or (found is Outcome.MISSING and has_safe_read(read))
    return found if is_told else Outcome.OPEN


def _of_one(node: Node, missing: Missing) -> Outcome:
    found = outcome_of(node.child_by_field_name("argument"), missing)
    sign = text_of(node.child_by_field_name("operator"))
    if sign == "!":
        return _OPPOSITE.get(found, found)
    return found if sign in {"+", "typeof"} else Outcome.OPEN


def _of_two(node: Node, missing: Missing) -> Outcome:
    left, right = (node.child_by_field_name(each) for each in ("left", "right"))
    sign = text_of(node.child_by_field_name("operator"))
    if sign in COMPARISONS:
        equal = _equal(outcome_of(left, missing), outcome_of(right, missing))
        return _OPPOSITE.get(equal, equal) if sign in DIFFERENT else equal
    if sign in _ORDERS:
        return _ordered(sign, _amount(left, missing), _amount(right, missing))
    if sign == "in":
        is_asked = left is not None and missing.is_property(right, missing.name_in(left))
        return Outcome.FAILS if is_asked else Outcome.OPEN
    first = outcome_of(left, missing)
    if sign == "instanceof":
        return Outcome.FAILS if first is Outcome.MISSING else Outcome.OPEN
    return _chosen(sign, first, right, missing)


def _chosen(sign: str, first: Outcome, right: Node | None, missing: Missing) -> Outcome:
    """What one of two is, the second of which counts only by what the first one is."""
    if sign == "??":
        return outcome_of(right, missing) if first is Outcome.MISSING else first
    if sign not in {"&&", "||"} or first is Outcome.THROWS:
        return Outcome.OPEN if sign not in {"&&", "||"} else first
    is_either = sign == "||"
    if first is not Outcome.OPEN:
        return outcome_of(right, missing) if (first in FALSE) is is_either else first
    second = outcome_of(right, missing)
    if is_either:
        return second if second is Outcome.HOLDS else Outcome.OPEN
    return Outcome.FAILS if second in FALSE else Outcome.OPEN


def _equal(first: Outcome, second: Outcome) -> Outcome:
    is_none = [each in FALSE for each in (first, second)]
    if all(is_none):
        return Outcome.HOLDS
    return Outcome.FAILS if any(is_none) and Outcome.HOLDS in {first, second} else Outcome.OPEN


def _ordered(sign: str, first: tuple[float, float], second: tuple[float, float]) -> Outcome:
    answers = {_ORDERS[sign](each, other) for each in first for other in second}
    if len(answers) > 1 or -inf in first + second:
        return Outcome.OPEN
    return Outcome.HOLDS if answers.pop() else Outcome.FAILS


def _amount(node: Node | None, missing: Missing) -> tuple[float, float]:
    """The least and the most that a number can be: what is missing counts as nothing, and what there is as more."""
    written = text_of(node)
    if node is not None and node.type == "number" and written.isdecimal():
        return float(written), float(written)
    found = outcome_of(node, missing)
    if found in FALSE:
        return 0, 0
    return (1, inf) if found is Outcome.HOLDS else (-inf, inf)


def _of_choice(node: Node, missing: Missing) -> Outcome:
    asked = outcome_of(node.child_by_field_name("condition"), missing)
    ways = [outcome_of(node.child_by_field_name(each), missing) for each in ("consequence", "alternative")]
    if asked is Outcome.HOLDS:
        return ways[0]
    return ways[1] if asked in FALSE or ways[0] is ways[1] else Outcome.OPEN


def _of_call(call: Node, missing: Missing) -> Outcome:
    receiver, method = callee(call)
    given = call_arguments(call)
    if method in KEEPS and given:
        return _of_callback(given[0], Outcome.OPEN, missing)
    if receiver is not None and method in _SAME_TEXT:
        return outcome_of(receiver, missing)
    if receiver is not None and method in _OF_LISTS and len(given) == 1:
        asked = _of_list(receiver, method, given[0], missing)
        if asked is not Outcome.OPEN:
            return asked
    handed = handed_to(call, missing)
    followed = _of_body(*handed) if handed is not None else Outcome.OPEN
    if followed is not Outcome.OPEN:
        return followed
    if receiver is not None and has_safe_read(call) and outcome_of(receiver, missing) is Outcome.MISSING:
        return Outcome.MISSING
    return _of_asking(receiver, method, given, missing)


def _of_asking(receiver: Node | None, method: str, given: list[Node], missing: Missing) -> Outcome:
    """What something gives back of which only the name, and what it is given, are known."""
    names = [name for each in given if (name := missing.name_in(each))]
    owners = [each for each in (receiver, *given) if each is not None]
    if method in _OWN:
        is_asked = any(missing.is_property(each, name) for each in owners for name in names)
        return Outcome.FAILS if is_asked else Outcome.OPEN
    is_given = any(outcome_of(each, missing) is Outcome.MISSING for each in given)
    is_looked_up = is_given or any(_looks_for(each, missing) for each in given)
    if missing.is_key and is_looked_up and _LOOKS_UP.match(method):
        return Outcome.THROWS if method.endswith("OrThrow") else Outcome.MISSING
    if is_given and method in _CONVERSIONS:
        return Outcome.MISSING
    if is_given and _ASKS_FOR_NONE.match(method):
        return Outcome.HOLDS
    return Outcome.FAILS if is_given and _ASKS.match(method) else Outcome.OPEN


def _looks_for(options: Node, missing: Missing) -> bool:
    """Whether the filter of a query asks for the value: `{ where: { id: body.authorId } }`."""
    where = part_of(literal_of(options), "where")
    return where is not None and any(missing.is_it(unwrapped(value)) for _, value in properties(where))


def _of_list(listed: Node, method: str, given: Node, missing: Missing) -> Outcome:
    """What a list of values, or of names of properties, gives of which the value is one."""
    elements = _elements(listed, given, missing)
    if method == "includes":
        is_asked = outcome_of(given, missing) in FALSE and any(each is Outcome.MISSING for _, each in elements)
        return Outcome.HOLDS if is_asked else Outcome.OPEN
    answers = [_of_callback(given, element, inside) for inside, element in elements]
    if not elements and missing.is_key and method in _FOUND_NONE and missing.is_compared_in(given):
        return _FOUND_NONE[method]
    if method == "every":
        return Outcome.FAILS if any(each in FALSE for each in answers) else Outcome.OPEN
    return Outcome.HOLDS if Outcome.HOLDS in answers else Outcome.OPEN


def _elements(listed: Node, callback: Node, missing: Missing) -> list[tuple[Missing, Outcome]]:
    """The elements of a list that have to do with the value, each as it is inside of a callback."""
    element = next(iter(parameters(callback)), None) if is_function(callback) else None
    name = text_of(pattern_of(element)) if element is not None else ""
    found = [(missing.named_by(name, each), Outcome.HOLDS) for each in missing.own_of(listed)]
    if name and any(each.startswith(f"{name}.") for each in missing.values):  # it is a property of each element
        found.append((missing, Outcome.OPEN))
    if _has(unwrapped(listed), missing):
        found.append((missing.also_called([name]) if name else missing, Outcome.MISSING))
    return found


def _has(listed: Node, missing: Missing) -> bool:
    """Whether the value is one of a list: of `[body.authorId, body.title]`, or of `Object.values(body)`."""
    if listed.type == "array":
        return any(outcome_of(each, missing) is Outcome.MISSING for each in children_of(listed))
    receiver, method = callee(listed) if listed.type == "call_expression" else (None, "")
    is_all = text_of(receiver) == "Object" and method == "values"
    return is_all and missing.is_one_of(call_arguments(listed))


def _of_callback(callback: Node, element: Outcome, missing: Missing) -> Outcome:
    """What a callback says of an element: `(each) => !each`, `Boolean`."""
    if text_of(callback) == "Boolean":
        return element
    return _of_body(callback, missing) if is_function(callback) else Outcome.OPEN


_WAYS = {
    "binary_expression": _of_two,
    "call_expression": _of_call,
    "identifier": _of_name,
    "member_expression": _of_read,
    "subscript_expression": _of_read,
    "ternary_expression": _of_choice,
    "unary_expression": _of_one,
}
_RUNS = {
    "else_clause": _run_all,
    "expression_statement": _do,
    "for_in_statement": _run_for_own,
    "if_statement": _run_one_of,
    "lexical_declaration": _do,
    "return_statement": lambda node, missing: outcome_of(next(iter(children_of(node)), None), missing),
    "statement_block": _run_all,
    "throw_statement": lambda _, __: Outcome.THROWS,
    "try_statement": _try,
}
