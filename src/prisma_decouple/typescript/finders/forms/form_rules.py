"""Rules of forms by which a field has to have a value, in the words of the libraries that check them.

`{ required: true }` (react-hook-form, antd, Element Plus), `required()` (React Admin, Vuelidate), `"required|email"`
(vee-validate), `Validators.required` (Angular), `isNotEmpty("…")` (Mantine), and functions that give back what is
wrong: `(value) => value ? null : "Required"` (Mantine, TanStack Form), `(value) => !!value || "Required"` (Vuetify).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.conditions import absent_alone, alternatives, present_in
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import binding_of, bound_names, held_by, parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    READS,
    VALUE_NAMES,
    call_arguments,
    callee,
    children_of,
    descendants,
    is_function,
    last_name,
    string_value,
    text_of,
    unwrapped,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from tree_sitter import Node

REQUIRED = "required"
"""What says by itself that a field has to have a value, as an attribute or a property."""

RULES = frozenset({"rules", "validate", "validation", "validations", "validator", "validators"})
"""What the rules of a field are given as."""

DESCRIBED = frozenset({"dataIndex", "field", "id", "key", "name", "path", "value"})
"""What tells which field an object describes: `{ name: "authorId", required: true }`."""

_REQUIRED = frozenset({"isRequired", "mandatory", REQUIRED})
# When TanStack Form checks a field ("Form and Field Validation").
_EVENTS = frozenset({"onBlur", "onBlurAsync", "onChange", "onChangeAsync", "onMount", "onSubmit", "onSubmitAsync"})
WHOLE_RULES = RULES | _EVENTS
"""What the rules of a field, or of a whole form, are given as, and what they are made of."""

_ASKS = re.compile(r"^(?:is)?(?:(?:required|not_?(?:empty|blank))(?:Rule|Validator|Field|If)?)$", re.IGNORECASE)
_MADE_OF_OTHERS = re.compile(
    r"^(?:compose|combine|all$|every$|pipe$|withMessage$|control$|FormControl$)", re.IGNORECASE
)
_GOOD = NOTHING | {"true", '""', "''"}
_VALUE = "value"
_SCHEMA = re.compile(r"z\.(?!any\b|unknown\b)")
_LETS_NONE_IN = re.compile(r"\.(?:default|null(?:able|ish)|optional)\(|^z\.(?:null(?:able|ish)|optional)\(")
_DEPTH = 4


def demands(rule: Node, depth: int = _DEPTH) -> bool:
    """Whether a rule, or one of several, says that a field has to have a value.

    Args:
        rule: the rule, a list of such, or an object that has some.
        depth: how far variables and functions that put rules together are followed.
    """
    node = unwrapped(rule)
    return depth > 0 and (_demands_itself(node) or any(demands(each, depth - 1) for each in _parts(node)))


def _demands_itself(rule: Node) -> bool:
    if rule.type == "string":
        return REQUIRED in string_value(rule).split("|")
    if rule.type == "object":
        return any(name in _REQUIRED and _is_demanded(value) for name, value in properties(rule))
    if is_function(rule):
        return _refuses_none(rule)
    receiver, name = callee(rule) if rule.type == "call_expression" else (None, last_name(rule))
    is_schema = receiver is not None and receiver.type == "call_expression"  # `yup.number().required()`
    return not is_schema and _ASKS.match(name) is not None


def _is_demanded(value: Node) -> bool:
    """Whether what `required` is given demands: `true`, a text that is shown, or `{ value: true, message }`."""
    return value.type in {"string", "template_string", "true", "object", "call_expression"}


def _parts(rule: Node) -> Iterator[Node]:
    """The rules of which one is made, or what a name stands for."""
    name = rule.child_by_field_name("function") or rule.child_by_field_name("constructor")
    if rule.type == "array":
        yield from children_of(rule)
    elif rule.type == "object":
        yield from (value for name, value in properties(rule) if name in WHOLE_RULES)
    elif name is not None and _MADE_OF_OTHERS.match(last_name(name)):
        yield from call_arguments(rule)
    elif (held := held_by(rule) or binding_of(rule)) is not None and (is_function(held) or held_by(rule) == held):
        yield held


def says_without(given: Node, field: str) -> bool:
    """Whether an expression says what is wrong with a field that has no value: `values.authorId ? null : "Required"`.

    Args:
        given: the expression.
        field: the name of the field.
    """
    return _is_wrong_without(unwrapped(given), {field})


def refuses_field(check: Node, field: str) -> bool:
    """Whether a function that checks a whole form says that it is wrong without a field.

    Args:
        check: the function, or anything else: `({ value }) => (value.authorId ? undefined : "Required")`.
        field: the name of the field.
    """
    return is_function(check) and _refuses(check, {field})


def asks_by_schema(rules: Node) -> bool:
    """Whether one of the rules of a field is a schema that lets nothing in for none: `{ onChange: z.string() }`.

    Args:
        rules: these.
    """
    given = (value for name, value in properties(rules) if name in _EVENTS) if rules.type == "object" else ()
    return any(_SCHEMA.match(text_of(each)) and not _LETS_NONE_IN.search(text_of(each)) for each in given)


def _refuses_none(function: Node) -> bool:
    """Whether a function that checks a value says that none is wrong."""
    first = next(iter(parameters(function)), None)
    if first is None:
        return False
    is_taken_apart = pattern_of(first).type == "object_pattern"
    names = {_VALUE} & {*bound_names(pattern_of(first))} if is_taken_apart else {text_of(pattern_of(first))}
    return _refuses(function, names)


def _refuses(function: Node, names: Container[str]) -> bool:
    """Whether a function gives back that something is wrong where a value is missing."""
    returned = returned_values(function)
    is_wrong_at_last = bool(returned) and _is_wrong(returned[-1])
    guarded = ((each, each.child_by_field_name("consequence")) for each in descendants(function, "if_statement"))
    for statement, done in guarded:
        condition = statement.child_by_field_name("condition")
        given = [each for end in descendants(statement, "return_statement") for each in children_of(end)][:1]
        if condition is None or done is None or not given:
            continue
        if _is_wrong(given[0]) and _is_among(absent_alone(condition), names):
            return True
        if _is_good(given[0]) and is_wrong_at_last and _is_among(present_in(condition), names):
            return True
    return any(_is_wrong_without(unwrapped(each), names) for each in returned)


def _is_wrong_without(given: Node, names: Container[str]) -> bool:
    """Whether what a function gives back says that something is wrong when there is no value."""
    condition, right = given.child_by_field_name("condition"), given.child_by_field_name("right")
    if condition is not None:
        then, other = (given.child_by_field_name(each) for each in ("consequence", "alternative"))
        is_there = then is not None and other is not None and _is_good(then) and _is_wrong(other)
        is_missing = then is not None and other is not None and _is_wrong(then) and _is_good(other)
        return (is_there and _is_among(present_in(condition), names)) or (
            is_missing and _is_among(absent_alone(condition), names)
        )
    operator = text_of(given.child_by_field_name("operator"))
    if operator == "||" and right is not None and right.type in {"string", "template_string", "call_expression"}:
        asked = list(alternatives(given))[:-1]
        return all(each.type not in {*VALUE_NAMES, *READS} and _is_among(present_in(each), names) for each in asked)
    left = given.child_by_field_name("left")
    return operator == "&&" and left is not None and _is_wrong(right) and _is_among(absent_alone(left), names)


def _is_good(given: Node | None) -> bool:
    return given is not None and text_of(unwrapped(given)) in _GOOD


def _is_wrong(given: Node | None) -> bool:
    node = unwrapped(given) if given is not None else None
    is_told = node is not None and node.type in {"call_expression", "false", "object", "string", "template_string"}
    return is_told and not _is_good(node)


def _is_among(values: Iterable[Node], names: Container[str]) -> bool:
    """Whether one of some values is called so, or is what a text or a list has: `value.trim()`, `value.length`."""
    return any(last_name(each) in names or re.split(r"[?!]?\.", text_of(each))[0] in names for each in values)
