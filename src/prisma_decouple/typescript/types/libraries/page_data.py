"""What is given to pages that are no TypeScript: by handlers of Nitro, and by loaders and actions of SvelteKit.

SvelteKit says what that is in types that it generates, `./$types`; the loaders tell it (its documentation, "$types").
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import FUNCTIONS, call_arguments, is_function, key_of, unwrapped
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.expressions import Types

# What h3 and Nitro make handlers of (h3's guide, "Event Handler"; Nitro's, "Cache").
_HANDLERS = ("cachedEventHandler", "defineCachedEventHandler", "defineEventHandler", "eventHandler")
# The files of SvelteKit's routes that give their pages data (its documentation, "Loading data").
_ROUTE = re.compile(r"(?:^|/)\+(?:page|layout)(?:\.server)?\.[jt]s$")
_OF_PAGE = re.compile(r"(?:^|/)\+page(?:\.server)?\.[jt]s$")
_ENDING = re.compile(r"(?:\.server)?\.[jt]s$")
_LOAD = "load"
_ACTIONS = "actions"
_GENERATED = "./$types"
_OF_LOADERS = re.compile(r"(?P<kind>Page|Layout)(?:Server)?(?P<part>Data|Props)")
_LOADERS = ("server.ts", "ts", "server.js", "js")


def given_to_pages(file: FileContext) -> Iterator[Node]:
    """The values that a file gives to pages of which the types are not read.

    Args:
        file: the file.
    """
    for call in file.source.called(*_HANDLERS):
        for given in (each for each in call_arguments(call) if is_function(each)):
            yield from returned_values(given)
    for function in _route_functions(file) if is_of_route(file.source.path) else ():
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


def is_of_route(path: str) -> bool:
    """Whether a file gives a page or a layout of SvelteKit its data, by its path."""
    return _ROUTE.search(path) is not None


def page_of(path: str) -> str:
    """The component of the page to which a file of SvelteKit gives its data, by its path; empty for other files."""
    return _ENDING.sub(".svelte", path) if _OF_PAGE.search(path) else ""


def loaders_beside(page: FileContext) -> Iterator[FileContext]:
    """The files that load what a page or a layout of SvelteKit shows.

    Args:
        page: the component.
    """
    path, files = page.source.path.removesuffix(".svelte"), page.project.files
    yield from (files[f"{path}.{ending}"] for ending in _LOADERS if f"{path}.{ending}" in files)


def of_page_types(types: Types, module: str, name: str, depth: int) -> Type | None:
    """What a type is that SvelteKit generates for a page or a layout: `PageData`, `LayoutData`, `PageProps`.

    Args:
        types: of the file that imports it.
        module: from which it is imported.
        name: of the type.
        depth: how far declarations are followed.

    Returns:
        None for what is no such type, and where nothing is loaded.
    """
    found = _OF_LOADERS.fullmatch(name) if module == _GENERATED else None
    if found is None:
        return None
    loaded = [each for each in _loaded(types, found["kind"].lower(), depth) if each.place is not None]
    if not loaded:
        return None
    places = (place for each in loaded for place in (each.place, *each.also) if place is not None)
    data = replace(loaded[0], also=tuple(places)[1:])
    return data if found["part"] == "Data" else Type(What.BOX, bound=(("data", data),))


def _loaded(types: Types, kind: str, depth: int) -> Iterator[Type]:
    """What the loaders give of a page or a layout, and of the layouts around it, the nearest ones first."""
    project, folder = types.file.project, posixpath.dirname(types.file.source.path)
    folders = [folder]
    while folders[-1]:
        folders.append(posixpath.dirname(folders[-1]))
    names = [(folder, kind), *((each, "layout") for each in folders)]
    for place, each in dict.fromkeys(names):
        for ending in _LOADERS:
            symbol = project.exported(posixpath.join(place, f"+{each}.{ending}"), _LOAD)
            if not isinstance(symbol, Symbol):
                continue
            function = symbol.file.types.of_symbol(symbol.node, _LOAD, depth - 1)
            made = types.returned(function, depth - 1) if function is not None else None
            if made is not None and made.what is What.SHAPE:
                yield made
