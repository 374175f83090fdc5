"""What is handed to what takes anything: `function show(book: any)`, `{ book }: { book: any }`, as a reader sees it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.patterns import path_to
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import function_name
from prisma_decouple.typescript.source.syntax import NOTHING, function_around, key_of, text_of
from prisma_decouple.typescript.source.vocabulary import UNTYPED
from prisma_decouple.typescript.types.places.givers import givers_of
from prisma_decouple.typescript.types.typed import WRITTEN, Type, What

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_SEVERAL = 8
_ELEMENTS = frozenset({"jsx_opening_element", "jsx_self_closing_element"})


def handed_to_member(file: FileContext, member: Node, depth: int) -> Type | None:
    """What a member of a written type is given that may be anything; None for one that says what it is.

    Args:
        file: the file with the type.
        member: the member.
        depth: how far declarations are followed.
    """
    written = text_of(member.child_by_field_name("type")).lstrip(": ").split("|")
    is_open = {each.strip() for each in written} - NOTHING <= UNTYPED and bool(written)
    return _first_known(givers_of(file, member, key_of(member)), depth) if is_open and depth > 0 else None


def handed_to_parameter(file: FileContext, parameter: Node, name: str, depth: int) -> Type | None:
    """What a parameter of any type, or of none, is given for a name that it binds, by elements or by calls.

    Of what TypeScript knows, only whole records of one model, or of one written type, count, or lists of these: a
    function that takes anything is given many kinds of values, and what of these may be absent is told at the calls.

    Args:
        file: the file with the function.
        parameter: the parameter.
        name: the name.
        depth: how far declarations are followed.
    """
    path = path_to(parameter, name)
    if path is None:
        return None
    if len(path) == 1 and (found := _first_known(handed_in_elements(file, parameter, path[0]), depth)) is not None:
        return found
    found = _of_calls(file, givers_of(file, parameter, name)[:_SEVERAL], depth)
    for key in path:
        found = file.types.property(found, key, depth) if found is not None else None
    return found


def _of_calls(file: FileContext, givers: Iterable[Place], depth: int) -> Type | None:
    """What calls give that is received from elsewhere, or a record of the same model in all of them."""
    requests, records = file.project.requests, list[Type]()
    for each in givers if requests is not None else ():
        found = each.file.types.kept(each.node, depth)
        if found is None or found.is_any or found.became_null is not None:
            continue  # what may be absent is told at the call
        if requests is not None and requests.is_untyped(each):
            return found
        records.append(found)
    is_one = len({_mark(each) for each in records}) == 1
    is_told = is_one and (records[0].what is What.RECORD or _is_written(records[0]))
    return records[0] if is_told else None


def _mark(found: Type) -> tuple[What, str, bool, int]:
    """What two types have in common that are one for whoever is given values of both."""
    written = found.place.node.id if found.place is not None and _is_written(found) else 0
    return found.what, found.model, found.is_list, written


def _is_written(found: Type) -> bool:
    """Whether somebody has written out what something is."""
    return found.what in WRITTEN and found.literal is None


def _first_known(givers: Iterable[Place], depth: int) -> Type | None:
    """What is given that says what it is; of several what may be absent now, if there is such."""
    found = (each.file.types.kept(each.node, depth) for each in islice(givers, _SEVERAL))
    known = [each for each in found if each is not None and not each.is_any]
    return next((each for each in known if each.became_null is not None), next(iter(known), None))


def handed_in_elements(file: FileContext, parameter: Node, key: str) -> Iterator[Place]:
    """The values of an attribute in the elements of a component: `book={book}` of `<Card book={book} />`.

    Args:
        file: the file with the component.
        parameter: of the component.
        key: the name of the attribute.
    """
    function = function_around(parameter)
    name = function_name(function) if function is not None else ""
    for each in file.project.speaking_of(name) if name[:1].isupper() else ():
        for holder in each.source.nodes("jsx_expression"):
            attribute = holder.parent
            element = attribute.parent if attribute is not None and attribute.type == "jsx_attribute" else None
            if attribute is None or element is None or element.type not in _ELEMENTS or not holder.named_children:
                continue
            is_same = text_of(element.child_by_field_name("name")) == name
            if is_same and text_of(attribute.named_children[0]) == key:
                yield Place(each, holder.named_children[0])
