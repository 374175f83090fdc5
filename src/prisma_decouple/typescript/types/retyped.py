"""Expressions that are the value of a field whose values are of another type now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.patterns import key_in_pattern, path_to, pattern_of
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import PARAMETERS, bound_names, find_binding, parameters, returned_values
from prisma_decouple.typescript.source.signatures import quoted
from prisma_decouple.typescript.source.syntax import (
    READS,
    VALUE_NAMES,
    call_arguments,
    call_given,
    callee,
    cast_of,
    function_around,
    is_function,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import DECIMAL, ELEMENT_PARAMETERS, SAME_ELEMENTS
from prisma_decouple.typescript.types.chosen_members import names_of
from prisma_decouple.typescript.types.typed import WRITTEN, What, member_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 4
_FAR = 12
_COMPUTED = frozenset({"_max", "_min", "_sum"})  # of the type of the field itself
_AVERAGE = "_avg"  # a number, unless it is one of decimals
_IN_PATTERNS = frozenset({"array_pattern", "object_assignment_pattern", "pair_pattern"})


def retyped_values(file: FileContext) -> Iterator[tuple[Node, RetypedField]]:
    """What is read of such fields, also by a name that their value was taken into.

    Args:
        file: the file.
    """
    fields = frozenset(each.field for each in file.facts.retyped)
    for node in file.source.nodes(*READS, "call_expression"):
        is_open = node.type == "call_expression" or not last_name(node)
        if (is_open or last_name(node) in fields) and (field := retyped_field(file, node)) is not None:
            yield node, field
    names = frozenset(_names_for(file, fields))
    for node in file.source.nodes(*VALUE_NAMES) if names else ():
        if text_of(node) in names and not _is_bound_here(node) and (field := retyped_field(file, node)) is not None:
            yield node, field


def retyped_field(file: FileContext, node: Node) -> RetypedField | None:
    """The field of another type now of which an expression is the value; None when it is of none.

    Args:
        file: the file.
        node: the expression.
    """
    found = field_behind(file, node)
    return file.facts.retyped_of(*found) if found is not None else None


def field_behind(file: FileContext, node: Node, depth: int = _DEPTH) -> tuple[str, str] | None:
    """The model and the field of it of which an expression is the value; None when that is not known.

    Args:
        file: the file.
        node: the expression.
        depth: how many names it may be handed through.
    """
    if cast_of(node) is not None:
        return None  # it is what it is said to be
    node = unwrapped(node)
    if node.type in READS:
        return _field_read(file, node) or _field_copied(file, node, depth)
    if node.type == "call_expression":
        return _field_given(file, node, depth - 1) if depth else None
    name = text_of(node)
    binding = find_binding(node, name) if node.type in VALUE_NAMES and depth else None
    annotation = binding.child_by_field_name("type") if binding is not None else None
    if binding is None or annotation is not None:
        is_whole = binding is not None and text_of(pattern_of(binding)) == name
        own = said_field(file, annotation) if annotation is not None and is_whole else None
        return own or (_taken_out(file, binding, name) if binding is not None else None)
    value = binding.child_by_field_name("value")
    if pattern_of(binding).type == "identifier" and binding.type == "variable_declarator" and value is not None:
        return field_behind(file, value, depth - 1)
    return _taken_out(file, binding, name) or _of_element(file, binding, depth - 1)


def _field_read(file: FileContext, node: Node) -> tuple[str, str] | None:
    """Of `page.size`, or of `page[name]` where the name is one of several, the field that is read."""
    owner, index = node.child_by_field_name("object"), node.child_by_field_name("index")
    found = file.types.of(owner) if owner is not None else None
    name = last_name(node)
    if name or found is None or index is None:
        return _field_in(file, found, name)
    retyped = {each.field for each in file.facts.retyped if each.model == found.model}
    names = names_of(file.types, index, found, _FAR) if retyped and found.what is What.RECORD else frozenset[str]()
    return next(
        (field for each in sorted(names & retyped) if (field := _field_in(file, found, each)) is not None), None
    )


def _field_copied(file: FileContext, node: Node, depth: int) -> tuple[str, str] | None:
    """Of `row.size` the field that the literal is given there: `pages.map((page) => ({ size: page.size }))`."""
    owner, name = node.child_by_field_name("object"), last_name(node)
    found = file.types.of(owner) if owner is not None and name and depth else None
    literal = found.literal if found is not None and not found.is_list and not found.also else None
    value = property_value(literal.node, name) if literal is not None else None
    return field_behind(literal.file, value, depth - 1) if literal is not None and value is not None else None


def _field_given(file: FileContext, call: Node, depth: int) -> tuple[str, str] | None:
    """Of `sizeOf(page)`, the field that the function gives back, unless it says itself what it gives."""
    function = file.types.function_of(call)
    place = function.place if function is not None else None
    values = returned_values(place.node) if place is not None else ()
    if place is None or len(values) != 1 or place.node.child_by_field_name("return_type") is not None:
        return None
    return field_behind(place.file, values[0], depth)


def _of_element(file: FileContext, parameter: Node, depth: int) -> tuple[str, str] | None:
    """Of `size` in `pages.map((page) => page.size).filter((size) => …)` the field of which the list's elements are."""
    function = function_around(parameter) if pattern_of(parameter).type == "identifier" else None
    call = call_given(function) if function is not None and parameter.type in PARAMETERS else None
    receiver, method = callee(call) if call is not None and call.type == "call_expression" else (None, "")
    if function is None or receiver is None or parameter not in parameters(function):
        return None
    is_element = parameters(function).index(parameter) in ELEMENT_PARAMETERS.get(method, ())
    return _listed_field(file, receiver, depth) if is_element else None


def _listed_field(file: FileContext, listed: Node, depth: int) -> tuple[str, str] | None:
    """The field of which the elements of a list are that a `map` makes, or that chooses among those of such a list."""
    call = unwrapped(listed)
    receiver, method = callee(call) if call.type == "call_expression" else (None, "")
    if receiver is None or not depth:
        return None
    if method in SAME_ELEMENTS:
        return _listed_field(file, receiver, depth - 1)
    maker = next(iter(call_arguments(call)), None) if method == "map" else None
    made = list(returned_values(maker)) if maker is not None and is_function(maker) else []
    return field_behind(file, made[0], depth) if len(made) == 1 else None


def _taken_out(file: FileContext, binding: Node, name: str) -> tuple[str, str] | None:
    """Of `const { size } = page`, the field that a pattern takes a name out of."""
    path = path_to(binding, name) if pattern_of(binding).type == "object_pattern" else None
    return _field_in(file, file.types.owner_of(binding, name), path[-1]) if path else None


def said_field(file: FileContext, written: Node, depth: int = _DEPTH) -> tuple[str, str] | None:
    """The model and the field of which a type is that of the values: `Page["size"]`, also by another name of it.

    Args:
        file: the file.
        written: the type, or an annotation with its colon.
        depth: how many names of it may be looked up.
    """
    if written.type in {"parenthesized_type", "type_annotation"}:
        return said_field(file, written.named_children[0], depth) if written.named_children else None
    if written.type == "lookup_type" and len(written.named_children) > 1:
        owner, index = file.types.read(written.named_children[0]), quoted(written.named_children[1])
        return _field_in(file, owner, index) if owner is not None and index else None
    found = file.project.lookup(file, written, text_of(written), is_type=True) if _is_name(written) and depth else None
    value = found.node.child_by_field_name("value") if isinstance(found, Symbol) else None
    return said_field(found.file, value, depth - 1) if isinstance(found, Symbol) and value is not None else None


def _is_name(written: Node) -> bool:
    return written.type == "type_identifier"


def _field_said(owner: Type, name: str) -> tuple[str, str] | None:
    """Of `row.size` the field whose type is written for the member: `interface Row { size: Page["size"] }`."""
    member = member_of(owner.place.node, name) if owner.place is not None and owner.what in WRITTEN else None
    annotation = member.child_by_field_name("type") if member is not None else None
    is_one = owner.place is not None and not owner.is_list
    return said_field(owner.place.file, annotation) if annotation is not None and owner.place and is_one else None


def _field_in(file: FileContext, owner: Type | None, name: str) -> tuple[str, str] | None:
    if owner is not None and (said := _field_said(owner, name)) is not None:
        return said
    if owner is not None and owner.what is What.FIELDS and owner.field in _COMPUTED:
        return owner.model, name
    if owner is not None and owner.what is What.FIELDS and owner.field == _AVERAGE:
        field = file.facts.retyped_of(owner.model, name)
        return (owner.model, name) if field is not None and DECIMAL in {field.before, field.after} else None
    if owner is None or owner.what is not What.RECORD or owner.is_list or not owner.has(name):
        return None
    is_added = any(member_of(each.node, name) is not None for each in owner.extras)
    return None if is_added else (owner.model, name)


def _names_for(file: FileContext, fields: frozenset[str]) -> Iterator[str]:
    """What the file calls what it may take out of such fields."""
    for node in file.source.nodes(*PARAMETERS, "variable_declarator") if fields else ():
        annotation = node.child_by_field_name("type")
        if annotation is not None and said_field(file, annotation) is not None:
            yield from bound_names(node)
    for node in file.source.nodes("shorthand_property_identifier_pattern", "pair_pattern"):
        if key_in_pattern(node) in fields:
            yield from bound_names(node)
    for call in file.source.called(*ELEMENT_PARAMETERS) if fields & file.source.words else ():
        if callee(unwrapped(callee(call)[0] or call))[1] in {"map", *SAME_ELEMENTS}:
            yield from (name for each in call_arguments(call)[:1] if is_function(each) for name in _taken_by(each))
    for node in file.source.nodes("variable_declarator"):
        value = node.child_by_field_name("value")
        given = unwrapped(value) if value is not None else node
        if last_name(given) in fields or (given.type == "call_expression" and retyped_field(file, given) is not None):
            yield from bound_names(node)


def _is_bound_here(node: Node) -> bool:
    """Whether a name stands where it gets its value."""
    outer = node.parent
    return outer is not None and (outer.type in _IN_PATTERNS or outer.child_by_field_name("name") == node)


def _taken_by(function: Node) -> Iterator[str]:
    return (name for each in parameters(function) for name in bound_names(each))
