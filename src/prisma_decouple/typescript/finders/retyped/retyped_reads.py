"""Reads of fields whose values are of another type now, where the code relies on what they were.

`book.pages.toUpperCase()`, `show(book.pages)` and `book.pages === "12"`, when the pages were a text and are a number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.unconverted import read_as_it_is
from prisma_decouple.typescript.finders.retyped.calculations import calculated, compared_in_cases
from prisma_decouple.typescript.finders.retyped.shown_values import refused_by_element
from prisma_decouple.typescript.finders.retyped.truths import changed_truth
from prisma_decouple.typescript.finders.uses.held_literals import literals_apart
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.alternatives import alternatives
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    call_arguments,
    function_around,
    key_of,
    last_name,
    parenthesized,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import DECIMAL
from prisma_decouple.typescript.types.containers import entry_part
from prisma_decouple.typescript.types.kinds import (
    NUMBERS,
    PRIMITIVES,
    is_object_type,
    is_outdated,
    is_text,
    kinds_in,
    kinds_of,
    plain,
    takes,
    written_type,
)
from prisma_decouple.typescript.types.places.arrivals import with_fallback
from prisma_decouple.typescript.types.places.declared import wanted_property
from prisma_decouple.typescript.types.places.expectations import expected, place_of
from prisma_decouple.typescript.types.places.wanted import wanted_type
from prisma_decouple.typescript.types.retyped import retyped_values
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.types.written.texts import texts_of_type
from prisma_decouple.typescript.wording import name_list, now_and_before

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.finders.retyped.calculations import Calculation
    from prisma_decouple.typescript.types.typed import Type

_DECLARED_PARTS = frozenset({"class_declaration", "interface_declaration", "object_type", "predefined_type"})
_RECORDS = frozenset({What.CLASS, What.RECORD, What.SHAPE})
_EVERYTHINGS = frozenset({"constructor", "hasOwnProperty", "toLocaleString", "toString", "valueOf"})
# What is told how to write a value, by which types; that of all others takes no arguments (lib.es5.d.ts).
_TOLD_HOW = {
    "toLocaleString": frozenset({"bigint", "number", "Date"}),
    "toString": frozenset({"bigint", "number"}),
}
_OF_NUMBERS = frozenset({"toExponential", "toFixed", "toPrecision"})  # a decimal has them as well (decimal.js)
_OF_TEXTS_AND_LISTS = frozenset({"at", "concat", "includes", "indexOf", "lastIndexOf", "length", "slice"})


def find_retyped_reads(file: FileContext) -> None:
    """Note the reads that do not fit what such a field holds now.

    Args:
        file: the file; its findings are filled.
    """
    retyped = frozenset(each.field for each in file.facts.retyped)
    values = list(retyped_values(file)) if retyped & file.source.words else []
    apart = {literal.id: wanted for literal, wanted in literals_apart(file)} if values else {}
    for node, field in values:
        _check_read(file, node, field)
        _check_apart(file, with_fallback(node), field, apart)


def _check_apart(file: FileContext, value: Node, field: RetypedField, apart: Mapping[int, Type]) -> None:
    """A value in a literal that stands apart from the query which it is for: `const data = { cost: book.price }`."""
    literal = value.parent.parent if value.parent is not None and value.parent.type == "pair" else None
    owner = apart.get(literal.id) if literal is not None else None
    if owner is None or value.parent is None or expected(file, value) is not None:
        return
    if refusal := _refused_by(file, wanted_property(file, owner, key_of(value.parent)), field):
        file.hint(value, Kind.FLOW, Confidence.CERTAIN, f"{now_and_before(field)} {refusal}")


def _check_read(file: FileContext, node: Node, field: RetypedField) -> None:
    reason, value = now_and_before(field), with_fallback(node)
    if file.facts.relation_of(field.model, field.field) is not None:
        _check_count(file, node, field)
    if (member := _read_on(value)) is not None:
        if _is_lost(field, last_name(member)):
            why, edits = f"{reason} It has no `{last_name(member)}`.", read_as_it_is(node, member, field)
            file.hint(member, Kind.READ, Confidence.CERTAIN, why, edits)
        elif _is_told_too_much(field, member):
            why = f"{reason} Its `{last_name(member)}` takes no arguments."
            file.hint(member, Kind.READ, Confidence.CERTAIN, why)
        return
    calculation = calculated(file, value)
    refusal = _refusal(file, node, field, calculation)
    if refusal:
        file.hint(node, Kind.FLOW, Confidence.CERTAIN, f"{reason} {refusal}")
    elif doubt := _doubt(node, field, calculation):
        confidence, why = doubt
        file.hint(node, Kind.FLOW, confidence, f"{reason} {why}")
    for asked, comparison in compared_in_cases(file, parenthesized(node)):
        if comparison.refuses(field):
            why = f"{reason} TypeScript refuses to compare it with {comparison.shown(field)}."
            file.hint(asked, Kind.FLOW, Confidence.CERTAIN, why)


def _doubt(node: Node, field: RetypedField, calculation: Calculation | None) -> tuple[Confidence, str] | None:
    """What the compiler does not mind and may be meant otherwise, with how sure it is."""
    if calculation is not None and calculation.is_open and is_outdated(field.before, field.after, is_column=False):
        return Confidence.LIKELY, "Look whether what it is compared with fits the new type."
    if calculation is not None and calculation.joins(field):
        return Confidence.LIKELY, '`+` puts texts together now: "1" and 1 are "11".'
    truth = changed_truth(node, field)
    return (Confidence.UNSURE, f"{truth} Look whether that is meant.") if truth else None


def _refusal(file: FileContext, node: Node, field: RetypedField, calculation: Calculation | None) -> str:
    """Why the compiler refuses a value where it stands, in a sentence; empty when it does not, for all that is seen."""
    if (cast := _refused_cast(file, node, field)) is not None:
        return f"It cannot be taken for `{text_of(cast)}`."
    if calculation is not None:
        is_refused = calculation.refuses(field) or _is_added_to(file, node, field, calculation)
        return f"TypeScript refuses to calculate or compare it with {calculation.shown(field)}." if is_refused else ""
    outer = node.parent
    if outer is not None and outer.type == "update_expression" and field.after not in NUMBERS:
        return "It cannot be counted up or down."
    names = _names_looked_up(file, node)
    if names and field.values and not field.values <= names:
        return f"What is looked up by it has only {name_list(sorted(names))}."
    value = with_fallback(node)
    if refused := refused_by_element(parenthesized(value), field):
        return refused
    wanted = expected(file, value)
    return _refused_by_package(file, value, field) if wanted is None else _refused_by(file, wanted, field)


def _is_added_to(file: FileContext, node: Node, field: RetypedField, calculation: Calculation) -> bool:
    """Whether a text, or a number for want of one, is added to a number: `(book?.pages ?? 0) + 1`."""
    outer = unwrapped(with_fallback(node))
    fallback = outer.child_by_field_name("right") if outer != node else None
    kinds = frozenset(map(plain, kinds_of(file.types, fallback))) if fallback is not None else frozenset[str]()
    is_needed = text_of(outer.child_by_field_name("operator")) == "||" or bool(_nothing_of(file, node, field))
    return calculation.joins(field) and bool(kinds) and kinds <= NUMBERS and is_needed


def _names_looked_up(file: FileContext, index: Node) -> frozenset[str]:
    """The names under which an object has something that is read by an index: of `LABELS[page.shade]` the labels'."""
    read = index.parent
    is_index = read is not None and read.type == "subscript_expression" and read.child_by_field_name("index") == index
    owner = read.child_by_field_name("object") if read is not None and is_index else None
    found = file.types.of(owner) if owner is not None else None
    if found is not None and found.literal is not None:
        names = frozenset(map(key_of, found.literal.node.named_children))
        return names if all(names) else frozenset()
    key = entry_part(found, 0) if found is not None and found.what is What.MAP and not found.is_list else None
    return texts_of_type(key)


def _refused_by(file: FileContext, wanted: Type | None, field: RetypedField) -> str:
    """Why the type that a place wants refuses the new values."""
    if wanted is None:
        return ""
    texts, written = texts_of_type(wanted), written_type(wanted)
    if field.values and texts and not field.after.endswith("[]"):
        return "" if field.values <= texts else f"What takes it here takes only {name_list(sorted(texts))}."
    taken, is_column = {written} | kinds_in(wanted), bool(wanted.field)
    is_told = field.before in file.facts.lost_enums  # by its own name, where that is written
    is_fit = any(takes(each, field.after, is_column=is_column) for each in taken)
    return f"What takes it here says `{written}`." if field.before in taken and not is_told and not is_fit else ""


def _refused_by_package(file: FileContext, value: Node, field: RetypedField) -> str:
    """Why what an installed package declares refuses the new values: `day.add(book.pages, "days")`."""
    is_plain, teller = {field.before, field.after} <= PRIMITIVES, file.project.teller
    wanted = wanted_type(file, value) if is_plain and teller is not None else None
    if wanted is None or wanted.what is not What.TOLD or teller is None:
        return ""
    parts = [part.node for told in wanted.told for part in teller.parts(told) if text_of(part.node) not in NOTHING]
    names = {text_of(each) for each in parts}
    is_told = all(each.type in _DECLARED_PARTS for each in parts) and not names & {field.after, "any", "unknown"}
    return f"What takes it here says `{field.before}`." if is_told and field.before in names else ""


def _check_count(file: FileContext, node: Node, field: RetypedField) -> None:
    """The records behind a relation where a single one is wanted, or the other way round: `client.address`."""
    call = node.parent
    is_asked = call is not None and call.type == "call_expression" and call.child_by_field_name("function") == node
    value = with_fallback(call if call is not None and is_asked else node)
    wanted = expected(file, value)
    is_list = field.after.endswith("[]")
    if (
        wanted is not None
        and wanted.what in _RECORDS
        and wanted.is_list != is_list == (not field.before.endswith("[]"))
    ):
        how = "one" if is_list else "a list"
        file.hint(value, Kind.FLOW, Confidence.CERTAIN, f"{now_and_before(field)} What takes it here takes {how}.")


def _refused_cast(file: FileContext, node: Node, field: RetypedField) -> Node | None:
    """The type that a value is said to be, `as Record<string, string>`, when nothing that it is now can be that."""
    outer, _ = place_of(_without_need(file, node, field))
    cast = outer.named_children[-1] if outer is not None and outer.type == "as_expression" else None
    is_list = field.after.endswith("[]")
    if cast is None or not (is_list or field.after in PRIMITIVES or is_text(field.after)):
        return None
    parts = list(alternatives(cast))
    told = [each for each in parts if text_of(each) not in NOTHING]
    refused = [each for each in told if _is_other(file, field, each) or (not is_list and is_object_type(file, each))]
    is_nothing = {text_of(each) for each in parts} & _nothing_of(file, node, field)
    return cast if told and len(refused) == len(told) and not is_nothing and not _is_asked(node) else None


def _without_need(file: FileContext, node: Node, field: RetypedField) -> Node:
    """A value with a fallback that is never needed, `book.pages ?? {}`; else the value itself."""
    outer, column = node.parent, file.facts.column_of(field.model, field.field)
    operator = text_of(outer.child_by_field_name("operator")) if outer is not None else ""
    is_there = column is not None and not column.is_nullable and not _nothing_of(file, node, field)
    return outer if outer is not None and operator == "??" and is_there else node


def _nothing_of(file: FileContext, node: Node, field: RetypedField) -> frozenset[str]:
    """Whether a value may be null or undefined, and which."""
    column = file.facts.column_of(field.model, field.field)
    owner = file.types.of(node.child_by_field_name("object") or node)
    is_partial = owner is not None and owner.is_partial
    is_chained = node.child_by_field_name("optional_chain") is not None
    is_null = column is None or column.is_nullable
    return frozenset({"undefined"} if is_partial or is_chained else ()) | ({"null"} if is_null else frozenset())


def _is_asked(node: Node) -> bool:
    """Whether it is asked of what type a value is, `typeof page.words === "object"`: there it is none any more."""
    asked = re.compile(rf"typeof\s+{re.escape(text_of(node))}(?!\w)")
    function = function_around(node)
    return function is not None and asked.search(text_of(function)) is not None


def _is_other(file: FileContext, field: RetypedField, part: Node) -> bool:
    """Whether a type is another plain one than a field is of."""
    found = file.types.read(part)
    kinds = frozenset(map(plain, kinds_in(found))) if found is not None else frozenset[str]()
    is_same = field.after in kinds or ("string" in kinds and is_text(field.after))
    return bool(kinds) and kinds <= PRIMITIVES and not is_same


def _read_on(node: Node) -> Node | None:
    """The property that is read of a value."""
    while node.parent is not None and node.parent.type in {"parenthesized_expression", "non_null_expression"}:
        node = node.parent
    outer = node.parent
    is_read = outer is not None and outer.type == "member_expression" and outer.child_by_field_name("object") == node
    return outer if is_read else None


def _is_told_too_much(field: RetypedField, member: Node) -> bool:
    """Whether it is called with arguments that only the old type takes: `book.price.toLocaleString("de")`."""
    call, able = member.parent, _TOLD_HOW.get(last_name(member), frozenset[str]())
    is_told = call is not None and call.child_by_field_name("function") == member and bool(call_arguments(call))
    return is_told and field.before in able and field.after not in able


def _is_lost(field: RetypedField, member: str) -> bool:
    """Whether what was read of the old type cannot be read of the new one."""
    if member in _EVERYTHINGS or not member or (is_text(field.before) and is_text(field.after)):
        return False
    if {field.before, field.after} == {"number", DECIMAL} and member in _OF_NUMBERS:
        return False
    texts = {field.before, field.after} - {"string"}
    is_shared = len(texts) == 1 and field.before.endswith("[]") != field.after.endswith("[]")
    if is_shared and member in _OF_TEXTS_AND_LISTS:
        return False
    return not (field.before.endswith("[]") and field.after.endswith("[]"))
