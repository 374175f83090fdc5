"""The folder that holds all that is needed to compile a code base, which may be one package of a workspace."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.around import top_of
from prisma_decouple.typescript.source.modules import extended_by, load_config
from prisma_decouple.typescript.tsc.programs import CannotCompileError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LONGEST_CHAIN = 8


def extent_of(root: Path, schema: Iterable[str], configs: Mapping[str, str]) -> Path:
    """The folder to copy: the code base, or the one above it in which its schema and its configurations are as well.

    Args:
        root: the code base.
        schema: the files of the schema.
        configs: the `package.json` and `tsconfig` files of the code base.

    Raises:
        CannotCompileError: the schema is elsewhere.
    """
    root = root.resolve()
    top = top_of(root)
    files = [Path(each).resolve() for each in schema]
    if not all(each.is_relative_to(top) for each in files):
        raise CannotCompileError("the schema is not inside the code base; --code can name the folder that holds both")
    extended = (each for path in configs for each in _extended(root / path, configs[path], _LONGEST_CHAIN))
    needed = [each.parent for each in (*files, *extended) if each.is_relative_to(top)]
    return Path(os.path.commonpath([root, *needed]))


def _extended(path: Path, text: str, depth: int) -> Iterator[Path]:
    """The files that a configuration takes its options from."""
    for name in extended_by(load_config(text) or {}, ""):
        target = Path(os.path.normpath(path.parent / name))
        if target.is_file() and depth:
            yield target
            yield from _extended(target, target.read_text(encoding="utf-8-sig", errors="replace"), depth - 1)
