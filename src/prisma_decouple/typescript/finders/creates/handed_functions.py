"""Functions that are to take a new key, where they are handed on and not called: `router.post("/books", saveBook)`.

Whoever calls them from there is not seen, and would not pass the key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.aliases import local_names
from prisma_decouple.typescript.source.operators import COMPARISONS
from prisma_decouple.typescript.source.scopes import PARAMETERS
from prisma_decouple.typescript.source.syntax import (
    READS,
    ancestors,
    callee,
    first_name,
    function_at,
    inner_expression,
    key_of,
    last_name,
    names_in,
    text_of,
)
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.promises import takes_the_same
from prisma_decouple.typescript.types.places.slots import Slot, place_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 4
# What is exported or imported is called by a name that is looked for as well; in the others it is not called.
_HARMLESS = frozenset(
    {
        *("export_clause", "export_specifier", "export_statement", "import_clause", "import_specifier"),
        *("expression_statement", "if_statement", "new_expression", "template_substitution", "unary_expression"),
    }
)
_ASSIGNMENTS = frozenset({"assignment_expression", "augmented_assignment_expression"})
_EXPORTING = frozenset({"exports", "module"})  # `exports.save = save`, `module.exports = { save }`
# What tests ask of a function without calling it.
_ASKING = frozenset({"expect", "isMockFunction", "mocked"})
# What every function has that calls it.
_CALLING = frozenset({"apply", "bind", "call"})
_COMPARED = COMPARISONS | {"in", "instanceof"}
_IN_LITERALS = frozenset({"object", "pair", "satisfies_expression", "shorthand_property_identifier"})


def is_handed_where_written(slot: Slot, promised: Collection[str]) -> bool:
    """Whether a function is written into a literal that is handed on: `handle({ save: (book) => … })`."""
    function = slot.function
    return _is_written_into(function.node) and _Handed.of(slot, promised).is_handed_on(function.file, function.node)


def handed_on(file: FileContext, names: Collection[str], slot: Slot, promised: Collection[str]) -> Iterator[Node]:
    """Where a function is handed on, so that not all of its calls can be seen.

    Args:
        file: the file.
        names: what the function may be called there.
        slot: how it is to take the key.
        promised: the keys of the places that promise it.

    Yields:
        The names that stand for it there.
    """
    handed = _Handed.of(slot, promised)
    for use in _uses(file, names):
        if handed.is_handed_on(file, use) and _is_at(file, use, handed.places):
            yield use


def _uses(file: FileContext, names: Collection[str]) -> Iterator[Node]:
    """The names, and the properties, that are called like something."""
    known = {name for name in names if name in file.source.words}
    taken = (each for each in file.source.nodes("pair_pattern") if known and key_of(each) in known)
    known |= {text_of(each.child_by_field_name("value")) for each in taken}
    for name in known:
        yield from names_in(file.source.root, name)
    yield from (each for each in file.source.nodes("member_expression") if known and last_name(each) in known)


def _is_at(file: FileContext, use: Node, places: Collection[str]) -> bool:
    found = file.types.of(use)
    return found is not None and found.place is not None and place_key(found.place) in places


@dataclass(frozen=True)
class _Handed:
    """A function that may be handed on.

    Attributes:
        slot: how it is to take the key.
        places: the keys of its own place, and of those that promise it.
    """

    slot: Slot
    places: frozenset[str]

    @classmethod
    def of(cls, slot: Slot, promised: Collection[str]) -> _Handed:
        """The function that a slot is of."""
        return cls(slot, frozenset({place_key(slot.function), *promised}))

    def is_handed_on(self, file: FileContext, use: Node, depth: int = _DEPTH) -> bool:
        """Whether something that stands for the function, or that has it, goes where calls of it are not seen."""
        inner, outer = use, use.parent
        while outer is not None and inner_expression(outer) == inner and outer.type != "satisfies_expression":
            inner, outer = outer, outer.parent
        if outer is None or not depth or outer.type in _HARMLESS or _is_declared_by(outer, inner):
            return not depth  # too far to follow it is taken to be handed on
        if (is_handed_on := _hands_on(outer, inner)) is not None:
            return is_handed_on
        return not self._is_followed(file, inner) and self._is_kept(file, outer, inner, depth)

    def _is_kept(self, file: FileContext, outer: Node, inner: Node, depth: int) -> bool:
        """Whether what keeps the function is handed on, or is nothing that can be followed."""
        holder = outer
        while holder.parent is not None and holder.type in _IN_LITERALS:
            inner, holder = holder, holder.parent
        if holder.type == "variable_declarator":
            is_said = holder.child_by_field_name("type") is not None or inner.type == "satisfies_expression"
            return is_said or self._is_variable_handed_on(file, holder, depth - 1)
        if holder.type in _ASSIGNMENTS:
            left = holder.child_by_field_name("left")
            return left is not None and left != inner and first_name(left) not in _EXPORTING
        if holder.type == "binary_expression":
            is_left = holder.child_by_field_name("left") == inner
            operator = text_of(holder.child_by_field_name("operator"))
            return operator not in _COMPARED and not (operator == "&&" and is_left)
        if holder.type in {"arrow_function", "return_statement"} and inner.type == "object":
            function = function_at(holder)
            return function is not None and function.child_by_field_name("return_type") is not None
        if holder.type == "ternary_expression":
            return holder.child_by_field_name("condition") != inner
        return holder.type not in _HARMLESS

    def _is_followed(self, file: FileContext, inner: Node) -> bool:
        """Whether the place is declared to want this function, so that calls from there are seen as its calls."""
        outer = inner.parent
        left = outer.child_by_field_name("left") if outer is not None and outer.type in _ASSIGNMENTS else None
        wanted = file.types.of(left) if left is not None else expected(file, inner)
        place = wanted.place if wanted is not None else None
        if place is None or place_key(place) not in self.places:
            return False
        return place_key(place) == place_key(self.slot.function) or takes_the_same(self.slot, place)

    def _is_variable_handed_on(self, file: FileContext, declarator: Node, depth: int) -> bool:
        """Whether a variable that has the function is handed on, in its own file or where it is imported."""
        name, value = key_of(declarator), declarator.child_by_field_name("value")
        found = file.types.of(value) if value is not None else None
        if found is None or found.place is None:
            return False
        places = {place_key(found.place)}
        for path in sorted(file.project.users_of(file.source.path)):
            there = file.project.files[path]
            names = {name} if there is file else local_names(there, frozenset({name}))
            uses = (each for each in _uses(there, names) if _is_at(there, each, places))
            if any(self.is_handed_on(there, each, depth) for each in uses):
                return True
        return False


def _is_written_into(function: Node) -> bool:
    """Whether a function is written where something has it, a literal or what is assigned to."""
    return function.parent is not None and function.parent.type in {"assignment_expression", "object", "pair"}


def _is_declared_by(outer: Node, inner: Node) -> bool:
    """Whether a name is that of what is declared, not a use of it."""
    if outer.type in {"array_pattern", "pair_pattern"}:
        return True
    is_named = outer.type != "pair" and inner in {outer.child_by_field_name("name"), _left_of(outer)}
    return is_named or (outer.type in PARAMETERS and outer.child_by_field_name("pattern") == inner)


def _left_of(pattern: Node) -> Node | None:
    """What a pattern gives a value where there is none: of `name = value` the name."""
    return pattern.child_by_field_name("left") if pattern.type.endswith("assignment_pattern") else None


def _hands_on(outer: Node, inner: Node) -> bool | None:
    """Whether what is around a name hands on what it stands for to be called; None when that is not all it may be."""
    if outer.type == "call_expression":
        return outer.child_by_field_name("function") != inner
    if outer.type == "arguments":
        return outer.parent is None or callee(outer.parent)[1] not in _ASKING
    if outer.type in READS:
        return _is_called_by_property(outer, inner)
    if outer.type == "type_query":
        return any(text_of(each.child_by_field_name("name")) == "Parameters" for each in ancestors(outer))
    return None


def _is_called_by_property(outer: Node, inner: Node) -> bool:
    """Whether something is called by one of its own methods, or by a name that cannot be seen."""
    if outer.child_by_field_name("object") != inner:
        return False
    if outer.type == "member_expression":
        return text_of(outer.child_by_field_name("property")) in _CALLING
    index = outer.child_by_field_name("index")
    return index is not None and index.type != "string"
