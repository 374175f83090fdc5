"""Reads with `?.` that never met nothing, and what is shown or taken instead where they do now.

`{message.author?.name ?? "You"}` shows a message of nobody as one's own, `book.author?.id ?? book.id` is the key of
something else, and `<b>{book.author?.name}</b> wrote this` is a sentence without a subject.
"""

from __future__ import annotations

import re
from itertools import dropwhile
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.reads.shown_otherwise import shown_without
from prisma_decouple.typescript.finders.uses.safe_reads import leaves_gap
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.faults import UNKNOWN, WRONG
from prisma_decouple.typescript.source.operators import DIFFERENT, EQUAL, FALLBACKS
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    READS,
    ancestors,
    call_arguments,
    call_given,
    callee,
    chain_around,
    descendants,
    first_name,
    function_around,
    function_at,
    is_function,
    last_name,
    owner_of_read,
    parenthesized,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.turned_away import LEADS_AWAY
from prisma_decouple.typescript.source.vocabulary import CALLBACKS, ID
from prisma_decouple.typescript.types.places.carried import calls_of
from prisma_decouple.typescript.types.prisma.given_keys import is_given, is_there
from prisma_decouple.typescript.types.properties import constant_behind
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

# Who is called so is somebody: the one who reads it, or who does what nobody else did.
_SOMEBODY = re.compile(
    r"(?:the )?(?:you|me|i|myself|yourself|admin(?:istrator)?|system|sistema|système|support|staff|bot|automatic)",
    re.IGNORECASE,
)
# Alone, this says no more than that nobody is known.
_NOBODY = re.compile(rf"(?:{UNKNOWN})", re.IGNORECASE)
_ASKED = frozenset({"await_expression", "call_expression", "identifier", *READS})
_BELONGS = frozenset({"has", "includes", "some"})
_BLOCKS = frozenset({"statement_block"})
_CONDITIONS = frozenset({"await_expression", "binary_expression", "parenthesized_expression"})
_DEPTH = 3
_GAP = "gap"
_IN_TEXT = "template_substitution"
_SIDES = ("consequence", "alternative")
_NAMES = frozenset({"displayName", "firstName", "fullName", "name", "nickname", "username"})
_HEADINGS = _NAMES | {"label", "subject", "title"}


def note_stand_in(file: FileContext, node: Node, relation: OptionalRelation) -> bool:
    """Note what is taken, or shown as nothing, in place of what is read of a record that may be absent.

    Args:
        file: the file; its findings are filled.
        node: the relation in a chain of reads that asks with `?.`, or behind a check.
        relation: the relation.

    Returns:
        Whether there is such a place.
    """
    chain = chain_around(node)
    if is_there(file, node):
        others = _chosen_without(node, chain) if not is_given(file, node) else ()
        if (
            chain.parent is not None and chain.parent.type == _IN_TEXT
        ):  # what leads elsewhere is no name: `/books/${id}`
            others = (each for each in others if says_wrong(Place(file, each), relation))
        return _note_instead(file, chain, relation, others)
    model = with_article(relation.model, "A")
    if turns_away(file, node, relation):
        why = f"{model} may be without `{relation.field}` now, and this turns away whoever asks for such a one then."
        file.hint(chain, Kind.FLOW, Confidence.LIKELY, f"{why} Say who may.")
        return True
    if _note_instead(file, chain, relation, _instead_of(chain)) or _note_shown(file, node, relation):
        return True
    element, gap = _showing(chain), (_GAP, relation.field)
    around = function_around(chain) if element is not None and not leaves_gap(chain) else element
    shown = _shown_without(file, chain, element, relation) if element is not None else ""
    if around is None or not shown or (around.id, gap) in file.checked:
        return False
    file.checked.add((around.id, gap))
    why = f"{model} may be without `{relation.field}` now, and {shown}."
    file.hint(chain, Kind.READ, Confidence.UNSURE, why)
    return True


def _note_instead(file: FileContext, chain: Node, relation: OptionalRelation, others: Iterable[Node]) -> bool:
    """Note what is taken instead of a value when it may be taken for one, or says that something went wrong."""
    instead, model = list(others), with_article(relation.model, "A")
    for other in instead:
        if _is_taken_for_one(chain, other, relation) and not file.is_told(chain):
            why = (
                f"{model} may be without `{relation.field}` now, and `{excerpt(text_of(other))}` is taken instead then."
            )
            file.hint(chain, Kind.SENTINEL, Confidence.UNSURE, f"{why} Look whether that is right.")
            return True
    wrong = next((each for each in instead if says_wrong(Place(file, each), relation)), None)
    if wrong is not None and not file.is_told(chain):
        why = f"{model} may be without `{relation.field}` now, and `{excerpt(text_of(wrong))}` is said of it then."
        file.hint(chain, Kind.SENTINEL, Confidence.UNSURE, f"{why} Look whether that says what is meant.")
    return wrong is not None


def _note_shown(file: FileContext, node: Node, relation: OptionalRelation) -> bool:
    """Note where a record without a relation is shown as if it had one that is unlike what is asked for."""
    text = shown_without(file, node)
    if text is not None and not file.is_told(chain_around(node)):
        why = f"There may be no `{relation.field}` here now, and `{excerpt(text_of(text))}` is shown then."
        file.hint(chain_around(node), Kind.SENTINEL, Confidence.UNSURE, f"{why} Look whether that is right.")
    return text is not None


def _chosen_without(node: Node, chain: Node) -> Iterator[Node]:
    """What is chosen instead where a relation is absent: `b` of `book.author ? book.author.name : b`."""
    value = parenthesized(chain)
    if value.parent is not None and value.parent.type == _IN_TEXT:
        text = value.parent.parent or value
        is_first = (node.text or b"") not in (text.text or b"")[: node.start_byte - text.start_byte]
        value = parenthesized(text) if is_first else value
    choice = value.parent
    if choice is None or choice.type != "ternary_expression":
        return
    condition, sides = choice.child_by_field_name("condition"), [choice.child_by_field_name(each) for each in _SIDES]
    asked = text_of(node).replace("?.", ".")
    is_asked = condition is not None and any(
        text_of(each).replace("?.", ".") == asked for each in (condition, *descendants(condition, node.type))
    )
    yield from (unwrapped(each) for each in sides if is_asked and each is not None and value in sides and each != value)


def turns_away(file: FileContext, node: Node, relation: OptionalRelation) -> bool:
    """Whether who asks is turned away for being unlike what is read: `if (book.author?.agentId !== me.id) throw …`.

    Args:
        file: the file.
        node: the relation in a chain of reads; its own key tells which record is meant, and nothing of who asks.
        relation: the relation.
    """
    read = chain_around(node)
    if read.type == "call_expression":  # `!book.author?.agents.some((each) => each.id === me.id)`
        return callee(read)[1] in _BELONGS and any(map(_is_guard, _where_not(file, read)))
    comparison, owner = parenthesized(read).parent, owner_of_read(read)
    is_which = last_name(read) in relation.references and owner is not None and owner.end_byte == node.end_byte
    if comparison is None or owner is None or is_which:
        return False
    sides = [comparison.child_by_field_name(name) for name in ("left", "right")]
    return all(map(_is_known_later, sides)) and is_turned_away_by(file, comparison)


def is_turned_away_by(file: FileContext, comparison: Node) -> bool:
    """Whether somebody is turned away where two values are unlike: `const mine = a === b; if (!mine) throw …`.

    Args:
        file: the file.
        comparison: of the two.
    """
    return any(map(_is_guard, _where_unlike(file, comparison)))


def _where_unlike(file: FileContext, comparison: Node) -> list[Node]:
    """What holds when two values are unlike: `a !== b`, and each `!same` after `const same = a === b`."""
    operator = text_of(comparison.child_by_field_name("operator"))
    if operator in EQUAL:
        return _where_not(file, comparison)
    return _where_so(file, comparison) if operator in DIFFERENT else []


def _where_so(file: FileContext, condition: Node, depth: int = _DEPTH) -> list[Node]:
    """What holds when a condition does: itself, and what it is kept or given back as: `other`, `isOther(a)`."""
    uses = _meant_by(file, condition)
    return [condition, *(found for each in uses if depth for found in _where_so(each.file, each.node, depth - 1))]


def _where_not(file: FileContext, condition: Node, depth: int = _DEPTH) -> list[Node]:
    """What holds when a condition does not: `!(a === b)`, and `!same`, `!isSame(a)` where it is kept or given back."""
    holder = next((each for each in ancestors(condition) if each.type not in _CONDITIONS), None)
    if holder is None or holder.type == "unary_expression":
        return [holder] if holder is not None and text_of(holder).startswith("!") else []
    uses = _meant_by(file, condition)
    return [found for each in uses if depth for found in _where_not(each.file, each.node, depth - 1)]


def _meant_by(file: FileContext, condition: Node) -> list[Place]:
    """The names and calls that mean a condition, alone or with others, where it is kept or given back."""
    inner, holder = condition, condition.parent
    while holder is not None and holder.type in _CONDITIONS:
        inner, holder = holder, holder.parent
    if holder is None:
        return []
    is_body = is_function(holder) and holder.child_by_field_name("body") == inner
    function = function_at(holder) if is_body or holder.type == "return_statement" else None
    uses = [Place(file, each) for each in uses_of_variable(holder)] if holder.type == "variable_declarator" else []
    return [*uses, *(calls_of(file, function) if function is not None else ())]


def _is_guard(condition: Node) -> bool:
    """Whether a condition, alone or with others, is what somebody is turned away for."""
    statement = next(dropwhile(lambda each: each.type in _CONDITIONS, ancestors(condition)), None)
    if statement is None or statement.type != "if_statement":
        return False
    function = function_around(statement)
    call = call_given(function) if function is not None else None
    is_choice = call is not None and callee(call)[1] in CALLBACKS
    return not is_choice and _ends_for_all(statement.child_by_field_name("consequence"))


def _is_known_later(side: Node | None) -> bool:
    """Whether one side of a comparison is no constant."""
    return side is not None and unwrapped(side).type in _ASKED


def _ends_for_all(consequence: Node | None) -> bool:
    """Whether what is done throws, answers, or leads to another page."""
    last = consequence.named_children[-1:] if consequence is not None and consequence.type in _BLOCKS else [consequence]
    end = next(filter(None, last), None)
    if end is None or end.type == "throw_statement":
        return end is not None
    called = end.named_children[0] if end.named_children else end
    is_led_away = called.type == "call_expression" and text_of(called.child_by_field_name("function")) in LEADS_AWAY
    return is_led_away or (end.type == "return_statement" and bool(end.named_children))


def _showing(value: Node) -> Node | None:
    """The element between whose tags a value is shown."""
    holder = parenthesized(value).parent
    element = holder.parent if holder is not None and holder.type == "jsx_expression" else None
    return element if element is not None and element.type == "jsx_element" else None


def _shown_without(file: FileContext, value: Node, element: Node, relation: OptionalRelation) -> str:
    """What an element shows without a value that it names somebody by, in words; empty when that will do."""
    if leaves_gap(value):
        return "nothing is shown here then, with words around it"
    inner = [each for each in element.named_children[1:-1] if text_of(each).strip()]
    column = file.facts.column_of(relation.target, last_name(value))
    is_name = last_name(value) in _HEADINGS or (column is not None and column.scalar_type == "string")
    is_alone = is_name and all(_is_read_of(each, owner_of_read(value)) for each in inner)
    return "this element is empty then, where there was a name" if is_alone else ""


def _is_read_of(shown: Node, owner: Node | None) -> bool:
    """Whether all that an element shows here is read of what a value is read of: `{book.author?.lastName}`."""
    read = shown.named_children[0] if shown.type == "jsx_expression" and shown.named_children else None
    other = owner_of_read(read) if read is not None else None
    is_safe = read is not None and read.child_by_field_name("optional_chain") is not None
    return is_safe and owner is not None and other is not None and text_of(other) == text_of(owner)


def _instead_of(value: Node) -> Iterator[Node]:
    """What is taken instead of a value: `b`, then `c`, of `a ?? b ?? c`."""
    node = parenthesized(value)
    outer = node.parent
    while outer is not None and text_of(outer.child_by_field_name("operator")) in FALLBACKS:
        right = outer.child_by_field_name("right")
        if right is None or outer.child_by_field_name("left") != node:
            return
        yield unwrapped(right)
        node = parenthesized(outer)
        outer = node.parent


def says_wrong(other: Place, relation: OptionalRelation) -> bool:
    """Whether what is taken instead says that something went wrong, "Unknown author", or is no more than "Author".

    That there is none is no mistake from now on; "No author" says just that.
    """
    said = _said(constant_behind(other).node)
    is_wrong = WRONG.search(said) is not None and not _NOBODY.fullmatch(said)
    return is_wrong or said.lower() in {relation.field.lower(), relation.target.lower()}


def _said(value: Node) -> str:
    """The text that a value is, or the end of the key by which a function finds one: `t("book.unknown")`."""
    spoken = call_arguments(value) if value.type == "call_expression" and not callee(value)[0] else [value]
    written = string_value(spoken[0]) if len(spoken) == 1 else ""
    return (written.rsplit(".", 1)[-1] if spoken != [value] else written).strip()


def _is_taken_for_one(chain: Node, other: Node, relation: OptionalRelation) -> bool:
    """Whether what is taken instead is the name of somebody, or the key of something else."""
    name, is_of_same = last_name(chain), first_name(other) == first_name(chain)
    if name == ID:
        is_own_key = last_name(other) in relation.foreign_keys
        return bool(string_value(other)) or (other.type in READS and last_name(other) == ID and not is_own_key)
    if other.type in READS:
        return name in _NAMES | {"email"} and last_name(other) == name and not is_of_same
    return _SOMEBODY.fullmatch(_said(other).rsplit(".", 1)[-1].strip()) is not None
