"""Queries that use a relation which became optional in a filter, an order, an `include` or a `select`.

`where: { author: { town } }` leaves out the books without an author, and `include: { author: true }` may load null.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.edits.direct_filters import direct_filter
from prisma_decouple.typescript.finders.queries.filter_choices import (
    asks_for_none,
    choices_beside,
    is_deliberate,
    is_search,
    mentions,
    other_choices,
)
from prisma_decouple.typescript.finders.queries.filter_places import (
    OF_ONE,
    PLAIN,
    Part,
    assigned_place,
    expected_model,
    named_by,
    place_of,
)
from prisma_decouple.typescript.finders.queries.key_filters import check_key
from prisma_decouple.typescript.finders.uses.loaded_relations import is_seen_to_load, is_told_where_sent, weighed_load
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_of_others
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.kept_literals import call_around
from prisma_decouple.typescript.source.literals import properties, spreads_in
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    PROPERTIES,
    ancestors,
    callee,
    key_of,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.prisma.given_keys import given_by_query
from prisma_decouple.typescript.types.prisma.queries import LOADING, TRANSPARENT
from prisma_decouple.typescript.types.properties import is_loaded, load_objects
from prisma_decouple.typescript.types.typed import Type, What
from prisma_decouple.typescript.wording import model_list, name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_NEGATIONS = frozenset({"NOT", "every", "isNot", "none"})
_DONE = {"count": "found", "delete": "deleted", "update": "changed", "upsert": "changed"}


def find_filters(file: FileContext) -> None:
    """Note the filters, orders, includes and selects through a relation that became optional.

    Args:
        file: the file; its findings are filled.
    """
    for node, place in _query_parts(file):
        relations = [relation for relation in file.facts.optional if relation.field == _name_of(node)]
        _check(file, node, place, relations)
    for node in file.source.nodes(*PROPERTIES):
        check_key(file, node)
    for node in file.source.nodes("assignment_expression"):
        _check_inside(file, node)


def _check_inside(file: FileContext, assignment: Node) -> None:
    """`where.author.town = value`: a filter through the relation that is put together bit by bit."""
    left = assignment.child_by_field_name("left")
    owner = left.child_by_field_name("object") if left is not None and left.type == "member_expression" else None
    through = unwrapped(owner) if owner is not None else None
    name = last_name(through) if through is not None and through.type == "member_expression" else ""
    relations = [each for each in file.facts.optional if each.field == name]
    place = assigned_place(file, through) if relations and through is not None else None
    for relation in (each for each in relations if place == Part("where", each.model)):
        why = f"This leaves out every {relation.model} without `{name}`, silently."
        if own := file.facts.own_name(relation, last_name(left)):
            why += f" Its own `{own}` is always there: ask for that."
        file.hint(assignment, Kind.FILTER, Confidence.LIKELY, why)
        return


def _query_parts(file: FileContext) -> Iterator[tuple[Node, Part]]:
    """The properties of queries, written or assigned, that are called like a relation that became optional."""
    fields = {relation.field for relation in file.facts.optional}
    for node in file.source.nodes(*PROPERTIES):
        if key_of(node) in fields and (place := place_of(file, node) or _place_by_reads(file, node)) is not None:
            yield node, place
    for node in file.source.nodes("assignment_expression"):
        left = node.child_by_field_name("left")
        if left is not None and last_name(left) in fields and (place := assigned_place(file, left)) is not None:
            yield node, place


def _place_by_reads(file: FileContext, node: Node) -> Part | None:
    """The place of what is seen to load something, although nothing here says so: `export const all = { … }`."""
    is_loading = is_seen_to_load(Place(file, node.child_by_field_name("value") or node))
    return Part("include", "") if is_loading else None


def _name_of(node: Node) -> str:
    return last_name(node.child_by_field_name("left")) or key_of(node)


def _check(file: FileContext, node: Node, place: Part, relations: Sequence[OptionalRelation]) -> None:
    concerned = [relation for relation in relations if relation.model == place.model]
    asked = expected_model(file, node) if not concerned and is_test(file.source.path) else ""
    if asked and all(relation.model != asked for relation in relations):
        return
    if not concerned and (place.model or is_of_others(file.facts, relations, file.source.words)):
        return
    value = node.child_by_field_name("value") or node.child_by_field_name("right") or node
    if is_deliberate(value) or any(asks_for_none(each, relations[0]) for each in other_choices(node)):
        file.fine()
        return
    is_ambiguous = any(file.facts.namesakes(relation) for relation in relations)
    unknown = Confidence.UNSURE if is_ambiguous else Confidence.LIKELY
    models = model_list(each.model for each in concerned or relations)
    confidence = Confidence.CERTAIN if concerned else unknown
    through = _Through(node, value, (concerned or list(relations))[0], models, confidence)
    if place.root in LOADING:
        _note_load(file, through)
    elif place.root == "orderBy":
        _note_order(file, through)
    else:
        _note_filter(file, through)


def _note_load(file: FileContext, through: _Through) -> None:
    """`include: { author: true }`, told once: where it is sent away, if nobody else is seen to get it."""
    loaded = Place(file, through.value)
    is_replaced, own = file.facts.succession(through.relation) is not None, _own_to_load(file, through)
    weighed = weighed_load(file, loaded, through.confidence, is_replaced=is_replaced)
    is_there = weighed.confidence is not Confidence.CERTAIN and _is_given(file, through.node, through.relation)
    if is_there or (weighed.is_fine and not own):
        file.fine()
    elif not is_told_where_sent(file, loaded):
        why = f"The `{through.relation.field}` that is loaded with {with_article(through.models)} may be null now."
        file.hint(through.node, Kind.INCLUDE, weighed.confidence, why + own + weighed.told)


class _Through(NamedTuple):
    """A relation that a query goes through in a filter or an order.

    Attributes:
        node: the property that is called like the relation.
        value: what it is given.
        relation: the relation, or the first one of those that it may be.
        models: the models whose relation it is or may be, in words.
        confidence: certain when the model is known.
    """

    node: Node
    value: Node
    relation: OptionalRelation
    models: str
    confidence: Confidence

    @property
    def at_most_likely(self) -> Confidence:
        """Never certain: as long as every record has one, nothing changes."""
        return Confidence.LIKELY if self.confidence is Confidence.CERTAIN else self.confidence


def _note_order(file: FileContext, through: _Through) -> None:
    """`orderBy: { author: { name: "asc" } }`."""
    models, field = with_article(through.models), through.relation.field
    why = f"Without `{field}` {models} has nothing to be ordered by; say where nulls belong."
    file.hint(through.node, Kind.FILTER, through.at_most_likely, why)


def _note_filter(file: FileContext, through: _Through) -> None:
    """`where: { author: { town } }`, which the patch turns to what the records have themselves now."""
    node, value, relation, models, confidence = through
    edits = direct_filter(file.facts, node, relation)
    has_successor = edits is not None or file.facts.successor(relation) is not None
    if not has_successor:
        confidence = through.at_most_likely
    if _is_turned_round(node, value):
        why = f"{with_article(models, 'A')} without `{relation.field}` is neither this nor not this."
        why += " Look whether it should be among what is found."
        file.hint(node, Kind.FILTER, confidence if edits is not None else through.at_most_likely, why, edits)
        return
    why = f"This leaves out every {models} without `{relation.field}`, silently."
    is_one_of_several = any(not mentions(each, relation) for each in choices_beside(node))
    if edits is None and is_one_of_several and is_search(value):
        file.fine()  # what has no author is rightly not found by the author's name
        return
    if edits is None and is_one_of_several:
        confidence = Confidence.UNSURE
        why = f"{with_article(models, 'A')} without `{relation.field}` is only found by the other conditions of `OR`."
    elif through.confidence is Confidence.CERTAIN and not has_successor and _asks_which(file, value, relation):
        confidence = Confidence.UNSURE
        why += f" If only what belongs to that {relation.target} is wanted, it is right as it is."
    elif check := _check_of_one(node, relation, models):
        why = check if edits is not None else f"{check} Say who may now."
    file.hint(node, Kind.FILTER, confidence, why, edits)


def _is_turned_round(node: Node, value: Node) -> bool:
    """Whether what is asked for is what does not hold: `NOT: { author: { town } }`, `author: { isNot: { town } }`."""
    value = unwrapped(value)
    own = [key for key, _ in properties(value)] if value.type == "object" else []
    around = (key_of(each) for each in ancestors(node) if each.type == "pair")
    return own == ["isNot"] or "NOT" in takewhile(lambda key: key in TRANSPARENT, around)


def _is_given(file: FileContext, loaded: Node, relation: OptionalRelation) -> bool:
    """Whether what is loaded is sure to be there: `create({ data: { authorId }, include: { author: true } })`.

    So is the author of each of `author.books`.
    """
    options = _options_around(loaded)
    if options is None:
        return False
    holder = options.parent if options.parent is not None and options.parent.type == "pair" else None
    place = place_of(file, holder) if holder is not None else None
    way = file.facts.relation_of(place.model, key_of(holder)) if holder is not None and place is not None else None
    given = file.facts.given_behind(way) if way is not None and way.target == relation.model else frozenset[str]()
    return relation.field in given_by_query(Type(What.RECORD, relation.model, Place(file, options), given=given))


def _options_around(loaded: Node) -> Node | None:
    """The options of the query, or of the relation, under whose `include` or `select` a relation is loaded."""
    holder = loaded.parent.parent if loaded.parent is not None else None
    return holder.parent if holder is not None and holder.type == "pair" else None


def _own_to_load(file: FileContext, through: _Through) -> str:
    """What is said, behind another sentence, of what the record has itself now of what is loaded by way of another."""
    found = file.facts.succession(through.relation)
    if found is None:
        return ""
    loaded = [name for each in load_objects(Place(file, through.value)) for name, _ in properties(each.node)]
    own = [found.own[name] for name in loaded if name in found.own]
    if found.new.field in own:
        return f" Load `{found.new.field}` as well: it is always there."
    options = _options_around(through.node)
    is_there = options is None or all(is_loaded(Place(file, options), key) for key in own)
    verb = "is" if len(own) == 1 else "are"
    told = f"Its own {name_list(own)} {verb}" if is_there else f"Load its own {name_list(own)} as well: that is"
    return f" {told} always there." if own else ""


def _asked(value: Node) -> Node:
    """A filter that is left out without what it asks for, `town ? { town } : undefined`, as it is with that."""
    sides = [value.child_by_field_name(name) for name in ("consequence", "alternative")]
    asked = [unwrapped(side) for side in sides if side is not None and text_of(unwrapped(side)) not in {*NOTHING, "{}"}]
    return asked[0] if value.type == "ternary_expression" and len(asked) == 1 else value


def _asked_for(value: Node) -> Iterator[tuple[str, Node]]:
    """What a filter asks for, also at times: `{ ...(town && { town }), ...(id ? { id } : {}) }`."""
    yield from properties(value) if value.type == "object" else ()
    for each in spreads_in(value) if value.type == "object" else ():
        spread = unwrapped(each.named_children[-1])
        sides = (spread.child_by_field_name(name) for name in ("right", "consequence", "alternative"))
        for side in (spread, *filter(None, sides)):
            yield from _asked_for(unwrapped(side))


def _asks_which(file: FileContext, value: Node, relation: OptionalRelation) -> bool:
    """Whether a filter only says which record is meant, `author: { id: authorId }`, by plain values.

    `author: { townId }` does not: it asks for the books of all authors of a town.
    """
    inner = dict(_asked_for(_asked(unwrapped(value))))
    is_negated = any(key_of(each) in _NEGATIONS for each in ancestors(value) if each.type == "pair")
    related = [each for each in file.facts.relations if each.model == relation.target]
    keys = {key for each in related for key in each.foreign_keys} - set(relation.references)
    is_of_others = not keys.isdisjoint(inner) and inner.keys().isdisjoint(relation.references)
    return bool(inner) and not is_negated and not is_of_others and all(each.type in PLAIN for each in inner.values())


def _check_of_one(node: Node, relation: OptionalRelation, models: str) -> str:
    """What a filter through a relation does to a record that is asked for by its own key: it is a check whose it is."""
    call = call_around(node)
    method = callee(call)[1] if call is not None else ""
    name = named_by(node, is_of_one=method in OF_ONE)
    if not name:
        return ""
    done = next((told for word, told in _DONE.items() if word in method), "opened, changed or deleted")
    return f"{with_article(models, 'A')} without `{relation.field}` can be {done} here by nobody, even by its `{name}`."
