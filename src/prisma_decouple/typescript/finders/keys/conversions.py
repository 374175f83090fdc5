"""Numbers that are made of a key which may be nothing now: `Number(null)` is 0, `parseInt(null)` is NaN."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.decisions import compared, is_in_filter
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_key_of_others, words_of
from prisma_decouple.typescript.source.addresses import is_of_path
from prisma_decouple.typescript.source.named_keys import CONVERSIONS, PASSED_THROUGH, holder_key, key_in
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    has_safe_read,
    key_of,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.selections import is_only_for_selection

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_TEXT_METHODS = frozenset({"replace", "replaceAll", "slice", "substring", "toString", "trim", "trimEnd", "trimStart"})


def find_conversions(file: FileContext) -> None:
    """Note the numbers that are made of an absent key.

    Args:
        file: the file; its findings are filled.
    """
    keys = frozenset(key for relation in file.facts.optional for key in relation.foreign_keys)
    for node in file.source.called(*CONVERSIONS):
        _check_conversion(file, node, keys)


def _check_conversion(file: FileContext, call: Node, keys: frozenset[str]) -> None:
    """`Number(null)` is 0, `parseInt(null)` is NaN: neither is none."""
    arguments = call_arguments(call)
    function = text_of(call.child_by_field_name("function"))
    if function not in CONVERSIONS or not arguments or (call.parent is not None and file.is_told(call.parent)):
        return
    argument = arguments[0]
    sides = _sides(argument)
    is_open = len(sides) == 1 or all(key_in(each, keys) or _is_read_safely(each) for each in sides)
    named = next(filter(None, (key_in(each, keys) for each in sides)), "") if is_open else ""
    meant = named or holder_key(call, keys)
    is_told = is_open and all(_may_be_nothing(file, each) for each in sides)
    if not meant or (not is_told and _is_of_no_concern(file, call, meant, is_named=bool(named))):
        return
    is_there = is_of_path(argument) or _is_made_text(argument) or is_narrowed(file, call, text_of(unwrapped(argument)))
    if is_there or _only_selects(file, call, meant):
        file.fine()
        return
    why = f"`{meant}` may be absent now, and `{function}` turns nothing into a number."
    is_name = unwrapped(argument).type in {"identifier", "member_expression"}
    opened, closed = ("(", ")") if call.parent is not None and call.parent.type == "binary_expression" else ("", "")
    edits = [
        Edit(call.start_byte, call.start_byte, f"{opened}{text_of(argument)} ? "),
        Edit(call.end_byte, call.end_byte, f" : null{closed}"),
    ]
    confidence = Confidence.LIKELY if is_told else Confidence.UNSURE
    file.hint(call, Kind.SENTINEL, confidence, why, edits if is_name else None)


def _sides(value: Node) -> list[Node]:
    """What a value is, or what else where that is nothing: `book.authorId ?? book.author?.id`."""
    node = unwrapped(value)
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if left is None or right is None or text_of(node.child_by_field_name("operator")) not in FALLBACKS:
        return [value]
    return [*_sides(left), *_sides(right)]


def _may_be_nothing(file: FileContext, value: Node) -> bool:
    """Whether a value may be nothing, or is read safely of what may be."""
    owner = unwrapped(value).child_by_field_name("object")
    known = (file.types.of(value), file.types.of(owner) if owner is not None and _is_read_safely(value) else None)
    return any(each is not None and each.is_nullable for each in known)


def _is_read_safely(value: Node) -> bool:
    return text_of(unwrapped(value).child_by_field_name("optional_chain")) == "?."


def _is_of_no_concern(file: FileContext, call: Node, key: str, *, is_named: bool) -> bool:
    """Whether a number that is made of what came in goes where none of a changed record is meant.

    It goes into another record, is what one is looked for by, or compared with, which nobody does by nothing; or only
    the name speaks of the key, as it does of those of other records: that of what it is made of (`is_named`), or of
    what takes it, `const authorId = parseInt(session.user.id)`, whatever the file speaks of.
    """
    is_asked = is_in_filter(file, call) or compared(call) is not None
    if is_asked or _is_kept_by_another(file, call):
        return True
    words = file.source.words if is_named else ()
    return not _is_of_row(file, call_arguments(call)[0], key) and is_key_of_others(file.facts, key, words)


def _is_of_row(file: FileContext, value: Node, key: str) -> bool:
    """Whether a value is read from something that is called like a changed model: `order.shop_id` of a BookOrder."""
    owner = unwrapped(value).child_by_field_name("object")
    named = set(words_of(last_name(owner))) if owner is not None else set[str]()
    return bool(named) and any(named <= set(words_of(each.model)) for each in file.facts.optional_by_key(key))


def _is_made_text(value: Node) -> bool:
    """Whether a value is what a text makes of itself: `parseInt(file.replace(".json", ""))`."""
    function = value.child_by_field_name("function")
    return function is not None and last_name(function) in _TEXT_METHODS and not has_safe_read(function)


def _only_selects(file: FileContext, value: Node, key: str) -> bool:
    """Whether what takes a key only looks for records with it, also by way of a stand-in: `parseInt(id) ?? 0`."""
    outer = value.parent
    while outer is not None and text_of(outer.child_by_field_name("operator")) in FALLBACKS:
        value, outer = outer, outer.parent
    wanted = expected(file, value)
    return wanted is not None and is_only_for_selection(wanted, key)


def _is_kept_by_another(file: FileContext, value: Node) -> bool:
    """Whether a value goes into what is known to be of a model in which the field that takes it did not change."""
    holder = next((each for each in ancestors(value) if each.type not in PASSED_THROUGH), value)
    left = holder.child_by_field_name("left")
    place = left.child_by_field_name("object") if left is not None else None
    literal = holder.parent if holder.type == "pair" else None
    owner = file.types.of(place) if place is not None else expected(file, literal) if literal is not None else None
    name = key_of(holder) or last_name(left)
    return owner is not None and bool(owner.model) and not file.facts.nullability(owner.model, name)
