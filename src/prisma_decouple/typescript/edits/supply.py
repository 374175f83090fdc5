"""Where the value of a new foreign key comes from, at a create or at a call that leads to one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.backfilled import backfilled_values, connected_key, may_be_null
from prisma_decouple.typescript.edits.kept_keys import kept_key
from prisma_decouple.typescript.edits.lookups import Found, find_by_input, find_by_key
from prisma_decouple.typescript.edits.parents import find_parent
from prisma_decouple.typescript.edits.proposals import (
    how_to_come_by,
    is_made_of_parameters,
    key_values,
    known_values,
    sibling_key,
)
from prisma_decouple.typescript.edits.results_above import results_above, taken_out
from prisma_decouple.typescript.source.literals import comes_from_parameter, given_by, property_value
from prisma_decouple.typescript.source.patterns import path_to, pattern_of
from prisma_decouple.typescript.source.scopes import binding_of, find_binding, visible_bindings
from prisma_decouple.typescript.source.syntax import descendants, has_safe_read, text_of, unwrapped
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.slots import Slot, slot_for
from prisma_decouple.typescript.types.properties import has_loaded
from prisma_decouple.typescript.types.typed import Type, What, member_of
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.imports import Import
    from prisma_decouple.typescript.source.literals import Given
    from prisma_decouple.typescript.source.text import Edit

_NO_NAME = "*"
_CONVERSION = re.compile(r"(?:Number|parseInt)\([\w$.]+\)")
_PLAIN = frozenset({"identifier", "member_expression", "shorthand_property_identifier"})


@dataclass(frozen=True)
class Supply:
    """The values of a relation's foreign keys.

    Attributes:
        values: an expression for each.
        why: a sentence on them.
        edits: what has to be put in front.
        imports: what that needs.
        slot: how the function around is to take them, when they are its callers' to give.
        is_possible: whether the values can be used as they are, or only show what is meant.
        may_be_null: whether they are the right ones, and cannot be used for no other reason than that.
    """

    values: tuple[str, ...]
    why: str
    edits: tuple[Edit, ...] = ()
    imports: tuple[Import, ...] = ()
    slot: Slot | None = None
    is_possible: bool = True
    may_be_null: bool = False

    @property
    def is_known(self) -> bool:
        """Whether it is known whose values are meant, so that nobody else has to give them."""
        return self.is_possible or self.may_be_null


def supply_for_create(file: FileContext, data: Node, given: Given, relation: RequiredRelation) -> Supply | None:
    """The values at a create: at hand, else the callers' where they decide, else looked up."""
    at_hand = _at_hand(file, data, relation)
    if at_hand is not None:
        return at_hand
    if not relation.target:
        return None  # what a new field says is no more the callers' to know than the function's
    parent = find_parent(file, data, given.values, relation)
    if parent is not None:
        found, model = parent
        values = tuple(f"{found.variable}.{field}" for field in relation.backfill.fields) if relation.backfill else ()
        return Supply(values, f" The {model} is looked up first, by its key, for what it has.", found.edits)
    if (held := _held_by_parent(file, data, given.values, relation)) is not None:
        return held
    is_asked = not any(results_above(file, data, relation)) and is_made_of_parameters(file.facts, given, relation)
    if is_asked and (supply := _from_callers(file, given, relation)):
        return supply
    return _looked_up(file, data, {}, relation)


def supply_for_call(
    file: FileContext, place: Node, siblings: Mapping[str, Node], relation: RequiredRelation
) -> Supply | None:
    """The values at a call of a function that takes them: at hand, else looked up."""
    at_hand = _at_hand(file, place, relation, siblings) or _held_by_parent(file, place, siblings, relation)
    return at_hand or _looked_up(file, place, siblings, relation)


def _held_by_parent(
    file: FileContext, node: Node, siblings: Mapping[str, Node], relation: RequiredRelation
) -> Supply | None:
    """The keys of the record at hand from which the migration takes them, where they may be null."""
    values = backfilled_values(file, node, siblings, relation, lets_null_in=True)
    if values is None:
        return None
    why = f" {name_list(values)} is at hand, and may be null: say what becomes of it then."
    return Supply(tuple(values), why, is_possible=False, may_be_null=True)


def _at_hand(
    file: FileContext, node: Node, relation: RequiredRelation, siblings: Mapping[str, Node] | None = None
) -> Supply | None:
    values = known_values(file, node, relation, siblings) or _of_target(file, node, relation)
    if values is None:
        kept = kept_key(file, node, relation)
        found = _taken_besides(file, node, relation) or _given_above(file, node, relation)
        return found or (Supply((kept,), f" {name_list([kept])} is at hand.") if kept else None)
    return Supply(tuple(values), f" {name_list(values)} is at hand.")


def _taken_besides(file: FileContext, data: Node, relation: RequiredRelation) -> Supply | None:
    """The keys of a record that is taken apart already, for `({ id }) => ...({ data: { bookId: id } })`."""
    given = given_by(data)
    for optional in file.facts.optional_of(relation.model):
        key = given.values.get(optional.foreign_keys[0])
        binding = binding_of(key)
        pattern = pattern_of(binding) if binding is not None else None
        if binding is None or pattern is None or pattern.type != "object_pattern":
            continue
        path, owner = path_to(binding, text_of(key)), file.types.owner_of(binding, text_of(key))
        expected = (optional.target, [optional.references[0]])
        if owner is None or path is None or (owner.model, path) != expected or not _is_whole(owner):
            continue
        keys = _keys_to(file, owner.model, relation)
        edits = taken_out(file, data, pattern, keys) if keys else None
        if edits is not None:
            return Supply(keys, f" {name_list(keys)} can be taken out of the same {owner.model}.", edits)
    return None


def _given_above(file: FileContext, node: Node, relation: RequiredRelation) -> Supply | None:
    """The key out of what the only function gives that is called above and says it."""
    results = list(results_above(file, node, relation))
    if len(results) != 1 or not results[0].is_fit or not relation.target:
        return None
    result, key = results[0], relation.foreign_keys[0]
    if not result.is_taken_apart:
        value = result.value(key)
        return Supply((value,), f" {name_list([value])} is at hand.")
    edits = taken_out(file, node, result.pattern, [key])
    why = f" `{key}` can be taken out of what `{text_of(result.call)}` gives."
    return Supply((key,), why, edits) if edits is not None else None


def _keys_to(file: FileContext, model: str, relation: RequiredRelation) -> tuple[str, ...]:
    """The keys by which records of a model lead to the target of a relation; none when they may be null."""
    successor = file.facts.relation_of(model, relation.field)
    if successor is None or successor.target != relation.target or successor.foreign_keys != relation.foreign_keys:
        return ()
    return () if any(may_be_null(file.facts, model, key) for key in successor.foreign_keys) else successor.foreign_keys


def _is_whole(record: Type) -> bool:
    """Whether all fields of a record are loaded, and the record is there."""
    options = record.place.node if record.place is not None else None
    has_all = not record.is_partial and record.only is None and not record.without and not record.is_nullable
    return record.what is What.RECORD and has_all and (options is None or member_of(options, "select") is None)


def _of_target(file: FileContext, node: Node, relation: RequiredRelation) -> list[str] | None:
    """The keys of the only record of the target that is in sight and certainly there."""
    names = []
    for name, binding in visible_bindings(node):
        found = file.types.of_symbol(binding, name)
        if found is None or found.what is not What.RECORD or found.model != relation.target or found.is_list:
            continue
        if found.is_mixed or not has_loaded(found, relation.references):
            continue
        if not found.is_nullable or is_narrowed(file, node, name):
            names.append(name)
    names = list(dict.fromkeys(names))
    return [f"{names[0]}.{reference}" for reference in relation.references] if len(names) == 1 else None


def _from_callers(file: FileContext, given: Given, relation: RequiredRelation) -> Supply | None:
    """The values that the function around a create should be given."""
    sibling = sibling_key(file.facts, given, relation)
    if sibling and _differs_beside(given.values[sibling], sibling):
        return None  # one value of the callers would be given to all of them
    for node in _from_parameters(file, given, relation):
        slot = slot_for(file, node, relation, is_whole=node in given.opaque)
        if slot is not None:
            return Supply(slot.values(relation), "", slot=slot)
    return None


def _differs_beside(value: Node, key: str) -> bool:
    """Whether another record of the same list belongs to another: `[{ authorId: first }, { authorId: second }]`."""
    holder = value if value.type == "shorthand_property_identifier" else value.parent
    literal = holder.parent if holder is not None else None
    listed = literal.parent if literal is not None else None
    if listed is None or listed.type != "array":
        return False
    others = (property_value(each, key) for each in listed.named_children if each.type == "object")
    return any(other is not None and text_of(other) != text_of(value) for other in others)


def _from_parameters(file: FileContext, given: Given, relation: RequiredRelation) -> Iterator[Node]:
    sibling = sibling_key(file.facts, given, relation)
    if sibling:
        yield given.values[sibling]
    else:
        values = (connected_key(value) or value for value in given.values.values())
        yield from (value for value in [*given.opaque, *values] if comes_from_parameter(value))


def _looked_up(
    file: FileContext, node: Node, siblings: Mapping[str, Node], relation: RequiredRelation
) -> Supply | None:
    """The values of a record that the rule file tells how to find."""
    lookup = file.facts.code.lookup(relation.target)
    found = find_by_input(file, node, lookup, relation.field)
    if found is not None:
        values = tuple(f"{found.variable}.{reference}" for reference in relation.references)
        return _of_found(found, values, relation.target, relation.target)
    for optional in file.facts.optional_of(relation.model):
        keys = {key: siblings[key] for key in optional.foreign_keys if key in siblings}
        successor = file.facts.relation_of(optional.target, relation.field)
        if successor is None or successor.target != relation.target or not successor.foreign_keys:
            continue
        if len(keys) < len(optional.foreign_keys) or not all(_is_plain(file, value) for value in keys.values()):
            continue
        texts = {key: text_of(value) for key, value in keys.items()}
        found = find_by_key(file, node, file.facts.code.lookup(optional.target), optional.field, texts)
        if found is not None:
            values = tuple(f"{found.variable}.{key}" for key in successor.foreign_keys)
            supply = _of_found(found, values, optional.target, relation.target)
            return replace(supply, why=supply.why + in_sight(file, node, keys, relation))
    if lookup.find is None:
        return None
    why = f" {how_to_come_by(relation)}"
    return Supply(tuple(key_values(relation)), why, is_possible=False)


def in_sight(file: FileContext, node: Node, siblings: Mapping[str, Node], relation: RequiredRelation) -> str:
    """A word about what is called like the key and can be reached, but is of another type, or may be absent."""
    if len(relation.foreign_keys) > 1:
        return ""
    key = relation.foreign_keys[0]
    given = (each.value(key) for each in results_above(file, node, relation))
    names = [key] if find_binding(node, key) is not None else list(given)
    for owner in (each for value in siblings.values() for each in owners_of(value)):
        if _says(file, owner, key):
            names.append(f"{text_of(owner)}.{key}")
    names = list(dict.fromkeys(names))
    return f" {name_list(names)} is in sight: look whether it is meant." if names else ""


def is_in_sight(file: FileContext, data: Node, relation: RequiredRelation) -> bool:
    """Whether something for the key can be reached where a record is made, so that nobody else has to give it."""
    given = given_by(data).values
    is_held = backfilled_values(file, data, given, relation, lets_null_in=True) is not None
    return is_held or bool(in_sight(file, data, given, relation))


def _says(file: FileContext, owner: Node, key: str) -> bool:
    """Whether something is told to have a key, and not whatever is asked for, as a `Record<string, string>` has."""
    found = file.types.of(owner)
    own = file.types.property(found, key) if found is not None else None
    return found is not None and own is not None and own != file.types.property(found, _NO_NAME)


def owners_of(value: Node) -> Iterator[Node]:
    """What a value was taken out of: `data` of `data.id`, also behind `const id = data.id` or `const { id } = data`."""
    for node in (value, *descendants(value, "identifier")):
        binding = binding_of(node)
        source = binding.child_by_field_name("value") if binding is not None else node
        is_apart = binding is not None and source is not None and pattern_of(binding).type == "object_pattern"
        owner = source if is_apart or source is None else source.child_by_field_name("object")
        if owner is not None:
            yield owner


def _of_found(found: Found, values: tuple[str, ...], model: str, target: str) -> Supply:
    why = f" The {model} is looked up first, as the rule file says, and nothing is done when there is none."
    if model != target:
        why += f" Where the {target} is known without {with_article(model)}, give that instead."
    return Supply(values, why, found.edits, found.imports)


def _is_plain(file: FileContext, value: Node) -> bool:
    """Whether a key can be used twice and is certainly there."""
    node = unwrapped(value)
    if _CONVERSION.fullmatch(text_of(node)):
        return True
    found = file.types.of(node)
    is_there = found is not None and not found.is_nullable
    return node.type in _PLAIN and not has_safe_read(node) and is_there
