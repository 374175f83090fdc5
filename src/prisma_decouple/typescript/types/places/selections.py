"""Keys that are only there to select, or to name what is there: null would mean other rows, and not none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import PARAMETERS
from prisma_decouple.typescript.source.syntax import MEMBERS, key_of, last_name
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.tolerance import is_asked_for
from prisma_decouple.typescript.types.places.uses import reads_of, uses_of
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.types.typed import Type


def only_selects(file: FileContext, node: Node, name: str) -> bool:
    """Whether all that is seen of a key are filters of queries for many, texts, and questions whether it is there.

    Args:
        file: the file.
        node: the parameter, or the member of a written type, that has the key.
        name: the key.
    """
    return _all_select(uses_of(file, node, name))


def _all_select(found: Iterable[Place]) -> bool:
    uses = [use for use in found if _is_text(use) or not is_asked_for(use.node)]
    return bool(uses) and all(_is_text(use) or _selects(use) for use in uses)


def _is_text(use: Place) -> bool:
    """Whether a text is made of a key, as the address of what it is the key of."""
    return use.node.parent is not None and use.node.parent.type == "template_substitution"


def is_only_selected_by(written: Place, name: str) -> bool:
    """The same of what a place wants, by its written type."""
    annotation = written.node.parent
    holder = annotation.parent if annotation is not None and annotation.type == "type_annotation" else None
    is_known = holder is not None and holder.type in {*MEMBERS, *PARAMETERS}
    return is_known and holder is not None and only_selects(written.file, holder, name)


def is_only_for_selection(wanted: Type, name: str) -> bool:
    """The same of what a place wants, also where the schema of what a procedure is sent says so.

    Args:
        wanted: what the place wants.
        name: the key.
    """
    schema = wanted.said_by
    if schema is None:
        return wanted.place is not None and is_only_selected_by(wanted.place, name)
    member = schema.node.parent
    if member is None or member.type != "pair":
        return False
    return _all_select(reads_of(schema.file.project, key_of(member)).get(schema.node.id, ()))


def _selects(use: Place) -> bool:
    """`where: { key }` and `where: { relation: { key: value } }`, or `where.key = value`."""
    outer = use.node.parent
    if outer is not None and outer.type == "assignment_expression":
        left = outer.child_by_field_name("left")
        owner = left.child_by_field_name("object") if left is not None else None
        found = use.file.types.of(owner) if owner is not None and left != use.node and last_name(left) else None
    else:
        literal = use.node.parent if use.node.type == "shorthand_property_identifier" else outer and outer.parent
        found = expected(use.file, literal) if literal is not None and literal.type == "object" else None
    return found is not None and found.what is What.FILTER
