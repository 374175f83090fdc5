"""Whether what is done where a condition holds refuses: it throws, answers with an error, or leads away."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.guards import leaves
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    callee,
    children_of,
    descendants,
    function_around,
    is_function,
    text_of,
    unwrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

LEADS_AWAY = frozenset({"notFound", "permanentRedirect", "redirect"})
# An error that is answered, not thrown: `res.status(404)`, `{ status: 400 }`, `return { error: "…" }`. Who asks is
# another question than what there is: 401 and 403 are not meant.
_STATUS = r"(?:400|404|409|41\d|422|5\d\d)"
_ANSWERED = re.compile(
    rf"\b(?:code|sendStatus|status)\(\s*{_STATUS}\b|\bstatus(?:Code)?:\s*{_STATUS}\b|,\s*{_STATUS}\s*\)"
    r"|\breturn\s*\(?\s*\{\s*(?:errors?\b|(?:ok|success):\s*false\b)"
)
_MISTAKES = re.compile(r"err|invalid|issue|mistake|problem", re.IGNORECASE)
# What tells whether there are any in an object of mistakes.
_COUNTED = frozenset({"Object.entries", "Object.keys", "Object.values"})
# What is given back where nothing was done, and calls that answer with what is wrong.
_NO_MORE = frozenset({"array", "false", "new_expression", "null", "object", "string", "template_string", "undefined"})
_ANSWERS = re.compile(
    r"abort|alert|answer|bad|deny|end|err|fail|invalid|json|message|next|problem|reject|respon|send|status|toast|warn",
    re.IGNORECASE,
)
_ERRORS = re.compile(r"bad_?request|error|(?:^|\.)fail|invalid|not_?found|reject|unprocess", re.IGNORECASE)
_ABOUT_WHO_ASKS = re.compile(
    r"unauthori[sz]ed|unauthenticated|forbidden|permission|(?:log|sign)(?:ged)?[ -]?in", re.IGNORECASE
)


def turns_away(consequence: Node | None) -> bool:
    """Whether what is done refuses, goes on to the next, or leads to another page."""
    return consequence is not None and (refuses(consequence) or goes_on(consequence) or leads_away(consequence))


def leads_away(consequence: Node) -> bool:
    """Whether what is done leads to another page."""
    calls = descendants(consequence, "call_expression") if not consequence.type.endswith("expression") else []
    return any(text_of(each.child_by_field_name("function")) in LEADS_AWAY for each in calls)


def refuses(consequence: Node) -> bool:
    """Whether what is done ends in an error, thrown or answered."""
    if _throws(consequence):
        return True
    written = text_of(consequence)
    is_answer = leaves(consequence) and _ANSWERED.search(written) is not None
    return is_answer and _ABOUT_WHO_ASKS.search(written) is None


def answers_with_error(consequence: Node) -> bool:
    """Whether what is done ends with a call that by its name answers with an error: `return badRequest("…")`."""
    last = consequence.named_children[-1:] if consequence.type == "statement_block" else [consequence]
    returned = children_of(last[0])[:1] if last and last[0].type == "return_statement" else []
    called = text_of(unwrapped(returned[0]).child_by_field_name("function")) if returned else ""
    return _ERRORS.search(called) is not None and _ABOUT_WHO_ASKS.search(text_of(consequence)) is None


def ends(consequence: Node | None) -> bool:
    """Whether what is done ends the function."""
    last = consequence.named_children[-1:] if consequence is not None else []
    return any(each.type == "return_statement" for each in (*last, *filter(None, [consequence])))


def gives_up(consequence: Node) -> bool:
    """Whether what is done ends the function with nothing, or with a message: `return null`, `return fail(400)`.

    Args:
        consequence: what is done.
    """
    is_block = consequence.type in {"else_clause", "statement_block"}
    last = consequence.named_children[-1:] if is_block else [consequence]
    if not last or last[0].type != "return_statement" or _ABOUT_WHO_ASKS.search(text_of(consequence)):
        return bool(last) and last[0].type == "statement_block" and gives_up(last[0])
    returned = next(iter(children_of(last[0])), None)
    given = unwrapped(returned) if returned is not None else None
    if given is None or given.type != "call_expression":
        return given is None or given.type in _NO_MORE
    return _ANSWERS.search(text_of(given.child_by_field_name("function"))) is not None


def notes_mistake(consequence: Node | None) -> bool:
    """Whether what is done notes what is wrong with a field of a form: `errors.author = "Choose an author"`.

    Or only that something is: `isValid = false`, where the function gives that back.
    """
    inner = consequence.named_children if consequence is not None and consequence.type == "statement_block" else []
    statements = inner or [each for each in [consequence] if each is not None]
    done = [each.named_children[0] for each in statements if each.type == "expression_statement"]
    return any(map(_is_mistake, done))


def _is_mistake(done: Node) -> bool:
    called = done.child_by_field_name("function")
    if called is not None:
        return _MISTAKES.search(text_of(called)) is not None
    left, right = done.child_by_field_name("left"), done.child_by_field_name("right")
    if done.type != "assignment_expression" or left is None or right is None:
        return False
    if left.type == "identifier" and right.type == "false":
        return _is_given_back(text_of(left), done) or _is_asked_later(text_of(left), done)
    is_said = right.type in {"array", "call_expression", "object", "string", "template_string", "true"}
    return is_said and left.type in {"member_expression", "subscript_expression"} and _is_of_mistakes(left)


def _is_of_mistakes(member: Node) -> bool:
    """Whether a member is one of an object of mistakes: by its name, or given back, kept or counted as one."""
    owner = text_of(member.child_by_field_name("object"))
    if _MISTAKES.search(owner) is not None or _is_given_back(owner, member):
        return True
    function = function_around(member)
    calls = descendants(function, "call_expression") if function is not None else ()
    takers = (text_of(each.child_by_field_name("function")) for each in calls if _is_given(each, owner))
    return any(_MISTAKES.search(each) is not None or each in _COUNTED for each in takers)


def _is_asked_later(text: str, before: Node) -> bool:
    """Whether the function refuses behind a node where what is called so does not hold: `if (!isValid) throw …`."""
    function = function_around(before)
    for statement in descendants(function, "if_statement") if function is not None else ():
        condition, done = statement.child_by_field_name("condition"), statement.child_by_field_name("consequence")
        is_behind = condition is not None and statement.start_byte > before.end_byte
        if is_behind and done is not None and text_of(condition) == f"(!{text})" and refuses(done):
            return True
    return False


def _is_given(call: Node, text: str) -> bool:
    return any(text_of(each) == text for each in call_arguments(call))


def _is_given_back(text: str, inside: Node) -> bool:
    """Whether the function that a node is in gives back what is called so."""
    function = function_around(inside)
    return function is not None and any(text_of(each) == text for each in returned_values(function))


def goes_on(consequence: Node) -> bool:
    """Whether what is done ends with the next element of a loop: what it would have made of this one is not made."""
    last = consequence.named_children[-1:] if consequence.type == "statement_block" else [consequence]
    return any(each.type == "continue_statement" for each in last)


def _throws(consequence: Node) -> bool:
    """Whether what is done ends in an error that is thrown."""
    if consequence.type == "throw_statement":
        return True
    thrown = [*descendants(consequence, "throw_statement"), *_calls_to_throw(consequence)]
    return any(not any(is_function(outer) for outer in _between(each, consequence)) for each in thrown)


def _calls_to_throw(consequence: Node) -> Iterator[Node]:
    """The calls that throw by their name: `ctx.throw(400)`."""
    yield from (each for each in descendants(consequence, "call_expression") if callee(each)[1] == "throw")


def _between(node: Node, end: Node) -> Iterator[Node]:
    yield from takewhile(lambda outer: outer != end, ancestors(node))
