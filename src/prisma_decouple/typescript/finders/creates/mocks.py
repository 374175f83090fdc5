"""Calls that tests expect of a function that leads to a create, and records that they give back in its place.

`expect(saveBook).toHaveBeenCalledWith({ title })` and `saveBook.mockResolvedValue({ id, title })` lack the new key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.proposals import sibling_key
from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.finders.creates.creates import given_with_spreads, gives
from prisma_decouple.typescript.finders.creates.given_data import data_of_create
from prisma_decouple.typescript.finders.creates.leads import TOO_COMMON, Lead
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import words_of
from prisma_decouple.typescript.source.literals import given_by, property_value, values_of
from prisma_decouple.typescript.source.syntax import call_arguments, callee, key_of, last_name, text_of, unwrapped
from prisma_decouple.typescript.source.vocabulary import CREATES, EXPECTED, MOCKS
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext

_CHAIN = frozenset({"call_expression", "member_expression"})
_USED = "useValue"
_CREATE = "create"

# What is said of any double, or of any class that has such methods.
_OF_ANY = frozenset(
    {
        *("dao", "double", "fake", "instance", "manager", "mock", "mocked", "model", "repo", "repository", "service"),
        *("spied", "spy", "store", "stub", "sut", "test"),
    }
)


def find_mocks(file: FileContext, lead: Lead) -> None:
    """Note what is expected of a call, or given instead of its result, and does not have the new key.

    What a test gives is nothing that can be known, so there is no proposal.

    Args:
        file: the file; its findings are filled.
        lead: the function.
    """
    for call in file.source.called(*EXPECTED, *MOCKS):
        receiver, method = callee(call)
        if receiver is None:
            continue
        doubled = subject_of(receiver) if method in EXPECTED else receiver if method in MOCKS else None
        if doubled is None or last_name(doubled) != lead.function or not _is_meant(file, doubled, lead):
            continue
        if method in EXPECTED:
            why = f"This expects a call of `{lead.function}`, which has to pass {_keys(lead.relation)} now."
            _note(file, _arguments(call, method), lead.relation, Kind.CALL, why)
        else:
            made = with_article(lead.relation.model)
            why = f"`{lead.function}` makes {made}, which has {_keys(lead.relation)} now; what stands for it has not."
            _note(file, call_arguments(call), lead.relation, Kind.CREATE, why)


def _is_meant(file: FileContext, method: Node, lead: Lead) -> bool:
    """Whether what a test puts in a function's place stands for the lead's: of a common name its owner must say so."""
    owner = method.child_by_field_name("object")
    model = file.delegates.model_of(owner)
    if model is not None:
        return model == lead.relation.model
    if owner is None or lead.function not in TOO_COMMON:
        return True
    named = {*words_of(last_name(owner))} - _OF_ANY
    return not named or not named.isdisjoint([*words_of(lead.home), *words_of(lead.relation.model)])


def find_expected_creates(file: FileContext) -> None:
    """Note the creates that a test expects of Prisma's client without the key, and the records of mocks without it.

    Args:
        file: the file; its findings are filled.
    """
    for call in file.source.called(*EXPECTED):
        receiver, method = callee(call)
        subject = subject_of(receiver) if receiver is not None and method in EXPECTED else None
        owner = subject.child_by_field_name("object") if subject is not None else None
        if owner is None or last_name(subject) not in CREATES:
            continue
        model = file.delegates.model_of(owner) or _doubled(file, owner)
        for relation in file.facts.needed_of(model) if model is not None else ():
            why = f"This expects {with_article(relation.model)} to be created, which needs {_keys(relation)} now."
            for argument in _arguments(call, method):
                _note(file, data_of_create(argument, last_name(subject)), relation, Kind.CREATE, why, is_record=True)
    _find_made_up(file)


def _doubled(file: FileContext, delegate: Node) -> str | None:
    """The model by whose name an object stands in for the client's: `double.book` of `double.book.create`."""
    name = last_name(delegate) if delegate.type == "member_expression" else ""
    return next((each.model for each in file.facts.needed if client_accessor(each.model) == name), None)


def _find_made_up(file: FileContext) -> None:
    """Note the records that a mock gives back in place of a create, by the name that it stands for: `books.create`."""
    for call in file.source.called(*MOCKS):
        receiver, method = callee(call)
        of, replaced = _replaced(unwrapped(receiver)) if receiver is not None and method in MOCKS else ("", "")
        for relation in file.facts.needed if _CREATE in words_of(replaced) else ():
            if {*words_of(of)} - _OF_ANY == {*words_of(relation.model)}:
                why = f"This stands for {with_article(relation.model)} and lacks what that has now: {_keys(relation)}."
                _note(file, call_arguments(call), relation, Kind.CREATE, why)


def _replaced(mock: Node) -> tuple[str, str]:
    """What a test puts something in place of: the name of an object or class, and that of its method.

    They are those of `orders.create`, or of where `jest.fn()` stands: `{ order: { create: jest.fn() } }`, and
    `{ provide: Orders, useValue: { create: jest.fn() } }` in NestJS.
    """
    if mock.type == "member_expression":
        owner = mock.child_by_field_name("object")
        return last_name(owner) if owner is not None else "", last_name(mock)
    value = mock
    while value.parent is not None and value.parent.type in _CHAIN:
        value = value.parent
    pair = value.parent
    holder = pair.parent.parent if pair is not None and pair.type == "pair" and pair.parent is not None else None
    if pair is None or holder is None or holder.type not in {"pair", "variable_declarator"}:
        return "", ""
    around = holder.parent if holder.type == "pair" else None
    provided = property_value(around, "provide") if around is not None and key_of(holder) == _USED else None
    return text_of(provided) if provided is not None else key_of(holder), key_of(pair)


def subject_of(receiver: Node) -> Node | None:
    """What `expect(subject)`, or `expect(subject).not`, speaks of."""
    node = unwrapped(receiver)
    if node.type == "member_expression" and last_name(node) == "not":
        node = node.child_by_field_name("object") or node
    is_expected = node.type == "call_expression" and callee(node)[1] == "expect"
    found = next(iter(call_arguments(node)), None) if is_expected else None
    return unwrapped(found) if found is not None else None


def _arguments(call: Node, method: str) -> list[Node]:
    return call_arguments(call)[EXPECTED[method] :]


def _keys(relation: RequiredRelation) -> str:
    return name_list(relation.foreign_keys)


def _note(
    file: FileContext,
    values: Iterator[Node] | list[Node],
    relation: RequiredRelation,
    kind: Kind,
    why: str,
    *,
    is_record: bool = False,
) -> None:
    """A hint at each literal that is a record, as its other key tells when nothing else does, and lacks the new key."""
    for literal in (each for value in values for each in values_of(value) if each.type == "object"):
        is_meant = is_record or bool(sibling_key(file.facts, given_by(literal), relation))
        if is_meant and not gives(given_with_spreads(file, literal, relation), relation) and not file.is_told(literal):
            file.hint(literal, kind, Confidence.LIKELY, why)
