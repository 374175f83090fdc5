"""What demands a key: functions that refuse when it is missing, and other records that always have it.

`requiredText(body.authorId)`; and a contract that is made with the book, and has an author all the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.uses.missing_values import missing_in
from prisma_decouple.typescript.finders.uses.never_without import always_to, is_always_had
from prisma_decouple.typescript.source.addresses import is_of_path
from prisma_decouple.typescript.source.kept_literals import options_of, part_of, parts_given
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.outcomes import Outcome, outcome_of
from prisma_decouple.typescript.source.scopes import declared_value, given_later, held_by, parameters, uses_in
from prisma_decouple.typescript.source.syntax import (
    READS,
    VALUE_NAMES,
    ancestors,
    call_arguments,
    call_given,
    callee,
    children_of,
    descendants,
    first_name,
    is_inside,
    key_of,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import CREATES, ID, KEY_CONVERSIONS
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.uses import uses_that_refuse_null
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation, RelationField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place


_CALLS = 3
_OF_PROMISES = frozenset({"catch", "finally"})
_GOING_THROUGH = frozenset({"flatMap", "forEach", "map", "reduce"})
_SAME_TEXT = frozenset({"toLowerCase", "toString", "toUpperCase", "trim"})


def demanded_by(file: FileContext, value: Node) -> Node | None:
    """The call that gives a value, and throws when there is none.

    Args:
        file: the file.
        value: the value, or the variable that holds it.
    """
    call = unwrapped(held_by(unwrapped(value)) or value)
    given = call_arguments(call)[:1] if call.type == "call_expression" else []
    function = file.types.function_of(call) if given and not is_of_path(given[0]) else None
    if function is None or function.place is None or any(descendants(function.place.node, "await_expression")):
        return None  # what is looked up there is another question
    missing = missing_in(file, [text_of(given[0])])
    return call if outcome_of(call, missing) is Outcome.THROWS else None


def is_needed_beside(file: FileContext, maker: Node, value: Node, relation: OptionalRelation) -> bool:
    """Whether a record of another model, made in the same function, always belongs to the same one, or all is of it.

    One that is made under a condition of its own says nothing of the others. A value that is read of such a record
    is there as well.

    Args:
        file: the file.
        maker: the function.
        value: the record, or its key.
        relation: that may be absent, and leads to it.
    """
    if unwrapped(value).type == "call_expression":
        return False  # two that are written alike need not be the same
    texts = {text_of(value), *(f"{text_of(value)}.{each}" for each in relation.references)}
    if comes_out_of(file, maker, texts, relation):
        return True
    if any(is_always_had(file, each, relation) for each in (value, *looked_up_by(maker, value))):
        return True
    for call in descendants(maker, "call_expression"):
        receiver, method = callee(call)
        is_made = receiver is not None and method in CREATES and not is_made_at_times(call, value)
        model = file.delegates.model_of(receiver) if receiver is not None and is_made else None
        data = part_of(options_of(call), "data") if model is not None else None
        for each in always_to(file.facts, relation, model) if model is not None else ():
            given = (property_value(data, name) for name in each.foreign_keys) if data is not None else ()
            if any(text_of(unwrapped(key)) in texts for key in given if key is not None):
                return True
    return False


def is_made_at_times(call: Node, beside: Node) -> bool:
    """Whether a record is made under a condition of its own, `if (fee) { … }`.

    Args:
        call: that makes it.
        beside: the function, or a value in it, which the condition is not around as well.
    """
    conditions = (each for each in ancestors(call) if each.type == "if_statement")
    return any(not is_inside(each, beside) for each in conditions)


def is_needed_for_another(use: Place, name: str, depth: int = _CALLS) -> bool:
    """Whether a record of another model is made with a key, which cannot do without: so whoever calls has one.

    Args:
        use: of the key.
        name: of the key.
        depth: how many functions are followed that it is handed to.
    """
    file, call = use.file, call_given(use.node)
    holder = use.node if use.node.type == "shorthand_property_identifier" else use.node.parent
    owner = expected(file, holder.parent) if holder is not None and holder.parent is not None else None
    if owner is not None and owner.what is What.INPUT and holder is not None:
        column = file.facts.column_of(owner.model, key_of(holder))
        is_optional = file.facts.is_optional_key(owner.model, key_of(holder))
        return column is not None and not column.is_nullable and not is_optional
    function = file.types.function_of(call) if call is not None and depth else None
    if call is None or function is None or function.place is None or use.node not in call_arguments(call):
        return False
    taken = parameters(function.place.node)
    index = call_arguments(call).index(use.node)
    given = taken[index] if index < len(taken) else None
    is_same = given is not None and text_of(given.child_by_field_name("pattern")) == name
    there = function.place.file
    uses = uses_that_refuse_null(there, given, name) if given is not None and is_same else ()
    return any(is_needed_for_another(each, name, depth - 1) for each in uses)


def comes_out_of(file: FileContext, maker: Node, texts: Container[str], relation: OptionalRelation) -> bool:
    """Whether a function makes what it makes of what a related record has: its lists are gone through.

    Args:
        file: the file.
        maker: the function.
        texts: the record, or its key, as the function calls them.
        relation: that may be absent, and leads to it.
    """
    for held in _held_in(maker):
        is_meant = text_of(held.name) in texts or _is_found_by(held.value, texts)
        if is_meant and _is_of(file, held.name, relation.target):
            lists = {each.name for each in file.facts.relations if each.model == relation.target and _is_list(each)}
            uses = uses_in(maker, text_of(held.name), held.declarator)
            return any(_is_gone_through(each, lists) for each in uses)
    return False


def found_by(file: FileContext, function: Node, sources: Container[str], relation: OptionalRelation) -> frozenset[str]:
    """The variables that hold the related record, looked up by its key: not there is what has no such key.

    Args:
        file: the file.
        function: in which they are.
        sources: what the key is called there.
        relation: that may be absent, and leads to the record.
    """
    held = [each.name for each in _held_in(function) if _is_found_by(each.value, sources)]
    return frozenset(text_of(each) for each in held if _is_of(file, each, relation.target))


def looked_up_by(function: Node, key: Node) -> Iterator[Node]:
    """What a record was looked up by, whose key is taken: the `input.authorId` of `author.id`, or of `found.author.id`.

    Args:
        function: in which that is done.
        key: the key that is taken.
    """
    name = first_name(key)
    for call in (_call_of(each.value) for each in _held_in(function) if text_of(each.name) == name):
        for given in parts_given(call):
            yield from (each for kind in (*READS, *VALUE_NAMES) for each in descendants(given, kind))
            yield given


def keys_before(value: Node, function: Node, relations: Iterable[OptionalRelation]) -> list[Node]:
    """The keys by which a record is looked up whose own key is taken: `input.authorId`, before `author.id`.

    Args:
        value: the key that is taken.
        function: in which that is done.
        relations: which may be absent, and whose keys are meant.
    """
    keys = {key for each in relations for key in each.foreign_keys}
    asked = looked_up_by(function, unwrapped(value)) if last_name(unwrapped(value)) == ID else ()
    return [each for each in asked if last_name(each) in keys and not is_of_path(each)]


class _Held(NamedTuple):
    """A variable.

    Attributes:
        name: its name.
        value: what it holds, also when that is one of several that are awaited together.
        declarator: what declares it.
    """

    name: Node
    value: Node
    declarator: Node


def _held_in(function: Node) -> Iterator[_Held]:
    """The variables of a function: `author`, of `const [author, shelf] = await Promise.all([...])` as well."""
    for declarator in descendants(function, "variable_declarator"):
        name, value = (declarator.child_by_field_name(each) for each in ("name", "value"))
        if name is None:
            continue
        if value is None:
            yield from (_Held(name, each, declarator) for each in given_later(name))
            continue
        for each in children_of(name) if name.type == "array_pattern" else [name]:
            held = declared_value(declarator, text_of(each)) if each != name else value
            if held is not None:
                yield _Held(each, held, declarator)


def _is_of(file: FileContext, name: Node, model: str) -> bool:
    """Whether a variable holds one record of a model."""
    found = file.types.of(name) if name.type == "identifier" else None
    return found is not None and found.what is What.RECORD and found.model == model and not found.is_list


def _is_found_by(value: Node, texts: Container[str]) -> bool:
    """Whether a value is what a call gives back that is given one of some others."""
    call = _call_of(value)
    inner = (
        node
        for each in parts_given(call)
        for kind in (*READS, *VALUE_NAMES)
        for node in (each, *descendants(each, kind))
    )
    return any(text_of(each) in texts for each in inner)


def _call_of(value: Node) -> Node:
    """A value, or the call whose errors are caught: `find(…)` of `await find(…).catch(tell)`."""
    call = unwrapped(value)
    receiver, method = callee(call) if call.type == "call_expression" else (None, "")
    return _call_of(receiver) if receiver is not None and method in _OF_PROMISES else call


def _is_list(relation: RelationField) -> bool:
    return not (relation.foreign_keys or relation.is_single)


def _is_gone_through(record: Node, lists: Container[str]) -> bool:
    """`for (const book of author.books)`, `author.books.map(…)`: not to know whether there are any, but for each."""
    read = record.parent
    if read is None or read.type not in READS or last_name(read) not in lists:
        return False
    outer = read.parent
    if outer is not None and outer.type == "for_in_statement":
        return outer.child_by_field_name("right") == read
    return outer is not None and outer.type in READS and last_name(outer) in _GOING_THROUGH


def sources_of(value: Node, function: Node, references: Container[str]) -> frozenset[str]:
    """The variables or properties that a value is made of: `id` that is `raw.trim()`, and `raw`.

    Of `authorId: author.id` that is the author as well, by what records are referred to.

    Args:
        value: the value.
        function: in which it stands.
        references: by what records are referred to: `id`.
    """
    found = set[str]()
    inner: Node | None = value
    while inner is not None and text_of(inner) not in found:
        value, inner = unwrapped(inner), None
        found.add(text_of(value))
        if value.type == "binary_expression":
            inner = value.child_by_field_name("left")
        elif value.type == "ternary_expression":
            inner = value.child_by_field_name("consequence")
        elif value.type == "unary_expression":  # `+id`
            inner = value.child_by_field_name("argument")
        elif value.type == "call_expression":
            receiver, method = callee(value)
            is_made = text_of(value.child_by_field_name("function")) in KEY_CONVERSIONS
            inner = next(iter(call_arguments(value)), None) if is_made else receiver if method in _SAME_TEXT else None
        elif value.type in VALUE_NAMES:
            declared = held_by(value)
            is_read = declared is not None and declared.type in {"identifier", "member_expression"}
            inner = next(_assigned(value, function), declared if is_read else None)
        elif value.type == "member_expression" and last_name(value) in references:
            inner = value.child_by_field_name("object")
    return frozenset(found)


def _assigned(variable: Node, function: Node) -> Iterator[Node]:
    """The only text that a variable is given later: `id = raw.trim()`."""
    given = (each for each in descendants(function, "assignment_expression") if each.end_byte < variable.start_byte)
    values = [
        right
        for each in given
        if text_of(each.child_by_field_name("left")) == text_of(variable)
        and (right := each.child_by_field_name("right")) is not None
    ]
    if len(values) == 1 and callee(values[0])[1] in _SAME_TEXT:
        yield values[0]
