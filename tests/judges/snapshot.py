"""A database as it is at one moment: its whole structure and all its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from judges.catalog import Catalog, catalog, differences
from judges.checksums import Checksum, checksums, columns

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Snapshot:
    """What the catalog says, which columns there are, and what is in them."""

    catalog: Catalog
    columns: Mapping[str, list[str]]
    checksums: Mapping[str, Checksum]

    def differences(self, later: Snapshot) -> list[str]:
        """Return one line for each thing that differs, empty when the two are equal."""
        tables = sorted(self.checksums.keys() | later.checksums.keys())
        return differences(self.catalog, later.catalog) + [
            f"rows of {table}: {self.checksums.get(table)} became {later.checksums.get(table)}"
            for table in tables
            if self.checksums.get(table) != later.checksums.get(table)
        ]

    def differences_of_old_rows(self, url: str) -> list[str]:
        """Return the tables whose old columns do not hold, in the database at `url`, what they held."""
        now = checksums(url, self.columns)
        return [f"{table}: {was} became {now[table]}" for table, was in self.checksums.items() if now[table] != was]


def snapshot(url: str) -> Snapshot:
    """Look at everything in the namespace `public`."""
    scope = columns(url)
    return Snapshot(catalog(url), scope, checksums(url, scope))
