"""What is read on from a value that may be absent: how the read is made safe, and what that needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.detours import bypassed
from prisma_decouple.typescript.finders.uses.decisions import is_decision
from prisma_decouple.typescript.finders.uses.key_uses import Use, use_of
from prisma_decouple.typescript.finders.uses.nothing_taken import instead_of_nothing
from prisma_decouple.typescript.finders.uses.omissions import replaces_nothing
from prisma_decouple.typescript.source.conditions import conjuncts
from prisma_decouple.typescript.source.operators import ARITHMETIC
from prisma_decouple.typescript.source.parsing import ASSERTED
from prisma_decouple.typescript.source.syntax import (
    CHAIN,
    READS,
    ancestors,
    callee,
    chain_around,
    descendants,
    is_function,
    is_inside,
    last_name,
    owner_of_read,
    parenthesized,
    said_in,
    text_of,
)
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.carried import carried
from prisma_decouple.typescript.types.places.expectations import expected, place_of
from prisma_decouple.typescript.types.places.tolerance import is_defaulted, takes_nothing
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import MADE_SAFE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_CALCULATING = ARITHMETIC | {"<", "<=", ">", ">=", "-=", "*=", "/=", "%=", "**="}
_DEPTH = 4
_DOING = frozenset(
    {
        *("assignment_expression", "augmented_assignment_expression", "await_expression"),
        *("update_expression", "yield_expression"),
    }
)
_NUMBERS = frozenset({"bigint", "number", "Prisma.Decimal"})
_OF_PROMISES = frozenset({"catch", "finally", "then"})
_STEPS = frozenset({".", "["})
_TAKING = frozenset({"next", "pop", "shift", "splice"})  # what they give is not there any more
# What gives the values behind it a new one, or makes something of them.
_WRITES = frozenset({"array_pattern", "object_pattern", "pair_pattern", "rest_pattern", "update_expression"})
_WRITTEN = {
    "assignment_expression": "left",
    "assignment_pattern": "left",
    "augmented_assignment_expression": "left",
    "for_in_statement": "left",
    "new_expression": "constructor",
}
_WHOLE = frozenset({"binary_expression", "parenthesized_expression", "template_string", "template_substitution"})


def use_in_chain(node: Node) -> Node | None:
    """What takes something out of a relation: the `.`, `?.`, `[`, `!` or pattern behind it; None when nothing does."""
    outer = node.parent
    if outer is None:
        return None
    if outer.type == "non_null_expression":
        return outer if use_in_chain(outer) is not None else None
    if outer.type == "parenthesized_expression" or _is_said(outer, node):
        return use_in_chain(outer)
    if outer.type in READS and outer.child_by_field_name("object") == node:
        return (outer.child_by_field_name("optional_chain") or outer) if not _is_of_promise(outer) else None
    is_taken_apart = outer.type == "variable_declarator" and outer.child_by_field_name("value") == node
    pattern = outer.child_by_field_name("name") if is_taken_apart else None
    return pattern if pattern is not None and pattern.type == "object_pattern" else None


def _is_said(cast: Node, value: Node) -> bool:
    """Whether a value is said to be of a type there, whether it is there or not: `(book.author as Writer).name`."""
    said = said_in(cast)
    return said is not None and said[0] == value


def _is_of_promise(read: Node) -> bool:
    """Whether it is `.then` of what is awaited nowhere else: the promise is there, whatever it brings."""
    call = read.parent
    is_called = call is not None and call.type == "call_expression" and call.child_by_field_name("function") == read
    return is_called and last_name(read) in _OF_PROMISES


def needs_of_read(file: FileContext, value: Node, *, is_filled: bool = False) -> tuple[str, ...]:
    """What a read that may give nothing needs: a place that takes it, and somebody who says it in other words.

    Args:
        file: the file.
        value: what is read on from in it, and may be absent.
        is_filled: whether something else is shown for want of it.
    """
    place = outermost(value)
    reads = (*(() if is_filled else (place,)), *_reads_beside(file, place, value))
    is_free = not _swallows(value) and all(_is_free(file, each, value) for each in reads)
    is_said = not is_filled and any(gap_told(each) for each in reads)
    return () if is_free and not is_said else ("a place that takes nothing",)


def _swallows(value: Node) -> bool:
    """Whether something else is done on the way from a value, which `?.` leaves out: `post.tags.push(await load())`."""
    inner, whole = value, chain_around(value)
    while inner != whole and inner.parent is not None:
        inner = inner.parent
        steps = (inner.child_by_field_name("arguments"), inner.child_by_field_name("index"))
        if any(_does_something(each) for each in steps if each is not None):
            return True
    return False


def _does_something(node: Node) -> bool:
    """Whether to evaluate an expression is more than to know its value."""
    waiting = [node]
    while waiting:
        current = waiting.pop()
        is_taking = current.type == "call_expression" and callee(current)[1] in _TAKING
        if current.type in _DOING or is_taking:
            return True
        waiting += current.named_children if not is_function(current) else []
    return False


def _is_free(file: FileContext, place: Node, value: Node) -> bool:
    place = chain_around(place)
    is_taken = takes_nothing(file, place, "undefined") or _gives_nothing_already(file, value)
    return is_taken and _is_harmless(file, place, _DEPTH)


def _gives_nothing_already(file: FileContext, value: Node) -> bool:
    """Whether a read was undefined at times before, by another `?.` in it: `loan?.book.author.name`.

    What the record has itself now is to be read there instead.
    """
    through = [each for each in file.facts.optional if each.field == last_name(value)]
    if any(bypassed(file, value, each) for each in through):
        return False
    while value.type in READS:
        owner = value.child_by_field_name("object")
        if owner is None:
            return False
        is_asked = value.child_by_field_name("optional_chain") is not None
        if is_asked and _may_lack(file, owner) and not is_narrowed(file, owner):
            return True
        value = owner
    return False


def _may_lack(file: FileContext, value: Node) -> bool:
    """Whether a value may be nothing, as its type says, or as the relation says that it is."""
    found = file.types.of(value)
    record = owner_of_read(value) if value.type in READS else None
    of_record = file.types.of(record) if record is not None else None
    if of_record is None or of_record.what is not What.RECORD or of_record.is_filled:
        return found is not None and found.is_nullable
    relation = file.facts.relation_of(of_record.model, last_name(value))
    is_open = relation is not None and not relation.is_required and found is not None and not found.is_list
    return is_open or (found is not None and found.is_nullable)


def _is_harmless(file: FileContext, place: Node, depth: int) -> bool:
    """Whether nothing means nothing else where a value is, and wherever it gets to from there."""
    if use_of(file, place) is Use.SHOWN or is_decision(file, place) or is_defaulted(file, place):
        return False
    wanted = expected(file, place)
    if wanted is not None and replaces_nothing(place, wanted):
        return False
    uses = carried(file, place_of(place)[1]) or () if depth else ()
    return all(is_narrowed(each.file, each.node) or _is_harmless(each.file, each.node, depth - 1) for each in uses)


def leaves_gap(place: Node) -> bool:
    """Whether there would be words between tags, and nothing where a value was: `<p>By {book.author.name}.</p>`.

    Args:
        place: the value.
    """
    shown = parenthesized(place_of(place)[1]).parent
    around = shown.parent if shown is not None and shown.type == "jsx_expression" else None
    return around is not None and any(
        each.type == "jsx_text" and text_of(each).strip() for each in around.named_children
    )


def gap_told(value: Node) -> str:
    """What is said, behind another sentence, of a value that is read on from safely where that leaves such a gap."""
    chain = chain_around(value)
    if leaves_gap(chain):
        return f"{MADE_SAFE} nothing is shown between the words: look whether that is meant."
    is_in_text = chain.parent is not None and chain.parent.type == "template_substitution"
    return f"{MADE_SAFE} the text says `undefined` then: say what it should." if is_in_text else ""


def _reads_beside(file: FileContext, place: Node, value: Node) -> Iterator[Node]:
    """The other reads from the same value in one expression: `a.b?.c || a.b.d` is as bad as before."""
    whole = place
    for outer in ancestors(place):
        if outer.type not in _WHOLE:
            break
        whole = outer
    written = text_of(value)
    for node in descendants(whole, "member_expression") if whole != place else ():
        owner = node.child_by_field_name("object")
        if owner is None or owner == value or node.child_by_field_name("optional_chain") is not None:
            continue
        is_same = text_of(owner).removesuffix("!") == written and not is_narrowed(file, owner, written)
        if is_same and not _is_behind(node, place):
            yield outermost(node)


def _is_behind(node: Node, place: Node) -> bool:
    """Whether a node is only reached where a read gives something: `author?.name && author.name.trim()`."""
    for outer in ancestors(place):
        left, right = outer.child_by_field_name("left"), outer.child_by_field_name("right")
        is_both = left is not None and text_of(outer.child_by_field_name("operator")) == "&&"
        if is_both and left is not None and right is not None and is_inside(right, node):
            return place in conjuncts(left)
        if outer.type not in _WHOLE:
            return False
    return False


def edits_of_read(file: FileContext, node: Node, use: Node) -> list[Edit] | None:
    """`?.` in place of `.` or `!.`: `book.author?.name`.

    Args:
        file: the file.
        node: what may be absent.
        use: what takes something out of it.

    Returns:
        None for what is taken apart, written to or calculated with, where undefined would throw or ask for anything,
        and wherever `?.` is no TypeScript.
    """
    chain = chain_around(node)
    if use.type == "object_pattern" or _has_to_be_there(node) or _is_calculated_with(file, chain):
        return None
    filled = instead_of_nothing(file, chain)
    if filled is None:
        return None
    outer = parenthesized(use).parent if use.type == "non_null_expression" else use
    end = _assertion(node, use)
    asserted = [Edit(end - 1, end, "")] if end else []
    if outer is None or outer.child_by_field_name("optional_chain") is not None:
        return [*asserted, *filled]
    # The dot may stand in a line of its own, or behind a comment.
    step = next((child for child in outer.children if child.type in _STEPS), None)
    if step is None:
        return None
    safe = Edit(step.start_byte, step.end_byte if step.type == "." else step.start_byte, "?.")
    return [*asserted, safe, *filled]


def _assertion(node: Node, use: Node) -> int:
    """Where the `!` ends that says of a value that it is there; zero where none does."""
    if use.type == "non_null_expression":
        return use.end_byte
    end = node.end_byte
    holder = use.parent if use.type == "optional_chain" else use
    behind = (holder.text or b"")[end - holder.start_byte :][:1] if holder is not None else b""
    return end + 1 if behind == ASSERTED.encode() else 0


def outermost(node: Node) -> Node:
    """The whole property chain of which a node is the beginning, also by way of what the node is said to be."""
    chain = ("member_expression", "non_null_expression", "subscript_expression")
    whole, inner, is_cast = node, node, False
    for outer in ancestors(node):
        if outer.type in chain and outer.named_children[0] == inner:
            whole = outer
        elif not (is_cast := _is_said(outer, inner) or (is_cast and outer.type == "parenthesized_expression")):
            break
        inner = outer
    return whole


def _is_calculated_with(file: FileContext, value: Node) -> bool:
    """Whether a value is a part of a calculation, is measured against another one, or says which element is meant."""
    node = parenthesized(value)
    outer = node.parent
    if outer is None:
        return False
    operator = text_of(outer.child_by_field_name("operator"))
    if outer.type == "subscript_expression":
        return outer.child_by_field_name("index") == node
    # Texts are put together by `+` as well.
    return operator in _CALCULATING or (operator in {"+", "+="} and _is_called_like_number(file, last_name(value)))


def _is_called_like_number(file: FileContext, name: str) -> bool:
    """Whether all columns of a name are numbers."""
    kinds = {each.scalar_type for each in file.facts.columns if each.name == name}
    return bool(kinds) and kinds <= _NUMBERS


def _has_to_be_there(node: Node) -> bool:
    """Whether nothing may be read with `?.`: what is written to, made with `new`, or the tag of a template."""
    chain, holder = node, node.parent
    while holder is not None and holder.type in CHAIN and holder.named_children[0] == chain:
        arguments = holder.child_by_field_name("arguments")
        if arguments is not None and arguments.type == "template_string":
            return True
        chain, holder = holder, holder.parent
    if holder is None:
        return False
    return holder.type in _WRITES or holder.child_by_field_name(_WRITTEN.get(holder.type, "")) == chain
