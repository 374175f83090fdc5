"""Forms that are sent to a function which takes a key out of them: `form.get("authorId")`.

What a route's page sends without saying whereto goes to the route's own `action` (Remix and React Router, "Form"), of
SvelteKit to one of the `actions` beside the page ("Form actions").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.demanding_inputs import note_demanded
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import ancestors, is_function, is_inside, key_of, names_in, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_OF_ROUTE = "action"
_PAGE = "+page.svelte"
_OF_PAGE = ("+page.server.ts", "+page.server.js")


def find_demanding_forms(file: FileContext) -> None:
    """Note what forms ask for that are sent to a function which takes a key out of them.

    Args:
        file: the file, when all such functions are known; its findings are filled.
    """
    for taken, field, *meant in file.findings.taken_from_forms:
        functions = [each for each in ancestors(taken.node) if is_function(each)]
        names = {name for each in functions[:1] for name in _names_around(each)}
        used = [each for name in names & file.source.words for each in names_in(file.source.root, name)]
        users = [each for each in used if _is_declared_around(file, each, taken)]
        around = [outer for each in users for outer in [each for each in ancestors(each) if is_function(each)][-1:]]
        if taken.file is file:
            around += [file.source.root] if _OF_ROUTE in names else functions[-1:]
        for each in dict.fromkeys(around):
            note_demanded(Place(file, each), (), field, (meant[0], meant[1]))


def note_forms_of_route(call: Place, handler: Place, known: FileContext) -> None:
    """The same for a form that a page sends to a route as it is, `body: new FormData(event.currentTarget)`.

    Args:
        call: which sends it; the findings of its file are filled.
        handler: of the route.
        known: the handler's file, when it is known what is taken out of forms there.
    """
    around = [each for each in ancestors(call.node) if is_function(each)][-1:]
    for taken, field, *meant in known.findings.taken_from_forms:
        if taken.file is known and is_inside(handler.node, taken.node):
            for each in around:
                note_demanded(Place(call.file, each), (), field, (meant[0], meant[1]))


def note_forms_of_page(file: FileContext, known: Mapping[str, FileContext]) -> None:
    """The same for a page of SvelteKit, which is sent to the actions beside it.

    Args:
        file: the page; its findings are filled.
        known: the files by path, when it is known what is taken out of forms there.
    """
    beside = (file.source.path.removesuffix(_PAGE) + each for each in _OF_PAGE if file.source.path.endswith(_PAGE))
    server = next((known[path] for path in beside if path in known), None)
    for taken, field, *meant in server.findings.taken_from_forms if server is not None else ():
        if taken.file is server:
            note_demanded(Place(file, file.source.root), (), field, (meant[0], meant[1]))


def _names_around(function: Node) -> Iterator[str]:
    """The names of a function and of those around it, and of the variables that hold them."""
    for outer in (function, *ancestors(function)):
        if is_function(outer) or outer.type == "variable_declarator":
            yield key_of(outer)


def _is_declared_around(file: FileContext, name: Node, taken: Place) -> bool:
    """Whether a name stands for a function in which something is taken out of a form."""
    found = file.project.lookup(file, name, text_of(name))
    return isinstance(found, Symbol) and found.file is taken.file and is_inside(found.node, taken.node)
