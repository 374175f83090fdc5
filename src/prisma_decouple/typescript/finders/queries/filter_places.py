"""Where in a query a property stands, by its type, else by the keys, lists and variables around it."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.finders.uses.destinations import is_made_there, wanted_later
from prisma_decouple.typescript.source.kept_literals import call_around
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.scopes import binding_of, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    callee,
    descendants,
    key_of,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import ADDS, ID, METHODS
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.prisma.forwarded import wanted_by_query
from prisma_decouple.typescript.types.prisma.queries import LOADING, PARTS, TRANSPARENT
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

# Where a literal stands that gets somewhere else.
_GIVEN = frozenset({"arguments", "parenthesized_expression", "return_statement"})
_KEEPING = frozenset({"assignment_expression", "public_field_definition", "variable_declarator"})
_ROOTS = LOADING | {"where", "orderBy", "having"}
_DEPTH = 3
_READING = re.compile(r"find|count|aggregate|groupBy")
# The queries for one record by its key.
OF_ONE = frozenset({"delete", "findUnique", "findUniqueOrThrow", "update", "upsert"})
PLAIN = frozenset({"identifier", "member_expression", "number", "shorthand_property_identifier", "string"})
_ROOT_OF = {What.FILTER: "where", What.LOADS: "include", What.ORDER: "orderBy"}


class Part(NamedTuple):
    """Where in a query a relation stands: below which keyword, and of which model it is; empty when unknown."""

    root: str
    model: str


def place_of(file: FileContext, pair: Node) -> Part | None:
    """Where in a query a property stands, by its type, else by the keys around it; None when it is in no query."""
    wanted = expected(file, pair.parent) if pair.parent is not None else None
    is_told = wanted is not None and not is_made_there(wanted)
    return _typed_place(wanted) if wanted is not None and is_told else _written_place(file, pair)


def _typed_place(owner: Type) -> Part | None:
    return Part(_ROOT_OF[owner.what], owner.model) if owner.what in PARTS else None


def _written_place(file: FileContext, pair: Node, depth: int = _DEPTH) -> Part | None:
    """Climb from a property to the keyword of its query, or to the variable that will be part of one."""
    relation = ""
    if pair.type == "shorthand_property_identifier":
        return None
    for node in ancestors(pair):
        if node.type == "pair":
            key = key_of(node)
            if key in _ROOTS:
                return Part(key, _model(file, relation) or (_container_model(file, node) if not relation else ""))
            if key not in TRANSPARENT and not relation:
                relation = key
        elif node.type in _KEEPING:
            return _place_of_kept(file, node, relation)
        elif node.type == "object" and node.parent is not None and node.parent.type in _GIVEN:
            place = _place_later(file, node, depth)
            return Part(place.root, _model(file, relation)) if place is not None and relation else place
        elif node.type in {"arguments", "statement_block", "class_body"}:
            return None
    return None


def _place_later(file: FileContext, node: Node, depth: int) -> Part | None:
    """Where a condition gets that is handed on, or put into a list."""
    found = next(filter(None, map(_typed_place, wanted_later(file, node))), None)
    is_listed = found is None and node.parent is not None and node.parent.type == "arguments" and bool(depth)
    return _place_in_list(file, node.parent, depth - 1) if is_listed and node.parent is not None else found


def _place_in_list(file: FileContext, arguments: Node, depth: int) -> Part | None:
    """Where the conditions stand that are put into a list first: `both.push({ author: … }); where.AND = both`."""
    receiver, method = callee(arguments.parent) if arguments.parent is not None else (None, "")
    listed = binding_of(receiver) if method in ADDS else None
    for use in uses_of_variable(listed) if listed is not None and listed.type == "variable_declarator" else ():
        holder, place = use.parent, None
        left = holder.child_by_field_name("left") if holder is not None else None
        if holder is not None and key_of(holder) in TRANSPARENT:
            place = _written_place(file, holder, depth)
        elif left is not None and last_name(left) in TRANSPARENT:
            place = assigned_place(file, left)
        if place is not None:
            return place
    return None


def _place_of_variable(file: FileContext, declarator: Node, relation: str) -> Part | None:
    """What a variable is used as, else what it is called."""
    return _place_of_uses(file, uses_of_variable(declarator), key_of(declarator), relation)


def _place_of_field(file: FileContext, field: Node, relation: str) -> Part | None:
    """What a field of a class is used as in that class: `include: this.loaded`."""
    name = text_of(field.child_by_field_name("name"))
    around = field.parent
    reads = descendants(around, "member_expression") if around is not None and name else ()
    return _place_of_uses(file, (each for each in reads if text_of(each) == f"this.{name}"), name, relation)


def _place_of_uses(file: FileContext, uses: Iterable[Node], name: str, relation: str) -> Part | None:
    """What something is used as: of several models, as that of which something may be absent now."""
    wanted = (each for use in uses for each in wanted_later(file, use))
    places, changed = [*filter(None, map(_typed_place, wanted))], {each.model for each in file.facts.optional}
    used = next((each for each in places if each.model in changed), next(iter(places), None))
    root = used.root if used is not None else _root_by_name(name)
    model = _model(file, relation) if relation or used is None else used.model
    return Part(root, model) if root else None


def _place_of_kept(file: FileContext, holder: Node, relation: str) -> Part | None:
    """What a variable is, and what `where.OR = [...]`, `where.author = { ... }` and `where = { ... }` are put into."""
    if holder.type == "variable_declarator":
        return _place_of_variable(file, holder, relation)
    if holder.type == "public_field_definition":
        return _place_of_field(file, holder, relation)
    left = holder.child_by_field_name("left")
    if left is None or left.type != "member_expression":
        binding = binding_of(left)
        is_variable = binding is not None and binding.type == "variable_declarator"
        return _place_of_variable(file, binding, relation) if binding is not None and is_variable else None
    place = assigned_place(file, left)
    inner = relation or (last_name(left) if last_name(left) not in TRANSPARENT else "")
    return Part(place.root, _model(file, inner) if inner else place.model) if place is not None else None


def assigned_place(file: FileContext, left: Node) -> Part | None:
    """Where in a query `where.relation = value` and the like put something."""
    owner = left.child_by_field_name("object")
    if owner is None:
        return None
    found = file.types.of(owner)
    if found is not None and found.what not in {What.MAP, What.SHAPE, What.VALUE}:
        return _typed_place(found)
    binding = binding_of(owner)
    if binding is not None and binding.type == "variable_declarator":
        return _place_of_variable(file, binding, "")  # `const where: any = {}`, or a type of its own
    if found is not None:
        return None
    root = _root_by_name(last_name(unwrapped(owner)))
    return Part(root, "") if root else None


def reads_only(condition: Node) -> bool:
    """Whether the query of a condition only reads what it finds, for all that can be seen, or also changes it."""
    call = call_around(condition)
    method = callee(call)[1] if call is not None else ""
    return method not in METHODS or _READING.match(method) is not None


def _root_by_name(name: str) -> str:
    return next((root for root in sorted(_ROOTS) if root.lower() in name.lower()), "")


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
        wanted = wanted_by_query(file, options) if options is not None else None
        return file.delegates.model_of(receiver) or (wanted.model if wanted is not None else "")
    return ""


def expected_model(file: FileContext, node: Node) -> str:
    """The model of the query that a test expects: of `expect(db.book.findMany).toHaveBeenCalledWith({ … })`.

    Args:
        file: the file.
        node: a property in what is expected.
    """
    for call in (each for each in ancestors(node) if each.type == "call_expression"):
        expectation = callee(call)[0]
        while expectation is not None and expectation.type == "member_expression":
            expectation = expectation.child_by_field_name("object")  # `expect(…).not`
        is_meant = expectation is not None and callee(expectation)[1] == "expect"
        asked = call_arguments(expectation)[:1] if is_meant and expectation is not None else []
        owner = asked[0].child_by_field_name("object") if asked else None
        if owner is not None:  # what stands in for a client has a type of its own, and is called like one
            return next((each for each in file.facts.models if client_accessor(each) == last_name(owner)), "")
    return ""


def named_by(node: Node, *, is_of_one: bool) -> str:
    """The key of the record itself that a filter asks for beside a relation; empty when it asks for no one record.

    Args:
        node: the property that is called like the relation.
        is_of_one: whether the query is for one record by its key, whatever that is called.
    """
    conditions = takewhile(lambda each: each.type != "pair" or key_of(each) == "AND", ancestors(node))
    for condition in (part for each in conditions for part in _parts(each)):
        for name, value in properties(condition):
            if value.type in PLAIN - {"string"} and (name == ID or is_of_one):
                return name
    return ""


def _parts(condition: Node) -> list[Node]:
    """The literals that hold together: a filter, or those of an `AND`."""
    found = condition.named_children if condition.type == "array" else [condition]
    return [each for each in found if each.type == "object"]
