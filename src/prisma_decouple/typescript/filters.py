"""Queries that go through a relation that became optional: they leave out, or load as null, what has none."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.literals import properties
from prisma_decouple.typescript.syntax import Edit, ancestors, callee, key_of, text_of, unwrapped
from prisma_decouple.typescript.wording import model_list, with_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import OptionalRelation, SchemaFacts

_LOADS = frozenset({"include", "select"})
_ROOTS = _LOADS | {"where", "orderBy", "having"}
# Keys between a filter and a relation in it that do not lead to another model.
_TRANSPARENT = frozenset({"AND", "OR", "NOT", "some", "every", "none", "is", "isNot"})
_NOTHING = frozenset({"false", "undefined"})
_ASKS_FOR_ABSENCE = frozenset({"is", "isNot"})


class _Place(NamedTuple):
    """Where in a query a relation stands: below which keyword, and of which model it is; empty when unknown."""

    root: str
    model: str


def find_filters(file: FileContext) -> None:
    """Note the filters, orders, includes and selects through a relation that became optional.

    Args:
        file: the file; its findings are filled.
    """
    for pair in file.source.nodes("pair"):
        relations = [relation for relation in file.facts.optional if relation.field == key_of(pair)]
        if relations and (place := _place_of(file, pair)) is not None:
            _check(file, pair, place, relations)


def _check(file: FileContext, pair: Node, place: _Place, relations: Sequence[OptionalRelation]) -> None:
    concerned = [relation for relation in relations if relation.model == place.model]
    if place.model and not concerned:
        return
    value = pair.child_by_field_name("value")
    if value is None or _is_deliberate(value):
        file.fine()
        return
    is_ambiguous = any(file.facts.namesakes(relation) for relation in relations)
    unknown = Confidence.UNSURE if is_ambiguous else Confidence.LIKELY
    confidence = Confidence.CERTAIN if concerned else unknown
    relation = (concerned or list(relations))[0]
    models = model_list(each.model for each in concerned or relations)
    if place.root in _LOADS:
        file.hint(pair, Kind.INCLUDE, confidence, _load_reason(file.facts, relation, models))
    elif place.root == "orderBy":
        why = f"Without `{relation.field}` {with_article(models)} has nothing to be ordered by; say where nulls belong."
        file.hint(pair, Kind.FILTER, confidence, why)
    else:
        why = f"This leaves out every {models} without `{relation.field}`, silently."
        file.hint(pair, Kind.FILTER, confidence, why, _direct(file.facts, pair, relation))


def _load_reason(facts: SchemaFacts, relation: OptionalRelation, models: str) -> str:
    why = f"The `{relation.field}` that is loaded with {with_article(models)} may be null now."
    successor = facts.successor(relation)
    return f"{why} Load `{successor.field}` as well: it is always there." if successor is not None else why


def _is_deliberate(value: Node) -> bool:
    """Whether a filter or include takes absence into account, or is switched off."""
    value = unwrapped(value)
    if value.type == "object":
        return any(key in _ASKS_FOR_ABSENCE and text_of(inner) == "null" for key, inner in properties(value))
    return value.type == "null" or text_of(value) in _NOTHING


def _direct(facts: SchemaFacts, pair: Node, relation: OptionalRelation) -> list[Edit] | None:
    """The filter without the detour, where the new relation leads to the same record."""
    successor, value = facts.successor(relation), pair.child_by_field_name("value")
    if successor is None or value is None or value.type != "object":
        return None
    inner = [child for child in value.named_children if child.type != "comment"]
    if len(inner) != 1 or key_of(inner[0]) not in {successor.field, *successor.foreign_keys}:
        return None
    return [Edit(pair.start_byte, pair.end_byte, text_of(inner[0]))]


def _place_of(file: FileContext, pair: Node) -> _Place | None:
    """Climb from a pair to the keyword of its query; None when it stands in no query."""
    relation = ""
    for node in ancestors(pair):
        if node.type == "pair":
            key = key_of(node)
            if key in _ROOTS:
                return _Place(key, _model(file, relation) or (_container_model(file, node) if not relation else ""))
            if key not in _TRANSPARENT and not relation:
                relation = key
        elif node.type == "variable_declarator":
            root = next((root for root in _ROOTS if root.lower() in key_of(node).lower()), "")
            return _Place(root, _model(file, relation)) if root else None
        elif node.type in {"arguments", "statement_block", "class_body"}:
            return None
    return None


def _model(file: FileContext, relation: str) -> str:
    """The model to which relation fields of a name lead, when they all lead to the same."""
    targets = file.facts.targets_of(relation)
    return next(iter(targets)) if len(targets) == 1 else ""


def _container_model(file: FileContext, root: Node) -> str:
    """The model of the query, or of the relation, to which `where`, `include` and the like belong."""
    options = root.parent
    holder = options.parent if options is not None else None
    if holder is None:
        return ""
    if holder.type == "pair":
        return _model(file, key_of(holder))
    if holder.type == "arguments" and holder.parent is not None:
        receiver, _ = callee(holder.parent)
        return file.delegates.model_of(receiver) or ""
    return ""
