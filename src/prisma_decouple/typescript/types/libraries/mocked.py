"""What tests have to give for what they put in place of a function: a method of the client, or one that is spied on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import declared_value, find_binding
from prisma_decouple.typescript.source.syntax import call_arguments, callee, last_name, string_value, text_of, unwrapped
from prisma_decouple.typescript.source.vocabulary import METHODS, MOCKS, NO_RECORDS
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_SPIED = 2


def mocked(file: FileContext, mock: Node) -> Type | None:
    """What `mock.mockResolvedValue(...)` has to be given.

    Args:
        file: the file.
        mock: a method of a client, `client.book.findFirst`, of which only the test knows how much it needs; or what
            stands in for a method of another object, `jest.spyOn(books, "find")`, and has to give the same.
    """
    owner = mock.child_by_field_name("object")
    model = file.delegates.model_of(owner) if owner is not None and last_name(mock) in METHODS else None
    if model is None:
        return _spied(file, mock)
    if last_name(mock) in NO_RECORDS:
        return None
    is_list = last_name(mock) == "findMany"
    return Type(What.RECORD, model, is_nullable=True, is_list=is_list, is_partial=True, is_mock=True)


def _spied(file: FileContext, mock: Node) -> Type | None:
    """What the method gives back that a test spies on; of an asynchronous one, what is awaited."""
    call = _spy(mock)
    given = call_arguments(call) if call is not None else []
    if len(given) != _SPIED:
        return None
    owner = file.types.of(given[0])
    method = file.types.property(owner, string_value(given[1])) if owner is not None else None
    return file.types.returned(method) if method is not None and method.place is not None else None


def _spy(mock: Node | None) -> Node | None:
    """The call of `jest.spyOn` or `vi.spyOn` itself: behind a variable, or before other answers of the same spy."""
    node = unwrapped(mock) if mock is not None else None
    while node is not None and node.type == "call_expression":
        receiver, name = callee(node)
        if name == "spyOn":
            return node
        node = unwrapped(receiver) if receiver is not None and name in MOCKS else None
    binding = find_binding(node, text_of(node)) if node is not None and node.type == "identifier" else None
    value = declared_value(binding, text_of(node)) if binding is not None else None
    return _spy(value) if value is not None and value.type == "call_expression" else None
