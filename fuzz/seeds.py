"""The schemas from which the fuzzer starts: those of the tests and examples, and the real ones when they are there."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
# Small texts are tried more often; what is in a large schema is in a small one too.
MAX_BYTES = 4_000


def write_seeds(folder: Path) -> None:
    """Write each seed to a file that is named after its content."""
    folder.mkdir(parents=True, exist_ok=True)
    for text in seeds():
        content = text.encode()[:MAX_BYTES]
        (folder / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)


def seeds() -> Iterator[str]:
    """The schemas of our own, then those of the corpus."""
    for path in sorted((ROOT / "tests").rglob("cases/*.yaml")):
        yield from _schemas_in(yaml.safe_load(path.read_text(encoding="utf-8")))
    for path in sorted(ROOT.glob("examples/*/prisma/*.prisma")):
        yield path.read_text(encoding="utf-8")
    cases = CORPUS / "engine" / "cases.json"
    if cases.exists():
        yield from (case["text"] for case in json.loads(cases.read_text(encoding="utf-8")).values())
    for path in sorted(CORPUS.glob("real/**/*.prisma")):
        yield path.read_bytes().decode()


def _schemas_in(value: object) -> Iterator[str]:
    """Every text with a block in it, at any depth of a file of cases."""
    if isinstance(value, str) and "{" in value:
        yield value
    elif isinstance(value, dict):
        for child in value.values():
            yield from _schemas_in(child)
    elif isinstance(value, list):
        for child in value:
            yield from _schemas_in(child)
