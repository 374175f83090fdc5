"""Generic types of the code base as they are used: `Pick<T, K>`, `T[K]` and `T extends (infer U)[] ? U : never`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import NOTHING, children_of, nearest, text_of
from prisma_decouple.typescript.types.contexts import taken_by
from prisma_decouple.typescript.types.typed import Type, What, bound_to, element, listed, substituted, without_nothing
from prisma_decouple.typescript.types.written.keys import named, names_in
from prisma_decouple.typescript.types.written.matching import LISTS, OBJECTS, TRANSPARENT, match

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

_Given: TypeAlias = Mapping[str, Type]

_SAME = frozenset({"parenthesized_type", "readonly_type", "type_annotation"})
_MAPS = frozenset({"Map", "ReadonlyMap", "Record"})
_SPECIAL = frozenset({"conditional_type", "infer_type", "lookup_type", "mapped_type_clause", "tuple_type"})


def is_computed(written: Node) -> bool:
    """Whether a type is made of its parameters in a way that only shows where it is used."""
    waiting, names = [written], frozenset({"Omit", "Parameters", "Pick", "ReturnType", *_MAPS})
    while waiting:
        node = waiting.pop()
        if node.type in _SPECIAL or (
            node.type == "generic_type" and text_of(node.child_by_field_name("name")) in names
        ):
            return True
        is_nested = node.type == "array_type" and node.named_children[0].type == "array_type"
        if is_nested:
            return True
        waiting += node.named_children
    return False


def instantiated(types: Types, node: Node | None, given: _Given, depth: int) -> Type | None:
    """What a written type is whose parameters stand for something.

    Args:
        types: of the file in which it is written.
        node: the type.
        given: what the parameters stand for; for one of names, `named`.
        depth: how far declarations are followed.

    Returns:
        None when it cannot be told, or is nothing of which anything could be told.
    """
    if node is None or not depth:
        return None
    if node.type in _SAME and node.named_children:
        return instantiated(types, node.named_children[-1], given, depth - 1)
    reader = _READERS.get(node.type)
    if reader is not None:
        return reader(types, node, given, depth - 1)
    found = types.read(node, depth - 1)
    return substituted(found, Type(What.SHAPE, bound=tuple(given.items())))


def _name(types: Types, node: Node, given: _Given, depth: int) -> Type | None:
    name = text_of(node)
    if name in given:
        found = given[name]
        return None if found.what is What.PARAMETER else found
    found_there = types.read(node, depth)
    return None if found_there is not None and found_there.parameter else found_there


def _array(types: Types, node: Node, given: _Given, depth: int) -> Type | None:
    found = instantiated(types, node.named_children[0], given, depth)
    return listed(found) if found is not None else None


def _tuple(types: Types, node: Node, given: _Given, depth: int) -> Type | None:
    parts = children_of(node)
    if any(each.type == "rest_type" for each in parts):
        return None
    found = (instantiated(types, each.child_by_field_name("type") or each, given, depth) for each in parts)
    return Type(What.BOX, bound=tuple((str(index), each) for index, each in enumerate(found) if each is not None))


def _union(types: Types, node: Node, given: _Given, depth: int) -> Type | None:
    parts = [each for each in _flat(node) if text_of(each) not in NOTHING]
    nothing = frozenset(text for each in _flat(node) if (text := text_of(each)) in NOTHING)
    found = instantiated(types, parts[0], given, depth) if len(parts) == 1 else None
    if found is None:
        return None
    return replace(found, is_nullable=True, nothing=found.nothing | nothing) if nothing else found


def _intersection(types: Types, node: Node, given: _Given, depth: int) -> Type | None:
    found = [each for part in _flat(node) if (each := instantiated(types, part, given, depth)) is not None]
    best = next((each for each in found if each.what is What.RECORD), None)
    if best is None:
        return substituted(types.read(node, depth), Type(What.SHAPE, bound=tuple(given.items())))
    records = [each for each in found if each.what is What.RECORD]
    names = frozenset(name for each in records for name in each.only or ())
    only = names if all(each.only is not None for each in records) else None
    shapes = (each.place for each in found if each.what is What.SHAPE and each.place is not None)
    return replace(best, only=only, extras=(*best.extras, *shapes))


def _flat(node: Node) -> Iterator[Node]:
    for child in node.named_children:
        if child.type == node.type:
            yield from _flat(child)
        elif child.type != "comment":
            yield child


def _lookup(types: Types, node: Node, given: _Given, depth: int) -> Type | None:
    base, *index = node.named_children
    owner = instantiated(types, base, given, depth)
    if owner is None or not index:
        return None
    if text_of(index[0]) == "number":
        return element(owner)
    number = index[0].named_children[0] if index[0].type == "literal_type" else None
    if number is not None and number.type == "number":
        return bound_to(owner, text_of(number)) if owner.what is What.BOX else element(owner)
    names = names_in(types, index[0], given, depth)
    return types.property(owner, next(iter(names)), depth) if len(names) == 1 else None


def _generic(types: Types, node: Node, given: _Given, depth: int) -> Type | None:
    name = text_of(node.child_by_field_name("name"))
    listed_there = node.child_by_field_name("type_arguments")
    arguments = listed_there.named_children if listed_there is not None else []
    if not arguments:
        return None
    first = instantiated(types, arguments[0], given, depth)
    if name in TRANSPARENT:
        return first
    if name in _MAPS and len(arguments) > 1:
        value = instantiated(types, arguments[1], given, depth)
        return Type(What.MAP, bound=_both(first, value))
    if first is not None and name in _OF_FIRST:
        names = names_in(types, arguments[-1], given, depth) if len(arguments) > 1 else frozenset[str]()
        return _OF_FIRST[name](first, names)
    if name in _OF_FUNCTION:
        return _OF_FUNCTION[name](types, first, depth) if first is not None else None
    return _of_alias(types, node, arguments, given, depth)


def _both(*found: Type | None) -> tuple[tuple[str, Type], ...]:
    return tuple((str(index), each) for index, each in enumerate(found) if each is not None)


def _of_alias(types: Types, node: Node, arguments: list[Node], given: _Given, depth: int) -> Type | None:
    """What a generic type of the code base is; one of a library, as it is read."""
    name = node.child_by_field_name("name")
    symbol = types.file.project.lookup(types.file, name, text_of(name), is_type=True) if name is not None else None
    value = symbol.node.child_by_field_name("value") if isinstance(symbol, Symbol) else None
    if not isinstance(symbol, Symbol) or value is None or symbol.node.type != "type_alias_declaration":
        return substituted(types.read(node, depth), Type(What.SHAPE, bound=tuple(given.items())))
    return instantiated(symbol.file.types, value, arguments_of(types, symbol.node, arguments, given, depth), depth)


def arguments_of(types: Types, declaration: Node, arguments: list[Node], given: _Given, depth: int) -> dict[str, Type]:
    """What the type parameters of a declaration stand for where it is given types.

    Args:
        types: of the file in which it is used.
        declaration: the declaration.
        arguments: the types.
        given: what parameters that they name stand for.
        depth: how far declarations are followed.
    """
    listed_there = declaration.child_by_field_name("type_parameters")
    names = [text_of(each.child_by_field_name("name")) for each in listed_there.named_children] if listed_there else []
    found: dict[str, Type] = {}
    for name, argument in zip(names, arguments, strict=False):
        keys = names_in(types, argument, given, depth)
        told = named(keys) if keys else instantiated(types, argument, given, depth)
        if told is not None:
            found[name] = told
    return found


def _mapped(types: Types, node: Node, given: _Given, depth: int) -> Type | None:
    """`{ [P in K]: T[P] }`, or an object type with members."""
    signature = node.named_children[0] if len(node.named_children) == 1 else None
    clause = signature.named_children[0] if signature is not None and signature.type == "index_signature" else None
    if signature is None or clause is None or clause.type != "mapped_type_clause":
        return substituted(types.read(node, depth), Type(What.SHAPE, bound=tuple(given.items())))
    key, over = text_of(clause.child_by_field_name("name")), clause.child_by_field_name("type")
    written = signature.child_by_field_name("type")
    value = written.named_children[-1] if written is not None and written.named_children else None
    if value is None or over is None or clause.child_by_field_name("alias") is not None:
        return None
    names = names_in(types, over, given, depth)
    if value.type == "lookup_type" and text_of(value.named_children[-1]) == key and names:
        owner = instantiated(types, value.named_children[0], given, depth)
        return replace(owner, only=names) if owner is not None and owner.what is What.RECORD else None
    if over.type == "index_type_query":
        return substituted(types.read(node, depth), Type(What.SHAPE, bound=tuple(given.items())))
    found = instantiated(types, value, given, depth)
    return Type(What.MAP, bound=_both(None, found)) if found is not None else None


def _conditional(types: Types, node: Node, given: _Given, depth: int) -> Type | None:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    consequence, alternative = node.child_by_field_name("consequence"), node.child_by_field_name("alternative")
    found = instantiated(types, left, given, depth) if left is not None else None
    if found is None or right is None:
        return None
    name = text_of(left)
    if {text_of(each) for each in (_flat(right) if right.type == "union_type" else [right])} <= NOTHING:
        there = without_nothing(found)  # each of the alternatives by itself
        return instantiated(types, alternative, {**given, name: there} if name in given else given, depth)
    matched = match(types, right, found, depth)
    if matched is None:
        return None
    if matched is False:
        return instantiated(types, alternative, given, depth)
    if consequence is not None and matched and _is_repeated(node, consequence):
        return next(iter(matched.values()))  # what is promised by a promise is not told apart from what it promises
    return instantiated(types, consequence, {**given, **matched}, depth)


def _is_repeated(conditional: Node, consequence: Node) -> bool:
    """Whether a type is asked the same again of what was found in a promise: `Promise<infer U> ? Unwrapped<U> : T`."""
    pattern = conditional.child_by_field_name("right")
    is_promise = pattern is not None and text_of(pattern.child_by_field_name("name")) in TRANSPARENT
    alias = nearest(conditional, "type_alias_declaration")
    again = text_of(consequence.child_by_field_name("name")) if consequence.type == "generic_type" else ""
    return is_promise and alias is not None and again == text_of(alias.child_by_field_name("name"))


def _there(found: Type, _: frozenset[str]) -> Type:
    return without_nothing(found)


def _only(found: Type, names: frozenset[str]) -> Type | None:
    return replace(found, only=names if found.only is None else found.only & names) if names else None


def _without(found: Type, names: frozenset[str]) -> Type | None:
    return replace(found, without=found.without | names) if names else None


def _partial(found: Type, _: frozenset[str]) -> Type | None:
    return replace(found, is_partial=True) if found.what in OBJECTS else None


_OF_FIRST: dict[str, Callable[[Type, frozenset[str]], Type | None]] = {
    **dict.fromkeys(LISTS, lambda found, _: listed(found)),
    "NonNullable": _there,
    "Omit": _without,
    "Partial": _partial,
    "Pick": _only,
}
_OF_FUNCTION: dict[str, Callable[[Types, Type, int], Type | None]] = {
    "Parameters": lambda _, found, depth: taken_by(found, depth),
    "ReturnType": lambda types, found, depth: types.returned(found, depth),
}
_READERS: dict[str, Callable[[Types, Node, _Given, int], Type | None]] = {
    "array_type": _array,
    "conditional_type": _conditional,
    "generic_type": _generic,
    "intersection_type": _intersection,
    "lookup_type": _lookup,
    "object_type": _mapped,
    "tuple_type": _tuple,
    "type_identifier": _name,
    "union_type": _union,
}
