"""Keys of several fields that are called as before, where a query gives the fields that they had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import PROPERTIES, children_of, key_of, unwrapped
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import ChangedKey
    from prisma_decouple.typescript.context import FileContext

_PLAIN = frozenset({"comment", "pair", "shorthand_property_identifier"})


def find_changed_keys(file: FileContext) -> None:
    """Note the queries that ask by such a key.

    Args:
        file: the file; its findings are filled.
    """
    names = frozenset(each.name for each in file.facts.changed_keys)
    for node in file.source.nodes(*PROPERTIES) if names & file.source.words else ():
        literal = node.parent if key_of(node) in names else None
        wanted = expected(file, literal) if literal is not None and literal.type == "object" else None
        for key in file.facts.changed_keys if wanted is not None and wanted.what is What.FILTER else ():
            if wanted is not None and (key.model, key.name) == (wanted.model, key_of(node)):
                _check(file, node, key)


def _check(file: FileContext, node: Node, key: ChangedKey) -> None:
    """What is given under the name of a key: where it is written out, it shows what it lacks and what is too much."""
    fields = " and ".join(f"`{each}`" for each in key.fields)
    why = f"The key `{key.name}` of {with_article(key.model)} consists of {fields} now."
    value = unwrapped(node.child_by_field_name("value") or node)
    if value.type != "object" or any(each.type not in _PLAIN for each in value.named_children):
        file.hint(node, Kind.GONE, Confidence.LIKELY, why)
        return
    given = {key_of(each): each for each in children_of(value)}
    others = [each for name, each in given.items() if name not in key.fields]
    if others or set(key.fields) - given.keys():
        file.hint(others[0] if others else node, Kind.GONE, Confidence.CERTAIN, why)
