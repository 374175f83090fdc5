"""What goes on compiling but means something else once a key may be null: comparisons, `switch`, deletions, lookups.

Nobody but a reader can tell whether anything has to be done there, so all of it is unsure.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.keys.meant_keys import key_meant
from prisma_decouple.typescript.finders.queries.deletions import note_taken_along
from prisma_decouple.typescript.finders.reads.stand_ins import is_turned_away_by
from prisma_decouple.typescript.finders.uses.demands import comes_out_of
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_key_of_others
from prisma_decouple.typescript.scalars import PLAIN_TYPES
from prisma_decouple.typescript.source.kept_literals import call_around, parts_given
from prisma_decouple.typescript.source.operators import DIFFERENT, EQUAL
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import binding_of, function_name, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    PROPERTIES,
    READS,
    VALUE_NAMES,
    ancestors,
    callee,
    children_of,
    descendants,
    function_around,
    is_function,
    key_of,
    last_name,
    parenthesized,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.givers import comes_of_path
from prisma_decouple.typescript.types.places.tolerance import takes
from prisma_decouple.typescript.types.prisma.given_keys import is_there
from prisma_decouple.typescript.types.retyped import field_behind
from prisma_decouple.typescript.types.typed import DATA, What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_SIDES = ("left", "right")
_VALUES = frozenset({"identifier", *READS})
_ASKED = _VALUES | {"call_expression"}
_CONDITIONS = frozenset({"await_expression", "binary_expression", "parenthesized_expression"})
_NAMED = frozenset({"abstract_class_declaration", "class_declaration", "pair", "variable_declarator"})
# What says who may do something is called like that.
_PERMITS = re.compile(
    r"^(?:can|may)[A-Z]|^(?:is|has)(?:Access|Allowed|Author|Mine|Own|Permi)|^(?:owns|authori[sz]e|allow)"
    r"|(?:Abilit(?:y|ies)|Access|Guard|Permissions?|Polic(?:y|ies))$",
)
# What a condition may give for none; whatever else it gives is given for someone.
_ABSENT = NOTHING | {'""', "''", "``", "[]", "{}", "false", "true"}


def find_meanings(file: FileContext) -> None:
    """Note what compiles as before and may not mean the same.

    Args:
        file: the file, when its creates and the calls that lead to one are known; its findings are filled.
    """
    told = {line for line, _ in file.noted}
    finders = (
        (_check_comparison, ("binary_expression",)),
        (_check_deleted, PROPERTIES),
        (_check_detour, ("member_expression",)),
        (_check_switch, ("switch_statement",)),
    )
    for check, types in finders:
        for node in file.source.nodes(*types):
            if node.start_point.row + 1 not in told:  # whoever looks there sees this as well
                check(file, node)


def _check_comparison(file: FileContext, node: Node) -> None:
    """A key that may be null now: two that are null are equal, and null is unlike every key."""
    operator = text_of(node.child_by_field_name("operator"))
    sides = [node.child_by_field_name(name) for name in _SIDES] if operator in EQUAL | DIFFERENT else []
    values = [unwrapped(each) for each in sides if each is not None]
    if len(values) != len(_SIDES) or any(each.type not in _ASKED for each in values):
        return
    named = [key_meant(file, each) if each.type in _VALUES else None for each in values]
    model, name = next(filter(None, named), ("", ""))
    is_of_both = all(key is not None or _may_be_null(file, each) for key, each in zip(named, values, strict=True))
    is_asked = is_of_both or operator in DIFFERENT or _decides(node) or is_turned_away_by(file, node)
    is_asked = is_asked or (file.facts.is_optional_key(model, name) and _permits(node))
    if not model or not is_asked:
        return
    result = "null is equal to null" if is_of_both else "null is different from every key"
    why = f"`{name}` of {with_article(model)} may be null now, and {result}. Look whether that is meant here."
    file.hint(node, Kind.FLOW, Confidence.UNSURE, why)


def _may_be_null(file: FileContext, value: Node) -> bool:
    """Whether a value is a field that could be null before."""
    field = field_behind(file, value) if value.type in _VALUES else None
    column = file.facts.column_of(*field) if field is not None else None
    return column is not None and column.is_nullable and not is_there(file, value)


def _permits(comparison: Node) -> bool:
    """Whether a function that says who may do something, by its name or that of its class, gives a comparison back."""
    inner, holder = comparison, comparison.parent
    while holder is not None and holder.type in _CONDITIONS:
        inner, holder = holder, holder.parent
    is_body = holder is not None and holder.type == "arrow_function" and holder.child_by_field_name("body") == inner
    if holder is None or not (is_body or holder.type == "return_statement"):
        return False
    around = (each for each in ancestors(inner) if is_function(each) or each.type in _NAMED)
    names = [function_name(each) if is_function(each) else key_of(each) for each in around]
    return bool(names[:1] and names[0]) and any(map(_PERMITS.search, names))


def _decides(comparison: Node) -> bool:
    """Whether one of two things is chosen by a comparison, or by the variable that holds it: `mine ? 1 : -1`."""
    outer = comparison.parent
    if outer is not None and outer.type == "variable_declarator" and outer.child_by_field_name("value") == comparison:
        return any(_chooses(each) for each in uses_of_variable(outer))
    return _chooses(comparison)


def _chooses(condition: Node) -> bool:
    outer = parenthesized(condition).parent
    if outer is None or outer.type != "ternary_expression":
        return False
    sides = [outer.child_by_field_name(name) for name in ("consequence", "alternative")]
    is_asked = all(side is None or not side.start_byte <= condition.start_byte < side.end_byte for side in sides)
    return is_asked and not any(text_of(side) in _ABSENT for side in sides)


def _check_switch(file: FileContext, statement: Node) -> None:
    """A `switch` over an enum that may be null now: behind it a function may end that did not before."""
    value, body = statement.child_by_field_name("value"), statement.child_by_field_name("body")
    asked = unwrapped(value) if value is not None else None
    cases = body.named_children if body is not None else []
    is_open = all(each.type == "switch_case" and text_of(each.child_by_field_name("value")) != "null" for each in cases)
    key = key_meant(file, asked) if asked is not None and is_open else None
    column = file.facts.column_of(*key) if key is not None else None
    if asked is None or key is None or column is None or column.scalar_type in PLAIN_TYPES:
        return  # of a text or a number there was never a case for all
    written = _result_behind(statement)
    why = f"`{key[1]}` of {with_article(key[0])} may be null now, and there is no case for that."
    file.hint(written or asked, Kind.FLOW, Confidence.LIKELY if written is not None else Confidence.UNSURE, why)


def _result_behind(statement: Node) -> Node | None:
    """What a function says that it gives back, when it ends with a statement."""
    block = statement.parent
    function = block.parent if block is not None and block.type == "statement_block" else None
    is_last = block is not None and block.named_children[-1:] == [statement]
    return function.child_by_field_name("return_type") if function is not None and is_last else None


def _check_deleted(file: FileContext, pair: Node) -> None:
    """`deleteMany({ where: { authorId } })`, to take with an author what belongs to it: what has none stays."""
    relations = file.facts.optional_by_key(key_of(pair))
    call = call_around(pair) if relations else None
    value = pair.child_by_field_name("value") or pair
    if call is None or callee(call)[1] != "deleteMany" or value.type not in VALUE_NAMES or pair.parent is None:
        return
    if len(children_of(pair.parent)) > 1:
        return  # which of them, is said as well
    wanted = expected(file, pair.parent)
    models = [each.model for each in relations if wanted is not None and wanted.model == each.model]
    if wanted is not None and wanted.what is What.FILTER and models:
        note_taken_along(file, pair, [each for each in relations if each.model in models])


def _check_detour(file: FileContext, node: Node) -> None:
    """`(await find(book.shelfId)).libraryId`, when every book has a `libraryId` of its own now."""
    owner = node.child_by_field_name("object")
    relations = [each for each in file.facts.optional if file.facts.own_name(each, last_name(node))]
    found = file.types.of(owner) if owner is not None and relations else None
    if owner is None or found is None or found.what is not What.RECORD or found.is_list:
        return
    for relation in (each for each in relations if each.target == found.model):
        key = _looked_up_by(owner, relation)
        if key is not None and _may_be_missing(file, key) and not _is_of_another(file, node, key, relation):
            why = (
                f"This {found.model} is looked up by `{text_of(key)}`, which may be missing now; {_own(file, relation)}"
            )
            file.hint(node, Kind.READ, Confidence.UNSURE, why)
            return


def _is_of_another(file: FileContext, node: Node, key: Node, relation: OptionalRelation) -> bool:
    """Whether it becomes data of another model, with no record at hand that could have it: only a key is known.

    So it is where all that is made comes out of the record that is looked up.
    """
    pair = node.parent
    wanted = (
        expected(file, pair.parent) if pair is not None and pair.type == "pair" and pair.parent is not None else None
    )
    is_elsewhere = wanted is not None and wanted.what in DATA and wanted.model != relation.model
    function, found = function_around(node), file.types.of(key)
    if function is not None and comes_out_of(file, function, {text_of(key)}, relation):
        return True
    return is_elsewhere and (found is None or found.what is not What.KEY)


def _may_be_missing(file: FileContext, key: Node) -> bool:
    """Whether a key may be missing: not one of an address, or whose type takes no null, nor what may be another key."""
    if comes_of_path(Place(file, key)):
        return False
    found = file.types.of(key)
    is_there = found is not None and found.what is What.VALUE and not takes(found, "null")
    is_of_others = is_key_of_others(file.facts, last_name(key), file.source.words)
    is_open = is_of_others and (found is None or found.what is What.VALUE)
    is_open = is_open or (found is None and key.type in VALUE_NAMES)
    return not (is_there or is_open) or key_meant(file, key) is not None


def _own(file: FileContext, relation: OptionalRelation) -> str:
    successor = file.facts.successor(relation)
    own = successor.foreign_keys[0] if successor is not None else relation.field
    return f"{with_article(relation.model)} always has its own `{own}`: use that."


def _looked_up_by(owner: Node, relation: OptionalRelation) -> Node | None:
    """The key by which a record was looked up: `book.authorId` of `const author = await find(book.authorId)`."""
    node = unwrapped(owner)
    binding = binding_of(node)
    value = binding.child_by_field_name("value") if binding is not None else node
    call = unwrapped(value) if value is not None else None
    if call is None or call.type != "call_expression":
        return None
    kinds, given = ("member_expression", "identifier", "shorthand_property_identifier"), [*parts_given(call)]
    inside = (each for kind in kinds for part in given for each in (part, *descendants(part, kind)))
    values = (each for each in inside if each.type in kinds)
    return next((each for each in values if last_name(each) in relation.foreign_keys), None)
