"""Where two schemas take turns in a code base, when only one of them was read there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.around import top_of

if TYPE_CHECKING:
    from prisma_decouple.syntax.nodes import Schema

_USUAL = "schema.prisma"


def in_one_place(root: Path, before: Schema, after: Schema) -> tuple[dict[str, str], dict[str, str]]:
    """The texts of two schemas by the paths of the same files.

    Args:
        root: the code base.
        before: one schema.
        after: the other one.

    Returns:
        The texts of both, at the paths of the one that lies in the code base, or in the workspace around it. Where both
        do, that is the one with a `schema.prisma`, or the first. The other one is written into the first of its files.
    """
    if [file.path for file in before.files] == [file.path for file in after.files]:
        return _own_texts(before), _own_texts(after)
    top = top_of(root.resolve())
    inside = [each for each in (before, after) if Path(each.files[0].path).resolve().is_relative_to(top)]
    usual = [each for each in inside if any(Path(file.path).name == _USUAL for file in each.files)]
    home = next(iter(usual or inside), before)
    old, new = (_own_texts(each) if each is home else _moved(each, home) for each in (before, after))
    return old, new


def _own_texts(schema: Schema) -> dict[str, str]:
    return {file.path: str(file) for file in schema.files}


def _moved(schema: Schema, home: Schema) -> dict[str, str]:
    texts = {file.path: "" for file in home.files}
    return texts | {home.files[0].path: "\n".join(str(file) for file in schema.files)}
