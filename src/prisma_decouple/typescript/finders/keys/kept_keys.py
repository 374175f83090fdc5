"""Keys that an update writes only when one is given: nobody can take them away, which makes sense now.

`if (body.authorId) data.authorId = body.authorId` never makes a book one without an author.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.demands import demanded_by
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.conditions import conjuncts
from prisma_decouple.typescript.source.kept_literals import literal_of, options_of
from prisma_decouple.typescript.source.left_out import added_under, is_undefined_without
from prisma_decouple.typescript.source.literals import connected_key, property_value
from prisma_decouple.typescript.source.operators import DIFFERENT
from prisma_decouple.typescript.source.scopes import binding_of, enclosing_function
from prisma_decouple.typescript.source.syntax import (
    READS,
    ancestors,
    callee,
    descendants,
    is_function,
    is_inside,
    key_of,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_UPDATES = {"update": "data", "updateMany": "data", "upsert": "update"}


def find_kept_keys(file: FileContext) -> None:
    """Note where an update leaves a key as it is because none is given.

    Args:
        file: the file; its findings are filled.
    """
    keys = file.facts.optional_keys
    for call in file.source.called(*_UPDATES) if keys & file.source.words else ():
        receiver, method = callee(call)
        model = file.delegates.model_of(receiver) if receiver is not None else None
        names = {key for each in file.facts.optional_of(model or "") for key in (each.field, *each.foreign_keys)}
        options = options_of(call)
        given = property_value(options, _UPDATES[method]) if names and options is not None else None
        data = literal_of(given) or given
        for place in _kept(file, data, names) if data is not None else ():
            if model is not None and not file.is_told(place):
                why = (
                    f"Only a key that is given is written here, so that none can take away the old one; "
                    f"{with_article(model)} may be without one now. Look whether it should be possible."
                )
                file.hint(place, Kind.SENTINEL, Confidence.UNSURE, why)


def _kept(file: FileContext, data: Node, names: set[str]) -> Iterator[Node]:
    """Where the data of an update is given a key only when there is one, or by what refuses without one."""
    if data.type == "object":
        for pair in descendants(data, "pair"):
            value = pair.child_by_field_name("value")
            if value is not None and key_of(pair) in names and _is_only_given(pair, value):
                yield pair
        return
    function, _ = enclosing_function(data)
    for written in descendants(function, "assignment_expression") if function is not None else ():
        left, right = written.child_by_field_name("left"), written.child_by_field_name("right")
        if left is None or right is None or last_name(left) not in names:
            continue
        is_of_data = text_of(left.child_by_field_name("object")) == text_of(data)
        key = unwrapped(connected_key(right))
        is_connected = key != unwrapped(right)  # what is null is written, but not connected
        is_asked = is_of_data and any(_asks_for(each, key, is_connected=is_connected) for each in _conditions(written))
        if is_asked or (is_of_data and (_is_found_there(written, key) or demanded_by(file, right) is not None)):
            yield written


def _is_only_given(pair: Node, value: Node) -> bool:
    """Whether a pair is spread only when its value, or the key that it connects, is there, or is undefined without."""
    condition, key = added_under(pair), connected_key(value)
    return is_undefined_without(value) or (condition is not None and _asks_for(condition, unwrapped(key)))


def _conditions(written: Node) -> Iterator[Node]:
    """The conditions under which alone a statement is reached, in its function."""
    for consequence in _consequences(written):
        condition = consequence.parent.child_by_field_name("condition") if consequence.parent is not None else None
        if condition is not None:
            yield condition


def _consequences(written: Node) -> Iterator[Node]:
    """What is done under these conditions: the blocks around the statement."""
    inner = written
    for outer in ancestors(written):
        if is_function(outer):
            return
        if outer.type == "if_statement" and outer.child_by_field_name("consequence") == inner:
            yield inner
        inner = outer


def _is_found_there(written: Node, key: Node) -> bool:
    """Whether a key is that of a record which is only looked up, or made, under a condition.

    `if (name) { const author = await db.author.upsert(…); data.authorId = author.id; }`
    """
    held = binding_of(key.child_by_field_name("object")) if key.type in READS else None
    return held is not None and any(is_inside(each, held) for each in _consequences(written))


def _asks_for(condition: Node, value: Node, *, is_connected: bool = False) -> bool:
    """Whether a condition asks whether a value is anything: not empty, and not null, or given at all."""
    for each in conjuncts(condition):
        asked = unwrapped(each)
        is_given = is_connected and text_of(asked.child_by_field_name("operator")) in DIFFERENT
        if text_of(asked.child_by_field_name("left") if is_given else asked) == text_of(value):
            return True
    return False
