"""The installed packages of a code base in a copy of it: linked, except those that are or use Prisma's client."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

from prisma_decouple.typescript.tsc.programs import installed

if TYPE_CHECKING:
    from pathlib import Path

_CLIENT = "@prisma/client"
_NEEDS = ("dependencies", "peerDependencies", "optionalDependencies")
_MODULES = "node_modules"


class Packages:
    """The packages of a code base, npm's and yarn's layout or pnpm's.

    A package that is linked is seen by TypeScript where it really is, and there it would find the client that the user
    has. So what uses the client is copied to where it finds the other one.
    """

    def __init__(self, root: Path, copy: Path) -> None:
        self._root = root
        self._copy = copy
        self._mirrored: set[Path] = set()

    def install(self) -> None:
        """Put all packages into the copy, and those of the folders above beside it."""
        for modules in installed(self._root):
            self._link(modules, self._copy / modules.relative_to(self._root))
        above = next((each / _MODULES for each in self._root.parents if (each / _MODULES).is_dir()), None)
        if above is not None:
            self._link(above, self._copy.parent / _MODULES)

    def _link(self, modules: Path, target: Path) -> None:
        """The packages of one folder; what begins with a dot is the package manager's own."""
        if modules in self._mirrored:
            return
        self._mirrored.add(modules)
        target.mkdir(parents=True, exist_ok=True)
        for package in modules.iterdir():
            place = target / package.name
            if package.name.startswith("@") and package.is_dir() and not package.is_symlink():
                self._link(package, place)
            elif not package.name.startswith(".") and not place.exists():
                self._put(package, place)

    def _put(self, package: Path, place: Path) -> None:
        real = package.resolve()
        is_inside = real.is_relative_to(self._root)
        home = self._copy / real.relative_to(self._root) if is_inside else place
        if is_inside and _MODULES not in real.relative_to(self._root).parts:
            place.symlink_to(home)  # a package of the workspace
        elif not _uses_client(real):
            place.symlink_to(real)
        elif home == place or not is_inside:
            self._copied(real, place)
        else:
            self._link(_modules_of(real), _modules_of(home))
            place.symlink_to(home)

    def _copied(self, real: Path, place: Path) -> None:
        shutil.copytree(real, place, ignore=shutil.ignore_patterns(_MODULES), symlinks=True)
        if (real / _MODULES).is_dir():
            self._link(real / _MODULES, place / _MODULES)
        manifest = _manifest(place)
        if manifest.get("name") == _CLIENT:
            # Of two packages of the same name and version TypeScript reads only one, and it might be the user's.
            manifest["version"] = f"{manifest.get('version', '0.0.0')}-copy"
            (place / "package.json").write_text(json.dumps(manifest), encoding="utf-8")


def _modules_of(package: Path) -> Path:
    """The folder that a package is installed in."""
    return next(each for each in package.parents if each.name == _MODULES)


def _uses_client(package: Path) -> bool:
    manifest = _manifest(package)
    needed = (manifest.get(key) for key in _NEEDS)
    return manifest.get("name") == _CLIENT or any(isinstance(each, dict) and _CLIENT in each for each in needed)


def _manifest(package: Path) -> dict[str, Any]:
    try:
        loaded = json.loads((package / "package.json").read_text(encoding="utf-8-sig"))
    except (OSError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}
