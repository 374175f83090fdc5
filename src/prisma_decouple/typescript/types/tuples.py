"""What has several values, each of a type of its own: `Promise.all([...])`, `$transaction([...])`, `[...] as const`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import call_arguments, callee, children_of, unwrapped
from prisma_decouple.typescript.types.containers import settled
from prisma_decouple.typescript.types.typed import Type, What, element, listed

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

_OF_ONE = frozenset({"any", "race"})


def of_promises(types: Types, call: Node, depth: int) -> Type | None:
    """What `Promise.all(...)`, `Promise.race(...)` and the like give.

    Args:
        types: of the file.
        call: the call.
        depth: how far declarations are followed.
    """
    given, method = call_arguments(call)[0], callee(call)[1]
    if method in {"all", "allSettled"}:
        found = of_each(types, given, depth)
        return _settled(found) if found is not None and method == "allSettled" else found
    found = types.of(given, depth)
    return element(found) if found is not None and found.is_list and method in _OF_ONE else found


def of_each(types: Types, given: Node, depth: int) -> Type | None:
    """What a list is that is written out, with the type of each element where they are not all of one.

    Args:
        types: of the file.
        given: the list.
        depth: how far declarations are followed.
    """
    listed = unwrapped(given)
    parts = children_of(listed) if listed.type == "array" else []
    found = [types.of(each, depth) for each in parts if each.type != "spread_element"]
    if len(found) < len(parts) or len({_sort_of(each) for each in found}) <= 1:
        return types.of(listed, depth)
    return Type(What.BOX, bound=tuple((str(n), each) for n, each in enumerate(found) if each is not None))


def _sort_of(found: Type | None) -> tuple[object, ...] | None:
    return (found.what, found.model, found.field, found.is_list, found.is_nullable) if found is not None else None


def _settled(found: Type) -> Type:
    if found.is_list:
        return listed(settled(element(found)))
    return Type(What.BOX, bound=tuple((name, settled(each)) for name, each in found.bound))
