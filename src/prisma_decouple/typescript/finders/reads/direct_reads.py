"""What is told of a read through a relation that may be absent: the direct way, where there is one, or `?.`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.edits.assertions import GIVEN, asserted
from prisma_decouple.typescript.edits.detours import bypassed, direct_read
from prisma_decouple.typescript.finders.reads.onward import note_onward
from prisma_decouple.typescript.finders.reads.shown_fallbacks import shown_instead
from prisma_decouple.typescript.finders.reads.shown_otherwise import shown_without
from prisma_decouple.typescript.finders.reads.shown_together import shown_around
from prisma_decouple.typescript.finders.reads.stand_ins import turns_away
from prisma_decouple.typescript.finders.uses.addressed import NOWHERE, gets_into_address
from prisma_decouple.typescript.finders.uses.loaded_relations import note_read
from prisma_decouple.typescript.finders.uses.safe_reads import (
    edits_of_read,
    gap_told,
    needs_of_read,
    outermost,
    use_in_chain,
)
from prisma_decouple.typescript.finders.uses.whole_links import link_around
from prisma_decouple.typescript.finders.uses.whole_literals import whole_around
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.references import is_reference
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    READS,
    ancestors,
    callee,
    chain_around,
    descendants,
    function_around,
    has_safe_read,
    is_function,
    is_inside,
    key_of,
    parenthesized,
    text_of,
)
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.uses import members_of_type
from prisma_decouple.typescript.types.taken import taken_apart, taken_out_of
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import MADE_SAFE, excerpt, model_list, with_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.finders.uses.whole_literals import Whole

_READING = (*READS, "pair_pattern")
_NO_VALUE = NOTHING | {'""', "''"}
_STATEMENTS = frozenset({"if_statement", "ternary_expression", "while_statement"})


def tell_read(
    file: FileContext,
    node: Node,
    use: Node,
    confidence: Confidence,
    relations: Sequence[OptionalRelation],
    why: str,
) -> tuple[str, ...]:
    """Note a read, with what the patch does there.

    What is always there is not given up for what may be absent: where the record has itself what is read, and nothing
    can be seen that loads it, the patch does nothing.

    Args:
        file: the file.
        node: the relation, or the variable that holds it.
        use: what takes something out of it.
        confidence: how sure it is that it may be absent.
        relations: those that it may be.
        why: the reason.

    Returns:
        What reading nothing needs, where that is what the patch would do.
    """
    place = outermost(node)
    is_certain = confidence is Confidence.CERTAIN and bool(relations)
    is_asked = is_certain and _is_relied_on(node)
    detour = direct_read(file, node, relations[0]) if is_certain and not is_asked else None
    if detour is not None:
        own = (*detour.edits, *detour.loads.get(file.source.path, ()))
        elsewhere = {path: edits for path, edits in detour.loads.items() if path != file.source.path}
        file.hint(place, Kind.READ, confidence, why, own, elsewhere=elsewhere)
        return ()
    if is_certain and not is_asked and (own_of_read(file, node, relations) or is_bypassed(file, node)):
        file.hint(place, Kind.READ, confidence, why)
        return ()
    whole = whole_around(file, node) or link_around(file, node) or shown_around(file, node)
    given = asserted(file, node)
    if given is not None and (whole is not None or made_safe(file, node, use, relations).needs):
        file.hint(place, Kind.READ, confidence, why + GIVEN, given)
        return ()
    if whole is not None:
        return _tell_whole(file, node, whole, confidence, why)
    taken = _taken_instead(chain_around(node)) or _shown_instead(file, node)
    edits, more, needs = made_safe(file, node, use, relations)
    why += f"{MADE_SAFE} it gives `{taken}` without it: look whether that is meant." if taken else more
    file.hint(place, Kind.READ, confidence, why, edits, needs=needs, absent=node)
    return needs


def _tell_whole(file: FileContext, node: Node, whole: Whole, confidence: Confidence, why: str) -> tuple[str, ...]:
    """Note, at the first read of a literal or a link, that all of it is nothing without the record."""
    needs = () if whole.is_taken else ("a place that takes nothing",)
    file.note(file.source.position(outermost(node)), Kind.READ)
    if whole.is_first:
        why = f"{why} {whole.told}"
        file.hint(whole.place, Kind.READ, confidence, why, whole.edits, needs=needs, absent=node)
        if needs and confidence is Confidence.CERTAIN:
            note_onward(file, whole.place, text_of(node), whole.nothing)
    return ()


class Safe(NamedTuple):
    """How a read is made safe.

    Attributes:
        edits: what does it, None where nothing can.
        told: what is said of it then, behind another sentence.
        needs: what it needs.
    """

    edits: list[Edit] | None
    told: str
    needs: tuple[str, ...]


def made_safe(file: FileContext, node: Node, use: Node, relations: Sequence[OptionalRelation]) -> Safe:
    """How a read is made safe, with what is shown for others like it in its place where they say one thing.

    Args:
        file: the file.
        node: the relation, or the variable that holds it.
        use: what takes something out of it.
        relations: those that it may be.
    """
    if gets_into_address(file, node):
        return Safe(None, NOWHERE, needs_of_read(file, node))
    edits = edits_of_read(file, node, use)
    shown = shown_instead(file, node, relations[0]) if edits is not None and relations else None
    if edits is None or shown is None:
        return Safe(edits, gap_told(node), needs_of_read(file, node))
    end = chain_around(node).end_byte
    told = f"{MADE_SAFE} it is `{shown.text}` without it, {shown.told}."
    return Safe(
        [*edits, Edit(end, end, f" {shown.operator} {shown.text}")], told, needs_of_read(file, node, is_filled=True)
    )


def _taken_instead(value: Node) -> str:
    """What stands behind a value for want of it, and was never taken as long as it was always there."""
    node = parenthesized(value)
    choice = node.parent
    is_choice = choice is not None and text_of(choice.child_by_field_name("operator")) in FALLBACKS
    other = choice.child_by_field_name("right") if choice is not None and is_choice else None
    return excerpt(text_of(other)) if other is not None and other != node and text_of(other) not in _NO_VALUE else ""


def _shown_instead(file: FileContext, node: Node) -> str:
    """The text that a choice shows for want of what its condition asks for."""
    text = shown_without(file, node)
    return excerpt(text_of(text)) if text is not None else ""


def _is_relied_on(node: Node) -> bool:
    """Whether a condition asks by `?.`, and what is read below it needs the related record itself to be there."""
    place, value = outermost(node), plain(text_of(node))
    statement = next((each for each in ancestors(place) if each.type in _STATEMENTS or is_function(each)), None)
    condition = statement.child_by_field_name("condition") if statement is not None else None
    block = function_around(node)
    if condition is None or block is None or not is_inside(condition, place) or not has_safe_read(node):
        return False
    below = [each for kind in _READING for each in descendants(block, kind) if each.start_byte > condition.end_byte]
    return any(value in {plain(text_of(each)), _taken_apart_whole(each)} for each in below)


def _taken_apart_whole(part: Node) -> str:
    """What a pattern reads on from while it is taken out itself: `author` in `const { author: { name } } = book`."""
    pattern = part.parent if part.type == "pair_pattern" else None
    declarator = pattern.parent if pattern is not None else None
    value = declarator.child_by_field_name("value") if declarator is not None else None
    is_whole = value is not None and declarator is not None and declarator.child_by_field_name("name") == pattern
    return f"{plain(text_of(value))}.{key_of(part)}" if is_whole else ""


def check_fluent(file: FileContext, call: Node) -> None:
    """A read of what `(await db.book.findUniqueOrThrow(...).author())` gives, which may be null.

    Args:
        file: the file; its findings are filled.
        call: the call.
    """
    method = callee(call)[1]
    relations = [relation for relation in file.facts.optional if relation.field == method]
    found = file.types.of(call) if relations else None
    place = call
    while place.parent is not None and place.parent.type in {"await_expression", "parenthesized_expression"}:
        place = place.parent
    use = use_in_chain(place) if found is not None and found.became_null is not None else None
    if use is not None and use.type != "optional_chain":
        why, edits = reason_of_read(file, place, relations), edits_of_read(file, place, use)
        file.hint(
            outermost(place),
            Kind.READ,
            Confidence.CERTAIN,
            why,
            edits,
            needs=needs_of_read(file, place),
        )


def check_pattern(file: FileContext, pattern: Node) -> None:
    """`const { author: { name } } = book`: what is taken out of a related record, or a key, that is taken out itself.

    Args:
        file: the file; its findings are filled.
        pattern: the pair of the pattern.
    """
    names = {name for model in file.facts.changed_models for name in file.facts.nullable_names(model)}
    related = taken_apart(file, pattern) if key_of(pattern) in names else None
    if related is None or _is_widened(file, pattern):
        _check_widened(file, pattern)
        return
    is_key = related.what is What.KEY and related.is_nullable and not related.is_list
    model, field = related.became_null or ((related.model, related.field) if is_key else ("", ""))
    if field != key_of(pattern):
        return
    if _is_asked_before(file, pattern):
        file.fine()
        return
    note_read(file, related.place)
    why = f"The `{field}` of {with_article(model)} may be null now, and nothing can be taken out of null."
    file.hint(pattern, Kind.READ, Confidence.CERTAIN, why)


def _is_widened(file: FileContext, pattern: Node) -> bool:
    """Whether what a pattern takes apart is the value of a member of a written type that has to let null in."""
    inner = pattern.child_by_field_name("value")
    owner = taken_out_of(file, pattern) if inner is not None and inner.type == "object_pattern" else None
    members = members_of_type(owner, key_of(pattern)) if owner is not None else ()
    return any(place_key(each) in file.findings.widened for each in members)


def _check_widened(file: FileContext, pattern: Node) -> None:
    """The same of a member of a written type that has to let null in: of a row as a route answers it.

    Where the compiler sees all of it, it minds that by itself once the type does.
    """
    if file.is_second_look and _is_widened(file, pattern) and not _is_asked_before(file, pattern):
        told = f"`{key_of(pattern)}` comes from a record in which it may be null now"
        file.hint(pattern, Kind.READ, Confidence.CERTAIN, f"{told}, and nothing can be taken out of null.")


def _is_asked_before(file: FileContext, part: Node) -> bool:
    """Whether what a part of a pattern takes apart was asked for above, `const { author: { name } } = book`."""
    value = _taken_apart_whole(part)
    declarator = part.parent.parent if part.parent is not None else None
    record = declarator.child_by_field_name("value") if declarator is not None else None
    return bool(value) and record is not None and is_reference(record) and is_narrowed(file, record, value)


def own_of_read(file: FileContext, node: Node, relations: Sequence[OptionalRelation]) -> str:
    """What a record has itself now of what is read through its relation; empty where nothing is, or nobody can tell."""
    record = node.child_by_field_name("object")
    found = file.types.of(record) if record is not None else None
    is_mixed = found is not None and found.is_mixed
    beyond = bypassed(file, node, relations[0]) if relations and not is_mixed else None
    return beyond[1] if beyond is not None else ""


def is_bypassed(file: FileContext, node: Node) -> bool:
    """Whether what is read through a relation is what its record has itself now: read there, it is always there.

    Args:
        file: the file.
        node: the read, `book.author.houseId`.
    """
    owner = node.child_by_field_name("object")
    found = file.types.of(owner) if owner is not None else None
    if owner is None or found is None or found.became_null is None or not found.is_nullable:
        return False
    model, field = found.became_null
    relations = [each for each in file.facts.optional_of(model) if each.field == field]
    return bool(own_of_read(file, owner, relations))


def reason_of_read(file: FileContext, node: Node, relations: Sequence[OptionalRelation]) -> str:
    """The reason for which a read through a relation is told."""
    models = model_list(relation.model for relation in relations)
    why = f"The `{relations[0].field}` of {with_article(models)} may be null now, and reading on from null throws."
    own = own_of_read(file, node, relations) if not _is_relied_on(node) else ""
    if own:
        is_key = file.facts.relation_of(relations[0].model, own) is None
        condition = "" if is_key else f", once the query loads `{own}` itself"
        why += f" `{text_of(node.child_by_field_name('object'))}.{own}` is always there{condition}."
    elif any(turns_away(file, node, relation) for relation in relations):
        why += f"{MADE_SAFE} this turns away whoever asks then: say who may."
    return why
