"""Stores of zustand: what the hook gives that `create<State>(...)` makes, and what its functions are given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import call_arguments, is_function
from prisma_decouple.typescript.types.typed import RESULT, Type, What, bound_to, taker

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

_LIBRARY = "zustand"
_MAKES = frozenset({"create", "createStore", "createWithEqualityFn"})
_WRAPS = frozenset({"devtools", "immer", "persist", "subscribeWithSelector"})


def store_of(types: Types, call: Node, depth: int) -> Type | None:
    """The hook that a call makes, `create<State>(...)`; None for any other call, and without a type that is written."""
    state = _state(types, call, depth)
    if state is None:
        return None
    hook = Type(What.TAKER, bound=(("0", taker(state)), (RESULT, state)))
    if call_arguments(call):
        return hook
    return Type(What.TAKER, bound=(("0", _maker(state)), (RESULT, hook)))  # `create<State>()(...)`


def given_by_store(types: Types, hook: Type, call: Node, depth: int) -> Type | None:
    """What a call of a function that is bound to its result gives: of a hook with a selector, what that gives."""
    selector, result = next((each for each in call_arguments(call) if is_function(each)), None), bound_to(hook, RESULT)
    if selector is None or bound_to(hook, "0") is None or (result is not None and result.what is What.TAKER):
        return result
    found = types.of(selector, depth - 1)
    return types.returned(found, depth - 1) if found is not None else None


def wanted_by_store(types: Types, call: Node, wanted: Type | None) -> Type | None:
    """What a store, or what is put around its state, wants: the function that makes the state.

    Args:
        types: of the file.
        call: of `create`, or of `persist` and the like.
        wanted: what the call itself is wanted to be.
    """
    written = _written(call) if _called(types, call) in _WRAPS else None
    if written is None and _called(types, call) in _WRAPS:
        return wanted if wanted is not None and wanted.what is What.TAKER else None
    state = types.read(written) if written is not None else _state(types, call)
    return _maker(state) if state is not None else None


def _maker(state: Type) -> Type:
    """The function that makes the state, of what sets it and what gets it."""
    getter = Type(What.TAKER, bound=((RESULT, state),))
    return Type(What.TAKER, bound=(("0", taker(state)), ("1", getter), (RESULT, state)))


def _state(types: Types, call: Node, *depth: int) -> Type | None:
    """The type of a store's state: `create<State>(...)`, `create(persist<State>(...))`."""
    if _called(types, call) not in _MAKES:
        return None
    written = _written(call)
    inner = next(iter(call_arguments(call)), None)
    if written is None and inner is not None and inner.type == "call_expression" and _called(types, inner) in _WRAPS:
        written = _written(inner)
    return types.read(written, *depth) if written is not None else None


def _called(types: Types, call: Node) -> str:
    """The function of the library that a call calls, by its own name."""
    found = types.file.project.foreign(types.file, call.child_by_field_name("function"))
    return found.name if found is not None and found.module.split("/")[0] == _LIBRARY else ""


def _written(call: Node) -> Node | None:
    given = call.child_by_field_name("type_arguments")
    return given.named_children[0] if given is not None and given.named_children else None
