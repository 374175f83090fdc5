"""Keys that are copied into what has no type, and come out of it: `queue.add({ payload: { authorId } })`."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.key_uses import is_only_logged
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_key_of_others
from prisma_decouple.typescript.source.addresses import is_path
from prisma_decouple.typescript.source.kept_literals import around, given_at
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import bound_names
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    READS,
    ancestors,
    call_arguments,
    callee,
    descendants,
    function_around,
    is_function,
    key_of,
    last_name,
    nearest,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import ID, MAPS, METHODS
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.givers import is_open
from prisma_decouple.typescript.types.places.tolerance import takes
from prisma_decouple.typescript.types.prisma.given_keys import given_by_query
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_PAYLOAD = re.compile(r"data|payload|meta|params|extra|context|message|body$", re.IGNORECASE)
# What may be a payload; the grammar takes `a === b!.c` for a read of `c` from the whole comparison.
_CHAINS = frozenset({"identifier", *READS})
_AROUND = frozenset(
    {
        *("arguments", "array", "await_expression", "call_expression", "object", "pair", "parenthesized_expression"),
        *("return_statement", "shorthand_property_identifier", "statement_block"),
    }
)


def find_copies(file: FileContext) -> None:
    """Note where a key that may be null now is copied into what has no type, and where it is taken out of that.

    Args:
        file: the file; its findings are filled.
    """
    keys = file.facts.optional_keys
    for node in file.source.nodes(*PROPERTIES):
        if key_of(node) in keys:
            _check_payload(file, node)
    for node in file.source.nodes("member_expression"):
        if last_name(node) in keys:
            _check_read_back(file, node)
    for node in file.source.nodes("variable_declarator"):
        _check_taken_out(file, node, keys)


def _check_payload(file: FileContext, node: Node) -> None:
    """A key that is copied into a payload without a type, `{ payload: { authorId } }`, which somebody else reads."""
    literal = node.parent
    given = given_at(literal) if literal is not None else node
    holder = given if given.type == "shorthand_property_identifier" else given.parent
    if literal is None or holder is None or _cannot_be_null(file, node) or _may_be_of_another(file, node):
        return
    if given != literal and file.is_told(given):
        return  # what is handed on in it
    wanted, call = expected(file, given), _receiver(literal)
    if call is not None and (_is_made_text(call) or (wanted is not None and _takes_anything(wanted))):
        key = file.types.of(node.child_by_field_name("value") or node)
        is_named = holder.type == "arguments" and not _is_made_text(call)
        if key.what is What.KEY or (is_named and _takes_anything(key)) if key is not None else is_named:
            told = f"whoever reads what `{_called(call)}` is given has to expect it"
            file.hint(node, Kind.FLOW, Confidence.UNSURE, f"`{key_of(node)}` may be null in this copy now; {told}.")
            return
    if holder.type in PROPERTIES and _PAYLOAD.search(key_of(holder)) and not _is_query(holder):
        _check_named(file, node, holder, wanted)


def _check_named(file: FileContext, node: Node, holder: Node, wanted: Type | None) -> None:
    """A key in a literal that becomes a property which is called like a payload."""
    literal = node.parent
    if literal is None or (wanted is not None and not _takes_anything(wanted)):
        return
    if file.checked & {(literal.start_byte, relation) for relation in file.facts.needed}:
        return
    if file.is_told(node.child_by_field_name("value") or node):
        return  # whether what is given it takes that, or what stands in for none
    why = f"`{key_of(node)}` may be null in this copy now; whoever reads `{key_of(holder)}` has to expect it."
    file.hint(node, Kind.FLOW, Confidence.UNSURE, why)


def _receiver(literal: Node) -> Node | None:
    """The call that is given a literal, alone, in others, or for each element: `save(rows.map((row) => ({ … })))`."""
    inner = literal
    for outer in around(literal):
        call = outer.parent
        if outer.type == "arguments" and call is not None and not (is_function(inner) and callee(call)[1] in MAPS):
            return call
        if outer.type not in _AROUND and outer.type != "arrow_function":
            return None
        inner = outer
    return None


def _called(call: Node) -> str:
    """What a call or `new` calls, by its name."""
    return callee(call)[1] or last_name(call.child_by_field_name("constructor"))


def _is_made_text(call: Node) -> bool:
    return text_of(call.child_by_field_name("function")) == "JSON.stringify"


def _may_be_of_another(file: FileContext, node: Node) -> bool:
    """Whether a copied key may as well be that of another model, in which it did not change."""
    found = file.types.of(node.child_by_field_name("value") or node)
    is_of_another = is_key_of_others(file.facts, key_of(node))
    return is_of_another and (found is None or found.what is not What.KEY)


def _is_query(holder: Node) -> bool:
    """Whether an option of a query is meant, and not a payload."""
    around = takewhile(lambda each: each.type != "statement_block", ancestors(holder))
    outer = [key_of(each) for each in around if each.type == "pair"]
    call = nearest(holder, "call_expression")
    is_option = call is not None and holder.parent in call_arguments(call) and callee(call)[1] in METHODS
    return is_option or bool({"where", "select", "include"} & {*outer, key_of(holder)})


def _cannot_be_null(file: FileContext, node: Node) -> bool:
    """Whether a copied value cannot be null: it has a plain type, or is read from a record under another name."""
    value = node.child_by_field_name("value")
    copied = value or node
    key = file.types.of(copied)
    if key.primitive if key is not None else not is_open(Place(file, copied), key_of(node)):
        return True  # written out, or of another name
    if key is not None and key.what is What.VALUE and last_name(copied) == ID and not takes(key, "null"):
        return True  # the key of a record that is there, as a function gives it back
    owner = value.child_by_field_name("object") if value is not None else None
    found = file.types.of(owner) if owner is not None else None
    is_record = found is not None and found.what is What.RECORD
    if found is None or not is_record or last_name(value) in given_by_query(found):
        return is_record
    return not found.is_nullable and last_name(value) != key_of(node)


def _takes_anything(wanted: Type) -> bool:
    """Whether a type takes anything."""
    if wanted.what not in {What.MAP, What.VALUE}:
        return False
    written = text_of(wanted.place.node) if wanted.place is not None else wanted.field
    return written in {"any", "unknown"} or "Json" in written or "any>" in written or "unknown>" in written


def _check_read_back(file: FileContext, node: Node) -> None:
    """The key taken out of something without a type: `job.payload.authorId`."""
    owner = node.child_by_field_name("object")
    if owner is None or node.child_by_field_name("optional_chain") is not None or not _is_payload(file, owner):
        return
    if _is_named_by_chance(file, last_name(node)):
        return
    if is_only_logged(node) or (is_narrowed(file, node) and _is_told_above(file, node)):
        file.fine()
        return
    why = f"`{last_name(node)}` comes out of a payload, where it may be null now."
    file.hint(node, Kind.FLOW, Confidence.UNSURE, why)


def _is_told_above(file: FileContext, node: Node) -> bool:
    """Whether the same is told above, in the condition that asks for it."""
    function = function_around(node)
    for statement in descendants(function, "if_statement") if function is not None else ():
        condition = statement.child_by_field_name("condition")
        if condition is not None and condition.end_byte <= node.start_byte:
            same = (each for each in descendants(condition, "member_expression") if text_of(each) == text_of(node))
            if any(file.is_told(each, Kind.FLOW) for each in same):
                return True
    return False


def _check_taken_out(file: FileContext, declarator: Node, keys: frozenset[str]) -> None:
    """`const { authorId } = job.payload`."""
    pattern, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
    if pattern is None or value is None or pattern.type != "object_pattern" or not _is_payload(file, value):
        return
    for name in (each for each in bound_names(pattern) if each in keys and not _is_named_by_chance(file, each)):
        why = f"`{name}` comes out of a payload, where it may be null now."
        file.hint(pattern, Kind.FLOW, Confidence.UNSURE, why)


def _is_named_by_chance(file: FileContext, key: str) -> bool:
    """Whether a key in a payload is as likely that of another model: nothing but its name speaks of a changed one."""
    return is_key_of_others(file.facts, key, file.source.words)


def _is_payload(file: FileContext, owner: Node) -> bool:
    """Whether something without a type of its own is a payload, by its name."""
    found = file.types.of(owner)
    if is_path(owner) or unwrapped(owner).type not in _CHAINS or (found is not None and not _takes_anything(found)):
        return False
    written = text_of(owner)
    last = re.split(r"[.?]+", re.split(r"\s+as\s", written)[0].strip("() "))[-1]
    return _PAYLOAD.search(last) is not None and "." in written and last != "dataset"  # that of an element of a page
