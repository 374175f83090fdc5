"""What a condition tells about whether a value is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.operators import COMPARISONS, EQUAL, STRICT
from prisma_decouple.typescript.source.scopes import PARAMETERS, find_binding
from prisma_decouple.typescript.source.syntax import NOTHING, call_arguments, callee, text_of, without_parentheses

if TYPE_CHECKING:
    from tree_sitter import Node

CALLED_NOTHING = NOTHING | {'"undefined"', "'undefined'"}  # `typeof` gives texts
_OF_NUMBERS = frozenset({"<", "<=", ">", ">=", "+", "-", "*", "/", "%", "**"})
_CHAINS = frozenset({"identifier", "member_expression", "subscript_expression", "non_null_expression"})
# What lists, sets and maps are asked says nothing about whether the value is there.
_OF_LISTS = frozenset({"every", "find", "findIndex", "get", "has", "includes", "indexOf", "lastIndexOf", "some"})
# Nor what a text or a pattern is asked, or what everybody's functions make of the value.
_OF_TEXTS = frozenset({"endsWith", "exec", "localeCompare", "match", "search", "startsWith", "test"})
_EVERYBODYS = frozenset({"Boolean", "Number", "String", "isFinite", "isNaN", "parseFloat", "parseInt"})
_OBJECTS = frozenset({"Date", "JSON", "Math", "Number", "Object", "Reflect"})
_ASSERTS = re.compile(r"(assert|invariant)", re.IGNORECASE)
_CONDITIONS = frozenset({"binary_expression", "identifier", "parenthesized_expression", "unary_expression"})
_BY_NAME = re.compile(r"""(?:\?\.)?\[(["'])([A-Za-z_$][\w$]*)\1\]""")
_BEFORE_INDEX = re.compile(r"[?!]*\.(?=\[)|!(?=\[)")  # of `books?.[0]` as of `books![0]`
_CAST = re.compile(r"\((?P<value>[\w$.?!]+)\s+as\b.*\)!?", re.DOTALL)
_NAME = re.compile(r"[\w$]+")
_THERE = frozenset({"array", "false", "new_expression", "number", "object", "string", "template_string", "true"})
_LONGEST_ALIAS = 5  # as far as TypeScript follows them


class Knowledge:
    """What has to be known of other code; without it, only what the names tell."""

    def may_be_null(self, _: Node) -> bool:
        """Whether what a value is compared with may be null itself."""
        return False

    def is_there(self, value: Node) -> bool:
        """Whether what a value is given is never null."""
        return value.type in _THERE

    def never_returns(self, _: Node) -> bool:
        """Whether nothing behind a call is reached."""
        return False

    def proves(self, _: Node, __: str) -> bool:
        """Whether a call that gives true tells that a value is there."""
        return False

    def tells_nothing(self, _: Node) -> bool:
        """Whether what a call gives back tells nothing of what it is given."""
        return False

    def asserted(self, call: Node) -> tuple[Node, bool] | None:
        """The argument of which a call makes certain that it holds, or, where the second is true, that it is there."""
        given = call_arguments(call)
        return (given[0], False) if is_assertion(call) and given else None


class Question:
    """What a condition tells about one value."""

    def __init__(self, node: Node, value: str, knowledge: Knowledge) -> None:
        self.value = plain(value)
        self.knowledge = knowledge
        self._node = node

    def is_answered(self, condition: Node | None, *, holds: bool, depth: int = _LONGEST_ALIAS) -> bool:
        """Whether the value is there for certain when a condition holds, or when it does not."""
        if condition is None:
            return False
        condition = without_parentheses(condition)
        if condition.type == "unary_expression" and text_of(condition.child_by_field_name("operator")) == "!":
            return self.is_answered(condition.child_by_field_name("argument"), holds=not holds, depth=depth)
        if condition.type == "binary_expression":
            return self._is_answered_by_two(condition, holds=holds, depth=depth)
        if condition.type in _CHAINS:
            is_itself = holds and self.is_reached(condition)
            meant = self._meant_by(condition) if depth and not is_itself else None
            return is_itself or self.is_answered(meant, holds=holds, depth=depth - 1)
        is_told = self.is_reached(condition) or (not self._says_nothing(condition) and self._is_named(condition))
        return holds and (is_told or self.knowledge.proves(condition, self.value))

    def _says_nothing(self, condition: Node) -> bool:
        """Whether TypeScript learns nothing about what a call is given: a list is asked, a promise kept, or no `is`."""
        if condition.type != "call_expression":
            return condition.type in {"await_expression", "new_expression"}
        receiver, method = callee(condition)
        is_no_question = method in _EVERYBODYS if receiver is None else method in _OF_LISTS | _OF_TEXTS
        is_no_question = is_no_question or text_of(receiver) in _OBJECTS
        return is_no_question or self.knowledge.tells_nothing(condition)

    def is_same(self, other: Node | None) -> bool:
        """Whether something that the value equals is never null, so that the value is there."""
        if other is None or text_of(other) in CALLED_NOTHING:
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
        if operator not in COMPARISONS:
            return holds and self._is_named(condition)
        are_equal = (operator in EQUAL) is holds
        is_strict = operator in STRICT
        for side, other in ((left, right), (right, left)):
            asked = _asked_for_type(side)
            if asked is not None and self._is_itself(asked) and text_of(other)[1:-1] == "object" and are_equal:
                return False  # null is one as well
            if side is not None and self.is_reached(asked or side):
                return (
                    self.is_same(other)
                    if are_equal
                    else self._excludes_null(asked or side, text_of(other), is_strict=is_strict)
                )
        return False

    def _excludes_null(self, side: Node, other: str, *, is_strict: bool) -> bool:
        """Whether the value is not null where an expression is not the same as something.

        To be no `undefined` is not to be no null; but what reads on from null by `?.` is undefined.
        """
        if other not in CALLED_NOTHING or not is_strict:
            return other in CALLED_NOTHING
        return (other == "null") is self._is_itself(side)

    def is_reached(self, side: Node) -> bool:
        """Whether an expression is the value, or reads on from it only where it is there."""
        text = text_of(side)
        head, *rest = re.split(r"\?\.(?=[\w$\[(#]*)", text) if "?." in text else (text,)
        heads = [head]
        for step in rest:
            whole, names = heads[-1], step.split(".")  # of `a?.b.c` nothing is left where `a.b` is not there
            heads += [".".join((whole, *names[: index + 1])) for index in range(len(names))]
        return any(self.value in {plain(each), _said_to_be(each)} for each in heads)

    def _is_itself(self, side: Node) -> bool:
        return plain(text_of(side)) == self.value

    def _is_named(self, condition: Node) -> bool:
        """Whether a condition that is not understood has to do with the value."""
        text = re.sub(r"[?!]\.", ".", text_of(condition).replace(f"{self.value}?.", ""))
        name = rf"(?<![\w$.]){re.escape(self.value)}(?![\w$])(?!!?[.\[])"
        return self.value in text and re.search(name, text) is not None


def _asked_for_type(side: Node | None) -> Node | None:
    """What `typeof value` asks about."""
    is_asked = side is not None and text_of(side.child_by_field_name("operator")) == "typeof"
    return side.child_by_field_name("argument") if side is not None and is_asked else None


def _said_to_be(head: str) -> str:
    """What `(book.author as Writer)` says to be of a type, in its plain form; empty for anything else."""
    cast = _CAST.fullmatch(head) if head.startswith("(") else None
    return plain(cast["value"]) if cast is not None else ""


def is_constant(binding: Node) -> bool:
    """Whether a declaration says `const`."""
    statement = binding.parent if binding.type == "variable_declarator" else None
    return statement is not None and text_of(statement.child_by_field_name("kind")) == "const"


def plain(chain: str) -> str:
    """A property chain without what only says how it is read."""
    named = _BEFORE_INDEX.sub("", _BY_NAME.sub(r".\2", chain)) if "[" in chain else chain
    return re.sub(r"[?!]\.", ".", named).removesuffix("!")


def is_assertion(node: Node) -> bool:
    """Whether an expression is a call like `assert(condition)` or `invariant(condition, "why")`."""
    return node.type == "call_expression" and _ASSERTS.match(callee(node)[1]) is not None
