"""What else speaks of what may be null now, or is gone: where a person would look who searched the code for its name.

Nothing of these places is known to be wrong. They are told so that the account is complete; what a query asks, what
was asked for before, and what belongs to another model is left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.typescript.components.source import NOWHERE
from prisma_decouple.typescript.finders.spoken.concerned import is_about, is_concerned, unit_of
from prisma_decouple.typescript.finders.spoken.found_records import found_by
from prisma_decouple.typescript.finders.spoken.older_types import older_types
from prisma_decouple.typescript.finders.spoken.said_names import names_of, places_of
from prisma_decouple.typescript.hints import Confidence, Hint, Kind, Line, Spoken, in_order
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.wording import model_list, name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.finders.spoken.said_names import Name
    from prisma_decouple.typescript.hints import ScanResult


def spoken_in(file: FileContext) -> Iterator[Spoken]:
    """What speaks of what may be null now, function by function.

    Args:
        file: the file; tests are passed over.
    """
    if is_test(file.source.path):
        return
    found: dict[int, dict[int, Hint]] = {}
    for name in (each for each in names_of(file.facts) if each.text in file.source.words):
        for node in _places(file, name):
            line, column = file.source.position(node)
            if line != NOWHERE:
                lines = found.setdefault(unit_of(node).id, {})
                lines.setdefault(line, _hint(file, node, name, (line, column)))
    yield from (Spoken(tuple(lines[line] for line in sorted(lines))) for lines in found.values())
    for node, required in older_types(file):
        hint, declared = _hint_of_type(file, node, required), node.parent or node
        yield Spoken((hint,), last=(hint.line or 0) + declared.end_point.row - node.start_point.row)


def _places(file: FileContext, name: Name) -> Iterator[Node]:
    """Where a name is said of such a record, and where what is looked up by it is used."""
    for node in places_of(file, name):
        if is_concerned(file, node, name):
            yield node
        if file.facts.optional_by_key(name.text) and is_about(file, node, name):
            yield from found_by(file, node, name)


def with_spoken(result: ScanResult) -> ScanResult:
    """The result with a hint for each function that speaks of it in lines of which nothing is told otherwise.

    Args:
        result: of a scan, when all else is known.
    """
    told = {line for hint in result.hints for line in _lines_of(hint)}
    more: list[Hint] = []
    for function in result.spoken:
        left = [hint for hint in function.lines if (hint.file, hint.line) not in told]
        inside = {(left[0].file, line) for line in range(left[0].line or 0, function.last + 1)} if left else set()
        if not inside.isdisjoint(told):
            continue
        others = tuple(Line(each.file or "", each.line or 0) for each in left[1:])
        more += [replace(each, follows=others) for each in left[:1]]
    return replace(result, hints=in_order((*result.hints, *more)), spoken=())


def _lines_of(hint: Hint) -> Iterator[tuple[str, int]]:
    """The lines that a hint speaks of."""
    yield from ((hint.file or "", (hint.line or 0) + n) for n in range(max(len(hint.before), 1)))
    yield from ((each.file, each.line) for each in hint.follows)


def _hint_of_type(file: FileContext, node: Node, required: RequiredRelation) -> Hint:
    needs = f"{with_article(required.model, 'A')} needs {name_list(required.foreign_keys)} now"
    why = f"{needs}, and `{text_of(node)}`, which repeats it, says nothing of that. Look whether it should."
    lines = file.source.lines(node)[:1]
    return Hint(file.source.file, *file.source.position(node), Kind.SPOKEN, Confidence.UNSURE, lines, None, why)


def _hint(file: FileContext, node: Node, name: Name, place: tuple[int, int]) -> Hint:
    model = model_list(sorted(name.models))
    said, look = f"`{name.text}` of {with_article(model)} may be null now", "what becomes of it where there is none"
    if name.is_gone:
        said, look = f"{with_article(model, 'A')} has no `{name.text}` any more", "whether that is meant"
    why = f"{said}, and this speaks of it. Look {look}."
    return Hint(file.source.file, *place, Kind.SPOKEN, Confidence.UNSURE, file.source.lines(node)[:1], None, why)
