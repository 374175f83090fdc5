"""Statements that find a record the way the rule file says, put in front of the statement that needs its key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.typescript.context import Inserted
from prisma_decouple.typescript.edits.insertions import (
    free_name,
    inserted_above,
    scope_of,
    start_of,
    statement_before,
)
from prisma_decouple.typescript.edits.lookup_calls import always_finds, can_be_given, imports_of_calls
from prisma_decouple.typescript.source.layout import broken_call, unit_of
from prisma_decouple.typescript.source.patterns import path_to
from prisma_decouple.typescript.source.scopes import find_binding, visible_bindings
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    descendants,
    is_function,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.text import Edit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from prisma_decouple.rules.code import Lookup
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.imports import Import

_PARSED = re.compile(r"\bparsed\.(\w+)")


@dataclass(frozen=True)
class Found:
    """A record that inserted statements find.

    Attributes:
        variable: what they call it.
        edits: the statements.
        imports: what they need.
    """

    variable: str
    edits: tuple[Edit, ...]
    imports: tuple[Import, ...]


def find_by_input(file: FileContext, node: Node, lookup: Lookup, field: str) -> Found | None:
    """Find a record from what the code around a node has in hand, as `parse` and `find` of the rule file say.

    Args:
        file: the file.
        node: where the record's key is needed.
        lookup: how records of the model are found.
        field: what to call the record.

    Returns:
        The record; None when there is no place for the statements, no input, or a name that cannot be resolved.
    """
    if lookup.find is None:
        return None
    statement = statement_before(file.source, node)
    taken = _Input.at(file, node, statement, lookup) if statement is not None else None
    if statement is None or taken is None:
        return None
    error = _error(lookup, field, {lookup.input or "": taken.text})
    return _inserted(file, node, statement, field, taken.filled(lookup.find), error, taken)


def find_by_key(file: FileContext, node: Node, lookup: Lookup, field: str, keys: Mapping[str, str]) -> Found | None:
    """As `find_by_input`, for a record whose keys are in hand; `keys` gives each as an expression."""
    if lookup.get is None:
        return None
    statement = statement_before(file.source, node)
    if statement is None:
        return None
    return _inserted(file, node, statement, field, _filled(lookup.get, keys), _error(lookup, field, keys), None)


def _error(lookup: Lookup, field: str, given: Mapping[str, str]) -> str:
    """What is thrown when there is no record; `given` has what was in hand by the names that the rule file uses."""
    text = ", ".join(each for each in given.values() if each)
    if lookup.error is None or lookup.error == "Error":
        return f"new Error(`No {field} for ${{{text}}}`)" if text else f'new Error("No {field}")'
    return _filled(lookup.error, given) if "(" in lookup.error else f"new {lookup.error}({text})"


def _filled(expression: str, given: Mapping[str, str]) -> str:
    """An expression with what is in hand in place of the names that the rule file uses."""
    for name, value in given.items():
        expression = value.join(re.split(rf"(?<![\w$.]){re.escape(name)}(?![\w$])", expression))
    return expression


@dataclass(frozen=True)
class _Input:
    """The input of a lookup where it is needed.

    Attributes:
        text: the input.
        parts: what it was taken apart into, by property; empty when `variable` has them.
        variable: what the result of taking it apart is called.
        statements: what takes it apart.
        parse: the expression that does.
        above: the statements that do so already, of those that are to be put in.
    """

    text: str
    parts: Mapping[str, str]
    variable: str
    statements: tuple[str, ...] = ()
    parse: str = ""
    above: Inserted | None = None

    def filled(self, template: str) -> str:
        """An expression with the input's own names in place of `parsed.`."""
        return _PARSED.sub(lambda found: self.parts.get(found[1]) or f"{self.variable}.{found[1]}", template)

    @classmethod
    def at(cls, file: FileContext, node: Node, statement: Node, lookup: Lookup) -> _Input | None:
        """What is in hand at a node: the input taken apart already, or the input itself."""
        wanted = set(_PARSED.findall(lookup.find or ""))
        apart = (_taken_apart(binding, name, lookup, wanted) for name, binding in visible_bindings(node))
        found = [each for each in apart if each is not None]
        same = next((each for each in found if each.text == lookup.input), None) or _assigned_parts(
            node, lookup, wanted
        )
        if same is not None:
            return same
        if lookup.input is None or find_binding(node, lookup.input) is None:
            is_nothing = lookup.input is None and not wanted
            return next(iter(found), None) or (cls("", {}, "") if is_nothing else None)
        if lookup.parse is None:
            return cls(lookup.input, {}, "") if not wanted else None
        return cls._to_take_apart(file, node, statement, lookup.input, lookup.parse)

    @classmethod
    def _to_take_apart(cls, file: FileContext, node: Node, statement: Node, given: str, parse: str) -> _Input | None:
        """The input, with what takes it apart, unless a statement does that already that is to be put in above."""
        known = next(inserted_above(file, statement, parse), None)
        if known is not None:
            return cls(given, {}, known[0], above=known[1])
        variable = free_name(file, statement, node, ("parsed", f"parsed{given.capitalize()}"))
        if not variable or not can_be_given(file, node, parse, given):
            return None
        return cls(given, {}, variable, (f"const {variable} = {parse};",), parse)


def _taken_apart(binding: Node, name: str, lookup: Lookup, wanted: set[str]) -> _Input | None:
    """A variable that holds what `parse` gives, or those that hold its parts."""
    call = _parse_call(binding.child_by_field_name("value"), lookup)
    path = path_to(binding, name)
    if call is None or path is None or not call_arguments(call):
        return None
    text = text_of(call_arguments(call)[0])
    if not path:
        return _Input(text, {}, name)
    return _Input(text, {path[0]: name}, "") if wanted == {path[0]} and len(path) == 1 else None


def _assigned_parts(node: Node, lookup: Lookup, wanted: set[str]) -> _Input | None:
    """Variables declared around a node that are set from the result of `parse` in a block before it."""
    function = next((each for each in ancestors(node) if is_function(each) or each.type == "program"), None)
    if function is None or not wanted:
        return None
    visible = dict(visible_bindings(node))
    parts: dict[str, str] = {}
    text = ""
    for assignment in descendants(function, "assignment_expression"):
        left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
        if left is None or right is None or right.type != "member_expression" or node.start_byte < assignment.end_byte:
            continue
        owner, part = right.child_by_field_name("object"), text_of(right.child_by_field_name("property"))
        binding = find_binding(assignment, text_of(owner))
        call = _parse_call(binding.child_by_field_name("value"), lookup) if binding is not None else None
        if call is not None and call_arguments(call) and text_of(left) in visible:
            parts[part] = text_of(left)
            text = text_of(call_arguments(call)[0])
    return _Input(text, parts, "") if wanted <= parts.keys() else None


def _parse_call(value: Node | None, lookup: Lookup) -> Node | None:
    """The call, when a value is what the function of `parse` gives."""
    node = unwrapped(value) if value is not None else None
    if node is None or node.type != "call_expression" or lookup.parse is None:
        return None
    return node if text_of(node.child_by_field_name("function")) == lookup.parse.partition("(")[0] else None


def _inserted(
    file: FileContext, node: Node, statement: Node, field: str, call: str, error: str, taken: _Input | None
) -> Found | None:
    """The statements in front of the one that a node stands in."""
    known = next(inserted_above(file, statement, call), None)
    if known is not None:
        return Found(known[0], known[1].edits, known[1].imports)
    errors = [] if always_finds(file, node, call) else [error]
    statements = taken.statements if taken is not None else ()
    imports = imports_of_calls(file, node, [call, *errors, *statements], statements)
    variable = free_name(file, statement, node, (field, f"{field}Record"))
    if imports is None or not variable:
        return None
    unit, indentation = unit_of(file.source), file.source.indentation(statement)
    lines = [broken_call(file.source, each, indentation) for each in (*statements, f"const {variable} = await {call};")]
    for each in errors:
        lines += [f"if (!{variable}) {{", f"{unit}throw {each};", "}"]
    end = f"\n{indentation}"
    text = "".join(f"{line}{end}" for line in lines)
    if not file.source.has_semicolons:
        text = text.replace(";\n", "\n")
    start, above = start_of(statement), taken.above if taken is not None else None
    edits = (*(above.edits if above is not None else ()), Edit(start, start, text))
    imports = (*(above.imports if above is not None else ()), *imports)
    values = {variable: call, **({taken.variable: taken.parse} if taken is not None and taken.statements else {})}
    block = statement.parent or statement
    file.inserted.append(Inserted(block, scope_of(statement), start, values, edits, imports))
    return Found(variable, edits, imports)
