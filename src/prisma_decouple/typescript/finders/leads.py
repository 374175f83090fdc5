"""Functions that lead to a create, and what has to be done so that they take the new key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.members import added_members
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import add_property, separator
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import bound_names, function_name, parameters
from prisma_decouple.typescript.source.syntax import ancestors, callee, key_of, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.source.vocabulary import METHODS
from prisma_decouple.typescript.types.members import shape_members
from prisma_decouple.typescript.types.promises import is_overridden, is_promised_otherwise, is_said_elsewhere
from prisma_decouple.typescript.types.slots import Slot, parameter_type, place_key
from prisma_decouple.typescript.types.typed import What, fits, members_of
from prisma_decouple.typescript.wording import name_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext

# Names that say nothing about what is called; following them by name alone would lead everywhere.
TOO_COMMON = METHODS | {"constructor", "handler", "main", "default", "run", "execute", "add", "insert", "save", "then"}

_ANY = ": any"
_DEPTH = 8
_MADE_OF = frozenset({"Omit", "Required"})
_DECLARED = frozenset({"interface_declaration", "type_alias_declaration"})
_METHODS = frozenset({"abstract_method_signature", "method_definition", "method_signature"})


@dataclass(frozen=True)
class Lead:
    """A function that leads to a create without the new key, so that its callers have to pass it.

    Attributes:
        function: its name.
        relation: what the create lacks.
        confidence: how sure it is that calls by this name lead there.
        slot: how it is to take the key; None when only its name is known.
    """

    function: str
    relation: RequiredRelation
    confidence: Confidence = Confidence.LIKELY
    slot: Slot | None = None

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """What makes two leads the same."""
        place = place_key(self.slot.function) if self.slot is not None else ""
        return self.function, place, self.relation.foreign_keys

    @property
    def home(self) -> str:
        """What the function is in: the name of its file, with those of the classes and variables around it there."""
        if self.slot is None:
            return ""
        around = (each.child_by_field_name("name") for each in ancestors(self.slot.function.node))
        return " ".join([PurePosixPath(self.slot.function.file.source.path).name, *map(text_of, around)])


def lead_by(slot: Slot, relation: RequiredRelation, confidence: Confidence) -> Lead:
    """The lead to the callers of a function that is to take the key."""
    return Lead(function_name(slot.function.node), relation, confidence, slot)


def needs_of(slot: Slot, relation: RequiredRelation) -> frozenset[str]:
    """The subjects without which a function does not take the key; none when its types have it already."""
    if slot.owner:
        shapes = list(_lacking(slot, relation))
        needs = frozenset(_member_subject(shape, relation) for shape in shapes)
        needs |= {"a type of which no other is made" for shape in shapes if _is_made_into_others(shape)}
        return (needs or _needs_of_unseen(slot, relation) or _needs_of_unfit(slot, relation)) | _needs_of_signature(
            slot
        )
    needs = _needs_of_signature(slot) | (_needs_of_unfit(slot, relation) if slot.is_property else frozenset())
    return needs | {slot.subject(relation)}


def given_by_calls(slot: Slot, relation: RequiredRelation) -> str:
    """The subject of what takes a key out of an argument of any type: that it is there, only the calls can see to."""
    written = slot.parameter.child_by_field_name("type")
    is_any = written is None or text_of(written) == _ANY
    return slot.subject(relation) if slot.owner and is_any else ""


def _needs_of_unseen(slot: Slot, relation: RequiredRelation) -> frozenset[str]:
    """What is needed where the type of an argument is written, but what it has is not seen, or has no room for more."""
    written, found = slot.parameter.child_by_field_name("type"), parameter_type(slot)
    is_seen = found is not None and found.what is not What.BOX
    if found is not None and found.what is What.RECORD and not found.extras:
        is_seen = found.model == relation.model and all(map(found.has, relation.foreign_keys))
    return frozenset() if written is None or is_seen else frozenset({"a type that can be seen"})


def _needs_of_signature(slot: Slot) -> frozenset[str]:
    """What is needed where a function cannot take more just by itself."""
    is_by_itself = slot.is_property and slot.parameter.child_by_field_name("type") is not None
    is_bound = is_promised_otherwise(slot) if is_by_itself else not slot.owner and is_said_elsewhere(slot.function)
    is_moving = not slot.is_property and slot.index < len(parameters(slot.function.node))
    is_bound = is_bound or (is_moving and is_overridden(slot.function))
    return frozenset({"a signature that nothing else says"}) if is_bound else frozenset()


def _needs_of_unfit(slot: Slot, relation: RequiredRelation) -> frozenset[str]:
    """What is needed where the type of an argument has the keys already, but as something else, or not always."""
    found = parameter_type(slot)
    if found is None or found.what not in {What.SHAPE, What.CLASS}:
        return frozenset()
    types, pairs = slot.function.file.types, zip(relation.foreign_keys, relation.scalar_types, strict=True)
    is_unfit = any(fits(types.property(found, key), kind) is False for key, kind in pairs)
    return frozenset({"a key that is always there"}) if is_unfit else frozenset()


def prepare(lead: Lead) -> None:
    """Note what lets the function take the key: its parameter, and the type of it."""
    slot, relation = lead.slot, lead.relation
    if slot is None:
        return
    file, keys = slot.function.file, name_list(relation.foreign_keys)
    shapes = list(_lacking(slot, relation)) if slot.is_property else []
    why = f"`{lead.function}` leads to a create that needs {keys}"
    for shape in shapes:
        _note_members(shape, lead, f"{why}: the type of what it is given must say so.")
    pattern = pattern_of(slot.parameter)
    if not slot.is_property:
        _note_parameter(slot, lead, f"{why}: let it take {keys} as well.")
    elif pattern.type == "object_pattern" and not set(relation.foreign_keys) <= set(bound_names(pattern)):
        missing = [key for key in relation.foreign_keys if key not in set(bound_names(pattern))]
        edits = add_property(file.source, pattern, _sibling(lead), ", ".join(missing))
        needs = [_member_subject(shape, relation) for shape in shapes]
        why = f"{why}: take it out of the argument here."
        file.hint(
            pattern,
            Kind.PARAMETER,
            lead.confidence,
            why,
            edits,
            subject=slot.subject(relation),
            needs=needs,
            is_lazy=True,
            is_told=_is_told(lead, file),
        )


def _sibling(lead: Lead) -> str:
    """The key, among those that became optional, beside which the new one belongs in the argument's pattern."""
    if lead.slot is None:
        return ""
    names = set(bound_names(pattern_of(lead.slot.parameter)))
    facts = lead.slot.function.file.facts
    return next((key for key in facts.neighbours_of(lead.relation.model) if key in names), "")


def _is_told(lead: Lead, file: FileContext) -> bool:
    """Whether the rule file names the function."""
    return lead.function in file.facts.code.calls


def _note_parameter(slot: Slot, lead: Lead, why: str) -> None:
    relation = lead.relation
    file, taken = slot.function.file, parameters(slot.function.node)
    pairs = zip(relation.foreign_keys, relation.scalar_types, strict=True)
    is_typed = any(each.child_by_field_name("type") is not None for each in taken)
    text = ", ".join(f"{key}: {kind}" if is_typed else key for key, kind in pairs)
    gap = separator(file.source, taken)
    if slot.index:
        end = taken[slot.index - 1].end_byte
        edit = Edit(end, end, f",{gap}{text}")
    else:
        start = taken[0].start_byte
        edit = Edit(start, start, f"{text},{gap}")
    listed = slot.function.node.child_by_field_name("parameters")
    is_bare = listed is None  # an arrow function's parameter without parentheses
    node = listed if listed is not None else slot.function.node
    edits = None if is_bare else [edit]
    subject, is_told = slot.subject(relation), _is_told(lead, file)
    file.hint(node, Kind.PARAMETER, lead.confidence, why, edits, subject=subject, is_lazy=True, is_told=is_told)


def _note_members(shape: Place, lead: Lead, why: str) -> None:
    schema = _schema_spread(shape)
    if schema is not None:
        schema.file.hint(schema.node, Kind.TYPE, _for_owner(lead.confidence), why, is_told=_is_told(lead, schema.file))
        return
    relation, confidence, is_told = lead.relation, lead.confidence, _is_told(lead, shape.file)
    keys = shape.file.facts.neighbours_of(relation.model)
    members = [each for each in members_of(shape.node) if each.type not in _METHODS]
    sibling = next((place for key in keys for place in shape_members(shape.file, shape.node, key, 0)), None)
    anchor = sibling.node if sibling is not None else next(iter(members[-1:]), None)
    if anchor is None:
        shape.file.hint(shape.node, Kind.TYPE, confidence, why)
        return
    is_decorated = any(child.type == "decorator" for child in anchor.children)
    is_decorated = is_decorated or (anchor.prev_sibling is not None and anchor.prev_sibling.type == "decorator")
    if is_decorated:
        confidence = _for_owner(confidence)
    edits = [added_members(shape.file.source, anchor, relation)]
    subject = _member_subject(shape, relation)
    is_lazy = not is_decorated
    shape.file.hint(anchor, Kind.TYPE, confidence, why, edits, subject=subject, is_lazy=is_lazy, is_told=is_told)


def _for_owner(confidence: Confidence) -> Confidence:
    """How sure it can be: what a value has to be like before it is let in is for its owner to say."""
    return Confidence.LIKELY if confidence is Confidence.CERTAIN else confidence


def _schema_spread(literal: Place) -> Place | None:
    """The schema of a validator that lets in what a literal passes on: of `transform((it) => ({ ...it, total }))`."""
    spreads = (each for each in literal.node.named_children if each.type == "spread_element")
    types = (literal.file.types.of(each.named_children[-1]) for each in spreads if literal.node.type == "object")
    said = next((each.said_by for each in types if each is not None and each.said_by is not None), None)
    node = said.node if said is not None else None
    while node is not None and (inner := callee(node)[0]) is not None and inner.type == "call_expression":
        node = inner
    return Place(said.file, node) if said is not None and node is not None else None


def _member_subject(shape: Place, relation: RequiredRelation) -> str:
    return f"has {' '.join(relation.foreign_keys)} {place_key(shape)}"


def _lacking(slot: Slot, relation: RequiredRelation) -> Iterator[Place]:
    """The type of the argument, when it is written down and does not have the keys."""
    found = parameter_type(slot)
    if found is None or found.place is None or found.what not in {What.SHAPE, What.CLASS}:
        return
    place = found.place
    if place.node.type == "intersection_type":
        parts = (each for each in place.node.named_children if each.type == "object_type")
        node = next(parts, None)
        if node is None:
            return
        place = Place(place.file, node)
    if not all(has_member(found.place, key) for key in relation.foreign_keys):
        yield place


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


def has_member(shape: Place, name: str) -> bool:
    """Whether a written type, or one that it extends, has a member."""
    if any(shape_members(shape.file, shape.node, name, _DEPTH)):
        return True
    shorthand = (child for child in shape.node.named_children if child.type == "shorthand_property_identifier")
    return any(child.text == name.encode() for child in shorthand)
