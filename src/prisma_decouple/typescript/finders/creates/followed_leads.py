"""All functions that were found to lead to a create, with the parameters through which the data of the record comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import function_name, parameters
from prisma_decouple.typescript.source.syntax import descendants
from prisma_decouple.typescript.types.places.slots import place_key

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.finders.creates.leads import Lead
    from prisma_decouple.typescript.hints import Confidence
    from prisma_decouple.typescript.source.place import Place

# Instead of an argument's number where its values come as arguments of their own.
_ONE_BY_ONE = -1
_OBJECTS = ("object_pattern", "object_type", "type_identifier")


class FollowedLeads:
    """The functions that lead to a create, as far as they were followed from caller to caller.

    Attributes:
        names: all their names.
    """

    def __init__(self, leads: Iterable[Lead] = ()) -> None:
        self.names: set[str] = set()
        self._named: dict[str, Confidence] = {}  # those of which no more is known
        self._known: dict[str, tuple[Confidence, frozenset[int]]] = {}
        for lead in leads:
            self.note(lead)

    def note(self, lead: Lead, promises: Iterable[str] = ()) -> None:
        """Add a function.

        Args:
            lead: to it.
            promises: the keys of the places that promise it, in an interface or a base class.
        """
        self.names.add(lead.function)
        if lead.slot is None:
            self._named.setdefault(lead.function, lead.confidence)
            return
        index = lead.slot.index if lead.slot.is_property else _ONE_BY_ONE
        for place in (place_key(lead.slot.function), *promises):
            sureness, taken = self._known.get(place, (lead.confidence, frozenset[int]()))
            self._known[place] = sureness, taken | {index}

    def sureness(self, function: Place) -> Confidence | None:
        """How sure it is that a function leads to a create; None when it does not."""
        name = function_name(function.node)
        known = self._known.get(place_key(function)) if name in self.names else None
        return known[0] if known is not None else self._named.get(name)

    def taken(self, function: Place) -> list[Node]:
        """The parameters through which what the record is made of comes: all of them where only the name is known."""
        name, taken = function_name(function.node), parameters(function.node)
        known = self._known.get(place_key(function)) if name in self.names else None
        if known is None:
            return taken if name in self._named else []
        is_any = _ONE_BY_ONE in known[1]
        return [each for index, each in enumerate(taken) if index in known[1] or (is_any and _is_plain(each))]


def _is_plain(parameter: Node) -> bool:
    """Whether a parameter is a single value, `title: string`, and neither taken apart nor of a type with members."""
    return not any(next(descendants(parameter, kind), None) for kind in _OBJECTS)
