"""Errors for want of a related record that is looked up where something is made which can do without it now.

`if (!author) throw new Error("no author")` in `saveBook`, and `findUniqueOrThrow` on the way to a book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.inputs.brought_along import is_brought_along
from prisma_decouple.typescript.finders.uses.demands import is_needed_beside
from prisma_decouple.typescript.finders.uses.makers import leads_nowhere, made_around
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.routes.states import reads_signal
from prisma_decouple.typescript.source.conditions import present_unless
from prisma_decouple.typescript.source.kept_literals import options_of, part_of
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, held_by
from prisma_decouple.typescript.source.syntax import call_arguments, callee, is_inside, last_name, text_of, unwrapped
from prisma_decouple.typescript.source.turned_away import goes_on, refuses
from prisma_decouple.typescript.source.vocabulary import ID, THROWING
from prisma_decouple.typescript.types.places.givers import comes_of_path
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import model_list, with_article

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_LOOK = " Look whether it still should."


def check_guard(file: FileContext, statement: Node, maker: Node) -> None:
    """Note an `if` in a function that makes a record, if it refuses for want of what the record can do without now.

    Args:
        file: the file; its findings are filled.
        statement: the `if`.
        maker: the function.
    """
    condition = statement.child_by_field_name("condition")
    consequence = statement.child_by_field_name("consequence")
    if condition is None or consequence is None or not (refuses(consequence) or goes_on(consequence)):
        return
    is_of_another, made = leads_nowhere(file, maker, statement), made_around(file, statement)
    for value in present_unless(condition):
        relations = [each for each in _relations(file, value) if not made or each.model in made]
        relations = [each for each in relations if not _is_of_address(file, value, each.references)]
        relations = [each for each in relations if not is_of_another or _is_looked_up_by(file, value, each)]
        relations = [each for each in relations if not is_needed_beside(file, maker, value, each)]
        relations = [each for each in relations if not is_called_for(file, value, each)]
        relations = [each for each in relations if not _is_of_another_key(file, value, each)]
        relations = [each for each in relations if not _is_changed_itself(file, maker, value, each)]
        if relations and not file.is_told(condition, Kind.FLOW):
            models = model_list(relation.model for relation in relations)
            target = with_article(relations[0].target)
            what = "this fails" if refuses(consequence) else "this goes on to the next"
            why = f"Without {target} {what}; {with_article(models)} may be without one now.{_LOOK}"
            file.hint(condition, Kind.FLOW, Confidence.UNSURE, why)


def _is_looked_up_by(file: FileContext, value: Node, relation: OptionalRelation) -> bool:
    """Whether a record was looked up by a key that may be null now: whatever is made, none is found without it."""
    held = held_by(unwrapped(value))
    found = (file.types.of(key) for key in _keys_asked_for(unwrapped(held), relation.references)) if held else ()
    keys = [each for each in found if each is not None and each.what is What.KEY and each.is_nullable]
    return any(each.model == relation.model for each in keys)


def _is_of_address(file: FileContext, value: Node, references: Container[str]) -> bool:
    """Whether a record, or its key, is that of which an address speaks: what has none is not asked for by it."""
    held = held_by(unwrapped(value))
    is_asked = comes_of_path(Place(file, value))
    return is_asked or (held is not None and _asks_for_address(file, unwrapped(held), references))


def is_called_for(file: FileContext, value: Node, relation: OptionalRelation) -> bool:
    """Whether a record is who asks, `await signedIn()`, or that for which alone a function is called, by its key.

    Where the new record has something else in its place now, it may be made for that as well; and a key that a request
    brings along, or somebody chose, is one of the values that the record is made of.
    """
    call = unwrapped(held_by(unwrapped(value)) or value)
    if call.type != "call_expression" or not call_arguments(call):
        return call.type == "call_expression" and callee(call)[0] is None and not reads_signal(call)
    keys = _keys_asked_for(call, relation.references)
    bound = [binding_of(key) for key in keys]
    is_plain = any(each is not None and text_of(pattern_of(each)) in map(text_of, keys) for each in bound)
    is_given = any(each is not None and each.type in PARAMETERS for each in bound)
    is_for_it = len(keys) == 1 and is_plain and is_given and file.facts.successor(relation) is None
    return is_for_it and not any(is_brought_along(Place(file, key)) for key in keys)


def _is_of_another_key(file: FileContext, value: Node, relation: OptionalRelation) -> bool:
    """Whether a record is looked up by a key that is called like another relation's: a translator is no author."""
    call = unwrapped(held_by(unwrapped(value)) or value)
    asked = {last_name(key) for key in _keys_asked_for(call, relation.references)}
    same = (each for each in file.facts.relations if each.target == relation.target)
    return bool(asked) and asked <= {key for each in same for key in each.foreign_keys} - set(relation.foreign_keys)


def _is_changed_itself(file: FileContext, maker: Node, value: Node, relation: OptionalRelation) -> bool:
    """Whether a record is that which a function is asked to change, by its `id`, with all that belongs to it."""
    call = unwrapped(held_by(unwrapped(value)) or value)
    if not any(is_own_id(Place(file, key)) for key in _keys_asked_for(call, relation.references)):
        return False
    changes = [each for each in file.source.called("delete", "update") if is_inside(maker, each)]
    changes = [each for each in changes if file.delegates.model_of(callee(each)[0] or each) == relation.target]
    return any(text_of(key) == ID for each in changes for key in _keys_asked_for(each, relation.references))


def _asks_for_address(file: FileContext, call: Node, references: Container[str]) -> bool:
    """Whether what is looked up is that of which an address speaks."""
    return any(comes_of_path(Place(file, each)) for each in _keys_asked_for(call, references))


def _keys_asked_for(call: Node, references: Container[str]) -> list[Node]:
    """The keys by which something is looked up: those of a filter, else what the call is given."""
    given = call_arguments(call)[:1] if call.type == "call_expression" else []
    where = part_of(options_of(call), "where") if given else None
    return [key for name, key in properties(where) if name in references] if where is not None else given


def check_lookup(file: FileContext, call: Node) -> None:
    """Note a `findUniqueOrThrow` on the way to a record that can do without what is looked up.

    Args:
        file: the file; its findings are filled.
        call: the lookup.
    """
    receiver, method = callee(call)
    target = file.delegates.model_of(receiver) if receiver is not None and method in THROWING else None
    made = made_around(file, call) if target is not None else frozenset[str]()
    relations = [each for each in file.facts.optional if each.target == target and each.model in made]
    models = [each.model for each in relations if not _asks_for_address(file, call, each.references)]
    if target is None or not models or is_told_inside(file, call):
        return
    why = (
        f"Without {with_article(target)} this throws; {with_article(model_list(models))} may be without one now.{_LOOK}"
    )
    file.hint(call, Kind.FLOW, Confidence.UNSURE, why)


def is_told_inside(file: FileContext, node: Node) -> bool:
    """Whether something inside of a lookup, or of a condition, is told already."""
    lines = range(node.start_point.row + 1, node.end_point.row + 2)
    return any(line in lines and Kind.FLOW in kinds for (line, _), kinds in file.noted.items())


def _relations(file: FileContext, value: Node) -> Iterator[OptionalRelation]:
    """The relations that lead to a record, by its type, else by its name."""
    found = file.types.of(value)
    if found is not None and found.what is What.RECORD and not found.is_list:
        yield from (relation for relation in file.facts.optional if relation.target == found.model)
    elif found is None or (found.what is What.VALUE and not found.primitive):
        name = last_name(value)
        yield from (each for each in file.facts.optional if name == each.field or name in each.foreign_keys)


def is_own_id(value: Place) -> bool:
    """Whether a value is the `id` of what a function is asked to change, and not taken out of a record."""
    node = unwrapped(value.node)
    binding = binding_of(node) if text_of(node) == ID else None
    held = binding.child_by_field_name("value") if binding is not None else None
    owner = value.file.types.of(held) if held is not None else None
    return binding is not None and (owner is None or owner.what is not What.RECORD)
