"""Calls of functions that lead to a create, followed from caller to caller until nothing new appears."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from prisma_decouple.typescript.creates import Lead, gives
from prisma_decouple.typescript.delegates import METHODS
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.literals import comes_from_parameter, given_by, values_of
from prisma_decouple.typescript.proposals import added_to_call, known_values, sibling_key
from prisma_decouple.typescript.scopes import enclosing_function, function_name
from prisma_decouple.typescript.syntax import FUNCTIONS, call_arguments, callee, last_name
from prisma_decouple.typescript.wording import name_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import RequiredRelation, SchemaFacts

# Names that say nothing about what is called; following them would lead everywhere.
_TOO_COMMON = METHODS | {"constructor", "handler", "main", "default", "run", "execute", "add", "insert", "save", "then"}


def leads_of_rules(facts: SchemaFacts) -> list[Lead]:
    """The functions that the rule file names, each once for every different foreign key that creates now need."""
    by_keys = {relation.foreign_keys: relation for relation in reversed(facts.required)}
    relations = [relation for relation in facts.required if by_keys[relation.foreign_keys] is relation]
    return [Lead(name, relation, Confidence.CERTAIN) for name in facts.code.calls for relation in relations]


def find_calls(files: Sequence[FileContext], leads: Iterable[Lead]) -> dict[str, Confidence]:
    """Note the calls that do not pass the new key.

    Args:
        files: all files of the code base; their findings are filled.
        leads: the functions to begin with; of two leads for the same name the first counts.

    Returns:
        The names of all functions that were followed, and how sure it is that they lead to a create.
    """
    waiting = deque(leads)
    seen: dict[tuple[str, tuple[str, ...]], Confidence] = {}
    while waiting:
        lead = waiting.popleft()
        key = (lead.function, lead.relation.foreign_keys)
        if key in seen or lead.function in _TOO_COMMON:
            continue
        candidates = [file for file in files if lead.function in file.source.words]
        lead = _weighed(lead, candidates)
        seen[key] = lead.confidence
        for file in candidates:
            waiting.extend(_check_file(file, lead))
    return {name: confidence for (name, _), confidence in seen.items()}


def _weighed(lead: Lead, files: Iterable[FileContext]) -> Lead:
    """A lead with less confidence when several functions have its name; what the rule file names stays certain."""
    if lead.confidence is Confidence.CERTAIN or sum(_definitions(file, lead.function) for file in files) == 1:
        return lead
    return Lead(lead.function, lead.relation, Confidence.UNSURE)


def _definitions(file: FileContext, name: str) -> int:
    return sum(function_name(function) == name for function in file.source.nodes(*FUNCTIONS))


def _check_file(file: FileContext, lead: Lead) -> Iterator[Lead]:
    for call in file.source.nodes("call_expression"):
        receiver, name = callee(call)
        if name == lead.function and (receiver is None or file.delegates.model_of(receiver) is None):
            yield from _check_call(file, call, lead)


def _check_call(file: FileContext, call: Node, lead: Lead) -> Iterator[Lead]:
    arguments = [value for argument in call_arguments(call) for value in values_of(argument)]
    literals = [value for value in arguments if value.type == "object"]
    named = {last_name(value) for value in arguments}
    if named >= set(lead.relation.foreign_keys) or any(gives(given_by(each), lead.relation) for each in literals):
        file.fine()
    elif literals:
        yield from _check_literal(file, _most_alike(file.facts, literals, lead.relation), lead)
    else:
        yield from _check_unseen(file, call, arguments, lead)


def _most_alike(facts: SchemaFacts, literals: Sequence[Node], relation: RequiredRelation) -> Node:
    """The literal that has the neighbouring foreign key, else the first."""
    return next((each for each in literals if sibling_key(facts, given_by(each), relation)), literals[0])


def _check_literal(file: FileContext, literal: Node, lead: Lead) -> Iterator[Lead]:
    relation, given = lead.relation, given_by(literal)
    keys = name_list(relation.foreign_keys)
    why = f"`{lead.function}` leads to a create that needs {keys}, and this call does not pass it."
    confidence = lead.confidence
    if given.opaque:
        confidence = Confidence.LIKELY if confidence is Confidence.CERTAIN else Confidence.UNSURE
        why += " Unless what is spread here brings it."
    _, name = enclosing_function(literal)
    sibling = sibling_key(file.facts, given, relation)
    handed_on = given.opaque if not sibling else [given.values[sibling]]
    values: Sequence[str] | None = known_values(file, literal, relation)
    if values is None and name and any(map(comes_from_parameter, handed_on)):
        why += f" `{name}` only hands on what it is given: let it take {keys} as well."
        values = relation.foreign_keys
        yield Lead(name, relation, _weaker(lead.confidence))
    elif values is not None:
        why += f" {name_list(values)} is at hand."
    else:
        why += f" Find the {relation.target} first and pass its key."
        values = _found_values(file.facts, relation)
    edits = added_to_call(file, literal, relation, values) if values is not None else None
    file.hint(literal, Kind.CALL, confidence, why, edits)


def _check_unseen(file: FileContext, call: Node, arguments: Sequence[Node], lead: Lead) -> Iterator[Lead]:
    keys = name_list(lead.relation.foreign_keys)
    why = f"`{lead.function}` leads to a create that needs {keys}; whether this call passes it cannot be seen here."
    _, name = enclosing_function(call)
    if name and name != lead.function and any(map(comes_from_parameter, arguments)):
        why += f" `{name}` hands on what it is given, so its callers have to pass {keys}."
        yield Lead(name, lead.relation, _weaker(lead.confidence))
    file.hint(call, Kind.CALL, Confidence.UNSURE, why)


def _weaker(confidence: Confidence) -> Confidence:
    return Confidence.LIKELY if confidence is Confidence.CERTAIN else Confidence.UNSURE


def _found_values(facts: SchemaFacts, relation: RequiredRelation) -> list[str] | None:
    """The keys of a record that the guide shows how to find; None when the rule file does not say how."""
    if facts.code.lookup(relation.target).find is None:
        return None
    return [f"{relation.field}.{reference}" for reference in relation.references]
