"""What React Router says that the parts of a route module are given, in types that it generates: `./+types/orders`.

The loader and the action of the module tell what that is (React Router 7, "Route Module Type Safety").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.types.typed import Type, What, omittable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.typescript.types.expressions import Types

_GENERATED = re.compile(r"^(\.{1,2}/(?:.*/)?)\+types/([^/]+?)(?:\.[jt]sx?)?$")
# What is in each of them, with the functions that give it; the first that the module has counts.
_LOADED = ("clientLoader", "loader")
_DONE = ("clientAction", "action")
_PARTS = {
    "ComponentProps": (("loaderData", _LOADED), ("actionData", _DONE)),
    "ErrorBoundaryProps": (("loaderData", _LOADED), ("actionData", _DONE)),
    "HydrateFallbackProps": (("loaderData", _LOADED), ("actionData", _DONE)),
    "MetaArgs": (("data", _LOADED), ("loaderData", _LOADED)),
}
_ALWAYS_THERE = {"ComponentProps": "loaderData"}


def of_route_module(types: Types, module: str, name: str, depth: int) -> Type | None:
    """What a generated type of a route module is.

    Args:
        types: of the file that imports it.
        module: from which it is imported.
        name: its name in the namespace `Route`.
        depth: how far declarations are followed.

    Returns:
        None for what is no such type, and for what has nothing of the module's own data.
    """
    found = _GENERATED.match(module)
    path = types.file.project.modules.resolve(f"{found[1]}{found[2]}", types.file.source.path) if found else None
    if path is None or name not in _PARTS:
        return None
    return Type(What.BOX, bound=tuple(_given(types, path, name, depth)))


def _given(types: Types, path: str, name: str, depth: int) -> Iterator[tuple[str, Type]]:
    for part, givers in _PARTS[name]:
        made = next((each for giver in givers if (each := _made_by(types, path, giver, depth)) is not None), None)
        if made is not None:
            yield part, made if _ALWAYS_THERE.get(name) == part else omittable(made)


def _made_by(types: Types, path: str, giver: str, depth: int) -> Type | None:
    symbol = types.file.project.exported(path, giver)
    if not isinstance(symbol, Symbol):
        return None
    function = symbol.file.types.of_symbol(symbol.node, giver, depth - 1)
    return symbol.file.types.returned(function, depth - 1) if function is not None else None
