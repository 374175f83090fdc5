"""Fields that the schema has no more in what tests expect of Prisma's client, and in what their mocks give back.

`expect(db.book.create).toHaveBeenCalledWith({ data: { handle: "x" } })`: the compiler does not look at it, so the test
only fails when it runs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.creates.mocks import subject_of
from prisma_decouple.typescript.finders.gone.gone_fields import note_lost
from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.source.literals import properties, values_of
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import call_arguments, callee, last_name, unwrapped
from prisma_decouple.typescript.source.vocabulary import CREATES, EXPECTED, METHODS, MOCKS
from prisma_decouple.typescript.types.places.declared import wanted_property
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_MATCHERS = frozenset({"arrayContaining", "objectContaining"})
_PREPARED = frozenset({"calledWith"})  # of jest-mock-extended
_DEPTH = 8


def find_gone_in_tests(file: FileContext) -> None:
    """Note what is gone in the calls of the client that a test expects, and in the records that it makes it give.

    Args:
        file: the file; its findings are filled.
    """
    if not file.facts.missing_names & file.source.words:
        return
    for call in file.source.nodes("call_expression"):
        receiver, method = callee(call)
        if receiver is None:
            continue
        if method in MOCKS:
            for value in call_arguments(call)[:1]:
                wanted = expected(file, value)
                if wanted is not None and wanted.what is What.RECORD:
                    _check(file, value, wanted, _DEPTH)
            continue
        called = subject_of(receiver) if method in EXPECTED else receiver if method in _PREPARED else None
        asked = _argument_of(file, called) if called is not None else None
        for value in call_arguments(call)[EXPECTED.get(method, 0) :]:
            if asked is not None:
                _check(file, value, asked, _DEPTH)


def _argument_of(file: FileContext, called: Node) -> Type | None:
    """What a method of the client takes, `db.book.create`, or a mock of it that a variable holds."""
    node = unwrapped(called)
    if node.type == "identifier":
        value = held_by(node)
        made = unwrapped(value) if value is not None else node
        receiver = callee(made)[0] if made.type == "call_expression" else None
        node = unwrapped(receiver) if receiver is not None else node
    owner = node.child_by_field_name("object") if node.type == "member_expression" else None
    model = file.delegates.model_of(owner) if owner is not None and last_name(node) in METHODS else None
    return Type(What.ARGS if last_name(node) in CREATES else What.QUERY, model) if model is not None else None


def _check(file: FileContext, value: Node, wanted: Type, depth: int) -> None:
    """Note the gone fields in a literal that stands for a query, data or a record, at any depth."""
    for literal in values_of(value) if depth else ():
        if literal.type == "call_expression" and callee(literal)[1] in _MATCHERS:
            for inner in call_arguments(literal):
                _check(file, inner, wanted, depth - 1)
        for name, given in properties(literal) if literal.type == "object" else ():
            lost = file.facts.lost_of(wanted.model, name) if wanted.what not in {What.ARGS, What.QUERY} else None
            place = given.parent if given.parent is not None and given.parent.type == "pair" else given
            if lost is not None:
                if not file.is_told(place):
                    note_lost(file, place, lost, Confidence.LIKELY)
                continue
            inner_type = wanted_property(file, wanted, name)
            if inner_type is not None and inner_type.model:
                _check(file, given, inner_type, depth - 1)
