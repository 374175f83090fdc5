"""What the functions of procedures are handed, input and context: of tRPC, oRPC, TanStack Start, next-safe-action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    descendants,
    is_function,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.libraries.validators import OBJECT, let_through
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.expressions import Types

_TAKING = frozenset({"action", "handler", "middleware", "mutation", "query", "subscription", "use"})
_INPUTS = frozenset({"input"})
_VALIDATORS = frozenset({"inputValidator", "validator"})  # of TanStack Start
_SCHEMAS = frozenset({"inputSchema", "schema"})  # of next-safe-action
_CONTEXTS = ("ctx", "context")  # of tRPC, and of oRPC
_TOLD = frozenset({"$context", "context"})
_CHAIN = frozenset({"call_expression", "member_expression"})
_STEPS = 24


def handed_to_procedure(types: Types, call: Node, depth: int) -> Type | None:
    """What the function of a procedure or of a middleware is given: `base.input(schema).query(({ input }) => ...)`.

    Args:
        types: of the file.
        call: the call that the function is given to.
        depth: how far declarations are followed.

    Returns:
        None for any other call.
    """
    if callee(call)[1] not in _TAKING or callee(call)[0] is None:
        return None
    links = list(_links(Place(types.file, call), _STEPS))
    given = dict.fromkeys(_CONTEXTS, _context(links, depth))
    named = {"data": _VALIDATORS, "input": _INPUTS, "parsedInput": _SCHEMAS}
    given |= {name: _input(links[1:], depth, schemas) for name, schemas in named.items()}
    known = tuple((name, found) for name, found in given.items() if found is not None)
    return Type(What.BOX, bound=known) if known else None


def input_of(procedure: Place, depth: int) -> Type | None:
    """What the schemas of a procedure let through: of `base.input(schema).mutation(...)` what the schema does."""
    return _input(list(_links(procedure, _STEPS))[1:], depth)


def input_of_action(action: Place, depth: int) -> Type | None:
    """What the schema of an action of next-safe-action lets through: of `client.schema(schema).action(...)`."""
    return _input(list(_links(action, _STEPS))[1:], depth, _SCHEMAS)


def is_made_by(maker: str, file: FileContext, call: Node) -> bool:
    """Whether a chain of calls begins with one of a function, also behind the names that parts of it are kept under."""
    return any(callee(each.node)[1] == maker for each in _links(Place(file, call), _STEPS))


def _links(place: Place, steps: int) -> Iterator[Place]:
    """The calls of a chain, from the last one back through the names that parts of it are kept under."""
    node = unwrapped(place.node)
    if not steps:
        return
    if node.type == "identifier":
        value = _behind(place.file, node)
        yield from _links(value, steps - 1) if value is not None else ()
    elif node.type in _CHAIN:
        if node.type == "call_expression":
            yield Place(place.file, node)
        inner = callee(node)[0] if node.type == "call_expression" else node.child_by_field_name("object")
        if inner is not None:
            yield from _links(Place(place.file, inner), steps - 1)


def _behind(file: FileContext, name: Node) -> Place | None:
    """The value of the variable behind a name, also of one that takes a part of it: `const { procedure } = t`."""
    found = file.project.lookup(file, name, text_of(name))
    value = found.node.child_by_field_name("value") if isinstance(found, Symbol) else None
    return Place(found.file, value) if isinstance(found, Symbol) and value is not None else None


def _input(links: list[Place], depth: int, names: Container[str] = _INPUTS) -> Type | None:
    """What the schemas of a chain let through together."""
    taking = [each for each in links if callee(each.node)[1] in names and call_arguments(each.node)]
    found = [let_through(each.file.types.of(call_arguments(each.node)[0], depth)) for each in taking]
    if len(found) == 1:
        return found[0]
    boxes = [each for each in found if each is not None and each.field == OBJECT]
    is_all = bool(found) and len(boxes) == len(found)
    return Type(What.BOX, bound=tuple(part for each in boxes for part in each.bound), field=OBJECT) if is_all else None


def _context(links: list[Place], depth: int) -> Type | None:
    """What a middleware passes on, or else the context that the server is told the type of."""
    for each in links[1:]:
        passed = _passed_on(each, depth) if _is(each, "use") else None
        if passed is not None:
            return passed
    told = next((each for each in links if callee(each.node)[1] in _TOLD), None)
    given = told.node.child_by_field_name("type_arguments") if told is not None else None
    if told is None or given is None or not given.named_children:
        return None
    found = told.file.types.read(given.named_children[0], depth)
    is_maker = found is not None and found.what is What.FUNCTION
    return told.file.types.returned(found, depth) if found is not None and is_maker else found


def _passed_on(use: Place, depth: int) -> Type | None:
    """The context in `next({ ctx: { ... } })`, which the middleware that `use(...)` is given calls."""
    function = next((each for each in map(_function, _middleware(use)) if each is not None), None)
    for call in descendants(function.node, "call_expression") if function is not None else ():
        options = next(iter(call_arguments(call)), None)
        if callee(call)[1] == "next" and options is not None and options.type == "object" and function is not None:
            context = next(filter(None, (property_value(options, name) for name in _CONTEXTS)), None)
            return function.file.types.of(context, depth) if context is not None else None
    return None


def _middleware(use: Place) -> Iterator[Place]:
    value = next(iter(call_arguments(use.node)), None)
    if value is None:
        return
    yield Place(use.file, value)
    behind = _behind(use.file, value) if value.type == "identifier" else None
    if behind is not None:
        yield behind


def _function(place: Place) -> Place | None:
    """A function, or the one that `middleware(...)` is given."""
    node = unwrapped(place.node)
    if node.type == "call_expression":
        node = next((each for each in call_arguments(node) if is_function(each)), node)
    return Place(place.file, node) if is_function(node) else None


def _is(link: Place, name: str) -> bool:
    return callee(link.node)[1] == name
