"""Properties and parameters that are given a related record which may be absent: `<Card author={book.author} />`.

Their types are only changed, to let null in, where all that they are used for can do without a record. Nobody is told
of a type that cannot: who hands the record over may as well ask for it there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.decisions import compared
from prisma_decouple.typescript.finders.uses.empty_texts import text_of_none
from prisma_decouple.typescript.finders.uses.key_uses import Use, use_of
from prisma_decouple.typescript.finders.uses.safe_reads import outermost, use_in_chain
from prisma_decouple.typescript.finders.widening.reach import is_fully_seen
from prisma_decouple.typescript.finders.widening.widened_members import mended_subject, nullable_subject, widen
from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.source.patterns import key_in_pattern, pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import PARAMETERS, find_binding, parameters
from prisma_decouple.typescript.source.syntax import (
    READS,
    call_arguments,
    call_given,
    descendants,
    key_of,
    nearest,
    text_of,
)
from prisma_decouple.typescript.types.places.arrivals import bases_of, receivers_of
from prisma_decouple.typescript.types.places.declared import given_to_component
from prisma_decouple.typescript.types.places.expectations import expected, place_of
from prisma_decouple.typescript.types.places.indifferent import takes_anything
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.tolerance import is_read_on
from prisma_decouple.typescript.types.places.uses import (
    members_read,
    members_taken,
    readers,
    uses_of,
    uses_that_refuse_null,
)
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.types.written.members import shape_members, written_for
from prisma_decouple.typescript.wording import MADE_SAFE, excerpt, with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 8
_LITERALS = frozenset({"false", "null", "number", "string", "true", "undefined"})
_LOGS = re.compile(r"(?:console|log|logger)\b")


def offer_null(file: FileContext, value: Node, model: str, field: str) -> list[str]:
    """What a related record needs that is handed over: that what takes it lets null in, which is noted quietly.

    Args:
        file: the file; the findings of it, and of that of the type, are filled.
        value: the record.
        model: the model that has the relation.
        field: the relation.

    Returns:
        The subject of the type; nothing where no type of the code base takes it alone.
    """
    taker = _taker(file, value)
    written = written_for(taker) if taker is not None else None
    if taker is None or written is None:
        return []
    findings, key, name = taker.file.findings, place_key(taker), _name_of(taker.node)
    if key not in findings.widened:
        findings.widened[key] = name
        findings.offered.add(key)
        why = f"`{name}` receives the `{field}` of {with_article(model)}, which may be null now: let its type say so."
        given = _text_of_none(taker)
        is_empty = given is not None and not given.strip()  # nobody asks why there is nothing on a page
        sure = Confidence.LIKELY if is_empty else Confidence.CERTAIN
        why += _told_of(given) if given is not None else ""
        widen(taker, sure, why, is_lazy=not is_empty, needs=_needs(taker, name), is_quiet=not is_empty)
    return [nullable_subject(written)]


def _text_of_none(taker: Place) -> str | None:
    """The text that a function gives without what it receives; None where it gives none."""
    function = taker.node.parent.parent if taker.node.parent is not None else None
    is_parameter = function is not None and taker.node in parameters(function)
    return text_of_none(function, taker.node) if function is not None and is_parameter else None


def _told_of(text: str) -> str:
    """What is said, behind another sentence, of the text that a function gives without what it receives."""
    what = f"`{excerpt(text)}`" if text.strip() else "an empty text"
    return f"{MADE_SAFE} it gives {what} without it: look whether that is meant wherever it is called."


def noted_for(file: FileContext, value: Node) -> list[str]:
    """The members of written types, and the parameters, by place, that have to let null in and whose value this is.

    Args:
        file: the file.
        value: a read, or a name.
    """
    if value.type in READS:
        places = list(members_read(file, value))
    else:
        binding = find_binding(value, text_of(value))
        own = [Place(file, binding)] if binding is not None and binding.type in PARAMETERS else []
        places = [*members_taken(file, value), *own]
    return [key for key in map(place_key, places) if key in file.findings.widened]


def _needs(taker: Place, name: str) -> list[str]:
    """What has to be done before a type may let null in: its reads are made safe, and nothing else minds."""
    refusing = uses_that_refuse_null(taker.file, taker.node, name)
    mended = [use for use in refusing if is_read_on(use.node) or use_in_chain(use.node) is not None]
    is_member = taker.node.type not in PARAMETERS
    is_held = (
        len(mended) < len(refusing)
        or (is_member and (any(receivers_of(taker, name, is_whole=True)) or any(bases_of(taker, name))))
        or not is_fully_seen(taker, name)
        or any(map(_means_something, uses_of(taker.file, taker.node, name)))
        or _is_taken_apart(taker, name)
    )
    return [*map(mended_subject, mended), *(["a type that may let null in"] if is_held else [])]


def _means_something(use: Place) -> bool:
    """Whether null would compile at a use and say something else there, or be equal to what is absent as well."""
    call = call_given(use.node)
    if call is not None and takes_anything(call) and _LOGS.match(text_of(call)) is None:
        return True
    other = compared(outermost(use.node))
    is_open = other is not None and other.type not in _LITERALS
    return is_open or use_of(use.file, use.node) is Use.SHOWN


def _is_taken_apart(taker: Place, name: str) -> bool:
    """Whether a function takes something out of the value where it receives it: `({ author: { name } }: Props)`."""
    shape = nearest(taker.node, "object_type", "interface_declaration") if taker.node.type not in PARAMETERS else None
    for reader, _ in readers(Place(taker.file, shape)) if shape is not None else ():
        for part in descendants(reader.node, "pair_pattern"):
            value = part.child_by_field_name("value")
            if key_in_pattern(part) == name and value is not None and value.type.endswith("_pattern"):
                return True
    return False


def _name_of(taker: Node) -> str:
    return text_of(pattern_of(taker)) if taker.type in PARAMETERS else key_of(taker)


def _taker(file: FileContext, value: Node) -> Place | None:
    """The member of a written type, or the parameter, that a value is given to."""
    outer, whole = place_of(value)
    if outer is None or whole != value:
        return None
    if outer.type == "arguments":
        return _parameter(file, value)
    holder = outer.parent
    if outer.type == "jsx_expression" and holder is not None and holder.type == "jsx_attribute":
        return _member(given_to_component(file, holder), text_of(holder.named_children[0]))
    if outer.type == "object":
        return _member(expected(file, outer), key_of(value))
    is_pair = outer.type == "pair" and holder is not None and outer.child_by_field_name("value") == value
    return _member(expected(file, holder), key_of(outer)) if is_pair and holder is not None else None


def _member(owner: Type | None, name: str) -> Place | None:
    """The one member of an object type or interface."""
    if owner is None or owner.what is not What.SHAPE or owner.place is None or owner.parameter:
        return None
    found = list(shape_members(owner.place.file, owner.place.node, name, _DEPTH))
    return found[0] if len(found) == 1 and found[0].node.type == "property_signature" else None


def _parameter(file: FileContext, value: Node) -> Place | None:
    """The parameter of a function of the code base, one of its own name."""
    call = call_given(value)
    function = file.types.function_of(call) if call is not None and call.type == "call_expression" else None
    if call is None or function is None or function.place is None:
        return None
    taken, index = parameters(function.place.node), call_arguments(call).index(value)
    parameter = taken[index] if index < len(taken) and len(taken) >= len(call_arguments(call)) else None
    is_named = parameter is not None and pattern_of(parameter).type == "identifier"
    body = function.place.node.child_by_field_name("body")  # what has none is made elsewhere
    if parameter is None or body is None or not is_named or _name_of(parameter) not in text_of(body):
        return None
    return Place(function.place.file, parameter)
