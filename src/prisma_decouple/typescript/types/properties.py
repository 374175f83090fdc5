"""What a type has under a name: a record's relations and keys, the members of a shape or a class, what is spread in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.source.literals import property_value, spreads_in
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Foreign, Symbol
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, declared_value, returned_values
from prisma_decouple.typescript.source.syntax import call_arguments, last_name, text_of, unwrapped
from prisma_decouple.typescript.types.classes import class_member, static_member
from prisma_decouple.typescript.types.containers import value_of_map
from prisma_decouple.typescript.types.either import beside, tells_more
from prisma_decouple.typescript.types.libraries.routers import route
from prisma_decouple.typescript.types.prisma.queries import AGGREGATES, option, query_of
from prisma_decouple.typescript.types.typed import (
    WRITTEN,
    Type,
    What,
    bound_to,
    member_of,
    omittable,
    substituted,
    without_nothing,
)
from prisma_decouple.typescript.types.written.members import shape_members

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts

_HTML = re.compile(r"HTML\w*Element")
_ATTRIBUTES = frozenset(
    {"alt", "className", "href", "id", "innerHTML", "innerText", "name", "placeholder", "src", "title", "type", "value"}
)
_MEMBERS = {What.CLASS: class_member, What.STATIC: static_member}
_NAMES = frozenset({"identifier", "member_expression", "shorthand_property_identifier"})
_OBJECTS = frozenset({"object", "object_type"})
_BOUND = frozenset({What.BOX, What.FIELDS})
_DEPTH = 4
_EACH = "1"  # under which what has something for each field has what that is, as a map has its values


def property_of(facts: SchemaFacts, owner: Type, name: str, depth: int) -> Type | None:
    """What a type has under a name; None when it cannot be told.

    Args:
        facts: the change.
        owner: the type.
        name: the property.
        depth: how far declarations are followed.
    """
    if owner.what in _BOUND or (owner.what in WRITTEN and not owner.has(name)):
        return _of_bound(owner, name) or next(
            filter(None, (_of_shape(each, name, depth) for each in owner.extras)), None
        )
    if owner.what is What.ROUTER:
        return route(owner, name)
    for extra in owner.extras:
        if (found := _of_shape(extra, name, depth)) is not None:
            own = _related(facts, owner, name) if owner.is_mixed and owner.what is What.RECORD else None
            return beside(_as_view(facts, owner, name, found), own)
    if owner.what in {What.CLIENT, What.DELEGATE}:
        return _of_client(facts, owner, name)
    if owner.what is What.RECORD:
        return _related(facts, owner, name) or _of_others(facts, owner, name, depth)
    told = _given(facts, owner, name, option(facts, owner, name))
    told = told or _of_element(owner, name) or _of_keys(owner)
    found = told or substituted(_of_written(owner, name, depth), owner)
    if found is not None and owner.is_filled:
        found = without_nothing(found)
    if found is not None and owner.is_partial:
        found = omittable(found)
    return _as_view(facts, owner, name, found) if found is not None else None


def _of_bound(owner: Type, name: str) -> Type | None:
    """What has something for each name or field, or is not known yet, as an answer is; `Pick` and `Omit` leave out."""
    if owner.is_open:
        return replace(owner, field=f"{owner.field}.{name}")
    under = _EACH if owner.what is What.FIELDS else name
    return bound_to(owner, under) if owner.has(name) else None


def _of_client(facts: SchemaFacts, owner: Type, name: str) -> Type | None:
    """A model of a client, or a query of a model."""
    if owner.what is What.DELEGATE:
        return query_of(owner.model, name)
    model = next((each for each in facts.models if client_accessor(each) == name), None)
    return Type(What.DELEGATE, model) if model is not None else None


def _of_others(facts: SchemaFacts, owner: Type, name: str, depth: int) -> Type | None:
    """What a record has under a name that its model has not, but another one of which it may be."""
    if not owner.others or not depth or facts.knows_field(owner.model, name):
        return None
    return next(filter(None, (property_of(facts, each, name, depth - 1) for each in owner.others)), None)


def _given(facts: SchemaFacts, owner: Type, name: str, found: Type | None) -> Type | None:
    """A field of the data of a record, `Prisma.BookCreateInput`, that may be null now, or be left out."""
    if owner.what is not What.INPUT or not owner.has(name):
        return found
    if found is not None and any(each.field == name for each in facts.optional_of(owner.model)):
        return omittable(replace(found, became_null=(owner.model, name)))
    if found is not None or not facts.nullability(owner.model, name):
        return found
    return omittable(Type(What.KEY, owner.model, is_nullable=True, nothing=frozenset({"null"}), field=name))


def _of_element(owner: Type, name: str) -> Type | None:
    """What an element of HTML has under the name of one of its attributes: none of them is null."""
    is_element = owner.what is What.VALUE and owner.place is not None and _HTML.fullmatch(text_of(owner.place.node))
    return Type(What.VALUE) if is_element and name in _ATTRIBUTES else None


def _of_keys(owner: Type) -> Type | None:
    """What `Record<string, Book>`, or a mapped type, has under any name."""
    holder = owner.place.node.parent if owner.what is What.MAP and owner.place is not None else None
    is_record = holder is not None and text_of(holder.child_by_field_name("name")) == "Record"
    key = bound_to(owner, "0") if owner.what is What.MAP else None
    is_by_key = key is not None and bool(key.field)
    return value_of_map(owner) if (is_record or is_by_key) and not owner.is_list else None


def _as_view(facts: SchemaFacts, owner: Type, name: str, found: Type) -> Type:
    """A written type in the place of a relation repeats what is behind it."""
    target = facts.target_of(owner.model, name) if owner.model else None
    return replace(found, model=target) if target is not None and found.what is What.SHAPE else found


def _of_written(owner: Type, name: str, depth: int) -> Type | None:
    if owner.place is not None and owner.what in _MEMBERS:
        return _MEMBERS[owner.what](owner.place, name, depth)
    shapes = (owner.place, *owner.also) if owner.place is not None and owner.what is What.SHAPE else ()
    found = [*filter(None, (_of_shape(each, name, depth) or _given_to_generic(owner, each, name) for each in shapes))]
    return next((each for each in found if tells_more(each, found[0])), found[0]) if found else None


def _given_to_generic(owner: Type, literal: Place, name: str) -> Type | None:
    """What a generic function has put into a literal of what it was given: `<T>(book: T) => ({ book })`."""
    value = property_value(literal.node, name) if owner.bound and literal.node.type == "object" else None
    binding = binding_of(unwrapped(value)) if value is not None else None
    is_given = binding is not None and binding.type in PARAMETERS
    written = binding.child_by_field_name("type") if binding is not None and is_given else None
    return bound_to(owner, text_of(written.named_children[0])) if written is not None else None


def _of_shape(shape: Place, name: str, depth: int) -> Type | None:
    for place in shape_members(shape.file, shape.node, name, depth):
        told = place.file.types.of_member(place.node, depth)
        if shape.node.type == "union_type" and told is not None and told.what is What.RECORD:
            return beside(told, *_told(shape, name, depth))
        if shape.node.type != "intersection_type" or told is None or not told.is_nullable:
            return told
        return _never_null(shape, name, depth) or told
    shorthand = (child for child in shape.node.named_children if child.type == "shorthand_property_identifier")
    found = next((child for child in shorthand if text_of(child) == name), None)
    if found is not None:
        return shape.file.types.of(found, depth)
    return _of_index(shape, depth) or _of_spread(shape, name, depth)


def _told(shape: Place, name: str, depth: int) -> Iterator[Type]:
    """What each part of a type says of a member."""
    for place in shape_members(shape.file, shape.node, name, depth):
        if (told := place.file.types.of_member(place.node, depth)) is not None:
            yield told


def _never_null(shape: Place, name: str, depth: int) -> Type | None:
    """What one part of `A & { name: string }` says of a member that another one lets be null."""
    return next((each for each in _told(shape, name, depth) if not each.is_nullable), None)


def _of_index(shape: Place, depth: int) -> Type | None:
    """What a type has under any name: `{ [name: string]: string }`."""
    members = (shape.node.child_by_field_name("body") or shape.node).named_children
    signatures = (each for each in members if each.type == "index_signature")
    signature = next((each for each in signatures if each.child_by_field_name("index_type") is not None), None)
    return shape.file.types.read(signature.child_by_field_name("type"), depth) if signature is not None else None


def _of_spread(shape: Place, name: str, depth: int) -> Type | None:
    """What a literal has under a name by the values that are spread into it, the last one first."""
    types = shape.file.types
    for spread in (child for child in shape.node.named_children[::-1] if child.type == "spread_element"):
        owner = types.of(spread.named_children[-1], depth)
        found = types.property(owner, name, depth) if owner is not None else None
        if found is not None:
            return found
    return None


def _related(facts: SchemaFacts, owner: Type, name: str) -> Type | None:
    """The record, or the records, behind a relation field, and where it says what of them is loaded."""
    if owner.has(name) and facts.nullability(owner.model, name) and not owner.is_filled:
        return Type(What.KEY, owner.model, is_nullable=True, field=name)
    if name in AGGREGATES and not owner.is_list:
        return Type(
            What.FIELDS, owner.model, field=name
        )  # what is computed, or counted, of each field or relation under its name
    relation = facts.relation_of(owner.model, name)
    if relation is None or not owner.has(name):
        return None
    options = loaded_options(owner.place, name)
    is_new = any(each.field == name for each in facts.optional_of(owner.model)) and not owner.is_filled
    is_list = not (relation.foreign_keys or relation.is_single)
    also = tuple(filter(None, (loaded_options(each, name) for each in owner.also)))
    given = facts.given_behind(relation)
    found = Type(What.RECORD, relation.target, options, is_list=is_list, also=also, given=given)
    return replace(found, is_nullable=True, became_null=(owner.model, name)) if is_new else found


def loaded_options(place: Place | None, name: str) -> Place | None:
    """The options of a relation in a query or payload type: the value of its key under `include` or `select`."""
    return next(filter(None, (_member(holder, name) for holder in load_objects(place))), None)


def is_loaded(place: Place | None, name: str) -> bool:
    """Whether a query or payload type loads a scalar field: all of them are, unless it says which, or which not."""
    options = literal_behind(place) if place is not None else None
    chosen, omitted = (_member(options, each) if options is not None else None for each in ("select", "omit"))
    left_out = literal_behind(omitted) if omitted is not None else None
    is_omitted = _member(left_out, name) if left_out is not None else None
    if is_omitted is not None and text_of(is_omitted.node) == "true":
        return False
    holder = literal_behind(chosen) if chosen is not None else None
    return holder is None or _member(holder, name) is not None


def is_left_out(record: Type, relation: str) -> bool:
    """Whether a record is seen to come without what is behind one of its relations."""
    if record.place is None:  # `Book & { reviews: Review[] }`
        return all(each.node.type == "object_type" and not member_of(each.node, relation) for each in record.extras)
    options = literal_behind(record.place)
    if options is None:
        return False
    loads = [_member(options, keyword) for keyword in ("include", "select")]
    holders = [literal_behind(value) for value in loads if value is not None]
    is_all = all(each is not None and not _has_spreads(each.node) for each in holders)
    return is_all and loaded_options(record.place, relation) is None and not record.extras


def _has_spreads(literal: Node) -> bool:
    return any(spreads_in(literal))


def has_loaded(record: Type, names: Iterable[str]) -> bool:
    """Whether a record, or data of one, has some scalar fields, for certain."""
    return not record.is_partial and all(record.has(name) and is_loaded(record.place, name) for name in names)


def load_objects(place: Place | None) -> list[Place]:
    """The objects behind `include` and `select` in the options of a query or payload type."""
    options = literal_behind(place) if place is not None else None
    if options is None:
        return []
    values = (_member(options, keyword) for keyword in ("include", "select"))
    holders = (literal_behind(value) for value in values if value is not None)
    return [each for each in holders if each is not None]


def literal_behind(place: Place) -> Place | None:
    """An object, or the one that a variable or property holds, or a function gives: `include: everything`."""
    node = unwrapped(place.node)
    if node.type == "type_query":
        node = node.named_children[0]
    if node.type in _NAMES:
        found = _declared(place.file, node)
        if not isinstance(found, Symbol):
            held = _held(place.file, node) if node.type == "member_expression" else None
            return literal_behind(held) if held is not None else None
        value = declared_value(found.node, text_of(found.node.child_by_field_name("name")))
        place, node = Place(found.file, found.node), unwrapped(value) if value is not None else node
    if node.type == "call_expression" and text_of(node).startswith("Prisma.validator"):
        node = next(iter(call_arguments(node)), node)
    elif node.type == "call_expression" and (given := _given_back(place.file, node)) is not None:
        place, node = given, given.node
    return Place(place.file, node) if node.type in _OBJECTS else None


def constant_behind(place: Place) -> Place:
    """What a name stands for, or a property of a constant object, wherever that is declared; else the place itself.

    `UNKNOWN` and `MESSAGES.unknown` may be imported, where a literal would stand in its own place.
    """
    node = unwrapped(place.node)
    found = _declared(place.file, node) if node.type in _NAMES else None
    if isinstance(found, Symbol):
        value = declared_value(found.node, text_of(found.node.child_by_field_name("name")))
        return Place(found.file, unwrapped(value)) if value is not None else Place(place.file, node)
    held = _held(place.file, node) if node.type == "member_expression" else None
    return Place(held.file, unwrapped(held.node)) if held is not None else Place(place.file, node)


def _held(file: FileContext, read: Node) -> Place | None:
    """What a constant object or a class holds under a name: `include: Inclusions.book`, `include: Books.everything`."""
    owner = read.child_by_field_name("object")
    if owner is None:
        return None
    held = literal_behind(Place(file, owner)) if owner.type in _NAMES else None
    if held is not None:
        return _member(held, last_name(read))
    found = file.types.of(owner)
    place = found.place if found is not None and found.what in _MEMBERS else None
    member = member_of(place.node, last_name(read)) if place is not None else None
    value = member.child_by_field_name("value") if member is not None else None
    return Place(place.file, value) if place is not None and value is not None else None


def _given_back(file: FileContext, call: Node) -> Place | None:
    """What the function that makes the options gives back, when that is one expression: `include: everythingOf(id)`."""
    function = file.types.function_of(call)
    values = returned_values(function.place.node) if function is not None and function.place is not None else ()
    if function is None or function.place is None or len(values) != 1:
        return None
    return Place(function.place.file, unwrapped(values[0]))


def _declared(file: FileContext, name: Node) -> Symbol | Foreign | None:
    """What declares a name, or that of a module: `queries.everything`."""
    if name.type != "member_expression":
        return file.project.lookup(file, name, text_of(name))
    path = file.project.namespace(file, name.child_by_field_name("object"))
    return file.project.exported(path, last_name(name)) if path is not None else None


def _member(holder: Place, name: str, depth: int = _DEPTH) -> Place | None:
    """What an object has under a name, also by its own name, `{ include }`, and by what is spread into it."""
    if holder.node.type not in _OBJECTS or not depth:
        return None
    member = member_of(holder.node, name)
    if member is None:
        value = property_value(holder.node, name) if holder.node.type == "object" else None
        return Place(holder.file, value) if value is not None else _spread_in(holder, name, depth - 1)
    annotation = member.child_by_field_name("type")
    inner = annotation.named_children[0] if annotation is not None and annotation.named_children else None
    value = inner or member.child_by_field_name("value")
    return Place(holder.file, value) if value is not None else None


def _spread_in(holder: Place, name: str, depth: int) -> Place | None:
    """The same of the literals that are spread into a literal, the last one first."""
    spread = (literal_behind(Place(holder.file, each.named_children[-1])) for each in [*spreads_in(holder.node)][::-1])
    return next(filter(None, (_member(each, name, depth) for each in spread if each is not None)), None)
