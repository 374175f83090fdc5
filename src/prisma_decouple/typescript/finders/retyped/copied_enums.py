"""Copies of an enum in the code base, where a value of the copy meets the enum, or one of the enum meets the copy.

`type Binding = "HARD" | "SOFT"` repeats the enum `Cover`: a `Binding` may be a value that `Cover` has no more, and a
`Cover` may be a new one that `Binding` lacks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.gone.gone_values import enum_behind
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import complained_at
from prisma_decouple.typescript.source.operators import COMPARISONS
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    is_function,
    spread_of,
    string_value,
    text_of,
    unwrapped,
    without_parentheses,
)
from prisma_decouple.typescript.types.places.arrivals import handed_values, named_in_line, with_fallback
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.types.written.texts import texts_of_elements, texts_of_type, texts_of_value
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DATA = frozenset({What.FILTER, What.INPUT, What.UPDATE})
_WRITTEN = frozenset({What.BOX, What.CLASS, What.SHAPE})


def find_copied_enums(file: FileContext) -> None:
    """Note where a value of a copy may be none of the enum any more, or a value of the enum none of the copy.

    Args:
        file: the file; its findings are filled.
    """
    lost, new = _lost(file), {each.enum: each.value for each in file.facts.new_values}
    if not lost and not new:
        return
    for value in _values(file):
        wanted = expected(file, with_fallback(value))
        if wanted is None or value.type == "object":
            continue
        if wanted.what is What.VALUE and wanted.field in lost:
            _check_given(file, value, wanted.field, lost[wanted.field])
        elif wanted.what is What.VALUE and new:
            _check_taken(file, value, wanted, new)
        elif wanted.what in _DATA and lost:
            _check_data(file, value, wanted, lost)
        elif wanted.what in _WRITTEN and new:
            _check_record(file, value, wanted, new)
    for node in file.source.nodes("binary_expression") if lost else ():
        _check_comparison(file, node, lost)


def _lost(file: FileContext) -> dict[str, frozenset[str]]:
    """The values that each enum has no more."""
    found: dict[str, frozenset[str]] = {}
    for each in file.facts.lost_values:
        found[each.enum] = found.get(each.enum, frozenset()) | {each.value}
    return found


def _values(file: FileContext) -> Iterator[Node]:
    yield from handed_values(file)
    for function in file.source.nodes("arrow_function"):
        body = function.child_by_field_name("body")
        if body is not None and body.type != "statement_block":
            yield body


def _check_given(file: FileContext, value: Node, enum: str, lost: frozenset[str]) -> None:
    """A value of a copy where one of the enum is wanted."""
    if unwrapped(value).type == "string" or file.is_told(value, Kind.GONE):
        return
    gone = (texts_of_value(file, value) or texts_of_elements(file, value)) & lost
    if gone:
        file.hint(
            named_in_line(value),
            Kind.GONE,
            _confidence(file, value),
            f"{_never_any_more(enum, gone)}, and this may be.",
        )


def _check_taken(file: FileContext, value: Node, wanted: Type, new: dict[str, str]) -> None:
    """A value of the enum where one of a copy is wanted, which lacks the new one."""
    texts = texts_of_type(wanted)
    enum = enum_behind(file, unwrapped(value)) if texts else ""
    if enum in new and new[enum] not in texts:
        why = f"{with_article(enum, 'A')} may be `{new[enum]}` now, which the type that takes it here lacks."
        file.hint(value, Kind.FLOW, _confidence(file, value), why)


def _check_data(file: FileContext, value: Node, wanted: Type, lost: dict[str, frozenset[str]]) -> None:
    """An object that becomes the data of a record, and has a value of a copy in it."""
    found = file.types.of(value)
    if found is None or found.what not in _WRITTEN or found.is_list != wanted.is_list:
        return
    for column in (each for each in file.facts.columns if each.model == wanted.model and each.scalar_type in lost):
        member = file.types.property(found, column.name)
        gone = texts_of_type(member) & lost[column.scalar_type] if wanted.has(column.name) else frozenset[str]()
        if gone:
            why = f"{_never_any_more(column.scalar_type, gone)}, and `{column.name}` in it may be."
            file.hint(_place_of(value), Kind.GONE, Confidence.CERTAIN, why)


def _check_record(file: FileContext, value: Node, wanted: Type, new: dict[str, str]) -> None:
    """A record where a written type is wanted that has a copy in place of the enum."""
    found = file.types.of(value)
    if found is None or found.what is not What.RECORD or found.is_list != wanted.is_list or found.extras:
        return
    for column in (each for each in file.facts.columns if each.model == found.model and each.scalar_type in new):
        texts = texts_of_type(file.types.property(wanted, column.name)) if found.has(column.name) else None
        if texts and new[column.scalar_type] not in texts:
            may_be = f"{with_article(column.scalar_type, 'A')} may be `{new[column.scalar_type]}` now"
            why = f"{may_be}, and the type that takes the {found.model} has a `{column.name}` without it."
            file.hint(_place_of(value), Kind.FLOW, Confidence.CERTAIN, why)


def _check_comparison(file: FileContext, node: Node, lost: dict[str, frozenset[str]]) -> None:
    sides = [node.child_by_field_name(name) for name in ("left", "right")]
    if text_of(node.child_by_field_name("operator")) not in COMPARISONS:
        return
    for one, other in ((sides[0], sides[1]), (sides[1], sides[0])):
        if one is None or other is None or string_value(unwrapped(other)):
            continue
        enum = enum_behind(file, unwrapped(one))
        texts = texts_of_value(file, other) if enum in lost else frozenset[str]()
        if texts and texts <= lost[enum] and not file.is_told(other, Kind.GONE):
            file.hint(other, Kind.GONE, Confidence.CERTAIN, f"{_never_any_more(enum, texts)}.")


def _never_any_more(enum: str, values: frozenset[str]) -> str:
    return f"{with_article(enum, 'A')} is never {name_list(sorted(values))} any more"


def _confidence(file: FileContext, value: Node) -> Confidence:
    """Certain, unless code above asks which of the values it is, or a cast says that it fits."""
    if "as_expression" in {value.type, *(each.type for each in (value.parent, *value.named_children) if each)}:
        return Confidence.LIKELY
    text = text_of(unwrapped(value))
    around = next((each for each in ancestors(value) if is_function(each)), file.source.root)
    asked = (each for each in file.source.nodes("binary_expression", "switch_statement", "call_expression"))
    inside = (each for each in asked if around.start_byte <= each.start_byte < value.start_byte)
    is_asked = any(_asks(each, text, value) for each in inside)
    return Confidence.LIKELY if is_asked else Confidence.CERTAIN


def _asks(node: Node, text: str, value: Node) -> bool:
    """Whether a node above a value compares the same expression, or asks a function about it."""
    if node.type == "binary_expression":
        sides = {text_of(node.child_by_field_name("left")), text_of(node.child_by_field_name("right"))}
        return text_of(node.child_by_field_name("operator")) in COMPARISONS and text in sides
    if node.type == "switch_statement":
        about = node.child_by_field_name("value")
        return about is not None and text_of(without_parentheses(about)) == text
    is_around = node in set(ancestors(value))
    arguments = node.child_by_field_name("arguments")
    return not is_around and arguments is not None and any(text_of(each) == text for each in arguments.named_children)


def _place_of(value: Node) -> Node:
    """Where the compiler complains: at the value, or at what the literal is given to that it is spread into."""
    spread = spread_of(value)
    return complained_at(spread) if spread is not None else value
