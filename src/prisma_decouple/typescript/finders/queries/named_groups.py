"""Groups under a text that stands for a key that may be null now: `groups[book.authorId ?? "none"].push(book)`.

All that have none become one group. And what is shown of the first of a group, as if all had the same, `list[0].shelf`,
is told of that group as well, whatever it is called.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.hints import Confidence, Kind, Line
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.put_in_groups import put_in_groups, shown_of
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import (
    READS,
    VALUE_NAMES,
    ancestors,
    call_arguments,
    call_given,
    first_name,
    last_name,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.prisma.given_keys import is_there
from prisma_decouple.typescript.types.typed import What, element
from prisma_decouple.typescript.wording import excerpt, line_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

# What a group is called that is meant for those without one.
_MEANT = re.compile(
    r"_*(?:no|none|nobody|without|other|misc|un(?!known))\B\w*|_*(?:no|none|nobody|without|others?|misc)\b.*",
    re.IGNORECASE,
)
_DEPTH = 4


class _Key(NamedTuple):
    """A key by which something is put into groups.

    Attributes:
        found: what it is.
        stands_in: what is taken where there is none.
    """

    found: Type
    stands_in: Node | None = None


def find_named_groups(file: FileContext) -> None:
    """Note where records without a key become one group, and what is shown of the first of a group.

    Args:
        file: the file; its findings are filled.
    """
    seen: set[int] = set()
    for value, groups in put_in_groups(file.source):
        key = _key(Place(file, value), _DEPTH)
        if key is None:
            continue
        shown = [each for each in shown_of(groups) if not seen & {first.id for first in each.firsts}]
        if key.stands_in is not None and not _is_meant(key.stands_in) and not file.is_told(value):
            _note_group(file, value, key, [name for each in shown for name in each.names])
        _note_firsts(file, key, [first for each in shown for first in each.firsts])
        seen.update(first.id for each in shown for first in each.firsts)


def _note_group(file: FileContext, value: Node, key: _Key, names: Iterable[Node]) -> None:
    lines = _lines(file, filter(_is_shown, names))
    again = f" It is shown in {line_list(file.source.path, lines)}." if lines else ""
    one, text = with_article(key.found.model, "A"), excerpt(text_of(key.stands_in))
    why = f"{one} may have no `{key.found.field}` now, and all of those are one group here, {text}."
    file.hint(value, Kind.FILTER, Confidence.UNSURE, f"{why} Look whether they should be.{again}")


def _note_firsts(file: FileContext, key: _Key, firsts: Sequence[Node]) -> None:
    """Note what is read of the first of a group that nothing says is the same for all without a key."""
    told = [read for each in firsts if (read := _read_of(file, each, key.found)) is not None]
    if not told or file.is_told(told[0]):
        return
    lines = _lines(file, told[1:]) - _lines(file, told[:1])
    again = f" The same is so in {line_list(file.source.path, lines)}." if lines else ""
    one = with_article(key.found.model, "A")
    why = (
        f"`{excerpt(text_of(told[0]))}` is said of a whole group. {one} may have no `{key.found.field}` now, and those"
    )
    file.hint(told[0], Kind.FILTER, Confidence.UNSURE, f"{why} that have none need not have this in common.{again}")


def _lines(file: FileContext, nodes: Iterable[Node]) -> set[Line]:
    return {Line(file.source.path, file.source.position(each)[0]) for each in nodes}


def _key(place: Place, depth: int) -> _Key | None:
    """The key that may be null now in what names a group."""
    file, node = place.file, unwrapped(place.node)
    if (held := held_by(node)) is not None and depth and node.type in VALUE_NAMES:
        return _key(Place(file, held), depth - 1)
    if node.type in {"binary_expression", "ternary_expression"}:
        return _chosen(file, node)
    if _is_open(file, node):
        found = file.types.of(node)
        return _Key(found) if found is not None else None
    owner, name = _read_in(file, node)
    literal = owner.literal if owner is not None else None
    value = property_value(literal.node, name) if literal is not None and depth else None
    if literal is not None and value is not None:
        return _key(Place(literal.file, value), depth - 1)
    found = file.types.property(owner, name) if owner is not None and node.type == "string" else None
    is_key = found is not None and found.what is What.KEY and found.is_nullable and not found.is_list
    return _Key(found) if found is not None and is_key else None


def _read_in(file: FileContext, node: Node) -> tuple[Type | None, str]:
    """What has a key, and under which name: `book.authorId`, or the name alone in `groupBy(books, "authorId")`."""
    call = call_given(node) if node.type == "string" else None
    if call is not None:
        found = file.types.of(call_arguments(call)[0])
        return element(found) if found is not None and found.is_list else None, string_value(node)
    owner = node.child_by_field_name("object") if node.type == "member_expression" else None
    return file.types.of(owner) if owner is not None else None, last_name(node)


def _chosen(file: FileContext, node: Node) -> _Key | None:
    """`authorId || "N/A"`, `book.authorId ?? book.author?.id ?? "N/A"`, `authorId ? authorId : "N/A"`."""
    sides = list(_sides(node))
    text = next((each for each in sides if string_value(each)), None)
    values = [each for each in sides if each != text]
    if text is None or not values or (node.type == "binary_expression" and text != sides[-1]):
        return None
    found = file.types.of(values[0])
    is_key = found is not None and found.what is What.KEY and not found.is_list
    is_same = all(first_name(each) == first_name(values[0]) for each in values)
    is_open = is_same and (_is_open(file, values[0]) or node.type == "ternary_expression")
    return _Key(found, text) if found is not None and is_key and is_open else None


def _sides(node: Node) -> Iterator[Node]:
    """What a choice may be: `a`, `b` and `c` of `a ?? b ?? c`; nothing for what is calculated."""
    if node.type == "ternary_expression":
        sides = (node.child_by_field_name(name) for name in ("consequence", "alternative"))
        yield from (unwrapped(each) for each in sides if each is not None)
        return
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if text_of(node.child_by_field_name("operator")) in FALLBACKS and left is not None and right is not None:
        yield from _sides(unwrapped(left))
        yield unwrapped(right)
    else:
        yield node


def _is_open(file: FileContext, value: Node) -> bool:
    """Whether a value is a key that may be null now, and that nobody asked for."""
    found = file.types.of(value)
    is_key = found is not None and found.what is What.KEY and found.is_nullable and not found.is_list
    return is_key and not is_there(file, value)


def _is_meant(stand_in: Node) -> bool:
    """Whether a group is called so that it is meant for those without a key: "none", "Unassigned"."""
    return _MEANT.fullmatch(string_value(stand_in)) is not None


def _read_of(file: FileContext, first: Node, key: Type) -> Node | None:
    """What is read of the first of a group: not the key, nor of what it leads to, for all of them have none."""
    read = first.parent
    if read is None or read.type not in READS or read.child_by_field_name("object") != first:
        return None
    names = {key.field, *(each.field for each in file.facts.optional_by_key(key.field) if each.model == key.model)}
    found = file.types.of(first)
    literal = found.literal if found is not None else None
    value = property_value(literal.node, last_name(read)) if literal is not None else None
    said = set(re.findall(r"\w+", text_of(value))) if value is not None else set[str]()
    is_name = any(each.type == "jsx_attribute" and text_of(each).startswith("key=") for each in ancestors(first))
    return None if last_name(read) in names or names & said or is_name else read


def _is_shown(name: Node) -> bool:
    """Whether a name is shown between the tags of an element."""
    holder = next((each for each in ancestors(name) if each.type == "jsx_expression"), None)
    return holder is not None and holder.parent is not None and holder.parent.type == "jsx_element"
