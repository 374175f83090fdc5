"""Functions that take a record as `any`, or without a type, and read on from what may be absent in it.

`const title = (book) => book.author.name` called as `title(book)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.edits.detours import bypassed
from prisma_decouple.typescript.finders.uses.decisions import compared, is_in_filter
from prisma_decouple.typescript.finders.uses.loaded_relations import note_detour, note_read
from prisma_decouple.typescript.finders.uses.safe_reads import outermost
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.named_keys import CONVERSIONS
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import parameters, uses_in
from prisma_decouple.typescript.source.signatures import says_any
from prisma_decouple.typescript.source.syntax import call_arguments, call_given, callee, is_function, last_name, text_of
from prisma_decouple.typescript.source.vocabulary import ELEMENT_PARAMETERS
from prisma_decouple.typescript.types.chosen_elements import is_chosen
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.tolerance import is_read_on
from prisma_decouple.typescript.types.properties import loaded_options
from prisma_decouple.typescript.types.typed import What, element
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 6


class _Loaded(NamedTuple):
    """A relation that may be absent, and the options with which a query loads it."""

    relation: OptionalRelation
    options: Place | None


def find_untyped_parameters(file: FileContext) -> None:
    """Note where such a function reads on from a relation of its record, or from a record, that may be absent.

    Args:
        file: the file with the calls; its findings, and those of the files with these functions, are filled.
    """
    for call in file.source.nodes("call_expression"):
        for index, value in enumerate(call_arguments(call)):
            given = _given(file, call, value)
            if given is None or given.what is not What.RECORD or given.is_list:
                continue
            if (absent := _absent(file, given)) is None:
                _check_whole(file, call, index, list(_loaded(file, given)), _DEPTH)
            elif not is_narrowed(file, value):
                _check_absent(file, call, index, absent)


def _given(file: FileContext, call: Node, value: Node) -> Type | None:
    """What a function is given: the argument; or, where it is the argument, an element of what it goes through."""
    found = file.types.of(value)
    if found is None or found.what is not What.FUNCTION:
        return found
    receiver, method = callee(call)
    listed = file.types.of(receiver) if receiver is not None and 0 in ELEMENT_PARAMETERS.get(method, ()) else None
    return element(listed) if listed is not None and listed.is_list else None


def _absent(file: FileContext, given: Type) -> _Loaded | None:
    """The relation behind which a record is that may be absent."""
    if given.became_null is None or not given.is_nullable:
        return None
    model, field = given.became_null
    relations = (each for each in file.facts.optional_of(model) if each.field == field)
    return next((_Loaded(each, given.place) for each in relations), None)


def _loaded(file: FileContext, given: Type) -> Iterator[_Loaded]:
    """The relations that may be absent in a record, and are loaded with it."""
    for each in file.facts.optional_of(given.model):
        options = loaded_options(given.place, each.field) if given.has(each.field) else None
        if options is not None:
            yield _Loaded(each, options)


def _taken(file: FileContext, call: Node, index: int) -> Place | None:
    """The parameter of any type that takes an argument."""
    value = call_arguments(call)[index]
    found = file.types.of(value)
    is_function = found is not None and found.what is What.FUNCTION
    function = found if is_function else file.types.function_of(call)
    place = function.place if function is not None else None
    taken = parameters(place.node) if place is not None else []
    number = 0 if is_function else index
    written = taken[number].child_by_field_name("type") if number < len(taken) else None
    if place is None or number >= len(taken) or not (written is None or says_any(written)):
        return None
    return Place(place.file, taken[number]) if pattern_of(taken[number]).type == "identifier" else None


def _uses(parameter: Place) -> Iterator[Node]:
    function = parameter.node.parent.parent if parameter.node.parent is not None else None
    body = function.child_by_field_name("body") if function is not None else None
    if body is not None:
        yield from uses_in(body, text_of(pattern_of(parameter.node)), parameter.node)


def _argument(node: Node) -> tuple[Node, int] | None:
    """The call of which something is an argument, and which of them."""
    call = call_given(node)
    if call is None or call.type != "call_expression" or node not in call_arguments(call):
        return None
    return call, call_arguments(call).index(node)


def _check_whole(file: FileContext, call: Node, index: int, loaded: list[_Loaded], depth: int) -> None:
    """A record that is handed over: what is read of it through a relation that may be absent."""
    parameter = _taken(file, call, index) if loaded and depth else None
    if parameter is None:
        return
    there = parameter.file
    for use in _uses(parameter):
        read = use.parent
        if read is not None and read.type == "member_expression" and read.child_by_field_name("object") == use:
            for each in (each for each in loaded if each.relation.field == last_name(read)):
                _check_read(there, read, each)
            for each in (each for each in loaded if last_name(read) in each.relation.foreign_keys):
                _check_number(there, read, each.relation)
        elif (handed := _argument(use)) is not None:
            _check_whole(there, *handed, loaded, depth - 1)


def _check_number(file: FileContext, read: Node, relation: OptionalRelation) -> None:
    """The key of a record that is handed over, of which a number is made, or else of what is read of its relation."""
    value, outer = read, read.parent
    while outer is not None and text_of(outer.child_by_field_name("operator")) in FALLBACKS:
        other = outer.child_by_field_name("left" if outer.child_by_field_name("right") == value else "right")
        if other is None or text_of(other.child_by_field_name("optional_chain")) != "?.":
            return
        value, outer = outer, outer.parent
    handed = _argument(value)
    function = text_of(handed[0].child_by_field_name("function")) if handed is not None else ""
    if handed is None or handed[1] or function not in CONVERSIONS or file.is_told(handed[0]) or is_narrowed(file, read):
        return
    if is_in_filter(file, handed[0]) or compared(handed[0]) is not None:
        return
    why = f"The `{last_name(read)}` of {with_article(relation.model)} that is handed over may be null now"
    why = f"{why}, and `{function}` turns nothing into a number."
    file.hint(handed[0], Kind.SENTINEL, Confidence.LIKELY, why)


def _check_read(file: FileContext, read: Node, loaded: _Loaded) -> None:
    outer, relation = read.parent, loaded.relation
    if outer is None or is_narrowed(file, read) or is_chosen(file, read):
        return
    if _is_relied_on(read):
        note_read(file, loaded.options)
        if not file.is_told(outer, Kind.READ):
            why = f"The `{relation.field}` of {with_article(relation.model)} that is handed over may be null now"
            file.hint(outer, Kind.READ, Confidence.LIKELY, f"{why}, and reading on from null throws.")
    elif is_read_on(read) and (beyond := bypassed(file, read, relation)) is not None:
        note_detour(file, loaded.options)
        if not file.is_told(outermost(read), Kind.READ):
            model, own = with_article(relation.model), beyond[1]
            why = (
                f"Without `{relation.field}` this gives nothing, though {model} always has its own `{own}`: read that."
            )
            file.hint(outermost(read), Kind.READ, Confidence.LIKELY, why)
    elif (handed := _argument(read)) is not None:
        _check_absent(file, *handed, loaded)


def _is_relied_on(node: Node) -> bool:
    """Whether something is taken out of a value without asking whether it is there."""
    outer = node.parent
    return is_read_on(node) and outer is not None and outer.child_by_field_name("optional_chain") is None


def _check_absent(file: FileContext, call: Node, index: int, loaded: _Loaded) -> None:
    """What may be absent is handed over, to a function that reads on from it."""
    parameter, value, relation = _taken(file, call, index), call_arguments(call)[index], loaded.relation
    if parameter is None or not _reads_on(parameter, _DEPTH):
        return
    note_read(file, loaded.options)
    is_seen = is_function(value) and file.is_told_inside(value, Kind.READ)  # there, where it is read
    if not is_seen and not file.is_told(value, Kind.FLOW):
        why = f"The `{relation.field}` of {with_article(relation.model)} may be null now"
        called = excerpt(text_of(call.child_by_field_name("function")))
        file.hint(value, Kind.FLOW, Confidence.LIKELY, f"{why}, and `{called}` reads on from what it is given.")


def _reads_on(parameter: Place, depth: int) -> bool:
    """Whether a function reads on from what it is given without asking whether it is there."""
    for use in _uses(parameter) if depth else ():
        if is_narrowed(parameter.file, use):
            continue
        handed = _argument(use)
        further = _taken(parameter.file, *handed) if handed is not None else None
        if _is_relied_on(use) or (further is not None and _reads_on(further, depth - 1)):
            return True
    return False
