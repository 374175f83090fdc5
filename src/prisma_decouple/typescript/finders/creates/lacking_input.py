"""What comes in that becomes a record without its new key, and that TypeScript says nothing of.

`function addBook(data) { const { title } = data; … }` makes a book: nobody minds a caller that gives it a title alone,
nor the page whose form is sent to a route.
"""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING

from prisma_decouple.typescript.changes import RequiredRelation
from prisma_decouple.typescript.edits.supply import is_in_sight, owners_of
from prisma_decouple.typescript.finders.creates.creates import brings, given_with_spreads, gives
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.literals import given_by, spreads_in
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, function_name
from prisma_decouple.typescript.source.syntax import call_arguments, function_around, text_of, unwrapped
from prisma_decouple.typescript.types.places.givers import givers_of
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

_DEPTH = 4


def find_lacking_input(file: FileContext, lacking: Collection[tuple[str | None, int | None]]) -> None:
    """Note the calls that give a function too little that takes a record apart and makes another one of it.

    Args:
        file: of a project that knows its routes; the findings of all files with such calls are filled.
        lacking: the files and lines where a record is made without the key.
    """
    for data, relation in _made_without(file, lacking):
        for taken in _taken(data):
            function = function_around(taken)
            given = givers_of(file, taken, text_of(pattern_of(taken))) if function is not None else []
            for each in given:
                if function is not None and not is_test(each.file.source.path):
                    why = f"`{function_name(function)}` makes {with_article(relation.model)} of this"
                    note_lacking(each, relation, why)
            annotation = taken.child_by_field_name("type")
            found = file.types.read(annotation) if annotation is not None and given else None
            if found is not None and found.what is What.SHAPE and found.place is not None:
                _note_shape(found.place, relation)


def note_lacking(given: Place, relation: RequiredRelation, becomes: str) -> None:
    """Note a value that has nothing for a new key, and the schema, or the state of a page, that says what it has.

    Args:
        given: the literal or the variable.
        relation: what the record needs that is made of it.
        becomes: what is made of it, the beginning of a sentence.
    """
    file = given.file
    if not lacks(given, relation) or file.is_told(given.node):
        return
    keys = name_list(relation.foreign_keys)
    file.hint(given.node, Kind.CALL, Confidence.UNSURE, f"{becomes}, which needs {keys} now.")
    for shape in _shapes_behind(given):
        _note_shape(shape, relation)


def _note_shape(shape: Place, relation: RequiredRelation) -> None:
    """Note what says what a record is made of, a written type, a schema or the literal of a state."""
    if not shape.file.is_told(shape.node):
        keys, model = name_list(relation.foreign_keys), with_article(relation.model)
        why = f"What has this becomes {model}, which needs {keys} now: let it in, unless it comes from elsewhere."
        shape.file.hint(shape.node, Kind.TYPE, Confidence.UNSURE, why)


def lacks(given: Place, relation: RequiredRelation) -> bool:
    """Whether a literal, or a variable, is seen to have nothing for a new key.

    Args:
        given: the literal or the variable.
        relation: what has the key.
    """
    if given.node.type != "object":
        return brings(given.file, given.node, relation) is False
    own = given_with_spreads(given.file, given.node, relation)
    return not gives(own, relation) and not own.opaque


def _made_without(
    file: FileContext, lacking: Collection[tuple[str | None, int | None]]
) -> Iterator[tuple[Node, RequiredRelation]]:
    """The literals of a file that records are made of without the key, where nothing in sight may be it."""
    requests = file.project.requests
    known = requests.known(file) if requests is not None else file
    checked = ((start, each) for start, each in known.checked if isinstance(each, RequiredRelation))
    for start, relation in sorted(checked, key=itemgetter(0)):
        found = file.source.root.descendant_for_byte_range(start, start + 1)
        data = found.parent if found is not None and found.type == "{" else None
        is_lacking = data is not None and (file.source.path, data.start_point.row + 1) in lacking
        if data is not None and is_lacking and not is_in_sight(known, data, relation):
            yield data, relation


def _taken(data: Node) -> Iterator[Node]:
    """The parameters out of which what a record is made of is taken: by reads, patterns, and schemas on the way."""
    given = given_by(data)
    owners = [owner for value in given.values.values() for owner in owners_of(value)]
    found = (_parameter(owner, _DEPTH) for owner in dict.fromkeys([*owners, *given.opaque]))
    yield from dict.fromkeys(each for each in found if each is not None)


def _parameter(value: Node, depth: int) -> Node | None:
    """The parameter that a value is, or that it was made of: `schema.parse(data)`, `data ?? {}`."""
    node = unwrapped(value)
    if node.type == "call_expression":
        given = call_arguments(node)
        return _parameter(given[0], depth - 1) if len(given) == 1 and depth else None
    if node.type == "binary_expression":
        left = node.child_by_field_name("left")
        return _parameter(left, depth - 1) if left is not None and depth else None
    if node.type == "member_expression":  # `checked.data` of `schema.safeParse(data)`
        owner = node.child_by_field_name("object")
        return _parameter(owner, depth - 1) if owner is not None and depth else None
    binding = binding_of(node)
    if binding is None or binding.type in PARAMETERS:
        return binding
    held = binding.child_by_field_name("value")
    return _parameter(held, depth - 1) if held is not None and depth else None


def _shapes_behind(given: Place) -> Iterator[Place]:
    """The schemas, and the literals of states, that say what a value has, or what is spread into it."""
    is_literal = given.node.type == "object"
    spread = [each.named_children[-1] for each in spreads_in(given.node)] if is_literal else []
    for value in spread if is_literal else [given.node]:
        found = given.file.types.of(value)
        if found is not None and found.said_by is not None:
            yield found.said_by
        elif found is not None and found.what is What.SHAPE and found.place is not None and not found.model:
            yield found.place
