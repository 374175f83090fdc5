"""Which model a Prisma call is about: `prisma.book`, `tx.book`, `this.books` that was once set to `prisma.book`."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.source.scopes import binding_of, bound_names, held_by
from prisma_decouple.typescript.source.syntax import (
    CLASSES,
    ancestors,
    callee,
    first_name,
    last_name,
    nearest,
    string_value,
    text_of,
    unwrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

from prisma_decouple.typescript.types.typed import What

_CLIENT_NAME = re.compile(r"prisma|client|database|transaction|^(db|tx|trx|orm)$", re.IGNORECASE)
_CLIENT_TYPE = re.compile(r"PrismaClient|TransactionClient")
# From a callback's parameter up to the call: parameters, function, arguments, call.
_PARAMETER_HEIGHT = 4
_OWN = "this."
_DELEGATE_TYPE = re.compile(r"\bPrisma\.(\w+)Delegate\b")


class Delegates:
    """The model delegates of one file: what its types tell, and where they do not, what the names do."""

    def __init__(self, file: FileContext) -> None:
        self._file = file
        self._source = file.source
        self._models = {client_accessor(model): model for model in file.facts.models}
        self._names = frozenset(file.facts.models)

    def model_of(self, receiver: Node | None) -> str | None:
        """The model of `prisma.book` and the like, of an alias of it and of what is typed as its delegate."""
        if receiver is None:
            return None
        receiver = unwrapped(receiver)
        if (found := self._file.types.of(receiver)) is not None and not found.is_any:
            return found.model if found.what is What.DELEGATE else None
        return self._alias(receiver) or self._accessed(receiver)

    def is_certain(self, receiver: Node) -> bool:
        """Whether a receiver is a model of a Prisma client, and not something that has a property of that name."""
        if (found := self._file.types.of(unwrapped(receiver))) is not None and not found.is_any:
            return True
        owner = unwrapped(receiver).child_by_field_name("object")
        return bool(self._alias(unwrapped(receiver))) or (owner is not None and looks_like_client(owner))

    def is_other_client_call(self, receiver: Node) -> bool:
        """Whether a receiver of no known model is nevertheless seen to be a model of a Prisma client."""
        receiver = unwrapped(receiver)
        owner = receiver.child_by_field_name("object") if receiver.type == "member_expression" else None
        if self._file.types.of(receiver) is not None:
            return True
        return owner is not None and looks_like_client(owner)

    def _accessed(self, receiver: Node) -> str | None:
        if receiver.type == "member_expression":
            return self._models.get(text_of(receiver.child_by_field_name("property")))
        if receiver.type == "subscript_expression":
            index = receiver.child_by_field_name("index")
            held = held_by(index) if index is not None else None
            return self._models.get(string_value(index) or string_value(held))
        return None

    def _alias(self, receiver: Node) -> str | None:
        name = text_of(receiver)
        return self._aliases.get((name, _class_around(receiver) if name.startswith(_OWN) else 0))

    @cached_property
    def _aliases(self) -> dict[tuple[str, int], str]:
        """What the file calls the delegates, by the text of the name, or of the property and its class."""
        found = (*self._assigned(), *self._typed())
        return {(name, _class_around(node) if name.startswith(_OWN) else 0): model for node, name, model in found}

    def _assigned(self) -> Iterator[tuple[Node, str, str]]:
        for node in self._source.nodes("variable_declarator", "assignment_expression", "public_field_definition"):
            target = node.child_by_field_name("name") or node.child_by_field_name("left")
            value = node.child_by_field_name("value") or node.child_by_field_name("right")
            if target is None or value is None or target.type == "object_pattern":
                continue
            value = unwrapped(value)
            owner = value.child_by_field_name("object")
            if owner is not None and (model := self._accessed(value)) and looks_like_client(owner):
                prefix = "this." if node.type == "public_field_definition" else ""
                yield node, prefix + text_of(target), model

    def _typed(self) -> Iterator[tuple[Node, str, str]]:
        for node in self._source.nodes("public_field_definition", "required_parameter", "variable_declarator"):
            written = _DELEGATE_TYPE.search(text_of(node.child_by_field_name("type")))
            if written is None or written[1] not in self._names:
                continue
            target = node.child_by_field_name("name") or node.child_by_field_name("pattern") or node
            is_field = node.type == "public_field_definition" or _is_parameter_property(node)
            for name in (text_of(target),) if is_field else bound_names(target):
                yield node, f"this.{name}" if is_field else name, written[1]


def _class_around(node: Node) -> int:
    around = nearest(node, *CLASSES)
    return around.id if around is not None else 0


def _is_parameter_property(parameter: Node) -> bool:
    return any(child.type in {"accessibility_modifier", "readonly"} for child in parameter.children)


def looks_like_client(expression: Node) -> bool:
    """Whether an expression is a Prisma client or a transaction of one, by its name or by where it comes from."""
    node = unwrapped(expression)
    if node.type == "call_expression":
        function = node.child_by_field_name("function")
        return function is not None and looks_like_client(function)
    if any(_CLIENT_NAME.search(name) for name in (last_name(node), first_name(node)) if name):
        return True
    binding = binding_of(node)
    if binding is None:
        return False
    is_typed = _CLIENT_TYPE.search(text_of(binding.child_by_field_name("type"))) is not None
    return is_typed or any(_is_transaction(outer) for outer in list(ancestors(binding))[:_PARAMETER_HEIGHT])


def _is_transaction(node: Node) -> bool:
    return node.type == "call_expression" and callee(node)[1] == "$transaction"
