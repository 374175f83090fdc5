"""Calls of functions that lead to a create, `saveBook({ title })`: whether they pass the new key, and how they can."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.edits.proposals import added_to_call, how_to_come_by, sibling_key
from prisma_decouple.typescript.edits.supply import Supply, supply_for_call
from prisma_decouple.typescript.finders.creates.creates import given_with_spreads, gives
from prisma_decouple.typescript.finders.creates.leads import Lead, given_by_calls, lead_by, needs_of
from prisma_decouple.typescript.finders.creates.neighbours import note_neighbours
from prisma_decouple.typescript.finders.creates.new_members import has_member
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import comes_from_parameter, given_by, separator, values_of
from prisma_decouple.typescript.source.scopes import bound_names, enclosing_function, is_declared, parameters
from prisma_decouple.typescript.source.syntax import call_arguments, last_name
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.kinds import misfit
from prisma_decouple.typescript.types.places.slots import Slot, comes_from_callers, slot_for
from prisma_decouple.typescript.types.properties import has_loaded
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import name_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.source.text import Source


class _Told(NamedTuple):
    """What is told of a place that has to give the key.

    Attributes:
        why: the reason.
        confidence: how sure it is that something has to be done there.
        is_quiet: whether it is only told when the patch does it.
    """

    why: str
    confidence: Confidence
    is_quiet: bool = False


def check_call(file: FileContext, call: Node, lead: Lead) -> Iterator[Lead]:
    """Note what a call of a lead's function lacks; what leads on from there, to its own callers, comes back."""
    file.checked.add((call.start_byte, lead.relation))
    if lead.slot is not None and not lead.slot.is_property:
        yield from _check_positional(file, call, lead)
        return
    given = call_arguments(call)
    if lead.slot is not None:
        given = given[lead.slot.index : lead.slot.index + 1]
    arguments = [value for argument in given for value in values_of(argument)]
    literals = [value for value in arguments if value.type == "object"]
    named = {last_name(value) for value in arguments}
    relation = lead.relation
    if named >= set(relation.foreign_keys) or any(
        gives(given_with_spreads(file, each, relation), relation) for each in literals
    ):
        file.fine()
    elif literals:
        for literal in literals if lead.slot is not None else [_most_alike(file.facts, literals, relation)]:
            yield from _check_literal(file, literal, lead, _Told(_lack(lead), lead.confidence))
    elif arguments and all(_has_keys(file, value, relation) for value in arguments):
        file.fine()
    elif len(arguments) == 1 and (slot := _lacking_slot(file, arguments[0], relation)) is not None:
        yield from _check_lacking(file, call, slot, lead)
    else:
        yield from _check_unseen(file, call, arguments, lead)


def note_handed_on(file: FileContext, use: Node, lead: Lead) -> None:
    """Note where a lead's function is handed on: whoever calls it from there is not seen, and has to pass the key."""
    keys = name_list(lead.relation.foreign_keys)
    why = f"`{lead.function}` leads to a create that needs {keys}: whatever calls it from here has to pass it."
    file.hint(use, Kind.CALL, Confidence.UNSURE, why, completes=_completed(lead), is_told=lead.is_told(file))


def note_caller(lead: Lead, slot: Slot, path: str) -> None:
    """Note that a file which is no TypeScript calls a lead's function, and has to pass the key."""
    node, keys = slot.function.node, name_list(lead.relation.foreign_keys)
    why = f"`{lead.function}` leads to a create that needs {keys}, and `{path}` calls it, which is not looked at."
    slot.function.file.hint(node, Kind.CALL, Confidence.UNSURE, why, completes=_completed(lead))


def _lacking_slot(file: FileContext, value: Node, relation: RequiredRelation) -> Slot | None:
    """The slot of a parameter of a written type that is handed on as it is."""
    found = file.types.of(value)
    if found is None or found.what not in {What.SHAPE, What.CLASS}:
        return None
    return slot_for(file, value, relation, is_whole=True)


def _most_alike(facts: SchemaFacts, literals: Sequence[Node], relation: RequiredRelation) -> Node:
    """The literal that has the neighbouring foreign key, else the first."""
    return next((each for each in literals if sibling_key(facts, given_by(each), relation)), literals[0])


def _has_keys(file: FileContext, value: Node, relation: RequiredRelation) -> bool:
    """Whether the type of a value has the keys already, and always as what they are."""
    found = file.types.of(value)
    if found is None:
        return False
    if found.what in {What.RECORD, What.INPUT}:
        return found.model == relation.model and has_loaded(found, relation.foreign_keys)
    if found.place is None or not all(has_member(found.place, key) for key in relation.foreign_keys):
        return False
    pairs = zip(relation.foreign_keys, relation.scalar_types, strict=True)
    members = ((file.types.property(found, key), kind) for key, kind in pairs)
    return not any(each is not None and (each.is_nullable or misfit(each, kind)) for each, kind in members)


def check_made(file: FileContext, literal: Node, lead: Lead, called: str) -> Iterator[Lead]:
    """Note that a literal lacks the key, which its type gets because of what a lead's function needs."""
    given = given_with_spreads(file, literal, lead.relation)
    if not given.opaque and not gives(given, lead.relation):
        told = _Told(_gets(lead, called), lead.confidence, is_quiet=True)
        yield from _check_literal(file, literal, lead, told)


def _gets(lead: Lead, called: str) -> str:
    keys, taken = name_list(lead.relation.foreign_keys), f"`{called}`" if called else f"what `{lead.function}` is given"
    return f"`{lead.function}` leads to a create that needs {keys}: if {taken} gets it, this has to give it."


def _check_literal(file: FileContext, literal: Node, lead: Lead, told: _Told) -> Iterator[Lead]:
    """A literal that is handed to a lead's function, or has the type of what that takes."""
    relation, given = lead.relation, given_with_spreads(file, literal, lead.relation)
    why, confidence, is_quiet = told
    if given.opaque:
        confidence = _weaker(confidence)
        why += " Unless what is spread here brings it."
    sibling = sibling_key(file.facts, given, relation)
    note_neighbours(file, given.values, relation)
    supply = supply_for_call(file, literal, given.values, relation)
    handed_on = given.opaque if not sibling else [given.values[sibling]]
    if supply is None or not supply.is_known:
        supply, leads = _handed_on(file, literal, handed_on, lead, supply, is_whole=not sibling)
        yield from leads
    edits = None
    if supply is not None:
        why += supply.why
        is_whole = supply.slot is not None and supply.slot.is_whole
        edits = None if is_whole else [*supply.edits, *added_to_call(file, literal, relation, supply.values)]
    elif not file.facts.code.lookup(relation.target).find:
        why += f" {how_to_come_by(relation)}"
    _note(file, literal, lead, _Told(why, confidence, is_quiet), edits, supply)


def _note(
    file: FileContext,
    node: Node,
    lead: Lead,
    told: _Told,
    edits: Iterable[Edit] | None,
    supply: Supply | None,
) -> None:
    """Note a call, or a literal, with what the patch does about it; without a usable value it does nothing."""
    needs = needs_of(lead.slot, lead.relation) if lead.slot is not None else frozenset()
    if supply is not None and supply.slot is not None:
        needs |= needs_of(supply.slot, lead.relation)
    if supply is None or not supply.is_possible:
        needs |= {"a value that can be used"}
    imports = supply.imports if supply is not None else ()
    completes = _completed(lead)
    file.hint(
        node,
        Kind.CALL,
        told.confidence,
        told.why,
        edits,
        imports=imports,
        needs=needs,
        completes=completes,
        is_told=lead.is_told(file),
        is_quiet=told.is_quiet,
    )


def _completed(lead: Lead) -> frozenset[str]:
    """The subjects that may only be provided when every call passes the key, this one as well."""
    if lead.slot is None:
        return frozenset()
    by_calls = given_by_calls(lead.slot, lead.relation)
    return needs_of(lead.slot, lead.relation) | ({by_calls} if by_calls else frozenset())


def _handed_on(
    file: FileContext, place: Node, values: Sequence[Node], lead: Lead, meant: Supply | None, *, is_whole: bool
) -> tuple[Supply | None, list[Lead]]:
    """The values where the function around a call only hands on what it is given, and the lead to its callers."""
    relation, keys = lead.relation, name_list(lead.relation.foreign_keys)
    for value in values:
        slot = slot_for(file, value, relation, is_whole=is_whole)
        if slot is not None:
            found = lead_by(slot, relation, _weaker(lead.confidence) if lead.slot is None else lead.confidence)
            why = f" `{found.function}` only hands on what it is given: let it take {keys} as well."
            return Supply(slot.values(relation), why, slot=slot), [found]
    _, name = enclosing_function(place)
    is_free = not any(is_declared(place, key) for key in relation.foreign_keys)
    if name and is_free and any(comes_from_callers(file, each) for each in values):
        why = f" `{name}` only hands on what it is given: let it take {keys} as well."
        return Supply(relation.foreign_keys, why), [Lead(name, relation, _weaker(lead.confidence))]
    return meant, []


def _check_positional(file: FileContext, call: Node, lead: Lead) -> Iterator[Lead]:
    """A call of a function that takes the key as an argument of its own, which is not there yet."""
    slot, relation, given = lead.slot, lead.relation, call_arguments(call)
    if slot is None:
        return
    literals = (each for each in given if each.type == "object")
    if any(gives(given_with_spreads(file, each, relation), relation) for each in literals):
        told = f"`{lead.function}` is given {name_list(relation.foreign_keys)} here in what it may be given besides"
        why = f"{told}: once it takes that by itself, give it there."
        file.hint(call, Kind.CALL, Confidence.UNSURE, why, completes=_completed(lead))
        return
    why, confidence = _lack(lead), lead.confidence
    if len(given) < slot.index or any(each.type == "spread_element" for each in given):
        file.hint(call, Kind.CALL, Confidence.UNSURE, why, completes=_completed(lead))
        return
    siblings = _named_arguments(slot.function, given)
    note_neighbours(file, siblings, relation)
    supply = supply_for_call(file, call, siblings, relation)
    if supply is None or not supply.is_known:
        keys = file.facts.neighbours_of(relation.model)
        neighbours = [value for key, value in siblings.items() if key in keys]
        supply, leads = _handed_on(file, call, neighbours, lead, supply, is_whole=False)
        yield from leads
    if supply is None:
        file.hint(
            call,
            Kind.CALL,
            confidence,
            f"{why} {how_to_come_by(relation)}",
            completes=_completed(lead),
            is_told=lead.is_told(file),
        )
        return
    edits = [*supply.edits, _argument(file.source, call, given, slot.index, ", ".join(supply.values))]
    _note(file, call, lead, _Told(why + supply.why, confidence), edits, supply)


def _named_arguments(function: Place, given: Sequence[Node]) -> Mapping[str, Node]:
    """The arguments of a call by the names of the parameters that receive them."""
    names = [next(iter(bound_names(each)), "") for each in parameters(function.node)]
    return dict(zip(names, given, strict=False))


def _argument(source: Source, call: Node, given: Sequence[Node], index: int, text: str) -> Edit:
    if not given:
        return Edit(call.end_byte - 1, call.end_byte - 1, text)
    gap = separator(source, given)
    if index < len(given):
        return Edit(given[index].start_byte, given[index].start_byte, f"{text},{gap}")
    return Edit(given[-1].end_byte, given[-1].end_byte, f",{gap}{text}")


def _lack(lead: Lead) -> str:
    keys = name_list(lead.relation.foreign_keys)
    return f"`{lead.function}` leads to a create that needs {keys}, and this call does not pass it."


def _check_unseen(file: FileContext, call: Node, arguments: Sequence[Node], lead: Lead) -> Iterator[Lead]:
    """A call that is handed what cannot be seen here; the function around it may hand it on."""
    relation, keys = lead.relation, name_list(lead.relation.foreign_keys)
    why = f"`{lead.function}` leads to a create that needs {keys}; whether this call passes it cannot be seen here."
    _, name = enclosing_function(call)
    slots = (slot_for(file, each, relation, is_whole=True) for each in arguments if comes_from_parameter(each))
    slot = next(filter(None, slots), None)
    if slot is not None and slot.is_property:
        found = lead_by(slot, relation, _weaker(lead.confidence))
        why += f" `{found.function}` hands on what it is given, so its callers have to pass {keys}."
        yield found
    elif name and name != lead.function and any(comes_from_callers(file, each) for each in arguments):
        why += f" `{name}` hands on what it is given, so its callers have to pass {keys}."
        yield Lead(name, relation, _weaker(lead.confidence))
    file.hint(call, Kind.CALL, Confidence.UNSURE, why, completes=_completed(lead))


def _check_lacking(file: FileContext, call: Node, slot: Slot, lead: Lead) -> Iterator[Lead]:
    """An argument whose type is written down and does not have the keys: its function's callers have to give them."""
    found = lead_by(slot, lead.relation, lead.confidence)
    yield found
    why = f"{_lack(lead)} `{found.function}` only hands on what it is given."
    needs = needs_of(slot, lead.relation)
    if lead.slot is not None:
        needs |= needs_of(lead.slot, lead.relation)
    file.hint(
        call, Kind.CALL, lead.confidence, why, needs=needs, completes=_completed(lead), is_told=lead.is_told(file)
    )


def _weaker(confidence: Confidence) -> Confidence:
    return Confidence.LIKELY if confidence is Confidence.CERTAIN else Confidence.UNSURE
