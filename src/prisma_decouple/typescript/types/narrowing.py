"""Whether code has found out that a value is there, with what the types tell of what it is asked with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.conditions import conjuncts
from prisma_decouple.typescript.source.guards import is_checked, leaves
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Foreign
from prisma_decouple.typescript.source.questions import Knowledge, Question, plain
from prisma_decouple.typescript.source.references import is_reference
from prisma_decouple.typescript.source.scopes import bound_names, parameters
from prisma_decouple.typescript.source.syntax import (
    NOTHING,
    ancestors,
    call_arguments,
    callee,
    has_safe_read,
    is_function,
    key_of,
    text_of,
)
from prisma_decouple.typescript.types.retyped import field_behind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

# Functions of others that say `never`, by the module that they come from, or by the object that has them.
_FOREIGN_ENDS = {
    "next/navigation": frozenset({"forbidden", "notFound", "permanentRedirect", "redirect", "unauthorized"}),
    "@sveltejs/kit": frozenset({"error", "redirect"}),
    **dict.fromkeys(("process", "node:process"), frozenset({"abort", "exit"})),
    **dict.fromkeys(("assert", "node:assert", "assert/strict", "node:assert/strict"), frozenset({"fail"})),
    "vitest": frozenset({"unreachable"}),
    "Deno": frozenset({"exit"}),
}
_QUERY, _ENABLED = "queryFn", "enabled"
_ASSERTS = frozenset({"asserts", "asserts_annotation", "type_predicate_annotation"})


def is_narrowed(file: FileContext, node: Node, value: str | None = None) -> bool:
    """Whether a node is only reached when a value is there; without one, that of the node itself.

    What is called anew may be another one: TypeScript forgets what it was asked, and so does this. Only where it knows
    nothing anyway does it count that a query is not run until it is told to be, `enabled: Boolean(form.author?.id)`.
    """
    if value is None and not is_reference(node):
        return False
    asked, known = text_of(node) if value is None else value, _Known(file)
    return is_checked(node, asked, known) or (file.project.requests is not None and _is_run_for(node, asked, known))


def _is_run_for(node: Node, value: str, known: Knowledge) -> bool:
    """Whether a node is in the function of a query that is only run when a value is there (TanStack, "Disabling")."""
    pair = next((each for each in ancestors(node) if each.type == "pair" and key_of(each) == _QUERY), None)
    options = pair.parent if pair is not None else None
    enabled = property_value(options, _ENABLED) if options is not None and options.type == "object" else None
    for each in conjuncts(enabled) if enabled is not None else ():
        is_made = each.type == "call_expression" and text_of(each.child_by_field_name("function")) == "Boolean"
        if Question(each, value, known).is_answered(call_arguments(each)[0] if is_made else each, holds=True):
            return True
    return False


def is_left(file: FileContext, statement: Node | None) -> bool:
    """Whether nothing behind a statement is reached once it was run."""
    return leaves(statement, _Known(file))


def knowledge_of(file: FileContext) -> Knowledge:
    """What the types of a file tell to whoever asks whether a value is there."""
    return _Known(file)


class _Known(Knowledge):
    """What the types of a file tell.

    To be equal to something that may be null itself says nothing. Of what is called, TypeScript believes that it never
    comes back, or comes back only when something holds, when that is written down where it is declared.
    """

    def __init__(self, file: FileContext) -> None:
        self._file = file

    def may_be_null(self, other: Node) -> bool:
        found = self._file.types.of(other)
        if found is not None and (found.is_nullable or found.is_any):
            return True  # what may be anything may be null as well
        owner = other.child_by_field_name("object") if found is None else None
        return owner is not None and self.may_be_null(owner)

    def is_there(self, value: Node) -> bool:
        found, field = self._file.types.of(value), field_behind(self._file, value)
        if super().is_there(value) or found is not None:
            return found is None or not found.is_nullable
        column = self._file.facts.column_of(*field) if field is not None and not has_safe_read(value) else None
        return column is not None and not column.is_nullable

    def never_returns(self, call: Node) -> bool:
        if any(text_of(each.node).removeprefix(":").strip() == "never" for each in self._results(call)):
            return True
        receiver, method = callee(call)
        called = self._file.project.lookup(self._file, call, text_of(receiver) or method)
        if receiver is None:
            return isinstance(called, Foreign) and called.name in _FOREIGN_ENDS.get(called.module, ())
        home = called.module if isinstance(called, Foreign) else text_of(receiver) if called is None else ""
        return method in _FOREIGN_ENDS.get(home, ())

    def proves(self, call: Node, value: str) -> bool:
        function = self._file.types.function_of(call) if call.type == "call_expression" else None
        told = predicate_of(function) if function is not None else None
        if function is None or function.place is None or told is None:
            return False
        names = [next(iter(bound_names(each)), "") for each in parameters(function.place.node)]
        given = dict(zip(names, call_arguments(call), strict=False)).get(text_of(told.node.child_by_field_name("name")))
        about = plain(text_of(given))
        if about == value:
            return not NOTHING & set(text_of(told.node.child_by_field_name("type")).split())
        found = told.file.types.read(told.node.child_by_field_name("type"))
        is_inside = given is not None and value.startswith(f"{about}.")
        inner = told.file.types.property(found, value[len(about) + 1 :]) if found is not None and is_inside else None
        return inner is not None and not inner.is_nullable

    def tells_nothing(self, call: Node) -> bool:
        function = self._file.types.function_of(call)
        written = function.place.node.child_by_field_name("return_type") if function and function.place else None
        return written is not None and written.type == "type_annotation"

    def asserted(self, call: Node) -> tuple[Node, bool] | None:
        for written in self._results(call):
            function = written.node.parent
            says = written.node.named_children[0] if written.node.type == "asserts_annotation" else written.node
            about = says.named_children[0] if says.type == "asserts" and says.named_children else None
            if about is None or function is None:
                continue
            named = about.child_by_field_name("name") if about.type == "type_predicate" else about
            names = [next(iter(bound_names(each)), "") for each in parameters(function)]
            given = dict(zip(names, call_arguments(call), strict=False)).get(text_of(named))
            is_there = about.type == "type_predicate"
            takes_null = is_there and NOTHING & set(text_of(about.child_by_field_name("type")).split())
            return (given, is_there) if given is not None and not takes_null else None
        called = self._file.types.function_of(call)
        place = called.place if called is not None else None
        is_seen = place is not None and (is_function(place.node) or place.node.type == "function_signature")
        return super().asserted(call) if not is_seen else None

    def _results(self, call: Node) -> Iterator[Place]:
        """What the function that a call calls is said to give back."""
        function = self._file.types.function_of(call)
        place = function.place if function is not None else None
        written = place.node.child_by_field_name("return_type") if place is not None else None
        if place is not None and written is not None and _is_explicit(place.node):
            yield Place(place.file, written)


def predicate_of(function: Type) -> Place | None:
    """What a function says of what it is given, if it gives true or comes back: `book is Book & { author: Author }`."""
    written = function.place.node.child_by_field_name("return_type") if function.place is not None else None
    said = written
    while said is not None and said.type in _ASSERTS and said.named_children:
        said = said.named_children[0]
    is_said = said is not None and said.type == "type_predicate"
    return Place(function.place.file, said) if function.place is not None and said is not None and is_said else None


def _is_explicit(function: Node) -> bool:
    """Whether a function's own declaration has its type: that of an arrow function is only what its variable gets."""
    return function.type != "arrow_function"
