"""Real schemas: read to the byte, and formatted as Prisma formats them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from judges.availability import shared
from judges.corpus import REAL, indexed
from prisma_decouple import format_schema, parse_schema

if TYPE_CHECKING:
    from pathlib import Path


def accepted(*, multi_file):
    """The files of the schemas that Prisma accepts."""
    usable = [each for each in indexed() if each.is_accepted and (multi_file or each.path.is_file())]
    return [file for each in usable for file in each.files]


def named(path):
    return path and path.relative_to(REAL).as_posix()


@pytest.mark.parametrize("path", accepted(multi_file=True) or [None], ids=named)
def test_every_byte_is_in_the_tree(path: Path | None):
    text = (path or shared("corpus")).read_bytes().decode()

    assert str(parse_schema(text)) == text


@pytest.mark.parametrize("path", accepted(multi_file=False) or [None], ids=named)
def test_the_formatter_gives_the_bytes_that_prisma_gives(prisma, path: Path | None):
    text = (path or shared("corpus")).read_bytes().decode()

    assert format_schema(text) == prisma.format(text)
