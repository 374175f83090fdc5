"""Schemas and classes for data that comes in, as from a form or a request, and becomes a field which may be null now.

`z.object({ authorId: z.number() })`: as long as it refuses null, nobody can make a book without an author.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.inputs.refinements import check_refinements
from prisma_decouple.typescript.finders.inputs.refusals import check_data, check_sent, check_value
from prisma_decouple.typescript.finders.uses.demands import comes_out_of, keys_before
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.addresses import is_of_path
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.kept_literals import call_around
from prisma_decouple.typescript.source.literals import connected_key, property_value, spreads_in
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import enclosing_function
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    ancestors,
    call_arguments,
    callee,
    function_around,
    key_of,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import ID
from prisma_decouple.typescript.types.places.bodies import ways_in
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.givers import givers_of
from prisma_decouple.typescript.types.places.tolerance import takes
from prisma_decouple.typescript.types.typed import DATA, What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_MEMBER = "public_field_definition"
# What `z.coerce` makes of null (its documentation, "Coercion").
_COERCED = {"bigint": "0", "boolean": "false", "date": "a day in 1970", "number": "0", "string": '"null"'}
_CHANGING = frozenset({"update", "updateMany", "updateManyAndReturn"})
# What makes the value of a field out of what comes in as a text.
_MAKING = frozenset({"BigInt", "Date", "Decimal", "Number", "parseFloat"})
_REFUSED = "this refuses null."
_KEPT = "this may be left out, but refuses null, so that a record which has one keeps it."


def find_inbound(file: FileContext) -> None:
    """Note the members of schemas and classes from which a field that may be null now gets its values.

    Args:
        file: the file; its findings, and those of the files in which these members are, are filled.
    """
    for data, model in written_data(file):
        for name in file.facts.nullable_names(model):
            if _comes_with_all(file, data, model, name):
                continue
            for found in filter(None, written_values(file, data, model, name)):
                check_source(found, model, name, is_changed=changes(data))
            for source, way in _ways_in(file, data, model, name):
                note_source(source, model, name)
                for each in way:
                    _check_on_the_way(each, model)


def check_source(found: Type, model: str, name: str, *, is_changed: bool) -> None:
    """Note what says of a value that becomes a field that it is never null, and who refuses to send null.

    Args:
        found: the type of the value; the findings of the file that says so are filled.
        model: of the record.
        name: of the field.
        is_changed: whether the record is there already.
    """
    source = _source(found)
    if source is not None and _is_own_id(source):
        return
    if found.said_by is not None:
        check_refinements(found.said_by, name, model)
    if source is not None and not found.is_nullable:  # what may be left out can do without
        note_source(source, model, name)
        _check_senders(source, model, name)
    elif found.said_by is not None and found.nothing and is_changed and not takes(found, "null"):
        note_source(found.said_by, model, name, _KEPT)


def _check_senders(source: Place, model: str, name: str) -> None:
    """Note what refuses to send what a schema lets in, where a page hands it to the function that checks it."""
    holder = source.node.parent
    for each in givers_of(source.file, source.node, key_of(holder)) if holder is not None else ():
        if not is_test(each.file.source.path):
            check_value(each, name, model, is_sent=True)


def _ways_in(file: FileContext, data: Node, model: str, name: str) -> Iterator[tuple[Place, tuple[Place, ...]]]:
    """The members of types of bodies by which a field gets its value, each with what hands it on."""
    for found in written_values(file, data, model, name):
        yield from ways_in(found)


def written_values(file: FileContext, data: Node, model: str, name: str) -> Iterator[Type | None]:
    """The types of what a field is given, and of the keys by which the record is looked up whose key it is given.

    Args:
        file: the file.
        data: what the record is made of, or changed to.
        model: of the record.
        name: of the field.
    """
    yield from given_as(file, data, name)
    yield from _asked_by(file, data, model, name)


def _asked_by(file: FileContext, data: Node, model: str, name: str) -> Iterator[Type | None]:
    """The keys by which the record is looked up whose own key a field is given: `authorId: author.id`."""
    value = property_value(data, name) if data.type == "object" else None
    if value is not None:
        yield from asked_before(file, connected_key(value), model, name)


def asked_before(file: FileContext, value: Node, model: str, name: str) -> Iterator[Type | None]:
    """The types of the keys by which the record was looked up whose own key a value is.

    Args:
        file: the file.
        value: what a field is given.
        model: of the record that has the field.
        name: of the field.
    """
    function = enclosing_function(value)[0] or function_around(value)
    relations = [each for each in file.facts.optional_of(model) if name in (each.field, *each.foreign_keys)]
    yield from map(file.types.of, keys_before(first_choice(value), function, relations) if function is not None else ())


def _check_on_the_way(given: Place, model: str) -> None:
    """Note what refuses where a key is handed on that is stored later."""
    holder = given.node if given.node.type in PROPERTIES else given.node.parent
    literal = holder.parent if holder is not None and holder.type in PROPERTIES else None
    if literal is not None and literal.type == "object":
        check_data(given.file, literal, model)
    elif given.node.type == "identifier":
        check_sent(given.file, given.node, model)


def _comes_with_all(file: FileContext, data: Node, model: str, name: str) -> bool:
    """Whether a key is that of the record out of which all else comes that is stored."""
    maker, value = function_around(data), property_value(data, name) if data.type == "object" else None
    key = first_choice(connected_key(value)) if value is not None and maker is not None else None
    relations = [each for each in file.facts.optional_by_key(name) if each.model == model]
    return any(maker and key and comes_out_of(file, maker, {text_of(key)}, each) for each in relations)


def written_data(file: FileContext) -> Iterator[tuple[Node, str]]:
    """What records are made of, or changed to, each with its model."""
    changed = {model for model in file.facts.changed_models if file.facts.nullable_names(model)}
    for node in file.source.nodes("object"):
        wanted = expected(file, node)
        if wanted is not None and wanted.what in DATA and wanted.model in changed:
            yield node, wanted.model
        for name in ("data", "create", "update"):
            value = property_value(node, name)
            taken = expected(file, value) if value is not None and value.type != "object" else None
            if value is not None and taken is not None and taken.what in DATA and taken.model in changed:
                yield value, taken.model


def given_as(file: FileContext, data: Node, name: str) -> Iterator[Type]:
    """The types of what becomes a field: of its property, else of what the whole, or a part that is spread, has."""
    if data.type != "object":
        owners = [data]
    elif (value := property_value(data, name)) is not None:
        yield from given_by_value(file, connected_key(value))
        return
    else:
        owners = [each.named_children[-1] for each in spreads_in(data)]
    for owner in owners:
        whole = file.types.of(owner)
        found = file.types.property(whole, name) if whole is not None else None
        if found is not None:
            yield found


def given_by_value(file: FileContext, value: Node) -> Iterator[Type]:
    """The type of what a field is given, where it comes of more than an address.

    Args:
        file: the file.
        value: what it is given.
    """
    given = _made_of(first_choice(value))
    found = file.types.of(given)
    if found is not None and last_name(given) != ID and not is_of_path(given):
        yield found


def _made_of(value: Node) -> Node:
    """What a date or a number is made of: the `dto.due` of `new Date(dto.due)`."""
    called = value.child_by_field_name("constructor") or value.child_by_field_name("function")
    given = call_arguments(value) if called is not None and last_name(called) in _MAKING else []
    return unwrapped(given[0]) if len(given) == 1 else value


def first_choice(value: Node) -> Node:
    """A value without what is taken instead of nothing."""
    node = unwrapped(value)
    left = node.child_by_field_name("left")
    is_fallback = left is not None and text_of(node.child_by_field_name("operator")) in FALLBACKS
    return unwrapped(left) if left is not None and is_fallback else node


def _source(found: Type) -> Place | None:
    """The part of a schema, or the member of a class, that says what a value is."""
    if found.said_by is not None:
        return found.said_by
    annotation = found.place.node.parent if found.place is not None and found.what is What.VALUE else None
    member = annotation.parent if annotation is not None and annotation.type == "type_annotation" else None
    is_member = member is not None and (member.type == _MEMBER or _is_inside_member(member))
    return Place(found.place.file, member) if found.place is not None and member is not None and is_member else None


def _is_own_id(source: Place) -> bool:
    """Whether it is the key of what is asked for, as an address would say it: `z.object({ id: z.number(), lines })`."""
    holder = source.node if source.node.type in {_MEMBER, "property_signature"} else source.node.parent
    return holder is not None and key_of(holder) == ID


def _is_inside_member(signature: Node) -> bool:
    """Whether what a class says of a member says it: `lines: { bookId: number }[]`."""
    return signature.type == "property_signature" and any(each.type == _MEMBER for each in ancestors(signature))


def changes(data: Node) -> bool:
    """Whether data is that of a record which is there already: what is left out of it stays as it was.

    Args:
        data: the data.
    """
    call = call_around(data)
    return call is not None and callee(call)[1] in _CHANGING


def note_source(source: Place, model: str, name: str, refused: str = _REFUSED) -> None:
    """Note the member of a schema or class once: what is told of the whole property says enough.

    Args:
        source: the member, or what a schema says it is.
        model: of the record that is made of it.
        name: of the field that it becomes.
        refused: what it does to null.
    """
    holder = source.node.parent  # what describes a model is told at the whole property
    is_told = holder is not None and holder.type == "pair" and source.file.is_told(holder, Kind.TYPE)
    why = f"What becomes the `{name}` of {with_article(model)} comes in here. It may be null now; {refused}"
    if (made := _coerced(source.node)) is not None:
        why += f" What is null is made into {made}."
    named = source.node if source.node.type in {_MEMBER, "property_signature"} else holder
    what = (key_of(named) if named is not None else "") or name
    why += f" Look whether `{what}` has to let it in."
    if (
        not is_told
        and not source.file.aloud(source.node, Kind.TYPE, why)
        and not source.file.is_told(source.node, Kind.TYPE)
    ):
        source.file.hint(source.node, Kind.TYPE, Confidence.UNSURE, why)


def _coerced(schema: Node) -> str | None:
    """What `z.coerce.date()` and the like make of null."""
    words = text_of(schema).replace("(", ".").split(".")
    return _COERCED.get(words[words.index("coerce") + 1]) if "coerce" in words[:-1] else None
