"""What is shown of a record only where it has what may be absent now: `{book.author && <h1>{book.title}</h1>}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.forms.form_fields import attributes_of
from prisma_decouple.typescript.finders.reads.idle_guards import asked_of, given_to_member
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.conditions import present_in, present_unless
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import (
    READS,
    ancestors,
    children_of,
    descendants,
    last_name,
    owner_of_read,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_ELEMENTS = frozenset({"jsx_element", "jsx_fragment", "jsx_self_closing_element"})
_CHOICES = ("binary_expression", "if_statement", "jsx_attribute", "ternary_expression")
# What shows what is in it, and nothing, or what it is given for that, where a condition does not hold.
_SHOWING = frozenset({"If", "Show", "When"})
_WHEN = frozenset({"condition", "if", "when"})
_OTHERWISE = frozenset({"else", "fallback"})
_NOTHING = re.compile(r"null|undefined|false|''|\"\"|<>\s*</>|<\w*(?:Load(?:er|ing)|Skeleton|Spinner)\b[^<>]*/>")
_TAGS = frozenset({"jsx_opening_element", "jsx_self_closing_element"})
_KEY = "key"


class _Shown(NamedTuple):
    """An element that is only there when some values are, and these."""

    element: Node
    values: list[Node]


def find_unshown(file: FileContext) -> None:
    """Note the conditions for which a page shows nothing of a record that lacks what was always there.

    What only shows what is asked for is right as it is: `{book.author && <p>{book.author.name}</p>}`.

    Args:
        file: the file; its findings are filled.
    """
    for choice in file.source.nodes(*_CHOICES):
        shown = _shown_by(choice)
        for value in shown.values if shown is not None else ():
            asked = asked_of(file, value, is_error=False) or given_to_member(file, value)
            if shown is None or asked is None or file.is_told(value):
                continue
            if any(_shows(file, shown.element, value, read, asked) for read in _reads(shown.element)):
                why = f"{with_article(asked[0], 'A')} always had `{asked[1]}`, and without one this is not shown now."
                file.hint(value, Kind.FLOW, Confidence.UNSURE, f"{why} Look whether it should be.")
                break


def _shown_by(choice: Node) -> _Shown | None:
    """The element that a choice shows where all of some values are there, and nothing where one is not."""
    if choice.type == "jsx_attribute":
        return _shown_in(choice)
    condition = choice.child_by_field_name("condition") or choice.child_by_field_name("left")
    then, other = _sides(choice)
    if condition is None or then is None:
        return None
    if _is_element(then) and (other is None or _is_nothing(other)):
        return _Shown(then, list(present_in(condition)))
    is_shown = other is not None and _is_element(other) and _is_nothing(then) and choice.type != "if_statement"
    return _Shown(other, list(present_unless(condition))) if other is not None and is_shown else None


def _sides(choice: Node) -> tuple[Node | None, Node | None]:
    """What a choice gives, and what otherwise.

    Of `author && <Card … />` nothing otherwise; of `if (author) return <Card … />;` with `return null;` behind it what
    both give back.
    """
    if choice.type == "binary_expression":
        return choice.child_by_field_name("right") if text_of(
            choice.child_by_field_name("operator")
        ) == "&&" else None, None
    then, other = choice.child_by_field_name("consequence"), choice.child_by_field_name("alternative")
    if choice.type == "ternary_expression":
        return then, other
    behind = _given_back(choice.next_named_sibling) if other is None else None
    return (_given_back(then) if behind is not None else None), behind


def _is_nothing(value: Node) -> bool:
    return _NOTHING.fullmatch(text_of(unwrapped(value))) is not None


def _given_back(done: Node | None) -> Node | None:
    inner = done.named_children[-1:] if done is not None and done.type == "statement_block" else [done]
    last = next(filter(None, inner), None)
    return next(iter(children_of(last)), None) if last is not None and last.type == "return_statement" else None


def _shown_in(attribute: Node) -> _Shown | None:
    """The same of an element that shows what is in it under a condition: `<Show when={book.author}>` of Solid."""
    tag = attribute.parent
    if tag is None or tag.parent is None or text_of(attribute.named_children[0]) not in _WHEN:
        return None
    given = attributes_of(tag)
    condition = given[text_of(attribute.named_children[0])]
    is_choice = text_of(tag.child_by_field_name("name")) in _SHOWING and not _OTHERWISE & given.keys()
    return _Shown(tag.parent, list(present_in(condition))) if condition is not None and is_choice else None


def _is_element(value: Node) -> bool:
    return unwrapped(value).type in _ELEMENTS


def _reads(element: Node) -> Iterator[Node]:
    for kind in READS:
        yield from descendants(element, kind)


def _shows(file: FileContext, shown: Node, value: Node, read: Node, asked: tuple[str, str]) -> bool:
    """Whether a read is of the record itself, in an element that has nothing to do with what is asked for."""
    model, field = asked
    names = {field, last_name(unwrapped(value))}
    for each in file.facts.optional_of(model):
        if field in {each.field, *each.foreign_keys}:
            names |= {each.field, *each.foreign_keys, each.target}
    owner = owner_of_read(read)
    if owner is None or last_name(read) in names or not _is_record(file, owner, value, model):
        return False
    said = _said_around(shown, read).lower()
    return bool(said) and not any(each.lower() in said for each in names)


def _is_record(file: FileContext, owner: Node, value: Node, model: str) -> bool:
    """Whether something is read of a record of a model, or of what the value that is asked for was read of."""
    found = file.types.of(owner)
    if found is not None and found.what is What.RECORD:
        return found.model == model and not found.is_list
    of_value = owner_of_read(unwrapped(held_by(value) or value))
    return of_value is not None and plain(text_of(of_value)) == plain(text_of(owner))


def _said_around(shown: Node, read: Node) -> str:
    """The element that a read is an attribute of, or else what it is in without the elements in that."""
    for outer in ancestors(read):
        if outer.type == "jsx_attribute" and text_of(outer.named_children[0]) == _KEY:
            return ""
        if outer.type in _TAGS:
            whole = outer.parent if outer.type == "jsx_opening_element" else outer
            return text_of(whole)
        if outer.type in _ELEMENTS:
            inner = (text_of(each) for each in outer.named_children if each.type not in _ELEMENTS)
            return " ".join(inner)
        if outer == shown:
            break
    return ""
