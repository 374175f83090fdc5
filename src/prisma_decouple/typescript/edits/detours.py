"""Reads through a relation that became optional, made direct where the new relation leads to the same record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.edits.members import added_member
from prisma_decouple.typescript.source.literals import add_property
from prisma_decouple.typescript.source.patterns import path_to
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.questions import is_constant
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, find_binding, uses_in
from prisma_decouple.typescript.source.syntax import READS, is_inside, last_name, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.places.arrivals import handed_values
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.tolerance import is_written_to
from prisma_decouple.typescript.types.properties import is_loaded, load_objects, loaded_options
from prisma_decouple.typescript.types.typed import DATA, What, member_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type


class Detour(NamedTuple):
    """The edits that take the direct way: those of the read, and those that load it, by file."""

    edits: list[Edit]
    loads: dict[str, tuple[Edit, ...]]


def bypassed(file: FileContext, node: Node, relation: OptionalRelation) -> tuple[Node, str] | None:
    """What is read by way of a relation that its record has itself now, and what it calls it.

    Args:
        file: the file.
        node: the relation as it is read: `book.shelf` of `book.shelf.room.library`.
        relation: the relation.
    """
    found, outer = file.facts.way_round(relation), node.parent
    for name in found.between if found is not None else ():
        outer = outer.parent if outer is not None and last_name(outer) == name and outer.type in READS else None
    own = found.own.get(last_name(outer), "") if found is not None and outer is not None else ""
    return (outer, own) if outer is not None and own else None


def direct_read(file: FileContext, node: Node, relation: OptionalRelation) -> Detour | None:
    """Read a record's new relation instead of the same one of the record that may be absent.

    Args:
        file: the file.
        node: the relation as it is read: `book.author` of `book.author.town`; or a variable that holds it.
        relation: the relation.

    Returns:
        None when it leads elsewhere, or when it cannot be seen where the record is loaded.
    """
    owner = node.child_by_field_name("object") or _record_behind(file, node, relation)
    beyond = bypassed(file, node, relation)
    found = file.types.of(owner) if beyond is not None and owner is not None else None
    if beyond is None or owner is None or found is None or found.what is not What.RECORD:
        return None
    outer, own = beyond
    if outer.type != "member_expression" or is_written_to(outer) or found.is_mixed or not found.has(own):
        return None  # of two models, the other one has no such relation
    is_key = file.facts.relation_of(relation.model, own) is None
    loads = _loads_of_key(found, own) if is_key else _loads(found, _way_to(file, relation, outer), own)
    name = node.child_by_field_name("property")
    direct = (
        Edit(name.start_byte, outer.end_byte, own)
        if name is not None
        else Edit(node.start_byte, outer.end_byte, f"{text_of(owner)}.{own}")
    )
    return Detour([direct], loads) if loads is not None else None


def _record_behind(file: FileContext, variable: Node, relation: OptionalRelation) -> Node | None:
    """The record out of which a constant was taken that holds what is related: `const { author } = book`.

    Where the constant would be used for nothing else, or its record has another meaning by then, there is none.
    """
    name, binding = text_of(variable), binding_of(variable)
    held = binding.child_by_field_name("value") if binding is not None and is_constant(binding) else None
    if binding is None or held is None:
        return None
    path, record = path_to(binding, name), held
    if path == [] and held.type == "member_expression" and last_name(held) == relation.field:
        record = held.child_by_field_name("object") or held
    elif path != [relation.field]:
        return None
    source = find_binding(binding, text_of(record)) if record.type == "identifier" else None
    is_same = source is not None and find_binding(variable, text_of(record)) == source
    if source is None or not is_same or not (source.type in PARAMETERS or is_constant(source)):
        return None
    block, target = binding.parent.parent if binding.parent is not None else None, binding.child_by_field_name("name")
    uses = uses_in(block, name, binding) if block is not None else ()
    others = (use for use in uses if bypassed(file, use, relation) is None)
    return record if any(target is None or not is_inside(target, use) for use in others) else None


def _loads_of_key(record: Type, key: str) -> dict[str, tuple[Edit, ...]] | None:
    """Nothing is to be done to load a key, unless a query chooses what it loads and leaves it out."""
    is_there = all(is_loaded(each, key) for each in (record.place, *record.also))
    return {} if not record.is_partial and is_there else None


def _way_to(file: FileContext, relation: OptionalRelation, outer: Node) -> list[str]:
    """The names of the relations that lead from a record to what is read at the end of them."""
    found = file.facts.way_round(relation)
    return [relation.field, *(found.between if found is not None else ()), last_name(outer)]


def _loads(record: Type, way: Sequence[str], successor: str) -> dict[str, tuple[Edit, ...]] | None:
    """The edits that load the new relation wherever the old one is loaded, in each query that a record may be from."""
    edits: dict[str, tuple[Edit, ...]] = {}
    for place in (record.place, *record.also):
        found = _loads_in(place, way, successor)
        if found is None:
            return None
        for path, each in found.items():
            edits[path] = tuple(dict.fromkeys((*edits.get(path, ()), *each)))
    return edits


def _loads_in(place: Place | None, way: Sequence[str], successor: str) -> dict[str, tuple[Edit, ...]] | None:
    inner = place
    for name in way:
        inner = loaded_options(inner, name)
    if inner is None or place is None:
        return None
    holders = load_objects(place)
    if any(_is_given(payload, holders) for payload in _payloads(place, holders)):
        return None
    if any(_is_copied(holder, successor) for holder in holders):
        return None
    edits: dict[str, tuple[Edit, ...]] = {}
    for holder in holders:
        member = member_of(holder.node, way[0])
        if member is None or member_of(holder.node, successor) is not None:
            continue
        text = f"{successor}: {text_of(inner.node)}"
        if "\n" in text:
            return None
        source = holder.file.source
        is_type = _is_type(holder)
        added = [added_member(source, member, [text])] if is_type else add_property(source, holder.node, way[0], text)
        edits[source.path] = tuple(added)
    return edits


def _is_copied(holder: Place, successor: str) -> bool:
    """Whether a record that is loaded there is spread into the data of another one, which takes no whole relation."""
    project = holder.file.project
    for path in sorted(project.users_of(holder.file.source.path)):
        file = project.files[path]
        if file.copied is None:
            file.copied = list(_copied(file))
        if any(record.has(successor) and holder in _holders_of(record) for record in file.copied):
            return True
    return False


def _copied(file: FileContext) -> Iterator[Type]:
    """The records that are spread into the data of others: `create({ data: { ...book, id: undefined } })`."""
    for spread in file.source.nodes("spread_element"):
        if spread.parent is None or spread.parent.type != "object" or not spread.named_children:
            continue
        found = file.types.of(spread.named_children[0])
        if found is not None and found.what is What.RECORD and not found.is_list:
            wanted = expected(file, spread.parent)
            if wanted is not None and wanted.what in DATA:
                yield found


def _holders_of(record: Type) -> list[Place]:
    return [each for place in (record.place, *record.also) for each in load_objects(place)]


def _is_type(place: Place) -> bool:
    return place.node.type == "object_type"


def _payloads(place: Place, holders: Sequence[Place]) -> Iterator[Place]:
    """The payload types whose values have to load as much as what is loaded somewhere.

    That is the type itself where it is one; and those that are made of the constant that says what is loaded, as in
    `Prisma.BookGetPayload<{ include: typeof everything }>`.
    """
    if _is_type(place):
        yield place
    shared = [each for each in holders if each.file != place.file or not is_inside(place.node, each.node)]
    paths = {path for each in shared for path in place.file.project.users_of(each.file.source.path)}
    for path in sorted(paths):
        file = place.file.project.files[path]
        for generic in file.source.nodes("generic_type"):
            options = [each for part in generic.named_children[1:] for each in part.named_children]
            payload = Place(file, options[0]) if options and _is_type(Place(file, options[0])) else None
            if payload is not None and payload != place and any(each in shared for each in load_objects(payload)):
                yield payload


def _is_given(payload: Place, holders: Sequence[Place]) -> bool:
    """Whether something is handed over where a payload type is wanted, which would have to load as much then."""
    given = payload.file.given
    if payload.node.id not in given:
        given[payload.node.id] = list(_loaded_for(payload))
    return any(each != payload and load_objects(each) != holders for each in given[payload.node.id])


def _loaded_for(payload: Place) -> Iterator[Place | None]:
    """Where the values are loaded that are handed over where a payload type is wanted; None for those made by hand."""
    project = payload.file.project
    for path in sorted(project.users_of(payload.file.source.path)):
        file = project.files[path]
        for value in (*handed_values(file), *file.source.nodes("object")):
            wanted = expected(file, value)
            if wanted is not None and wanted.place == payload:
                found = file.types.of(value)
                yield found.place if found is not None else None
