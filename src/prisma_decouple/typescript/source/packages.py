"""The declarations of the packages that are installed beside a code base, read when somebody asks for them."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prisma_decouple.typescript.source.declarations import Declarations
from prisma_decouple.typescript.source.modules import load_config, package_of
from prisma_decouple.typescript.source.parsing import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MODULES = "node_modules"
_ENDINGS = (".d.ts", ".ts", ".d.mts", ".d.cts", "/index.d.ts", "/index.ts")
_COMPILED = re.compile(r"\.([cm]?)jsx?$")
# What a condition of `exports` has to be called for TypeScript to read what it leads to, the better ones first.
_CONDITIONS = ("types", "import", "require", "node", "default")
# The client is made of the schema that changes; what it declares now is what will not be.
_CLIENTS = re.compile(r"^(?:@prisma/client|\.prisma)(?:/|$)")
# What is read of all packages together: the declarations of a large library are 2 MB, those of Node 3 MB.
_LARGEST = 3_000_000
_ALL = 12_000_000


class Packages:
    """The installed packages of a code base."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._left = _ALL
        self._known: dict[Path, Declarations | None] = {}
        self._found: dict[tuple[str, Path], Declarations | None] = {}

    @cached_property
    def is_there(self) -> bool:
        """Whether any are installed in the folder of the code base or above."""
        folders = (self._root.resolve(), *self._root.resolve().parents)
        return any((each / _MODULES).is_dir() for each in folders)

    def imported(self, module: str, importer: str) -> Declarations | None:
        """What a module declares that a file of the code base imports; None when it is not installed or too large.

        Args:
            module: as it is imported.
            importer: the path of the file in the code base.
        """
        return self.declared(module, (self._root / importer).parent)

    def declared(self, module: str, folder: Path) -> Declarations | None:
        """The same for a folder, of the code base or of a package."""
        key = module, folder
        if key not in self._found:
            self._found[key] = None if _CLIENTS.search(module) else self._declared(module, folder)
        return self._found[key]

    def _declared(self, module: str, folder: Path) -> Declarations | None:
        name = module.removeprefix("node:")
        for path in self._candidates(name, folder):
            found = self._read(path)
            if found is not None:
                return found.modules.get(name) or found.modules.get(module) or found
        return None

    def _candidates(self, module: str, folder: Path) -> Iterator[Path]:
        if module.startswith("."):
            yield from _files(folder / module)
            return
        package, rest = package_of(module), module[len(package_of(module)) + 1 :]
        typed = f"@types/{package.removeprefix('@').replace('/', '__')}"
        for modules in (each / _MODULES for each in (folder, *folder.parents) if each.name != _MODULES):
            for home in (modules / package, modules / typed):
                if home.is_dir():
                    yield from _entries(home.resolve(), rest)
            if (modules / "@types/node").is_dir():
                yield from _files((modules / "@types/node").resolve() / module)  # Node's own

    def _read(self, path: Path) -> Declarations | None:
        if path not in self._known:
            self._known[path] = None
            with suppress(OSError):
                size = path.stat().st_size
                if size <= min(_LARGEST, self._left):
                    self._left -= size
                    self._known[path] = Declarations(path, parse(path.read_bytes(), tsx=False))
        return self._known[path]


def _files(bare: Path) -> Iterator[Path]:
    """The files that a path without its ending may mean."""
    name = str(bare)
    names = [_COMPILED.sub(r".d.\1ts", name)] if _COMPILED.search(name) else []
    names += [name] if name.endswith((".ts", ".mts", ".cts")) else []
    names += [f"{_COMPILED.sub('', name)}{ending}" for ending in _ENDINGS]
    yield from (path for each in dict.fromkeys(names) if (path := Path(each)).is_file())


def _entries(home: Path, rest: str) -> Iterator[Path]:
    """The files that a package's manifest names for the package, or for a part of it."""
    manifest: Mapping[str, Any] = {}
    with suppress(OSError):
        manifest = load_config((home / "package.json").read_text(encoding="utf-8-sig", errors="replace")) or {}
    own = () if rest else (manifest.get(key) for key in ("types", "typings", "main"))
    named = chain(_exported(manifest.get("exports"), f"./{rest}" if rest else "."), own, [rest or "index"])
    for each in named:
        if isinstance(each, str):
            yield from _files(home / each)


def _exported(exports: object, part: str) -> Iterator[str]:
    if not isinstance(exports, dict) or not any(key.startswith(".") for key in exports):
        yield from _targets(exports) if part == "." else ()
        return
    for pattern, target in exports.items():
        start, star, end = pattern.partition("*")
        if star and part.startswith(start) and part.endswith(end) and len(part) >= len(start) + len(end):
            middle = part[len(start) : len(part) - len(end)]
            yield from (each.replace("*", middle) for each in _targets(target))
        elif part == pattern:
            yield from _targets(target)


def _targets(target: object) -> Iterator[str]:
    if isinstance(target, str):
        yield target
    elif isinstance(target, list):
        yield from (found for each in target for found in _targets(each))
    elif isinstance(target, dict):
        yield from (found for each in _CONDITIONS for found in _targets(target.get(each)))
