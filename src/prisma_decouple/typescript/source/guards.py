"""Whether code asks for a value before it relies on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import ancestors, call_arguments, callee, is_function, text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from tree_sitter import Node

_EXITS = frozenset({"return_statement", "throw_statement", "continue_statement", "break_statement"})
_EQUAL, _DIFFERENT = frozenset({"==", "==="}), frozenset({"!=", "!=="})
_NOTHING = frozenset({"null", "undefined", '"undefined"', "'undefined'"})
_CHAINS = frozenset({"identifier", "member_expression", "subscript_expression", "non_null_expression"})
# What they are asked says nothing about whether the value is there.
_ASK_A_LIST = frozenset({"includes", "has", "some", "every", "indexOf"})
_ASSERTS = re.compile(r"(assert|invariant)", re.IGNORECASE)


def is_checked(node: Node, value: str, may_be_null: Callable[[Node], bool] | None = None) -> bool:
    """Whether a node is only reached when a value is there.

    As TypeScript does, only the function around the node is considered: what was asked before a callback was made may
    have changed when it runs.

    Args:
        node: the place.
        value: the text of the value, a name or a property chain.
        may_be_null: tells of what the value is compared with whether it may be null itself; without it, it may not.

    Returns:
        True inside `if (value)`, behind `value &&` or `value ?`, behind `!value ||`, below `if (!value) return`, and
        where the value was found to be the same as one that is never null.
    """
    question = _Question(value, may_be_null)
    inner = node
    for outer in ancestors(node):
        if is_function(outer):
            break
        if _is_guard(outer, inner, question):
            return True
        inner = outer
    return _is_guard_in_body(node, question)


class _Question:
    """What a condition tells about one value."""

    def __init__(self, value: str, may_be_null: Callable[[Node], bool] | None) -> None:
        self.value = _plain(value)
        self._may_be_null = may_be_null
        self._name = re.compile(rf"(?<![\w$.]){re.escape(self.value)}(?![\w$])(?!!?[.\[])")

    def is_answered(self, condition: Node | None, *, holds: bool) -> bool:
        """Whether the value is there for certain when a condition holds, or when it does not."""
        if condition is None:
            return False
        if condition.type == "parenthesized_expression":
            return self.is_answered(condition.named_children[0], holds=holds)
        if condition.type == "unary_expression" and text_of(condition.child_by_field_name("operator")) == "!":
            return self.is_answered(condition.child_by_field_name("argument"), holds=not holds)
        if condition.type == "binary_expression":
            return self._is_answered_by_two(condition, holds=holds)
        if condition.type in _CHAINS:
            return holds and self._is_reached(condition)
        is_list = condition.type == "call_expression" and callee(condition)[1] in _ASK_A_LIST
        return holds and (self._is_reached(condition) if is_list else self._is_named(condition))

    def is_same(self, other: Node | None) -> bool:
        """Whether something that the value equals is never null, so that the value is there."""
        if other is None or text_of(other) in _NOTHING:
            return False
        return self._may_be_null is None or not self._may_be_null(other)

    def _is_answered_by_two(self, condition: Node, *, holds: bool) -> bool:
        left, right = condition.child_by_field_name("left"), condition.child_by_field_name("right")
        operator = text_of(condition.child_by_field_name("operator"))
        if operator in {"&&", "||"}:
            answers = (self.is_answered(each, holds=holds) for each in (left, right))
            return any(answers) if (operator == "&&") is holds else all(answers)
        if operator not in _EQUAL | _DIFFERENT:
            return holds and self._is_named(condition)
        are_equal = (operator in _EQUAL) is holds
        for side, other in ((left, right), (right, left)):
            if side is not None and (self._is_reached(side) or self._is_type_of(side)):
                return self.is_same(other) if are_equal else text_of(other) in _NOTHING
        return False

    def _is_reached(self, side: Node) -> bool:
        """Whether an expression is the value, or reads on from it only where it is there."""
        text = text_of(side)
        head, *rest = re.split(r"\?\.(?=[\w$\[(#]*)", text) if "?." in text else (text,)
        heads = [head]
        for step in rest:
            heads.append(f"{heads[-1]}.{step}")
        return any(_plain(each) == self.value for each in heads)

    def _is_type_of(self, side: Node) -> bool:
        is_unary = side.type == "unary_expression" and text_of(side.child_by_field_name("operator")) == "typeof"
        return is_unary and _plain(text_of(side.child_by_field_name("argument"))) == self.value

    def _is_named(self, condition: Node) -> bool:
        """Whether a condition that is not understood has to do with the value."""
        return self._name.search(re.sub(r"[?!]\.", ".", text_of(condition).replace(f"{self.value}?.", ""))) is not None


def _plain(chain: str) -> str:
    """A property chain without what only says how it is read."""
    return re.sub(r"[?!]\.", ".", chain).removesuffix("!")


def _is_guard(outer: Node, inner: Node, question: _Question) -> bool:
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


def _is_case(case: Node, question: _Question) -> bool:
    """Whether the value is what a `switch` is about, and every case that leads here is never null."""
    switch = case.parent.parent if case.parent is not None else None
    about = switch.child_by_field_name("value") if switch is not None else None
    if about is None or _plain(text_of(about).strip("()")) != question.value:
        return False
    current: Node | None = case
    while (
        current is not None and current.type == "switch_case" and question.is_same(current.child_by_field_name("value"))
    ):
        current = current.prev_named_sibling
        if current is None or (current.named_children and current.named_children[-1].type in _EXITS):
            return True
    return current is None


def _is_guard_in_body(node: Node, question: _Question) -> bool:
    """Whether a statement above the node leaves when the value is absent."""
    current = node
    for outer in ancestors(node):
        if outer.type in {"statement_block", "program"}:
            above = (statement for statement in outer.named_children if statement.end_byte <= current.start_byte)
            if any(_leaves(statement, question) for statement in above):
                return True
        if is_function(outer):
            return False
        current = outer
    return False


def _leaves(statement: Node, question: _Question) -> bool:
    if statement.type == "expression_statement" and statement.named_children:
        return _settles(statement.named_children[0], question)
    if statement.type != "if_statement":
        return False
    condition, otherwise = (statement.child_by_field_name(name) for name in ("condition", "alternative"))
    if _ends(statement.child_by_field_name("consequence")) and question.is_answered(condition, holds=False):
        return True
    body = otherwise.named_children[0] if otherwise is not None and otherwise.named_children else None
    return _ends(body) and question.is_answered(condition, holds=True)


def _settles(expression: Node, question: _Question) -> bool:
    """Whether an expression fills the value in, or asserts that it is there."""
    if is_assertion(expression):
        return question.is_answered(next(iter(call_arguments(expression)), None), holds=True)
    is_filled = text_of(expression.child_by_field_name("operator")) in {"??=", "||="}
    return is_filled and _plain(text_of(expression.child_by_field_name("left"))) == question.value


def is_assertion(node: Node) -> bool:
    """Whether an expression is a call like `assert(condition)` or `invariant(condition, "why")`."""
    return node.type == "call_expression" and _ASSERTS.match(callee(node)[1]) is not None


def _ends(body: Node | None) -> bool:
    """Whether nothing behind a statement is reached once it was run."""
    if body is None:
        return False
    last = body.named_children[-1] if body.type == "statement_block" and body.named_children else body
    return last.type in _EXITS
