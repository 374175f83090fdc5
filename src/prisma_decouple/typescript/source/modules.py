"""Which file a module name means: relative paths, those of a tsconfig or jsconfig, and the packages of a workspace."""

from __future__ import annotations

import json
import posixpath
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_TYPESCRIPT = (".ts", ".tsx", ".mts", ".cts", "/index.ts", "/index.tsx")
_ENDINGS = (*_TYPESCRIPT, ".js", ".jsx", ".mjs", "/index.js", "/index.jsx")
_DECLARATIONS = (".d.ts", "/index.d.ts")
# What a module calls the JavaScript that will be made of it.
_COMPILED = re.compile(r"\.([cm]?)jsx?$")
_OUTPUT = re.compile(r"^(?:\./)?(?:dist|build|lib|out)/")
# Strings are kept whole, so that a `//` in one of them is no comment.
_COMMENT = re.compile(r'("(?:\\.|[^"\\])*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_LAST_COMMA = re.compile(r'("(?:\\.|[^"\\])*")|,(?=\s*[}\]])')
_LONGEST_CHAIN = 8
DEPENDENCIES = ("dependencies", "devDependencies", "peerDependencies", "optionalDependencies")
_LOCAL = ("workspace:", "file:", "link:", "portal:")

# The paths in configurations that frameworks generate, which need not be there (the documentation of SvelteKit,
# "$lib", and of Nuxt, "alias").
_GENERATED: dict[str, dict[str, tuple[str, ...]]] = {
    ".svelte-kit/": {"$lib": ("src/lib",), "$lib/*": ("src/lib/*",)},
    ".nuxt/": {f"{sign}/*": ("*", "app/*") for sign in ("~", "@", "~~", "@@")},
}

# The code base, and what it is a part of.
_ABOVE = re.compile(r"(?:\.\.(?:/\.\.)*)?")

_MAJOR = re.compile(r"\d+")
_STRICT = 6


class Modules:
    """The files of a code base by the names under which they are imported."""

    def __init__(self, paths: Collection[str], configs: Mapping[str, str]) -> None:
        self._paths = paths
        self._configs = {path: loaded for path, text in configs.items() if (loaded := load_config(text)) is not None}
        self._known: dict[tuple[str, str], str | None] = {}

    def resolve(self, module: str, importer: str) -> str | None:
        """The path of the file that a module means to the file that imports it; None when it is not one of ours."""
        folder = posixpath.dirname(importer)
        key = (module, folder)
        if key not in self._known:
            candidates = (self._file(candidate) for candidate in self._candidates(module, folder))
            self._known[key] = next((path for path in candidates if path is not None), None)
        return self._known[key]

    def is_installed(self, module: str) -> bool:
        """Whether a module is Node's, or one of a package that is no part of the code base, as its manifests say."""
        return module.startswith("node:") or package_of(module) in self._installed

    @cached_property
    def _installed(self) -> frozenset[str]:
        manifests = (each for path, each in self._configs.items() if posixpath.basename(path) == "package.json")
        listed = (each for manifest in manifests for key in DEPENDENCIES if isinstance(each := manifest.get(key), dict))
        versions = ((name, version) for each in listed for name, version in each.items())
        return frozenset(
            name for name, version in versions if name not in self._packages and not _text(version).startswith(_LOCAL)
        )

    def paths_of(self, config: str) -> dict[str, list[str]]:
        """The path patterns of a `tsconfig` file, and the workspace's packages by their sources."""
        found = self._patterns(config)
        for name, (folder, manifest) in self._packages.items():
            entries = [posixpath.join(folder, place) for place in (*_sources(manifest), "src/index", "index")]
            found.setdefault(name, entries)
        return found

    def checks_null(self, importer: str) -> bool:
        """Whether the compiler minds null in a file; also when its configuration does not let it be seen."""
        path = self._config_of(importer)
        if path is None:
            return True
        told = self._option(path, "strictNullChecks")
        told = self._option(path, "strict") if told is None else told
        return self._is_strict_by_default if told is None else told

    def is_exact(self, importer: str) -> bool:
        """Whether what may be left out of an object may not be `undefined` there: `exactOptionalPropertyTypes`."""
        path = self._config_of(importer)
        return path is not None and self._option(path, "exactOptionalPropertyTypes", unseen=False) is True

    def _config_of(self, importer: str) -> str | None:
        """The configuration of the compiler next above a file."""
        paths = (posixpath.join(folder, "tsconfig.json") for folder in self._folders(posixpath.dirname(importer)))
        return next((path for path in paths if path in self._configs), None)

    @cached_property
    def _is_strict_by_default(self) -> bool:
        """From TypeScript 6 on it is (release notes of TypeScript 6.0)."""
        manifests = (each for path, each in self._configs.items() if posixpath.basename(path) == "package.json")
        listed = (each.get(key) for each in manifests for key in DEPENDENCIES)
        versions = (_text(each.get("typescript")) for each in listed if isinstance(each, dict))
        majors = (found for each in versions if (found := _MAJOR.search(each)) is not None)
        return any(int(found[0]) >= _STRICT for found in majors)

    def _option(self, path: str, name: str, depth: int = _LONGEST_CHAIN, *, unseen: bool = True) -> bool | None:
        """An option of the compiler, as a configuration or what it extends says; `unseen` when that is a package's."""
        config = self._configs.get(path)
        if config is None:
            return unseen
        options = config.get("compilerOptions")
        told = options.get(name) if isinstance(options, dict) else None
        if isinstance(told, bool) or not depth:
            return told if isinstance(told, bool) else None
        named = config.get("extends")
        listed = named if isinstance(named, list) else [named] if named else []
        folder = posixpath.dirname(path)
        if sum(1 for _ in extended_by(config, folder)) < len(listed):
            return unseen
        left_to = [each for each in left_to_others(config, folder) if each in self._configs]
        targets = (*reversed(list(extended_by(config, folder))), *left_to)
        found = (self._option(target, name, depth - 1, unseen=unseen) for target in targets)
        return next((each for each in found if each is not None), None)

    def relative(self, path: str, importer: str) -> str | None:
        """The relative module name of a file, as another file would import it; None across packages."""
        if self._home(path) != self._home(importer):
            return None
        bare = re.sub(r"(?:/index)?\.[cm]?tsx?$", "", path)
        name = posixpath.relpath(bare, posixpath.dirname(importer) or ".")
        return name if name.startswith(".") else f"./{name}"

    def _home(self, path: str) -> str:
        """The folder of the package that a file belongs to."""
        folders = _folders_above(posixpath.dirname(path))
        return next((each for each in folders if posixpath.join(each, "package.json") in self._configs), "")

    def _folders(self, folder: str) -> Iterator[str]:
        """A folder and those above it, also above the code base as far as there are configurations of its workspace."""
        yield from _folders_above(folder)
        yield from () if folder.startswith("..") else self._above

    @cached_property
    def _above(self) -> list[str]:
        folders = {posixpath.dirname(path) for path in self._configs}
        return sorted((each for each in folders if each and _ABOVE.fullmatch(each)), key=len)

    def _file(self, candidate: str) -> str | None:
        bare = posixpath.normpath(candidate)
        names = [bare, _COMPILED.sub(r".\1ts", bare), _COMPILED.sub(r".\1tsx", bare)]
        names += [f"{stem}{ending}" for stem in (bare, _COMPILED.sub("", bare)) for ending in _ENDINGS]
        return next((name for name in names if name in self._paths), None)

    def _candidates(self, module: str, folder: str) -> Iterator[str]:
        if module.startswith("."):
            yield from _or_declared(posixpath.join(folder, module))
            return
        for base in self._folders(folder):
            config = self._configurations.get(base)
            if config is not None:
                yield from (each for found in _mapped(module, config) for each in _or_declared(found))
        yield from self._of_package(module)

    def _of_package(self, module: str) -> Iterator[str]:
        name = next((each for each in self._packages if module == each or module.startswith(f"{each}/")), None)
        if name is None:
            return
        folder, manifest = self._packages[name]
        rest = module[len(name) + 1 :]
        named = [rest] if rest else [*_entries(manifest), "index"]
        for entry in (each for each in named if not each.endswith(".d.ts")):
            yield posixpath.join(folder, entry)
            yield posixpath.join(folder, "src", _OUTPUT.sub("", entry))
        # Declarations that nothing is the source of are written by hand, and are a part of the code base.
        yield from (posixpath.join(folder, each) for each in named if each.endswith(".d.ts"))

    @cached_property
    def _packages(self) -> dict[str, tuple[str, dict[str, Any]]]:
        """The packages of the code base, longer names first."""
        found = {
            config["name"]: (posixpath.dirname(path), config)
            for path, config in self._configs.items()
            if posixpath.basename(path) == "package.json" and isinstance(config.get("name"), str)
        }
        return dict(sorted(found.items(), key=lambda pair: -len(pair[0])))

    @cached_property
    def _configurations(self) -> dict[str, dict[str, list[str]]]:
        """The path patterns of the configuration in each folder; what they lead to is relative to the code base.

        A `jsconfig.json` counts where there is no `tsconfig.json` (Visual Studio Code, "What is jsconfig.json?").
        """
        return {
            posixpath.dirname(path): self._patterns(path)
            for name in ("jsconfig.json", "tsconfig.json")
            for path in self._configs
            if posixpath.basename(path) == name
        }

    def _patterns(self, path: str, depth: int = _LONGEST_CHAIN) -> dict[str, list[str]]:
        config, folder = self._configs.get(path, {}), posixpath.dirname(path)
        options = config.get("compilerOptions")
        options = options if isinstance(options, dict) else {}
        base = posixpath.join(folder, _text(options.get("baseUrl")) or ".")
        found: dict[str, list[str]] = {}
        others = json.dumps([config.get("extends"), config.get("references")])
        for name in (each for each in _GENERATED if each in others):
            aliases = _GENERATED[name].items()
            found |= {alias: [posixpath.join(folder, place) for place in places] for alias, places in aliases}
        for target in extended_by(config, folder) if depth else ():
            found |= self._patterns(target, depth - 1)
        for target in left_to_others(config, folder) if depth else ():
            found = self._patterns(target, depth - 1) | found
        paths = options.get("paths")
        for pattern, targets in paths.items() if isinstance(paths, dict) else ():
            if isinstance(targets, list):
                found[pattern] = [posixpath.join(base, target) for target in targets if isinstance(target, str)]
        if "baseUrl" in options:
            found.setdefault("*", [posixpath.join(base, "*")])
        return found


def extended_by(config: Mapping[str, Any], folder: str) -> Iterator[str]:
    """The files that a configuration in a folder takes its options from, whatever they are called; no packages."""
    named = config.get("extends")
    for parent in named if isinstance(named, list) else [named]:
        if isinstance(parent, str) and parent.startswith("."):
            target = posixpath.normpath(posixpath.join(folder, parent))
            yield target if target.endswith(".json") else f"{target}.json"


def left_to_others(config: Mapping[str, Any], folder: str) -> Iterator[str]:
    """The configurations beside one that has no files of its own, and leaves them to these: `tsconfig.app.json`."""
    references = config.get("references")
    for each in references if isinstance(references, list) and config.get("files") == [] else ():
        path = _text(each.get("path")) if isinstance(each, dict) else ""
        target = posixpath.normpath(posixpath.join(folder, path))
        if path.endswith(".json") and posixpath.dirname(target) == folder:
            yield target


def load_config(text: str) -> dict[str, Any] | None:
    """A configuration, with the comments and trailing commas that TypeScript allows."""
    try:
        for noise in (_COMMENT, _LAST_COMMA):
            text = noise.sub(lambda found: found[1] or "", text)
        loaded = json.loads(text)
    except ValueError:
        return None
    return loaded if isinstance(loaded, dict) else None


def package_of(module: str) -> str:
    """The package that a module belongs to: `@scope/name` of `@scope/name/part`."""
    return "/".join(module.split("/")[: 2 if module.startswith("@") else 1])


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _or_declared(candidate: str) -> Iterator[str]:
    """What a name may mean, or else what only declares it; of a package its own declarations are read elsewhere."""
    yield candidate
    yield from (f"{_COMPILED.sub('', candidate)}{ending}" for ending in _DECLARATIONS)


def _folders_above(folder: str) -> Iterator[str]:
    """A folder and those above it; of one around the code base up to the one that holds both."""
    while not _ABOVE.fullmatch(folder):
        yield folder
        folder = posixpath.dirname(folder)
    yield folder


def _mapped(module: str, patterns: Mapping[str, list[str]]) -> Iterator[str]:
    for pattern, targets in sorted(patterns.items(), key=lambda pair: -len(pair[0])):
        start, star, end = pattern.partition("*")
        is_match = module.startswith(start) and module.endswith(end) if star else module == pattern
        if is_match:
            middle = module[len(start) : len(module) - len(end)] if star else ""
            yield from (target.replace("*", middle) for target in targets)


def _sources(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Where the files that a package's manifest names are made of."""
    for entry in _entries(manifest):
        bare = _COMPILED.sub("", _OUTPUT.sub("", entry)).removesuffix(".d.ts")
        yield from (f"src/{bare}", bare)


def _entries(manifest: Mapping[str, Any]) -> Iterator[str]:
    """The files that a package's manifest names for the package itself."""
    exported = manifest.get("exports")
    if isinstance(exported, dict):
        exported = exported.get(".", exported)
    conditions = exported.values() if isinstance(exported, dict) else [exported]
    yield from (each for each in conditions if isinstance(each, str))
    yield from (value for key in ("types", "source", "module", "main") if (value := _text(manifest.get(key))))
