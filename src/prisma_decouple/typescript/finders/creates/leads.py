"""Functions that lead to a create, and what has to be done so that they take the new key.

A lead begins at the function around a create whose parameters make the record, `saveBook(title)`, and goes on to its
callers.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.creates.new_members import lacking, member_subject, needs_of_type, note_members
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import add_property, separator
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import bound_names, function_name, parameters
from prisma_decouple.typescript.source.signatures import says_any
from prisma_decouple.typescript.source.syntax import ancestors, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.source.vocabulary import METHODS
from prisma_decouple.typescript.types.places.promises import (
    is_of_namespace,
    is_overridden,
    is_promised_otherwise,
    is_said_elsewhere,
)
from prisma_decouple.typescript.types.places.slots import Slot, parameter_type, place_key
from prisma_decouple.typescript.types.typed import What, fits
from prisma_decouple.typescript.wording import name_list

if TYPE_CHECKING:
    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

# Names that say nothing about what is called; following them by name alone would lead everywhere.
TOO_COMMON = METHODS | {"constructor", "handler", "main", "default", "run", "execute", "add", "insert", "save", "then"}


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

    def is_told(self, file: FileContext) -> bool:
        """Whether the rule file of a file's code base names the function."""
        return self.function in file.facts.code.calls


def lead_by(slot: Slot, relation: RequiredRelation, confidence: Confidence) -> Lead:
    """The lead to the callers of a function that is to take the key."""
    return Lead(function_name(slot.function.node), relation, confidence, slot)


def needs_of(slot: Slot, relation: RequiredRelation) -> frozenset[str]:
    """The subjects without which a function does not take the key; none when its types have it already."""
    if slot.owner:
        shape = lacking(parameter_type(slot), relation)
        needs = needs_of_type(shape, relation) if shape is not None else frozenset()
        needs = needs or _needs_of_unseen(slot, relation) or _needs_of_unfit(slot, relation)
        return needs | _needs_of_signature(slot)
    needs = _needs_of_signature(slot) | {slot.subject(relation)}
    if slot.is_property:
        needs |= _needs_of_unfit(slot, relation) | _needs_of_unseen(slot, relation)
    return needs


def lacking_shape(lead: Lead) -> Place | None:
    """The written type that has to get a key so that a function takes it."""
    is_property = lead.slot is not None and lead.slot.is_property
    return lacking(parameter_type(lead.slot), lead.relation) if lead.slot is not None and is_property else None


def given_by_calls(slot: Slot, relation: RequiredRelation) -> str:
    """The subject of a slot in an argument of type `any`, of which only the calls can make sure that it is filled."""
    written = slot.parameter.child_by_field_name("type")
    is_open = written is None or says_any(written)
    return slot.subject(relation) if slot.owner and is_open else ""


def _needs_of_unseen(slot: Slot, relation: RequiredRelation) -> frozenset[str]:
    """What is needed where the written type of an argument cannot be seen, or cannot have another member."""
    written, found = slot.parameter.child_by_field_name("type"), parameter_type(slot)
    is_seen = found is not None and found.what is not What.BOX
    if found is not None and found.what in {What.INPUT, What.RECORD} and not found.extras:
        is_seen = found.model == relation.model and all(map(found.has, relation.foreign_keys))
    return frozenset() if written is None or is_seen else frozenset({"a type that can be seen"})


def _needs_of_signature(slot: Slot) -> frozenset[str]:
    """What is needed where something else, such as an interface or an overload, says what a function takes."""
    is_by_itself = slot.is_property and slot.parameter.child_by_field_name("type") is not None
    is_bound = is_promised_otherwise(slot) if is_by_itself else is_said_elsewhere(slot.function)
    is_moving = not slot.is_property and slot.index < len(parameters(slot.function.node))
    is_bound = is_bound or (is_moving and is_overridden(slot.function)) or is_of_namespace(slot.function.node)
    return frozenset({"a signature that nothing else says"}) if is_bound else frozenset()


def _needs_of_unfit(slot: Slot, relation: RequiredRelation) -> frozenset[str]:
    """What is needed where the type of an argument has the keys already, but as something else, or not always."""
    found = parameter_type(slot)
    if found is None or found.what not in {What.SHAPE, What.CLASS}:
        return frozenset()
    types, pairs = slot.function.file.types, zip(relation.foreign_keys, relation.scalar_types, strict=True)
    is_unfit = any(fits(types.property(found, key), kind) is False for key, kind in pairs)
    return frozenset({"a key that is always there"}) if is_unfit else frozenset()


def note_lead(lead: Lead) -> None:
    """Note what lets the function take the key: its parameter, and the type of it."""
    slot, relation = lead.slot, lead.relation
    if slot is None:
        return
    file, keys = slot.function.file, name_list(relation.foreign_keys)
    shape = lacking_shape(lead)
    why = f"`{lead.function}` leads to a create that needs {keys}"
    if shape is not None:
        told = f"{why}: the type of what it is given must say so."
        note_members(shape, relation, lead.confidence, told, is_told=lead.is_told(shape.file))
    pattern = pattern_of(slot.parameter)
    if not slot.is_property:
        _note_parameter(slot, lead, f"{why}: let it take {keys} as well.")
    elif pattern.type == "object_pattern" and not set(relation.foreign_keys) <= set(bound_names(pattern)):
        missing = [key for key in relation.foreign_keys if key not in set(bound_names(pattern))]
        edits = add_property(file.source, pattern, _sibling(lead), ", ".join(missing))
        needs = [member_subject(shape, relation)] if shape is not None else []
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
            is_told=lead.is_told(file),
        )


def _sibling(lead: Lead) -> str:
    """The key, among those that became optional, beside which the new one belongs in the argument's pattern."""
    if lead.slot is None:
        return ""
    names = set(bound_names(pattern_of(lead.slot.parameter)))
    facts = lead.slot.function.file.facts
    return next((key for key in facts.neighbours_of(lead.relation.model) if key in names), "")


def _note_parameter(slot: Slot, lead: Lead, why: str) -> None:
    """Note that a function is to take the key as a parameter of its own."""
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
    subject, is_told = slot.subject(relation), lead.is_told(file)
    file.hint(node, Kind.PARAMETER, lead.confidence, why, edits, subject=subject, is_lazy=True, is_told=is_told)
