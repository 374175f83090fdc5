"""Guards for want of what was always there: what they do, they do for the first time now.

`if (!book.author) throw new Error("no author")` never threw while every book had an author.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.uses.absent_reads import relation_read, relation_taken
from prisma_decouple.typescript.finders.uses.keys_looked_up import key_looked_up
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.conditions import conjuncts, present_in, present_unless
from prisma_decouple.typescript.source.faults import notes_fault
from prisma_decouple.typescript.source.guards import leaves
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import (
    READS,
    call_arguments,
    callee,
    children_of,
    has_safe_read,
    last_name,
    owner_of_read,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.turned_away import answers_with_error, ends, leads_away, notes_mistake, refuses
from prisma_decouple.typescript.source.vocabulary import ID
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.uses import members_read
from prisma_decouple.typescript.types.prisma.given_keys import is_there
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_NUMBERS = frozenset({"bigint", "number", "Prisma.Decimal"})
_FALSE = frozenset({"", "bigint", "boolean", "number", "Prisma.Decimal"})  # of these a value may be there and be falsy
_LOOKS_UP = re.compile(r"(?:fetch|find|get|load|lookup|query|read|resolve)(?![a-z])")
_ERROR = "Without `{field}` this fails; {model} may be without one now. Look whether it still should."
_AWAY = "Without `{field}` this leads to another page; {model} may be without one now. Look whether it still should."
_FAULT = "Without `{field}` this speaks of a fault; {model} may be without one now. Look whether it still is one."
_PASSED = "{model} always had `{field}`, and what has none is passed over here now. Look whether it should be."
_IDLE = "{model} always had `{field}`, and nothing happens here without one now. Look whether it should."
_CLOSED = "{model} always had `{field}`, and this is disabled for one without now. Look whether it should be."
_HANDLER = re.compile(r"on[A-Z]\w*=")
_DISABLED = re.compile(r"(?:disabled|isDisabled)=")


def find_idle_guards(file: FileContext) -> None:
    """Note the guards that end something for want of a relation or field that was always there.

    Args:
        file: the file, when what other finders tell of its guards is known; its findings are filled.
    """
    for statement in file.source.nodes("if_statement"):
        condition, consequence = (statement.child_by_field_name(name) for name in ("condition", "consequence"))
        if condition is None or consequence is None:
            continue
        _check_branch(file, condition, consequence, present_unless(condition))
        other = statement.child_by_field_name("alternative")
        inner = children_of(other)[:1] if other is not None else []
        for each in (each for each in inner if each.type != "if_statement"):
            _check_branch(file, condition, each, present_in(condition))


def _check_branch(file: FileContext, condition: Node, branch: Node, values: Iterable[Node]) -> None:
    """What a condition does where one of some values is not there."""
    is_mistake = ends(branch) and notes_mistake(branch)
    is_error, is_led_away = refuses(branch) or is_mistake or answers_with_error(branch), leads_away(branch)
    is_fault = notes_fault(branch)
    if file.is_told(condition) or not (is_error or is_led_away or is_fault or leaves(branch)):
        return
    found = _asked_in(file, values, is_error=is_error or is_led_away)
    if found is not None:
        told = _ERROR if is_error else _AWAY if is_led_away else _FAULT if is_fault else _PASSED
        why = told.format(field=found[1], model=with_article(found[0], "A" if told == _PASSED else "a"))
        file.hint(condition, Kind.FLOW, Confidence.UNSURE, why)


def _asked_in(file: FileContext, values: Iterable[Node], *, is_error: bool) -> tuple[str, str] | None:
    """The model, and its relation or field that may be absent now, when a condition asks whether it is absent.

    A field that is no key may have been empty before, so that a guard which only leaves had a reason to ask.
    """
    asked = (asked_of(file, each, is_error=is_error) for each in values)
    return next(filter(None, asked), None)


def asked_of(file: FileContext, value: Node, *, is_error: bool) -> tuple[str, str] | None:
    """What a condition asks for that may be absent now.

    Args:
        file: the file.
        value: what is asked for.
        is_error: whether it is an error that it is not there.

    Returns:
        The model, and its relation or field, that the value is or stands for.
    """
    found = file.types.of(value)
    is_key = found is not None and found.what is What.KEY and found.is_nullable and not found.is_list
    is_own = found is not None and is_key and not found.is_of_absent  # what is read of it may be nothing by itself
    own = (found.model, found.field) if found is not None and is_own else None
    asked = own or _optional_relation_in(file, value, is_error=is_error)
    asked = asked or key_looked_up(file, value)
    asked = asked or (_handed_to_lookup(file, value) if is_error else None)
    is_meant = asked is not None and (is_error or _is_of_relation(file, *asked)) and not is_there(file, value)
    return asked if is_meant else given_to_member(file, value) if is_error else None


def given_to_member(file: FileContext, value: Node) -> tuple[str, str] | None:
    """The field that a member of a written type is given, which has to let null in: `session.authorId` of who asks.

    Or the relation behind which something is read that is always there, `book.author?.id`, in a page's own `Book`.
    """
    names, read = list[str](), unwrapped(held_by(value) or value)
    while read.type in READS:
        given = (file.findings.let_in.get(place_key(each)) for each in members_read(file, read))
        if (found := next(filter(None, given), None)) is not None:
            return found[:2] if not names or _is_there_behind(file, found[:2], names) else None
        names.append(last_name(read))
        owner = owner_of_read(read)
        if owner is None:
            break
        read = owner
    return None


def _is_there_behind(file: FileContext, relation: tuple[str, str], names: Sequence[str]) -> bool:
    """Whether the record behind a relation always has what is read of it, the last of the names first."""
    target = file.facts.target_of(*relation)
    return len(names) == 1 and target is not None and _is_always_there(file, target, names[0])


def find_idle_handlers(file: FileContext) -> None:
    """Note what does nothing at a click for want of what was always there: `onClick={() => book.author && show(…)}`.

    Or what cannot be clicked at: `disabled={!book.author}`.

    Args:
        file: the file; its findings are filled.
    """
    for attribute in file.source.nodes("jsx_attribute"):
        written = text_of(attribute)
        condition = _whole_condition(attribute) if _HANDLER.match(written) else None
        closed = _expression_in(attribute) if _DISABLED.match(written) else None
        _check_idle(file, conjuncts(condition) if condition is not None else (), _IDLE)
        _check_idle(file, present_unless(closed) if closed is not None else (), _CLOSED)


def _check_idle(file: FileContext, values: Iterable[Node], told: str) -> None:
    for value in values:
        asked = asked_of(file, value, is_error=False) or given_to_member(file, value)
        if asked is not None and not file.is_told(value):
            file.hint(
                value, Kind.FLOW, Confidence.UNSURE, told.format(field=asked[1], model=with_article(asked[0], "A"))
            )
            break


def _expression_in(attribute: Node) -> Node | None:
    holder = attribute.named_children[-1]
    return holder.named_children[0] if holder.type == "jsx_expression" and holder.named_children else None


def _whole_condition(attribute: Node) -> Node | None:
    """The condition under which alone a handler that is written in an attribute does anything."""
    function = _expression_in(attribute)
    body = function.child_by_field_name("body") if function is not None and function.type == "arrow_function" else None
    if body is not None and body.type == "statement_block":
        body = body.named_children[0] if len(body.named_children) == 1 else None
    if body is None or body.child_by_field_name("alternative") is not None:
        return None
    is_guarded = body.type == "binary_expression" and text_of(body.child_by_field_name("operator")) == "&&"
    return body.child_by_field_name("left" if is_guarded else "condition")


def _is_of_relation(file: FileContext, model: str, name: str) -> bool:
    return any(name in {each.field, *each.foreign_keys} for each in file.facts.optional_of(model))


def _optional_relation_in(file: FileContext, value: Node, *, is_error: bool) -> tuple[str, str] | None:
    """The relation that an expression is, or through which it reads: `book.author?.name`.

    A guard that only leaves may have had another reason to ask, unless what it reads was always there.
    """
    node = unwrapped(held_by(value) or value)
    if text_of(node.child_by_field_name("operator")) in FALLBACKS:  # `book.agentId ?? book.author?.agentId`
        node = unwrapped(node.child_by_field_name("right") or node)
    if (asked := _optional_relation(file, node)) is not None:
        return asked
    behind = read_through(file, node) if node.type in READS else None
    if behind is None:
        return None
    is_refused = is_error and has_safe_read(node)  # else reading on throws, and is told
    return behind.relation if is_refused or behind.is_always_there else None


class Behind(NamedTuple):
    """What is read through a relation that may be absent now.

    Attributes:
        holder: what holds the related record, `book.author`.
        relation: the model that has it, and its field.
        is_always_there: whether the records behind it always have what is read, and nothing falsy.
        may_be_null: whether they may be without it themselves.
        is_number: whether it is a field of theirs that is a number.
    """

    holder: Node
    relation: tuple[str, str]
    is_always_there: bool
    may_be_null: bool
    is_number: bool


def read_through(file: FileContext, read: Node) -> Behind | None:
    """The relation that may be absent now and through which something is read.

    Args:
        file: the file.
        read: what reads it, of the relation or of a constant that holds that, `author.name`.
    """
    names, owner, relation = [last_name(read)], owner_of_read(read), None
    while owner is not None and (relation := _relation_at(file, owner)) is None and owner.type in READS:
        names.append(last_name(owner))
        owner = owner_of_read(owner)
    if owner is None or relation is None:
        return None
    steps, model = list[tuple[str, str]](), file.facts.target_of(*relation)
    for name in reversed(names):
        steps.append((model or "", name))
        model = file.facts.target_of(model, name) if model is not None else None
    is_always_there = all(_is_always_there(file, *each) for each in steps)
    column = file.facts.column_of(*steps[-1])
    is_number = column is not None and not column.is_list and column.scalar_type in _NUMBERS
    return Behind(owner, relation, is_always_there, any(_may_be_null(file, *each) for each in steps), is_number)


def _relation_at(file: FileContext, node: Node) -> tuple[str, str] | None:
    """The relation that an expression reads, a constant holds, or a member of a written type is given."""
    read = node if node.type in READS else unwrapped(held_by(node) or node)
    if (found := _optional_relation(file, read)) is not None or read.type not in READS:
        return found
    given = (file.findings.let_in.get(place_key(each)) for each in members_read(file, read))
    of_member = next(filter(None, given), None)
    relation = file.facts.relation_of(*of_member[:2]) if of_member is not None else None
    return (relation.model, relation.name) if relation is not None else None


def _handed_to_lookup(file: FileContext, value: Node) -> tuple[str, str] | None:
    """The key, or the relation, by which a function looked a record up: `await getShelf(book.shelf.code)`."""
    held = held_by(unwrapped(value)) if unwrapped(value).type == "identifier" else None
    call = unwrapped(held) if held is not None else None
    is_lookup = call is not None and call.type == "call_expression" and _LOOKS_UP.match(callee(call)[1]) is not None
    for given in map(unwrapped, call_arguments(call)) if call is not None and is_lookup else ():
        found = file.types.of(given)
        if found is not None and found.what is What.KEY and found.is_nullable and not found.is_list:
            return None if is_there(file, given) else (found.model, found.field)
        behind = read_through(file, given) if given.type in READS else None
        if behind is not None:
            return None if is_there(file, behind.holder) else behind.relation
    return None


def _optional_relation(file: FileContext, node: Node) -> tuple[str, str] | None:
    """The relation that an expression reads, or whose record it holds that was received: `if (!form.author) return`."""
    relation, found = relation_read(file, node) or relation_taken(file, node), file.types.of(node)
    if relation is not None:
        return relation.model, relation.field
    is_received = file.project.requests is not None and node.type in READS
    is_held = is_received and found is not None and found.what is What.RECORD and found.is_nullable
    is_held = is_held and found is not None and not found.is_list
    return found.became_null if found is not None and is_held else None


def _is_always_there(file: FileContext, model: str, name: str) -> bool:
    """Whether a record always has something of that name, and nothing falsy."""
    relation, column = file.facts.relation_of(model, name), file.facts.column_of(model, name)
    if relation is not None:
        keys = [file.facts.column_of(model, key) for key in relation.foreign_keys]
        return bool(keys) and all(key is not None and not key.is_nullable for key in keys)
    return column is not None and not column.is_nullable and (name == ID or column.scalar_type not in _FALSE)


def _may_be_null(file: FileContext, model: str, name: str) -> bool:
    """Whether a record is known to have nothing of that name at times."""
    relation = file.facts.relation_of(model, name)
    columns = [
        file.facts.column_of(model, each) for each in (relation.foreign_keys if relation is not None else [name])
    ]
    return any(each is not None and each.is_nullable for each in columns)
