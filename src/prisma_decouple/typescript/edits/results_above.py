"""What functions give that are called above a create, where it has something of the new key's name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.literals import separator
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import is_declared, visible_bindings
from prisma_decouple.typescript.source.syntax import text_of, unwrapped
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.typed import WRITTEN, fits
from prisma_decouple.typescript.types.written.members import member_names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 8


class Result(NamedTuple):
    """What a function gives that is called above, and that has something of the key's name.

    Attributes:
        call: the call.
        pattern: what it is put into: a name, or a pattern that takes it apart.
        is_fit: whether it can be the key, by its type.
    """

    call: Node
    pattern: Node
    is_fit: bool

    @property
    def is_taken_apart(self) -> bool:
        """Whether it has no name of its own: `const { bookId } = await current()`."""
        return self.pattern.type.endswith("_pattern")

    def value(self, key: str) -> str:
        """How the key is read of it."""
        return f"{text_of(self.call if self.is_taken_apart else self.pattern)}.{key}"


def results_above(file: FileContext, node: Node, relation: RequiredRelation) -> Iterator[Result]:
    """What functions give that are called above a node, where it says the key as well: `session.authorId`.

    Who is told on whose behalf something is done need not ask the callers for it.
    """
    if len(relation.foreign_keys) > 1:
        return
    key, kind = relation.foreign_keys[0], relation.scalar_types[0]
    for binding in dict.fromkeys(binding for _, binding in visible_bindings(node)):
        value = binding.child_by_field_name("value") if binding.type == "variable_declarator" else None
        call = unwrapped(value) if value is not None else None
        if call is None or call.type != "call_expression" or file.types.function_of(call) is None:
            continue
        found = file.types.of(call)
        if found is not None and not found.is_list and _says(file, found, key):
            is_fit = not found.is_nullable and fits(file.types.property(found, key), kind) is True
            yield Result(call, pattern_of(binding), is_fit)


def _says(file: FileContext, found: Type, key: str) -> bool:
    """Whether a value has something of a name, be it of a type that cannot be told."""
    shape = found.place if found.what in WRITTEN else None
    is_named = shape is not None and found.has(key) and key in member_names(shape, _DEPTH)
    return is_named or file.types.property(found, key) is not None


def taken_out(file: FileContext, node: Node, pattern: Node, keys: Sequence[str]) -> tuple[Edit, ...] | None:
    """The edits that let a pattern take out more; None where it cannot, or the names mean something else at a node."""
    is_open = bool(pattern.named_children) and all(
        child.type not in {"rest_pattern", "comment"} for child in pattern.named_children
    )
    if pattern.type != "object_pattern" or not is_open or any(is_declared(node, each) for each in keys):
        return None
    end = pattern.named_children[-1].end_byte
    gap = separator(file.source, pattern.named_children)
    return (Edit(end, end, "".join(f",{gap}{each}" for each in keys)),)
