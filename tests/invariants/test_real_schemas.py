"""Real schemas: whatever is enabled, nothing breaks, and what is mended Prisma still accepts."""

from __future__ import annotations

from pathlib import Path

import pytest

from judges.availability import SHARED, shared
from judges.corpus import indexed, share_of
from prisma_decouple.checking.schema import check_invariants
from prisma_decouple.checking.settings import Settings
from prisma_decouple.invariants.fixes import apply_fixes
from prisma_decouple.invariants.ready import ready_invariants
from prisma_decouple.syntax.parser import parse_files, read_files

ACCEPTED = [each.path for each in indexed() if each.is_accepted and each.path.is_file()]
ALL = Settings(enable=tuple(ready_invariants()))
MENDED = Settings(enable=("D101", "D102"))


@pytest.mark.parametrize(
    "path", share_of(ACCEPTED, first=1) or [None], ids=lambda path: path and path.relative_to(SHARED).as_posix()
)
def test_what_is_mended_is_accepted_by_prisma_and_not_found_again(prisma, path):
    schema = parse_files(read_files(path or shared("corpus")))

    reports = check_invariants(schema, ALL, Path())
    mended, count = apply_fixes(schema, [report.finding for report in reports if report.finding])

    assert all(report.place.source for report in reports)
    assert (mended is schema) == (count == 0)
    assert prisma.validate(str(mended.files[0])) == []
    # An index whose name is taken waits for somebody who can choose.
    left = [report for report in check_invariants(mended, MENDED, Path()) if report.code == "D102"]
    assert left == []
