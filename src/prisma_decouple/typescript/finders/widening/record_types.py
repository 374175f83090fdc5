"""Written types that add what is loaded to a record, `Book & { author: Author }`, and say that it is always there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.loaded_relations import note_read
from prisma_decouple.typescript.finders.widening.casts import is_asked_inside
from prisma_decouple.typescript.finders.widening.widened_members import widen, widen_member
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_called_after_only, repeats
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import key_of, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.places.givers import is_open, whole_givers_of
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.typed import Type, What, members_of
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 8
_OF_OTHERS = frozenset({"lookup_type", "parenthesized_type", "type_identifier"})
_CASTS = ("as_expression", "satisfies_expression")


def find_cast_records(file: FileContext) -> None:
    """Note the members of such types that records are cast to: `books as (Book & { author: Author })[]`.

    Args:
        file: the file; its findings, and those of the files whose types it casts to, are filled.
    """
    for node in file.source.nodes(*_CASTS):
        _check_cast(file, node)


def find_extended_records(file: FileContext) -> None:
    """Note the members of such types wherever they are written.

    Args:
        file: the file; its findings are filled, unless something is seen to arrive there already.
    """
    for node in file.source.nodes("intersection_type", "interface_declaration"):
        bases = list(_bases(node))
        shapes = bases if node.type == "intersection_type" else [node]
        for record in (found for base in bases if (found := _record_of(file, base)) is not None):
            for member in (each for shape in shapes for each in members_of(shape)):
                _check_member(file, member, record)


def _record_of(file: FileContext, base: Node) -> Type | None:
    """The record that a type adds to: one of the client's, or what is called after a model and repeats it."""
    found = file.types.read(base)
    if found is not None and found.what is What.RECORD:
        return found
    if found is None or found.what is not What.SHAPE or found.place is None:
        return None
    members = {key_of(each) for each in members_of(found.place.node)}
    models = {each.model for each in file.facts.optional if is_called_after_only(file.facts, text_of(base), each.model)}
    model = next((each for each in sorted(models) if repeats(file.facts, each, members)), None)
    return Type(What.RECORD, model) if model is not None else None


def find_repeating_types(file: FileContext) -> None:
    """Note the same in types that are called after a model and repeat it: what a page gets from the server.

    Args:
        file: the file; its findings are filled, unless something is seen to arrive there already.
    """
    for node in file.source.nodes("interface_declaration", "type_alias_declaration"):
        shape = node.child_by_field_name("value") or node
        members = {key_of(each): each for each in members_of(shape)}
        for relation in file.facts.optional if node == shape or shape.type == "object_type" else ():
            member = members.get(relation.field)
            is_meant = member is not None and is_called_after_only(file.facts, key_of(node), relation.model)
            if member is None or not is_meant or not repeats(file.facts, relation.model, members):
                continue
            if not any(not is_open(each, relation.field) for each in _givers(file, member, relation.field)):
                _check_member(file, member, Type(What.RECORD, relation.model))


def _givers(file: FileContext, member: Node, name: str) -> Iterator[Place]:
    """What the code gives to a member, but for its tests."""
    return (each for each in whole_givers_of(file, member, name) if not is_test(each.file.source.path))


def _bases(node: Node) -> Iterator[Node]:
    """The types that an intersection is made of, or that an interface extends."""
    if node.type == "intersection_type":
        yield from node.named_children
    for clause in (child for child in node.named_children if child.type == "extends_type_clause"):
        yield from clause.named_children


def _check_member(file: FileContext, member: Node, record: Type) -> None:
    name, found, annotation = key_of(member), file.types.of_member(member), member.child_by_field_name("type")
    is_known = place_key(Place(file, member)) in file.findings.widened
    if annotation is None or found is None or found.is_nullable or found.is_list or is_known:
        return
    if any(each.field == name for each in file.facts.optional_of(record.model)):
        why = f"This says that `{name}` is always there; that of {with_article(record.model)} may be null now."
        file.findings.widened[place_key(Place(file, member))] = name
        widen(Place(file, member), Confidence.LIKELY, why, is_lazy=True)


def _check_cast(file: FileContext, node: Node) -> None:
    """`records as Row[]`: nobody checks that the type fits."""
    value = node.named_children[0]
    record, written = file.types.of(value), file.types.of(node)
    if record is None or written is None or record.what is not What.RECORD:
        return
    own = [written.place] if written.place is not None and written.what is What.SHAPE else []
    for shape in (*written.extras, *own):
        if shape.node.type != "object":
            _check_view(Place(file, value), shape, record.model)


def _check_view(value: Place, shape: Place, model: str, path: tuple[str, ...] = ()) -> None:
    """Look at what a written type says of the relations of a model that a value has somewhere inside."""
    facts = shape.file.facts
    optional = {each.field for each in facts.optional_of(model)}
    for member in members_of(shape.node):
        name, target = key_of(member), facts.target_of(model, key_of(member))
        found = shape.file.types.of_member(member) if target is not None else None
        annotation = member.child_by_field_name("type")
        if found is None or target is None or annotation is None:
            continue
        is_open = name in optional and not found.is_nullable
        if is_open and not is_asked_inside(value.file, value.node, (*path, name), model):
            why = f"This says that `{name}` is always there; that of {with_article(model)} may be null now."
            widen_member(Place(shape.file, member), why)
        if found.what is What.SHAPE and found.place is not None and len(path) < _DEPTH:
            _check_view(value, found.place, target, (*path, name))


def find_looked_up(file: FileContext) -> None:
    """Note where what a type has is looked up in that of a related record: `Loaded["author"]["name"]`.

    Args:
        file: the file; its findings are filled.
    """
    for lookup in file.source.nodes("lookup_type"):
        base = lookup.named_children[0]
        found = file.types.read(base) if base.type in _OF_OTHERS else None
        if found is None or found.became_null is None or not found.is_nullable or found.is_list:
            continue
        model, field = found.became_null
        note_read(file, found.place)
        why = f"The `{field}` of {with_article(model)} may be null now, and null has nothing to look a type up in."
        edits = [Edit(base.start_byte, base.start_byte, "NonNullable<"), Edit(base.end_byte, base.end_byte, ">")]
        file.hint(lookup, Kind.TYPE, file.sure_of_null, why, edits)
