"""Components of pages that nothing in a code base imports: what only a person would see there, nobody sees."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.source.modules import load_config

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prisma_decouple.typescript.code_base import CodeBase
    from prisma_decouple.typescript.hints import Hint
    from prisma_decouple.typescript.source.text import Source

_COMPONENT = re.compile(r"(?:^|/)_?components/(?:[^/]+/)*(?P<name>[^/.]+)\.[jt]sx")
# Where frameworks look for files themselves: the folders in which each is a page, and the names of Next.js.
_ROUTED = re.compile(
    r"(?:^|/)(?:pages|routes)/|/(?:default|error|global-error|index|layout|loading|not-found|page|template)\.[jt]sx$"
)
# What imports files whose names are put together.
_ANY = re.compile(r"\bimport\.meta\.glob\b|\brequire\.context\b|\b(?:import|require)\(\s*(?![\"'\s])")
# What says that a package is there for others.
_OFFERS = frozenset({"exports", "main", "module", "types"})


def told_of_used(hints: Iterable[Hint], code: CodeBase) -> Iterator[Hint]:
    """The hints without those in components that nothing imports, but for what TypeScript minds there.

    Args:
        hints: of the code base.
        code: the code base.
    """
    known: dict[str, bool] = {}
    for hint in hints:
        path = hint.file or ""
        if hint.confidence is not Confidence.CERTAIN and _COMPONENT.search(path):
            known.setdefault(path, _is_unused(path, code))
        if hint.confidence is Confidence.CERTAIN or not known.get(path):
            yield hint


def _is_unused(path: str, code: CodeBase) -> bool:
    """Whether a component belongs to a program, and no file names it or imports whatever there is."""
    found = _COMPONENT.search(path)
    if found is None or _ROUTED.search(path) or not _is_of_program(path, code):
        return False
    named = re.compile(rf"[/\"'`]{re.escape(found['name'])}(?:\.[jt]sx?)?[\"'`]")
    others = [each for each in _sources(code) if each.path != path]
    return not any(named.search(each.text) or _ANY.search(each.text) for each in others)


def _sources(code: CodeBase) -> Iterator[Source]:
    yield from (*code.sources, *code.javascript, *code.components)


def _is_of_program(path: str, code: CodeBase) -> bool:
    """Whether the package of a file is seen, and is none that others import from."""
    folder = posixpath.dirname(path)
    while True:
        manifest = code.configs.get(posixpath.join(folder, "package.json"))
        if manifest is not None:
            config = load_config(manifest)
            return config is not None and not _OFFERS & config.keys()
        if not folder:
            return False
        folder = posixpath.dirname(folder)
