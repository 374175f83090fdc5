"""What lies around a code base that is one package of a workspace: the other packages, read for what they declare."""

from __future__ import annotations

import os
import posixpath
import re
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prisma_decouple.typescript.source.files import is_own_source, is_read_folder, read_file
from prisma_decouple.typescript.source.modules import DEPENDENCIES, extended_by, load_config

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from prisma_decouple.typescript.source.files import CodeFile

# What lies at the top of somebody's work, and what does as well, but may lie in each package.
_TOPS = (".git", "pnpm-workspace.yaml")
_ALSO = ("nx.json", "turbo.json", "lerna.json")
_UP = "../"
_PATH_OF_DEPENDENCY = re.compile(r"^(?:file|link|portal):(?P<path>\.{1,2}/.*)$")
_DEEPEST = 4
_LONGEST_CHAIN = 8


def top_of(root: Path) -> Path:
    """The folder of somebody's whole work that a code base is a part of; the code base itself when none is seen."""
    folders = (root, *root.parents)
    top = next((each for each in folders if any((each / name).exists() for name in _TOPS)), None)
    return top or next(iter([each for each in folders if _is_workspace(each)][::-1]), root)


def _is_workspace(folder: Path) -> bool:
    is_told = any((folder / name).exists() for name in _ALSO)
    return is_told or "workspaces" in _loaded(folder / "package.json")


def is_around(path: str) -> bool:
    """Whether a path, relative to the code base, leads out of it."""
    return path.startswith(_UP)


class Around:
    """The packages beside a code base in its workspace, and the configurations above it.

    Nothing is read before somebody asks for it. All paths are relative to the code base and start with `../`.

    Args:
        root: the code base.
        configs: its own `package.json` and `tsconfig` files.
    """

    def __init__(self, root: Path, configs: Mapping[str, str]) -> None:
        self._root = root.resolve()
        self._own = configs
        self._top = top_of(self._root)
        self._files: dict[str, CodeFile | None] = {}

    @cached_property
    def configs(self) -> dict[str, str]:
        """The configurations of these packages and of the folders above, and what they extend, as of `read_configs`."""
        found: dict[str, str] = {}
        if self._top == self._root:
            return found
        above = [each for each in self._root.parents if each.is_relative_to(self._top)]
        for folder in dict.fromkeys([*above, *self._packages(above), *self._dependencies()]):
            if folder.is_relative_to(self._top) and not folder.is_relative_to(self._root):
                for name in ("package.json", "tsconfig.json", "jsconfig.json"):
                    self._read_config(self._name(folder / name), found)
        for path, text in self._own.items():
            for each in extended_by(load_config(text) or {}, posixpath.dirname(path)):
                self._read_config(each, found)
        return found

    def read(self, path: str) -> CodeFile | None:
        """A source file around the code base, which no patch may change; None when there is none that counts."""
        if path not in self._files:
            found = Path(os.path.normpath(self._root / path))
            is_there = is_around(path) and found.is_relative_to(self._top) and found.is_file()
            file = read_file(found, path) if is_there and is_own_source(found, self._top) else None
            is_read = file is not None and file.text is not None and not file.is_generated
            self._files[path] = replace(file, is_link=True) if file is not None and is_read else None
        return self._files[path]

    def _name(self, path: Path) -> str:
        return Path(os.path.relpath(path, self._root)).as_posix()

    def _read_config(self, path: str, found: dict[str, str], depth: int = _LONGEST_CHAIN) -> None:
        target = Path(os.path.normpath(self._root / path))
        if path in found or not is_around(path) or not depth or not target.is_relative_to(self._top):
            return
        with suppress(OSError):
            found[path] = target.read_text(encoding="utf-8-sig", errors="replace")
            for each in extended_by(load_config(found[path]) or {}, posixpath.dirname(path)):
                self._read_config(each, found, depth - 1)

    def _packages(self, above: Iterable[Path]) -> Iterator[Path]:
        """The folders that the workspaces above list as their packages."""
        for folder in above:
            for pattern in _listed(folder):
                parts = [each for each in pattern.split("/") if each not in {"", "."}]
                if parts and not pattern.startswith("!") and ".." not in parts:
                    yield from _matching(folder, parts, _DEEPEST)

    def _dependencies(self) -> Iterator[Path]:
        """The folders that the code base's own manifests name as where a package is."""
        for path, text in self._own.items():
            manifest = load_config(text) or {} if posixpath.basename(path) == "package.json" else {}
            listed = (each for key in DEPENDENCIES if isinstance(each := manifest.get(key), dict))
            for version in (str(version) for each in listed for version in each.values()):
                if (found := _PATH_OF_DEPENDENCY.match(version)) is not None:
                    yield Path(os.path.normpath(self._root / posixpath.dirname(path) / found["path"]))


def _listed(folder: Path) -> list[str]:
    """The patterns of its packages that a workspace lists, whoever manages it."""
    found = [_loaded(folder / "package.json").get("workspaces"), _loaded(folder / "lerna.json").get("packages")]
    with suppress(OSError):
        text = (folder / "pnpm-workspace.yaml").read_text(encoding="utf-8-sig", errors="replace")
        found.append(_of_yaml(text))
    lists = (each.get("packages") if isinstance(each, dict) else each for each in found)
    return [each for patterns in lists if isinstance(patterns, list) for each in patterns if isinstance(each, str)]


def _of_yaml(text: str) -> object:
    import yaml  # noqa: PLC0415 - only few workspaces need it

    try:
        return yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError):
        return None


def _loaded(path: Path) -> dict[str, Any]:
    with suppress(OSError):
        return load_config(path.read_text(encoding="utf-8-sig", errors="replace")) or {}
    return {}


def _matching(folder: Path, parts: list[str], depth: int) -> Iterator[Path]:
    """The folders below one that a pattern means: `packages/*`, `apps/**`."""
    if not parts:
        if (folder / "package.json").is_file():
            yield folder
        return
    first, *rest = parts
    if first == "**":
        yield from _matching(folder, rest, depth)
        for inner in _folders(folder) if depth else ():
            yield from _matching(inner, parts, depth - 1)
    elif "*" in first:
        shape = re.compile(".*".join(map(re.escape, first.split("*"))))
        yield from (
            each for inner in _folders(folder) if shape.fullmatch(inner.name) for each in _matching(inner, rest, depth)
        )
    else:
        yield from _matching(folder / first, rest, depth)


def _folders(folder: Path) -> list[Path]:
    with suppress(OSError):
        return sorted(each for each in folder.iterdir() if each.is_dir() and is_read_folder(each.name))
    return []
