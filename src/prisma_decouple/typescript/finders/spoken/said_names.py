"""The names of what may be null now, or is gone, and where a file says them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.syntax import last_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts

MEMBERS = frozenset({"property_signature", "public_field_definition"})
_PROPERTIES = frozenset(
    {"property_identifier", "shorthand_property_identifier", "shorthand_property_identifier_pattern"}
)
_OF_LISTS = frozenset({"filter", "find", "flatMap", "forEach", "length", "map", "reduce", "some", "sort"})


class Name(NamedTuple):
    """A name that is looked for.

    Attributes:
        text: the name.
        models: the models in which that may be null now, or which have it no more.
        key: the key, or the field, that it is, or that is behind the relation of that name.
        is_gone: whether they have it no more.
    """

    text: str
    models: frozenset[str]
    key: str
    is_gone: bool = False

    @property
    def is_key(self) -> bool:
        """Whether it is that of a key or a field, and not of a relation."""
        return self.text == self.key


def names_of(facts: SchemaFacts) -> list[Name]:
    """The names of what may be null now, or is gone.

    Args:
        facts: the change.
    """
    found: dict[tuple[str, str], set[str]] = {}
    gone: dict[str, set[str]] = {}
    for lost in facts.lost_fields:
        gone.setdefault(lost.name, set()).add(lost.model)
    for relation in facts.optional:
        for key in relation.foreign_keys:
            found.setdefault((key, key), set()).add(relation.model)
            found.setdefault((relation.field, key), set()).add(relation.model)
    for field in facts.optional_fields:
        found.setdefault((field.field, field.field), set()).add(field.model)
    nullable = (Name(text, frozenset(models), key) for (text, key), models in found.items())
    return [*nullable, *(Name(name, frozenset(models), name, is_gone=True) for name, models in gone.items())]


def places_of(file: FileContext, name: Name) -> Iterator[Node]:
    """Where a name is said: of a property, of what is called like the key, or in a text.

    Args:
        file: the file.
        name: the name.
    """
    root, wanted = file.source.root, name.text.encode()
    for match in re.finditer(rb"\b%s\b" % re.escape(wanted), root.text or b""):
        node = root.descendant_for_byte_range(root.start_byte + match.start(), root.start_byte + match.end())
        if node is not None and _says(node, name):
            yield node


def _says(node: Node, name: Name) -> bool:
    """Whether a node says a name; that of a relation is often one of something else, where it is not read."""
    said, outer = text_of(node), node.parent
    if node.type == "string_fragment":  # a field of a form, or a column of a table: "author.name"
        return said == name.text if name.is_key else said.startswith(f"{name.text}.")
    if said != name.text or outer is None:
        return False
    if name.is_key:
        return node.type in {"identifier", *_PROPERTIES}
    is_read = outer.type in {"member_expression", "pair_pattern", *MEMBERS} and node.type == "property_identifier"
    return (is_read or node.type == "shorthand_property_identifier_pattern") and not _is_list(outer)


def _is_list(outer: Node) -> bool:
    """Whether what has a relation's name is a list: `shelf.author.map(...)`, `author: Array<{ id: string }>`."""
    around, annotation = outer.parent, outer.child_by_field_name("type")
    is_gone_through = around is not None and last_name(around) in _OF_LISTS and around.type == "member_expression"
    written = text_of(annotation).strip()
    return is_gone_through or written.endswith("[]") or ("Array<" in written.partition("{")[0])
