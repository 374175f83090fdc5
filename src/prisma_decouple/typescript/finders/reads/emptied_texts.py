"""Texts that are empty without a record that may be absent now, and conditions that null passes as the record would.

`typeof book.author === "object" ? `${book.author?.name ?? ""}`.trim() : "Unknown"` never says "Unknown" of a book
without an author, for null is an object for `typeof`: nothing is shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.empty_texts import side_without, text_without
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.null_conditions import is_read_of
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.syntax import (
    READS,
    children_of,
    descendants,
    last_name,
    owner_of_read,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.givers import givers_of
from prisma_decouple.typescript.types.typed import WRITTEN, What
from prisma_decouple.typescript.types.written.members import shape_members
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_CHOICE = "ternary_expression"
_SIDES = ("consequence", "alternative")
_DEPTH = 8
_SEVERAL = 8


def find_emptied_texts(file: FileContext) -> None:
    """Note such conditions, and the elements that show nothing else than such a text.

    Args:
        file: the file; its findings are filled.
    """
    for choice in file.source.nodes(_CHOICE):
        _check_choice(file, choice)
    for holder in file.source.nodes("jsx_expression"):
        if holder.named_children and _is_alone(holder):
            _check_shown(file, holder.named_children[0])


def _check_choice(file: FileContext, choice: Node) -> None:
    """`typeof book.author === "object" ? book.author?.name : "Unknown"`."""
    condition, sides = choice.child_by_field_name("condition"), list(map(choice.child_by_field_name, _SIDES))
    for name, (model, field) in _absent_in(Place(file, condition)) if condition is not None else ():
        side = side_without(choice, name)
        other = next((each for each in sides if each is not None and unwrapped(each) != side), None)
        said = _last_text(other) if other is not None else None
        if condition is None or side is None or said is None or file.is_told_inside(side, Kind.READ):
            continue
        text = text_without(side, name)
        if is_read_of(side, name) or (text is not None and not text.strip()):
            why = f"{with_article(model, 'A')} may be without `{field}` now, and null passes this condition: there is"
            why = f"{why} no text then, and `{excerpt(text_of(said))}` is not said. Look what is meant."
            file.hint(condition, Kind.SENTINEL, Confidence.UNSURE, why)
            return


def _check_shown(file: FileContext, shown: Node) -> None:
    """`<td>{row.writer}</td>`, where `writer` is made of nothing but what is read of the author."""
    if file.is_told(shown):
        return
    for made in (Place(file, shown), *_made(file, shown)):
        for name, (model, field) in _absent_in(made):
            text = text_without(made.node, name)
            if text is None or text.strip() or _is_said(made.node):
                continue
            one = with_article(model, "A")
            why = f"{one} may be without `{field}` now, and this element is empty then, where there was a text."
            file.hint(shown, Kind.READ, Confidence.UNSURE, why)
            return


def _made(file: FileContext, shown: Node) -> Iterator[Place]:
    """What a property is made of that is shown: in the literal that has it, or what its written type is given."""
    owner = shown.child_by_field_name("object") if shown.type == "member_expression" else None
    found = file.types.of(owner) if owner is not None else None
    if found is None or found.place is None or found.what not in WRITTEN:
        return
    value = property_value(found.place.node, last_name(shown)) if found.literal is not None else None
    if value is not None:
        yield Place(found.place.file, value)
    elif found.literal is None:
        for member in shape_members(found.place.file, found.place.node, last_name(shown), _DEPTH):
            yield from givers_of(member.file, member.node, last_name(shown))[:_SEVERAL]


def _absent_in(made: Place) -> Iterator[tuple[str, tuple[str, str]]]:
    """The records that may be absent now of which an expression says something, by name, with where they come from."""
    file, seen = made.file, set[str]()
    asked = (each.child_by_field_name("argument") for each in descendants(made.node, "unary_expression"))
    reads = (owner_of_read(each) for kind in READS for each in (*descendants(made.node, kind), made.node))
    for record in (*asked, *reads, *_compared(made.node)):
        if record is None or record.type not in {"identifier", *READS} or plain(text_of(record)) in seen:
            continue
        seen.add(plain(text_of(record)))
        origin = _origin(file, record)
        if origin is not None and not is_narrowed(file, made.node, text_of(record)):
            yield plain(text_of(record)), origin


def _origin(file: FileContext, record: Node) -> tuple[str, str] | None:
    """The relation behind which a record may be absent now; a written type may say anything of what is there."""
    found = file.types.of(record)
    if found is None or not found.is_nullable or found.is_list:
        return None
    is_relation = found.what is What.KEY and file.facts.relation_of(found.model, found.field) is not None
    return (found.model, found.field) if is_relation else found.became_null


def _compared(condition: Node) -> Iterator[Node | None]:
    """What is compared with nothing in a condition, and what is looked for in something."""
    for each in (*descendants(condition, "binary_expression"), condition):
        yield from (each.child_by_field_name(name) for name in ("left", "right"))


def _last_text(value: Node) -> Node | None:
    """The text that a value is at last: `"Unknown"` of `book.author || "Unknown"`."""
    node = unwrapped(value)
    right = node.child_by_field_name("right") if node.type == "binary_expression" else None
    last = unwrapped(right) if right is not None else node
    return last if string_value(last) else None


def _is_said(value: Node) -> bool:
    """Whether a value says itself that it is nothing without another one: `book.author?.name ?? ""`."""
    return text_of(unwrapped(value).child_by_field_name("operator")) in FALLBACKS


def _is_alone(holder: Node) -> bool:
    """Whether an element shows nothing else."""
    element = holder.parent
    inner = [each for each in children_of(element)[1:-1] if text_of(each).strip()] if element is not None else []
    return element is not None and element.type == "jsx_element" and inner == [holder]
