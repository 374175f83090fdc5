"""Written types whose values become records, `interface Draft { title: string }`, and that need the new key for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.members import added_members
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.decorators import is_decorated
from prisma_decouple.typescript.source.literals import spreads_in
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import callee, key_of, text_of
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.typed import WRITTEN, Type, members_of
from prisma_decouple.typescript.types.written.members import shape_members

if TYPE_CHECKING:
    from prisma_decouple.typescript.changes import RequiredRelation

_DEPTH = 8
_MADE_OF = frozenset({"Omit", "Required"})
_DECLARED = frozenset({"interface_declaration", "type_alias_declaration"})
_METHODS = frozenset({"abstract_method_signature", "method_definition", "method_signature"})


def lacking(found: Type | None, relation: RequiredRelation) -> Place | None:
    """Where a written type is declared, or the part of it that can have more, when it does not have the keys.

    Args:
        found: the type; None when it is not known.
        relation: what has the keys.
    """
    if found is None or found.place is None or found.what not in WRITTEN:
        return None
    place = found.place
    if place.node.type == "intersection_type":
        part = next((each for each in place.node.named_children if each.type == "object_type"), None)
        if part is None:
            return None
        place = Place(place.file, part)
    return None if all(has_member(found.place, key) for key in relation.foreign_keys) else place


def needs_of_type(shape: Place, relation: RequiredRelation) -> frozenset[str]:
    """The subjects without which values of a written type do not have the keys."""
    # No hint has this subject: a type of which others are made never gets the keys by a patch.
    others = {"a type of which no other is made"} if _is_made_into_others(shape) else set()
    return frozenset({member_subject(shape, relation), *others})


def member_subject(shape: Place, relation: RequiredRelation) -> str:
    """The subject of the hint that lets a written type have the keys."""
    return f"has {' '.join(relation.foreign_keys)} {place_key(shape)}"


def note_members(
    shape: Place, relation: RequiredRelation, confidence: Confidence, why: str, *, is_told: bool = False
) -> None:
    """Note a written type that has to have the keys.

    Args:
        shape: where it is declared.
        relation: what has the keys.
        confidence: how sure that is.
        why: the reason, for a person.
        is_told: whether the rule file names the function that it is about.
    """
    schema = _schema_spread(shape)
    if schema is not None:
        schema.file.hint(schema.node, Kind.TYPE, _for_owner(confidence), why, is_told=is_told)
        return
    keys = shape.file.facts.neighbours_of(relation.model)
    members = [each for each in members_of(shape.node) if each.type not in _METHODS]
    sibling = next((place for key in keys for place in shape_members(shape.file, shape.node, key, 0)), None)
    anchor = sibling.node if sibling is not None else next(iter(members[-1:]), None)
    if anchor is None:
        shape.file.hint(shape.node, Kind.TYPE, confidence, why)
        return
    if is_decorated(anchor):
        confidence = _for_owner(confidence)
    edits = [added_members(shape.file.source, anchor, relation)]
    subject = member_subject(shape, relation)
    shape.file.findings.grown[subject] = (shape.file.source.path, relation)
    is_lazy = not is_decorated(anchor)
    shape.file.hint(anchor, Kind.TYPE, confidence, why, edits, subject=subject, is_lazy=is_lazy, is_told=is_told)


def has_member(shape: Place, name: str) -> bool:
    """Whether a written type, or one that it extends, has a member."""
    if any(shape_members(shape.file, shape.node, name, _DEPTH)):
        return True
    shorthand = (child for child in shape.node.named_children if child.type == "shorthand_property_identifier")
    return any(child.text == name.encode() for child in shorthand)


def _for_owner(confidence: Confidence) -> Confidence:
    """Never certain: whether a schema or a decorator asks for the key is for its owner to decide."""
    return Confidence.LIKELY if confidence is Confidence.CERTAIN else confidence


def _schema_spread(literal: Place) -> Place | None:
    """The validator's schema whose values a literal passes on, as that of `transform((it) => ({ ...it, total }))`."""
    spreads = spreads_in(literal.node)
    types = (literal.file.types.of(each.named_children[-1]) for each in spreads if literal.node.type == "object")
    said = next((each.said_by for each in types if each is not None and each.said_by is not None), None)
    node = said.node if said is not None else None
    while node is not None and (inner := callee(node)[0]) is not None and inner.type == "call_expression":
        node = inner
    return Place(said.file, node) if said is not None and node is not None else None


def _is_made_into_others(shape: Place) -> bool:
    """Whether `Omit<Shape, "key">` and the like take a written type apart: their values would lack the key as well."""
    declaration = next((each for each in (shape.node, shape.node.parent) if each and each.type in _DECLARED), None)
    name = key_of(declaration) if declaration is not None else ""
    for file in shape.file.project.files.values() if name else ():
        for node in file.source.nodes("generic_type") if name in file.source.words else ():
            listed = node.child_by_field_name("type_arguments")
            first = next(iter(listed.named_children), None) if listed is not None else None
            if text_of(node.child_by_field_name("name")) in _MADE_OF and text_of(first) == name:
                return True
    return False
