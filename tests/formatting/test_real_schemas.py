"""Real schemas: read to the byte, and formatted as Prisma formats them."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from judges.availability import SHARED, shared
from prisma_decouple import format_schema, parse_schema

if TYPE_CHECKING:
    from pathlib import Path

CORPUS = SHARED / "corpus" / "real"


def accepted(*, multi_file):
    """The files of the schemas that Prisma accepts."""
    index = CORPUS / "INDEX.tsv"
    if not index.exists():
        return []
    with index.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["dialect"] == "prisma"]
    usable = [row for row in rows if row["valid6_with_url"] == "ok" and (multi_file or row["multi_file"] == "n")]
    paths = [CORPUS / row["repo"].replace("/", "__") / row["path"] for row in usable]
    return [file for path in paths for file in (sorted(path.rglob("*.prisma")) if path.is_dir() else [path])]


def named(path):
    return path and path.relative_to(CORPUS).as_posix()


@pytest.mark.parametrize("path", accepted(multi_file=True) or [None], ids=named)
def test_every_byte_is_in_the_tree(path: Path | None):
    text = (path or shared("corpus")).read_bytes().decode()

    assert str(parse_schema(text)) == text


@pytest.mark.parametrize("path", accepted(multi_file=False) or [None], ids=named)
def test_the_formatter_gives_the_bytes_that_prisma_gives(prisma, path: Path | None):
    text = (path or shared("corpus")).read_bytes().decode()

    assert format_schema(text) == prisma.format(text)
