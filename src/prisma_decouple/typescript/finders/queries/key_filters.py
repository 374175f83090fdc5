"""Filters by the key of a related record, `where: { authorId: author.id }`, which find nothing that belongs to none."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.queries.filter_places import OF_ONE, Part, named_by, place_of, reads_only
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.addresses import is_of_path
from prisma_decouple.typescript.source.conditions import present_unless
from prisma_decouple.typescript.source.kept_literals import call_around
from prisma_decouple.typescript.source.literals import comes_from_parameter
from prisma_decouple.typescript.source.scopes import binding_of, find_binding, held_by
from prisma_decouple.typescript.source.syntax import (
    callee,
    descendants,
    first_name,
    function_around,
    key_of,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.turned_away import refuses
from prisma_decouple.typescript.source.who_asks import tells_who_asks
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import model_list, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_SENT = re.compile(r"\b(?:body|formData|json|parse|parseAsync|safeParse)\b")
_OF_PAGE = "params"  # of a page, whose address has them


def check_key(file: FileContext, pair: Node) -> None:
    """`where: { authorId: author.id }`: a book without an author is found for no author.

    That matters where books belong to something else now, all of which may be wanted. What belongs to the author is
    found as before.
    """
    relations = file.facts.optional_by_key(key_of(pair))
    place = place_of(file, pair) if relations else None
    found = [each for each in relations if place is not None and place == Part("where", each.model)]
    if not found or not reads_only(pair):
        return
    value = pair.child_by_field_name("value") or pair
    owner = value.child_by_field_name("object") if value.type == "member_expression" else None
    binding = binding_of(owner)
    is_at_hand = binding is not None and binding.type == "variable_declarator"
    record = file.types.of(owner) if owner is not None and is_at_hand else None
    if record is not None and record.what is What.RECORD and record.model == found[0].target:
        replaced = [each for each in found if file.facts.successor(each) is not None]
        models = with_article(model_list(each.model for each in replaced), "A")
        why = f"{models} without `{found[0].field}` is not found by this; look whether it should be."
        if replaced:
            file.hint(pair, Kind.FILTER, Confidence.UNSURE, why)
    else:  # whose rows are wanted is for the callers to say
        _check_belonging(file, pair, value, found[0])


def _check_belonging(file: FileContext, pair: Node, value: Node, relation: OptionalRelation) -> None:
    """`if (!(await db.book.findFirst({ where: { id, authorId: input.authorId } }))) throw …`: one of nobody is refused.

    Who only may have what is their own says who they are, and one of nobody is rightly not theirs.
    """
    call, found = call_around(pair), file.types.of(value)
    if call is None or (found is not None and found.is_nullable) or is_of_path(value) or not _is_sent(value):
        return
    name = named_by(pair, is_of_one=callee(call)[1] in OF_ONE)
    if name and _is_refused_without(call):
        one, what = with_article(relation.model, "A"), f"`{relation.field}`"
        why = f"{one} without {what} is refused here, even by its `{name}`. Look whether it should be."
        file.hint(pair, Kind.FILTER, Confidence.UNSURE, why)


def _is_sent(value: Node) -> bool:
    """Whether a value is one of those that somebody sends or hands over: `input.authorId`, and not who asks."""
    binding = find_binding(value, first_name(value))
    said = binding.child_by_field_name("value") if binding is not None else None
    is_given = value.type == "member_expression" and comes_from_parameter(value) and not tells_who_asks(value)
    is_given = is_given and first_name(value) != _OF_PAGE
    return is_given or any(_SENT.search(text_of(each)) for each in (value, said))


def _is_refused_without(call: Node) -> bool:
    """Whether a function ends in an error when a query finds nothing."""
    function = function_around(call)
    for statement in descendants(function, "if_statement") if function is not None else ():
        condition, consequence = (statement.child_by_field_name(each) for each in ("condition", "consequence"))
        if condition is None or consequence is None or not refuses(consequence):
            continue
        asked = (unwrapped(value) for value in present_unless(condition))
        if any(call in (value, unwrapped(held_by(value) or value)) for value in asked):
            return True
    return False
