"""Whether code asks for a value before it relies on it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import PARAMETERS, find_binding
from prisma_decouple.typescript.source.syntax import ancestors, call_arguments, callee, is_function, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_EXITS = frozenset({"return_statement", "throw_statement", "continue_statement", "break_statement"})
_EQUAL, _DIFFERENT = frozenset({"==", "==="}), frozenset({"!=", "!=="})
_OF_NUMBERS = frozenset({"<", "<=", ">", ">=", "+", "-", "*", "/", "%", "**"})
_NOTHING = frozenset({"null", "undefined", '"undefined"', "'undefined'"})
_CHAINS = frozenset({"identifier", "member_expression", "subscript_expression", "non_null_expression"})
# What they are asked says nothing about whether the value is there.
_ASK_A_LIST = frozenset({"includes", "has", "some", "every", "indexOf"})
_ASSERTS = re.compile(r"(assert|invariant)", re.IGNORECASE)
_CONDITIONS = frozenset({"binary_expression", "identifier", "parenthesized_expression", "unary_expression"})
_NAME = re.compile(r"[\w$]+")
_LONGEST_ALIAS = 5  # as far as TypeScript follows them


class Knowledge:
    """What has to be known of other code; without it, only what the names tell."""

    def may_be_null(self, _: Node) -> bool:
        """Whether what a value is compared with may be null itself."""
        return False

    def never_returns(self, _: Node) -> bool:
        """Whether nothing behind a call is reached."""
        return False

    def proves(self, _: Node, __: str) -> bool:
        """Whether a call that gives true tells that a value is there."""
        return False

    def asserted(self, call: Node) -> tuple[Node, bool] | None:
        """The argument of which a call makes certain that it holds, or, where the second is true, that it is there."""
        given = call_arguments(call)
        return (given[0], False) if is_assertion(call) and given else None


def is_checked(node: Node, value: str, knowledge: Knowledge | None = None) -> bool:
    """Whether a node is only reached when a value is there.

    As TypeScript does, only the function around the node is considered: what was asked before a callback was made may
    have changed when it runs.

    Args:
        node: the place.
        value: the text of the value, a name or a property chain.
        knowledge: of what the value is compared with, and of the functions that are called.

    Returns:
        True inside `if (value)`, behind `value &&` or `value ?`, behind `!value ||`, below `if (!value) return`, and
        where the value was found to be the same as one that is never null.
    """
    question = _Question(node, value, knowledge or Knowledge())
    inner = node
    for outer in ancestors(node):
        if is_function(outer):
            break
        if _is_guard(outer, inner, question):
            return True
        inner = outer
    return _is_guard_in_body(node, question)


def is_absent(node: Node) -> bool:
    """Whether a name or property chain is only reached when nothing is there: inside `if (!value)`."""
    value, inner = _plain(text_of(node)), node
    for outer in ancestors(node):
        if is_function(outer):
            return False
        if outer.type in {"if_statement", "ternary_expression"} and inner == outer.child_by_field_name("consequence"):
            condition = outer.child_by_field_name("condition")
            if condition is not None and any(_is_absence(each, value) for each in _conjuncts(condition)):
                return True
        inner = outer
    return False


def absent_in(condition: Node) -> Iterator[Node]:
    """What is not there when a condition holds: `value` of `!value`, and of `value === null && other`."""
    for each in _conjuncts(condition):
        value = each.child_by_field_name("argument") or each.child_by_field_name("left")
        if value is not None and _is_absence(each, _plain(text_of(value))):
            yield value


def _conjuncts(condition: Node) -> Iterator[Node]:
    """The conditions that hold when all of one holds."""
    waiting = [condition]
    while waiting:
        node = waiting.pop()
        if node.type == "parenthesized_expression":
            waiting += node.named_children[:1]
        elif node.type == "binary_expression" and text_of(node.child_by_field_name("operator")) == "&&":
            waiting += node.named_children
        else:
            yield node


def _is_absence(condition: Node, value: str) -> bool:
    if condition.type == "unary_expression" and text_of(condition.child_by_field_name("operator")) == "!":
        return _plain(text_of(condition.child_by_field_name("argument"))) == value
    is_equal = text_of(condition.child_by_field_name("operator")) in _EQUAL
    left, right = (text_of(condition.child_by_field_name(name)) for name in ("left", "right"))
    return is_equal and _plain(left) == value and right in _NOTHING


class _Question:
    """What a condition tells about one value."""

    def __init__(self, node: Node, value: str, knowledge: Knowledge) -> None:
        self.value = _plain(value)
        self.knowledge = knowledge
        self._node = node

    def is_answered(self, condition: Node | None, *, holds: bool, depth: int = _LONGEST_ALIAS) -> bool:
        """Whether the value is there for certain when a condition holds, or when it does not."""
        while condition is not None and condition.type == "parenthesized_expression":
            condition = condition.named_children[0]
        if condition is None:
            return False
        if condition.type == "unary_expression" and text_of(condition.child_by_field_name("operator")) == "!":
            return self.is_answered(condition.child_by_field_name("argument"), holds=not holds, depth=depth)
        if condition.type == "binary_expression":
            return self._is_answered_by_two(condition, holds=holds, depth=depth)
        if condition.type in _CHAINS:
            is_itself = holds and self._is_reached(condition)
            meant = self._meant_by(condition) if depth and not is_itself else None
            return is_itself or self.is_answered(meant, holds=holds, depth=depth - 1)
        is_list = condition.type == "call_expression" and callee(condition)[1] in _ASK_A_LIST
        is_told = self._is_reached(condition) if is_list else self._is_named(condition)
        return holds and (is_told or self.knowledge.proves(condition, self.value))

    def is_same(self, other: Node | None) -> bool:
        """Whether something that the value equals is never null, so that the value is there."""
        if other is None or text_of(other) in _NOTHING:
            return False
        return not self.knowledge.may_be_null(other)

    def _meant_by(self, name: Node) -> Node | None:
        """The condition that a constant holds; TypeScript looks into it when the value is one that stays the same."""
        if name.type != "identifier" or not _NAME.fullmatch(self.value):
            return None
        binding, own = find_binding(name, text_of(name)), find_binding(self._node, self.value)
        is_same = own is not None and (own.type in PARAMETERS or is_constant(own))
        if binding is None or not is_same or not is_constant(binding) or binding.child_by_field_name("type"):
            return None
        meant = binding.child_by_field_name("value")
        is_asked = meant is not None and (
            meant.type in _CONDITIONS or any(text_of(each) == self.value for each in call_arguments(meant))
        )
        return meant if is_asked else None

    def _is_answered_by_two(self, condition: Node, *, holds: bool, depth: int) -> bool:
        left, right = condition.child_by_field_name("left"), condition.child_by_field_name("right")
        operator = text_of(condition.child_by_field_name("operator"))
        if operator in {"&&", "||"}:
            answers = (self.is_answered(each, holds=holds, depth=depth) for each in (left, right))
            return any(answers) if (operator == "&&") is holds else all(answers)
        if operator in _OF_NUMBERS or operator == "in":
            return False  # TypeScript minds the comparison itself, and learns nothing from it
        if operator not in _EQUAL | _DIFFERENT:
            return holds and self._is_named(condition)
        are_equal = (operator in _EQUAL) is holds
        is_strict = len(operator) == len("===")
        for side, other in ((left, right), (right, left)):
            if side is not None and (self._is_reached(side) or self._is_type_of(side)):
                return (
                    self.is_same(other) if are_equal else self._excludes_null(side, text_of(other), is_strict=is_strict)
                )
        return False

    def _excludes_null(self, side: Node, other: str, *, is_strict: bool) -> bool:
        """Whether the value is not null where an expression is not the same as something.

        To be no `undefined` is not to be no null; but what reads on from null by `?.` is undefined.
        """
        if other not in _NOTHING or not is_strict:
            return other in _NOTHING
        is_itself = side.type == "unary_expression" or _plain(text_of(side)) == self.value
        return (other == "null") is is_itself

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
        text = re.sub(r"[?!]\.", ".", text_of(condition).replace(f"{self.value}?.", ""))
        name = rf"(?<![\w$.]){re.escape(self.value)}(?![\w$])(?!!?[.\[])"
        return self.value in text and re.search(name, text) is not None


def is_constant(binding: Node) -> bool:
    """Whether a declaration says `const`."""
    statement = binding.parent if binding.type == "variable_declarator" else None
    return statement is not None and text_of(statement.child_by_field_name("kind")) == "const"


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
    if question.is_answered(condition, holds=False):
        return _ends(statement.child_by_field_name("consequence"), question.knowledge)
    return question.is_answered(condition, holds=True) and _ends(otherwise, question.knowledge)


def _settles(expression: Node, question: _Question) -> bool:
    """Whether an expression fills the value in, or asserts that it is there."""
    if expression.type == "call_expression":
        asserted, is_there = question.knowledge.asserted(expression) or (None, False)
        is_value = asserted is not None and _plain(text_of(asserted)) == question.value
        return is_value if is_there else question.is_answered(asserted, holds=True)
    is_filled = text_of(expression.child_by_field_name("operator")) in {"??=", "||="}
    return is_filled and _plain(text_of(expression.child_by_field_name("left"))) == question.value


def leaves(statement: Node | None) -> bool:
    """Whether nothing behind a statement is reached once it was run, for all that is seen in it."""
    return _ends(statement, Knowledge())


def is_assertion(node: Node) -> bool:
    """Whether an expression is a call like `assert(condition)` or `invariant(condition, "why")`."""
    return node.type == "call_expression" and _ASSERTS.match(callee(node)[1]) is not None


def _ends(statement: Node | None, knowledge: Knowledge) -> bool:
    """Whether nothing behind a statement is reached once it was run."""
    if statement is None:
        return False
    if statement.type in {"statement_block", "else_clause"}:
        return any(_ends(each, knowledge) for each in statement.named_children)
    if statement.type == "if_statement":
        ways = (statement.child_by_field_name(name) for name in ("consequence", "alternative"))
        return all(_ends(each, knowledge) for each in ways)
    if statement.type == "expression_statement":
        expression = statement.named_children[0] if statement.named_children else statement
        return expression.type == "call_expression" and knowledge.never_returns(expression)
    return statement.type in _EXITS
