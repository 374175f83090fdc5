"""The real schemas and refactorings beside the checkout, as far as they are for PostgreSQL."""

from __future__ import annotations

import json
import os
import re
from random import Random
from typing import TYPE_CHECKING

from judges.availability import SHARED
from judges.corpus import indexed

if TYPE_CHECKING:
    from pathlib import Path

    Files = list[tuple[str, str]]

CORPUS = SHARED / "corpus"

# The one schema with thousands of models takes the engine longer than all others together, and shows nothing else.
MODELS = int(os.environ.get("CORPUS_MODELS", "1000"))
# How many pairs of schemas that have nothing to do with each other are tried.
PAIRS = int(os.environ.get("CORPUS_PAIRS", "8"))

# Prisma 6 refuses in views what Prisma 5 allowed there, and so do both with what is not in their database at all.
VIEW = re.compile(r"^view \w+ \{.*?^\}", re.DOTALL | re.MULTILINE)
KEY_IN_VIEW = re.compile(r"@@?id(?:\([^)]*\))?|@default\((?:[^()]|\([^()]*\))*\)")


def files_of(path: Path) -> Files:
    """A schema of one file or of a folder."""
    paths = sorted(path.rglob("*.prisma")) if path.is_dir() else [path]
    texts = ((str(each.relative_to(path.parent)), each.read_bytes().decode()) for each in paths)
    return [(name, VIEW.sub(lambda view: KEY_IN_VIEW.sub("", view[0]), text)) for name, text in texts]


def real_schemas() -> dict[str, Files]:
    """The schemas of applications, by repository and path."""
    wanted = (each for each in indexed() if each.facts["provider"] == "postgresql")
    return {each.name: files_of(each.path) for each in wanted if int(each.facts["models"]) <= MODELS}


def refactorings() -> dict[str, tuple[Files, Files]]:
    """The schemas before and after, by number."""
    folders = sorted((CORPUS / "refactors").iterdir()) if CORPUS.exists() else []
    found = [folder for folder in folders if _provider(folder) == "postgresql"]
    return {folder.name: (_side(folder, "before"), _side(folder, "after")) for folder in found}


def unrelated(schemas: dict[str, Files], count: int) -> list[tuple[str, str]]:
    """Pairs of schemas, always the same ones."""
    rng = Random(count)
    return [(old, new) for old, new in (rng.sample(sorted(schemas), 2) for _ in range(count if schemas else 0))]


def _provider(folder: Path) -> str:
    return str(json.loads((folder / "meta.json").read_text(encoding="utf-8"))["provider"])


def _side(folder: Path, name: str) -> Files:
    path = folder / name
    return files_of(path if path.exists() else folder / f"{name}.prisma")
