"""Results of functions that do not fit what is said of them: by the interface of their class, by what takes them.

`class Shop implements Books { find(id) { return db.book.findFirst(…) } }`: the method says nothing of its result,
`Books` does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.loaded_relations import note_read
from prisma_decouple.typescript.finders.widening.records import null_inside, widened_by
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.source.literals import given_by
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import is_function, key_of, text_of, unwrapped
from prisma_decouple.typescript.types.places.arrivals import bases_of, handed_values
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.misfits import misfits
from prisma_decouple.typescript.types.places.tolerance import takes
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_NAMES = frozenset({"identifier", "member_expression", "shorthand_property_identifier"})
_MEMBERS = ("method_definition", "public_field_definition")


def find_promised_results(file: FileContext) -> None:
    """Note the methods whose result does not fit what is promised of them; the compiler complains of their names.

    Args:
        file: the file; its findings, and those of the files that have the promise, are filled.
    """
    for member in file.source.nodes(*_MEMBERS):
        function = member if is_function(member) else member.child_by_field_name("value")
        is_silent = function is not None and is_function(function) and not function.child_by_field_name("return_type")
        if function is not None and is_silent and member.child_by_field_name("type") is None:
            _check(file, member, function)


def find_handed_results(file: FileContext) -> None:
    """Note the functions that are handed, by name, to a place that says what they give: `serve({ load: loadBook })`.

    Args:
        file: the file; its findings, and those of the files that have the promise, are filled.
    """
    for value in handed_values(file):
        found = file.types.of(value) if unwrapped(value).type in _NAMES else None
        place = found.place if found is not None and found.what is What.FUNCTION else None
        if place is None or not is_function(place.node) or place.node.child_by_field_name("return_type") is not None:
            continue
        wanted = expected(file, value)
        promised = _result_in(wanted) if wanted is not None and wanted.place != place else None
        for result in returned_values(place.node) if promised is not None else ():
            given = place.file.types.kept(result)
            why, needs = _refused(file, given, promised) if given is not None and promised is not None else ("", ())
            if why:
                note_read(place.file, given.place if given is not None and given.became_null is not None else None)
                why = f"What takes `{text_of(value)}` says what it gives back, and it does not: {why}"
                file.hint(value, Kind.FLOW, file.sure_of_null, why, needs=needs)
                break


def _result_in(function: Type) -> Type | None:
    """What a written type of a function says that it gives back; None when anything will do."""
    if function.what is not What.FUNCTION or function.place is None:
        return None
    found = function.place.file.types.returned(function)
    is_open = found is None or found.is_any or found.what is What.PARAMETER or bool(found.parameter)
    is_none = found is not None and found.place is not None and "void" in text_of(found.place.node)
    return None if is_open or is_none else found


def _check(file: FileContext, member: Node, function: Node) -> None:
    for wanted in _promised(file, member):
        for value in returned_values(function):
            found = file.types.kept(value)
            why, needs = _refused(file, found, wanted) if found is not None else ("", ())
            if why:
                place = member.child_by_field_name("name") or member
                why = f"This does not give back what the interface or class behind it promises: {why}"
                file.hint(place, Kind.FLOW, file.sure_of_null, why, needs=needs)
                return


def _promised(file: FileContext, member: Node) -> Iterator[Type]:
    """What the interfaces and classes behind a class say that one of its methods gives."""
    name = key_of(member)
    for base in bases_of(Place(file, member), name) if name else ():
        function = base.file.types.of_member(base.node)
        says = base.node.child_by_field_name("return_type") or base.node.child_by_field_name("type")
        wanted = base.file.types.returned(function) if function is not None and says is not None else None
        if wanted is not None and wanted.what is not What.PARAMETER:
            yield wanted


def _refused(file: FileContext, found: Type, wanted: Type) -> tuple[str, tuple[str, ...]]:
    """What does not fit of a result, in words, and what is needed so that it does; empty when all of it fits."""
    model, field = found.became_null or (found.model, found.field)
    is_null = found.is_nullable and (found.what is What.KEY or found.became_null is not None)
    if is_null and not takes(wanted, "null"):
        return f"the `{field}` of {with_article(model)} may be null now.", ()
    misfit = next(misfits(file, found, wanted), None)
    if misfit is not None:
        return null_inside(misfit), tuple(widened_by(misfit))
    lacking = _lacking(file, found, wanted)
    return (f"{with_article(wanted.model, 'a')} has {name_list(lacking)} now.", ()) if lacking else ("", ())


def _lacking(file: FileContext, found: Type, wanted: Type) -> list[str]:
    """The new fields of a record that a literal which is given back as one does not have."""
    literal = found.literal
    if literal is None or wanted.what is not What.RECORD or wanted.is_partial:
        return []
    given, new = (
        given_by(literal.node),
        [each.field for each in file.facts.new_of(wanted.model) if wanted.has(each.field)],
    )
    return [name for name in new if name not in given.values] if not given.opaque else []
