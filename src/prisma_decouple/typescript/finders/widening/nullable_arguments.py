"""Written types that are given what may be null now where they take no null: `Record<Book["genre"], string>`.

What a record or a mapped type has its keys of is never null, nor is what a type is looked up by, or a type parameter
that extends `string`. One that extends `{ author: Author }` takes no book that may be without one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.widening.records import null_inside, widened_by
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.places.misfits import misfits
from prisma_decouple.typescript.types.places.tolerance import takes
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_PAIR = 2
_CONSTRAINTS = frozenset({What.CLASS, What.RECORD, What.SHAPE, What.VALUE})


def find_nullable_arguments(file: FileContext) -> None:
    """Note the types that may be null now and are used as keys, or where a type parameter takes no null.

    Args:
        file: the file; its findings are filled.
    """
    for written, wanted in _taken(file):
        found = file.types.read(written)
        if found is not None and _is_refused(found):
            model, field = found.became_null or (found.model, found.field)
            why = f"The `{field}` of {with_article(model)} may be null now, and what takes it here is never null."
            start, end = written.start_byte, written.end_byte
            edits = [Edit(start, start, "NonNullable<"), Edit(end, end, ">")]
            file.hint(written, Kind.TYPE, file.sure_of_null, why, edits)
        elif found is not None and wanted is not None and (unfit := list(misfits(file, found, wanted))):
            needs = [subject for each in unfit for subject in widened_by(each)]
            why = f"What takes this says that nothing in it is null: {null_inside(unfit[0])}"
            file.hint(written, Kind.TYPE, file.sure_of_null, why, needs=needs)


def _is_refused(found: Type) -> bool:
    """Whether something may be null now itself."""
    is_new = found.what is What.KEY or (found.what is What.RECORD and found.became_null is not None)
    return is_new and found.is_nullable and not found.is_list


def _taken(file: FileContext) -> Iterator[tuple[Node, Type | None]]:
    """The types of a file that are used where null is refused, with what is wanted there, if that is written."""
    for generic in file.source.nodes("generic_type"):
        yield from _arguments(file, generic)
    for clause in file.source.nodes("mapped_type_clause"):
        if (over := clause.child_by_field_name("type")) is not None:
            yield over, None
    for lookup in file.source.nodes("lookup_type"):
        if len(lookup.named_children) == _PAIR:
            yield lookup.named_children[1], None


def _arguments(file: FileContext, generic: Node) -> Iterator[tuple[Node, Type | None]]:
    """What a generic type is given for parameters that take no null."""
    name, listed = generic.child_by_field_name("name"), generic.child_by_field_name("type_arguments")
    if name is None or listed is None:
        return
    if text_of(name) == "Record":
        yield from ((each, None) for each in listed.named_children[:1])
        return
    found = file.project.lookup(file, name, text_of(name), is_type=True)
    parameters = found.node.child_by_field_name("type_parameters") if isinstance(found, Symbol) else None
    if not isinstance(found, Symbol) or parameters is None:
        return
    for parameter, given in zip(parameters.named_children, listed.named_children, strict=False):
        constraint = parameter.child_by_field_name("constraint")
        written = constraint.named_children[0] if constraint is not None and constraint.named_children else None
        wanted = found.file.types.read(written) if written is not None else None
        if wanted is not None and wanted.what in _CONSTRAINTS and not takes(wanted, "null"):
            yield given, wanted
