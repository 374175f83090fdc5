"""Literals that are data or records of a changed model by a written type, `const data: Prisma.BookCreateInput = …`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.creates.new_members import has_member
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.literals import (
    add_before,
    add_property,
    given_by,
    property_value,
    spreads_in,
    values_of,
)
from prisma_decouple.typescript.source.syntax import VALUE_NAMES, call_arguments, callee, unwrapped
from prisma_decouple.typescript.source.vocabulary import METHODS
from prisma_decouple.typescript.types.libraries.validators import OBJECT
from prisma_decouple.typescript.types.places.expectations import expected, place_of
from prisma_decouple.typescript.types.places.givers import comes_from_outside
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import NewField, RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.literals import Given


# What takes the value of an expression, besides a call.
_MANY = 2  # one may be called otherwise now
_UNTYPED = frozenset({"identifier", "member_expression"})
_HOLDERS = frozenset(
    {"array", "arrow_function", "assignment_expression", "object", "pair", "return_statement", "variable_declarator"}
)


def typed_data(file: FileContext) -> Iterator[tuple[Node, RequiredRelation]]:
    """The data of creates that goes through functions and variables of their types.

    Args:
        file: the file.

    Yields:
        What the data is made of, and the relation that it must give.
    """
    for node in _places(file):
        wanted = expected(file, node)
        if wanted is None or wanted.what not in {What.INPUT, What.ARGS}:
            continue
        needed = file.facts.needed_of(wanted.model)
        for relation in (each for each in needed if wanted.has(each.field) or all(map(wanted.has, each.foreign_keys))):
            for value in _literals(file, node, wanted):
                yield value, relation


def typed_records(file: FileContext) -> Iterator[tuple[Node, list[NewField]]]:
    """The literals that are typed as whole records, with the new fields that they must have."""
    for literal in _whole_literals(file):
        wanted = expected(file, literal)
        if wanted is None or wanted.what not in {What.RECORD, What.FIELDS} or wanted.is_partial:
            continue
        new = [field for field in file.facts.new_of(wanted.model) if wanted.has(field.field)]
        if wanted.what is What.FIELDS:
            new = [replace(field, is_nullable=False) for field in new]  # it has something for each of them
        if new and not _is_something_else(file, literal, wanted):
            yield literal, new


def _is_something_else(file: FileContext, literal: Node, wanted: Type) -> bool:
    """Whether a literal lacks much that a record always had: then the compiler took it for what was chosen of one."""
    given = given_by(literal)
    if wanted.what is not What.RECORD or given.opaque or next(iter(spreads_in(literal)), None) is not None:
        return False
    new = {field.field for field in file.facts.new_of(wanted.model)}
    columns = (each.name for each in file.facts.columns if each.model == wanted.model)
    lacking = (name for name in columns if name not in new and name not in given.values and wanted.has(name))
    return sum(1 for _ in lacking) >= _MANY


def _places(file: FileContext) -> Iterator[Node]:
    """The arguments of calls that are no queries, what is given elsewhere by name or made by a call, and every literal.

    A literal that is only a part of another one is left to that.
    """
    for call in file.source.nodes("call_expression"):
        receiver, method = callee(call)
        if method not in METHODS or receiver is None or file.delegates.model_of(receiver) is None:
            yield from call_arguments(call)
    for node in file.source.nodes("call_expression", *VALUE_NAMES):
        if node.parent is not None and node.parent.type in _HOLDERS:
            yield node
    yield from _whole_literals(file)


def _whole_literals(file: FileContext) -> Iterator[Node]:
    """The literals but those that are spread into another one, which has what they lack."""
    for literal in file.source.nodes("object"):
        holder, _ = place_of(literal)
        if holder is None or holder.type != "spread_element":
            yield literal


def _is_written(file: FileContext, value: Node) -> bool:
    """Whether a value has a type of the code base, which says what it has."""
    found = file.types.of(value)
    return found is not None and found.what in {What.CLASS, What.SHAPE} and found.place is not None


def _is_let_through(file: FileContext, value: Node) -> bool:
    """Whether a value is what a schema has let through, which says what it has: `schema.parse(body)`."""
    found = file.types.of(value)
    return found is not None and found.what is What.BOX and found.field == OBJECT and not found.is_list


def _is_untyped(file: FileContext, node: Node) -> bool:
    """Whether an argument comes from elsewhere and has no type, so that no compiler asks what is in it."""
    value, outer = unwrapped(node), node.parent
    is_given = outer is not None and outer.type == "arguments" and value.type in _UNTYPED
    return is_given and file.types.of(value) is None and comes_from_outside(value)


def _literals(file: FileContext, node: Node, wanted: Type) -> Iterator[Node]:
    """The literals that an expression stands for; what else it may be has a type of its own, or none at all."""
    if wanted.what is What.INPUT and _is_untyped(file, node):
        yield node
        return
    for value in values_of(node):
        if value.type != "object":
            is_itself = value == unwrapped(node)
            is_told = is_itself and value.type == "call_expression" and _is_let_through(file, value)
            is_whole = is_itself or value.type == "call_expression"
            if wanted.what is What.INPUT and (is_told or (is_whole and _is_written(file, value))):
                yield value
            continue
        if wanted.what is What.INPUT:
            yield value
            continue
        data = property_value(value, "data") or property_value(value, "create")
        values = values_of(data) if data is not None else given_by(value).opaque
        yield from (each for each in values if each.type == "object")


def check_typed_records(file: FileContext) -> None:
    """Look at the literals that are written out as whole records, in tests and the like."""
    for literal, new in typed_records(file):
        given = given_by(literal)
        missing = [field for field in new if not _has_field(file, literal, given, field)]
        if not missing:
            file.fine()
            continue
        model, keys = new[0].model, name_list([field.field for field in missing])
        why = f"{with_article(model, 'A')} has {keys} now, and this one is written without."
        if _is_filled(file, missing):
            why += " It may be null, but those that are there get it from the migration: give it as well."
            file.hint(literal, Kind.CREATE, Confidence.CERTAIN, why)
            continue
        if all(field.is_nullable for field in missing):
            text = ", ".join(f"{field.field}: null" for field in missing)
            partial = _partial_spread(file, literal, model)
            edits = [add_before(file.source, partial, text)] if partial is not None else None
            edits = edits or add_property(file.source, literal, "", text)
            file.hint(literal, Kind.CREATE, Confidence.CERTAIN, f"{why} It may be null.", edits)
            continue
        file.hint(literal, Kind.CREATE, Confidence.CERTAIN, f"{why} Give it one that fits the rest.")


def _is_filled(file: FileContext, missing: Iterable[NewField]) -> bool:
    """Whether the migration gives old records what new ones may lack: null is a decision then, but in a test."""
    names = {(each.model, each.field) for each in missing}
    filled = (each for each in file.facts.added if each.is_filled and not is_test(file.source.path))
    return any((each.model, key) in names for each in filled for key in each.foreign_keys)


def _partial_spread(file: FileContext, literal: Node, model: str) -> Node | None:
    """What is spread into a literal and may have any field of a record, which counts then."""
    for spread in spreads_in(literal):
        found = file.types.of(spread.named_children[-1])
        if found is not None and found.what is What.RECORD and found.model == model and found.is_partial:
            return spread
    return None


def _has_field(file: FileContext, literal: Node, given: Given, field: NewField) -> bool:
    """Whether a literal has a field, or may have it from what is spread into it."""
    if field.field in given.values:
        return True
    spreads = [child.named_children[-1] for child in spreads_in(literal)]
    return any(_type_has(file.types.of(each), field) for each in spreads) or any(
        _type_has(file.types.of(each), field) is not False for each in given.opaque
    )


def _type_has(found: Type | None, field: NewField) -> bool | None:
    """Whether a type has a new field; None when that cannot be told."""
    if found is None or found.what not in {What.RECORD, What.SHAPE, What.CLASS}:
        return None
    if found.what is What.RECORD:
        return found.model == field.model and found.has(field.field) and not found.is_partial
    return found.place is not None and has_member(found.place, field.field)
