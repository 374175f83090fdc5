"""Reads of one absent record that stand beside each other: they are made safe together, or left to who asks for it."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.edits.simulated import Simulated
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.syntax import ancestors, function_around, is_inside, nearest, text_of
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.wording import MADE_SAFE

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import Draft, FileContext

_ASK = " Something beside this needs what is read of it: ask once whether it is there."
_TOLD = " Without it something is done that speaks of it: ask for it before."
_UNITS = ("_statement", "_declaration")
# What a page shows of a record it shows in many places, each of which can do without.
_ELEMENTS = frozenset({"jsx_element", "jsx_self_closing_element"})


class _Read(NamedTuple):
    """A certain read of what may be absent.

    Attributes:
        number: that of its draft.
        draft: the draft.
        absent: what may be absent.
        name: how that is called.
        is_safe: whether nothing may be read where it stands.
    """

    number: int
    draft: Draft
    absent: Node
    name: str
    is_safe: bool


def with_companions(files: Mapping[str, FileContext], drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, with those of reads that depend on others changed.

    What is only reached where another read has found the record, once that is made safe, needs no more than that:
    `book.author?.name && book.author.town`. Where one read of a statement cannot be made safe, the others are left as
    they are: whoever asks for the record there has asked for all of them.

    Args:
        files: all files by their paths.
        drafts: everything that was found.
    """
    found = list(drafts)
    reads = sorted(_reads(drafts), key=_path)
    for path, group in groupby(reads, key=_path):
        of_file = list(group)
        names = [read.name for read in of_file]
        for read, draft in _changed(files[path], [read for read in of_file if names.count(read.name) > 1]):
            found[read.number] = draft
    return _with_values(files, found)


def _with_values(files: Mapping[str, FileContext], drafts: list[Draft]) -> list[Draft]:
    """The drafts, those of a value that may be null itself, and is read through what may be absent, done together."""
    flows = {
        (draft.hint.file, draft.node.id): number
        for number, draft in enumerate(drafts)
        if draft.node is not None and draft.hint.kind is Kind.FLOW and draft.hint.confidence is Confidence.CERTAIN
    }
    for read in list(_reads(drafts)):
        node = read.draft.node
        number = flows.get((read.draft.hint.file, node.id)) if node is not None else None
        if node is None or number is None:
            continue
        file, flow = files[_path(read)], drafts[number]
        through, value = read.draft.subject or _subject(file, read), flow.subject or f"value {_subject(file, read)}"
        drafts[read.number] = replace(read.draft, subject=through, needs=read.draft.needs | {value})
        drafts[number] = replace(flow, subject=value, needs=flow.needs | {through} if flow.edits else flow.needs)
    return drafts


def _path(read: _Read) -> str:
    return read.draft.hint.file or ""


def _reads(drafts: Sequence[Draft]) -> Iterator[_Read]:
    for number, draft in enumerate(drafts):
        is_certain = draft.hint.confidence is Confidence.CERTAIN and not draft.is_lazy
        if draft.absent is not None and is_certain and draft.hint.kind is Kind.READ:
            is_safe = bool(draft.edits) and not draft.needs
            yield _Read(number, draft, draft.absent, plain(text_of(draft.absent)), is_safe)


def _changed(file: FileContext, reads: Sequence[_Read]) -> Iterator[tuple[_Read, Draft]]:
    if not reads:
        return
    led = _led(file, reads)
    numbers = {read.number for read, _ in led}
    others = [read for read in reads if read.number not in numbers]
    stuck = {_unit(read) for read in others if not read.is_safe}
    asking = {each.number for _, leaders in led for each in leaders}
    alone = {read.number for read in others if read.number in asking and _is_alone(read, reads, numbers | asking)}
    told = {each.number for read in others for each in _entered_of(read, others)}
    for read in (each for each in others if each.is_safe):
        is_stuck = _unit(read) in stuck and read.number not in alone and not _is_apart(read, others)
        if is_stuck or read.number in told:
            yield read, _left(read.draft, _ASK if is_stuck else _TOLD)
        else:
            yield read, replace(read.draft, subject=_subject(file, read))
    for read, leaders in led:
        yield read, _following(file, read.draft, leaders)


def _is_alone(read: _Read, reads: Sequence[_Read], asked: Container[int]) -> bool:
    """Whether a property asks by itself for the record that it reads: `{ at: a.b.x != null ? [a.b.x] : null }`."""
    pair = nearest(read.absent, "pair", "statement_block")
    inside = [each for each in reads if each.name == read.name and pair is not None and is_inside(pair, each.absent)]
    return pair is not None and pair.type == "pair" and all(each.number in asked for each in inside)


def _is_apart(read: _Read, reads: Sequence[_Read]) -> bool:
    """Whether those that cannot be made safe are other properties of the literal that a property reads it for."""
    pair = nearest(read.absent, "pair", "statement_block", "jsx_expression")
    if pair is None or pair.type != "pair" or pair.parent is None:
        return False
    beside = [each for each in reads if each.name == read.name and not each.is_safe and _unit(each) == _unit(read)]
    others = [nearest(each.absent, "pair", "statement_block", "jsx_expression") for each in beside]
    return all(each is not None and each != pair and each.parent == pair.parent for each in others)


def _following(file: FileContext, draft: Draft, leaders: Sequence[_Read]) -> Draft:
    """A read that is done when others are."""
    needs = frozenset(_subject(file, leader) for leader in leaders)
    edits = [edit for leader in leaders for edit in leader.draft.edits[file.source.path]]
    after = file.source.lines(draft.node, edits) if draft.node is not None else None
    why = draft.hint.why.partition(MADE_SAFE)[0]  # it is not: the others are
    if after == draft.hint.before:
        lines = sorted({file.source.position(leader.absent)[0] for leader in leaders})
        above = f"line {lines[0]}" if len(lines) == 1 else f"lines {lines[0]} to {lines[-1]}"
        why += f" Once {above} ask{'s' if len(lines) == 1 else ''} for it, this is only reached where it is there."
    return replace(draft, edits={}, needs=needs, hint=replace(draft.hint, after=after, why=why))


def _left(draft: Draft, why: str) -> Draft:
    needs = draft.needs | {"a question whether it is there"}
    return replace(draft, needs=needs, hint=replace(draft.hint, why=draft.hint.why + why))


def _subject(file: FileContext, read: _Read) -> str:
    return f"safe {place_key(Place(file, read.absent))}"


def _led(file: FileContext, reads: Sequence[_Read]) -> list[tuple[_Read, list[_Read]]]:
    """The reads that are only reached where others have found what they read, once these are made safe."""
    safe = [read for read in reads if read.is_safe]
    reached = set(_reached(file, safe, reads)) if safe else set()
    asking = [read for read in safe if read.number not in reached]
    found = [read for read in reads if read.number in reached]
    if not found or reached - set(_reached(file, asking, found)):
        return []
    return [(read, _leaders(file, asking, read)) for read in found]


def _leaders(file: FileContext, asking: Sequence[_Read], read: _Read) -> list[_Read]:
    """Those without which a read is not led: the one above it that is enough, or all of them."""
    around = [each for each in asking if each.name == read.name and _is_around(each, read)]
    enough = (each for each in around[::-1] if read.number in set(_reached(file, [each], [read])))
    one = next(enough, None)
    return [one] if one is not None else around


def _is_around(asking: _Read, read: _Read) -> bool:
    function = function_around(asking.absent)
    is_above = asking.absent.start_byte < read.absent.start_byte
    return is_above and (function is None or is_inside(function, read.absent))


def _reached(file: FileContext, safe: Iterable[_Read], reads: Iterable[_Read]) -> Iterator[int]:
    """The numbers of the reads that are only reached where what they read is there, once some are made safe."""
    path = file.source.path
    simulated = Simulated(file, [edit for each in safe for edit in each.draft.edits[path]])
    yield from (read.number for read in reads if simulated.is_checked(read.absent, read.name))


def _unit(read: _Read) -> tuple[int, str]:
    """The statement around a read, or the element of a page, or all that a function gives back; and what is read of."""
    inner = read.absent
    for outer in ancestors(read.absent):
        if (
            outer.type in _ELEMENTS
            or outer.type.endswith(_UNITS)
            or (outer.type == "arrow_function" and inner != outer.named_children[0])
        ):
            return (outer if outer.type != "arrow_function" else inner).id, read.name
        inner = outer
    return inner.id, read.name


def _entered_of(read: _Read, reads: Sequence[_Read]) -> list[_Read]:
    """A read in a branch that is entered without the record as well, and what that depends on: both are decisions.

    To ask for something else of the record there is none: `if (book.author?.isDead) … else if (book.author?.isYoung)`.
    """
    around = (each for each in ancestors(read.absent) if each.type.endswith(_UNITS))
    for place, branch in enumerate(around):
        condition = branch.child_by_field_name("condition") if branch.type == "if_statement" else None
        if condition is not None and is_inside(condition, read.absent):
            return []
        if condition is not None and place:
            asking = [each for each in reads if each.name == read.name and is_inside(condition, each.absent)]
            if asking:
                return [read, *asking]
    return []
