"""What is put around all answers, by the side that answers, or taken off them, by the side that asks.

NestJS: an interceptor that maps what handlers give, `map((data) => ({ success: true, data }))`, registered for all.
axios: `http.interceptors.response.use((response) => response.data)`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.routes.handlers import handler_behind
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import bound_names, parameters, returned_values
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    descendants,
    is_function,
    key_of,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

    _Key: TypeAlias = tuple[str, str | int]

_OF_ANSWERS = ".interceptors.response"
_IS_NEST = re.compile(r"implements\s+NestInterceptor\b")
_FOR_ALL = re.compile(r"\bAPP_INTERCEPTOR\b|\buseGlobalInterceptors\(")


class Interceptors:
    """What a code base has registered for all answers."""

    def __init__(self) -> None:
        self._takers: dict[_Key, Place] = {}
        self._envelopes: dict[str, str] = {}
        self._used = set[str]()

    def note(self, file: FileContext) -> None:
        """Note what a file registers, and what it declares for that."""
        text = file.source.text
        for call in file.source.called("use") if _OF_ANSWERS in text else ():
            client, given = _client_of(call), next(iter(call_arguments(call)), None)
            function = handler_behind(Place(file, given)) if client is not None and given is not None else None
            if client is not None and function is not None:
                self._takers[_key(Place(file, client))] = function
        for owner in file.source.nodes("class_declaration") if _IS_NEST.search(text) else ():
            if envelope := next(_envelopes(owner), ""):
                self._envelopes[key_of(owner)] = envelope
        if _FOR_ALL.search(text):
            self._used |= file.source.words

    def sent(self, given: Type) -> Type:
        """What is sent of what a handler of NestJS gives; as it is, when nothing is known to change it."""
        found = {name for owner, name in self._envelopes.items() if owner in self._used}
        return Type(What.BOX, bound=((found.pop(), given),)) if len(found) == 1 else given

    def taker(self, client: Place) -> Place | None:
        """The function that a client hands every answer to, which gives what it makes of it."""
        return self._takers.get(_key(client)) if self._takers else None


def _client_of(call: Node) -> Node | None:
    """The client of axios in `http.interceptors.response.use(...)`."""
    receiver = callee(call)[0]
    is_taken = receiver is not None and text_of(receiver).endswith(_OF_ANSWERS)
    inner = receiver.child_by_field_name("object") if receiver is not None and is_taken else None
    return inner.child_by_field_name("object") if inner is not None else None


def _key(client: Place) -> _Key:
    """What tells a client from others: where it is declared, or its name."""
    node, file = client.node, client.file
    found = file.project.lookup(file, node, text_of(node)) if node.type == "identifier" else None
    if isinstance(found, Symbol):
        return found.file.source.path, found.node.id
    return (found.module, found.name) if found is not None else (file.source.path, text_of(node))


def _envelopes(owner: Node) -> Iterator[str]:
    """Under which names an interceptor puts what it maps."""
    for call in descendants(owner, "call_expression"):
        function = next(iter(call_arguments(call)), None)
        if callee(call)[1] != "map" or function is None or not is_function(function):
            continue
        taken = {name for each in parameters(function)[:1] for name in bound_names(each)}
        for value in map(unwrapped, returned_values(function)):
            for name, inner in properties(value) if value.type == "object" else ():
                kept = unwrapped(inner)
                kept = kept.child_by_field_name("left") or kept if kept.type == "binary_expression" else kept
                if text_of(kept) in taken:
                    yield name
