"""Keys that a request brings along, or a page has somebody choose, on their way through functions that take them."""

from __future__ import annotations

from prisma_decouple.typescript.routes.states import is_of_state
from prisma_decouple.typescript.source.addresses import is_of_path
from prisma_decouple.typescript.source.decorators import OF_BODY, OF_PATH, decorators_of
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, find_binding
from prisma_decouple.typescript.source.syntax import first_name, text_of, unwrapped
from prisma_decouple.typescript.source.who_asks import tells_who_asks
from prisma_decouple.typescript.types.places.givers import comes_from_outside, givers_of

_CALLS = 3


def is_brought_along(value: Place, depth: int = _CALLS) -> bool:
    """Whether a value is part of what is sent, or was chosen in a page, also where a function is called with it.

    What an address speaks of is not, nor is who asks.

    Args:
        value: the value.
        depth: how many functions are gone through.
    """
    node = unwrapped(value.node)
    if is_of_path(node) or tells_who_asks(node):
        return False
    start = find_binding(node, first_name(node)) if first_name(node) else None
    marks = decorators_of(start) if start is not None and start.type in PARAMETERS else frozenset[str]()
    if marks & (OF_BODY | OF_PATH):
        return bool(marks & OF_BODY)
    parameter = binding_of(node)
    if parameter is not None and parameter.type in PARAMETERS and pattern_of(parameter).type == "identifier":
        return depth > 0 and _is_given(Place(value.file, parameter), text_of(node), depth - 1)
    found = value.file.types.of(node)
    return (found is not None and found.said_by is not None) or is_of_state(node) or comes_from_outside(node)


def _is_given(parameter: Place, name: str, depth: int) -> bool:
    given = givers_of(parameter.file, parameter.node, name)
    return any(is_brought_along(each, depth) for each in given if not is_test(each.file.source.path))
