"""Types that repeat a model which needs a new key now, and say nothing of it: `interface Book { id: string; … }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.likeness import is_called_after_only, repeats
from prisma_decouple.typescript.source.syntax import key_of
from prisma_decouple.typescript.types.typed import members_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext


def older_types(file: FileContext) -> Iterator[tuple[Node, RequiredRelation]]:
    """The types of a file that are called after such a model, and have most of what it has but the key.

    Args:
        file: the file.

    Yields:
        The name of each, and what the model needs now.
    """
    for required in file.facts.required:
        own = {required.field, *required.foreign_keys}
        for declared in file.source.nodes("interface_declaration", "type_alias_declaration"):
            name = declared.child_by_field_name("name")
            if name is None or not is_called_after_only(file.facts, key_of(declared), required.model):
                continue
            members = {key_of(each) for each in members_of(declared)}
            if own.isdisjoint(members) and repeats(file.facts, required.model, members):
                yield name, required
