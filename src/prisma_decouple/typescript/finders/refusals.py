"""Errors when a record, its key or a value is missing, where something is made that can do without it now.

`if (!author) throw new Error("no author")` in `saveBook`, when a book may be without an author.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.changes import RequiredRelation
from prisma_decouple.typescript.finders.closed_ways import note_closed
from prisma_decouple.typescript.finders.demanding_inputs import note_demanded
from prisma_decouple.typescript.finders.demands import (
    demanded_by,
    found_by,
    is_needed_beside,
    keys_before,
    sources_of,
)
from prisma_decouple.typescript.finders.form_values import check_form_value
from prisma_decouple.typescript.finders.input_lookups import note_lookups
from prisma_decouple.typescript.finders.kept_choices import check_kept_choice
from prisma_decouple.typescript.finders.refusing_conditions import Refusal, refusal_before, values_given_back
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.conditions import present_unless
from prisma_decouple.typescript.source.literals import (
    connected_key,
    given_by,
    properties,
    property_value,
    spreads_in,
    values_of,
)
from prisma_decouple.typescript.source.patterns import held_of_all, pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.registered import others_in
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, enclosing_function, given_later
from prisma_decouple.typescript.source.syntax import (
    FUNCTIONS,
    READS,
    VALUE_NAMES,
    ancestors,
    call_arguments,
    callee,
    descendants,
    is_function,
    is_inside,
    last_name,
    owner_of_read,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.turned_away import goes_on, refuses
from prisma_decouple.typescript.source.vocabulary import ID
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.givers import comes_of_path
from prisma_decouple.typescript.types.properties import literal_behind
from prisma_decouple.typescript.types.typed import DATA, What
from prisma_decouple.typescript.types.validators import asked_about
from prisma_decouple.typescript.wording import model_list, with_article

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_MAKING = frozenset({Kind.CREATE, Kind.CALL})
_THROWING = frozenset({"findFirstOrThrow", "findUniqueOrThrow"})
_LOOK = " Look whether it still should."


def find_refusals(file: FileContext) -> None:
    """Note where a function that makes a record refuses when there is no other one, which it can do without now.

    Args:
        file: the file, when its creates and the calls that lead to one are known; its findings are filled.
    """
    for function in makers(file):
        for statement in descendants(function, "if_statement"):
            _check(file, statement, function)
        for call in file.source.called(*_THROWING):
            if is_inside(function, call):
                _check_lookup(file, call)
    names = {name for model in file.facts.changed_models for name in file.facts.nullable_names(model)}
    for literal in file.source.nodes("object") if names & file.source.words else ():
        for data, model in _data_in(file, literal):
            if names & {key for key, _ in properties(data.node)}:
                check_data(data.file, data.node, model)


def _data_in(file: FileContext, literal: Node) -> Iterator[tuple[Place, str]]:
    """The data of records that a literal is, spreads, or has in a variable, each with the model.

    `const data = lines.map((line) => ({ ... })); db.book.createMany({ data })` is such a variable.
    """
    wanted = expected(file, literal)
    if wanted is not None and wanted.what in DATA:
        spread = [each.named_children[0] for each in spreads_in(literal)]
        parts = (literal_behind(Place(file, each)) for each in spread)
        checked = (_checked(file, each) for each in (*spread, *_owners_of_values(literal)))
        yield from ((each, wanted.model) for each in (Place(file, literal), *parts, *checked) if each is not None)
    value = property_value(literal, "data")
    kept = expected(file, value) if value is not None and value.type in (*VALUE_NAMES, *READS) else None
    if value is not None and kept is not None and kept.what in DATA:
        yield from ((Place(file, each), kept.model) for each in values_of(value) if each.type == "object")
        yield from ((each, kept.model) for each in (_checked(file, value),) if each is not None)


def _checked(file: FileContext, value: Node) -> Place | None:
    """The literal that was given to a schema which let a value through: `Book.parse({ title, authorId })`."""
    asked = asked_about(file.types, value)
    return literal_behind(Place(file, asked)) if asked is not None else None


def _owners_of_values(literal: Node) -> list[Node]:
    """Of what the properties of a literal are read: the `checked` of `{ title: checked.title }`, each once."""
    owners = [owner_of_read(value) for _, value in properties(literal) if value.type == "member_expression"]
    return list({text_of(each): each for each in owners if each is not None}.values())


def check_data(file: FileContext, literal: Node, model: str, *, is_sent: bool = False) -> None:
    """Note what refuses, before the data of a record, when a value of it is missing that need not be there now.

    Args:
        file: the file; its findings are filled.
        literal: the data.
        model: of the record.
        is_sent: whether a page sends it, which refuses when it does nothing more: `{ setError("…"); return; }`.
    """
    written = given_by(literal).values  # with what is added later: `data.authorId = …`
    for name in file.facts.nullable_names(model):
        value = written.get(name)
        key = connected_key(value) if value is not None else None
        if value is not None and key is not None:
            field = name if key == value else _key_of_relation(file, model, name)
            given = Place(file, key)
            for each in (given, *values_given_back(Place(file, unwrapped(key)))):
                check_value(each, field, model, is_sent=is_sent)


def _key_of_relation(file: FileContext, model: str, name: str) -> str:
    """The foreign key of a relation field, or the name itself."""
    relation = file.facts.relation_of(model, name)
    return relation.foreign_keys[0] if relation is not None and relation.foreign_keys else name


def check_value(value: Place, name: str, model: str, *, is_sent: bool = False, stored: Node | None = None) -> None:
    """The same for one value that the record is made with.

    Args:
        value: the value; the findings of its file are filled.
        name: of the field that it becomes.
        model: of the record.
        is_sent: whether a page sends it.
        stored: where it is stored, when it is only read before that, as `dto.authorId` of `{ ...dto }`.
    """
    file, node = value.file, value.node
    functions = [each for each in ancestors(node) if is_function(each)]
    concerned = [each for each in file.facts.optional_by_key(name) if each.model == model]
    if not functions or any(is_needed_beside(file, functions[-1], unwrapped(node), each) for each in concerned):
        return
    references = {each for relation in file.facts.optional_by_key(name) for each in relation.references}
    values = [node, *given_later(node)]
    sources = frozenset[str]().union(*(sources_of(each, functions[-1], references) for each in values))
    sources |= {text_of(key) for each in values for key in keys_before(each, functions[-1], concerned)}
    # What an address speaks of is looked up whatever it is made for.
    is_asked = comes_of_path(value) or _is_own_id(value)
    records = [found_by(file, functions[-1], sources, each) for each in concerned if not is_asked]
    known = (functions[-1], sources.union(*records))
    refusal = refusal_before(Place(file, stored or node), *known, is_sent=is_sent, name=name)
    if refusal is None and (call := demanded_by(file, node)) is not None:
        refusal = Refusal(Place(file, call), is_alone=True)
    asked = present_unless(refusal.condition.node) if refusal is not None else ()
    if not any(_is_called_for(file, each, relation) for each in asked for relation in concerned):
        note_refused(refusal, name, model)
    for relation in concerned if refusal is None else ():
        note_lookups(file, functions[-1], sources, relation)
    if name in file.facts.nullable_names(model):
        check_form_value(value, name, model, is_refused=refusal is not None)
        if is_sent:
            if refusal is None and file.facts.is_optional_key(model, name):
                check_kept_choice(value, name, model)
            note_demanded(*_shown(file, functions[-1], sources), last_name(unwrapped(node)), (model, name))
            note_closed(value, sources, (model, name))


def _is_own_id(value: Place) -> bool:
    """Whether a value is the `id` of what a function is asked to change, and not taken out of a record."""
    node = unwrapped(value.node)
    binding = binding_of(node) if text_of(node) == ID else None
    held = binding.child_by_field_name("value") if binding is not None else None
    owner = value.file.types.of(held) if held is not None else None
    return binding is not None and (owner is None or owner.what is not What.RECORD)


def check_sent(file: FileContext, sent: Node, model: str) -> None:
    """The same where a page sends a variable as a whole, `body: JSON.stringify(form)`, that has what it asks for.

    Args:
        file: the file; its findings are filled.
        sent: the variable.
        model: of the record.
    """
    for function in [each for each in ancestors(sent) if is_function(each)][-1:]:
        for name in file.facts.nullable_names(model):
            asked = frozenset({f"{text_of(sent)}.{name}"})
            note_refused(refusal_before(Place(file, sent), function, asked, is_sent=True), name, model)
            note_demanded(*_shown(file, function, asked), name, (model, name))


def _shown(file: FileContext, function: Node, sources: frozenset[str]) -> tuple[Place, frozenset[str]]:
    """Where a page shows what a function sends, and what that is called there: in Vue without its `.value`."""
    if not file.source.is_component:
        return Place(file, function), sources
    return Place(file, file.source.root), sources | {each.replace(".value", "") for each in sources}


def note_refused(refusal: Refusal | None, name: str, model: str) -> None:
    """Note a condition, if there is one, under which a record is refused that lacks what it can do without.

    Args:
        refusal: the condition; the findings of its file are filled.
        name: of the field.
        model: of the record.
    """
    if refusal is None:
        return
    file, condition = refusal.condition.file, refusal.condition.node
    if not file.is_told(condition, Kind.FLOW) and not _is_told(file, condition):
        without = f"Without `{name}`" if refusal.is_alone else f"Without `{name}`, or what is given instead of it,"
        why = f"{without} this refuses; {with_article(model)} may be without one now.{_LOOK}"
        file.hint(condition, Kind.FLOW, Confidence.UNSURE, why)


def makers(file: FileContext) -> Iterator[Node]:
    """The outermost functions with a name that make a record of a changed model, or call what makes one."""
    lines = {line for (line, _), kinds in file.noted.items() if kinds & _MAKING}
    for function in file.source.nodes(*FUNCTIONS) if lines else ():
        if enclosing_function(function)[0] is None and any(line in _rows(function) for line in lines):
            yield function


def made_around(file: FileContext, node: Node) -> frozenset[str]:
    """The models of the records that are made in the outermost function around a node, but not by another handler."""
    functions = [each for each in ancestors(node) if is_function(each)]
    return made_in(file, functions[-1], others_in(functions[-1], node)) if functions else frozenset()


def _leads_nowhere(file: FileContext, maker: Node, node: Node) -> bool:
    """Whether all that a function makes is made by other handlers than that in which a node stands."""
    others = others_in(maker, node)
    lines = (line for (line, _), kinds in file.noted.items() if kinds & _MAKING and line in _rows(maker))
    return bool(others) and all(any(line in _rows(each) for each in others) for line in lines)


def _rows(node: Node) -> range:
    """The lines of a node."""
    return range(node.start_point.row + 1, node.end_point.row + 2)


def made_in(file: FileContext, function: Node, without: Sequence[Node] = ()) -> frozenset[str]:
    """The models of the records that a function makes itself or by what it calls, without what others in it make."""
    inside = (each for each in file.checked if function.start_byte <= each[0] < function.end_byte)
    own = (each for start, each in inside if not any(other.start_byte <= start < other.end_byte for other in without))
    return frozenset(each.model for each in own if isinstance(each, RequiredRelation))


def _check(file: FileContext, statement: Node, maker: Node) -> None:
    """An `if` in a function that makes a record: does it refuse for want of what the record can do without now?"""
    condition = statement.child_by_field_name("condition")
    consequence = statement.child_by_field_name("consequence")
    if condition is None or consequence is None or not (refuses(consequence) or goes_on(consequence)):
        return
    is_of_another, made = _leads_nowhere(file, maker, statement), made_around(file, statement)
    for value in present_unless(condition):
        relations = [each for each in _relations(file, value) if not made or each.model in made]
        relations = [each for each in relations if not _is_of_address(file, value, each.references)]
        relations = [each for each in relations if not is_of_another or _is_looked_up_by(file, value, each)]
        relations = [each for each in relations if not is_needed_beside(file, maker, value, each)]
        relations = [each for each in relations if not _is_called_for(file, value, each)]
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
    held = held_of_all(unwrapped(value))
    found = (file.types.of(key) for key in _keys_asked_for(unwrapped(held), relation.references)) if held else ()
    keys = [each for each in found if each is not None and each.what is What.KEY and each.is_nullable]
    return any(each.model == relation.model for each in keys)


def _is_of_address(file: FileContext, value: Node, references: Container[str]) -> bool:
    """Whether a record, or its key, is that of which an address speaks: what has none is not asked for by it."""
    held = held_of_all(unwrapped(value))
    is_asked = comes_of_path(Place(file, value))
    return is_asked or (held is not None and _asks_for_address(file, unwrapped(held), references))


def _is_called_for(file: FileContext, value: Node, relation: OptionalRelation) -> bool:
    """Whether a record is who asks, `await signedIn()`, or that for which alone a function is called, by its key.

    Where the new record has something else in its place now, it may be made for that as well.
    """
    call = unwrapped(held_of_all(unwrapped(value)) or value)
    if call.type != "call_expression" or not call_arguments(call):
        return call.type == "call_expression" and callee(call)[0] is None
    keys = _keys_asked_for(call, relation.references)
    bound = [binding_of(key) for key in keys]
    is_plain = any(each is not None and text_of(pattern_of(each)) in map(text_of, keys) for each in bound)
    is_given = any(each is not None and each.type in PARAMETERS for each in bound)
    return len(keys) == 1 and is_plain and is_given and file.facts.successor(relation) is None


def _is_of_another_key(file: FileContext, value: Node, relation: OptionalRelation) -> bool:
    """Whether a record is looked up by a key that is called like another relation's: a translator is no author."""
    call = unwrapped(held_of_all(unwrapped(value)) or value)
    asked = {last_name(key) for key in _keys_asked_for(call, relation.references)}
    same = (each for each in file.facts.relations if each.target == relation.target)
    return bool(asked) and asked <= {key for each in same for key in each.foreign_keys} - set(relation.foreign_keys)


def _is_changed_itself(file: FileContext, maker: Node, value: Node, relation: OptionalRelation) -> bool:
    """Whether a record is that which a function is asked to change, by its `id`, with all that belongs to it."""
    call = unwrapped(held_of_all(unwrapped(value)) or value)
    if not any(_is_own_id(Place(file, key)) for key in _keys_asked_for(call, relation.references)):
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
    where = property_value(given[0], "where") if given and given[0].type == "object" else None
    return [key for name, key in properties(where) if name in references] if where is not None else given


def _check_lookup(file: FileContext, call: Node) -> None:
    """`findUniqueOrThrow` on the way to a record that can do without what is looked up."""
    receiver, method = callee(call)
    target = file.delegates.model_of(receiver) if receiver is not None and method in _THROWING else None
    made = made_around(file, call) if target is not None else frozenset[str]()
    relations = [each for each in file.facts.optional if each.target == target and each.model in made]
    models = [each.model for each in relations if not _asks_for_address(file, call, each.references)]
    if target is None or not models or _is_told(file, call):
        return
    why = (
        f"Without {with_article(target)} this throws; {with_article(model_list(models))} may be without one now.{_LOOK}"
    )
    file.hint(call, Kind.FLOW, Confidence.UNSURE, why)


def _is_told(file: FileContext, node: Node) -> bool:
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
