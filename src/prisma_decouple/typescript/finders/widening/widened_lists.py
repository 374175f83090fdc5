"""Lists whose elements may be null now, where a written type says that they never are: `authorIds: number[]`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.widening.reach import is_fully_seen
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import callee, key_of, last_name, text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.uses import uses_of
from prisma_decouple.typescript.types.written.members import written_for

if TYPE_CHECKING:
    from tree_sitter import Node

_LISTS = frozenset({"Array", "ReadonlyArray"})
_AROUND_ELEMENTS = frozenset({"array_type", "generic_type", "parenthesized_type", "readonly_type", "type_arguments"})
# What can be asked of a list, whatever may be in it besides.
_INDIFFERENT = frozenset({"includes", "indexOf", "lastIndexOf", "length"})


def widen_list(member: Place, why: str) -> None:
    """Let the elements of a list be null; the patch does so when every use of the list only asks for other elements.

    Args:
        member: the member of a written type that has the list, with a type.
        why: the reason.
    """
    written = written_for(member)
    if written is None or (member.node.id, subject := nullable_elements_subject(written)) in member.file.checked:
        return
    member.file.checked.add((member.node.id, subject))
    name = key_of(member.node)
    uses = uses_of(member.file, member.node, name)
    is_free = all(_is_indifferent(each.node) for each in uses) and is_fully_seen(member, name)
    needs = [] if is_free else [f"elements of {name} may be null"]
    edits = nullable_elements(written.node)
    member.file.hint(member.node, Kind.TYPE, member.file.sure_of_null, why, edits, subject=subject, needs=needs)


def whole_list(element: Place) -> Place:
    """The type of the list of which a type is that of the elements."""
    node = element.node
    while node.parent is not None and node.parent.type in _AROUND_ELEMENTS:
        node = node.parent
    return Place(element.file, node)


def nullable_elements_subject(written: Place) -> str:
    """What a hint provides that lets the elements of a list be null."""
    return f"nullable elements {place_key(written)}"


def nullable_elements(written: Node) -> list[Edit] | None:
    """`(string | null)[]` of `string[]`, `Array<string | null>` of `Array<string>`; None of any other type."""
    while written.type in {"parenthesized_type", "readonly_type"} and written.named_children:
        written = written.named_children[0]
    if written.type == "array_type":
        element = written.named_children[0]
        if element.type == "parenthesized_type":
            return [Edit(element.end_byte - 1, element.end_byte - 1, " | null")]
        return [
            Edit(element.start_byte, element.start_byte, "("),
            Edit(element.end_byte, element.end_byte, " | null)"),
        ]
    listed = written.child_by_field_name("type_arguments") if written.type == "generic_type" else None
    if listed is None or text_of(written.child_by_field_name("name")) not in _LISTS or not listed.named_children:
        return None
    element = listed.named_children[0]
    return [Edit(element.end_byte, element.end_byte, " | null")]


def _is_indifferent(use: Node) -> bool:
    outer = use.parent
    if outer is None or outer.type != "member_expression" or outer.child_by_field_name("object") != use:
        return False
    call = outer.parent
    is_called = call is not None and call.type == "call_expression" and callee(call)[0] == use
    return last_name(outer) in _INDIFFERENT and (is_called or last_name(outer) == "length")
