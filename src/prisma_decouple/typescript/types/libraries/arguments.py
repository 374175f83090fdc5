"""What functions of libraries take that know the types of other things: forms, procedures, queries and states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.kept_literals import literal_of
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.syntax import call_arguments, callee, is_function
from prisma_decouple.typescript.types.libraries.forms import wanted_by_form, wanted_by_name
from prisma_decouple.typescript.types.libraries.resolvers import wanted_of_field
from prisma_decouple.typescript.types.libraries.routers import callbacks, kept, options_of, sent
from prisma_decouple.typescript.types.prisma.extensions import EXTENDS, wanted_by_extension
from prisma_decouple.typescript.types.typed import RESULT, Type, What, bound_to, omittable

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_FUNCTIONS = {"useMutation": "mutationFn", "useQuery": "queryFn", "useSuspenseQuery": "queryFn"}


def wanted_by_library(file: FileContext, call: Node, owner: Type | None, index: int) -> Type | None:
    """What a function of a library wants as an argument, by what it is made of; None for any other function.

    Args:
        file: the file.
        call: the call.
        owner: what the function is a method of, if that is known.
        index: which argument.
    """
    receiver, method = callee(call)
    function = call.child_by_field_name("function")
    is_held = receiver is None or (owner is not None and owner.what is What.BOX)
    called = file.types.of(function) if is_held and function is not None else None
    if called is not None and called.what is What.TAKER:
        found = bound_to(called, str(index)) or (wanted_by_name(called, call, file.types) if index == 1 else None)
        return _or_made(found, call, index)
    if method in EXTENDS and not index:
        return wanted_by_extension(file.facts, call_arguments(call)[0])
    if owner is not None and owner.what is What.ROUTER:
        cached = kept(owner, method) if index == 1 else None
        if cached is not None:
            return _or_made(cached, call, index)
        return (sent(owner, method) if not index else None) or callbacks(owner, method)
    if method == "setQueryData" and index == 1:
        return _or_made(_told(file, call), call, index)
    return _first_wanted(file, call, method) if owner is None and not index else None


def _first_wanted(file: FileContext, call: Node, method: str) -> Type | None:
    """What is wanted first by a function of which nothing is known but its name."""
    if method == "json":
        return _read(file, call)  # `NextResponse.json<Body>(body)`
    found = wanted_by_form(file.types, call) or wanted_of_field(file, call)
    return found or _options(file, call_arguments(call)[0], method)


def _or_made(wanted: Type | None, call: Node, index: int) -> Type | None:
    """What is wanted of an argument, or of the function that makes it of what there was: `setRows((rows) => ...)`."""
    is_made = is_function(call_arguments(call)[index]) and wanted is not None
    if wanted is None or not is_made or wanted.what in {What.FUNCTION, What.TAKER}:
        return wanted
    return Type(What.TAKER, bound=(("0", wanted), (RESULT, wanted)))


def _told(file: FileContext, call: Node) -> Type | None:
    """What `setQueryData<Book[]>(key, books)` is told that it takes."""
    found = _read(file, call)
    return omittable(found) if found is not None else None


def _read(file: FileContext, call: Node) -> Type | None:
    """The type that a call is given."""
    given = call.child_by_field_name("type_arguments")
    return file.types.read(given.named_children[0]) if given is not None and given.named_children else None


def _options(file: FileContext, options: Node, method: str) -> Type | None:
    """The options of a query or mutation, by the function among them: `useMutation({ mutationFn, onSuccess })`."""
    literal = literal_of(options) if method in _FUNCTIONS else None
    function = property_value(literal, _FUNCTIONS[method]) if literal is not None else None
    found = file.types.of(function) if function is not None else None
    made = file.types.returned(found) if found is not None else None
    return options_of(made) if made is not None else None
