"""Choices of a page that are an empty text as long as nothing is chosen, where they are sent.

`const [form, setForm] = useState({ authorId: "" })`, and `save({ authorId: form.authorId })`: the page shows a text, so
it is where it sends it that null has to be made of none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.form_fields import value_in
from prisma_decouple.typescript.finders.forms.form_values import texts_behind
from prisma_decouple.typescript.finders.forms.library_forms import first_values
from prisma_decouple.typescript.finders.forms.sent_texts import state_given
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.routes.states import STATES
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.operators import COMPARISONS, FALLBACKS
from prisma_decouple.typescript.source.scopes import binding_of
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    key_of,
    last_name,
    nearest,
    start_of,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

_EMPTY = frozenset({'""', "''"})
_NONE = "Where nothing is chosen this is an empty text, which is no key."
_SENT = frozenset({"identifier", "member_expression", "shorthand_property_identifier"})


def check_kept_choice(value: Place, name: str, model: str, *, is_refused: bool) -> None:
    """Note that a page sends an empty text for none, and that nothing is to be done where it begins with one.

    Args:
        value: what is sent; the findings of its file are filled.
        name: of the key that it becomes, which may be null now.
        model: of the record.
        is_refused: whether none is sent until now, as the page refuses to, which is told.
    """
    file, node = value.file, value.node
    way = list(texts_behind(node))
    is_made = any(text_of(each.child_by_field_name("operator")) == "||" for each in way)
    read = value_in(way[-1])
    empty = list(_empty_behind(file, read))
    is_told = is_made or node.type in _SENT or file.is_told(node, Kind.SENTINEL)
    asking = [each for each in file.source.nodes("binary_expression") if _compares_with_empty(each, read)]
    _note_instead(file, [*empty, *asking] if is_told and empty else [])
    is_narrow = not is_refused and is_narrowed(file, node, text_of(way[-1]))
    is_asked = is_made or is_narrow or file.is_told(node, Kind.SENTINEL)
    if not empty or is_asked or node.type not in _SENT:
        return
    end, before = node.end_byte, f": {text_of(node)}" if node.type == "shorthand_property_identifier" else ""
    why = f"{_NONE} {_named(name, model)} may be null now: send that."
    file.hint(node, Kind.SENTINEL, Confidence.UNSURE, why, [Edit(end, end, f"{before} || null")])


def check_kept_whole(file: FileContext, sent: Node, name: str, model: str) -> None:
    """The same where a page sends all that a form of a library has: `handleSubmit((values) => save(values))`.

    Args:
        file: the file; its findings are filled.
        sent: all that the form has.
        name: of the key that may be null now.
        model: of the record.
    """
    begun = first_values(sent) if sent.type in _SENT else None
    first = property_value(begun, name) if begun is not None else None
    if first is not None and _may_be_empty(first) and not file.is_told(sent, Kind.SENTINEL):
        _note_instead(file, [first.parent or first])
        why = f"Where nothing is chosen `{name}` is an empty text in this, which is no key. {_named(name, model)}"
        file.hint(sent, Kind.SENTINEL, Confidence.UNSURE, f"{why} may be null now: make null of it.")


def _compares_with_empty(node: Node, read: Node) -> bool:
    """Whether what a page keeps is compared with an empty text: `form.authorId === ""`."""
    sides = [node.child_by_field_name(each) for each in ("left", "right")]
    is_compared = text_of(node.child_by_field_name("operator")) in COMPARISONS
    return is_compared and text_of(sides[0]) == text_of(read) and text_of(sides[1]) in _EMPTY


def _note_instead(file: FileContext, empty: Iterable[Node]) -> None:
    """Note that nothing is to be done where a page begins with an empty text: it is where it sends it."""
    for each in empty:
        for place in filter(None, (each, each.child_by_field_name("value"))):
            line, column = file.source.position(place)
            file.findings.sent_instead.add((file.source.path, line, column, Kind.SENTINEL))


def _named(name: str, model: str) -> str:
    return f"The `{name}` of {with_article(model)}"


def _empty_behind(file: FileContext, value: Node) -> Iterator[Node]:
    """Where what a page keeps, itself or by a library, is given an empty text."""
    state, begun = _state_behind(value), first_values(value)
    if state is not None:
        yield from _empty_in(file, state, last_name(value))
    first = property_value(begun, last_name(value)) if begun is not None else None
    if first is not None and _may_be_empty(first):
        yield first.parent or first


def _state_behind(value: Node) -> Node | None:
    """What declares the state that a value is, or is read of: `form.authorId`, in Vue `form.value.authorId`."""
    binding = binding_of(start_of(value))
    made = binding.child_by_field_name("value") if binding is not None else None
    is_state = made is not None and made.type == "call_expression" and callee(made)[1] in STATES
    return binding if is_state else None


def _empty_in(file: FileContext, state: Node, name: str) -> Iterator[Node]:
    """Where a state, or a member of it, is given an empty text, at first or later."""
    first = next(iter(call_arguments(state.child_by_field_name("value") or state)), None)
    if first is not None and _may_be_empty(first):
        yield from (state, first)
    begun = property_value(first, name) if first is not None and first.type == "object" else None
    for pair in file.source.nodes("pair") if begun is not None and _may_be_empty(begun) else ():
        value = pair.child_by_field_name("value") if key_of(pair) == name else None
        if value is not None and _may_be_empty(value) and pair.parent is not None and _is_given(state, pair.parent):
            yield pair


def _may_be_empty(value: Node) -> bool:
    """Whether a value is an empty text, or is one for want of others: `book?.authorId || ""`."""
    node = unwrapped(value)
    is_choice = text_of(node.child_by_field_name("operator")) in FALLBACKS
    return text_of(node.child_by_field_name("right") if is_choice else node) in _EMPTY


def _is_given(state: Node, literal: Node) -> bool:
    """Whether a literal is given to a state, in Vue by `form.value = { … }`."""
    assignment = nearest(literal, "assignment_expression")
    target = assignment.child_by_field_name("left") if assignment is not None else None
    is_set = assignment is not None and assignment.child_by_field_name("right") == literal
    owner = start_of(target) if target is not None and is_set else None
    is_first = literal in call_arguments(state.child_by_field_name("value") or state)
    return is_first or state_given(literal) == state or (owner is not None and binding_of(owner) == state)
