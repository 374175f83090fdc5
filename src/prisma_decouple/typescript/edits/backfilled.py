"""New foreign keys from where the migration takes the old ones: `project.workspaceId`, of the project at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.assignments import is_assigned
from prisma_decouple.typescript.source.literals import given_by, property_value, spreads_in
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import (
    PARAMETERS,
    binding_of,
    find_binding,
    parameters,
    returned_values,
    uses_of_variable,
    visible_bindings,
)
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    callee,
    function_around,
    is_function,
    is_inside,
    key_of,
    last_name,
    nearest,
    said_in,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.properties import is_loaded, literal_behind, loaded_options
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from prisma_decouple.rules.intents import RelationPath
    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts

_NAMES = frozenset({"identifier", "member_expression", "shorthand_property_identifier"})
_INDEXES = frozenset({"identifier", "number"})
_CREATES = frozenset({"create", "createMany", "connectOrCreate"})


def connected_key(value: Node | None) -> Node | None:
    """The key in `{ connect: { id: key } }`."""
    connect = property_value(value, "connect") if value is not None and value.type == "object" else None
    if connect is None or connect.type != "object":
        return None
    return next(iter(given_by(connect).values.values()), None)


def may_be_null(facts: SchemaFacts, model: str, key: str) -> bool:
    """Whether a model's field may be null, changed or not."""
    column = facts.column_of(model, key)
    is_new_null = any(each.field == key and each.is_nullable for each in facts.new_of(model))
    return column.is_nullable if column is not None else is_new_null or bool(facts.nullability(model, key))


def backfilled_values(
    file: FileContext,
    literal: Node,
    siblings: Mapping[str, Node],
    relation: RequiredRelation,
    *,
    lets_null_in: bool = False,
) -> list[str] | None:
    """The foreign keys of a new record, as the migration takes them for one that is there.

    Args:
        file: the file.
        literal: the record's data, or the call that leads to it.
        siblings: what is given besides, by name.
        relation: what the record needs.
        lets_null_in: whether they may be null where they are taken.

    Returns:
        None when the migration takes them elsewhere, or no record on the way is at hand.
    """
    path = relation.backfill
    if path is None or not path.relations:
        return _given(file, siblings, path, relation.model) if path is not None else None
    model, field = path.relations[0]
    first = file.facts.relation_of(model, field)
    if model != relation.model or first is None or len(first.foreign_keys) != 1:
        return None
    key = siblings.get(first.foreign_keys[0]) or connected_key(siblings.get(field))
    spread = _spread_key(file, literal, first.foreign_keys[0]) if key is None else ""
    records = _looked_up(file, literal, spread, first.target) if spread else ()
    for record, found in _records(file, literal, key, first.target) if key is not None else records:
        is_absent = lets_null_in and found.is_nullable
        values = _along(file, f"{record}?" if is_absent else record, _filled(found) if is_absent else found, path)
        if values is not None and (lets_null_in or _are_there(file, literal, values, path)):
            return values
    return _of_outer(file, literal, path, first.target) if key is None else None


def _spread_key(file: FileContext, literal: Node, key: str) -> str:
    """How a key is read that a literal takes over with others, `order.bookId` of `{ ...order }`; empty without one."""
    spreads = list(spreads_in(literal)) if literal.type == "object" else []
    owner = unwrapped(spreads[0].named_children[0]) if len(spreads) == 1 else None
    found = file.types.of(owner) if owner is not None and owner.type in _NAMES else None
    value = file.types.property(found, key) if found is not None else None
    is_there = value is not None and not value.is_nullable and found is not None and not found.is_nullable
    return f"{text_of(owner)}.{key}" if is_there else ""


def _records(file: FileContext, literal: Node, key: Node, model: str) -> Iterator[tuple[str, Type]]:
    """The records at hand that a key belongs to: `project` of `project.id`, or what was looked up by it."""
    node = unwrapped(key)
    owner = node.child_by_field_name("object")
    if owner is not None and node.type == "member_expression" and not _leads_on(file, model, last_name(node)):
        found = file.types.of(owner)
        if (owner.type in _NAMES or _is_element(owner)) and found is not None:
            yield text_of(owner), _there(file, owner, found)
    if node.type in _NAMES:
        yield from _looked_up(file, literal, text_of(node), model)


def _is_element(owner: Node) -> bool:
    """Whether an expression is an element of a list that has a name, `books[index]`, and the same when read again."""
    listed, index = owner.child_by_field_name("object"), owner.child_by_field_name("index")
    is_indexed = owner.type == "subscript_expression" and index is not None and index.type in _INDEXES
    return is_indexed and listed is not None and listed.type in _NAMES


def _looked_up(file: FileContext, literal: Node, key: str, model: str) -> Iterator[tuple[str, Type]]:
    """The records in sight that were looked up by a key, here or by a function that is called with it."""
    for name, binding in visible_bindings(literal):
        found = file.types.of_symbol(binding, name)
        if found is None or found.model != model or found.what is not What.RECORD:
            continue
        here = [each.node for each in _looked_up_by(_before_cast(file, binding) or found) if each.file is file]
        by = [each for each in here if function_around(each) == function_around(binding)] or _handed_over(file, binding)
        is_before = binding.end_byte < literal.start_byte and not _is_another(literal, key, binding.end_byte)
        if is_before and any(text_of(each) == key for each in by):
            yield name, (_filled(found) if is_narrowed(file, literal, name) else found)


def _before_cast(file: FileContext, declarator: Node) -> Type | None:
    """What a variable is given as a type that is written there, `(await query) as Full`; None without one."""
    value = declarator.child_by_field_name("value")
    said = said_in(value) if value is not None else None
    return file.types.of(unwrapped(said[0])) if said is not None else None


def _is_another(literal: Node, key: str, start: int) -> bool:
    """Whether a key has been given another value by the time at which a literal is written."""
    around = [each for each in ancestors(literal) if is_function(each) or each.type == "program"]
    return any(is_assigned(each, {key.partition(".")[0]}, start, literal.start_byte) for each in around[:1])


def _looked_up_by(record: Type) -> list[Place]:
    """The values by which a query looks up a record, but for those that say to whom it must belong.

    `{ id, libraryId }` finds what `{ id }` does, or nothing.
    """
    options = literal_behind(record.place) if record.place is not None else None
    where = property_value(options.node, "where") if options is not None else None
    given = given_by(where).values if where is not None and where.type == "object" else {}
    if options is None:
        return []
    by = [value for key, value in given.items() if len(given) == 1 or not _leads_on(options.file, record.model, key)]
    return [Place(options.file, unwrapped(each)) for each in by]


def _handed_over(file: FileContext, declarator: Node) -> list[Node]:
    """What is given to a function for the parameters by which it looks up what it gives back."""
    value = declarator.child_by_field_name("value")
    call = unwrapped(value) if value is not None else None
    function = file.types.function_of(call) if call is not None and call.type == "call_expression" else None
    place = function.place if function is not None else None
    results = list(returned_values(place.node)) if place is not None else []
    if call is None or place is None or len(results) != 1:
        return []
    found = place.file.types.of(results[0])
    by = _looked_up_by(found) if found is not None else []
    bindings = [binding_of(each.node) for each in by if each.file is place.file]
    handed = zip(parameters(place.node), call_arguments(call), strict=False)
    return [unwrapped(argument) for parameter, argument in handed if parameter in bindings]


def _there(file: FileContext, node: Node, found: Type) -> Type:
    return _filled(found) if found.is_nullable and is_narrowed(file, node) else found


def _filled(found: Type) -> Type:
    return replace(found, is_nullable=False)


def _leads_on(file: FileContext, model: str, key: str) -> bool:
    """Whether a field of a model is a foreign key, so that a value of it belongs to a record of another one."""
    return any(each.model == model and key in each.foreign_keys for each in file.facts.relations)


def _along(file: FileContext, record: str, found: Type, path: RelationPath) -> list[str] | None:
    """The keys at the end of a path, of a record behind its first relation; None when one may be absent there."""
    model = path.relations[1][0] if len(path.relations) > 1 else path.model
    for step, (_, field) in enumerate(path.relations[1:], 2):
        options = loaded_options(found.place, field)
        if not _is_record(found, model) or options is None:
            return None
        inner = file.types.property(found, field)
        if inner is None:
            return None
        found, record = inner, f"{record}.{field}"
        model = path.relations[step][0] if step < len(path.relations) else path.model
    if not _is_record(found, model) or not all(
        is_loaded(found.place, each) and found.has(each) for each in path.fields
    ):
        return None
    return [f"{record}.{each}" for each in path.fields]


def _are_there(file: FileContext, literal: Node, values: list[str], path: RelationPath) -> bool:
    """Whether the keys at the end of a path are not null, by the schema or by what was asked before."""
    ends = zip(path.fields, values, strict=True)
    return all(not may_be_null(file.facts, path.model, key) or is_narrowed(file, literal, value) for key, value in ends)


def _is_record(found: Type, model: str) -> bool:
    is_one = found.what is What.RECORD and found.model == model and not found.is_list
    return is_one and not (found.is_nullable or found.is_partial or found.is_mock or found.is_mixed)


def _of_outer(file: FileContext, literal: Node, path: RelationPath, model: str) -> list[str] | None:
    """The keys of the record inside which one is created, `{ workspaceId, tasks: { create: ... } }`."""
    outer = _outer_data(file, literal, path.relations[0], model)
    if outer is None:
        return None
    data, is_new = outer
    if is_new:
        values = _given(file, given_by(data).values, path, model) if len(path.relations) == 1 else None
        return (
            values if values is not None and all(_is_the_same_above(each, literal, data) for each in values) else None
        )
    argument = data.parent.parent if data.parent is not None else None
    where = property_value(argument, "where") if argument is not None and argument.type == "object" else None
    given = given_by(where).values if where is not None and where.type == "object" else {}
    if len(given) != 1:
        return None
    for record, found in _records(file, literal, next(iter(given.values())), model):
        values = _along(file, record, found, path)
        if values is not None and _are_there(file, literal, values, path):
            return values
    return None


def _given(file: FileContext, given: Mapping[str, Node], path: RelationPath, model: str) -> list[str] | None:
    """The keys at the end of a path, as the data of a record of that model give them, or of the one around it."""
    values = []
    for key in path.fields:
        relation = next(
            (each for each in file.facts.relations if each.model == model and each.foreign_keys == (key,)), None
        )
        connected = connected_key(given.get(relation.name)) if relation is not None else None
        value = given.get(key) or connected
        node = unwrapped(value) if value is not None else None
        found = file.types.of(node) if node is not None else None
        if value is None or node is None or node.type not in _NAMES or (found is not None and found.is_nullable):
            return None
        written = text_of(found.place.node) if found is not None and found.place is not None else "any"
        if value != connected and written != "any" and may_be_null(file.facts, model, key):
            return None  # its type may have to let null in as well
        values.append(text_of(value if value.type == "as_expression" else node))
    return values


def _is_the_same_above(value: str, literal: Node, data: Node) -> bool:
    """Whether something that stands in the data around is known where a literal of a list in a variable is written."""
    first = value.partition(".")[0]
    binding = find_binding(literal, first)
    is_given = binding is None or binding.type in PARAMETERS or binding.end_byte <= literal.start_byte
    return is_inside(data, literal) or (is_given and binding == find_binding(data, first))


def _write_of(literal: Node) -> Node | None:
    """The `create: …` by which a literal becomes a record of another one, also one of a list in a variable."""
    for outer in ancestors(literal):
        if outer.type == "pair" and key_of(outer) in _CREATES:
            return outer
        if outer.type == "variable_declarator":
            uses = (each.parent for each in uses_of_variable(outer))
            writes = [each for each in uses if each is not None and each.type == "pair" and key_of(each) in _CREATES]
            return writes[0] if len(writes) == 1 else None
    return None


def _outer_data(file: FileContext, literal: Node, first: tuple[str, str], model: str) -> tuple[Node, bool] | None:
    """The data in which a record is created through a list of its parent's, and whether they are those of a new one."""
    ways = [
        each for each in file.facts.relations if (each.model, each.target) == (first[0], model) and each.foreign_keys
    ]
    back = [each.name for each in file.facts.relations if (each.model, each.target) == (model, first[0])]
    write = _write_of(literal)
    field = write.parent.parent if write is not None and write.parent is not None else None
    data = field.parent if field is not None and field.type == "pair" else None
    if len(ways) != 1 or field is None or data is None or key_of(field) not in back:
        return None
    call = nearest(data, "call_expression")
    holder, argument = data.parent, next(iter(call_arguments(call)), None) if call is not None else None
    if call is None or holder is None or holder.type != "pair" or key_of(holder) != "data" or holder.parent != argument:
        return None
    receiver, method = callee(call)
    if receiver is None or file.delegates.model_of(receiver) != model:
        return None
    return data, method == "create"
