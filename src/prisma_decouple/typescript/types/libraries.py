"""What the functions of libraries make around the types that they are given: the hooks of React and of data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.syntax import call_arguments
from prisma_decouple.typescript.types.typed import Type, What, omittable

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

# Where they keep what has the type that they are given.
_DATA = frozenset({"useInfiniteQuery", "useMutation", "useQuery", "useSWR", "useSWRImmutable", "useSuspenseQuery"})
_REQUESTS = frozenset({"delete", "get", "patch", "post", "put", "request"})


def of_library(types: Types, call: Node, name: str, depth: int) -> Type | None:
    """What a call of a library's function gives back; None when nothing is known of it.

    Args:
        types: of the file.
        call: the call.
        name: of the function.
        depth: how far declarations are followed.
    """
    if name == "useFormik":
        return _of_form(types, call, depth)
    given = call.child_by_field_name("type_arguments")
    values = call_arguments(call)
    if given is not None and given.named_children:
        found = types.read(given.named_children[0], depth - 1)
    else:
        found = types.of(values[0], depth - 1) if values and name in {"useRef", "useState"} else None
    if found is None:
        return None
    if name == "useState":
        return Type(What.BOX, bound=(("0", found), ("1", Type(What.TAKER, bound=(("0", found),)))))
    if name == "useRef":
        return Type(What.BOX, bound=(("current", found),))
    if name in _DATA:
        return Type(What.BOX, bound=(("data", omittable(found)),))
    return Type(What.BOX, bound=(("data", found),)) if name in _REQUESTS else None


def _of_form(types: Types, call: Node, depth: int) -> Type | None:
    options = next(iter(call_arguments(call)), None)
    values = property_value(options, "initialValues") if options is not None and options.type == "object" else None
    found = types.of(values, depth - 1) if values is not None else None
    return Type(What.BOX, bound=(("initialValues", found), ("values", found))) if found is not None else None
