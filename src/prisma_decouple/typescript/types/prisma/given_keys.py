"""What a record has for certain, as the query says that made, changed or found it.

`create({ data: { authorId: session.user.id } })` gives a book that has an author, whatever TypeScript thinks of it.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.kept_literals import options_of, part_of
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import binding_of, declared_value, find_binding, held_by, visible_bindings
from prisma_decouple.typescript.source.syntax import (
    READS,
    call_given,
    first_name,
    has_safe_read,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.kinds import kinds_in
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.givers import comes_from_outside, comes_of_path
from prisma_decouple.typescript.types.prisma.queries import NOT_NULL, RANGES
from prisma_decouple.typescript.types.properties import literal_behind
from prisma_decouple.typescript.types.typed import Type, What, without_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_NONE: frozenset[str] = frozenset()
_STEPS = 8
_ALWAYS = frozenset({"new_expression", "non_null_expression", "number", "string", "template_string"})
_GIVING = frozenset({"connect", "connectOrCreate", "create"})
_TURNED = frozenset({"NOT", "isNot"})
# Who asks: `session.user.id`, `req.userId`, `auth().userId`, `currentUser.id`.
_WHO_ASKS = re.compile(
    r"(?:^|[.(\s])(?:(?:auth|currentUser|me|session|user|viewer)(?:\(\))?\W{1,3}(?:\w+\W{1,2})*?(?:id|sub|uid|\w+Id)"
    r"|(?:c|ctx|context|req|request)\.(?:user|currentUser)I[dD])$"
)


def given_by_query(record: Type, *, is_proved: bool = False) -> frozenset[str]:
    """The fields, relations included, that a record is sure to have a value in.

    Args:
        record: with the options of the query, or of each that may have loaded it, as its place.
        is_proved: whether it is not enough that it is the key of whoever asks, who may have none either.
    """
    is_loaded = record.place is not None and record.what is What.RECORD
    places = [each for each in (record.place, *record.also) if each is not None and is_loaded]
    found = [given_by_options(each, record.model, is_proved=is_proved) for each in places]
    return record.given.union(frozenset.intersection(*found)) if found else record.given


def is_given(file: FileContext, value: Node, *, is_proved: bool = False) -> bool:
    """Whether a value is read from a record that is sure to have it, whatever its type says; as in `given_by_query`."""
    read = unwrapped(held_by(unwrapped(value)) or value)
    owner = read.child_by_field_name("object") if read.type in READS else None
    record = file.types.of(owner) if owner is not None else None
    is_record = record is not None and record.what is What.RECORD
    return record is not None and is_record and last_name(read) in given_by_query(record, is_proved=is_proved)


def is_there(file: FileContext, value: Node) -> bool:
    """Whether nobody needs to mind that a value may be null: it was asked for, or its record is sure to have it.

    TypeScript only knows the first: what it complains of is told all the same.
    """
    return is_narrowed(file, value) or is_given(file, value)


def as_seen(file: FileContext, owner: Type, name: str, found: Type) -> Type:
    """What may be null under a name, as a reader sees it, who knows what the query gave the record."""
    is_there = file.project.requests is not None and name in given_by_query(owner)
    return replace(without_nothing(found), became_null=None) if is_there else found


def given_by_options(place: Place, model: str, *, is_proved: bool = False) -> frozenset[str]:
    """The fields that what a query finds is sure to have a value in.

    Args:
        place: the options of the query.
        model: of what it finds.
        is_proved: as in `given_by_query`.
    """
    options = literal_behind(place)
    if options is None or options.node.type != "object":
        return _NONE
    file, node = options.file, options.node
    where, data, create, update = (part_of(node, each) for each in ("where", "data", "create", "update"))
    there = partial(_there, file, is_proved=is_proved)
    found = there(where, is_written=False) | there(data, is_written=True)
    found |= there(create, is_written=True) & there(update, is_written=True)
    found |= _asked_before(file, node, where, model)
    relations = [each for each in file.facts.relations if each.model == model and each.foreign_keys]
    found |= {each.field for each in file.facts.optional_of(model) if _is_asked_of(file, where, each)}
    whole = {each.name for each in relations if found >= set(each.foreign_keys)}
    return found | whole | {key for each in relations if each.name in found for key in each.foreign_keys}


def _there(file: FileContext, literal: Node | None, *, is_written: bool, is_proved: bool) -> frozenset[str]:
    """The fields that a filter asks for by one value, or that data gives one."""
    given = properties(literal) if literal is not None else ()
    given = (each for each in given if not (is_proved and _is_who_asks(each[1])))
    return frozenset(name for name, value in given if _is_something(file, value, is_written=is_written))


def _is_asked_of(file: FileContext, where: Node | None, relation: OptionalRelation) -> bool:
    """Whether a filter asks for something of a related record, which is there then: `{ author: { town: "Rome" } }`.

    Where the record has itself now what is asked for, the filter may lose that detour.
    """
    asked = part_of(where, relation.field) if file.facts.successor(relation) is None else None
    asked = (part_of(asked, "is") or asked) if asked is not None else None
    given = properties(asked) if asked is not None else ()
    return any(name not in _TURNED and _is_something(file, value, is_written=False) for name, value in given)


def _is_something(file: FileContext, value: Node, *, is_written: bool) -> bool:
    if value.type == "object":
        keys = {name for name, _ in properties(value)}
        is_in_range = any(
            name in RANGES and _is_something(file, each, is_written=False) for name, each in properties(value)
        )
        is_found = is_in_range or NOT_NULL.fullmatch(text_of(value)) is not None
        return bool(keys & _GIVING) if is_written else is_found
    found = file.types.of(value)
    if found is not None:
        is_there = not found.is_nullable and (found.what is What.KEY or bool(kinds_in(found)))
        return is_there and not (is_written and _may_be_let_in(Place(file, value), found))
    held = held_by(value) or value
    is_asked = not has_safe_read(held) or is_narrowed(file, value)  # `session?.user.id`
    return held.type in _ALWAYS or comes_of_path(Place(file, value)) or (is_asked and _is_who_asks(value))


def _may_be_let_in(value: Place, found: Type) -> bool:
    """Whether null may come in by a schema, or a parameter, once these let it in, so that it is written."""
    node: Node | None = unwrapped(value.node)
    binding = None
    for _ in range(_STEPS):
        binding = find_binding(node, first_name(node)) if node is not None else None
        node = binding.child_by_field_name("value") if binding is not None else None
        if binding is None or binding.type != "variable_declarator" or node is None:
            break
    is_given = binding is not None and binding.type != "variable_declarator"
    return (found.said_by is not None or is_given) and not comes_of_path(value) and not _is_who_asks(value.node)


def _is_who_asks(value: Node) -> bool:
    """Whether a value is the key of whoever is signed in."""
    node = unwrapped(value)
    binding = binding_of(node)
    held = declared_value(binding, text_of(node)) if binding is not None else None
    whole = binding.child_by_field_name("value") if binding is not None and held is None else None
    said = text_of(held or node) if whole is None else f"{text_of(unwrapped(whole))}.{text_of(node)}"
    return _WHO_ASKS.search(said) is not None and not comes_from_outside(node)


def _asked_before(file: FileContext, options: Node, where: Node | None, model: str) -> frozenset[str]:
    """What was asked of the same record before: `if (!book.authorId) throw …; update({ where: { id: book.id } })`."""
    call = call_given(options)
    names = file.facts.nullable_names(model) if call is not None and where is not None else ()
    if call is None or where is None or not names:
        return _NONE
    before = _records_before(file, call, model)
    same = [name for name, each in before if text_of(part_of(each, "where")) == text_of(where)]
    return frozenset(name for name in names for each in same if is_narrowed(file, call, f"{each}.{name}"))


def _records_before(file: FileContext, call: Node, model: str) -> Iterator[tuple[str, Node]]:
    """The variables before a call that have a record of a model, each with the options of its query."""
    for name, binding in visible_bindings(call):
        held = declared_value(binding, name)
        query = unwrapped(held) if held is not None else None
        options = options_of(query) if query is not None and query.type == "call_expression" else None
        found = file.types.of(query) if query is not None and options is not None else None
        if options is not None and found is not None and found.what is What.RECORD and found.model == model:
            yield name, options
