"""What can be proposed for a new foreign key, and how a literal says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.backfilled import backfilled_values, connected_key, may_be_null
from prisma_decouple.typescript.edits.names_at_hand import are_at_hand
from prisma_decouple.typescript.source.literals import (
    Given,
    add_property,
    comes_from_parameter,
    given_by,
    properties,
)
from prisma_decouple.typescript.source.scopes import find_binding
from prisma_decouple.typescript.source.syntax import children_of, descendants, last_name, text_of, unwrapped
from prisma_decouple.typescript.source.who_asks import gives_who_asks
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.properties import has_loaded
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation, RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.source.text import Edit

_DOES = frozenset(
    {"assignment_expression", "await_expression", "call_expression", "new_expression", "update_expression"}
)


def sibling_key(facts: SchemaFacts, given: Given, relation: RequiredRelation) -> str:
    """The foreign key of the same model that a literal gives, and beside which the new one belongs."""
    return next((key for key in facts.neighbours_of(relation.model) if key in given.values), "")


def how_to_come_by(relation: RequiredRelation) -> str:
    """What to do where nothing tells a value."""
    if not relation.target:
        return f"Say what its `{relation.field}` is."
    return f"Find the {relation.target} first and give its key."


def key_values(relation: RequiredRelation) -> list[str]:
    """The keys of a record of the target that is called like the relation."""
    return [f"{relation.field}.{reference}" for reference in relation.references]


def is_made_of_parameters(facts: SchemaFacts, given: Given, relation: RequiredRelation) -> bool:
    """Whether a function's callers decide what the record belongs to; the neighbouring foreign key says it best."""
    if sibling := sibling_key(facts, given, relation):
        return comes_from_parameter(given.values[sibling])
    return any(map(comes_from_parameter, [*given.values.values(), *given.opaque]))


def known_values(
    file: FileContext, literal: Node, relation: RequiredRelation, siblings: Mapping[str, Node] | None = None
) -> list[str] | None:
    """Expressions for the foreign keys that can be used at a literal.

    Args:
        file: the file.
        literal: the literal, or the call whose arguments are handed over one by one.
        relation: the relation.
        siblings: what is handed over besides, by name; left out, what the literal has.

    Returns:
        Variables of the keys' own names; else what the migration takes, where the record is at hand of which it takes
        it; else, where the literal names a record of the relation that became optional,
        or one that has both as well, that record's own keys to the same target, as the backfill takes them; None when
        there is neither.
    """
    values = siblings if siblings is not None else given_by(literal).values
    if are_at_hand(file, literal, relation) and not _is_of_another(literal, values, relation):
        return list(relation.foreign_keys)
    if (backfilled := backfilled_values(file, literal, values, relation)) is not None:
        return backfilled
    for record, model in _related_records(file, values, relation):
        successor = file.facts.relation_of(model, relation.field)
        if successor is None or successor.target != relation.target or not successor.foreign_keys:
            continue
        if any(may_be_null(file.facts, model, key) for key in successor.foreign_keys):
            continue
        if may_be_repeated(record) and all(may_be_read(file, record, key) for key in successor.foreign_keys):
            return [f"{text_of(record)}.{key}" for key in successor.foreign_keys]
    return None


def _is_of_another(literal: Node, values: Mapping[str, Node], relation: RequiredRelation) -> bool:
    """Whether a variable that is called like a key is the key of somebody else.

    It is given under another name beside, `{ issuedById: userId }`, or tells who asks, where the migration takes the
    key from what the record belongs to.
    """
    keys = set(relation.foreign_keys)
    is_given = any(text_of(value) in keys for name, value in values.items() if name not in keys)
    is_along = relation.backfill is not None and bool(relation.backfill.relations)
    bound = (find_binding(literal, key) for key in keys)
    return is_given or (is_along and any(each is not None and gives_who_asks(each) for each in bound))


def _related_records(
    file: FileContext, values: Mapping[str, Node], relation: RequiredRelation
) -> Iterator[tuple[Node, str]]:
    """Records whose keys are given, `author` of `authorId: author.id`, where their model is known."""
    for optional in file.facts.optional_of(relation.model):
        for value in (values.get(optional.foreign_keys[0]), connected_key(values.get(optional.field))):
            node = unwrapped(value) if value is not None else None
            owner = node.child_by_field_name("object") if node is not None else None
            if node is None or owner is None or node.child_by_field_name("optional_chain") is not None:
                continue
            is_own = last_name(node) in optional.foreign_keys
            if not is_own and (holder := _holder_of_absent(file, owner)) is not None:
                owner, is_own = holder, True  # not `book.author.townId` but `book.townId`
            guess, found = file.inference.model_of(owner), file.types.of(owner)
            if found is not None and found.became_null and found.is_nullable and not is_narrowed(file, owner):
                continue
            if guess is None or not guess.is_certain or (found is not None and found.is_mixed):
                continue
            leads_there = is_own and _brings_both(file.facts, guess.model, optional)
            if guess.model == optional.target or leads_there:
                yield owner, guess.model


def _holder_of_absent(file: FileContext, owner: Node) -> Node | None:
    """The record of which an expression is the related one that may be absent now."""
    found = file.types.of(owner)
    if found is None or found.became_null is None or not found.is_nullable or is_narrowed(file, owner):
        return None
    return owner.child_by_field_name("object")


def _brings_both(facts: SchemaFacts, model: str, optional: OptionalRelation) -> bool:
    """Whether records of a model have the same optional relation, so that their new one is as good."""
    found = (each for each in facts.optional_of(model) if each.target == optional.target)
    return any(each.foreign_keys == optional.foreign_keys for each in found)


def may_be_read(file: FileContext, record: Node, key: str) -> bool:
    """Whether a record, or what stands for one, has a key for all that is known of it."""
    found = file.types.of(record)
    if found is None:
        return True
    if found.what is What.RECORD:
        return has_loaded(found, [key])
    return file.types.property(found, key) is not None


def may_be_repeated(expression: Node) -> bool:
    """Whether an expression may be written once more: what it calls would be done twice."""
    return not any(next(descendants(expression, kind), None) for kind in _DOES) and expression.type not in _DOES


def added_to_call(file: FileContext, literal: Node, relation: RequiredRelation, values: Sequence[str]) -> list[Edit]:
    """The edits that add foreign keys to an argument, next to the one that became optional."""
    text = _as_keys(relation, values)
    anchor = sibling_key(file.facts, given_by(literal), relation) or _before_open(file, literal)
    return add_property(file.source, literal, anchor, text)


def _before_open(file: FileContext, literal: Node) -> str:
    """The last property before what is spread at the end of a literal, and may have anything in place of others."""
    spread = next(iter(children_of(literal)[::-1]), None)
    found = file.types.of(spread.named_children[-1]) if spread is not None and spread.type == "spread_element" else None
    is_open = found is not None and found.what is What.MAP
    return next((name for name, _ in list(properties(literal))[::-1]), "") if is_open else ""


def added_to_data(file: FileContext, data: Node, relation: RequiredRelation, values: Sequence[str]) -> list[Edit]:
    """The edits that add a relation to a create's data: as Prisma demands, by `connect` where others do."""
    given = given_by(data)
    connected = [
        each.name
        for each in file.facts.relations
        if each.model == relation.model and each.foreign_keys and each.name in given.values
    ]
    wanted = expected(file, data)
    is_checked = wanted is not None and wanted.is_checked
    if not relation.target or not (connected or is_checked):
        return added_to_call(file, data, relation, values)
    keys = ", ".join(f"{key}: {value}" for key, value in zip(relation.references, values, strict=True))
    fields = [optional.field for optional in file.facts.optional_of(relation.model) if optional.field in connected]
    anchor = next(iter([*fields, *connected]), "")
    return add_property(file.source, data, anchor, f"{relation.field}: {{ connect: {{ {keys} }} }}")


def _as_keys(relation: RequiredRelation, values: Sequence[str]) -> str:
    pairs = zip(relation.foreign_keys, values, strict=True)
    return ", ".join(key if key == value else f"{key}: {value}" for key, value in pairs)
