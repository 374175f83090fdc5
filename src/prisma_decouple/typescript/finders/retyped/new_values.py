"""New values of an enum, where code has something for each of the old ones: a `switch`, an object, a list, a type.

By their names alone, so it is likely; what the compiler minds is for `exhausted`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.gone.gone_values import enum_behind
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.alternatives import alternatives
from prisma_decouple.typescript.source.answered import is_last_word
from prisma_decouple.typescript.source.operators import DIFFERENT
from prisma_decouple.typescript.source.signatures import quoted
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    call_arguments,
    callee,
    key_of,
    last_name,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.written.keys import enum_values
from prisma_decouple.typescript.wording import may_be

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import NewValue
    from prisma_decouple.typescript.context import FileContext

# How code says that it has gone through all of them.
_IMPOSSIBLE = re.compile(r"never|unreachable|exhaust", re.IGNORECASE)
_SEVERAL = 2


def find_new_values(file: FileContext) -> None:
    """Note what has something for each old value of an enum, and nothing for the new one.

    Args:
        file: the file; its findings are filled.
    """
    for new in file.facts.new_values:
        if len(new.others & file.source.words) < min(len(new.others), _SEVERAL):
            continue
        _check_switches(file, new)
        for call in file.source.calls.get("exhaustive", ()):
            _check_all(file, new, call, _matched(call, new), Kind.FLOW)
        for node in file.source.nodes("object"):
            _check_all(file, new, node, [value_of_key(each, new) for each in node.named_children], Kind.FLOW)
        for node in file.source.nodes("array"):
            _check_all(file, new, node, [_value(each, new) for each in node.named_children], Kind.FLOW)
        for node in file.source.nodes("union_type"):
            _check_all(file, new, node, _alternatives(node), Kind.TYPE)
        for node in file.source.nodes("enum_declaration"):
            _check_all(file, new, node, enum_values(node).values(), Kind.TYPE)
        _check_comparisons(file, new)


def _check_switches(file: FileContext, new: NewValue) -> None:
    """A `switch` with a case for each old value, or for values of the enum by their names, and none for the new one."""
    for statement in file.source.nodes("switch_statement"):
        body = statement.child_by_field_name("body")
        cases = [each for each in body.named_children if each.type == "switch_case"] if body is not None else []
        asked = [each.child_by_field_name("value") for each in cases]
        values = {_value(each, new) for each in asked if each is not None}
        is_named = any(_owner(each) == new.enum for each in asked if each is not None)
        is_about = values <= new.others and (values == new.others or is_named)
        rest = [each for each in body.named_children if each.type == "switch_default"] if body is not None else []
        has_default = bool(rest) and not _IMPOSSIBLE.search(text_of(rest[0]))
        if cases and is_about and not has_default:
            why = f"{may_be(new)}, and this has no case for it."
            is_minded = not rest and is_last_word(statement) and _is_of(file, statement, new)
            file.hint(statement, Kind.FLOW, Confidence.CERTAIN if is_minded else Confidence.LIKELY, why)


def _is_of(file: FileContext, statement: Node, new: NewValue) -> bool:
    """Whether a `switch` is known to ask for a value of the enum."""
    value = statement.child_by_field_name("value")
    return value is not None and enum_behind(file, unwrapped(value)) == new.enum


def _check_all(file: FileContext, new: NewValue, node: Node, written: Iterable[str], kind: Kind) -> None:
    """What is written for every value that the enum had, and for nothing else."""
    values = [each for each in written if each not in NOTHING]
    if len(values) >= _SEVERAL and set(values) == new.others and len(values) == len(new.others):
        why = f"{may_be(new)}, and this has something for each of the others: look whether it needs the new one."
        file.hint(node, kind, Confidence.LIKELY, why)


def _matched(call: Node, new: NewValue) -> Iterator[str]:
    """What `match(cover).with("HARD", …).with("SOFT", "SPIRAL", …).exhaustive()` has a handler for."""
    link = callee(call)[0]
    while link is not None and link.type == "call_expression":
        if callee(link)[1] == "with":
            yield from (_value(each, new) for each in call_arguments(link)[:-1])
        link = callee(link)[0]


def _check_comparisons(file: FileContext, new: NewValue) -> None:
    """`cover !== Cover.HARD`: the new value is one of the others here, whether that is meant or not."""
    for node in file.source.nodes("binary_expression"):
        right = node.child_by_field_name("right")
        if right is None or text_of(node.child_by_field_name("operator")) not in DIFFERENT:
            continue
        if _value(right, new) in new.others and _owner(right) == new.enum:
            why = f"{may_be(new)}, and counts here like all but `{_value(right, new)}`: look whether it should."
            file.hint(node, Kind.FLOW, Confidence.UNSURE, why)


def _alternatives(union: Node) -> Iterator[str]:
    """The texts that a union of literals has; what is no text stands for itself."""
    if union.parent is not None and union.parent.type == "union_type":
        return  # the whole one is looked at
    for part in alternatives(union):
        yield quoted(part) or text_of(part)


def value_of_key(member: Node, new: NewValue) -> str:
    """The name of an object's member, which may be a value of an enum: `HARD`, or `[Cover.HARD]`."""
    key = member.child_by_field_name("key")
    is_computed = key is not None and key.type == "computed_property_name" and bool(key.named_children)
    return _value(key.named_children[0], new) if key is not None and is_computed else key_of(member)


def _value(node: Node, new: NewValue) -> str:
    """The value that an expression is, or the element of a list with a value in it: `{ value: Cover.HARD }`."""
    node = unwrapped(node)
    if node.type == "object":
        found = (each.child_by_field_name("value") for each in node.named_children if each.type == "pair")
        return next((each for each in (_value(value, new) for value in found if value) if each in new.others), "")
    return string_value(node) or (last_name(node) if node.type == "member_expression" else text_of(node))


def _owner(node: Node) -> str:
    """The enum that a value is taken out of: `Cover` of `$Enums.Cover.HARD`."""
    node = unwrapped(node)
    owner = node.child_by_field_name("object") if node.type == "member_expression" else None
    return last_name(owner) if owner is not None else ""
