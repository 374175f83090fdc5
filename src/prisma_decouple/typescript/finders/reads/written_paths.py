"""Paths that a text names, and code goes along: `{ accessorKey: "author.name" }`, `sortBy(books, "author.name")`.

No compiler minds that there is nothing on the way: a cell is empty then, and such records stand at one end.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.loaded_relations import note_read
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.scopes import binding_of, declared_value, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    callee,
    children_of,
    descendants,
    is_function,
    key_of,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.types.written.members import shape_members
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

# What columns of tables and axes of charts call the path to what they show.
_KEYS = frozenset(
    {
        *("accessor", "accessorKey", "columnKey", "dataIndex", "dataKey", "field", "groupBy", "key", "nameKey", "path"),
        *("filterField", "globalFilterFields", "keys", "optionLabel", "prop", "property", "searchKey", "sortBy"),
        *("sortField", "sortKey", "valuePath", "xField", "yField"),
    }
)
# The functions of lodash and its like that go along a path, and that of a helper that makes columns.
_ORDERS = frozenset({"countBy", "groupBy", "keyBy", "maxBy", "minBy", "orderBy", "sortBy", "sumBy", "uniqBy"})
_READS = frozenset({"accessor", "get", "map", "property", "result"}) | _ORDERS
_DEPTH = 8
_SEARCHING = frozenset({"call_expression", "new_expression"})
_ELEMENTS = frozenset({"jsx_element", "jsx_self_closing_element"})
_PATH = re.compile(r"\w+(?:\.\w+)*")
_RECORDS = frozenset({What.RECORD, What.SHAPE})


def find_written_paths(file: FileContext) -> None:
    """Note the paths in texts that lead through a relation which may be absent now.

    Args:
        file: the file; its findings are filled.
    """
    fields = {relation.field for relation in file.facts.optional}
    for text in file.source.nodes("string"):
        path = string_value(text)
        if fields.isdisjoint(path.split(".")) or not _PATH.fullmatch(path):
            continue
        place, names = _whole_path(text)
        if len(names) > 1 and place is not None:
            _check(file, place, names)


def _check(file: FileContext, place: Node, names: Sequence[str]) -> None:
    """Follow a path through each record that it may be meant of."""
    for owner in owners_of_path(file, place):
        current: Type | None = owner
        for name in names[:-1]:
            above, current = current, file.types.property(current, name) if current is not None else None
            absent = _absent(file, above, current, name) if above is not None and current is not None else ""
            if not absent or current is None:
                continue
            note_read(file, current.place, is_safe=True, at=place)
            why = f"{absent} may be without `{name}` now, and `{'.'.join(names)}` leads to nothing then."
            more = " Look where such ones belong." if _is_order(place) else " Look what is shown instead."
            file.hint(place, Kind.READ, Confidence.UNSURE, why + more)
            return


def _absent(file: FileContext, owner: Type, found: Type, name: str) -> str:
    """What may be without a step of a path now, in words: a record, or what has the type of one; empty for nothing."""
    if found.became_null is not None and found.is_nullable:
        return with_article(found.became_null[0], "A")
    places = (owner.place, *owner.also) if owner.what is What.SHAPE else ()
    members = (each for place in places if place for each in shape_members(place.file, place.node, name, _DEPTH))
    return "This" if any(place_key(each) in file.findings.widened for each in members) else ""


def absent_in_words(file: FileContext, owner: Type, name: str) -> str:
    """What may be without a relation now, in words; empty where nothing may.

    Args:
        file: the file.
        owner: a record, or what has the type of one.
        name: the relation.
    """
    found = file.types.property(owner, name)
    return _absent(file, owner, found, name) if found is not None else ""


def _whole_path(text: Node) -> tuple[Node | None, list[str]]:
    """The text, or the list of texts, that is a path, and the names in it."""
    names, listed = string_value(text).split("."), text.parent
    if len(names) > 1 or listed is None or listed.type != "array":
        return text, names
    parts = [string_value(each) for each in children_of(listed)]
    is_first = bool(parts) and children_of(listed)[0] == text
    return (listed, parts) if is_first and all(parts) else (None, [])


def holder_of_path(place: Node) -> Node | None:
    """The property, attribute or call to which a path is given, alone or among others: `orderBy(books, ["a.b"])`.

    Args:
        place: the text, or the list of texts, that is the path.
    """
    outer = place.parent
    if outer is not None and outer.type in {"array", "jsx_expression"}:
        outer = outer.parent
    return outer.parent if outer is not None and outer.type == "arguments" else outer


def _is_order(place: Node) -> bool:
    holder = holder_of_path(place)
    return holder is not None and holder.type == "call_expression" and callee(holder)[1] in _ORDERS


def owners_of_path(file: FileContext, place: Node) -> Iterator[Type]:
    """The records whose properties a path is meant to name, as far as types are written or given beside it.

    Args:
        file: the file.
        place: the path, as for `holder_of_path`.
    """
    holder = holder_of_path(place)
    if holder is None:
        return
    if holder.type == "call_expression" and callee(holder)[1] in _READS:
        yield from _of_values(file, (each for each in call_arguments(holder) if each != place))
        receiver = callee(holder)[0]
        made = declared_value(binding, text_of(receiver)) if (binding := binding_of(receiver)) is not None else None
        if receiver is not None and made is not None:
            yield from _of_types(file, unwrapped(made))
    elif holder.type == "pair" and key_of(holder) in _KEYS:
        yield from _of_columns(file, holder)
    elif holder.type == "jsx_attribute" and text_of(holder.named_children[0]) in _KEYS:
        for element in (each for each in ancestors(holder) if each.type in _ELEMENTS):
            yield from _of_attributes(file, element)


def _of_columns(file: FileContext, pair: Node) -> Iterator[Type]:
    """`const columns: Column<Book>[] = [{ field: … }]`, and `<Table columns={columns} rows={books} />`."""
    for outer in ancestors(pair):
        if is_function(outer) and outer.parent is not None and outer.parent.type != "arguments":
            yield from _of_types(file, outer.child_by_field_name("return_type"))
            return
        if outer.type == "variable_declarator":
            yield from _of_types(file, outer)
            for use in uses_of_variable(outer):
                element = next((each for each in ancestors(use) if "attribute" not in each.type), None)
                around = element.parent.parent if element is not None and element.parent is not None else None
                for each in filter(None, (element, around)):
                    yield from _of_attributes(file, each)
            return
        if outer.type in _ELEMENTS:
            yield from _of_attributes(file, outer)
        if outer.type in _SEARCHING and key_of(pair) == "keys":
            yield from _of_values(file, iter(call_arguments(outer)))
        yield from _of_types(file, outer)


def _of_types(file: FileContext, node: Node | None) -> Iterator[Type]:
    """The records among the arguments of types that are written at a place: `Column<Book>[]`, `useColumns<Book>`."""
    if node is None:
        return
    written = [node.child_by_field_name(name) for name in ("type", "type_arguments")]
    written += node.named_children[1:] if node.type in {"as_expression", "satisfies_expression"} else []
    written += [node] if node.type == "type_annotation" else []
    listed = [each for each in written if each is not None and each.type == "type_arguments"]
    inner = (each for outer in written if outer is not None for each in descendants(outer, "type_arguments"))
    for arguments in (*listed, *inner):
        yield from filter(_is_record, (file.types.read(each) for each in arguments.named_children))


def _of_attributes(file: FileContext, element: Node) -> Iterator[Type]:
    """The records that an element is given, alone or in a list."""
    tag = element.child_by_field_name("open_tag") or element
    given = (each.named_children[-1] for each in tag.named_children if each.type == "jsx_attribute")
    yield from _of_values(file, (each.named_children[0] for each in given if each.type == "jsx_expression"))


def _of_values(file: FileContext, values: Iterator[Node]) -> Iterator[Type]:
    yield from filter(_is_record, (file.types.of(each) for each in values))


def _is_record(found: Type | None) -> bool:
    return found is not None and found.what in _RECORDS
