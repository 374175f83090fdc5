"""Errors when a record, its key or a value is missing, where something is made that can do without it now.

`if (!author) throw new Error("no author")` in `saveBook`, when a book may be without an author.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.forms.closed_ways import note_closed
from prisma_decouple.typescript.finders.forms.demanding_inputs import note_demanded
from prisma_decouple.typescript.finders.forms.form_values import check_form_value, is_object_of_form, note_whole_form
from prisma_decouple.typescript.finders.forms.kept_choices import check_kept_choice, check_kept_whole
from prisma_decouple.typescript.finders.forms.kept_records import note_kept_record
from prisma_decouple.typescript.finders.inputs.element_lookups import note_elements
from prisma_decouple.typescript.finders.inputs.filled_in import note_filled
from prisma_decouple.typescript.finders.inputs.input_lookups import note_changes, note_clashes, note_lookups
from prisma_decouple.typescript.finders.inputs.refused_lookups import (
    check_guard,
    check_lookup,
    is_called_for,
    is_own_id,
    is_told_inside,
)
from prisma_decouple.typescript.finders.inputs.refusing_conditions import Refusal, refusal_before, values_given_back
from prisma_decouple.typescript.finders.uses.demands import (
    demanded_by,
    found_by,
    is_needed_beside,
    keys_before,
    sources_of,
)
from prisma_decouple.typescript.finders.uses.makers import makers
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.conditions import present_unless
from prisma_decouple.typescript.source.element_keys import keys_of_elements
from prisma_decouple.typescript.source.literals import (
    connected_key,
    given_by,
    properties,
    property_value,
    spreads_in,
    values_of,
)
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, given_later, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    CLASSES,
    PROPERTIES,
    READS,
    VALUE_NAMES,
    ancestors,
    descendants,
    is_function,
    is_inside,
    key_of,
    last_name,
    nearest,
    owner_of_read,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import THROWING
from prisma_decouple.typescript.types.libraries.wrapping_schemas import asked_about
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.givers import comes_of_path
from prisma_decouple.typescript.types.properties import literal_behind
from prisma_decouple.typescript.types.typed import DATA
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_EXPORTED = "export_statement"
# Under which data is given to a query, and to the relation of a record that is made with others.
_KEPT_UNDER = ("data", "create")
_ALL_OF_FORM = "fromEntries"
_LOOK = " Look whether it still should."


def find_refusals(file: FileContext) -> None:
    """Note where a function that makes a record refuses when there is no other one, which it can do without now.

    Args:
        file: the file, when its creates and the calls that lead to one are known; its findings are filled.
    """
    for function in makers(file):
        for statement in descendants(function, "if_statement"):
            check_guard(file, statement, function)
        for call in file.source.called(*THROWING):
            if is_inside(function, call):
                check_lookup(file, call)
    names = {name for model in file.facts.changed_models for name in file.facts.nullable_names(model)}
    is_concerned = (names | {_ALL_OF_FORM}) & file.source.words  # all of a form names none of its fields
    for literal in file.source.nodes("object") if is_concerned else ():
        for data, model in _data_in(file, literal):
            if names & {key for key, _ in properties(data.node)}:
                check_data(data.file, data.node, model)
        for checked, model in _checked_in(file, literal):
            check_checked(file, checked, model)


def _data_in(file: FileContext, literal: Node) -> Iterator[tuple[Place, str]]:
    """The data of records that a literal is, spreads, or has in a variable, each with the model.

    `const data = lines.map((line) => ({ ... })); db.book.createMany({ data })` is such a variable.
    """
    wanted = expected(file, literal)
    if wanted is not None and wanted.what in DATA:
        spread = [each.named_children[0] for each in spreads_in(literal)]
        parts = (literal_behind(Place(file, each)) for each in spread)
        yield from ((each, wanted.model) for each in (Place(file, literal), *parts) if each is not None)
    for value in filter(None, (property_value(literal, each) for each in _KEPT_UNDER)):
        kept = _kept_data(file, value)
        yield from ((Place(file, each), kept) for each in values_of(value) if each.type == "object" and kept)


def _checked_in(file: FileContext, literal: Node) -> Iterator[tuple[Node, str]]:
    """What the data of records may be of that a schema has let through, each with the model."""
    wanted = expected(file, literal)
    if wanted is not None and wanted.what in DATA:
        spread = [each.named_children[0] for each in spreads_in(literal)]
        yield from ((each, wanted.model) for each in (*spread, *_owners_of_values(literal)))
    for value in filter(None, (property_value(literal, each) for each in _KEPT_UNDER)):
        if model := _kept_data(file, value):
            yield value, model


def _kept_data(file: FileContext, value: Node | None) -> str:
    """The model whose data a variable, or a property, has; empty for anything else."""
    kept = expected(file, value) if value is not None and value.type in (*VALUE_NAMES, *READS) else None
    return kept.model if kept is not None and kept.what in DATA else ""


def check_checked(file: FileContext, checked: Node, model: str) -> None:
    """Note what refuses in what was given to a schema: `Book.parse({ title, authorId })`, or all of a form.

    Args:
        file: the file; its findings are filled.
        checked: what the schema has let through.
        model: of the record that is made of it.
    """
    asked = asked_about(file.types, checked)
    literal = literal_behind(Place(file, asked)) if asked is not None else None
    if literal is not None:
        check_data(literal.file, literal.node, model)
    elif asked is not None and is_object_of_form(asked):
        note_whole_form(Place(file, asked), file.types.of(checked), model)


def _owners_of_values(literal: Node) -> list[Node]:
    """Of what the properties of a literal are read: the `checked` of `{ title: checked.title }`, each once.

    So it is of what was taken out of it before, `const { title } = checked`.
    """
    owners = [owner_of_value(value) for _, value in properties(literal)]
    return list({text_of(each): each for each in owners if each is not None}.values())


def owner_of_value(value: Node) -> Node | None:
    """What a value is read of, or was taken out of before; None where it is neither."""
    if value.type == "member_expression":
        return owner_of_read(value)
    binding = binding_of(value) if value.type in VALUE_NAMES else None
    is_taken = binding is not None and pattern_of(binding).type == "object_pattern"
    whole = binding.child_by_field_name("value") if binding is not None and is_taken else None
    return unwrapped(whole) if whole is not None else None


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
    function, known = functions[-1], _known(value, name, functions[-1], concerned)
    sources = known.sources
    if is_sent and stored is None and (kept := _kept_in(node)) is not None:
        sources, stored = sources | {kept[0]}, kept[1]
    # What an address speaks of is looked up whatever it is made for.
    is_asked = comes_of_path(value) or is_own_id(value)
    records = [found_by(file, function, sources, each) for each in concerned if not is_asked]
    place, called = Place(file, stored or node), sources.union(*records)
    refusal = refusal_before(place, function, called, is_sent=is_sent, name=name, is_key=not is_asked)
    if refusal is None and (call := demanded_by(file, node)) is not None:
        refusal = Refusal(Place(file, call), is_alone=True)
    asked = [*present_unless(refusal.condition.node), refusal.condition.node] if refusal is not None else []
    is_of_more = is_sent and any(_reads_on_from(each, sources) for each in asked)
    is_own = refusal is None or (refusal.condition.file is file and is_inside(function, refusal.condition.node))
    is_for_it = any(is_called_for(file, each, relation) for each in asked for relation in concerned if is_own)
    is_for_it = is_for_it or (not is_own and _is_parameter(node))
    note_refused(refusal if not (is_of_more or is_for_it) else None, name, model)
    for relation in concerned if not is_asked else ():
        note_elements(file, known.elements, function, relation)
        changed = known.elements or [same for each in known.keys for same in _reads_like(each, function)]
        note_changes(file, function, changed, relation)
    for relation in concerned if refusal is None else ():
        note_lookups(file, function, sources, relation)
    for relation in concerned if not (is_asked or is_for_it) else ():
        note_clashes(file, function, sources, relation)
    note_filled(file, function, sources, (model, name), stored or node)
    if name in file.facts.nullable_names(model):
        check_form_value(value, name, model, is_refused=refusal is not None)
        if is_sent:
            _check_page(value, (name, model), sources, is_refused=refusal is not None)


class _Known(NamedTuple):
    """What a function calls a value.

    Attributes:
        sources: the texts of what the value is, or comes of.
        keys: the value, and the keys that stand for it before.
        elements: where it is read of the elements of a list.
    """

    sources: frozenset[str]
    keys: list[Node]
    elements: list[Node]


def _known(value: Place, name: str, function: Node, concerned: Sequence[OptionalRelation]) -> _Known:
    """What a function calls a value that a record is made with."""
    references = {each for relation in value.file.facts.optional_by_key(name) for each in relation.references}
    values = [value.node, *given_later(value.node)]
    sources = frozenset[str]().union(*(sources_of(each, function, references) for each in values))
    before = [key for each in values for key in keys_before(each, function, concerned)]
    keys = [unwrapped(value.node), *before]
    elements = [same for each in keys for same in keys_of_elements(each, function)]
    return _Known(sources | set(map(text_of, (*before, *elements))), keys, elements)


def _check_page(value: Place, field: tuple[str, str], sources: frozenset[str], *, is_refused: bool) -> None:
    """What a page asks for, shows and keeps of a value that it sends; the field is its name, and the model."""
    (name, model), file = field, value.file
    if file.facts.is_optional_key(model, name):
        check_kept_choice(value, name, model, is_refused=is_refused)
    function = [each for each in ancestors(value.node) if is_function(each)][-1]
    note_demanded(*_shown(file, function, sources), last_name(unwrapped(value.node)), (model, name))
    note_closed(value, sources, (model, name))
    note_kept_record(value, (model, name))


def _is_parameter(value: Node) -> bool:
    """Whether a value is a parameter by itself, for which a function may be called: `addBookFor(authorId, title)`."""
    binding = binding_of(unwrapped(value))
    return binding is not None and binding.type in PARAMETERS and pattern_of(binding).type == "identifier"


def _reads_like(value: Node, function: Node) -> list[Node]:
    """Where a function reads the same property of the same name as a value does: `input.authorId`."""
    bound = binding_of(owner_of_read(value)) if value.type == "member_expression" else None
    same = [each for each in descendants(function, "member_expression") if text_of(each) == text_of(value)]
    return [each for each in same if bound is not None and binding_of(owner_of_read(each)) == bound]


def _reads_on_from(asked: Node, sources: Iterable[str]) -> bool:
    """Whether something else of a record is asked for than its key: `book?.author?.id`, where `book.id` is sent."""
    read = plain(text_of(asked))
    return asked.type in READS and read not in sources and any(read.startswith(f"{each}.") for each in sources)


def _kept_in(value: Node) -> tuple[str, Node] | None:
    """How a value is read of the variable that keeps what is sent, `data.authorId`, and where that is sent."""
    holder = value if value.type in PROPERTIES else value.parent
    literal = holder.parent if holder is not None and holder.type in PROPERTIES else None
    kept = literal.parent if literal is not None else None
    uses = uses_of_variable(kept) if kept is not None and kept.type == "variable_declarator" else ()
    sent = [each for each in uses if each.parent is not None and each.parent.type in {"arguments", "spread_element"}]
    return (f"{text_of(sent[-1])}.{key_of(holder)}", sent[-1]) if sent and holder is not None else None


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
            refusal = refusal_before(Place(file, sent), function, asked, is_sent=True)
            note_refused(refusal, name, model)
            if refusal is None and file.facts.is_optional_key(model, name):
                check_kept_whole(file, sent, name, model)
            note_demanded(*_shown(file, function, asked), name, (model, name))


def _shown(file: FileContext, function: Node, sources: frozenset[str]) -> tuple[Place, frozenset[str]]:
    """Where a page shows what a function sends, and what that is called there: in Vue without its `.value`."""
    if file.source.is_component:
        return Place(file, file.source.root), sources | {each.replace(".value", "") for each in sources}
    page = nearest(function, *CLASSES)  # a component of Angular, or of React as it was
    is_exported = page is not None and page.parent is not None and page.parent.type == _EXPORTED
    return Place(file, (page.parent if page is not None and is_exported else page) or function), sources


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
    if not file.is_told(condition, Kind.FLOW) and not is_told_inside(file, condition):
        without = f"Without `{name}`" if refusal.is_alone else f"Without `{name}`, or what is given instead of it,"
        why = f"{without} {refusal.done}; {with_article(model)} may be without one now.{_LOOK}"
        file.hint(condition, Kind.FLOW, Confidence.UNSURE, why)
