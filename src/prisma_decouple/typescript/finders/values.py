"""Values that an enum has no more, where they are named, given or compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.renames import renamed
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.project import Foreign
from prisma_decouple.typescript.source.syntax import ancestors, last_name, string_value, text_of, unwrapped
from prisma_decouple.typescript.types.annotations import is_client_module
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_COMPARISONS = frozenset({"==", "===", "!=", "!=="})
_NAMESPACES = frozenset({"$Enums", "Prisma", "*"})


def find_lost_values(file: FileContext) -> None:
    """Note the values of enums that are there no more.

    Args:
        file: the file; its findings are filled.
    """
    lost = {(each.enum, each.value) for each in file.facts.lost_values}
    names = frozenset(value for _, value in lost)
    if not names & file.source.words:
        return
    for node in file.source.nodes("member_expression"):
        if last_name(node) in names:
            enum = _enum_of(file, node.child_by_field_name("object"))
            if (enum, last_name(node)) in lost:
                _note(file, node.child_by_field_name("property") or node, enum, last_name(node))
    for node in file.source.nodes("string"):
        if string_value(node) in names:
            enum = _wanted_enum(file, node)
            if (enum, string_value(node)) in lost:
                _note(file, node, enum, string_value(node))


def _enum_of(file: FileContext, owner: Node | None) -> str:
    """The enum of the client that an expression is, `Role` or `$Enums.Role`; empty for anything else."""
    if owner is None:
        return ""
    first = owner.child_by_field_name("object") if owner.type == "member_expression" else owner
    found = file.project.lookup(file, owner, text_of(first))
    if not isinstance(found, Foreign) or not is_client_module(found.module):
        return ""
    if first == owner:
        return found.name
    return last_name(owner) if found.name in _NAMESPACES else ""


def _wanted_enum(file: FileContext, node: Node) -> str:
    """The enum whose value a string has to be, as it seems."""
    compared = _compared_with(node)
    if compared is not None:
        owner = compared.child_by_field_name("object")
        found = file.types.of(owner) if owner is not None else None
        is_record = found is not None and found.what is What.RECORD
        column = file.facts.column_of(found.model, last_name(compared)) if found is not None and is_record else None
        return column.scalar_type if column is not None else ""
    wanted = expected(file, node)
    return wanted.field if wanted is not None and wanted.what is What.VALUE else ""


def _compared_with(node: Node) -> Node | None:
    """The other side of a comparison, or what a `switch` asks for."""
    outer = node.parent
    if outer is not None and outer.type == "switch_case" and outer.child_by_field_name("value") == node:
        statement = next((each for each in ancestors(outer) if each.type == "switch_statement"), None)
        value = statement.child_by_field_name("value") if statement is not None else None
        return unwrapped(value) if value is not None else None
    if outer is None or outer.type != "binary_expression":
        return None
    if text_of(outer.child_by_field_name("operator")) not in _COMPARISONS:
        return None
    sides = (outer.child_by_field_name("left"), outer.child_by_field_name("right"))
    return next((unwrapped(side) for side in sides if side is not None and side != node), None)


def _note(file: FileContext, node: Node, enum: str, value: str) -> None:
    new = next((each.successor for each in file.facts.lost_values if (each.enum, each.value) == (enum, value)), "")
    now = f" It is called `{new}` now." if new else ""
    why = f"{with_article(enum, 'A')} is never `{value}` any more.{now}"
    file.hint(node, Kind.GONE, Confidence.CERTAIN, why, renamed(node, new) if new else None)
