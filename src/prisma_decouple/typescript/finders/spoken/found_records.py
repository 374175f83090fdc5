"""What is looked up by a key that may be null now: `author` of `const author = await findAuthor(book.authorId)`."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import uses_of_value, uses_of_variable
from prisma_decouple.typescript.source.syntax import ancestors, callee, is_function

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.finders.spoken.said_names import Name

_ONE = frozenset({"findFirst", "findFirstOrThrow", "findUnique", "findUniqueOrThrow"})
_ASKS = re.compile(r"^(?:fetch|find|get|load)(?!All|Many)[A-Z]\w*(?<!s)$")
_AROUND = frozenset({"as_expression", "await_expression", "parenthesized_expression", "ternary_expression"})


def found_by(file: FileContext, key: Node, name: Name) -> Iterator[Node]:
    """Where the record is used that a variable holds, which is not there without a key.

    Args:
        file: the file.
        key: where the key is said.
        name: the name of the key.
    """
    call = _lookup(file, key, name)
    holder = call
    while holder is not None and holder.parent is not None and holder.parent.type in _AROUND:
        holder = holder.parent
    kept = holder.parent if holder is not None else None
    is_kept = kept is not None and kept.type == "variable_declarator"
    uses = uses_of_variable(kept) if kept is not None and is_kept else ()
    yield from chain(uses, uses_of_value(call) if call is not None and not is_kept else ())


def _lookup(file: FileContext, key: Node, name: Name) -> Node | None:
    """The call that is given a key and finds one record by it."""
    inner = key
    for outer in ancestors(key):
        if is_function(outer):
            return None
        if outer.type == "call_expression" and inner.type == "arguments":
            receiver, method = callee(outer)
            model = file.delegates.model_of(receiver) if receiver is not None else None
            targets = {each.target for each in file.facts.optional_by_key(name.key)}
            is_one = method in _ONE and model in targets if model is not None else _ASKS.match(method) is not None
            return outer if is_one else None
        inner = outer
    return None
