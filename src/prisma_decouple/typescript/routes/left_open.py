"""Written types that leave open what is received: the `any[]` in `get<Envelope<any[]>>(url)`, `{ data: any }`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.routes.answers import says_of_change
from prisma_decouple.typescript.source.scopes import is_generator, returned_values
from prisma_decouple.typescript.source.syntax import descendants, text_of
from prisma_decouple.typescript.types.calls import given_back
from prisma_decouple.typescript.types.containers import value_of_map
from prisma_decouple.typescript.types.either import beside
from prisma_decouple.typescript.types.typed import WRITTEN, Type, What
from prisma_decouple.typescript.types.written.members import member_names

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.types.expressions import Types

_DEPTH = 3
_RETURNS = 16
_ANYTHING = re.compile(r"\b(?:any|unknown)\b")


def leaves_open(types: Types, wanted: Type | None, found: Type | None, depth: int = _DEPTH) -> bool:
    """Whether a written type says nothing of that in a value which a change is about.

    What it says of the rest does not matter: of `{ title: string; notes: any }` what has a book in its notes is told.

    Args:
        types: of any file.
        wanted: the written type; None where it is not known.
        found: what the value is.
        depth: how deep in.
    """
    if wanted is None or found is None or found.is_any or not says_of_change(found):
        return False
    if wanted.is_any or wanted.what is What.PARAMETER:
        return True
    if wanted.what is What.MAP:
        value = value_of_map(wanted)
        return value is not None and value.is_any
    if wanted.what not in WRITTEN or wanted.place is None or not depth or found.what not in _OPENED:
        return False
    if any(_says_any(text_of(each)) for each in descendants(wanted.place.node, "index_signature")):
        return True
    names = dict.fromkeys(member_names(wanted.place, depth))
    pairs = ((types.property(wanted, each) or _default(wanted), types.property(found, each)) for each in names)
    return any(leaves_open(types, taken, given, depth - 1) for taken, given in pairs)


def returns_more(function: Place, written: Node) -> bool:
    """Whether what a function is said to give leaves open what it gives: `Promise<Envelope<any[]>>`.

    Args:
        function: the function.
        written: the type.
    """
    if not _ANYTHING.search(text_of(written)) or is_generator(function.node):
        return False
    types = function.file.types
    found = given_back(types, returned_values(function.node), _RETURNS)
    return bool(found) and leaves_open(types, types.read(written), beside(*found))


def _default(wanted: Type) -> Type | None:
    """What a parameter of a written type stands for that is given nothing: the `any` of `Envelope<T = any>`."""
    place = wanted.place if not wanted.bound else None
    defaults = descendants(place.node, "default_type") if place is not None else ()
    read = (place.file.types.read(each.named_children[0]) for each in defaults if place is not None)
    return next((each for each in read if each is not None and each.is_any), None)


def _says_any(signature: str) -> bool:
    return signature.rpartition(":")[2].strip() in {"any", "unknown"}


# What has something under a name that a written type may say nothing of.
_OPENED = frozenset({What.BOX, What.RECORD, *WRITTEN})
