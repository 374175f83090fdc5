"""Stand-ins for none that a test gives to something to prove that it refuses them, or that it only keeps itself.

`expect(validate({ authorId: "" })).toBe(false)` says nothing of a record without an author.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.scopes import binding_of, uses_in, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    call_given,
    callee,
    descendants,
    is_function,
    last_name,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_EXPECT = "expect"
_STATEMENTS = frozenset({"expression_statement", "return_statement", "variable_declarator"})
_THROWS = re.compile(r"toThrow\w*|throws?|thrown|rejects?|rejected(?:With)?|toBeFalsy")
_EQUALS = frozenset({"assert", "eq", "equal", "equals", "expect", "is", "strictEqual", "toBe", "toEqual"})
_EQUALS_ALL = frozenset({"deepEqual", "deepStrictEqual", "toEqual", "toMatchObject", "toStrictEqual"})
_REFUSED = re.compile(r"[45]\d\d|false")
_MISTAKES = re.compile(r"(?:error|issue|mistake|problem|violation)s?|message|fieldErrors", re.IGNORECASE)
_PASSES = re.compile(r"(?:is)?(?:allowed|ok|success|successful|valid)|can[A-Z]\w*", re.IGNORECASE)
_NO_MISTAKE = frozenset({"toBeFalsy", "toBeNull", "toBeUndefined", "toHaveLength"})


def is_refused_in_test(file: FileContext, node: Node) -> bool:
    """Whether a test proves that something refuses a value, or keeps it only to ask for it itself.

    Args:
        file: the file.
        node: what has the value: a property, a variable or an assignment.
    """
    if not is_test(file.source.path):
        return False
    if node.type in {"assignment_expression", "variable_declarator"}:
        return _is_only_expected(node)
    statement = next((each for each in _outside(node) if each.type in _STATEMENTS), None)
    if statement is None or statement.type != "variable_declarator":
        return statement is not None and _refuses(statement)
    return any(_refuses(each) for use in _uses(statement) for each in _outside(use) if each.type in _STATEMENTS)


def _uses(declarator: Node) -> Iterator[Node]:
    """Where a variable is used, or what is taken out of what it is given: `const { error } = validate(book)`."""
    yield from uses_of_variable(declarator)
    block = declarator.parent.parent if declarator.parent is not None else None
    for taken in descendants(declarator, "shorthand_property_identifier_pattern") if block is not None else ():
        yield from (use for use in uses_in(block or taken, text_of(taken), declarator) if use != taken)


def _outside(node: Node) -> Iterator[Node]:
    """What is around a place in a test, and around the function there that `expect` is given to call."""
    for outer in ancestors(node):
        if is_function(outer) and call_given(outer) is None:
            return
        yield outer
        if outer.type in _STATEMENTS and not _is_called_later(outer):
            return


def _is_called_later(statement: Node) -> bool:
    """Whether a statement stands in a function that is only given to what calls it: `expect(() => check(book))`."""
    function = next((each for each in ancestors(statement) if is_function(each)), None)
    call = call_given(function) if function is not None else None
    return call is not None and (callee(call)[1] == _EXPECT or _THROWS.fullmatch(callee(call)[1]) is not None)


def _refuses(statement: Node) -> bool:
    """Whether a statement of a test expects that something is refused."""
    calls = list(descendants(statement, "call_expression"))
    reads = list(descendants(statement, "member_expression"))
    if any(last_name(each) == "not" for each in reads):
        return False
    return any(map(_is_refusal, calls)) or any(last_name(each) == "rejects" for each in reads)


def _is_refusal(call: Node) -> bool:
    receiver, method = callee(call)
    given = call_arguments(call)
    if _THROWS.fullmatch(method):
        return True
    if method in _EQUALS and any(_REFUSED.fullmatch(text_of(each)) for each in given):
        return True
    if method in _EQUALS_ALL and any(_says_refused(each) for each in given):
        return True
    asked = call_arguments(receiver) if receiver is not None and callee(receiver)[1] == _EXPECT else []
    return method not in _NO_MISTAKE and any(_MISTAKES.fullmatch(last_name(each)) for each in asked)


def _says_refused(literal: Node) -> bool:
    """Whether an answer is expected that says that something is no good: `{ isValid: false, errors: ["none"] }`."""
    return any(_PASSES.fullmatch(name) and text_of(value) == "false" for name, value in properties(literal))


def _is_only_expected(node: Node) -> bool:
    """Whether a variable of a test is only set, and expected to be what it was set to."""
    target = node.child_by_field_name("left")
    binding = binding_of(target) if target is not None else node
    if binding is None or binding.type != "variable_declarator" or not any(map(is_function, ancestors(binding))):
        return False
    uses = [use for use in uses_of_variable(binding) if use.parent is not None]
    expected = [use for use in uses if (call := call_given(use)) is not None and callee(call)[1] == _EXPECT]
    set_ = [use for use in uses if use == (use.parent or use).child_by_field_name("left")]
    return bool(expected) and len(expected) + len(set_) == len(uses)
