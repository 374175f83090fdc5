"""What is given to pages that are no TypeScript: by handlers of Nitro, and by loaders and actions of SvelteKit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import FUNCTIONS, call_arguments, is_function, key_of, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

# What h3 and Nitro make handlers of (h3's guide, "Event Handler"; Nitro's, "Cache").
_HANDLERS = ("cachedEventHandler", "defineCachedEventHandler", "defineEventHandler", "eventHandler")
# The files of SvelteKit's routes that give their pages data (its documentation, "Loading data").
_ROUTE = re.compile(r"(?:^|/)\+(?:page|layout)(?:\.server)?\.ts$")
_LOAD = "load"
_ACTIONS = "actions"


def given_to_pages(file: FileContext) -> Iterator[Node]:
    """The values that a file gives to pages of which the types are not read.

    Args:
        file: the file.
    """
    for call in file.source.called(*_HANDLERS):
        for given in (each for each in call_arguments(call) if is_function(each)):
            yield from returned_values(given)
    for function in _route_functions(file) if _ROUTE.search(file.source.path) else ():
        yield from returned_values(function)


def _route_functions(file: FileContext) -> Iterator[Node]:
    """The function `load` of a route, and those of its `actions`."""
    yield from (each for each in file.source.nodes(*FUNCTIONS) if key_of(each) == _LOAD)
    for declarator in file.source.nodes("variable_declarator"):
        value = declarator.child_by_field_name("value")
        made = unwrapped(value) if value is not None else declarator
        if key_of(declarator) == _LOAD and is_function(made):
            yield made
        elif key_of(declarator) == _ACTIONS and made.type == "object":
            yield from (unwrapped(each) for _, each in properties(made) if is_function(unwrapped(each)))
