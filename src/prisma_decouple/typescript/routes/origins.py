"""Where what is received comes from, in words: from the routes that are asked, or from what is written as `any`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.wording import name_list

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.routes.served import Route

_SEVERAL = 2
_HIDDEN = "TypeScript does not see it, because of an `any` that is written in this file."
SAYS_ANY = re.compile(r"[:|]\s*any\b|<any\b|\bany\s*\|")
"""What says of something that it may be anything."""


def origin_of(file: FileContext, line: int) -> str:
    """Where what is read in a line comes from.

    From the routes that are asked in the same statement, or what is written there as `any`; else from those that are
    asked in the file, or in those that it uses, or that use it, or that are used together with it; else from what is
    written as `any` in the file.

    Args:
        file: of a project that knows its routes.
        line: the line, counted from one.

    Returns:
        A sentence; empty when nothing is seen of that.
    """
    asked = file.project.requests.asked if file.project.requests is not None else {}
    own, statement = asked.get(file.source.path, {}), _statement(file, line)
    routes = [route for (row, _), route in own.items() if statement is not None and row in _rows(statement)]
    if not routes and not file.source.is_script and SAYS_ANY.search(text_of(statement)):
        return _HIDDEN
    used = [each for path in asked if _uses(file, path) for each in asked[path].values()]
    above = [
        each for path in asked if _uses(file.project.files[path], file.source.path) for each in asked[path].values()
    ]
    found = routes or list(own.values()) or used or above or _asked_beside(file)
    names = sorted({f"`{route.says()}`" for route in found})
    shown = " or ".join(names) if len(names) <= _SEVERAL else "a route"
    if names:
        return f"It is what {shown} answers, of which TypeScript knows nothing."
    if heard := file.project.heard.get(file.source.path):
        shown = name_list(sorted(heard)) if len(heard) <= _SEVERAL else "a name"
        return f"It is what is sent under {shown}, of which TypeScript knows nothing."
    return _HIDDEN if SAYS_ANY.search(file.source.text) else ""


def _asked_beside(file: FileContext) -> list[Route]:
    """The routes that are asked in files which those use that use a file: a page prints what a hook of it gets.

    A file of types is used by what prints, and that by the page.
    """
    asked = file.project.requests.asked if file.project.requests is not None else {}
    users = file.project.importers_of([file.source.path])
    users |= file.project.importers_of(users)
    paths = [path for path in asked if not users.isdisjoint(file.project.users_of(path))]
    return [each for path in paths for each in asked[path].values()]


def _uses(file: FileContext, path: str) -> bool:
    """Whether something that a file declares may get to another one."""
    return file.source.path in file.project.users_of(path)


def _statement(file: FileContext, line: int) -> Node | None:
    """The statement of a file that a line belongs to."""
    return next((each for each in file.source.root.named_children if line in _rows(each)), None)


def _rows(node: Node) -> range:
    """The lines of a node."""
    return range(node.start_point.row + 1, node.end_point.row + 2)
