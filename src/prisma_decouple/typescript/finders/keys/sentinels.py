"""Stand-ins for "none", such as 0, where a key is meant that may be null now: `authorId: form.authorId || 0`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.null_values import mentions_beside, null_instead
from prisma_decouple.typescript.finders.forms.sent_texts import is_added_to_form, is_sent_as_text
from prisma_decouple.typescript.finders.keys.held_stand_ins import (
    is_asked_by,
    is_kept_by_form,
    is_made_text,
    is_of_input,
    is_summand,
)
from prisma_decouple.typescript.finders.keys.refused_in_tests import is_refused_in_test
from prisma_decouple.typescript.finders.uses.decisions import is_in_filter
from prisma_decouple.typescript.finders.widening.widened_members import nullable_subject
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_key_of_others, is_likelier_of_others, is_liker_another
from prisma_decouple.typescript.source.literals import given_by
from prisma_decouple.typescript.source.named_keys import PASSED_THROUGH, holder_key, key_in
from prisma_decouple.typescript.source.operators import COMPARISONS, FALLBACKS
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import uses_of_variable
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    READS,
    ancestors,
    call_given,
    has_safe_read,
    key_of,
    last_name,
    parenthesized,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.selections import is_only_for_selection
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.tolerance import selects_target, takes
from prisma_decouple.typescript.types.prisma.given_keys import is_given
from prisma_decouple.typescript.types.typed import DATA, What
from prisma_decouple.typescript.wording import excerpt, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.text import Edit

_SENT = " A form may keep it: make null of it where it is sent."
_EMPTY = frozenset({'""', "''", "``"})
_STAND_INS = _EMPTY | {"0", "-1"}
_CONSTANT = re.compile(r"(?:[A-Z]\w*\.)*[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_WANT = re.compile(r"(?:^|_)(?:ANONYMOUS|DEFAULT|EMPTY|FALLBACK|GUEST|MISSING|NO|NONE|PLACEHOLDER|UNKNOWN)(?:_|$)")
_AROUND_VALUES = {*PASSED_THROUGH, *READS, "call_expression"}
_OTHER_SIDE = {"consequence": "alternative", "alternative": "consequence"}


def find_sentinels(file: FileContext) -> None:
    """Note the stand-ins for an absent key.

    Args:
        file: the file; its findings are filled.
    """
    keys = file.facts.optional_keys
    for node in file.source.nodes("binary_expression"):
        _check_binary(file, node, keys)
    for node in file.source.nodes("ternary_expression"):
        _check_condition(file, node, keys)
    for node in file.source.nodes("pair", "variable_declarator", "assignment_expression", "public_field_definition"):
        _check_value(file, node, keys)
    for node in file.source.nodes("pair"):
        _check_written(file, node)
    for node in file.source.nodes("object_assignment_pattern", "required_parameter", "optional_parameter"):
        _check_default(file, node, keys)


def _check_binary(file: FileContext, node: Node, keys: frozenset[str]) -> None:
    """`authorId || 0`, `authorId ?? GUEST_ID`, `book?.authorId ?? other` and `authorId === 0`."""
    operator, left, right = (node.child_by_field_name(name) for name in ("operator", "left", "right"))
    if left is None or right is None:
        return
    if text_of(operator) in FALLBACKS and (_CONSTANT.fullmatch(text_of(right)) or _is_written_key(right)):
        _check_constant(file, node, right)
    if text_of(right) not in _STAND_INS:
        is_read = text_of(operator) in FALLBACKS and has_safe_read(left) and right.type not in NOTHING
        if is_read and not _is_in_text(node):
            _check_fallback(file, left, right)
        return
    left = _last_choice(left)
    key = key_in(left, keys)
    if key and (is_given(file, left) or _is_of_another(file, left) or _is_called_like_others(file, left, key)):
        return
    if text_of(operator) in FALLBACKS and is_asked_by(file, node):
        file.fine()  # nothing is found by it
    elif text_of(operator) in FALLBACKS:
        _check_stand_in(file, node, left, right, key)
    elif text_of(operator) in COMPARISONS and key:
        why = f"This compares `{key}` with a stand-in for none; where there is none it is null now."
        is_told = _confidence(file, left, key) is Confidence.CERTAIN
        file.hint(node, Kind.SENTINEL, Confidence.LIKELY if is_told else Confidence.UNSURE, why)


def _last_choice(value: Node) -> Node:
    """What is taken last before a stand-in: `c` of `a || b?.c`."""
    node = unwrapped(value)
    is_choice = text_of(node.child_by_field_name("operator")) in FALLBACKS
    return (node.child_by_field_name("right") if is_choice else None) or value


def _check_stand_in(file: FileContext, node: Node, left: Node, right: Node, key: str) -> None:
    """`authorId || 0`, or what its place takes for the key: `{ authorId: author?.id || 0 }`."""
    keys = file.facts.optional_keys
    if key and is_in_filter(file, node):
        why = f"`{text_of(right)}` finds nothing where `{key}` is null; null would find what has none."
        file.hint(node, Kind.SENTINEL, Confidence.UNSURE, f"{why} Say which is meant.")
    elif meant := key or holder_key(node, keys):
        is_of_others = not key and _is_held_as_others(file, node, left, meant)
        is_of_others = is_of_others or _names_target(file, node, meant)
        if is_of_others or _only_selects(file, node, left, meant) or _is_key_of_target(file, node):
            file.fine()
        elif (_puts_in_text(node) and text_of(right) in _EMPTY) or is_of_input(node):
            file.fine()  # none is shown where there is none, and sent as no text
        elif is_made_text(node):
            is_told = _confidence(file, left, meant) is Confidence.CERTAIN  # and yet null would become a text as well
            file.hint(node, Kind.SENTINEL, Confidence.LIKELY if is_told else Confidence.UNSURE, _reason(meant, right))
        elif is_summand(node):
            file.hint(node, Kind.SENTINEL, Confidence.UNSURE, _reason(meant, right))
        else:
            _note_held(file, node, right, meant, _confidence(file, left, meant))


def _note_held(file: FileContext, node: Node, stand_in: Node, key: str, confidence: Confidence) -> None:
    """A stand-in that is held as the key, or by a form, whose inputs may only take texts."""
    why, needs = _reason(key, stand_in), _needs_of_null(file, node)
    edits: list[Edit] | None = null_instead(stand_in)
    if is_kept_by_form(file, node):
        confidence = Confidence.LIKELY if confidence is Confidence.CERTAIN else confidence
        why, edits = (f"{why}{_SENT}", None) if needs else (why, edits)
    file.hint(node, Kind.SENTINEL, confidence, why, edits, needs=needs)


def _is_held_as_others(file: FileContext, node: Node, value: Node, key: str) -> bool:
    """Whether only the name of what holds a value says that it is the key, and more models have it that are as before.

    The first of the authors that a page offers, `authorId: authors[0]?.id ?? ""`, may be meant for anything.
    """
    found = file.types.of(value)
    is_plain = found is None or found.what is What.VALUE
    holder = next((each for each in ancestors(node) if each.type not in PASSED_THROUGH), None)
    return is_plain and holder is not None and _may_be_of_another(file, holder, key)


def _names_target(file: FileContext, node: Node, key: str) -> bool:
    """Whether what is called like a key only says which related record is meant: `author.update({ where: { id } })`."""
    holder = next((each for each in ancestors(node) if each.type not in _AROUND_VALUES), None)
    is_kept = holder is not None and holder.type == "variable_declarator"
    uses = list(uses_of_variable(holder)) if holder is not None and is_kept else []
    is_asked_by = any(selects_target(file, each, key) for each in uses)
    return is_asked_by and not any(_is_handed_on(file, each) for each in uses)


def _is_handed_on(file: FileContext, use: Node) -> bool:
    """Whether a value becomes a part of a record, or is given to a function of the code base."""
    holder = use if use.type == "shorthand_property_identifier" or use.parent is None else use.parent
    data = expected(file, holder.parent) if holder.parent is not None and holder.parent.type == "object" else None
    call = call_given(use)
    is_followed = call is not None and file.types.function_of(call) is not None
    return is_followed or (data is not None and data.what in DATA)


def _only_selects(file: FileContext, node: Node, value: Node, key: str) -> bool:
    """Whether rows are looked for by what has a stand-in and is not told to be the key: it finds none, as before."""
    found, wanted = file.types.of(value), expected(file, node)
    is_told = found is not None and found.what is What.KEY
    return not is_told and wanted is not None and (is_in_filter(file, node) or is_only_for_selection(wanted, key))


def _check_fallback(file: FileContext, value: Node, other: Node) -> None:
    """`book?.authorId ?? authors[0].id`: what is taken without a book is taken for a book without an author as well."""
    found = file.types.of(value)
    is_key = found is not None and found.what is What.KEY and not found.is_list and not is_given(file, value)
    if found is None or not is_key or not file.facts.is_optional_key(found.model, found.field):
        return  # what is shown where there is no text does for null as well
    name, model = found.field, with_article(found.model)
    why = f"`{excerpt(text_of(other))}` is taken where nothing is there; {model} may be there without `{name}` now."
    file.hint(value, Kind.SENTINEL, Confidence.UNSURE, f"{why} Look whether it is meant for that as well.")


def _is_written_key(value: Node) -> bool:
    """Whether a value is written out, and may be the key of a record that stands for none: `"nobody"`."""
    return value.type in {"number", "string"} and text_of(value) not in _STAND_INS


def _is_key_of_target(file: FileContext, node: Node) -> bool:
    """Whether a place takes the key of a record that is there: `interface Joined { teamId: Team["id"] }`."""
    wanted = expected(file, node)
    # What is taken out of a model's own type is written nowhere, and is no key that may be null.
    is_value = wanted is not None and wanted.what is What.VALUE and not wanted.is_nullable
    return is_value and wanted is not None and wanted.place is None and wanted.said_by is None


def _is_in_text(node: Node) -> bool:
    """Whether a value is shown in a text: `by ${authorId ?? ""}`."""
    outer = parenthesized(node).parent
    return outer is not None and outer.type == "template_substitution"


def _puts_in_text(node: Node) -> bool:
    """The same, or whether it is put into a form, which has texts only: `data.append("authorId", authorId ?? "")`."""
    return _is_in_text(node) or is_added_to_form(parenthesized(node))


def _check_constant(file: FileContext, node: Node, constant: Node) -> None:
    """A record that stands for none, such as a guest, where the key is written that may be null now."""
    holder = node.parent
    owner = expected(file, holder.parent) if holder is not None and holder.type == "pair" and holder.parent else None
    if owner is None or owner.what not in DATA or holder is None:
        return
    if file.facts.is_optional_key(owner.model, key_of(holder)):
        why = f"`{key_of(holder)}` may be null now: is `{text_of(constant)}` still to stand for none?"
        file.hint(node, Kind.SENTINEL, Confidence.UNSURE, why)


def _is_of_another(file: FileContext, key: Node) -> bool:
    """Whether a key is that of a record in which it did not change."""
    node = unwrapped(key)
    owner = node.child_by_field_name("object") if node.type == "member_expression" else None
    found = file.types.of(owner) if owner is not None else None
    is_record = found is not None and found.what is What.RECORD
    return is_record and found is not None and not file.facts.nullability(found.model, last_name(node))


def _confidence(file: FileContext, value: Node | None, key: str) -> Confidence:
    """How sure it is that a stand-in is for the key: less where only a name says so that other models have as well."""
    found = file.types.of(value) if value is not None else None
    is_told = found is not None and found.what is What.KEY
    return Confidence.CERTAIN if is_told else _by_name(file, key, Confidence.CERTAIN)


def _by_name(file: FileContext, key: str, alone: Confidence) -> Confidence:
    """How sure it is that the key is meant where only its name says so."""
    return Confidence.UNSURE if file.facts.is_shared(key) else alone


def _check_condition(file: FileContext, node: Node, keys: frozenset[str]) -> None:
    """One side of a condition is a stand-in where the key is meant."""
    meant = holder_key(node, keys)
    for side, opposite in _OTHER_SIDE.items():
        value, other = node.child_by_field_name(side), node.child_by_field_name(opposite)
        if value is None or other is None or text_of(value) not in _STAND_INS:
            continue
        if meant and not _is_held_as_others(file, node, other, meant):
            confidence = _confidence(file, other, meant)
            needs = _needs_of_null(file, node)
            file.hint(node, Kind.SENTINEL, confidence, _reason(meant, value), null_instead(value), needs=needs)


def _check_value(file: FileContext, node: Node, keys: frozenset[str]) -> None:
    """The key set to a stand-in outright."""
    value = node.child_by_field_name("value") or node.child_by_field_name("right")
    name = key_of(node) or last_name(node.child_by_field_name("left"))
    if value is not None and name in keys and text_of(value) in _STAND_INS and not _may_be_of_another(file, node, name):
        if node.type == "pair" and is_sent_as_text(file, node):
            file.findings.sent_as_texts.add(place_key(Place(file, node)))  # whoever gets the text makes null of it
            file.fine()
            return
        if is_refused_in_test(file, node):
            file.fine()
            return
        confidence = _by_name(file, name, Confidence.LIKELY)
        file.hint(node, Kind.SENTINEL, confidence, _reason(name, value), null_instead(value))


def _may_be_of_another(file: FileContext, holder: Node, key: str) -> bool:
    """Whether a key that is set is as likely to be that of a model in which it did not change."""
    literal = holder.parent if holder.type == "pair" else None
    owner = expected(file, literal) if literal is not None else None
    is_known = owner is not None and file.facts.nullability(owner.model, key)
    beside = given_by(literal).values if literal is not None and literal.type == "object" else ()
    return not is_known and (_is_of_others(file, key) or is_liker_another(file.facts, key, beside))


def _is_called_like_others(file: FileContext, value: Node, key: str) -> bool:
    """Whether only a name says that something is the key, and more models have it that are as they were.

    A text from elsewhere, such as a form, is the key of a changed model only where the file speaks of that.
    """
    found = file.types.of(value)
    is_plain = found is not None and found.what is What.VALUE
    words = file.source.words if is_plain else ()
    if found is None and is_likelier_of_others(file.facts, key, file.source.words):
        return True
    return (found is None or is_plain) and is_key_of_others(file.facts, key, words)


def _is_of_others(file: FileContext, key: str) -> bool:
    return is_likelier_of_others(file.facts, key, file.source.words)


def _check_written(file: FileContext, pair: Node) -> None:
    """What stands for none, `DEFAULT_CATEGORY` or `blurb || ""`, where a field is written that may be null now."""
    value = pair.child_by_field_name("value")
    stand_in = _written_for_none(value) if value is not None else None
    owner = expected(file, pair.parent) if pair.parent is not None and stand_in is not None else None
    if owner is None or owner.what not in DATA or key_of(pair) not in file.facts.nullable_names(owner.model):
        return
    if text_of(stand_in) not in _STAND_INS or key_of(pair) not in file.facts.optional_keys:  # these are told by name
        why = f"`{key_of(pair)}` may be null now: is `{text_of(stand_in)}` still to stand for none?"
        file.hint(pair, Kind.SENTINEL, Confidence.UNSURE, why)


def _written_for_none(value: Node) -> Node | None:
    """The constant, empty text or 0 that is written for want of a value."""
    node = unwrapped(value)
    if _WANT.search(last_name(node)) and _CONSTANT.fullmatch(text_of(node)):
        return node
    names = ("consequence", "alternative") if node.type == "ternary_expression" else ("right",)
    is_choice = node.type == "ternary_expression" or text_of(node.child_by_field_name("operator")) in FALLBACKS
    sides = (node.child_by_field_name(name) for name in names) if is_choice else ()
    return next((each for each in sides if each is not None and text_of(each) in _STAND_INS), None)


def _check_default(file: FileContext, node: Node, keys: frozenset[str]) -> None:
    """The key's default is a stand-in, in a parameter list or where an object is taken apart."""
    target = node.child_by_field_name("left") or node.child_by_field_name("pattern")
    value = node.child_by_field_name("right") or node.child_by_field_name("value")
    is_key = text_of(target) in keys and not _is_of_others(file, text_of(target))
    if is_key and value is not None and text_of(value) in _STAND_INS:
        confidence = _by_name(file, text_of(target), Confidence.LIKELY)
        file.hint(node, Kind.SENTINEL, confidence, _reason(text_of(target), value), null_instead(value))


def _needs_of_null(file: FileContext, node: Node) -> tuple[str, ...]:
    """What has to be done before null can stand at a place: nothing, a wider type, or what nobody can tell."""
    wanted = expected(file, node)
    if wanted is None:
        return ("a place that is known",)
    if is_in_filter(file, node):
        return ("a decision about what to select",)
    if takes(wanted, "null"):
        return ()
    return (nullable_subject(wanted.place),) if wanted.place is not None else ("a place that takes null",)


def _reason(key: str, stand_in: Node) -> str:
    written = text_of(stand_in)
    why = f"`{key}` is null when there is none; `{written}` would point to a row that is not there."
    return f"{why} The comment beside it speaks of `{written}` as well." if mentions_beside(stand_in) else why
