"""Code that is named in a sentence stays a part of it."""

from __future__ import annotations

from prisma_decouple.typescript.wording import excerpt


def test_code_is_told_in_one_line_and_not_longer_than_one_reads():
    assert excerpt("book.author") == "book.author"
    assert excerpt("{\n  id: book.id,\n}") == "{ id: book.id, }"
    assert excerpt("...(isNew && {\n  comments: {\n    create: { content: 'a comment', book },\n  },\n})") == (
        "...(isNew && { comments: { create: { content: 'a comment', b …"
    )
