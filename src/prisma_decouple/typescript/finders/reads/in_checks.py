"""Related records that `in` looks into, `"email" in book.author`: it throws on null."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.loaded_relations import note_read
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from prisma_decouple.typescript.context import FileContext


def find_in_checks(file: FileContext) -> None:
    """Note where `in` looks into a record that may be absent now.

    Args:
        file: the file; its findings are filled.
    """
    for node in file.source.nodes("binary_expression"):
        is_asking = text_of(node.child_by_field_name("operator")) == "in"
        record = node.child_by_field_name("right") if is_asking else None
        found = file.types.of(record) if record is not None else None
        if record is None or found is None or found.became_null is None or not found.is_nullable:
            continue
        if is_narrowed(file, record):
            file.fine()
            continue
        note_read(file, found.place)
        model, field = found.became_null
        why = f"The `{field}` of {with_article(model)} may be null now, and `in` throws when it looks into null."
        file.hint(record, Kind.READ, file.sure_of_null, why)
