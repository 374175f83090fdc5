"""The lines without a hint of their own where the compiler complains as well, until what a hint says is done.

A create without its new key has a result of an unknown type: every line that reads the result is an error too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from prisma_decouple.typescript.context import UNFINISHED
from prisma_decouple.typescript.finders.compiler.complaints import complaints
from prisma_decouple.typescript.finders.compiler.spoiled_results import unknown_after
from prisma_decouple.typescript.finders.compiler.unfit_instances import uses_of_unfit_instances
from prisma_decouple.typescript.finders.gone.gone_conditions import is_nothing_left
from prisma_decouple.typescript.hints import Confidence, Kind, Line
from prisma_decouple.typescript.source.answered import answer_of
from prisma_decouple.typescript.source.syntax import READS, ancestors, is_function, key_of, nearest, text_of
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import excerpt, name_list, word_list

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import Draft, FileContext, Findings
    from prisma_decouple.typescript.hints import Hint


# What the compiler minds in the value that a place is given. A read it minds by itself.
_OF_VALUES = frozenset({Kind.CREATE, Kind.FLOW, Kind.GONE})
# What there is to tell of what somebody receives.
_RECEIVED = frozenset({Kind.FLOW, Kind.READ, Kind.TYPE})
_GONE = frozenset({Kind.GONE, Kind.TYPE})  # the same of what is called otherwise, or gone
_STATEMENTS = ("_statement", "_declaration")
_OF_ONE_LINE = frozenset({Kind.FLOW, Kind.READ})
_MANY = 3
_SHOWN = 3


def following_lines(
    files: Mapping[str, FileContext], told: Sequence[tuple[Hint, Draft]]
) -> dict[Hint, tuple[Line, ...]]:
    """The lines that follow from hints, and that no hint is about itself.

    From certain ones follows what the compiler minds, from one that is not certain what cannot take yet what it says.

    Args:
        files: all files by their paths.
        told: the hints, and the draft of each.

    Returns:
        The lines by the hint, in the order of files and lines; what follows from several hints is named with each.
    """
    covered = {(hint.file, line) for hint, _ in told for line in _lines(hint)}
    found: dict[Hint, tuple[Line, ...]] = {}
    for hint, draft in told:
        file = files.get(hint.file or "")
        if file is None or draft.node is None:
            continue
        after = _examined(file, draft.node, hint.kind) if _is_minded(hint, draft.node) else ()
        waiting = draft.waiting if hint.confidence is not Confidence.CERTAIN else ()
        lines = {line for line in (*after, *waiting) if (line.file, line.line) not in covered}
        if lines:
            found[hint] = tuple(sorted(lines, key=lambda line: (line.file, line.line)))
    return found


def told_once(told: Iterable[tuple[Hint, Draft]]) -> dict[Hint, tuple[Line, ...] | None]:
    """The many reads of one value in a statement that a person mends at once, by asking there whether it is there.

    Args:
        told: the hints, and the draft of each, in the order of their places; those that the patch mends are left out.

    Returns:
        By the first hint of each value the lines of the others, and None by each of these.
    """
    groups: dict[tuple[str | None, int, str, str], list[Hint]] = {}
    for hint, draft in told:
        statement = _statement(draft.absent) if draft.absent is not None else None
        is_certain = hint.confidence is Confidence.CERTAIN and not hint.patched
        if statement is not None and is_certain and len(hint.before) == 1:
            groups.setdefault((hint.file, statement.id, text_of(draft.absent), hint.why), []).append(hint)
    found: dict[Hint, tuple[Line, ...] | None] = {}
    for first, *others in (each for each in groups.values() if len(each) >= _MANY):
        lines = dict.fromkeys(each.line or 0 for each in others if each.line != first.line)
        found |= {first: tuple(Line(first.file or "", line) for line in lines), **dict.fromkeys(others)}
    return found


def told_by_line(files: Mapping[str, FileContext], told: Iterable[tuple[Hint, Draft]]) -> list[tuple[Hint, Draft]]:
    """Hints of which those that say the same of several values in one line are one, unless the compiler minds them.

    Args:
        files: all files by their paths.
        told: the hints, and the draft of each, in the order of their places.
    """
    groups: dict[tuple[object, ...], list[tuple[Hint, Draft]]] = {}
    for number, (hint, draft) in enumerate(told):
        file = files.get(hint.file or "")
        is_minded = hint.confidence is Confidence.CERTAIN and not (file is not None and file.source.is_component)
        is_alone = hint.kind not in _OF_ONE_LINE or is_minded or len(hint.before) != 1
        key = (number,) if is_alone or draft.node is None else (hint.file, hint.line, hint.confidence, hint.why)
        groups.setdefault(key, []).append((hint, draft))
    return [each[0] if len(each) == 1 else _together(files[each[0][0].file or ""], each) for each in groups.values()]


def _together(file: FileContext, told: Sequence[tuple[Hint, Draft]]) -> tuple[Hint, Draft]:
    """The first of several values in one line, with what there is to say and to do of all of them."""
    (first, draft), nodes = told[0], [each.node for _, each in told if each.node is not None]
    names = list(dict.fromkeys(excerpt(text_of(each)) for each in nodes))
    why = f"{first.why} It is so of {name_list(names)}." if len(names) > 1 else first.why
    after = None
    if all(hint.after is not None for hint, _ in told):
        edits = dict.fromkeys(edit for _, each in told for edit in each.edits.get(file.source.path, ()))
        after = file.source.lines(nodes[0], tuple(edits))
    return replace(first, why=why, after=after), draft


def told_at_types(hints: Iterable[Hint], first: Findings, later: Iterable[Findings]) -> list[Hint]:
    """Hints without those on what no compiler minds at its type, where that is told: who mends it is done with both.

    Args:
        hints: of all looks.
        first: what the first look has found, which is what the compiler minds.
        later: what the others have found.

    Returns:
        The other hints, those on types with the lines of what they say something of.
    """
    hints = list(hints)
    unseen = (item for each in later for item in each.believed.items())
    believed = {place: lines for place, lines in unseen if place not in first.believed}
    types = {(hint.file, hint.line) for hint in hints if hint.kind is Kind.TYPE}
    covered = {(hint.file, line) for hint in hints if hint.spot not in believed for line in _lines(hint)}
    received: dict[tuple[str | None, int | None], dict[Line, None]] = {}
    kept = []
    for hint in hints:
        said_at = believed.get(hint.spot, ())
        if not said_at or not types.issuperset(said_at):
            kept.append(hint)
            continue
        for place in said_at if (hint.file, hint.line) not in covered else ():
            received.setdefault(place, {})[Line(hint.file or "", hint.line or 0)] = None
    return [_received(hint, received.get((hint.file, hint.line), ())) for hint in kept]


def told_to_receivers(hints: Sequence[Hint], later: Iterable[Findings]) -> list[Hint]:
    """Hints without those on what is sent away where all who ask for it are told what they receive.

    Args:
        hints: of all looks.
        later: what the looks have found that know who asks for what.
    """
    later = list(later)
    askers = {place: asking for each in later for place, asking in each.askers.items()}
    received = {spot for each in later for spot in each.received}
    known = [hint for hint in hints if hint.confidence is not Confidence.UNSURE or hint.spot in received]
    files = {(hint.file, hint.kind) for hint in known if hint.spot not in askers}
    lines = {line for hint in known if hint.kind is Kind.TYPE for line in hint.follows}

    def is_told(kinds: Iterable[Kind], path: str, function: Node) -> bool:
        rows = range(function.start_point.row + 1, function.end_point.row + 2)
        return any((path, kind) in files for kind in kinds) or any(Line(path, row) in lines for row in rows)

    return [
        hint
        for hint in hints
        if hint.confidence is not Confidence.UNSURE
        or not (asking := askers.get(hint.spot))
        or not all(is_told(_GONE if hint.kind is Kind.GONE else _RECEIVED, *each) for each in asking)
    ]


def _received(hint: Hint, lines: Collection[Line]) -> Hint:
    """A hint on a type with the lines where something is received, or handed on, as that."""
    if hint.kind is not Kind.TYPE or not lines:
        return hint
    shown = [f"line {each.line}" if each.file == hint.file else f"`{each.file}:{each.line}`" for each in lines]
    if len(shown) > _SHOWN:
        shown[_SHOWN:] = [f"{len(shown) - _SHOWN} more"]
    why = f"{hint.why} What arrives in {word_list(shown)} is said to be this."
    is_certain = hint.confidence is Confidence.CERTAIN  # the compiler does not mind what is received
    return replace(hint, why=why, follows=hint.follows if is_certain else (*hint.follows, *lines))


def _statement(node: Node) -> Node | None:
    """The statement around an expression, or the function that gives it back; None for what elements show."""
    for outer in ancestors(node):
        if outer.type == "jsx_expression":
            return None
        if is_function(outer) or outer.type.endswith(_STATEMENTS):
            return outer
    return None


def _lines(hint: Hint) -> range:
    return range(hint.line or 0, (hint.line or 0) + max(len(hint.before), 1))


def _is_minded(hint: Hint, node: Node) -> bool:
    """Whether the compiler minds a value at a place."""
    is_read = node.parent is not None and node.parent.type in READS and node.type == "property_identifier"
    return hint.confidence is Confidence.CERTAIN and hint.kind in _OF_VALUES and not is_read


def _examined(file: FileContext, node: Node, kind: Kind) -> list[Line]:
    try:
        return list(_after(file, node, kind))
    except RecursionError:
        return []
    except UNFINISHED:
        if file.project.is_damaged:
            return []
        raise


def _after(file: FileContext, node: Node, kind: Kind) -> Iterator[Line]:
    seen: set[int] = set()
    is_lacking = kind is Kind.CREATE or (kind is Kind.GONE and _is_part_of_record(file, node))
    for there, place, call in complaints(file, node, is_lacking=is_lacking):
        is_value = kind is not Kind.GONE or node.type == "string" or is_lacking
        if place is not None and not is_value and not is_nothing_left(there, place):
            continue  # what is too much is only minded in a literal that is written where it is wanted, unlike a value
        if place is not None:
            yield _line(there, place)
        if call is not None and call.id not in seen:
            seen.add(call.id)
            yield from (_line(each.file, each.node) for each in unknown_after(there, call))
    yield from (_line(each.file, each.node) for each in uses_of_unfit_instances(file, node))
    if (answer := _answer_around(node)) is not None:
        yield _line(file, answer)


def _is_part_of_record(file: FileContext, node: Node) -> bool:
    """Whether a field is given by its old name where a whole record is wanted, which lacks the new name then."""
    literal = nearest(node, "object")
    wanted = expected(file, literal) if literal is not None else None
    lost = file.facts.lost_of(wanted.model, key_of(node)) if wanted is not None else None
    is_whole = wanted is not None and wanted.what is What.RECORD and not wanted.is_partial
    return is_whole and lost is not None and lost.is_renamed


def _answer_around(node: Node) -> Node | None:
    """What a function says that it gives back, when a `switch` that does not go through all values any more ends it."""
    case = node.parent if node.parent is not None and node.parent.type == "switch_case" else None
    holder = case.parent.parent if case is not None and case.parent is not None else None
    statement = node if node.type == "switch_statement" else holder
    return answer_of(statement) if statement is not None else None


def _line(file: FileContext, node: Node) -> Line:
    return Line(file.source.path, file.source.position(node)[0])
