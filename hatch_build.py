"""Puts the tables of the grammar into the wheel, so that nobody's first run has to make them."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TablesHook(BuildHookInterface):
    """Makes them with the package that is being built; an editable installation keeps them in the user's cache."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file, and tell hatchling where it goes."""
        if version == "editable":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root / "src"))
        from prisma_decouple.syntax.tables import GRAMMAR, TABLES, make_tables, write_tables  # noqa: PLC0415

        self._folder = tempfile.TemporaryDirectory()
        file = Path(self._folder.name) / TABLES
        write_tables(make_tables((root / "grammar" / GRAMMAR).read_text(encoding="utf-8")), file)
        build_data["force_include"][str(file)] = f"prisma_decouple/_data/grammar/{TABLES}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the file again."""
        if version != "editable":
            self._folder.cleanup()
