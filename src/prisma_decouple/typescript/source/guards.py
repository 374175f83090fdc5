"""Whether code asks for a value before it relies on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.conditions import conjuncts, is_absence
from prisma_decouple.typescript.source.questions import Knowledge, Question, is_constant, plain
from prisma_decouple.typescript.source.scopes import find_binding
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    descendants,
    is_function,
    parenthesized,
    text_of,
    without_parentheses,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_EXITS = frozenset({"return_statement", "throw_statement", "continue_statement", "break_statement"})
_BLOCKS = frozenset({"program", "statement_block"})
_EXPRESSION = "expression_statement"
_LOOPS = frozenset({"do_statement", "for_statement", "while_statement"})
_BROKEN = _LOOPS | {"for_in_statement", "switch_statement"}
_WRITTEN_THERE = frozenset({"arrow_function", "function_expression"})  # others are there before anything is asked


def is_checked(node: Node, value: str, knowledge: Knowledge | None = None) -> bool:
    """Whether a node is only reached when a value is there.

    As TypeScript does, only the function around the node is considered: what was asked before a callback was made may
    have changed when it runs, unless it is a name that never gets another value.

    Args:
        node: the place.
        value: the text of the value, a name or a property chain.
        knowledge: of what the value is compared with, and of the functions that are called.

    Returns:
        True inside `if (value)`, behind `value &&` or `value ?`, behind `!value ||`, below `if (!value) return`, and
        where the value was found to be the same as one that is never null.
    """
    question = Question(node, value, knowledge or Knowledge())
    inner = node
    for outer in ancestors(node):
        if is_function(outer) and not _is_kept(outer, question):
            break
        if _is_guard(outer, inner, question):
            return not _is_renewed(node, outer.start_byte, question)
        inner = outer
    return _is_guard_in_body(node, question)


def _is_renewed(node: Node, since: int, question: Question) -> bool:
    """Whether what the value is read from becomes another one above a node, after the value was asked for."""
    current = node
    for outer in ancestors(node):
        above = (
            each for each in outer.named_children if since <= each.start_byte and each.end_byte <= current.start_byte
        )
        if outer.type in _BLOCKS and any(_gives_anew(each, question) for each in above):
            return True
        if outer.start_byte < since:
            return False
        current = outer
    return False


def _gives_anew(statement: Node, question: Question) -> bool:
    given = statement.named_children[0] if statement.type == _EXPRESSION and statement.named_children else statement
    target = given.child_by_field_name("left") if given.type == "assignment_expression" else None
    return target is not None and question.value.startswith(f"{plain(text_of(target))}.")


def _is_kept(function: Node, question: Question) -> bool:
    """Whether what is known of a value where a function is written holds inside it: it is a constant, by its name."""
    if function.type not in _WRITTEN_THERE or _is_called_there(function):
        return function.type in _WRITTEN_THERE
    if not question.value.isidentifier():
        return False
    binding = find_binding(function, question.value)
    return binding is not None and is_constant(binding)


def _is_called_there(function: Node) -> bool:
    """Whether a function is called where it is written: what was found out before still holds."""
    inner = parenthesized(function)
    outer = inner.parent
    is_called = outer is not None and outer.type == "call_expression" and outer.child_by_field_name("function") == inner
    return is_called and not any(child.type == "async" for child in function.children)


def is_absent(node: Node) -> bool:
    """Whether a name or property chain is only reached when nothing is there: inside `if (!value)`."""
    value, inner = plain(text_of(node)), node
    for outer in ancestors(node):
        if is_function(outer):
            return False
        if outer.type in {"if_statement", "ternary_expression"} and inner == outer.child_by_field_name("consequence"):
            condition = outer.child_by_field_name("condition")
            if condition is not None and any(is_absence(each, value) for each in conjuncts(condition)):
                return True
        inner = outer
    return False


def _is_guard(outer: Node, inner: Node, question: Question) -> bool:
    if outer.type in {"if_statement", "ternary_expression", "while_statement"}:
        condition = outer.child_by_field_name("condition")
        if inner in (outer.child_by_field_name("consequence"), outer.child_by_field_name("body")):
            return question.is_answered(condition, holds=True)
        is_otherwise = inner == outer.child_by_field_name("alternative")
        return is_otherwise and question.is_answered(condition, holds=False)
    if outer.type == "binary_expression" and inner == outer.child_by_field_name("right"):
        operator = text_of(outer.child_by_field_name("operator"))
        left = outer.child_by_field_name("left")
        return operator in {"&&", "||"} and question.is_answered(left, holds=operator == "&&")
    return outer.type == "switch_case" and inner != outer.child_by_field_name("value") and _is_case(outer, question)


def _is_case(case: Node, question: Question) -> bool:
    """Whether the value is what a `switch` is about, and every case that leads here is never null."""
    switch = case.parent.parent if case.parent is not None else None
    about = switch.child_by_field_name("value") if switch is not None else None
    if about is None or not question.is_reached(without_parentheses(about)):
        return False
    current: Node | None = case
    while (
        current is not None and current.type == "switch_case" and question.is_same(current.child_by_field_name("value"))
    ):
        current = current.prev_named_sibling
        if current is None or (current.named_children and current.named_children[-1].type in _EXITS):
            return True
    return current is None


def _is_guard_in_body(node: Node, question: Question) -> bool:
    """Whether a statement above the node leaves when the value is absent."""
    current = node
    for outer in ancestors(node):
        if outer.type in _BLOCKS:
            above = (statement for statement in outer.named_children if statement.end_byte <= current.start_byte)
            asking = [statement.start_byte for statement in above if _leaves(statement, question)]
            if asking:
                return not _is_renewed(node, asking[-1], question)
        if is_function(outer) and not _is_kept(outer, question):
            return False
        current = outer
    return False


def _leaves(statement: Node, question: Question) -> bool:
    if statement.type == _EXPRESSION and statement.named_children:
        return _settles(statement.named_children[0], question)
    if _is_endless(statement):
        ways = list(_breaks(statement))
        return bool(ways) and all(is_checked(each, question.value, question.knowledge) for each in ways)
    if statement.type == "while_statement":
        is_left_early = any(descendants(statement, "break_statement"))
        return not is_left_early and question.is_answered(statement.child_by_field_name("condition"), holds=False)
    if statement.type != "if_statement":
        return False
    condition, otherwise = (statement.child_by_field_name(name) for name in ("condition", "alternative"))
    if question.is_answered(condition, holds=False):
        consequence = statement.child_by_field_name("consequence")
        return _ends(consequence, question.knowledge) or _fills(consequence, question)
    return question.is_answered(condition, holds=True) and _ends(otherwise, question.knowledge)


def _is_endless(statement: Node) -> bool:
    """Whether a loop only ends where it says so: `for (;;)`, `while (true)`."""
    condition = statement.child_by_field_name("condition")
    asked = text_of(without_parentheses(condition)) if condition is not None else ""
    return statement.type in _LOOPS and asked.removesuffix(";") in {"", "true"}


def _breaks(loop: Node) -> Iterator[Node]:
    """The places where a loop ends; one with a name may end any loop around it."""
    for node in descendants(loop, "break_statement"):
        inside = next((each for each in ancestors(node) if each.type in _BROKEN or is_function(each)), None)
        if inside == loop or node.named_children:
            yield node


def _settles(expression: Node, question: Question) -> bool:
    """Whether an expression fills the value in, or asserts that it is there."""
    if expression.type == "call_expression":
        asserted, is_there = question.knowledge.asserted(expression) or (None, False)
        is_value = asserted is not None and plain(text_of(asserted)) == question.value
        if is_there:
            return is_value or question.knowledge.proves(expression, question.value)
        return question.is_answered(asserted, holds=True)
    given = expression.child_by_field_name("right")
    is_filled = text_of(expression.child_by_field_name("operator")) in {"??=", "||="}
    is_filled = is_filled and not (given is not None and question.knowledge.may_be_null(given))
    if expression.type == "assignment_expression" and given is not None:
        is_filled = question.knowledge.is_there(given)
    return is_filled and plain(text_of(expression.child_by_field_name("left"))) == question.value


def _fills(consequence: Node | None, question: Question) -> bool:
    """Whether what is done where the value is absent gives it one."""
    is_block = consequence is not None and consequence.type == "statement_block"
    statements = consequence.named_children if consequence is not None and is_block else [consequence]
    settled = (each.named_children[0] for each in statements if each is not None and each.type == _EXPRESSION)
    return any(_settles(each, question) for each in settled)


def leaves(statement: Node | None, knowledge: Knowledge | None = None) -> bool:
    """Whether nothing behind a statement is reached once it was run, for all that is seen in it, or known besides."""
    return _ends(statement, knowledge or Knowledge())


def _ends(statement: Node | None, knowledge: Knowledge) -> bool:
    """Whether nothing behind a statement is reached once it was run."""
    if statement is None:
        return False
    if statement.type in {"statement_block", "else_clause"}:
        return any(_ends(each, knowledge) for each in statement.named_children)
    if statement.type == "if_statement":
        ways = (statement.child_by_field_name(name) for name in ("consequence", "alternative"))
        return all(_ends(each, knowledge) for each in ways)
    if statement.type == _EXPRESSION:
        expression = statement.named_children[0] if statement.named_children else statement
        return expression.type == "call_expression" and knowledge.never_returns(expression)
    return statement.type in _EXITS
