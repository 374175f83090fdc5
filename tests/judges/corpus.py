"""The real schemas beside the checkout, with what is known of each."""

from __future__ import annotations

import csv
import os
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from judges.availability import SHARED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

REAL = SHARED / "corpus" / "real"

# A test that takes long with each has every second real schema, so that all tests end in ten minutes: one takes a half,
# the next the other. With 1 every test has all of them.
SHARE = int(os.environ.get("CORPUS_SHARE", "2"))

_Case = TypeVar("_Case")


class RealSchema(NamedTuple):
    """A schema of somebody's application.

    Attributes:
        path: its file or folder.
        facts: the columns of the index by name.
    """

    path: Path
    facts: dict[str, str]

    @property
    def name(self) -> str:
        """The repository, and the path in it."""
        return f"{self.facts['repo']}/{self.facts['path']}"

    @property
    def is_accepted(self) -> bool:
        """Whether Prisma accepts it, with a `url` where the version wants one."""
        return self.facts["dialect"] == "prisma" and self.facts["valid6_with_url"] == "ok"

    @property
    def files(self) -> list[Path]:
        """Its files."""
        return sorted(self.path.rglob("*.prisma")) if self.path.is_dir() else [self.path]


def indexed() -> list[RealSchema]:
    """All of them; none where they are not."""
    index = REAL / "INDEX.tsv"
    if not index.exists():
        return []
    with index.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [RealSchema(REAL / row["repo"].replace("/", "__") / row["path"], row) for row in rows]


def share_of(cases: Sequence[_Case], first: int) -> Sequence[_Case]:
    """As many of some cases as a test takes that takes long with each; `first` is the number of the first one."""
    return cases[first % SHARE :: SHARE]
