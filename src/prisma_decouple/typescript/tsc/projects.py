"""TypeScript's compiler run on the projects of a copy: every configuration that has files of its own."""

from __future__ import annotations

import json
import os
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prisma_decouple.typescript.source.modules import Modules, load_config
from prisma_decouple.typescript.tsc.client import complaint
from prisma_decouple.typescript.tsc.programs import CannotCompileError

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator, Mapping, Sequence

    from prisma_decouple.typescript.tsc.programs import Programs

_ERROR = re.compile(
    r"^(?P<file>\S[^\n]*?)\((?P<line>\d+),(?P<column>\d+)\): error (?P<code>TS\d+): (?P<text>.*)$", re.MULTILINE
)
# What stands in the way of the code itself; without files there is no code.
_FAILURE = re.compile(r"^(?:\S+\.json\(\d+,\d+\): )?error (TS(?:5\d{3}|1800[0-2]): .*)$", re.MULTILINE)
# What is of no place stands in the way as well: `executeCommandLine.ts` looks at the code when there is nothing else.
_NOWHERE = re.compile(r"^error (TS(?!18003)\d+: .*)$", re.MULTILINE)
# What only the parser says (TypeScript 5.9): something is expected, unterminated or unclosed.
_OF_PARSER = re.compile(
    r"TS(?:100[235]|1010|1068|1109|1110|112[4-9]|113[014-8]|114[4-6]|116[01]|1185|1382|143[4-6]|170(?:02|08|14))"
)
_EMPTY = "it says that it has no files, so that the compiler looks at none of those beside it"
_SILENCER = re.compile(r"""'"ignoreDeprecations": "([\d.]+)"'""")
_NOT_READ = re.compile(r"TS5083: Cannot read file '(?:[^']*/)?(\.[^/']+)/[^/']+'")
# Node lets one of them have about four gigabytes, which only a large code base needs.
_MEMORY_OF_ONE = 4 * 1024**3
_MOST_AT_ONCE = 8
_TOO_BIG = re.compile(r"heap out of memory|Allocation failed")


@dataclass(frozen=True, slots=True, order=True)
class CompilerError:
    """A complaint of TypeScript's compiler; the path is relative to the code base."""

    file: str
    line: int
    column: int
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the compiler says.

    Attributes:
        errors: of each project that could be compiled, by its configuration.
        failures: why the others could not be.
    """

    errors: Mapping[str, frozenset[CompilerError]]
    failures: Mapping[str, str]

    def without(self, projects: Mapping[str, str]) -> list[CompilerError]:
        """The errors of all projects but some, in the order of their places.

        Two projects that share a file may word its errors differently; each place counts once.
        """
        found = {each for name, listed in self.errors.items() if name not in projects for each in listed}
        by_place = {(each.file, each.line, each.column, each.code): each for each in sorted(found, reverse=True)}
        return sorted(by_place.values())


class Projects:
    """The projects of a copy.

    Args:
        programs: of the copy.
        root: what was copied.
        copy: its folder.
        configs: the `package.json` and `tsconfig` files in it.
        within: the folder in it whose projects and files count.

    Raises:
        CannotCompileError: there is no project, or no TypeScript for any.
    """

    def __init__(self, programs: Programs, root: Path, copy: Path, configs: Mapping[str, str], within: str) -> None:
        self._programs, self._root = programs, root
        self._copy, self._within = copy, copy / within
        self._modules = Modules({}, configs)
        found = [each for each in _projects(configs) if (copy / each).is_relative_to(self._within)]
        empty = (each for each in _empty(configs) if (copy / each).is_relative_to(self._within))
        self._empty = {self._name(each): _EMPTY for each in empty if _has_code(copy / each.parent)}
        if not found:
            name = next(iter(self._empty), "")
            raise CannotCompileError(f"{name}: {_EMPTY}" if name else "there is no `tsconfig.json` in the code base")
        self._compilers = {each: tsc for each in found if (tsc := self._tsc(each)) is not None}
        if not self._compilers:
            raise CannotCompileError("TypeScript is not installed beside any `tsconfig.json` or above")
        for project in self._compilers:
            self._configure(project, {})

    def judge(self) -> Verdict:
        """What the compiler says of every project.

        Raises:
            CannotCompileError: it does not get as far as the code of any.
        """
        with ThreadPoolExecutor(_at_once()) as pool:
            verdicts = list(pool.map(self._verdict, self._compilers))
        errors = {name: found for each in verdicts for name, found in each.errors.items()}
        failures = {name: why for each in verdicts for name, why in each.failures.items()} | self._empty
        if not errors:
            name, why = next(iter(failures.items()))
            raise CannotCompileError(f"TypeScript cannot read {name}: {why}")
        return Verdict(errors, failures)

    def _verdict(self, project: Path) -> Verdict:
        """What the compiler says of one project."""
        name = self._name(project)
        try:
            done = self._compiled(project)
        except CannotCompileError as error:  # it takes too long, which says nothing of the others
            return Verdict({}, {name: str(error)})
        found = [self._error(self._copy / project.parent, match) for match in _ERROR.finditer(done.stdout)]
        why = _failure(done, found)
        if why:
            return Verdict({}, {name: self._relative(why)})
        return Verdict({name: frozenset(each for each in found if not each.file.startswith("../"))}, {})

    def _compiled(self, project: Path) -> subprocess.CompletedProcess[str]:
        """The compiler run on a project, which may use what a later TypeScript will not know any more."""
        folder = self._copy / project.parent
        command = [str(self._compilers[project]), "-p", _config_name(project), "--pretty", "false"]
        done = self._programs.run(command, folder)
        silencer = _SILENCER.search(done.stdout)
        if silencer is None:
            return done
        self._configure(project, {"ignoreDeprecations": silencer[1]})
        return self._programs.run(command, folder)

    def _error(self, folder: Path, match: re.Match[str]) -> CompilerError:
        path = (folder / match["file"]).resolve()
        start = self._root if path.is_relative_to(self._root) else self._within.resolve()  # a package is only linked
        file = os.path.relpath(path, start)
        place = int(match["line"]), int(match["column"])
        return CompilerError(Path(file).as_posix(), *place, match["code"], self._relative(match["text"]))

    def _name(self, project: Path) -> str:
        """What a configuration is called in the code base."""
        return Path(os.path.relpath(self._copy / project, self._within)).as_posix()

    def _relative(self, told: str) -> str:
        """What is told, without the folder of the copy."""
        return told.replace(f"{self._copy}/", "").replace(str(self._copy), ".")

    def _tsc(self, project: Path) -> Path | None:
        return self._programs.find(self._copy / project.parent, "typescript/bin/tsc")

    def _configure(self, project: Path, more: Mapping[str, object]) -> None:
        """A configuration that emits nothing and takes the workspace's packages from their sources.

        What the compiler has found out is kept beside it, so that the next time only what has changed is looked at.
        """
        paths = {
            pattern: [str(self._copy / target) for target in targets]
            for pattern, targets in self._modules.paths_of(project.as_posix()).items()
        }
        kept = f"./{_config_name(project)}.tsbuildinfo"
        options = {"noEmit": True, "composite": False, "incremental": True, "tsBuildInfoFile": kept, "paths": paths}
        text = json.dumps({"extends": f"./{project.name}", "compilerOptions": {**options, **more}})
        (self._copy / project.parent / _config_name(project)).write_text(text, encoding="utf-8")


def _at_once() -> int:
    """How many compilers may run side by side: one for each processor, as far as there is memory for them."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else _MEMORY_OF_ONE
    return max(1, min(os.cpu_count() or 1, memory // _MEMORY_OF_ONE, _MOST_AT_ONCE))


def _projects(configs: Mapping[str, str]) -> Iterator[Path]:
    """The configurations to compile: every `tsconfig.json`, or those that it refers to when it has no files itself."""
    for path, loaded in _loaded(configs):
        if not _takes_in_nothing(loaded):
            yield path
            continue
        for each in loaded.get("references") or []:
            target = Path(os.path.normpath(path.parent / str(each.get("path", "")))) if isinstance(each, dict) else path
            if target != path and target.suffix == ".json" and target.as_posix() in configs:
                yield target


def _empty(configs: Mapping[str, str]) -> Iterator[Path]:
    """The configurations that have no files themselves and refer to no others."""
    yield from (path for path, each in _loaded(configs) if _takes_in_nothing(each) and not each.get("references"))


def _loaded(configs: Mapping[str, str]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """The configurations of projects. What a framework makes in a hidden folder is only there to be extended."""
    for path in (each for each in map(Path, configs) if each.name == "tsconfig.json"):
        if not any(part.startswith(".") for part in path.parent.parts):
            yield path, load_config(configs[path.as_posix()]) or {}


def _takes_in_nothing(loaded: Mapping[str, Any]) -> bool:
    """Whether a configuration says that it has no files."""
    listed = loaded.get("files"), loaded.get("include")
    return not any(listed) and [] in listed


def _has_code(folder: Path) -> bool:
    """Whether there is TypeScript in a folder that no configuration further down takes in."""
    for place, folders, files in os.walk(folder):
        is_of_another = Path(place) != folder and "tsconfig.json" in files
        folders[:] = [] if is_of_another else [each for each in folders if each != "node_modules"]
        if not is_of_another and any(each.endswith((".ts", ".tsx")) for each in files):
            return True
    return False


def _config_name(path: Path) -> str:
    return f"{path.stem}.prisma-decouple.json"


def _failure(done: subprocess.CompletedProcess[str], errors: Sequence[CompilerError]) -> str:
    """Why a project could not be compiled at all; empty when it was."""
    found = _FAILURE.search(done.stdout) or (_NOWHERE.search(done.stdout) if not errors else None)
    if found is not None:
        return found[1] + _advice(found[1])
    unparsed = next((each for each in errors if _OF_PARSER.fullmatch(each.code)), None)
    if unparsed is not None:  # as long as there is one, the compiler says nothing of types
        place = f"{unparsed.file}({unparsed.line},{unparsed.column})"
        is_package = "node_modules/" in unparsed.file
        advice = "; the package is written for a later TypeScript than the one installed" if is_package else ""
        return f"{place}: {unparsed.code} {unparsed.message.rstrip('.')}{advice}"
    if done.returncode == 0 or "error TS" in done.stdout:
        return ""
    told = done.stderr or done.stdout
    if _TOO_BIG.search(told):
        return "it runs out of memory; NODE_OPTIONS=--max-old-space-size=8192 gives it more"
    return complaint(told) or f"exit status {done.returncode}"


def _advice(told: str) -> str:
    """What to do where a configuration extends one that is not there."""
    hidden = _NOT_READ.search(told)
    if hidden is None:
        return ""
    makers = {".svelte-kit": "`npx svelte-kit sync`", ".nuxt": "`npx nuxt prepare`"}
    maker = makers.get(hidden[1], "what makes the folder")
    return f" It is generated: run {maker} first."
