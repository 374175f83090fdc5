"""One of several types: what they have in common."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.types.typed import Type, What, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.types.expressions import Types

_PLAIN = frozenset({What.KEY, What.VALUE})
_SEVERAL = 8  # elements of a list that are looked at to see whether they are all of one model


def beside(found: Type, *others: Type | None) -> Type:
    """What something is that has a type or one of some others.

    A value that is one of several literals has what each of them has: whoever reads it asks first which one it is.
    What may be null now with one of them may be so with all.

    Args:
        found: the first type, which tells most where none may be null now.
        others: the others, None for what cannot be told.
    """
    known = [each for each in others if each is not None and each.is_list == found.is_list]
    anything = next((each for each in known if each.is_any), None)
    if anything is not None and found.what is What.VALUE:
        return anything  # `isNew ? "" : input` takes whatever the input may be
    newly = next((each for each in known if not found.is_nullable and tells_more(each, found)), None)
    if newly is not None:
        return beside(newly, found, *(each for each in known if each is not newly))
    literals = [each.literal for each in known if each.literal is not None]
    records = [each for each in known if each.what is What.RECORD and not each.parameter]
    if found.literal is not None and records:
        extras = (*records[0].extras, found.literal, *literals)
        is_nullable = found.is_nullable or any(each.is_nullable for each in records)
        newly = next((each for each in records if each.became_null is not None), records[0])
        return replace(newly, extras=extras, is_nullable=is_nullable, is_mixed=True, given=frozenset())
    if found.literal is not None:
        bound = {name: each for one in (*known, found) if one.literal is not None for name, each in one.bound}
        return replace(found, also=(*found.also, *literals), bound=tuple(bound.items()))
    if found.what is not What.RECORD or not records:
        return found
    is_other = any(each.is_mixed or each.model != found.model for each in records)
    also, of_others = _also_loaded(found, records), _of_others(found, records)
    given = _given_to_all(found, *records)
    return replace(found, is_mixed=found.is_mixed or is_other, also=also, others=of_others, given=given)


def _given_to_all(*records: Type) -> frozenset[str]:
    """What a record is sure to have, whichever of several it is."""
    return frozenset.intersection(*(each.given for each in records))


def _of_others(found: Type, records: Sequence[Type]) -> tuple[Type, ...]:
    """The records of other models that something may be, one of each model."""
    by_model = {each.model: each for one in (found, *records) for each in (one, *one.others)}
    return tuple(replace(each, others=()) for model, each in by_model.items() if model != found.model)


def tells_more(other: Type, found: Type) -> bool:
    """Whether of two values that something may be only the other one may be null now, and neither could be before."""
    if other.is_list != found.is_list or not other.is_nullable:
        return False
    is_record = found.what is other.what is What.RECORD
    if is_record:
        return other.became_null is not None and found.became_null is None
    return found.what is What.VALUE and other.what is What.KEY


def _also_loaded(found: Type, others: Sequence[Type]) -> tuple[Place, ...]:
    """What others of several types say is loaded, where a record may have any of them."""
    places = [found.place, *found.also] if found.place is not None else [*found.also]
    own = len(places) - len(found.also)
    for place in (place for each in others if each.model == found.model for place in (each.place, *each.also)):
        if place is not None and place not in places:
            places.append(place)
    return tuple(places[own:])


def either(found: Sequence[Type | None]) -> Type | None:
    """The record that something is, whichever of several types it has; None when they are not all records of one model.

    Args:
        found: the types, None for what cannot be told.
    """
    known = [each for each in found if each is not None and each.what is What.RECORD and not each.parameter]
    if not known or len(known) < len(found) or len({(each.model, each.is_list) for each in known}) > 1:
        return None
    extras = tuple(extra for each in known for extra in each.extras)
    nothing = frozenset[str]().union(*(each.nothing for each in known))
    is_nullable = any(each.is_nullable for each in known)
    also, given = _also_loaded(known[0], known[1:]), _given_to_all(*known)
    return replace(known[0], extras=extras, is_nullable=is_nullable, nothing=nothing, also=also, given=given)


def of_elements(types: Types, parts: Sequence[Node], depth: int) -> Type | None:
    """What a list is that is written out, by the first of its elements of which it is known.

    Args:
        types: of its file.
        parts: its elements.
        depth: how far declarations are followed.
    """
    found = filter(None, (_of_element(types, part, depth - 1) for part in parts))
    first = next(found, None)
    if first is not None and first.what in _PLAIN:
        return _of_plain([first, *islice(found, _SEVERAL)])
    if first is None or (first.what is not What.RECORD and first.literal is None):
        return first
    return beside(first, *islice(found, _SEVERAL))


def _of_plain(found: Sequence[Type]) -> Type:
    """A list of plain values: one that may be null now tells more than the others, unless one could be before."""
    key = next((each for each in found if each.what is What.KEY and each.is_nullable), None)
    others = (each for each in found if each is not key and each.what is not What.KEY)
    is_told = key is not None and all(each.what is What.VALUE and not each.is_nullable for each in others)
    return key if key is not None and is_told and key.is_list else found[0]


def _of_element(types: Types, part: Node, depth: int) -> Type | None:
    """The list of which an element is one, or which is spread into another one."""
    is_spread = part.type == "spread_element"
    found = types.of(part.named_children[-1], depth) if is_spread else types.kept(part, depth)
    return found if found is None or (is_spread and found.is_list) else listed(found)
