"""Queries for the record that a key points to, made only when there is a key: `key ? await find(key) : null`.

A write whose result nobody uses is a statement of its own: `if (key) { await db.author.update(…); }`. What is behind it
and cannot do without the key either is put under the same condition.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.uses.key_uses import Use, use_of
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.layout import is_too_long, unit_of
from prisma_decouple.typescript.source.references import is_reference
from prisma_decouple.typescript.source.syntax import READS, callee, descendants, last_name, nearest, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.tolerance import selects_target
from prisma_decouple.typescript.types.prisma.queries import NULLABLE_RESULTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

_HOLDERS = frozenset({"variable_declarator", "assignment_expression", "return_statement"})
_STATEMENTS = frozenset({"expression_statement"})
_BLOCKS = frozenset({"program", "statement_block"})
_WRITES = frozenset({"delete", "deleteMany", "update", "updateMany"})


class Guard(NamedTuple):
    """A query that is made only when its key is there.

    Attributes:
        place: the query, with its `await`.
        edits: what to do there.
    """

    place: Node
    edits: list[Edit]


def guard(file: FileContext, key: Node) -> Guard | None:
    """Make a query only when its key is there: `key ? await db.author.findUnique({ where: { id: key } }) : null`.

    Args:
        file: the file.
        key: the key where it selects the record.

    Returns:
        None when the query is no write and does not give null for no record, when its value is not just kept, or when
        the key may be another one, or costs something, if it is asked for twice.
    """
    query = nearest(key, "call_expression") if is_reference(key) else None
    waiting = query.parent if query is not None else None
    holder = waiting.parent if waiting is not None and waiting.type == "await_expression" else None
    if query is None or waiting is None or holder is None:
        return None
    if any(map(_spans_lines, descendants(query, "template_string"))):
        return None
    condition, method = text_of(key), callee(query)[1]
    if holder.type == "expression_statement" and method in _WRITES:
        is_in_block = holder.parent is not None and holder.parent.type in _BLOCKS
        together = [holder, *_following(file, holder, key)]
        asked = [edit for each in together for use in _same(each, key) for edit in _read_plainly(use)]
        return Guard(waiting, [*_in_condition(file, together, condition), *asked]) if is_in_block else None
    if holder.type not in _HOLDERS or method not in NULLABLE_RESULTS:
        return None
    if not _spans_lines(waiting) and not _is_too_long(file, waiting, condition):
        edits = [_inserted(waiting.start_byte, f"{condition} ? "), _inserted(waiting.end_byte, " : null")]
        return Guard(waiting, [*edits, *_read_plainly(key)])
    unit = unit_of(file.source)
    line = f"\n{file.source.indentation(waiting)}{unit}"
    inner = [_inserted(start, unit * 2) for start in file.source.line_starts(waiting)]
    first, last = _inserted(waiting.start_byte, f"{condition}{line}? "), _inserted(waiting.end_byte, f"{line}: null")
    return Guard(waiting, [first, *inner, last, *_read_plainly(key)])


def _read_plainly(key: Node) -> list[Edit]:
    """The edits that take the `?.` out of a key that was asked for: `loan.authorId`, behind `if (loan?.authorId)`."""
    reads = (each for kind in READS for each in (*descendants(key, kind), key) if each.type == kind)
    chains = {each.child_by_field_name("optional_chain"): each.type for each in reads}
    dots = {"member_expression": "."}
    return [Edit(at.start_byte, at.end_byte, dots.get(kind, "")) for at, kind in chains.items() if at is not None]


def guarded_above(file: FileContext, key: Node) -> Node | None:
    """The same key where it selects what is written right before, so that one condition is put around both.

    Args:
        file: the file.
        key: the key where a statement cannot do without it.
    """
    statement, found = nearest(key, *_STATEMENTS), None
    before = statement.prev_named_sibling if statement is not None else None
    while before is not None and before.type in _STATEMENTS:
        same = [each for each in _same(before, key) if selects_target(file, each, last_name(each))]
        if not same and not _needs(file, before, key):
            break
        found = next((each for each in same if guard(file, each) is not None), found)
        before = before.prev_named_sibling
    is_around = found is not None and statement in _following(file, nearest(found, *_STATEMENTS), found)
    return found if is_around else None


def _following(file: FileContext, statement: Node | None, key: Node) -> list[Node]:
    """The statements behind another one that cannot do without the same key either."""
    found: list[Node] = []
    after = statement.next_named_sibling if statement is not None else None
    while after is not None and after.type in _STATEMENTS and _needs(file, after, key):
        if any(map(_spans_lines, descendants(after, "template_string"))):
            break
        found.append(after)
        after = after.next_named_sibling
    return found


def _needs(file: FileContext, statement: Node, key: Node) -> bool:
    """Whether a statement waits for something that takes a key only when there is one."""
    uses = _same(statement, key) if statement.named_children[0].type == "await_expression" else []
    return any(selects_target(file, use, last_name(use)) or use_of(file, use) is Use.REFUSED for use in uses)


def _same(statement: Node, key: Node) -> list[Node]:
    return [each for each in descendants(statement, key.type) if text_of(each) == text_of(key)]


def _in_condition(file: FileContext, statements: Sequence[Node], condition: str) -> list[Edit]:
    """Put statements under a condition, in a block of its own."""
    first, last = statements[0], statements[-1]
    margin, unit = file.source.indentation(first), unit_of(file.source)
    starts = [start for each in statements for start in file.source.line_starts(each)]
    starts += [each.start_byte for each in statements[1:]]
    inner = [_inserted(start, unit) for start in sorted(starts)]
    opened = _inserted(first.start_byte, f"if ({condition}) {{\n{margin}{unit}")
    return [opened, *inner, _inserted(last.end_byte, f"\n{margin}}}")]


def guard_subject(use: Place) -> str:
    """What a hint provides that makes a query only when its key is there."""
    return f"guarded {place_key(use)}"


def note_refusing(uses: Iterable[Place], name: str, why: str) -> list[str]:
    """Note the places that take no null, and return the subjects that have to be provided before a null may come there.

    Args:
        uses: the places of the key.
        name: the key.
        why: the reason.
    """
    needs = []
    for use in uses:
        selects = selects_target(use.file, use.node, name)
        guarded = guard(use.file, use.node) if selects else None
        confidence = Confidence.LIKELY if selects or expected(use.file, use.node) is not None else Confidence.UNSURE
        if guarded is None:
            use.file.hint(use.node, Kind.FLOW, confidence, why)
            needs.append(f"{name} may be null")
            continue
        subject = guard_subject(use)
        use.file.hint(guarded.place, Kind.FLOW, confidence, why, guarded.edits, subject=subject, is_lazy=True)
        needs.append(subject)
    return list(dict.fromkeys(needs))


def _is_too_long(file: FileContext, waiting: Node, condition: str) -> bool:
    """Whether the line is longer than those of the file get once it asks for the key."""
    return is_too_long(file.source, f"{''.join(file.source.lines(waiting))}{condition} ?  : null")


def _spans_lines(node: Node) -> bool:
    return node.start_point.row != node.end_point.row


def _inserted(place: int, text: str) -> Edit:
    return Edit(place, place, text)
