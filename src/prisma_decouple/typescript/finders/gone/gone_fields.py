"""Code that names fields and relation fields which the schema has no more, where types tell whose they are.

`book.handle`, `{ handle } = book`, `{ where: { handle } }`, `<Card handle={…} />`. Names in texts are for `gone_texts`,
models and enums for `gone_models`, literals that stand apart from their query for `gone_literals`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.edits.removals import removed_property
from prisma_decouple.typescript.edits.renames import renamed
from prisma_decouple.typescript.finders.gone.single_records import Singly, named_singly, read_singly, said_singly
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import property_value, spreads_in
from prisma_decouple.typescript.source.patterns import key_in_pattern
from prisma_decouple.typescript.source.syntax import PROPERTIES, READS, key_of, last_name, text_of
from prisma_decouple.typescript.types.places.declared import given_to_component
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.prisma.payloads import options_in_type
from prisma_decouple.typescript.types.prisma.prisma_types import model_of_names
from prisma_decouple.typescript.types.taken import taken_out_of
from prisma_decouple.typescript.types.typed import Type, What, member_of
from prisma_decouple.typescript.wording import missing, now_called

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import LostField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.source.text import Edit

_DEPTH = 4
_SPREAD = frozenset({What.INPUT, What.RECORD})
_OF_MODELS = frozenset({What.FIELDS, What.FILTER, What.INPUT, What.LOADS, What.ORDER, What.RECORD, What.UPDATE})


def find_gone_fields(file: FileContext) -> None:
    """Note the names of what is there no more.

    Args:
        file: the file; its findings are filled.
    """
    names = file.facts.missing_names
    if names & file.source.words:
        _find_fields(file, names)


def _find_fields(file: FileContext, names: frozenset[str]) -> None:
    for check, types, name_of in _CHECKS:
        for node in file.source.nodes(*types):
            if name_of(node) in names:
                check(file, node)


def _check_read(file: FileContext, node: Node) -> None:
    """`record.field`, or `data.field = value`."""
    owner, name = node.child_by_field_name("object"), last_name(node)
    model = model_of_names(file.facts, text_of(owner))
    found = Type(What.RECORD, model) if model else file.types.of(owner) if owner is not None else None
    if found is not None:
        found = _spread_into(file.facts, found, name, _DEPTH) or found
        if has_field_of_model(found, name) and (lost := file.facts.lost_of(found.model, name)) is not None:
            place = node.child_by_field_name("property") or node
            singly = read_singly(file, place, lost) if lost.is_single and not found.is_mixed else Singly()
            note_lost(file, place, lost, Confidence.CERTAIN, *singly, is_held=found.is_mixed)
        return
    guess = file.inference.model_of(owner) if owner is not None else None
    lost = file.facts.lost_of(guess.model, name) if guess is not None else None
    if guess is not None and lost is not None:
        sureness = Confidence.LIKELY if guess.is_certain else Confidence.UNSURE
        note_lost(file, node.child_by_field_name("property") or node, lost, sureness)


def _spread_into(facts: SchemaFacts, found: Type, name: str, depth: int) -> Type | None:
    """What gives a literal a property which is not written in it: of `{ ...book }` the book, or the data of one."""
    literal = found.literal
    if literal is None or not depth or property_value(literal.node, name) is not None:
        return None
    spreads = list(spreads_in(literal.node))
    is_mixed = False
    for spread in reversed(spreads):
        brought = literal.file.types.of(spread.named_children[-1])
        brought = (_spread_into(facts, brought, name, depth - 1) or brought) if brought is not None else None
        if (
            brought is not None
            and brought.what in _SPREAD
            and brought.has(name)
            and facts.knows_field(brought.model, name)
        ):
            return replace(brought, is_mixed=is_mixed or brought.is_mixed)
        is_mixed = is_mixed or brought is None or brought.is_any  # it may bring it as well
    return None


def has_field_of_model(owner: Type, name: str) -> bool:
    """Whether a field of that name in a type would be that of its model, and is not added by something else."""
    is_added = any(member_of(each.node, name) is not None for each in owner.extras)
    return owner.what in _OF_MODELS and not owner.is_list and name not in owner.without and not is_added


def _check_pattern(file: FileContext, node: Node) -> None:
    """`const { field } = record`."""
    name, owner = key_in_pattern(node), taken_out_of(file, node)
    lost = file.facts.lost_of(owner.model, name) if owner is not None and has_field_of_model(owner, name) else None
    if lost is not None and owner is not None:
        note_lost(file, node, lost, Confidence.CERTAIN, is_held=owner.is_mixed)


def _check_property(file: FileContext, node: Node) -> None:
    """`{ field: value }` where a query, or a record, is wanted."""
    literal, name = node.parent, key_of(node)
    wanted = expected(file, literal) if literal is not None and literal.type == "object" else None
    lost = file.facts.lost_of(wanted.model, name) if wanted is not None and has_field_of_model(wanted, name) else None
    if wanted is None and literal is not None and literal.type == "object":
        _check_override(file, node, literal)
    if lost is not None and wanted is not None:
        is_checked = not wanted.is_mock
        # What a query loads can only do without it; what else takes its place is a decision.
        is_dropped = wanted.what is What.LOADS and not lost.successor
        done = Singly(removed_property(file.source, node) if is_dropped else None)
        if lost.is_single and not wanted.is_mixed:
            done = named_singly(node, wanted, lost)
        confidence = Confidence.CERTAIN if is_checked else Confidence.LIKELY
        note_lost(file, node, lost, confidence, *done, is_held=wanted.is_mixed)


def _check_override(file: FileContext, node: Node, literal: Node) -> None:
    """`{ ...record, field: value }`: what took the place of the record's own is beside it under its new name.

    Who reads the copy as a record gets what the record had. Under which name others read it, nothing tells.
    """
    name = key_of(node)
    for spread in (each for each in spreads_in(literal) if each.end_byte < node.start_byte):
        brought = file.types.of(spread.named_children[-1])
        is_there = brought is not None and brought.what is What.RECORD and has_field_of_model(brought, name)
        lost = file.facts.lost_of(brought.model, name) if brought is not None and is_there else None
        if lost is not None and lost.is_renamed:
            why = f"{missing(lost)}.{now_called(lost)} So this takes the place of it no more, but stands beside it."
            file.hint(node, Kind.GONE, Confidence.LIKELY, why)
            return


def _check_member(file: FileContext, node: Node) -> None:
    """`Prisma.BookGetPayload<{ include: { field: true } }>`."""
    owner = options_in_type(file, node.parent) if node.parent is not None else None
    lost = (
        file.facts.lost_of(owner.model, key_of(node))
        if owner is not None and has_field_of_model(owner, key_of(node))
        else None
    )
    if lost is not None:
        singly = said_singly(node, lost) if lost.is_single else Singly()
        note_lost(file, node.child_by_field_name("name") or node, lost, Confidence.CERTAIN, *singly)


def _check_attribute(file: FileContext, node: Node) -> None:
    """`<Card field={...} />`, when the component takes what a record has."""
    name, given = text_of(node.named_children[0]), given_to_component(file, node)
    lost = file.facts.lost_of(given.model, name) if given is not None and has_field_of_model(given, name) else None
    if lost is not None and given is not None:
        note_lost(file, node.named_children[0], lost, Confidence.CERTAIN, is_held=given.is_mixed)


def _name_of_attribute(node: Node) -> str:
    return text_of(node.named_children[0]) if node.named_children else ""


_CHECKS = (
    (_check_read, READS, last_name),
    (_check_pattern, ("shorthand_property_identifier_pattern", "pair_pattern"), key_in_pattern),
    (_check_property, PROPERTIES, key_of),
    (_check_member, ("property_signature",), key_of),
    (_check_attribute, ("jsx_attribute",), _name_of_attribute),
)


def note_lost(
    file: FileContext,
    node: Node,
    lost: LostField,
    confidence: Confidence,
    edits: list[Edit] | None = None,
    needs: tuple[str, ...] = (),
    *,
    is_held: bool = False,
) -> None:
    """Note a place that names a field which is no more.

    Args:
        file: the file; its findings are filled.
        node: the place.
        lost: the field.
        confidence: how sure it is that something has to be done.
        edits: what is done without it; one that is only called otherwise is called so.
        needs: what these need.
        is_held: whether the name stands for something else as well, and must not be changed for this alone.
    """
    why = f"{missing(lost)}.{now_called(lost)}"
    if lost.is_renamed and not is_held:
        edits = renamed(node, lost.successor)
    file.hint(node, Kind.GONE, confidence, why, edits, needs=needs)
