"""Reads on from a relation or field that may be null now, `book.author.name`: they throw where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.context import Terms
from prisma_decouple.typescript.edits.detours import bypassed
from prisma_decouple.typescript.finders.reads.direct_reads import (
    check_fluent,
    check_pattern,
    is_bypassed,
    made_safe,
    own_of_read,
    reason_of_read,
    tell_read,
)
from prisma_decouple.typescript.finders.reads.onward import note_onward
from prisma_decouple.typescript.finders.reads.stand_ins import note_stand_in
from prisma_decouple.typescript.finders.uses.absent_reads import relation_read
from prisma_decouple.typescript.finders.uses.key_uses import Use, use_of
from prisma_decouple.typescript.finders.uses.loaded_relations import note_detour, note_read
from prisma_decouple.typescript.finders.uses.safe_reads import (
    edits_of_read,
    gap_told,
    needs_of_read,
    outermost,
    use_in_chain,
)
from prisma_decouple.typescript.finders.uses.unknown_receivers import note_nothing_sent
from prisma_decouple.typescript.finders.widening.widened_members import mended_subject
from prisma_decouple.typescript.finders.widening.widened_records import noted_for
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_of_others
from prisma_decouple.typescript.source.operators import FALLBACKS
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    READS,
    chain_around,
    last_name,
    owner_of_read,
    parenthesized,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import METHODS
from prisma_decouple.typescript.types.chosen_elements import is_chosen
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.prisma.delegates import looks_like_client
from prisma_decouple.typescript.types.prisma.given_keys import is_there
from prisma_decouple.typescript.types.prisma.inference import Guess
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import excerpt, model_list, with_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

# What gives a value that has no name.
_GIVING = frozenset({"await_expression", "binary_expression", "call_expression", "ternary_expression"})
# What frameworks call that from which code learns who asks for what, and what they answer; it is no record.
_SURROUNDINGS = frozenset({"body", "context", "ctx", "json", "locals", "req", "request", "session"})


def find_reads(file: FileContext) -> None:
    """Note the reads that fail when the related record is absent.

    Args:
        file: the file; its findings are filled.
    """
    fields = frozenset(relation.field for relation in file.facts.optional)
    for field in sorted(fields):
        relations = [relation for relation in file.facts.optional if relation.field == field]
        for node in file.source.nodes(*READS):
            if last_name(node) == field and not _is_client_property(file, node):
                _check(file, node, relations)
    for node in file.source.nodes("non_null_expression"):
        _check_assertion(file, node)
    for node in file.source.called(*fields):
        check_fluent(file, node)
    for node in file.source.nodes("pair_pattern"):
        check_pattern(file, node)
    _find_other_reads(file, fields)


def _find_other_reads(file: FileContext, fields: frozenset[str]) -> None:
    """The reads from variables, keys, members of written types, and what a call or a condition gives."""
    plain = {name for model in file.facts.changed_models for name in file.facts.nullable_names(model)}
    plain = (plain | set(file.findings.widened.values())) - fields
    for node in file.source.nodes(*READS):
        owner = owner_of_read(node)
        if owner is not None and (owner.type == "identifier" or _is_renamed(file, owner)):
            _check_variable(file, owner)
        if owner is not None and owner.type in {"identifier", *READS}:
            _check_key(file, owner)
        if owner is not None and owner.type in _GIVING and not file.is_told(parenthesized(owner), Kind.READ):
            _check_key(file, owner)
            _check_variable(file, owner)
        if owner is not None and owner.type in READS and last_name(owner) in plain:
            _check_plain(file, owner)
    for node in file.source.nodes("variable_declarator"):
        value = node.child_by_field_name("value")
        if value is not None and value.type in _GIVING and not file.is_told(value, Kind.READ):
            _check_variable(file, value)  # `const { name } = authorOf(book)`


def _is_renamed(file: FileContext, owner: Node) -> bool:
    """Whether a related record is kept in a property with another name than its relation: `{ writer: book.author }`."""
    found = file.types.of(owner) if owner.type in READS else None
    return found is not None and found.became_null is not None and found.became_null[1] != last_name(owner)


def _check_assertion(file: FileContext, node: Node) -> None:
    """`book.author!` that is kept or handed on: what is read from it is told where it is read."""
    inner = node.named_children[0]
    found = file.types.of(inner)
    if found is None or found.became_null is None or not found.is_nullable or use_in_chain(node) is not None:
        return
    if is_there(file, inner) or is_chosen(file, inner):
        file.fine()
        return
    model, field = found.became_null
    why = f"This asserts that the `{field}` of {with_article(model)} is there, which it need not be now."
    file.hint(node, Kind.READ, Confidence.LIKELY, why)


def _check_plain(file: FileContext, value: Node) -> None:
    """A method or property of the member of a written type that has to allow null now."""
    use = use_in_chain(value)
    if use is not None and noted_for(file, value):
        _check_widened(file, value, use)


def _check_key(file: FileContext, value: Node) -> None:
    """A method or property of a field that may be null now."""
    found = file.types.of(value)
    use = use_in_chain(value)
    if found is None or found.what is not What.KEY or not found.is_nullable or found.is_list or use is None:
        return
    if use.type == "optional_chain" or is_narrowed(file, value):
        file.fine()
        return
    why = f"The `{found.field}` of {with_article(found.model)} may be null now, and reading on from null throws."
    place = outermost(value)
    if is_bypassed(file, value):
        file.hint(place, Kind.READ, Confidence.CERTAIN, why)
        return
    needs, why = needs_of_read(file, value), why + gap_told(value)
    file.hint(place, Kind.READ, Confidence.CERTAIN, why, edits_of_read(file, value, use), needs=needs, absent=value)


def _check_variable(file: FileContext, name: Node) -> None:
    """A variable, a property of another name, or a call, that gives a related record which may be absent now."""
    found = file.types.of(name)
    use = use_in_chain(name)
    if found is None or use is None or found.is_list:
        return
    if found.became_null is None:
        if noted_for(file, name):
            _check_widened(file, name, use)
        return
    if not found.is_nullable:
        return  # it was asserted, or chosen, where it was taken
    if use.type == "optional_chain" or is_narrowed(file, name):
        note_read(file, found.place, is_safe=True, at=name)
        _note_safe(file, name, _relations_of(file, *found.became_null), Confidence.LIKELY, found.place)
        return
    note_read(file, found.place)
    model, field = found.became_null
    is_itself = found.what is not What.RECORD or found.model == file.facts.target_of(model, field)
    said = "is" if is_itself else "belongs to"
    why = f"`{excerpt(text_of(name))}` {said} the `{field}` of {with_article(model)}, which may be null now."
    relations = _relations_of(file, model, field)
    own = own_of_read(file, name, relations)
    why += f" Its own `{own}` is always there: read that." if own else ""
    tell_read(file, name, use, Confidence.CERTAIN, relations, why)


def _is_client_property(file: FileContext, node: Node) -> bool:
    """Whether it is `prisma.author` of `prisma.author.findMany()`, which has the relation's name by chance."""
    owner, outer = node.child_by_field_name("object"), node.parent
    is_query = outer is not None and outer.type == "member_expression" and last_name(outer) in METHODS
    found = file.types.of(owner) if owner is not None else None
    is_other = found is not None and found.what is not What.CLIENT  # what `queryClient.fetchQuery(...)` gives
    if found is not None and found.what is What.RECORD:
        return False  # a related record may have a field that is called like a query: `book.author.count`
    return is_query or (owner is not None and not is_other and looks_like_client(owner))


def _check(file: FileContext, node: Node, relations: Sequence[OptionalRelation]) -> None:
    """`book.author`, of what may be a book, when something is read on from it."""
    use = use_in_chain(node)
    if use is None:
        _note_handed_on(file, node)
        return
    if noted_for(file, node):
        _check_widened(file, node, use, relations)
        return
    found = file.types.of(node)
    if found is not None and found.became_null is None:
        _check_like(file, node, use)
        return  # a record of another model, or one that is said to be there
    guess = _guessed(file, node, found) if not _is_of_anything(file, node, relations) else None
    if guess is None and not _may_be_read(file, node, relations):
        file.fine()
        return
    concerned = [relation for relation in relations if guess is not None and relation.model == guess.model]
    if guess is not None and not concerned:
        is_of_another = guess.is_certain or file.facts.target_of(guess.model, relations[0].field)
        if is_of_another or not _may_be_read(file, node, relations):
            return  # nothing became optional there
    if use.type == "optional_chain" or is_narrowed(file, node) or is_chosen(file, node):
        loaded = found.place if found is not None else None
        note_read(file, loaded, is_safe=True, at=node)
        is_known = bool(concerned) and guess is not None and guess.is_certain
        sureness = Confidence.LIKELY if is_known else Confidence.UNSURE
        _note_safe(file, node, concerned or relations, sureness, loaded, is_guessed=not concerned)
        return
    for each in (found.place, *found.also) if found is not None else ():
        note_read(file, each)
    confidence = _confidence(file, node, concerned, guess, relations)
    why = reason_of_read(file, node, concerned or relations)
    needs = tell_read(file, node, use, confidence, concerned or relations, why)
    if needs and confidence is Confidence.CERTAIN:
        note_onward(file, outermost(node), text_of(node))


def _is_of_anything(file: FileContext, node: Node, relations: Sequence[OptionalRelation]) -> bool:
    """Whether a function that takes anything reads what only changed models have: `render: (row: any) => …`."""
    is_asked = node.parent is not None and node.parent.child_by_field_name("optional_chain") is not None
    owner = node.child_by_field_name("object") if file.is_second_look and not is_asked else None
    binding = binding_of(owner) if owner is not None else None
    found = file.types.of(owner) if owner is not None and binding is not None and binding.type in PARAMETERS else None
    return found is not None and found.is_any and not any(file.facts.namesakes(each) for each in relations)


def _note_handed_on(file: FileContext, node: Node) -> None:
    """Keep that a related record is handed on, or kept, only where there is one: `author ? show(author) : 0`.

    So it is where something else is there for want of it, `{ ...(book.author ?? {}) }`.
    """
    found = file.types.of(node)
    if found is not None and found.what is What.RECORD and (is_narrowed(file, node) or _has_other(node)):
        note_read(file, found.place, is_safe=True, at=node)


def _has_other(node: Node) -> bool:
    """Whether something is there for want of a value that is not nothing as well."""
    outer = node.parent
    other = outer.child_by_field_name("right") if outer is not None else None
    is_fallback = outer is not None and text_of(outer.child_by_field_name("operator")) in FALLBACKS
    return is_fallback and other is not None and other != node and unwrapped(other).type not in NOTHING


def _check_like(file: FileContext, node: Node, use: Node) -> None:
    """A relation of what only repeats a model, in a type that says already that it may be absent."""
    is_asked = use.type == "optional_chain"
    relation = relation_read(file, node) if is_asked or is_narrowed(file, node) else None
    if relation is not None and is_asked and _detour(file, node, [relation]) is not None:
        _note_safe(file, node, [relation], Confidence.UNSURE)
    elif relation is not None:
        note_stand_in(file, node, relation)


def _guessed(file: FileContext, node: Node, found: Type | None) -> Guess | None:
    """The model of the record out of which a relation is read: as types tell, else as it seems."""
    if found is not None and found.became_null is not None:
        return Guess(found.became_null[0], is_certain=True)
    owner = node.child_by_field_name("object")
    return file.inference.model_of(owner) if owner is not None else None


def _note_safe(
    file: FileContext,
    node: Node,
    relations: Sequence[OptionalRelation],
    confidence: Confidence,
    loaded: Place | None = None,
    *,
    is_guessed: bool = False,
) -> None:
    """A read with `?.` or behind a check: it may miss what the record has itself now, or show "undefined" in a text."""
    place, detour = outermost(node), _detour(file, node, relations)
    is_shown = use_of(file, chain_around(node)) is Use.SHOWN and not is_guessed  # who asks for the unknown has reason
    if is_there(file, node) or not (is_shown or detour is not None):
        if not is_guessed and note_nothing_sent(file, chain_around(node)):
            return
        if is_guessed or not relations or not note_stand_in(file, node, relations[0]):
            file.fine()
        return
    if detour is None:
        why = f"`{excerpt(text_of(place))}` may be undefined now, and would be shown as `undefined`."
        file.hint(place, Kind.READ, Confidence.UNSURE, why)
        return
    note_detour(file, loaded)
    models = with_article(model_list(relation.model for relation in relations))
    why = (
        f"Without `{relations[0].field}` this gives nothing, though {models} always has its own `{detour}`: read that."
    )
    file.hint(place, Kind.READ, confidence, why)


def _detour(file: FileContext, node: Node, relations: Sequence[OptionalRelation]) -> str | None:
    """The relation that a record has itself now, and that is read here by way of another one."""
    found = (bypassed(file, node, relation) for relation in relations)
    return next((own for _, own in filter(None, found)), None)


def _relations_of(file: FileContext, model: str, field: str) -> list[OptionalRelation]:
    return [relation for relation in file.facts.optional_of(model) if relation.field == field]


def _check_widened(file: FileContext, node: Node, use: Node, relations: Sequence[OptionalRelation] = ()) -> None:
    """A read on from a member of a written type that has to allow null."""
    is_quiet = file.findings.offered.issuperset(noted_for(file, node))
    if use.type == "optional_chain" or is_narrowed(file, node):
        if not is_quiet:
            _note_safe(file, node, relations, Confidence.LIKELY)
        return
    why = f"`{text_of(node)}` comes from a record in which it may be null now, and reading on from null throws."
    place = outermost(node)
    subject = mended_subject(Place(file, node))
    detour = _detour(file, node, relations)
    if detour is not None:
        why += f" Its own `{detour}` is always there: load that, and read it instead."
    edits, more, needs = made_safe(file, node, use, relations)
    terms = Terms(subject=subject, needs=needs, is_lazy=True, is_quiet=is_quiet)
    file.hint(place, Kind.READ, Confidence.CERTAIN, why + more, edits, **terms)
    if needs and not is_quiet:
        note_onward(file, place, text_of(node))


def _confidence(
    file: FileContext,
    node: Node,
    concerned: Sequence[OptionalRelation],
    guess: Guess | None,
    relations: Sequence[OptionalRelation],
) -> Confidence:
    if concerned and guess is not None:
        return Confidence.CERTAIN if guess.is_certain else Confidence.LIKELY
    is_ambiguous = any(file.facts.namesakes(relation) for relation in relations)
    next_name = last_name(node.parent)
    is_of_target = any(file.facts.target_of(relation.target, next_name) for relation in relations)
    return Confidence.LIKELY if guess is None and is_of_target and not is_ambiguous else Confidence.UNSURE


def _may_be_read(file: FileContext, node: Node, relations: Sequence[OptionalRelation]) -> bool:
    """Whether something of which nothing is known may be a relation: its record has what is read on from it."""
    name = last_name(node.parent)
    is_surrounding = last_name(node.child_by_field_name("object")) in _SURROUNDINGS
    if is_surrounding or is_of_others(file.facts, relations, file.source.words):
        return False
    for target in {each.target for each in relations}:
        columns = {each.name for each in file.facts.columns if each.model == target}
        if not columns or not name or name in columns or file.facts.target_of(target, name) is not None:
            return True
    return False
