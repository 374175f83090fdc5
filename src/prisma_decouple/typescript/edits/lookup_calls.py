"""Whether what the rule file calls is there, what it gives back, and what has to be imported for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.imports import Import, is_type_only
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import find_binding, is_declared, parameters
from prisma_decouple.typescript.source.signatures import is_rest, must_be_given
from prisma_decouple.typescript.source.syntax import CLASSES, VALUE_NAMES, call_arguments, descendants, text_of
from prisma_decouple.typescript.source.text import Source
from prisma_decouple.typescript.types.kinds import kinds_in
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.typed import Type, What, member_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_GIVEN = re.compile(r"^const \w+ = ")
_NAMED = re.compile(r"([\w$]+)\(")
_OBJECTS = frozenset({What.CLASS, What.FUNCTION, What.RECORD, What.SHAPE})
_CALLED = re.compile(r"([\w$]+)\.([\w$]+)\(")


def imports_of_calls(
    file: FileContext, node: Node, expressions: Sequence[str], statements: Sequence[str]
) -> tuple[Import, ...] | None:
    """What expressions need that the file does not have.

    Args:
        file: the file.
        node: where they will stand.
        expressions: all of them.
        statements: those that declare a name, `const parsed = ...`.

    Returns:
        None when something is nowhere to be found, or cannot be called like that.
    """
    own = {name for text in statements for name in re.findall(r"^const (\w+)", text)}
    found = []
    for name in dict.fromkeys(name for text in expressions for name in _names(text)):
        if is_type_only(file.source.root, name):
            return None
        if name in own or is_declared(node, name):
            continue
        module = file.project.import_of(file, name)
        if module is None:
            return None
        found.append(Import(name, module))
    plain = [_GIVEN.sub("", text) for text in expressions]
    are_there = all(_exists(file, node, text) and _can_be_made(file, node, text) for text in plain)
    return tuple(found) if are_there else None


def always_finds(file: FileContext, node: Node, call: str) -> bool:
    """Whether a function says itself that it never gives null or undefined back: it throws when there is nothing."""
    for function in _functions(file, node, call):
        place = function.place
        written = place.node.child_by_field_name("return_type") if place is not None else None
        found = place.file.types.returned(function) if place is not None and written is not None else None
        if found is None or found.is_nullable:
            return False
    return any(_functions(file, node, call))


def can_be_given(file: FileContext, node: Node, call: str, name: str) -> bool:
    """Whether what a name means at a node can be the first argument of a function, as far as types tell."""
    binding = find_binding(node, name)
    found = file.types.of_symbol(binding, name) if binding is not None else None
    for function in _called(file, node, call):
        taken = parameters(function.node)
        if not taken:
            return False
        wanted = function.file.types.read(taken[0].child_by_field_name("type"))
        if found is None or wanted is None or wanted.is_any or not kinds_in(wanted):
            continue
        is_absent = found.is_nullable and not wanted.is_nullable and not is_narrowed(file, node, name)
        is_other = found.what in _OBJECTS or found.is_list or not kinds_in(found) <= kinds_in(wanted)
        if is_absent or is_other:
            return False
    return True


def _called(file: FileContext, node: Node, call: str) -> Iterator[Place]:
    """The functions that `object.method(...)` or `name(...)` may call."""
    yield from (each.place for each in _functions(file, node, call) if each.place is not None)
    named = _NAMED.match(call)
    for symbol in _symbols(file, node, named[1]) if named is not None else ():
        found = symbol.file.types.of_symbol(symbol.node, named[1] if named is not None else "")
        if found is not None and found.what is What.FUNCTION and found.place is not None:
            yield found.place


def _names(expression: str) -> Iterator[str]:
    root = Source("expression.ts", expression).root
    for kind in VALUE_NAMES:
        yield from (text_of(node) for node in descendants(root, kind))


def _exists(file: FileContext, node: Node, expression: str) -> bool:
    """Whether the method that an expression calls on an object of the code base is there."""
    return _CALLED.match(expression) is None or any(_functions(file, node, expression))


def _functions(file: FileContext, node: Node, expression: str) -> Iterator[Type]:
    """The functions that `object.method(...)` may call."""
    called = _CALLED.match(expression)
    for each in _symbols(file, node, called[1]) if called is not None else ():
        method = called[2] if called is not None else ""
        if each.node.type in CLASSES:
            member = member_of(each.node, method)
            if member is not None:
                yield Type(What.FUNCTION, place=Place(each.file, member))
            continue
        found = each.file.types.of_symbol(each.node, called[1] if called is not None else "")
        inner = file.types.property(found, method) if found is not None else None
        if inner is not None and inner.what is What.FUNCTION:
            yield inner


def _symbols(file: FileContext, node: Node, name: str) -> list[Symbol]:
    symbol = file.project.lookup(file, node, name)
    return [symbol] if isinstance(symbol, Symbol) else file.project.exporters(name)


def _can_be_made(file: FileContext, node: Node, expression: str) -> bool:
    """Whether a class takes what `new Class(...)` gives it, as far as its own constructor says."""
    root = Source("expression.ts", expression).root
    for made in descendants(root, "new_expression"):
        name = text_of(made.child_by_field_name("constructor"))
        for symbol in _symbols(file, node, name):
            if symbol.node.type in CLASSES and not _takes(symbol.node, len(call_arguments(made))):
                return False
    return True


def _takes(declaration: Node, count: int) -> bool:
    """Whether a class is made with so many arguments; what it extends may be made with any."""
    constructor = member_of(declaration, "constructor")
    if constructor is None:
        return not count or any(child.type == "class_heritage" for child in declaration.named_children)
    taken = parameters(constructor)
    is_open = any(map(is_rest, taken))
    return sum(map(must_be_given, taken)) <= count and (is_open or count <= len(taken))
