"""Members of written types that follow a renamed field: `interface Row { nick: string }`, which only records are given.

Where every value of such a type is seen, and all of them are records of the model or written out, the member is called
as the field is now, with all that reads it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.edits.renames import renamed
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.augmentations import is_of_package
from prisma_decouple.typescript.source.literals import given_by, spreads_in
from prisma_decouple.typescript.source.patterns import key_in_pattern
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import BINDINGS, bound_names
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    READS,
    ancestors,
    key_of,
    last_name,
    nearest,
    string_value,
    text_of,
)
from prisma_decouple.typescript.types.elements import handed_elements
from prisma_decouple.typescript.types.places.arrivals import handed_values
from prisma_decouple.typescript.types.places.expectations import expected, place_of
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.uses import members_of_type, members_read
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.types.written.members import shape_members
from prisma_decouple.typescript.wording import now_called, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import LostField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.text import Edit

_DEPTH = 6
_FAR = 3
_STAYS = "a member that may be renamed"
_NAMED = frozenset({"interface_declaration", "type_alias_declaration"})
_HOLDING = frozenset({"Array", "Promise", "ReadonlyArray", "React.FC", "FC", "useState", "React.useState"})
_LOGS = re.compile(r"(?:console|log|logger)\b")
_ANSWERING = "@Controller"  # of NestJS: what its methods give is sent away
_KEPT = frozenset({"arrow_function", "return_statement", "variable_declarator"})


class _Shape(NamedTuple):
    """A written type, and the way from its values to those of the type whose member is renamed."""

    place: Place
    way: tuple[str, ...] = ()


def follow(wanted: Type, record: Type, lost: LostField) -> str:
    """The subject that a record waits for where a type wants it to have a field under its old name.

    Args:
        wanted: what takes the record.
        record: the record.
        lost: the field.

    Returns:
        That of the member's renaming, which is noted; one that nothing provides where the member has to stay.
    """
    if wanted.place is None or not lost.is_renamed or not record.has(lost.name):
        return _STAYS
    found = list(shape_members(wanted.place.file, wanted.place.node, lost.name, _DEPTH))
    if len(found) != 1 or found[0].node.type != "property_signature" or is_of_package(found[0].node):
        return _STAYS
    (member,) = found
    subjects = member.file.findings.followed
    if place_key(member) not in subjects:
        subjects[place_key(member)] = _renamed(member, lost)
    return subjects[place_key(member)]


def _renamed(member: Place, lost: LostField) -> str:
    edits = _edits(member, lost)
    if edits is None:
        return _STAYS
    subject, path = f"renamed {place_key(member)}", member.file.source.path
    own = edits.pop(path, [])
    elsewhere = {file: tuple(each) for file, each in edits.items() if each}
    why = f"This is given the `{lost.name}` of {with_article(lost.model)}.{now_called(lost)}"
    member.file.hint(
        member.node,
        Kind.TYPE,
        Confidence.CERTAIN,
        why,
        own,
        elsewhere=elsewhere,
        subject=subject,
        is_lazy=True,
        is_quiet=True,
    )
    return subject


def _edits(member: Place, lost: LostField) -> dict[str, list[Edit]] | None:
    """The edits by which a member gets the new name, by file; None where not all of its values are seen."""
    shape = nearest(member.node, "object_type", "interface_declaration")
    home = member.file
    if shape is None or _type_parameters(shape):
        return None
    shapes = _around(_Shape(Place(home, shape)), _FAR)
    if shapes is None:
        return None
    paths = {path for each in shapes for path in home.project.users_of(each.place.file.source.path)}
    edits: dict[str, list[Edit]] = {
        home.source.path: renamed(member.node.child_by_field_name("name") or shape, lost.successor) or []
    }
    for path in sorted(paths):
        file = home.project.files[path]
        if not all(_fits(file, value, shapes, lost) for value in _values(file)):
            return None
        if not all(_is_fit(file, given, taken, shapes, lost) for _, given, taken in handed_elements(file)):
            return None
        found = _mentions_in(file, member, shape, lost)
        if found is None:
            return None
        edits.setdefault(path, []).extend(found)
    return edits


def _type_parameters(shape: Node) -> bool:
    return any(each.child_by_field_name("type_parameters") is not None for each in (shape, *ancestors(shape)))


def _around(shape: _Shape, depth: int) -> list[_Shape] | None:
    """A type and those that have it as a member; None where it is named in a way that is not followed."""
    node, found = shape.place.node, [shape]
    named = node if node.type in _NAMED else node.parent
    if named is not None and named.type in _NAMED:
        mentions = list(_named_at(shape.place, key_of(named)))
    else:
        mentions = [Place(shape.place.file, node)]
    for mention in mentions:
        holder = _said_by(mention.node)
        if holder is None:
            return None
        outer = nearest(holder, "object_type", "interface_declaration") if holder.type == "property_signature" else None
        if outer is not None:
            wider = (
                _around(_Shape(Place(mention.file, outer), (key_of(holder), *shape.way)), depth - 1) if depth else None
            )
            if wider is None:
                return None
            found += wider
    return found


def _named_at(shape: Place, name: str) -> Iterator[Place]:
    for file in shape.file.project.speaking_of(name):
        for node in file.source.nodes("type_identifier"):
            outer = node.parent
            is_own = outer is not None and outer.type in _NAMED and outer.child_by_field_name("name") == node
            if text_of(node) == name and not is_own:
                yield Place(file, node)


def _said_by(written: Node) -> Node | None:
    """What a type is written for, alone, in a list or promised: a member, a parameter, a variable; else None."""
    inner = written
    for outer in ancestors(written):
        if outer.type == "type_arguments":
            generic = outer.parent
            name = generic.child_by_field_name("name") or generic.child_by_field_name("function") if generic else None
            if text_of(name) not in _HOLDING:
                return None
        elif outer.type == "union_type":
            if any(each != inner and text_of(each) not in {"null", "undefined"} for each in outer.named_children):
                return None
        elif outer.type in {"as_expression", "call_expression"}:
            return outer
        elif outer.type == "type_annotation":
            return outer.parent
        elif outer.type not in {"array_type", "generic_type"}:
            return None
        inner = outer
    return None


def _values(file: FileContext) -> Iterator[Node]:
    yield from handed_values(file)
    yield from (each.named_children[0] for each in file.source.nodes("as_expression") if each.named_children)
    yield from (each.named_children[-1] for each in file.source.nodes("spread_element") if each.named_children)


def _fits(file: FileContext, value: Node, shapes: list[_Shape], lost: LostField) -> bool:
    """Whether a value is none of those types, is given as one and has the field, or goes on as one."""
    wanted, found = expected(file, value), file.types.of(value)
    if value.type == "object" and not _is_own(found, shapes):
        return not _is_own(wanted, shapes) or not any(spreads_in(value))
    if wanted is None and _is_own(found, shapes):
        return _is_kept(file, value)
    return _is_fit(file, found, wanted, shapes, lost)


def _is_own(found: Type | None, shapes: list[_Shape]) -> bool:
    return any(_is(found, each) for each in shapes)


def _is_fit(file: FileContext, given: Type | None, wanted: Type | None, shapes: list[_Shape], lost: LostField) -> bool:
    """The same of what is given, and what is wanted."""
    taken = next((each for each in shapes if _is(wanted, each)), None)
    if taken is None or _is_own(given, shapes):
        return taken == next((each for each in shapes if _is(given, each)), None)
    found = given
    for step in taken.way:
        found = file.types.property(found, step) if found is not None else None
    is_record = found is not None and found.what is What.RECORD and not found.is_mixed
    return found is not None and is_record and found.model == lost.model and found.has(lost.name)


def _is(found: Type | None, shape: _Shape) -> bool:
    return found is not None and found.place is not None and found.place.node == shape.place.node


def _is_kept(file: FileContext, value: Node) -> bool:
    """Whether a value goes on by a name, or as what a function gives that answers nobody, or only into a log."""
    outer, _ = place_of(value)
    if outer is not None and outer.type == "arguments" and outer.parent is not None:
        return _LOGS.match(text_of(outer.parent)) is not None
    return outer is not None and outer.type in _KEPT and _ANSWERING not in file.source.text


def _is_asked_by_name(file: FileContext, asked: Node, shape: Node, name: str) -> bool:
    """Whether it is asked by a text whether a value has the member: `"handle" in row`."""
    right = asked.child_by_field_name("right")
    is_of_name = string_value(asked.child_by_field_name("left")) == name
    if right is None or not is_of_name or text_of(asked.child_by_field_name("operator")) != "in":
        return False
    found = file.types.of(right)
    return found is None or (found.place is not None and found.place.node == shape)


def _mentions_in(file: FileContext, member: Place, shape: Node, lost: LostField) -> list[Edit] | None:
    """The edits of what reads the member in a file, and of what is written out as a value of its type."""
    found: list[Edit] = []
    if lost.name not in file.source.words:
        return found
    if any(_is_asked_by_name(file, each, shape, lost.name) for each in file.source.nodes("binary_expression")):
        return None
    for read in (each for each in file.source.nodes(*READS) if last_name(each) == lost.name):
        owner = read.child_by_field_name("object")
        if any(each.node == member.node for each in members_read(file, read)):
            found += renamed(read.child_by_field_name("property") or read, lost.successor) or []
        elif file is member.file and owner is not None and file.types.of(owner) is None:
            return None
    for part in file.source.nodes("pair_pattern", "shorthand_property_identifier_pattern"):
        own = next(bound_names(part), "") if key_in_pattern(part) == lost.name else ""
        binding = nearest(part, *BINDINGS) if own else None
        owned = file.types.owner_of(binding, own) if binding is not None else None
        if owned is not None and any(each.node == member.node for each in members_of_type(owned, lost.name)):
            found += renamed(part, lost.successor) or []
    for literal in file.source.nodes("object"):
        wanted = expected(file, literal) if lost.name in given_by(literal).values else None
        if wanted is not None and wanted.place is not None and wanted.place.node == shape:
            properties = (each for each in literal.named_children if each.type in PROPERTIES)
            found += [
                edit for each in properties if key_of(each) == lost.name for edit in renamed(each, lost.successor) or []
            ]
    return found
