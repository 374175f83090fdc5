"""Code and lines that are named in a sentence stay a part of it."""

from __future__ import annotations

from prisma_decouple.typescript.hints import Line
from prisma_decouple.typescript.wording import excerpt, line_list


def test_code_is_told_in_one_line_and_not_longer_than_one_reads():
    assert excerpt("book.author") == "book.author"
    assert excerpt("{\n  id: book.id,\n}") == "{ id: book.id, }"
    assert excerpt("...(isNew && {\n  comments: {\n    create: { content: 'a comment', book },\n  },\n})") == (
        "...(isNew && { comments: { create: { content: 'a comment', b …"
    )


def test_lines_of_the_file_that_is_spoken_of_come_first_and_need_no_path():
    lines = {Line("a.ts", 7), Line("b.ts", 12), Line("b.ts", 3)}

    assert line_list("b.ts", lines) == "lines 3 and 12, and in `a.ts:7`"
    assert line_list("c.ts", [Line("c.ts", 1)]) == "line 1"


def test_no_more_lines_are_named_than_one_reads():
    assert line_list("a.ts", [Line("a.ts", number) for number in range(1, 9)]) == (
        "lines 1, 2, 3, 4, 5 and 6, and in other places"
    )
