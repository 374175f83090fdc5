"""What expressions and written types are whose declarations are those of an installed package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.declarations import Told
from prisma_decouple.typescript.source.nullness import accepts
from prisma_decouple.typescript.source.patterns import path_to
from prisma_decouple.typescript.source.project import Foreign, Symbol
from prisma_decouple.typescript.source.scopes import PARAMETERS, parameters
from prisma_decouple.typescript.source.signatures import is_optional
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    NOTHING,
    VALUE_NAMES,
    call_arguments,
    function_around,
    inner_expression,
    last_name,
    string_value,
    text_of,
)
from prisma_decouple.typescript.types.classes import field_of_class
from prisma_decouple.typescript.types.kinds import kinds_of
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.told import Teller

_DEPTH = 16
_CASTS = frozenset({"as_expression", "satisfies_expression"})
_SAME = frozenset({"parenthesized_type", "readonly_type", "type_annotation"})
_TYPES = DECLARED_CLASSES | {"interface_declaration"}
_OBJECTS = _TYPES | {"array_type", "function_type", "object_type", "tuple_type"}
_PLAIN = frozenset({"bigint", "boolean", "number", "string"})


def wanted_by_package(file: FileContext, call: Node, index: int) -> Type | None:
    """What a function or constructor of an installed package wants as an argument.

    Args:
        file: the file of the call.
        call: the call, or `new Name(...)`.
        index: which argument.

    Returns:
        None when it is none of a package, or its declarations do not tell.
    """
    teller, values = file.project.teller, call_arguments(call)
    if teller is None or any(each.type == "spread_element" for each in values):
        return None
    wanted: list[Told] = []
    kinds = kinds_of(file.types, values[index]) if index < len(values) else frozenset[str]()
    for signature in _signatures(file, teller, call, _DEPTH):
        if not teller.is_callable_with(signature, len(values)) or not _is_meant(teller, signature, values):
            continue
        found = teller.argument(signature, index)
        if found is None:
            return None
        found_there = teller.elements(found) if teller.is_open(signature, index) else [found]
        able = (each for each in found_there if not kinds <= _PLAIN or not kinds or not _is_of_objects(teller, each))
        wanted += [each for each in able if not _is_only_nothing(teller, each)]
    return as_type(teller, wanted)


def written_by_package(file: FileContext, annotation: Node | None) -> Type | None:
    """A written type that a package declares; of a promise, what it gives."""
    teller = file.project.teller
    if teller is None or annotation is None:
        return None
    return as_type(teller, _written(file, teller, annotation, _DEPTH))


def value_of_package(file: FileContext, node: Node) -> Type | None:
    """An expression whose type a package declares: `message.text`."""
    teller = file.project.teller
    return as_type(teller, _told(file, teller, node, _DEPTH)) if teller is not None else None


def property_of_package(file: FileContext, owner: Type, name: str) -> Type | None:
    """What a type that a package declares has under a name."""
    teller = file.project.teller
    if teller is None:
        return None
    return as_type(teller, [found for each in owner.told for found in teller.member(each, name)])


def element_of_package(file: FileContext, owner: Type) -> Type | None:
    """An element of a list whose type a package declares."""
    teller = file.project.teller
    if teller is None:
        return None
    return as_type(teller, [found for each in owner.told for found in teller.elements(each)])


def result_of_package(file: FileContext, function: Type) -> Type | None:
    """What a function has to give back whose type a package declares; of a promise, what that gives."""
    teller = file.project.teller
    if teller is None:
        return None
    results = teller.results(teller.signatures(function.told))
    return as_type(teller, [found for each in results for found in teller.awaited(each)])


def as_type(teller: Teller, told: Iterable[Told]) -> Type | None:
    """What is one of several things that packages declare; it takes null when one of them does."""
    found = tuple(dict.fromkeys(told))
    if not found:
        return None
    answers = {accepts(teller, each) for each in found}
    is_omittable = any(is_optional(each) or accepts(teller, each, "undefined") for each in found)
    takes_null = answers != {False}
    nothing = frozenset({"null"} if takes_null else ()) | ({"undefined"} if is_omittable else frozenset())
    is_unsure = takes_null and True not in answers
    return Type(What.TOLD, is_nullable=bool(nothing), nothing=nothing, told=found, is_unsure=is_unsure)


def _is_meant(teller: Teller, signature: Told, values: list[Node]) -> bool:
    """Whether an overload may be the one of a call, by the texts that it is called with: `on("ready", ...)`."""
    for index, value in enumerate(values):
        wanted = teller.argument(signature, index) if value.type == "string" else None
        parts = teller.parts(wanted) if wanted is not None else []
        texts = [string_value(part.node.named_children[0]) for part in parts if _is_text(part)]
        if texts and len(texts) == len(parts) and string_value(value) not in texts:
            return False
    return True


def _is_only_nothing(teller: Teller, told: Told) -> bool:
    """Whether an overload is for null alone: what may be null, and may be something, is not for it."""
    return all(text_of(part.node) in NOTHING for part in teller.parts(told))


def _is_of_objects(teller: Teller, told: Told) -> bool:
    """Whether an overload takes objects alone, besides nothing: a text that may be null is not for it."""
    parts = [part for part in teller.parts(told) if text_of(part.node) not in NOTHING]
    return bool(parts) and all(part.node.type in _OBJECTS for part in parts)


def _is_text(part: Told) -> bool:
    return part.node.type == "literal_type" and part.node.named_children[0].type == "string"


def _signatures(file: FileContext, teller: Teller, call: Node, depth: int) -> list[Told]:
    is_new = call.type == "new_expression"
    called = call.child_by_field_name("constructor" if is_new else "function")
    return teller.signatures(_told(file, teller, called, depth - 1), is_new=is_new) if called is not None else []


def _told(file: FileContext, teller: Teller, node: Node, depth: int) -> tuple[Told, ...]:
    """The declarations that tell what an expression is."""
    if not depth:
        return ()
    if node.id not in file.told:
        file.told[node.id] = ()  # what needs itself is not known
        file.told[node.id] = tuple(dict.fromkeys(_told_of(file, teller, node, depth)))
    return file.told[node.id]


def _told_of(file: FileContext, teller: Teller, node: Node, depth: int) -> Iterable[Told]:
    if node.type in _CASTS and len(node.named_children) > 1:
        return _written(file, teller, node.named_children[-1], depth - 1)
    if (inner := inner_expression(node)) is not None:
        found = _told(file, teller, inner, depth - 1)
        return [each for one in found for each in teller.awaited(one)] if node.type == "await_expression" else found
    reader = _EXPRESSIONS.get(node.type)
    return reader(file, teller, node, depth) if reader is not None else ()


def _called(file: FileContext, teller: Teller, node: Node, depth: int) -> Iterable[Told]:
    return teller.results(_signatures(file, teller, node, depth))


def _made(file: FileContext, teller: Teller, node: Node, depth: int) -> Iterable[Told]:
    called = node.child_by_field_name("constructor")
    found = _told(file, teller, called, depth - 1) if called is not None else ()
    classes = [each for each in found if each.node.type in _TYPES]
    return classes or teller.results(teller.signatures(found, is_new=True))


def _named(file: FileContext, teller: Teller, node: Node, depth: int) -> Iterable[Told]:
    name = text_of(node)
    found = file.project.lookup(file, node, name)
    if isinstance(found, Foreign):
        return _imported(teller, found, file)
    return _declared(found, teller, name, depth) if isinstance(found, Symbol) else ()


def _imported(teller: Teller, found: Foreign, file: FileContext) -> list[Told]:
    home = teller.packages.imported(found.module, file.source.path)
    return teller.exported(home, found.name) if home is not None else []


def _declared(symbol: Symbol, teller: Teller, name: str, depth: int) -> Iterable[Told]:
    """What a variable or parameter of the code base is."""
    file, node = symbol.file, symbol.node
    annotation, value = node.child_by_field_name("type"), node.child_by_field_name("value")
    if node.type == "variable_declarator" or node.type in PARAMETERS:
        found: Iterable[Told] = ()
        if annotation is not None:
            found = _written(file, teller, annotation, depth - 1)
        elif node.type == "variable_declarator" and value is not None:
            found = _told(file, teller, value, depth - 1)
        elif node.type in PARAMETERS:
            found = _given(file, teller, node, depth)
        path = path_to(node, name)
        for key in path if path is not None else ():
            found = [inner for each in found for inner in teller.member(each, key)]
        return found if path is not None else ()
    return _given(file, teller, node, depth) if node.type == "identifier" else ()


def _given(file: FileContext, teller: Teller, parameter: Node, depth: int) -> list[Told]:
    """What a callback is given, as the function of a package says to which it is handed."""
    function = function_around(parameter)
    call = function.parent.parent if function is not None and function.parent is not None else None
    if function is None or call is None or call.type not in {"call_expression", "new_expression"}:
        return []
    values = call_arguments(call)
    place = next((index for index, each in enumerate(values) if each == function), None)
    index = next((index for index, each in enumerate(parameters(function)) if each == parameter), None)
    found: list[Told] = []
    for signature in _signatures(file, teller, call, depth - 1) if place is not None and index is not None else ():
        is_fit = teller.is_callable_with(signature, len(values)) and _is_meant(teller, signature, values)
        wanted = teller.argument(signature, place or 0) if is_fit else None
        parts = (teller.elements(wanted) if teller.is_open(signature, place or 0) else [wanted]) if wanted else []
        given = (teller.argument(each, index or 0) for each in teller.signatures(parts))
        found += [each for each in given if each is not None]
    return found


def _member(file: FileContext, teller: Teller, node: Node, depth: int) -> Iterable[Told]:
    owner, name = node.child_by_field_name("object"), last_name(node)
    if owner is None:
        return ()
    found = _told(file, teller, owner, depth - 1)
    if found:
        return [inner for each in found for inner in teller.member(each, name)]
    own = file.types.of(owner)
    if own is None or own.what is not What.CLASS or own.place is None:
        return ()
    field = field_of_class(own.place, name)
    if field is None:
        return ()
    annotation, value = field.node.child_by_field_name("type"), field.node.child_by_field_name("value")
    if annotation is not None:
        return _written(field.file, teller, annotation, depth - 1)
    return _told(field.file, teller, value or field.node, depth - 1)


def _written(file: FileContext, teller: Teller, node: Node, depth: int) -> list[Told]:
    """The declarations that tell what a written type is; empty when a part of it is none of a package."""
    if depth and node.type in _SAME and node.named_children:
        return _written(file, teller, node.named_children[-1], depth - 1)
    reader = _WRITTEN.get(node.type)
    return reader(file, teller, node, depth - 1) if reader is not None and depth else []


def _written_union(file: FileContext, teller: Teller, node: Node, depth: int) -> list[Told]:
    sides = [_written(file, teller, each, depth) for each in node.named_children]
    return [each for side in sides for each in side] if all(sides) else []


def _written_generic(file: FileContext, teller: Teller, node: Node, depth: int) -> list[Told]:
    name, listed = node.child_by_field_name("name"), node.child_by_field_name("type_arguments")
    if text_of(name) == "Promise" and listed is not None and listed.named_children:
        return _written(file, teller, listed.named_children[0], depth)
    found = _written(file, teller, name, depth) if name is not None else []
    return [Told(each.home, each.node) for each in found]  # what it is given, only the code base can tell


def _written_in_namespace(file: FileContext, teller: Teller, node: Node, _: int) -> list[Told]:
    first, *rest = text_of(node).split(".")
    source = file.imported.get(first)
    found = _imported(teller, source, file) if source is not None else []
    for step in rest:
        found = [inner for each in found for inner in teller.member(each, step)]
    return [teller.by_default(each) for each in found]


def _written_name(file: FileContext, teller: Teller, node: Node, depth: int) -> list[Told]:
    found = file.project.lookup(file, node, text_of(node))
    if isinstance(found, Foreign):
        return [teller.by_default(each) for each in _imported(teller, found, file)]
    is_alias = isinstance(found, Symbol) and found.node.type == "type_alias_declaration"
    value = found.node.child_by_field_name("value") if isinstance(found, Symbol) and is_alias else None
    return _written(found.file, teller, value, depth) if isinstance(found, Symbol) and value is not None else []


_EXPRESSIONS: dict[str, Callable[[FileContext, Teller, Node, int], Iterable[Told]]] = {
    **dict.fromkeys(VALUE_NAMES, _named),
    "call_expression": _called,
    "member_expression": _member,
    "new_expression": _made,
}
_WRITTEN: dict[str, Callable[[FileContext, Teller, Node, int], list[Told]]] = {
    "generic_type": _written_generic,
    "nested_type_identifier": _written_in_namespace,
    "type_identifier": _written_name,
    "union_type": _written_union,
}
