"""Records that are sent to other programs as an answer: no type tells the other side that a field may be null now.

Nor that it is called otherwise, or gone.

`res.json(book)`, `NextResponse.json({ book })`, and `return book` in a controller of NestJS. Where a route says of what
type its answer is, `endpoints` looks at it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from prisma_decouple.typescript.finders.sent.followed_reads import Received
from prisma_decouple.typescript.hints import Confidence, Kind, Line
from prisma_decouple.typescript.routes.answers import ANSWER, SENDS, answered_by, is_given_back
from prisma_decouple.typescript.source.decorators import decorators_of
from prisma_decouple.typescript.source.kept_literals import given_at
from prisma_decouple.typescript.source.literals import properties, spreads_in
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import bound_names, parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    call_given,
    descendants,
    function_around,
    last_name,
    names_in,
    nearest,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import DECIMAL
from prisma_decouple.typescript.types.kinds import PRIMITIVES
from prisma_decouple.typescript.types.libraries.endpoints import answers as routed_answers
from prisma_decouple.typescript.types.libraries.fastify import plainly_answered
from prisma_decouple.typescript.types.libraries.page_data import given_to_pages, page_of
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.indifferent import takes_anything
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.prisma.given_keys import given_by_query
from prisma_decouple.typescript.types.properties import is_loaded, loaded_options, property_of
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import (
    excerpt,
    line_list,
    name_list,
    now_and_before,
    now_called,
    with_article,
    word_list,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.hints import Spot
    from prisma_decouple.typescript.types.typed import Type

    _Carried: TypeAlias = tuple[Type, tuple[str, ...]]

_DEPTH = 5
_SEVERAL = 4
_BIG = "bigint"
# What JSON makes of what it has no values for (ECMA-262, "SerializeJSONProperty"; decimal.js, "toJSON").
_MADE_OF = {_BIG: " JSON has nothing for it: it throws.", DECIMAL: " JSON makes a text of it."}
_ROUTE_FILE = re.compile(r"(?:^|/)route\.tsx?$")
_CONTROLLER = "Controller"
_ROUTES = frozenset({"all", "delete", "get", "patch", "post", "put"})  # what its decorators are called, in lower case


def find_answers(file: FileContext) -> None:
    """Note where a record is sent away with something that may be null, or is of another type, once for each kind.

    Args:
        file: the file; its findings are filled.
    """
    told: dict[tuple[str, ...], list[Node]] = {}
    routed = {each.value.id for each in routed_answers(file)}  # what a route says is told there
    page, given = page_of(file.source.path), list(given_to_pages(file))
    answers = (
        *_given_to_answers(file),
        *_given_to_helpers(file),
        *_given_by_controllers(file),
        *plainly_answered(file),
        *given,
        *_made_texts(file),
    )
    for answer in answers:
        is_elsewhere = answer.id in routed or _is_typed(file, answer)
        for value in _sent_values(answer):
            records = list(_records_of(Place(file, value), _DEPTH))
            _note_loads(file, value, records)
            if is_elsewhere:
                continue
            wanted = expected(file, value)  # what has a type is told there
            is_untold = wanted is None or wanted.is_any
            if page and answer in given:
                file.findings.for_pages |= dict.fromkeys(_spots(file, value), page)
            if _is_unread(Place(file, value), records):
                file.findings.unread.update(_spots(file, value))
                continue
            file.findings.sent_told.update(_loads(records) if is_untold else ())
            for model, names in _by_model(records if is_untold else ()):
                values = told.setdefault((model, *names), [])
                values.append(value)
                _note_askers(file, values[0], value)
    _note_all(file, told)


def _is_unread(value: Place, records: Sequence[_Carried]) -> bool:
    """Whether somebody is seen who receives a value, and nobody who reads it, or what may be null in it."""
    requests = value.file.project.requests
    if requests is None or requests.is_unread(value):
        return requests is not None
    names = frozenset(name for _, names in records for name in names)
    known = requests.received_of(value) if names else []
    return bool(known) and not any(
        Received(each.file, names, lambda part: any(records_in(value.file, part, _DEPTH))).is_read(each.node, answer)
        for each, answer in known
    )


def _note_all(file: FileContext, told: Mapping[tuple[str, ...], Sequence[Node]]) -> None:
    """Note the first place of each kind of record that is sent away, with the lines of the others."""
    kinds: dict[tuple[Node, tuple[str, ...]], list[str]] = {}
    others: dict[tuple[Node, tuple[str, ...]], list[Node]] = {}
    for (model, *fields), (first, *more) in told.items():
        kinds.setdefault((first, tuple(fields)), []).append(model)
        others.setdefault((first, tuple(fields)), []).extend(more)
    for (value, names), models in kinds.items():
        own = file.source.position(value)[0]
        rows = {file.source.position(each)[0] for each in others[value, names]} - {own}
        lines = [Line(file.source.path, row) for row in sorted(rows)]
        again = f" The same is sent in {line_list(file.source.path, lines)}." if lines else ""
        _note(file, value, models, names, again)


def _loads(records: Iterable[_Carried]) -> Iterator[str]:
    """The options, by place, by which queries load what is sent away."""
    for record, names in records:
        yield from (place_key(each) for name in names if (each := loaded_options(record.place, name)) is not None)


def _note_loads(file: FileContext, value: Node, records: Iterable[_Carried]) -> None:
    """Keep by which options of queries what is sent away is loaded."""
    for loaded in _loads(records):
        place = (file.source.path, *file.source.position(value), Kind.FLOW)
        file.findings.sent.setdefault(loaded, set()).add(place)


def _note(file: FileContext, value: Node, models: Sequence[str], names: Sequence[str], again: str) -> None:
    """Note what is sent away: what may be null, and what is of another type than whoever receives it is used to.

    Behind that it is said where the same is sent once more.
    """
    found = (file.facts.retyped_of(model, name) for model in models for name in names)
    retyped = [each for each in found if each is not None]
    nullable: dict[tuple[str, ...], list[str]] = {}
    lost: dict[tuple[str, ...], list[str]] = {}
    for model in models:
        gone = tuple(name for name in names if file.facts.lost_of(model, name) is not None)
        others = {*gone, *(each.field for each in retyped if each.model == model)}
        nullable.setdefault(tuple(name for name in names if name not in others), []).append(model)
        lost.setdefault(gone, []).append(model)
    sent, more = f"`{excerpt(text_of(value))}` is sent away", f"{_asked_by(_askers_of(file, value))}{again}"
    for fields, owners in ((fields, map(with_article, owners)) for fields, owners in nullable.items() if fields):
        why = f"{sent} with {name_list(fields)} of {word_list(owners)}, which may be null now"
        why = f"{why}: look whether whoever receives it can take that.{more}"
        file.hint(value, Kind.FLOW, Confidence.UNSURE, why)
    for fields, owned in ((fields, owners) for fields, owners in lost.items() if fields):
        why = f"{sent} without {name_list(fields)} of {word_list(map(with_article, owned))}."
        first = file.facts.lost_of(owned[0], fields[0]) if len(fields) == len(owned) == 1 else None
        why = f"{why}{now_called(first) if first else ''} Look whether whoever receives it reads that.{more}"
        file.hint(value, Kind.GONE, Confidence.UNSURE, why)
    for field in retyped:
        _note_askers(file, value, None)  # what is of another type is told on its own
        made = _MADE_OF.get(field.after, "")
        why = f"{now_and_before(field)} {sent} with it.{made} Look whether whoever receives it can take that.{again}"
        file.hint(value, Kind.FLOW, Confidence.LIKELY if field.after == _BIG else Confidence.UNSURE, why)


def _note_askers(file: FileContext, told: Node, value: Node | None) -> None:
    """Keep who asks for a value, where the same is told of one in the file; nobody is known where none is seen."""
    known: list[tuple[str, Node]] = []
    requests = file.project.requests
    if requests is not None and value is not None:
        asking = requests.receivers_of(Place(file, value))
        known = [(each.file.source.path, function_around(each.node) or each.node) for each in asking]
    for spot in _spots(file, told):
        file.findings.askers.setdefault(spot, []).extend(known or [("", told)])


def _spots(file: FileContext, value: Node) -> list[Spot]:
    """Where it is told that a value is sent away, with something that may be null, and without something."""
    return [(file.source.path, *file.source.position(value), kind) for kind in (Kind.FLOW, Kind.GONE)]


def _askers_of(file: FileContext, value: Node) -> Sequence[str]:
    requests = file.project.requests
    if requests is None:
        return ()
    receiving = {each.file.source.path for each in requests.receivers_of(Place(file, value))}
    return sorted(receiving) or requests.askers_of(Place(file, value))


def _asked_by(paths: Sequence[str]) -> str:
    """Who receives it, as far as that is known."""
    shown = [f"`{path}`" for path in paths[:_SEVERAL]]
    if len(paths) > _SEVERAL:
        shown.append(f"{len(paths) - _SEVERAL} more")
    return f" It is asked for in {word_list(shown)}." if shown else ""


def _made_texts(file: FileContext) -> Iterator[Node]:
    """What `JSON.stringify` is given, for somebody to read: not for a log, an error or a comparison."""
    for call in file.source.called("stringify"):
        around = nearest(call, "call_expression", "new_expression", "binary_expression")
        called = around.child_by_field_name("constructor") if around is not None else None
        is_line = around is not None and (around.type == "binary_expression" or takes_anything(around))
        is_made_text = text_of(call.child_by_field_name("function")) == "JSON.stringify"
        if is_made_text and not is_line and not text_of(called).endswith("Error"):
            yield from call_arguments(call)[:1]


def _is_typed(file: FileContext, answer: Node) -> bool:
    """Whether the call that answers has to give something that is written: `NextResponse<Book>`, of what it is made."""
    call = call_given(given_at(answer))
    return call is not None and expected(file, call) is not None


def _by_model(carried: Iterable[_Carried]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each model once, with all of its fields that may be null."""
    found: dict[str, dict[str, None]] = {}
    for record, names in carried:
        found.setdefault(record.model, {}).update(dict.fromkeys(names))
    yield from ((model, tuple(sorted(names))) for model, names in found.items())


def _given_to_answers(file: FileContext) -> Iterator[Node]:
    """What is handed to `res.json()` and the like."""
    for call in file.source.called(*SENDS):
        yield from answered_by(call)


def _given_to_helpers(file: FileContext) -> Iterator[Node]:
    """What a helper is given to send: `book` in `sendResponse(res, book)`, in `return ok(book)` of a `route.ts`."""
    is_route = _ROUTE_FILE.search(file.source.path) is not None
    for call in file.source.nodes("call_expression"):
        given = call_arguments(call)
        is_handed = len(given) > 1 and any(ANSWER.fullmatch(text_of(each)) for each in given)
        is_handed = is_handed or (is_route and is_given_back(call))
        function = file.types.function_of(call) if is_handed else None
        if function is None or function.place is None:
            continue
        sent = [each for inner in descendants(function.place.node, "call_expression") for each in answered_by(inner)]
        for value, taken in zip(given, parameters(function.place.node), strict=False):
            if any(names_in(each.parent or each, name) for each in sent for name in bound_names(taken)):
                yield value


def _given_by_controllers(file: FileContext) -> Iterator[Node]:
    """What the methods of a controller give back, which is what NestJS answers with."""
    for method in file.source.nodes("method_definition"):
        owner = method.parent.parent if method.parent is not None else None
        if (
            owner is not None
            and _ROUTES & set(map(str.lower, decorators_of(method)))
            and _CONTROLLER in decorators_of(owner)
        ):
            yield from returned_values(method)


def _sent_values(value: Node) -> Iterator[Node]:
    """What a value sends: of `{ book, total }` the book and the total, else the value itself."""
    node = unwrapped(value)
    if node.type != "object":
        yield node
        return
    yield from (unwrapped(each) for _, each in properties(node))


def records_in(file: FileContext, found: Type, depth: int) -> Iterator[_Carried]:
    """The records in a value, each with its loaded fields that changed their type, and may be null.

    Args:
        file: any file.
        found: the value.
        depth: how many relations are followed.
    """
    for place in (found.place, *found.also) if found.what is What.SHAPE and depth else ():
        yield from _records_in_literal(place, depth - 1) if place is not None else ()
    if found.what is not What.RECORD or not depth:
        return
    given = given_by_query(found)
    retyped = (each.field for each in file.facts.retyped if each.model == found.model and _is_told_apart(each))
    gone = (each.name for each in file.facts.lost_fields if each.model == found.model)
    lost = (name for name in gone if (found.model, name) not in file.facts.compound_keys)
    open_names = (name for name in (*file.facts.nullable_names(found.model), *retyped, *lost) if name not in given)
    names = tuple(name for name in open_names if _is_loaded_field(file, found, name))
    if names:
        yield found, names
    for relation in (each for each in file.facts.relations if each.model == found.model):
        if loaded_options(found.place, relation.name) is not None:
            inner = property_of(file.facts, found, relation.name, depth)
            if inner is not None:
                yield from records_in(file, inner, depth - 1)


def _records_in_literal(literal: Place, depth: int) -> Iterator[_Carried]:
    """The records in a literal that stands somewhere else, as where a function gives it back."""
    inside = list(_sent_values(literal.node)) if literal.node.type == "object" else []
    inside += [each.named_children[-1] for each in spreads_in(literal.node)]
    for value in inside:
        yield from _records_of(Place(literal.file, value), depth)


def _records_of(value: Place, depth: int) -> Iterator[_Carried]:
    """The records in the value of an expression; for `book.authorId` the book, when that field may be null now."""
    file, owner = value.file, value.node.child_by_field_name("object")
    record = file.types.of(owner) if owner is not None and value.node.type == "member_expression" else None
    is_record = record is not None and record.what is What.RECORD and not is_narrowed(file, value.node)
    open_names = set(file.facts.nullable_names(record.model)) - given_by_query(record) if record and is_record else ()
    if record is not None and last_name(value.node) in open_names:
        yield record, (last_name(value.node),)
    found = file.types.of(value.node)
    if found is not None:
        yield from records_in(file, found, depth)


def _is_told_apart(field: RetypedField) -> bool:
    """Whether JSON has something else for the values that a field has now."""
    kinds = {field.before, field.after}
    return bool(kinds & {_BIG, DECIMAL}) or (kinds <= PRIMITIVES and kinds != {"Date", "string"})


def _is_loaded_field(file: FileContext, record: Type, name: str) -> bool:
    """Whether a field is loaded: a relation only when the query says so."""
    if file.facts.relation_of(record.model, name) is not None:
        return record.has(name) and loaded_options(record.place, name) is not None
    return record.has(name) and is_loaded(record.place, name)
