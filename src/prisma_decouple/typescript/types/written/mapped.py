"""Mapped types that keep the names of another type: `{ [Name in keyof T]: T[Name] }`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tree_sitter import Node

_BOTH = 2
_REST = re.compile(r"Omit<(\w+), *(\w+)>")
_OPTIONAL = re.compile(r"Pick<Partial<(\w+)>, *(\w+)>|Partial<Pick<(\w+), *(\w+)>>")
_WITHOUT_NULL = re.compile(r"NonNullable<(.+)>|Exclude<(.+), *(?:null|null *\| *undefined|undefined *\| *null)>")


class Mapped(NamedTuple):
    """What a mapped type does.

    Attributes:
        source: the type whose names it keeps.
        is_partial: whether each may be left out.
        is_filled: whether none is null.
    """

    source: Node
    is_partial: bool
    is_filled: bool

    def applied(self, found: Type) -> Type:
        """What becomes of the type whose names it keeps."""
        is_partial, is_filled = self.is_partial or found.is_partial, self.is_filled or found.is_filled
        return replace(found, is_partial=is_partial, is_filled=is_filled)


def mapped(node: Node) -> Mapped | None:
    """How an object type maps another one; None when it does not, or makes something else of what it finds there."""
    clause = _clause(node)
    over, written = mapped_over(node)
    if clause is None or over is None or over.type != "index_type_query":
        return None
    name, value = clause.child_by_field_name("name"), text_of(written).lstrip("?-+: ")
    inner = _WITHOUT_NULL.fullmatch(value)
    kept = next(filter(None, inner.groups()), "") if inner is not None else value
    if kept != f"{text_of(over.named_children[0])}[{text_of(name)}]":
        return None
    is_partial = written is not None and written.type == "opting_type_annotation"
    return Mapped(over.named_children[0], is_partial, is_filled=inner is not None)


def by_key(node: Node, read: Callable[[Node | None], Type | None]) -> Type | None:
    """What has something for each field of a model, or for each value of an enum: `{ [Name in keyof Book]: string }`.

    Args:
        node: the object type.
        read: what says what a type is.
    """
    over, value = mapped_over(node)
    if over is None:
        return None
    if over.type == "index_type_query":
        return _of_fields(read(over.named_children[0]), value, read)
    key = read(over)
    if key is None or key.what is not What.VALUE or not key.field:
        return None
    found = read(value)
    return Type(What.MAP, bound=(("0", key), *((("1", found),) if found is not None else ())))


def _of_fields(owner: Type | None, value: Node | None, read: Callable[[Node | None], Type | None]) -> Type | None:
    if owner is None or owner.what is not What.RECORD or owner.is_list:
        return None
    found = read(value.named_children[-1]) if value is not None and value.named_children else None
    is_partial = value is not None and value.type == "opting_type_annotation"
    bound = (("1", found),) if found is not None else ()
    return replace(owner, what=What.FIELDS, place=None, is_partial=is_partial, bound=bound)


def mapped_over(node: Node) -> tuple[Node | None, Node | None]:
    """The names that a mapped type goes over, and what it says of each; None where it gives them other names."""
    clause = _clause(node)
    if clause is None or clause.parent is None or clause.child_by_field_name("alias") is not None:
        return None, None
    return clause.child_by_field_name("type"), clause.parent.child_by_field_name("type")


def _clause(node: Node) -> Node | None:
    signature = node.named_children[0] if len(node.named_children) == 1 else None
    clause = signature.named_children[0] if signature is not None and signature.type == "index_signature" else None
    return clause if clause is not None and clause.type == "mapped_type_clause" else None


def made_optional(parts: Sequence[Node]) -> Node | None:
    """The type of which an intersection lets some properties be left out: `Omit<T, K> & Partial<Pick<T, K>>`.

    Args:
        parts: of the intersection.

    Returns:
        The node with its name; None when it does something else.
    """
    rest = next((found for part in parts if (found := _REST.fullmatch(text_of(part)))), None)
    optional = next((found for part in parts if (found := _OPTIONAL.fullmatch(text_of(part)))), None)
    is_same = rest is not None and optional is not None and rest.groups() == tuple(filter(None, optional.groups()))
    if rest is None or not is_same or len(parts) != _BOTH:
        return None
    whole = next(part for part in parts if _REST.fullmatch(text_of(part)))
    listed = whole.child_by_field_name("type_arguments")
    return listed.named_children[0] if listed is not None else None
