"""What gets into an address: one with `undefined` in it leads nowhere, so that `?.` mends nothing there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import parameters, uses_in
from prisma_decouple.typescript.source.syntax import call_arguments, call_given, chain_around, text_of
from prisma_decouple.typescript.types.narrowing import is_narrowed

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

NOWHERE = " It gets into an address, which leads nowhere without it: leave out what asks there where there is none."
"""What is said of it, behind another sentence."""

_ADDRESS = re.compile(r"^`[^\s`]*/[^\s`]*`$")
_DEPTH = 2


def gets_into_address(file: FileContext, value: Node) -> bool:
    """Whether what is read of a value gets into an address that a call is given, there or in a function it is given to.

    `remove(line.book.id)`, where `remove` takes an `id` and asks by `DELETE /books/${id}`.

    Args:
        file: the file.
        value: what is read on from.
    """
    return _is_addressed(file, chain_around(value), _DEPTH)


def _is_addressed(file: FileContext, node: Node, depth: int) -> bool:
    holder = node.parent
    if holder is not None and holder.type == "template_substitution":
        text = holder.parent
        is_given = text is not None and call_given(text) is not None
        return is_given and _ADDRESS.match(_shortened(text)) is not None
    call = call_given(node) if depth else None
    function = file.types.function_of(call) if call is not None and call.type == "call_expression" else None
    if call is None or function is None or function.place is None:
        return False
    there, given = function.place, call_arguments(call)
    taken = parameters(there.node)[given.index(node) :][:1] if node in given else []
    uses = [use for each in taken for use in uses_in(there.node, text_of(pattern_of(each)), each)]
    return any(_is_addressed(there.file, use, depth - 1) and not is_narrowed(there.file, use) for use in uses)


def _shortened(text: Node | None) -> str:
    """A template without what is put into it, where it says anything: "`/books/$`"."""
    return re.sub(r"\$\{[^}]*\}", "$", text_of(text))
