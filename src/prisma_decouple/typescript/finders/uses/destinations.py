"""Where a value gets to that is put together bit by bit: by variables, lists and functions, and out of a schema.

The filter in `const filters = []; filters.push({ authorId }); findMany({ where: { AND: filters } })`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import spreads_in
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import binding_of, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    READS,
    VALUE_NAMES,
    call_arguments,
    callee,
    function_at,
    key_of,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import ADDS
from prisma_decouple.typescript.types.places.carried import calls_of
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.selections import is_only_selected_by
from prisma_decouple.typescript.types.places.uses import reads_of
from prisma_decouple.typescript.types.prisma.forwarded import wanted_by_query
from prisma_decouple.typescript.types.prisma.queries import TRANSPARENT
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.types.typed import Type

_FIELDS = frozenset({What.FILTER, What.INPUT, What.UPDATE})
_AROUND = frozenset({"array", "as_expression", "await_expression", "parenthesized_expression", "spread_element"})
_CHOICES = frozenset({"binary_expression", "ternary_expression"})
_WHOLE = frozenset({*READS, *VALUE_NAMES})
_DATA_NAMES = frozenset({"create", "data", "update"})
_DEPTH = 8
_ASKS = frozenset({"binary_expression", "if_statement", "template_substitution", "unary_expression"})


def goes_elsewhere(schema: Place, name: str) -> bool:
    """Whether the values of a schema's member only look for records, or become fields that did not change.

    Args:
        schema: the schema of the member.
        name: the member.
    """
    uses = reads_of(schema.file.project, name).get(schema.node.id, [])
    if not all(_is_of_another(use.file, use.node) for use in uses):
        return False
    project, path = schema.file.project, schema.file.source.path
    files = [project.files[each] for each in sorted({path, *project.users_of(path)}) if each in project.files]
    wholes = [(file, each) for file in files for each in _data_in(file) if _brings(file, each[0], schema, name)]
    if not wholes:
        return bool(uses)
    given = [
        (file, each) for file in files for call in file.source.nodes("call_expression") for each in call_arguments(call)
    ]
    is_handed_on = any(each.type in _WHOLE and _brings(file, each, schema, name) for file, each in given)
    return not is_handed_on and all(_is_data_of_another(file, place, name) for file, (_, place) in wholes)


def _data_in(file: FileContext) -> Iterator[tuple[Node, Node]]:
    """What becomes the data of records as a whole, `{ ...input }` or `data: input`, each with the data."""
    for pair in file.source.nodes(*PROPERTIES):
        value = pair.child_by_field_name("value") or pair if key_of(pair) in _DATA_NAMES else None
        if value is not None and value.type == "object":
            yield from ((each.named_children[-1], value) for each in spreads_in(value))
        elif value is not None and value.type in _WHOLE:
            yield value, value


def _brings(file: FileContext, whole: Node, schema: Place, name: str) -> bool:
    """Whether a value has a member that a schema has let through."""
    found = file.types.of(whole)
    member = file.types.property(found, name) if found is not None and found.what is What.BOX else None
    return member is not None and member.said_by is not None and member.said_by.node.id == schema.node.id


def _is_data_of_another(file: FileContext, data: Node, name: str) -> bool:
    """Whether data is that of a model in which a field of that name is as it was."""
    wanted = expected(file, data)
    return wanted is not None and wanted.what in _FIELDS and file.facts.nullability(wanted.model, name) is None


def _is_of_another(file: FileContext, value: Node, depth: int = _DEPTH) -> bool:
    """Whether a value goes into a filter, or into a field that did not become optional.

    A condition, a text, or a function that looks for records with it says nothing of the record it comes from either.
    """
    holder = value.parent
    pair = value if value.type == "shorthand_property_identifier" else holder
    if holder is not None and holder.type == "variable_declarator" and holder.child_by_field_name("value") == value:
        uses = list(uses_of_variable(holder)) if depth else []
        return bool(uses) and all(_is_of_another(file, each, depth - 1) for each in uses)
    if holder is None or pair is None or pair.type not in PROPERTIES:
        is_handed = holder is not None and holder.type == "arguments"
        return _is_only_looked_for(file, value) if is_handed else holder is not None and holder.type in _ASKS
    wanted = next(wanted_later(file, pair.parent), None) if pair.parent is not None else None
    if wanted is None or wanted.what not in _FIELDS:
        return False
    return wanted.what is What.FILTER or file.facts.nullability(wanted.model, key_of(pair)) is None


def _is_only_looked_for(file: FileContext, argument: Node) -> bool:
    """Whether a function that takes a value only looks for records with it, or is not one of the code base."""
    wanted = expected(file, argument)
    written = wanted.place if wanted is not None else None
    member = written.node.parent.parent if written is not None and written.node.parent is not None else None
    return written is None or (member is not None and is_only_selected_by(written, text_of(pattern_of(member))))


def is_made_there(wanted: Type) -> bool:
    """Whether a place says nothing of what it takes: it takes any value, or its type is a literal's, `filters = []`."""
    return wanted.what is What.VALUE or wanted.literal is not None


def wanted_later(file: FileContext, value: Node, depth: int = _DEPTH) -> Iterator[Type]:
    """What the places want where a value arrives by way of variables, lists, conditions and results of functions.

    Args:
        file: the file.
        value: the value.
        depth: how far it is followed.
    """
    wanted, outer = wanted_by_query(file, value) or expected(file, value), value.parent
    if wanted is not None and not is_made_there(wanted):
        yield wanted
    elif outer is None or not depth:
        return
    elif outer.type in _AROUND | _CHOICES or _is_same(outer, value):
        yield from wanted_later(file, outer, depth - 1)
    elif outer.type == "arguments":
        yield from _wanted_of_list(file, outer.parent, depth - 1)
    elif outer.type == "variable_declarator":
        yield from _wanted_of_variable(file, outer, depth - 1)
    elif outer.type == "return_statement" or (outer.type == "arrow_function" and value != outer.named_children[0]):
        function = function_at(outer)
        for call in calls_of(file, function) if function is not None else ():
            yield from wanted_later(call.file, call.node, depth - 1)


def _is_same(outer: Node, value: Node) -> bool:
    """Whether what is around a value is about the same: `{ AND: [value] }`, `{ ...value }`."""
    if outer.type == "pair":
        return key_of(outer) in TRANSPARENT
    return outer.type == "object" and (value.type == "spread_element" or key_of(value) in TRANSPARENT)


def _wanted_of_variable(file: FileContext, declarator: Node, depth: int) -> Iterator[Type]:
    for use in uses_of_variable(declarator):
        yield from wanted_later(file, use, depth)


def _wanted_of_list(file: FileContext, call: Node | None, depth: int) -> Iterator[Type]:
    """What is wanted of a list to which something is added: `conditions.push({ ... })`."""
    receiver, method = callee(call) if call is not None and call.type == "call_expression" else (None, "")
    binding = binding_of(receiver) if method in ADDS else None
    if binding is not None and binding.type == "variable_declarator":
        yield from _wanted_of_variable(file, binding, depth)
