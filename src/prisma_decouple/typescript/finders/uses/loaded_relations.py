"""Which relations that queries load are read as if their record were always there."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.hints import Confidence, Line
from prisma_decouple.typescript.routes.spent import names_read
from prisma_decouple.typescript.source.branches import skips
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.patterns import key_in_pattern
from prisma_decouple.typescript.source.scopes import enclosing_function, uses_in, uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    WAITS,
    ancestors,
    call_given,
    callee,
    children_of,
    function_around,
    key_of,
    last_name,
    parenthesized,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import EXPECTED, METHODS
from prisma_decouple.typescript.types.places.carried import calls_of, mentions_of
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.tolerance import is_asked_for
from prisma_decouple.typescript.types.prisma.queries import LOADING
from prisma_decouple.typescript.types.properties import loaded_options
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import line_list

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.types.typed import Type

_PARTS = WAITS | {"array", "as_expression", "object", "pair", "satisfies_expression", "spread_element"}
_SERVER = "use server"
_EXPECT = "expect"
_UNREAD = " Those who are seen to get it read nothing of it."
_OPTIONS = frozenset({"arguments", "object", "pair"})
NOT_SEEN = "What reads it is not seen: look where the result goes."


def note_read(file: FileContext, loaded: Place | None, *, is_safe: bool = False, at: Node | None = None) -> None:
    """Keep that a related record is read.

    Args:
        file: the file.
        loaded: the options with which a query loads it; None when they are not known.
        is_safe: whether it is asked first whether there is one.
        at: where it is read, to be named when nothing is done there without it.
    """
    if loaded is None:
        return
    if not is_safe:
        file.findings.relied_on.add(place_key(loaded))
        return
    skipped = file.findings.asked_for.setdefault(place_key(loaded), set())
    if at is not None and skips(at):
        skipped.add(Line(file.source.path, file.source.position(at)[0]))


def note_detour(file: FileContext, loaded: Place | None) -> None:
    """Keep that a related record is only gone through, asked for, to what the record has itself now."""
    if loaded is not None:
        file.findings.gone_through.add(place_key(loaded))


def note_handed(file: FileContext, given: Type, wanted: Type) -> None:
    """Keep that what a query loads is read as what a type of the client says that it loads, `BookGetPayload<…>`.

    Args:
        file: the file.
        given: the record that is handed over.
        wanted: what its place takes.
    """
    if wanted.what is What.RECORD and wanted.model == given.model and wanted.place is not None:
        for place in (given.place, *given.also):
            if place is not None and place != wanted.place:
                _note_same(file, given.model, place, wanted.place)


def _note_same(file: FileContext, model: str, place: Place, other: Place) -> None:
    for relation in (each for each in file.facts.relations if each.model == model):
        loaded, named = loaded_options(place, relation.name), loaded_options(other, relation.name)
        if loaded is not None and named is not None and loaded != named:
            file.findings.handed_on.setdefault(place_key(loaded), set()).add(place_key(named))
            _note_same(file, relation.target, loaded, named)


def _read_as(file: FileContext, key: str) -> set[str]:
    """The options of a relation, with those of the types as which what they load is handed on."""
    found, waiting = {key}, [key]
    while waiting:
        more = file.findings.handed_on.get(waiting.pop(), set()) - found
        found |= more
        waiting += more
    return found


def is_seen_to_load(loaded: Place) -> bool:
    """Whether something reads what a query loads by these options, wherever they are written."""
    found = loaded.file.findings
    return any(place_key(loaded) in each for each in (found.relied_on, found.asked_for, found.gone_through))


def is_told_where_sent(file: FileContext, loaded: Place) -> bool:
    """Whether nothing is seen that reads what a query loads by these options, and it is told where it is sent away."""
    keys, found = _read_as(file, place_key(loaded)), file.findings
    return bool(keys & found.sent_told) and not keys & (found.relied_on | found.asked_for.keys() | found.gone_through)


class Weighed(NamedTuple):
    """How much it matters that a query may load nothing.

    Attributes:
        confidence: how sure it is that something has to be done.
        told: why, behind another sentence.
        is_fine: whether all that is seen of those who get it can do without: they read nothing of it, or ask first
            and leave nothing out.
    """

    confidence: Confidence
    told: str
    is_fine: bool = False


def weighed_load(file: FileContext, loaded: Place, confidence: Confidence, *, is_replaced: bool = False) -> Weighed:
    """How sure it is that something has to be done where a record is loaded that may be absent, and why.

    Args:
        file: the file, when all reads are known.
        loaded: the options with which the query loads it.
        confidence: how sure it is that the record may be absent.
        is_replaced: whether something else takes its place, which queries may load, and tests repeat then.
    """
    keys = _read_as(file, place_key(loaded))
    if keys & file.findings.relied_on:  # then it is known what it loads, whatever else has the same name
        return Weighed(Confidence.CERTAIN, " Something that reads it takes it for granted.")
    if confidence is not Confidence.CERTAIN:
        told = "" if is_replaced else _told_in_test(loaded)
        return Weighed(Confidence.UNSURE, told, is_fine=True) if told else Weighed(confidence, "")
    if keys & file.findings.gone_through:
        return Weighed(Confidence.LIKELY, "")
    asked_for = [file.findings.asked_for[key] for key in keys if key in file.findings.asked_for]
    if asked_for:
        skipped = set[Line]().union(*asked_for)
        where = f", and in {line_list(file.source.path, skipped)} nothing is done without it" if skipped else ""
        told = f" Every read of it that can be seen asks for it first{where}."
        return Weighed(Confidence.UNSURE, told, is_fine=not skipped)
    is_unread = bool(keys & file.findings.unread_loads)
    told = _UNREAD if is_unread else _told_unread(loaded)
    if told:
        return Weighed(Confidence.UNSURE, told, is_fine=True)
    return Weighed(Confidence.LIKELY, f" {NOT_SEEN}")


def _told_in_test(loaded: Place) -> str:
    """What is said where a test only repeats what is loaded: it asks what stands in for the client, or expects that."""
    if not is_test(loaded.file.source.path):
        return ""
    calls = [each for each in ancestors(loaded.node) if each.type == "call_expression"]
    is_expected = any(callee(each)[1] in EXPECTED for each in calls)
    return " Nothing is seen that reads it." if is_expected or _is_left_alone(loaded.node) else ""


def _told_unread(loaded: Place) -> str:
    """What is said when nothing is seen that reads a relation; empty when something may.

    The function that loads it may give it back to those who read nothing of it:
    `const answer = await addBook(book); if (!answer.success) show(answer.error)`.
    """
    if _is_left_alone(loaded.node):
        return " Nothing is seen that reads it."
    function, facts = enclosing_function(loaded.node)[0], loaded.file.facts
    if function is None or not _is_left_alone(loaded.node, given_back_by=function):
        return ""
    calls = list(calls_of(loaded.file, function))
    matter = {"", *facts.names_that_matter, *(each.name for each in facts.relations)}
    if any(mentions_of(loaded.file, function)) or not all(matter.isdisjoint(names_read(each.node)) for each in calls):
        return ""
    is_action = loaded.file.source.text.lstrip()[1:].startswith(_SERVER)  # no framework calls it by its name
    return _UNREAD if calls else " Nothing is seen that calls what loads it." if is_action else ""


def _is_left_alone(options: Node, given_back_by: Node | None = None) -> bool:
    """Whether all that becomes of the result of a query is seen, and nothing of it reads a relation.

    It may be given back as well by a function whose callers are looked at.
    """
    relation, call = "", None
    for outer in ancestors(options):
        if outer.type == "call_expression":
            call = outer
        if outer.type not in _OPTIONS:
            break
        relation = key_of(outer) if outer.type == "pair" and key_of(outer) not in LOADING else relation
    value = call if call is not None and callee(call)[1] in METHODS else None
    while value is not None and value.parent is not None and value.parent.type in WAITS:
        value = value.parent
    holder = value.parent if value is not None else None
    if value is not None and given_back_by is not None and _is_given_back(value, given_back_by):
        return True
    if holder is None or holder.type != "variable_declarator":
        return holder is not None and holder.type == "expression_statement"
    return _is_kept(holder, relation, given_back_by)


def _is_kept(holder: Node, relation: str, given_back_by: Node | None) -> bool:
    """The same of a variable that holds the result, or of what a pattern takes out of it."""
    target, block = holder.child_by_field_name("name"), holder.parent.parent if holder.parent is not None else None
    if target is None or block is None or target.type == "array_pattern":
        return False
    uses = uses_of_variable(holder)
    if target.type == "object_pattern":
        rest = next((each for each in children_of(target) if each.type == "rest_pattern"), None)
        if any(key_in_pattern(each) == relation for each in children_of(target)):
            return False
        if rest is not None and given_back_by is None:
            return False
        name = text_of(rest.named_children[0]) if rest is not None else ""
        uses = (each for each in uses_in(block, name, holder) if each.start_byte >= target.end_byte) if name else uses
    return all(_is_harmless(each, relation, given_back_by) for each in uses)


def _is_harmless(use: Node, relation: str, given_back_by: Node | None) -> bool:
    """Whether nothing is read of a relation where a record is used."""
    given_to = call_given(use)
    if _reads_another(use, relation) or (given_to is not None and callee(given_to)[1] == _EXPECT):
        return True
    holder = use.parent
    if given_back_by is None or holder is None:
        return False
    is_held = holder.type == "variable_declarator" and _is_kept(holder, relation, given_back_by)
    return is_held or _is_given_back(use, given_back_by)


def _is_given_back(value: Node, function: Node) -> bool:
    """Whether a value is what a function gives back, or a part of it: `return { data: { ...book, pages } }`."""
    outer = next((each for each in ancestors(value) if each.type not in _PARTS), None)
    is_result = outer == function or (outer is not None and outer.type == "return_statement")
    return is_result and function_around(value) == function


def _reads_another(use: Node, relation: str) -> bool:
    """Whether a record is only asked for, or has something else read of it than a relation; so of each of a list."""
    read = parenthesized(use).parent
    if read is not None and read.type == "for_in_statement" and read.child_by_field_name("right") == use:
        name, body = text_of(read.child_by_field_name("left")), read.child_by_field_name("body")
        uses = list(uses_in(body, name, read)) if body is not None and name.isidentifier() else []
        return bool(uses) and all(_reads_another(each, relation) for each in uses)
    is_read = read is not None and read.type == "member_expression"
    if read is None or not is_read:
        return is_asked_for(use)
    is_called = read.parent is not None and read.parent.child_by_field_name("function") == read
    return last_name(read) != relation and not is_called
