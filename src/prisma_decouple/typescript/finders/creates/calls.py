"""Calls of functions that lead to a create, followed from caller to caller until nothing new appears."""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.creates.followed_leads import FollowedLeads
from prisma_decouple.typescript.finders.creates.grown_literals import find_grown_literals
from prisma_decouple.typescript.finders.creates.handed_functions import handed_on, is_handed_where_written
from prisma_decouple.typescript.finders.creates.leads import TOO_COMMON, Lead, lead_by, note_lead
from prisma_decouple.typescript.finders.creates.mocks import find_mocks
from prisma_decouple.typescript.finders.creates.passed_keys import check_call, note_caller, note_handed_on
from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.source.aliases import importers, local_names, module_words, other_names
from prisma_decouple.typescript.source.files import Called
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import find_binding, function_name
from prisma_decouple.typescript.source.syntax import FUNCTIONS, callee, text_of
from prisma_decouple.typescript.source.vocabulary import BUILT_IN
from prisma_decouple.typescript.types.places.arrivals import is_promised
from prisma_decouple.typescript.types.places.promises import promises_of
from prisma_decouple.typescript.types.places.slots import Slot, place_key, slot_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts


def leads_of_rules(facts: SchemaFacts) -> list[Lead]:
    """The functions that the rule file names, each once for every different foreign key that creates now need."""
    by_keys = {relation.foreign_keys: relation for relation in reversed(facts.required)}
    relations = [relation for relation in facts.required if by_keys[relation.foreign_keys] is relation]
    return [Lead(name, relation, Confidence.CERTAIN) for name in facts.code.calls for relation in relations]


def find_calls(files: Sequence[FileContext], leads: Iterable[Lead]) -> FollowedLeads:
    """Note the calls that do not pass the new key.

    Args:
        files: all files of the code base; their findings are filled.
        leads: the functions to begin with; of two leads for the same function the first counts.

    Returns:
        All functions that were followed.
    """
    walk = _Walk(files)
    waiting = deque(leads)
    while waiting:
        waiting.extend(walk.follow(waiting.popleft()))
        if not waiting:
            waiting.extend(find_grown_literals(walk.leads))
    _note_callers(walk.leads)
    return walk.followed


def _note_callers(leads: Iterable[Lead]) -> None:
    """Note the functions that files call which are no TypeScript."""
    known = [(lead, lead.slot, _called(lead.function, lead.slot)) for lead in leads if lead.slot is not None]
    project = known[0][1].function.file.project if known else None
    found = project.callers({called for _, _, called in known}) if project is not None else {}
    for lead, slot, called in known:
        if called in found:
            note_caller(lead, slot, found[called])


def _called(name: str, slot: Slot) -> Called:
    return Called(name.removeprefix("#"), module_words(slot.function.file.source.path))


class _Walk:
    """The way from caller to caller."""

    def __init__(self, files: Sequence[FileContext]) -> None:
        self._files = files
        self._seen: set[tuple[str, str, tuple[str, ...]]] = set()
        self._own: set[str] = set()  # functions whose calls are looked at with their slot
        self._checked: set[tuple[str, int, tuple[str, ...]]] = set()
        self.followed = FollowedLeads()
        self.leads: list[Lead] = []

    def follow(self, lead: Lead) -> Iterator[Lead]:
        """Look at the calls of one function; what they lead to comes back."""
        is_common = lead.function in TOO_COMMON or not lead.function
        if lead.key in self._seen or (lead.slot is None and is_common):
            return
        self._seen.add(lead.key)
        word = lead.function.removeprefix("#")  # of a private method
        candidates = [file for file in self._files if word in file.source.words]
        lead = _weighed(lead, candidates)
        note_lead(lead)
        self.leads.append(lead)
        if lead.slot is None and lead.confidence is Confidence.CERTAIN:
            found = [lead_by(slot, lead.relation, lead.confidence) for slot in _defined(candidates, lead)]
            yield from (each for each in found if each.key not in self._seen)
            self._own |= {place_key(each.slot.function) for each in found if each.slot is not None}
        others = other_names(self._files, lead.slot.function) if lead.slot is not None else frozenset()
        promised = promises_of(self._files, lead.slot.function) if lead.slot is not None else {}
        self.followed.note(lead, promised)
        others |= frozenset(promised.values())
        if lead.slot is not None and is_handed_where_written(lead.slot, promised):
            note_handed_on(lead.slot.function.file, lead.slot.function.node, lead)
        for file in candidates if lead.slot is None else importers(self._files, lead.slot.function, others):
            names = local_names(file, others) if lead.slot is not None else frozenset()
            find_mocks(file, lead)
            for call in file.source.nodes("call_expression"):
                if self._is_call_of(file, call, lead, names, promised):
                    yield from check_call(file, call, lead)
            if lead.slot is not None:
                for use in handed_on(file, {*names, lead.function}, lead.slot, promised):
                    note_handed_on(file, use, lead)

    def _is_call_of(
        self, file: FileContext, call: Node, lead: Lead, names: frozenset[str], promised: Collection[str]
    ) -> bool:
        """Whether a call is one of the lead's function, by its name, by another one, or by the type of what it calls.

        Each call is looked at once for the same keys.
        """
        receiver, name = callee(call)
        is_named = name == lead.function or name in names
        if not is_named and lead.slot is None:
            return False
        if receiver is not None and (file.delegates.model_of(receiver) is not None or _is_built_in(file, receiver)):
            return False
        function = file.types.function_of(call)
        place = function.place if function is not None else None
        if lead.slot is not None:
            own, called = lead.slot.function, place_key(place) if place is not None else ""
            is_same = called in {place_key(own), *promised}
            if called in promised and receiver is not None and _is_of_another(file, receiver, own):
                return False
            if not is_same and (not is_named or place is not None or name != lead.function or name in TOO_COMMON):
                return False
        elif place is not None and place_key(place) in self._own:
            return False
        key = (file.source.path, call.start_byte, lead.relation.foreign_keys)
        is_new = key not in self._checked
        self._checked.add(key)
        return is_new


def _is_of_another(file: FileContext, receiver: Node, function: Place) -> bool:
    """Whether a method is that of a class or interface which the class of a function does not say that it is.

    A promise that many give, `interface Saver<T> { create(one: T): void }`, is not kept by one of them for all. What
    `super` has is never what overrides it.
    """
    found = file.types.of(receiver)
    if receiver.type == "super":
        return True
    return found is not None and found.place is not None and not is_promised(function, found.place.node)


def _is_built_in(file: FileContext, receiver: Node) -> bool:
    """Whether a method is one that JavaScript itself has: `Promise.all`."""
    name = text_of(receiver)
    return name in BUILT_IN and find_binding(receiver, name) is None and name not in file.imported


def _defined(files: Iterable[FileContext], lead: Lead) -> Iterator[Slot]:
    """How the functions of a name that the rule file gives can take the key."""
    for file in files:
        for function in file.source.nodes(*FUNCTIONS):
            if function_name(function) == lead.function:
                slot = slot_of(Place(file, function), lead.relation)
                if slot is not None:
                    yield slot


def _weighed(lead: Lead, files: Iterable[FileContext]) -> Lead:
    """A lead with less confidence when it goes by a name that several functions have.

    What the rule file names stays certain.
    """
    if lead.slot is not None or lead.confidence is Confidence.CERTAIN:
        return lead
    is_unique = sum(_definitions(file, lead.function) for file in files) == 1
    return lead if is_unique else replace(lead, confidence=Confidence.UNSURE)


def _definitions(file: FileContext, name: str) -> int:
    return sum(function_name(function) == name for function in file.source.nodes(*FUNCTIONS))
