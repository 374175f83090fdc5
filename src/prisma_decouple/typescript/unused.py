"""Components of pages that nothing in a code base imports: what only a person would see there, nobody sees."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import PurePosixPath
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
    uses = _Uses(code)
    for hint in hints:
        if hint.confidence is Confidence.CERTAIN or not uses.is_without(hint.file or ""):
            yield hint


class _Uses:
    """Who uses the components of a code base."""

    def __init__(self, code: CodeBase) -> None:
        self._code = code
        self._known: dict[str, bool] = {}

    def is_without(self, path: str) -> bool:
        """Whether a file is a component of a program, and no other one names it or imports whatever there is."""
        found = _COMPONENT.search(path)
        if found is None or _ROUTED.search(path):
            return False
        if path not in self._known:
            is_unnamed = self._is_of_program(path) and not self._is_named(path, found["name"])
            self._known[path] = is_unnamed and not self._is_open
        return self._known[path]

    @cached_property
    def _sources(self) -> tuple[Source, ...]:
        return (*self._code.sources, *self._code.javascript, *self._code.components)

    @cached_property
    def _is_open(self) -> bool:
        """Whether something imports files whose names are put together."""
        return any(_ANY.search(each.text) for each in self._sources)

    def _is_named(self, path: str, name: str) -> bool:
        named = re.compile(rf"[/\"'`]{re.escape(name)}(?:\.[jt]sx?)?[\"'`]")
        return any(name in each.text and named.search(each.text) for each in self._sources if each.path != path)

    def _is_of_program(self, path: str) -> bool:
        """Whether the package of a file is seen, and is none that others import from."""
        for folder in map(str, PurePosixPath(path).parents):
            manifest = self._code.configs.get("package.json" if folder == "." else f"{folder}/package.json")
            if manifest is not None:
                config = load_config(manifest)
                return config is not None and not _OFFERS & config.keys()
        return False
