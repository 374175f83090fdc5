"""Another key that is taken where a record has none, and an old one that is kept where none is given.

`setForm({ authorId: book.authorId || user.authorId })` gives a book without an author one when it is edited, and by
`input.authorId ?? book.authorId` nobody can take the author away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.keys.held_stand_ins import is_of_input
from prisma_decouple.typescript.finders.keys.meant_keys import key_meant, key_named
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import words_of
from prisma_decouple.typescript.routes.states import STATES
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.syntax import (
    READS,
    VALUE_NAMES,
    call_arguments,
    call_given,
    callee,
    descendants,
    function_around,
    key_of,
    last_name,
    owner_of_read,
    parenthesized,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import ID
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_VALUES = frozenset({*READS, *VALUE_NAMES})
_NO_KEYS = frozenset({"0", "-1"})
_ASKING = frozenset({"do_statement", "if_statement", "unary_expression", "while_statement"})
_HOLDERS = frozenset({"assignment_expression", "pair", "variable_declarator"})
_WRITES = frozenset({"change", "edit", "patch", "put", "save", "update", "upsert"})


def find_other_keys(file: FileContext) -> None:
    """Note where another key is taken for want of one that may be null now.

    Args:
        file: the file, when the types that have to let null in are known; its findings are filled.
    """
    if file.facts.optional_keys.isdisjoint(file.source.words):
        return
    for choice in file.source.nodes("binary_expression", "ternary_expression"):
        value, other = _sides(choice)
        if value is not None and other is not None and not file.is_told(choice) and not _is_condition(choice):
            _check(file, choice, value, other)


def _sides(choice: Node) -> tuple[Node | None, Node | None]:
    """A value, and what is taken for want of it: of `a ?? b`, of `(c ?? a) ?? b`, and of `a ? a : b`."""
    if choice.type == "ternary_expression":
        parts = [choice.child_by_field_name(each) for each in ("condition", "consequence", "alternative")]
        asked, value, other = (unwrapped(each) if each is not None else None for each in parts)
        return (asked, other) if plain(text_of(asked)) == plain(text_of(value)) else (None, None)
    if text_of(choice.child_by_field_name("operator")) not in FALLBACKS:
        return None, None
    left, right = (choice.child_by_field_name(each) for each in ("left", "right"))
    value = unwrapped(left) if left is not None else None
    if value is not None and text_of(value.child_by_field_name("operator")) in FALLBACKS:
        last = value.child_by_field_name("right")
        value = unwrapped(last) if last is not None else None
    return value, unwrapped(right) if right is not None else None


def _is_condition(choice: Node) -> bool:
    """Whether it is only asked whether there is either."""
    node = parenthesized(choice)
    outer = node.parent
    is_asked = outer is not None and outer.child_by_field_name("condition") == node
    is_first = outer is not None and text_of(outer.child_by_field_name("operator")) == "&&"
    return outer is None or is_asked or is_first or outer.type in _ASKING


def _check(file: FileContext, choice: Node, value: Node, other: Node) -> None:
    if value.type not in _VALUES:
        return
    key, kept = key_meant(file, value), key_meant(file, other) if other.type in _VALUES else None
    is_given = key is None and kept is not None and last_name(value) == kept[1]
    if kept is not None and is_given:
        if _is_for_update(file, choice, *kept):
            why = f"Where none is given the old `{kept[1]}` is kept. It may be null now; this cannot make it null."
            file.hint(choice, Kind.SENTINEL, Confidence.UNSURE, why)
        return
    key = key or key_named(file, value)
    if key is not None and file.facts.is_optional_key(*key) and _is_another(file, choice, value, other, key):
        why = (
            f"`{key[1]}` of {with_article(key[0])} may be null now, and `{excerpt(text_of(other))}` is taken then. "
            f"Look whether that may be mistaken for its own, or stored as one."
        )
        file.hint(other, Kind.SENTINEL, Confidence.UNSURE, why)  # the whole may be an empty text that is told later


def _is_another(file: FileContext, choice: Node, value: Node, other: Node, key: tuple[str, str]) -> bool:
    """Whether what is taken instead is another key, and not the same one by another way."""
    relation = next((each for each in file.facts.optional_by_key(key[1]) if each.model == key[0]), None)
    found, words = file.types.of(other), words_of(key[1])
    if relation is None or _is_same(value, other, relation):
        return False
    is_key = found is not None and found.what is What.KEY and not found.is_list
    is_held = other.type in _VALUES and (_name_held(choice)[-len(words) :] == words or _is_shown(choice))
    return is_key or is_held or _is_called_key(other, relation)


def _is_same(value: Node, other: Node, relation: OptionalRelation) -> bool:
    """Whether a key is the same one by another way: `book.author?.id`, `book.author_id`."""
    own = plain(text_of(owner_of_read(value))) if value.type in READS else ""
    read = plain(text_of(other))
    is_alike = words_of(last_name(value)) == words_of(last_name(other)) and read.startswith(f"{own}.")
    return bool(own) and (is_alike or read.startswith(f"{own}.{relation.field}."))


def _is_called_key(value: Node, relation: OptionalRelation) -> bool:
    """Whether something is a key, or called like one, or like the record that is meant: `ownId`, `chosenAuthor`."""
    if value.type == "number":
        return text_of(value) not in _NO_KEYS
    name = callee(value)[1] if value.type == "call_expression" else last_name(value)
    last, fields = words_of(name)[-1:], [words_of(each)[-1:] for each in relation.foreign_keys]
    is_record = value.type == "identifier" and last == words_of(relation.field)[-1:]
    return bool(last) and (is_record or name == ID or last in fields)


def _is_shown(choice: Node) -> bool:
    """Whether a page keeps a value, or an input of a form shows it."""
    call = call_given(parenthesized(choice))
    return is_of_input(choice) or (call is not None and callee(call)[1] in STATES)


def _name_held(choice: Node) -> list[str]:
    """The words of the name under which a value goes on: of a variable, a property, or of a form, `set("a", value)`."""
    node = parenthesized(choice)
    call, outer = call_given(node), node.parent
    if call is not None:
        first = call_arguments(call)[0]
        return words_of(string_value(first)) if first != node else []
    is_holder = outer is not None and outer.type in _HOLDERS
    return words_of(key_of(outer) or last_name(outer.child_by_field_name("left"))) if outer and is_holder else []


def _is_for_update(file: FileContext, choice: Node, model: str, key: str) -> bool:
    """Whether a variable that is called like the key holds it in a function that changes something."""
    words, function = words_of(key), function_around(choice)
    calls = descendants(function, "call_expression") if function is not None else ()
    return _name_held(choice)[-len(words) :] == words and any(_writes(file, each, model) for each in calls)


def _writes(file: FileContext, call: Node, model: str) -> bool:
    """Whether a call changes something, and by all that is known a record of a model."""
    receiver, method = callee(call)
    is_written = any(each in _WRITES for each in words_of(method)[:1])
    return is_written and (file.delegates.model_of(receiver) if receiver is not None else None) in {None, model}
