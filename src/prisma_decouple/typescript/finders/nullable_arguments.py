"""Written types that are given what may be null now where they take no null: `Record<Book["genre"], string>`.

What a record or a mapped type has its keys of is never null, nor is what a type is looked up by, or a type parameter
that extends `string`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.tolerance import takes
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_PAIR = 2


def find_nullable_arguments(file: FileContext) -> None:
    """Note the types that may be null now and are used as keys, or where a type parameter takes no null.

    Args:
        file: the file; its findings are filled.
    """
    for written in _taken(file):
        found = file.types.read(written)
        if found is None or found.what is not What.KEY or not found.is_nullable or found.is_list:
            continue
        why = (
            f"The `{found.field}` of {with_article(found.model)} may be null now, and what takes it here is never null."
        )
        start, end = written.start_byte, written.end_byte
        edits = [Edit(start, start, "NonNullable<"), Edit(end, end, ">")]
        file.hint(written, Kind.TYPE, file.sure_of_null, why, edits)


def _taken(file: FileContext) -> Iterator[Node]:
    """The types of a file that are used where null is refused."""
    for generic in file.source.nodes("generic_type"):
        yield from _arguments(file, generic)
    for clause in file.source.nodes("mapped_type_clause"):
        if (over := clause.child_by_field_name("type")) is not None:
            yield over
    for lookup in file.source.nodes("lookup_type"):
        if len(lookup.named_children) == _PAIR:
            yield lookup.named_children[1]


def _arguments(file: FileContext, generic: Node) -> Iterator[Node]:
    """What a generic type is given for parameters that take no null."""
    name, listed = generic.child_by_field_name("name"), generic.child_by_field_name("type_arguments")
    if name is None or listed is None:
        return
    if text_of(name) == "Record":
        yield from listed.named_children[:1]
        return
    found = file.project.lookup(file, name, text_of(name), is_type=True)
    parameters = found.node.child_by_field_name("type_parameters") if isinstance(found, Symbol) else None
    if not isinstance(found, Symbol) or parameters is None:
        return
    for parameter, given in zip(parameters.named_children, listed.named_children, strict=False):
        constraint = parameter.child_by_field_name("constraint")
        written = constraint.named_children[0] if constraint is not None and constraint.named_children else None
        wanted = found.file.types.read(written) if written is not None else None
        if wanted is not None and wanted.what is What.VALUE and not takes(wanted, "null"):
            yield given
