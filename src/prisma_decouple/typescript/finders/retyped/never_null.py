"""Null, undefined and what may be either, where a field or relation is given it that may not be null any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.retyped.retyped_writes import values_given, written
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import complained_at, given_behind, property_value, values_of
from prisma_decouple.typescript.source.questions import is_constant
from prisma_decouple.typescript.source.scopes import binding_of
from prisma_decouple.typescript.source.syntax import NOTHING, READS, ancestors, key_of, spread_of, unwrapped
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.arrivals import handed_values, named_in_line
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import DATA, Type, What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DATA = frozenset({"create", "data", "update"})
_OF_MODEL = DATA | {What.RECORD}  # these change with the schema themselves
_WRITTEN_OUT = frozenset({"array", "arrow_function", "false", "function_expression", "null", "object", "true"})
_CHAIN = frozenset({*READS, "call_expression"})
_BEING = frozenset({"is", "isNot"})
_TAKING_AWAY = frozenset({"delete", "disconnect"})  # a relation has them only when it may be absent
_WHOLE = frozenset({What.INPUT, What.RECORD})


def find_never_null(file: FileContext) -> None:
    """Note where such fields are given null, or nothing where they have to be given something.

    Args:
        file: the file; its findings are filled.
    """
    names = frozenset(field for _, field in file.facts.required_again)
    for wanted, name, node, given in written(file, names):
        if (wanted.model, name) in file.facts.required_again:
            _check(file, wanted, name, given, _refused(file, wanted, name, node))
    for value in _wholes(file) if names else ():
        _check_whole(file, value)
    for value in handed_values(file) if names else ():
        _check_handed(file, value)


def _wholes(file: FileContext) -> Iterator[Node]:
    """What data is made of without its fields being written out: `{ ...input }`, `{ data: input }`."""
    for spread in file.source.nodes("spread_element"):
        if spread.parent is not None and spread.parent.type == "object":
            yield spread.named_children[-1]
    for pair in file.source.nodes("pair"):
        value = pair.child_by_field_name("value")
        if value is not None and key_of(pair) in _DATA and unwrapped(value).type not in _WRITTEN_OUT:
            yield value
    yield from (each for each in file.source.nodes("shorthand_property_identifier") if key_of(each) in _DATA)


def _check_whole(file: FileContext, value: Node) -> None:
    """Data of which a field may be null, or lacking, that has to be there."""
    wanted = expected(file, value)
    if wanted is None or wanted.what not in DATA or wanted.is_mock:
        return
    for name in (name for model, name in file.facts.required_again if model == wanted.model and wanted.has(name)):
        refused = _refused(file, wanted, name, value)
        nothing = _nothing_of(file, value, name) & refused
        if nothing and not any(_fills(file, each, name, refused) for each in _beside(value)):
            why = (
                f"The `{name}` of {with_article(wanted.model)} is never {min(nothing)} any more, and in this it may be."
            )
            file.hint(_place(value), Kind.FLOW, file.sure_of_null, why)


def _check_handed(file: FileContext, value: Node) -> None:
    """A value of another type that is handed to what wants a record: `save(row)`, `save({ ...row, title })`."""
    wanted, literal = expected(file, value), unwrapped(value)
    if wanted is None or wanted.what is not What.RECORD or wanted.is_partial or literal.type == "object":
        return
    spread = spread_of(value)
    place, hidden = (complained_at(spread), given_behind(spread)) if spread is not None else (value, frozenset[str]())
    for name in (name for model, name in file.facts.required_again if model == wanted.model and wanted.has(name)):
        nothing = _nothing_of(file, value, name) & _refused(file, wanted, name, value) if name not in hidden else None
        if nothing and not file.is_told(place):
            told = f"The `{name}` of {with_article(wanted.model)} is never {min(nothing)} any more"
            file.hint(place, Kind.FLOW, file.sure_of_null, f"{told}, and in this it may be.")


def _nothing_of(file: FileContext, value: Node, name: str) -> frozenset[str]:
    """Which of null and undefined a field of a value may be, as the type of the value says."""
    found = file.types.of(value)
    literal = found.literal if found is not None else None
    given = property_value(literal.node, name) if literal is not None else None
    if literal is not None and given is not None:
        return frozenset[str]().union(*(_nothing_in(literal.file, each) for each in values_given(given)))
    own = file.types.property(found, name) if found is not None and found.what not in _OF_MODEL else None
    is_open = own is not None and own.what is What.VALUE and own.is_nullable and not own.is_list
    return own.nothing if own is not None and is_open else frozenset()


def _beside(value: Node) -> Iterator[Node]:
    """The properties, and what else is spread, behind a value that is spread itself, and the properties before it."""
    spread = value.parent
    if spread is None or spread.type != "spread_element" or spread.parent is None:
        return
    yield from (
        each
        for each in spread.parent.named_children
        if each.type != "spread_element" or each.start_byte > spread.start_byte
    )


def _fills(file: FileContext, beside: Node, name: str, refused: frozenset[str]) -> bool:
    """Whether what stands beside a value gives the field, so that it does not matter there what the value has."""
    if beside.type != "spread_element":
        return key_of(beside) == name
    found = file.types.of(beside.named_children[-1])
    own = file.types.property(found, name) if found is not None else None
    return own is not None and not own.nothing & refused


def _place(value: Node) -> Node:
    """The property that has a value, where the compiler complains, or the value."""
    return next((each for each in ancestors(value) if each.type == "pair"), value)


def _check(file: FileContext, wanted: Type, name: str, given: Node, refused: frozenset[str]) -> None:
    told = f"The `{name}` of {with_article(wanted.model)} is never"
    for value in values_given(given):
        nothing = _nothing_in(file, value) & refused
        if nothing and given.start_byte <= value.start_byte < given.end_byte:
            why = f"{told} {min(nothing)} any more{'' if value.type == 'null' else ', and this may be'}."
            file.hint(named_in_line(value), Kind.FLOW, file.sure_of_null, why)
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


def _refused(file: FileContext, wanted: Type, name: str, given: Node) -> frozenset[str]:
    """Which of null and undefined a field does not take, where it is given."""
    column = file.facts.column_of(wanted.model, name)
    is_whole = wanted.what in _WHOLE or _is_made(given)
    is_needed = is_whole and not wanted.is_partial and (column is None or not column.is_omittable)
    return NOTHING if is_needed else frozenset({"null"})


def _is_made(given: Node) -> bool:
    """Whether what is given stands in the data of a record that is made inside of another one."""
    inner, outer = (*(key_of(each) for each in ancestors(given) if each.type == "pair"), "", "")[:2]
    return inner == "create" or (inner, outer) == ("data", "createMany")


def _nothing_in(file: FileContext, value: Node) -> frozenset[str]:
    """Whether a value is null or undefined, or may be, as its type says."""
    if value.type in NOTHING:
        return frozenset({value.type})
    outer = value.parent
    if outer is not None and value == outer.child_by_field_name("left"):
        return frozenset()  # something else is taken then: `seen ?? now`
    found = file.types.kept(value)
    is_open = found is not None and found.what is What.VALUE and found.is_nullable and not found.is_list
    nothing = found.nothing if found is not None and is_open else frozenset[str]()
    return nothing | {"undefined"} if _is_read_of_nothing(file, value) else nothing


def _is_read_of_nothing(file: FileContext, value: Node) -> bool:
    """Whether a value is read, or asked for, with `?.` of what may be null or undefined: `input.at?.toDate()`."""
    inner: Node | None = unwrapped(value)
    while inner is not None and inner.type in _CHAIN:
        owner = inner.child_by_field_name("object") or inner.child_by_field_name("function")
        if owner is not None and inner.child_by_field_name("optional_chain") is not None:
            found = file.types.kept(owner)
            if found is not None and found.is_nullable and not is_narrowed(file, owner):
                return True
        inner = owner
    return False


def _check_relation(file: FileContext, given: Node, model: str, name: str) -> None:
    """`{ author: { disconnect: true } }` and `{ author: { isNot: null } }`, when every record has an author now."""
    literals = (each for each in values_of(given) if each.type == "object")
    for pair in (each for literal in literals for each in literal.named_children if each.type == "pair"):
        value = unwrapped(pair.child_by_field_name("value") or pair)
        if key_of(pair) in _TAKING_AWAY or (key_of(pair) in _BEING and value.type == "null"):
            why = f"The `{name}` of {with_article(model)} is never null any more."
            file.hint(value if value.type == "null" else pair, Kind.FLOW, file.sure_of_null, why)
