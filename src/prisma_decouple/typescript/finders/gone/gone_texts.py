"""Texts that name fields which the schema has no more: `by: ["handle"]`, `Pick<Book, "handle">`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.gone.gone_fields import has_field_of_model, note_lost
from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.source.syntax import ancestors, children_of, key_of, nearest, string_value, text_of
from prisma_decouple.typescript.types.chosen_members import names_of
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.prisma.field_names import fields_named
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import LostField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 12
_SEVERAL = 2
_LISTING = frozenset({"by", "distinct"})
_OMIT = "Omit"
_PICKS = frozenset({"Pick", "Extract", _OMIT})


def find_gone_texts(file: FileContext) -> None:
    """Note the texts that name a field which is no more.

    Args:
        file: the file; its findings are filled.
    """
    names = file.facts.missing_names
    for node in file.source.nodes("string") if names & file.source.words else ():
        if string_value(node) in names:
            _check_string(file, node)
    for node in file.source.nodes("subscript_expression") if names & file.source.words else ():
        _check_index(file, node, names)


def _check_string(file: FileContext, node: Node) -> None:
    """`by: ["field"]`, `Pick<Model, "field">` and `Model["field"]`."""
    model = _listed_of(file, node) or _named_of(file, node)
    lost = file.facts.lost_of(model, string_value(node)) if model else None
    if lost is not None and (lost.is_renamed or not _is_left_out(node)):
        note_lost(file, node, lost, Confidence.CERTAIN)
        return
    for owner in fields_named(file, node):
        lost = (
            file.facts.lost_of(owner.model, string_value(node))
            if has_field_of_model(owner, string_value(node))
            else None
        )
        if lost is not None:
            note_lost(file, node, lost, Confidence.CERTAIN, is_held=owner.is_mixed)
            return
    for lost in _lost_among(file, node):
        note_lost(file, node, lost, Confidence.LIKELY)


def _check_index(file: FileContext, node: Node, names: frozenset[str]) -> None:
    """`book[key]`, where the key is one of some texts that are written down."""
    owner, index = node.child_by_field_name("object"), node.child_by_field_name("index")
    is_open = owner is not None and index is not None and not string_value(index)
    found = file.types.of(owner) if owner is not None and is_open else None
    keys = names_of(file.types, index, found, _DEPTH) & names if found is not None and index is not None else ()
    for key in sorted(keys) if found is not None else ():
        lost = file.facts.lost_of(found.model, key) if found is not None and has_field_of_model(found, key) else None
        if lost is not None:
            note_lost(file, node, lost, Confidence.CERTAIN, is_held=True)


def _is_left_out(node: Node) -> bool:
    """Whether a text stands in `Omit<Book, "handle">`, which stays right when there is no such field."""
    outer = nearest(node, "generic_type")
    return outer is not None and text_of(outer.child_by_field_name("name")) == _OMIT


def _lost_among(file: FileContext, node: Node) -> list[LostField]:
    """The gone fields that a text in a list may name, by its neighbours: these are all fields of one model."""
    listed = node.parent if node.parent is not None and node.parent.type == "array" else None
    texts = children_of(listed) if listed is not None else []
    others = {string_value(each) for each in texts if each != node}
    if len(others) < _SEVERAL or any(each.type != "string" for each in texts):
        return []
    return [
        lost
        for lost in file.facts.lost_fields
        if lost.name == string_value(node) and all(file.facts.knows_field(lost.model, each) for each in others)
    ]


def _listed_of(file: FileContext, node: Node) -> str:
    """The model of a query in which a string stands in a list of fields."""
    holder = node.parent
    if holder is not None and holder.type == "array":
        holder = holder.parent
    if holder is None or holder.type != "pair" or key_of(holder) not in _LISTING or holder.parent is None:
        return ""
    owner = expected(file, holder.parent)
    return owner.model if owner is not None and owner.what is What.QUERY else ""


def _named_of(file: FileContext, node: Node) -> str:
    """The model of a type out of which a string takes a field."""
    for outer in ancestors(node):
        if outer.type == "lookup_type":
            return _model_with(file.types.read(outer.named_children[0]), string_value(node))
        if outer.type == "generic_type":
            is_pick = text_of(outer.child_by_field_name("name")) in _PICKS
            listed = outer.child_by_field_name("type_arguments")
            owner = file.types.read(listed.named_children[0]) if is_pick and listed is not None else None
            return _model_with(owner, string_value(node))
        if outer.type not in {"literal_type", "union_type", "type_arguments"}:
            return ""
    return ""


def _model_with(owner: Type | None, name: str) -> str:
    """The model of a type that has a field; empty for anything else."""
    return owner.model if owner is not None and has_field_of_model(owner, name) else ""
