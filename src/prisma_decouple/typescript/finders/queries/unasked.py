"""Lists of one author's books, or of all books, whichever is asked for: nobody can ask for those without an author.

`if (query.authorId) where.authorId = query.authorId` was all that there was to choose as long as every book had one.
So was `where.authorId = session.authorId` for those who see their own alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.queries.filter_choices import is_deliberate
from prisma_decouple.typescript.finders.queries.filter_places import Part, assigned_place, place_of, reads_only
from prisma_decouple.typescript.hints import Confidence, Kind, Line
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.kept_literals import call_around
from prisma_decouple.typescript.source.left_out import added_under, is_undefined_without
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    PROPERTIES,
    READS,
    callee,
    descendants,
    key_of,
    last_name,
    nearest,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.who_asks import is_who_asks
from prisma_decouple.typescript.wording import line_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext

_CHOICES = frozenset({"binary_expression", "ternary_expression"})
# The queries for several records, and for what they add up to.
_LISTING = frozenset({"aggregate", "count", "findMany", "groupBy"})
_VALUES = frozenset({*READS, "identifier", "shorthand_property_identifier"})


def find_unasked(files: Iterable[FileContext]) -> None:
    """Note the conditions by which one record, or any, can be asked for, when nothing asks for what belongs to none.

    Args:
        files: all files that have to do with the change; their findings are filled.
    """
    read = [file for file in files if not is_test(file.source.path)]
    for relation in read[0].facts.optional if read else ():
        if any(_asks_for_none(file, relation) for file in read):
            continue
        why = (
            f"This lists what belongs to one `{relation.field}`, or everything; {with_article(relation.model)} may "
            "have none now. Look whether one should be able to ask for these."
        )
        for file in read:
            for place in (*_assigned(file, relation), *_written(file, relation)):
                if not file.is_told(place, Kind.FILTER):
                    file.hint(place, Kind.FILTER, Confidence.UNSURE, why)
            _note_own(file, relation)


def _note_own(file: FileContext, relation: OptionalRelation) -> None:
    """Note, once in a file, the lists of what belongs to who asks, who sees nothing of what belongs to nobody."""
    places = [each for each in _own(file, relation) if not file.is_told(each, Kind.FILTER)]
    if not places:
        return
    one = with_article(relation.model)
    told = (
        f"This lists what belongs to who asks; {one} may have no `{relation.field}` now, and is in nobody's list then."
    )
    lines = {Line(file.source.path, file.source.position(each)[0]) for each in places[1:]}
    more = f" It is so in {line_list(file.source.path, lines)} as well." if lines else ""
    why = f"{told} Look who should see it.{more}"
    file.hint(places[0], Kind.FILTER, Confidence.UNSURE, why)


def _own(file: FileContext, relation: OptionalRelation) -> Iterator[Node]:
    """`where.authorId = session.user.authorId`, and `findMany({ where: { authorId: session.user.authorId } })`."""
    for node in file.source.nodes("assignment_expression", "pair", "shorthand_property_identifier"):
        left, right = (node.child_by_field_name(each) for each in ("left", "right"))
        key, value = (last_name(left), right) if left is not None else (_key(node), node.child_by_field_name("value"))
        if key not in relation.foreign_keys or not is_who_asks(value or node):
            continue
        place = assigned_place(file, left) if left is not None else place_of(file, node)
        call = call_around(node) if left is None else None
        is_list = call is None or callee(call)[1] in _LISTING
        if is_list and place == Part("where", relation.model):
            yield node


def _key(node: Node) -> str:
    return key_of(node) or text_of(node)


def _asks_for_none(file: FileContext, relation: OptionalRelation) -> bool:
    """Whether something in a file says that a record belongs to none, or looks for such, be it at times."""
    names = {relation.field, *relation.foreign_keys}
    pairs = (each for each in file.source.nodes("pair") if key_of(each) in names)
    values = (value for each in pairs if (value := each.child_by_field_name("value")) is not None)
    return any(is_deliberate(each) or (each.type in _CHOICES and any(descendants(each, "null"))) for each in values)


def _assigned(file: FileContext, relation: OptionalRelation) -> Iterator[Node]:
    """`if (authorId) where.authorId = authorId`."""
    for node in file.source.nodes("assignment_expression"):
        left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
        if left is None or right is None or left.type not in READS or last_name(left) not in relation.foreign_keys:
            continue
        choice = nearest(node, "if_statement")
        if choice is None or choice.child_by_field_name("alternative") is not None:
            continue  # else the others are asked for
        condition = choice.child_by_field_name("condition")
        is_chosen = condition is not None and _asks_only_for(condition, right)
        if is_chosen and right.type in _VALUES and assigned_place(file, left) == Part("where", relation.model):
            yield node


def _written(file: FileContext, relation: OptionalRelation) -> Iterator[Node]:
    """`...(authorId && { authorId })`, and `authorId: authorId || undefined`."""
    for node in file.source.nodes(*PROPERTIES):
        if key_of(node) not in relation.foreign_keys:
            continue
        value = unwrapped(node.child_by_field_name("value") or node)
        condition = added_under(node) if value.type in _VALUES else None
        is_chosen = is_undefined_without(value) or (condition is not None and _asks_only_for(condition, value))
        if is_chosen and place_of(file, node) == Part("where", relation.model) and reads_only(node):
            yield node


def _asks_only_for(condition: Node, value: Node) -> bool:
    """Whether a condition only asks whether a value is there: `value`, `value !== undefined`."""
    asked = unwrapped(condition)
    left, right = asked.child_by_field_name("left"), asked.child_by_field_name("right")
    is_compared = left is not None and text_of(right) in NOTHING
    return text_of(left if is_compared else asked) == text_of(unwrapped(value))
