"""Lists of the models that have a key, `["Book", "Author"]` beside `shelfId`, where another one has that key now.

An extension of the client that keeps the records of one tenant from another goes by such a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import children_of, string_value
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext

_FEWEST = 2


def find_listed_models(file: FileContext) -> None:
    """Note such lists, in files that speak of the key.

    Args:
        file: the file; its findings are filled.
    """
    concerned = [each for each in file.facts.required if set(each.foreign_keys) <= file.source.words]
    for node in file.source.nodes("array") if concerned else ():
        new = [each for each in concerned if _is_left_out(file, node, each)]
        if new:
            named = " and ".join(with_article(each.model) for each in new)
            have = "have" if len(new) > 1 else "has"
            why = (
                f"All that are named here have `{', '.join(new[0].foreign_keys)}`, and {named} {have} it now as well: "
            )
            file.hint(node, Kind.FILTER, Confidence.UNSURE, f"{why}look whether that has to be named here.")


def _is_left_out(file: FileContext, node: Node, new: RequiredRelation) -> bool:
    """Whether a list names nothing but others that have the key."""
    having = {
        each.model for each in file.facts.relations if each.foreign_keys == new.foreign_keys and each.model != new.model
    }
    listed = {string_value(each) for each in children_of(node)}
    is_all = any(listed <= names for names in (having, {client_accessor(each) for each in having}))
    return len(listed) >= _FEWEST and is_all
