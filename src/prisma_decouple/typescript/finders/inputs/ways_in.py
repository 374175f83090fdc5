"""What demands a key on its way in: parameters, types and guards, where what is made of it can do without now.

`db.book.create({ data: { authorId: input.authorId } })` takes null for the author. `input: { authorId: string }` does
not, nor does the page in front of it that says "choose an author" to who has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.forms.form_values import texts_behind
from prisma_decouple.typescript.finders.inputs.inbound import first_choice, note_source, written_data, written_values
from prisma_decouple.typescript.finders.inputs.refinements import check_refinements
from prisma_decouple.typescript.finders.inputs.refusals import check_value
from prisma_decouple.typescript.finders.uses.demands import is_needed_for_another
from prisma_decouple.typescript.finders.uses.never_without import is_always_had
from prisma_decouple.typescript.finders.widening.widened_members import widen
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.routes.states import STATES, is_of_state
from prisma_decouple.typescript.source.addresses import is_of_path
from prisma_decouple.typescript.source.decorators import OF_BODY, OF_PATH, decorators_of
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.kept_literals import call_around
from prisma_decouple.typescript.source.literals import connected_key, properties, property_value, spreads_in
from prisma_decouple.typescript.source.patterns import read_at
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, held_by
from prisma_decouple.typescript.source.signatures import may_be_left_out
from prisma_decouple.typescript.source.syntax import (
    MEMBERS,
    READS,
    ancestors,
    callee,
    is_function,
    key_of,
    last_name,
    nearest,
    owner_of_read,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import ID
from prisma_decouple.typescript.source.who_asks import tells_who_asks
from prisma_decouple.typescript.types.places.givers import comes_from_outside, givers_of, wholes_with
from prisma_decouple.typescript.types.places.slots import is_component, place_key
from prisma_decouple.typescript.types.places.uses import uses_that_refuse_null
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 4
_MANY = frozenset({"updateMany", "updateManyAndReturn"})
_TYPED = frozenset({*MEMBERS, *PARAMETERS})
# What a type of lists has around the type of an element.
_LISTED = frozenset({"array_type", "readonly_type"})


class _Way(NamedTuple):
    """What is followed.

    Attributes:
        name: of the key that may be null now.
        model: of the record that is made with it.
        seen: the places that were followed already.
        is_own: whether the record is made of what has the key, and not only belongs to the same.
    """

    name: str
    model: str
    seen: set[str]
    is_own: bool = False


def find_ways_in(file: FileContext) -> None:
    """Note what refuses to be given nothing on the way to a record that can do without now.

    Args:
        file: the file with what makes the record; the findings of all files on the way are filled.
    """
    for data, model in written_data(file) if not is_test(file.source.path) else ():
        if _changes_many(data):
            continue  # they are handed over to somebody else, who is there
        for given, name in _keys_of(file, model):
            for found in filter(None, written_values(file, data, model, given)):
                if (member := _said_by(found)) is not None and not _is_of_who_asks(data, given):
                    is_own = _is_taken_over(data, given) and not _is_in_component(file, data)
                    _comes_in(member, name, _Way(name, model, set(), is_own), _DEPTH)


def follow_in(found: Type, name: str, model: str) -> None:
    """The same for one value that is written otherwise.

    Args:
        found: its type; the findings of all files on the way are filled.
        name: of the key.
        model: of the record.
    """
    if (member := _said_by(found)) is not None:
        _comes_in(member, name, _Way(name, model, set()), _DEPTH)


def _keys_of(file: FileContext, model: str) -> Iterator[tuple[str, str]]:
    """What a record is given that may be null now, each with the key: by its name, or by the relation, connected."""
    names = file.facts.nullable_names(model)
    yield from ((each, each) for each in names if file.facts.nullability(model, each))
    yield from ((each.field, each.foreign_keys[0]) for each in file.facts.optional_of(model) if each.foreign_keys)


def _is_taken_over(data: Node, name: str) -> bool:
    """Whether more of a record than a key is what somebody hands over: `{ ...input }`, or its title and its author."""
    if data.type != "object" or any(spreads_in(data)):
        return True
    value = property_value(data, name)
    owner = _taken_from(connected_key(value)) if value is not None else None
    same = (each for _, each in properties(data) if _taken_from(first_choice(connected_key(each))) == owner)
    return owner is not None and len(list(same)) > 1


def _taken_from(value: Node) -> Node | None:
    """What gives a variable its value of which another one is read: `input` of `input.id`, also kept or taken apart."""
    read, held = read_at(value), held_by(value)
    if held is not None and held.type in READS:
        return _taken_from(held)
    return read.binding if read is not None and read.path else None


def _is_in_component(file: FileContext, data: Node) -> bool:
    return any(is_function(each) and is_component(file, each) for each in ancestors(data))


def find_ways_to_send(body: Place, model: str) -> None:
    """The same for what is sent to a route that makes a record of it.

    Args:
        body: the literal that is sent, or the variable.
        model: of the record.
    """
    types = body.file.types
    whole = types.of(body.node)
    for name in body.file.facts.nullable_names(model) if whole is not None else ():
        found = types.property(whole, name) if whole is not None else None
        if found is not None and found.said_by is not None:
            check_refinements(found.said_by, name, model)
        member = _said_by(found) if found is not None and body.file.facts.nullability(model, name) else None
        if member is not None:
            _comes_in(member, name, _Way(name, model, set()), _DEPTH)


def _comes_in(member: Place, read_as: str, way: _Way, depth: int) -> bool:
    """Follow what is given to a member or parameter; whether it is seen to come into the code, and so may lack."""
    if not depth or place_key(member) in way.seen or decorators_of(member.node) & OF_PATH:
        return False
    way.seen.add(place_key(member))
    name = key_of(member.node) or text_of(member.node.child_by_field_name("pattern")) or read_as
    if name == ID or any(
        is_needed_for_another(each, name) for each in uses_that_refuse_null(member.file, member.node, name)
    ):
        return False
    givers = [each for each in givers_of(member.file, member.node, name) if not is_test(each.file.source.path)]
    reached = [_follow(each, way, depth - 1) for each in givers]
    reached += [_comes_of(each, name, way, depth - 1) for each in wholes_with(member.file, member.node, name)]
    if reached and not any(reached):
        return False
    if (reached or member.node.type not in PARAMETERS or _is_of_body(member)) and not _is_list(member):
        is_taken = depth == _DEPTH and way.is_own
        _note(member, way, name, is_seen=any(reached) or is_taken or _is_of_body(member))
    for each in givers:
        check_value(each, way.name, way.model, is_sent=True)
    return True


def _follow(value: Place, way: _Way, depth: int) -> bool:
    """Follow a value to where it comes into the code."""
    node = first_choice(value.node)
    ways = (each for each in value.file.facts.optional_by_key(way.name) if each.model == way.model)
    if is_of_path(node) or tells_who_asks(node) or any(is_always_had(value.file, node, each) for each in ways):
        return False
    if last_name(node) == ID:
        return _is_of_choice(value.file, node)
    found = value.file.types.of(node)
    said = ((last_name(each), value.file.types.of(each)) for each in texts_behind(node))
    is_further = next((_comes_of(own, name, way, depth) for name, own in said if own and _said_by(own)), False)
    return is_further or found is None or found.is_nullable or comes_from_outside(node) or _is_chosen(node, found)


def _comes_of(found: Type, name: str, way: _Way, depth: int) -> bool:
    """Follow what says of a value that it is never null, a member or what a schema lets in."""
    member = _said_by(found)
    if member is not None and member.node.type not in _TYPED:
        note_source(member, way.model, way.name)
    return member is not None and _comes_in(member, name, way, depth)


def _is_of_choice(file: FileContext, key: Node) -> bool:
    """Whether it is the key of a record that a page lets somebody choose, which may be none: `chosen!.id`."""
    owner = owner_of_read(key)
    if owner is None:
        return False
    binding = binding_of(owner)
    if owner.type == "non_null_expression":
        found = file.types.of(owner.named_children[0])
    elif binding is not None and binding.type in PARAMETERS:  # what is given to a page, and asked for before it is read
        found = file.types.of_symbol(binding, text_of(owner))
    else:
        found = None
    return is_of_state(owner) or (found is not None and found.is_nullable)


def _is_chosen(value: Node, found: Type) -> bool:
    """Whether a value is what a page keeps of what somebody chose: `useState<string>("")`, `useState("")`."""
    call = nearest(found.place.node, "call_expression", *_TYPED) if found.place is not None else None
    is_said = call is not None and call.type == "call_expression" and callee(call)[1] in STATES
    return is_said or (found.place is None and is_of_state(value))


def _is_of_who_asks(data: Node, name: str) -> bool:
    """Whether a record is given a key of who asks, `authorId: session.authorId`."""
    value = property_value(data, name) if data.type == "object" else None
    return value is not None and tells_who_asks(first_choice(connected_key(value)))


def _changes_many(data: Node) -> bool:
    call = call_around(data)
    return call is not None and callee(call)[1] in _MANY


def _said_by(found: Type) -> Place | None:
    """What says of a value that it is never null: a member, a parameter, a part of a schema; None where nothing is."""
    if found.is_nullable:
        return None
    annotation = found.place.node.parent if found.place is not None and found.what is What.VALUE else None
    while annotation is not None and annotation.type in _LISTED:
        annotation = annotation.parent
    member = annotation.parent if annotation is not None and annotation.type == "type_annotation" else None
    is_typed = member is not None and member.type in _TYPED and not may_be_left_out(member)
    own = Place(found.place.file, member) if found.place is not None and member is not None and is_typed else None
    return found.said_by or own


def _is_of_body(member: Place) -> bool:
    """Whether it is said where a handler takes a body: `@Body() body: { authorId: string }`."""
    parameter = member.node if member.node.type in PARAMETERS else nearest(member.node, *PARAMETERS)
    return parameter is not None and not OF_BODY.isdisjoint(decorators_of(parameter))


def _is_list(member: Place) -> bool:
    """Whether a member or parameter takes a list of keys: what has none is given none, and not null."""
    annotation = member.node.child_by_field_name("type")
    return annotation is not None and any(each.type in _LISTED for each in annotation.named_children)


def _note(member: Place, way: _Way, own: str, *, is_seen: bool) -> None:
    """Tell a member or parameter, also one that others keep for themselves where it is seen that a key comes in."""
    file = member.file
    if place_key(member) in file.findings.widened or member.node.type not in _TYPED:
        return
    why = f"What becomes the `{way.name}` of {with_article(way.model)} comes in by this. It may be null now, and this "
    why += f"says that it never is: look whether `{own}` has to let it in."
    is_told = is_seen and file.aloud(member.node, Kind.TYPE, why)
    if not is_told and not file.is_told(member.node, Kind.TYPE):
        widen(member, Confidence.UNSURE, why, is_lazy=True)
