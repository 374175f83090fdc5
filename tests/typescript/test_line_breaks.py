"""Lines that a patch makes too long are broken as Prettier breaks them, and no others are touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from case_files import read_cases
from prisma_decouple.typescript.edits.line_breaks import with_line_breaks
from prisma_decouple.typescript.source.text import Source

_STYLE = "export async function open(first: string, second: number, third: boolean) {\n  await run();\n}\n"
_CASES = [
    pytest.param(case["long"], case.get("broken", case["long"]), id=case["promise"])
    for case in read_cases(Path(__file__).with_name("line_breaks.yaml"))
]


@pytest.mark.parametrize(("long", "broken"), _CASES)
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_of_a_line_that_became_too_long_is_broken(long, broken, end):
    after, wanted = ((_STYLE + text).replace("\n", end) for text in (long, broken))

    assert with_line_breaks(Source("a.tsx", _STYLE.replace("\n", end)), after) == wanted


@pytest.mark.parametrize(("long", "_"), _CASES)
def test_a_line_that_was_there_is_left(long, _):
    source = Source("a.tsx", _STYLE + long)

    assert with_line_breaks(source, source.text) == source.text


def test_another_file_tells_whether_the_last_argument_has_a_comma():
    source, other = Source("a.ts", _STYLE), Source("b.ts", "run(\n  first,\n  second,\n);\n")
    long = "  return service.createPost(feedData, companyId, file, userId, branchId, theLastOne);\n"

    assert with_line_breaks(source, _STYLE + long, [other]).endswith("    theLastOne,\n  );\n")
    assert with_line_breaks(source, _STYLE + long).endswith("    theLastOne\n  );\n")
