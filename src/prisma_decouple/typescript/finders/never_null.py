"""Null, undefined and what may be either, where a field or relation is given it that may not be null any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.retyped_writes import values_given, written
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import values_of
from prisma_decouple.typescript.source.questions import is_constant
from prisma_decouple.typescript.source.scopes import binding_of
from prisma_decouple.typescript.source.syntax import NOTHING, key_of, unwrapped
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_BEING = frozenset({"is", "isNot"})
_TAKING_AWAY = frozenset({"delete", "disconnect"})  # a relation has them only when it may be absent
_WHOLE = frozenset({What.INPUT, What.RECORD})


def find_never_null(file: FileContext) -> None:
    """Note where such fields are given null, or nothing where they have to be given something.

    Args:
        file: the file; its findings are filled.
    """
    names = frozenset(field for _, field in file.facts.required_again)
    for wanted, name, _, given in written(file, names):
        if (wanted.model, name) in file.facts.required_again:
            _check(file, wanted, name, given)


def _check(file: FileContext, wanted: Type, name: str, given: Node) -> None:
    refused = _refused(file, wanted, name)
    told = f"The `{name}` of {with_article(wanted.model)} is never"
    for value in values_given(given):
        nothing = _nothing_in(file, value) & refused
        if nothing and given.start_byte <= value.start_byte < given.end_byte:
            why = f"{told} {min(nothing)} any more{'' if value.type == 'null' else ', and this may be'}."
            file.hint(value, Kind.FLOW, file.sure_of_null, why)
        elif nothing and (left := _left_in(file, unwrapped(given), nothing) & refused):
            confidence = file.sure_of_null if _is_constant(given) else Confidence.LIKELY
            file.hint(given, Kind.FLOW, confidence, f"{told} {min(left)} any more, and this may be.")
            break
    if file.facts.relation_of(wanted.model, name) is not None:
        _check_relation(file, given, wanted.model, name)


def _left_in(file: FileContext, variable: Node, first: frozenset[str]) -> frozenset[str]:
    """What of null and undefined a variable may be at a place, when it was one of these at first."""
    if is_narrowed(file, variable):
        return frozenset()
    return first if _is_constant(variable) else _nothing_in(file, variable)


def _is_constant(variable: Node) -> bool:
    binding = binding_of(unwrapped(variable))
    return binding is not None and is_constant(binding)


def _refused(file: FileContext, wanted: Type, name: str) -> frozenset[str]:
    """Which of null and undefined a field does not take."""
    column = file.facts.column_of(wanted.model, name)
    is_needed = wanted.what in _WHOLE and not wanted.is_partial and (column is None or not column.is_omittable)
    return NOTHING if is_needed else frozenset({"null"})


def _nothing_in(file: FileContext, value: Node) -> frozenset[str]:
    """Whether a value is null or undefined, or may be, as its type says."""
    if value.type in NOTHING:
        return frozenset({value.type})
    outer = value.parent
    if outer is not None and value == outer.child_by_field_name("left"):
        return frozenset()  # something else is taken then: `seen ?? now`
    found = file.types.kept(value)
    is_open = found is not None and found.what is What.VALUE and found.is_nullable and not found.is_list
    return found.nothing if found is not None and is_open else frozenset()


def _check_relation(file: FileContext, given: Node, model: str, name: str) -> None:
    """`{ author: { disconnect: true } }` and `{ author: { isNot: null } }`, when every record has an author now."""
    literals = (each for each in values_of(given) if each.type == "object")
    for pair in (each for literal in literals for each in literal.named_children if each.type == "pair"):
        value = unwrapped(pair.child_by_field_name("value") or pair)
        if key_of(pair) in _TAKING_AWAY or (key_of(pair) in _BEING and value.type == "null"):
            why = f"The `{name}` of {with_article(model)} is never null any more."
            file.hint(value if value.type == "null" else pair, Kind.FLOW, file.sure_of_null, why)
