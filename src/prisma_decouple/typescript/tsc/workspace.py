"""A throw-away copy of a code base in which Prisma's client is generated and the code is compiled.

What is installed is linked, not copied, except what the generator writes beside. The code base itself is only read.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.modules import Modules, load_config
from prisma_decouple.typescript.tsc.installed import Packages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_ERROR = re.compile(
    r"^(?P<file>\S[^\n]*?)\((?P<line>\d+),(?P<column>\d+)\): error (?P<code>TS\d+): (?P<text>.*)$", re.MULTILINE
)
_GENERATOR = re.compile(r"^\s*generator\s+(\w+)\s*\{(.*?)^\s*\}", re.MULTILINE | re.DOTALL)
_OUTPUT = re.compile(r'^\s*output\s*=\s*"([^"]*)"', re.MULTILINE)
# The last three are what Prisma 4 calls its own.
_ENGINES = (
    *("PRISMA_QUERY_ENGINE_LIBRARY", "PRISMA_QUERY_ENGINE_BINARY", "PRISMA_SCHEMA_ENGINE_BINARY"),
    *("PRISMA_MIGRATION_ENGINE_BINARY", "PRISMA_INTROSPECTION_ENGINE_BINARY", "PRISMA_FMT_BINARY"),
)
_SILENCE = {"PRISMA_HIDE_UPDATE_MESSAGE": "1", "CHECKPOINT_DISABLE": "1"}
_NOT_COPIED = shutil.ignore_patterns("node_modules", ".git", ".next", ".turbo")
_NO_OPTION = re.compile(r"unknown[^\n]*--no-engine")
_COMPLAINT = re.compile(r"^\s*(?:!|Error)", re.MULTILINE)
_LONGEST_COMPLAINT = 300
# What stands in the way of the code itself; without files there is no code.
_FAILURE = re.compile(r"^(?:\S+\.json\(\d+,\d+\): )?error (TS(?:5\d{3}|1800[0-2]): .*)$", re.MULTILINE)
# What only the parser says (TypeScript 5.9): something is expected, unterminated or unclosed.
_OF_PARSER = re.compile(
    r"TS(?:100[235]|1010|1068|1109|1110|112[4-9]|113[014-8]|114[4-6]|116[01]|1185|1382|143[4-6]|170(?:02|08|14))"
)
_LONGEST_RUN = 900
_QUOTED = re.compile(r"'[^']*'")


class CannotCompileError(Exception):
    """The compiler cannot be asked; the message says why."""


@dataclass(frozen=True, slots=True, order=True)
class CompilerError:
    """A complaint of TypeScript's compiler; the path is relative to the code base."""

    file: str
    line: int
    column: int
    code: str
    message: str


class Workspace:
    """The copy."""

    def __init__(self, root: Path, copy: Path, configs: Mapping[str, str]) -> None:
        """Copy a code base.

        Args:
            root: the code base.
            copy: a folder that is not there yet.
            configs: its `package.json` and `tsconfig` files.

        Raises:
            CannotCompileError: Node, TypeScript or a `tsconfig.json` is missing.
        """
        node = shutil.which("node")
        if node is None:
            raise CannotCompileError("there is no `node`")
        self._node, self._root, self._copy, self._configs = node, root.resolve(), copy, configs
        shutil.copytree(self._root, copy, ignore=_NOT_COPIED, symlinks=True)
        Packages(self._root, copy).install()
        self._projects = [path for path in _projects(configs) if self._tsc(path.parent)]
        if not self._projects:
            raise CannotCompileError("no `tsconfig.json` has a TypeScript installed beside it or above")
        for path in self._projects:
            self._write_config(path)

    def write(self, texts: Mapping[str, str]) -> None:
        """Put texts in place of files of the copy."""
        for name, text in texts.items():
            path = self._copy / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())

    def generate(self, schema: str, text: str) -> None:
        """Generate the client.

        Args:
            schema: path of the schema, or of its folder, in the copy.
            text: all of it.

        Raises:
            CannotCompileError: Prisma is not installed, fails, or would write outside the copy.
        """
        path = self._copy / schema
        home = path if path.is_dir() else path.parent
        program = self._program(home, "prisma/build/index.js")
        if program is None:
            raise CannotCompileError("Prisma is not installed")
        names = []
        for name, body in _GENERATOR.findall(text):
            output = _OUTPUT.search(body)
            if output is not None and not (home / output[1]).resolve().is_relative_to(self._copy.resolve()):
                raise CannotCompileError(f"the generator `{name}` writes outside the code base")
            names += ["--generator", name] if "prisma-client" in body else []
        arguments = ["--schema", str(path), *names]
        done = self._prisma(program, home, ["--no-engine", *arguments])
        if done.returncode and _NO_OPTION.search(done.stderr + done.stdout):
            done = self._prisma(program, home, arguments)  # Prisma 7 has no engine that could be left out
        if done.returncode:
            raise CannotCompileError(f"`prisma generate` fails: {_complaint(done.stderr or done.stdout)}")

    def _prisma(self, program: Path, home: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
        no_engine = self._copy / "no-engine"
        no_engine.touch(mode=0o755)
        return self._run(
            [str(program), "generate", *arguments], home, dict.fromkeys(_ENGINES, str(no_engine)) | _SILENCE
        )

    def errors(self) -> list[CompilerError]:
        """What the compiler says of every project in the copy.

        Raises:
            CannotCompileError: it does not get as far as the code of any project.
        """
        found: set[CompilerError] = set()
        failed = []
        for project in self._projects:
            folder = self._copy / project.parent
            command = [str(self._tsc(project.parent)), "-p", _config_name(project), "--pretty", "false"]
            done = self._run(command, folder, {})
            found |= {self._error(folder, match) for match in _ERROR.finditer(done.stdout)}
            failed += [f"{project}: {why}" for why in _failure(done)]
        if len(failed) == len(self._projects):
            raise CannotCompileError(f"TypeScript cannot read {failed[0]}")
        return sorted(found)

    def _error(self, folder: Path, match: re.Match[str]) -> CompilerError:
        file = os.path.relpath((folder / match["file"]).resolve(), self._copy.resolve())
        place = int(match["line"]), int(match["column"])
        return CompilerError(Path(file).as_posix(), *place, match["code"], match["text"].replace(str(self._copy), "."))

    def _run(
        self, command: list[str], folder: Path, environment: Mapping[str, str]
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - the project's own tools, by their paths
            [self._node, *command],
            cwd=folder,
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LONGEST_RUN,
            check=False,
        )

    def _tsc(self, folder: Path) -> Path | None:
        return self._program(self._copy / folder, "typescript/bin/tsc")

    def _program(self, folder: Path, name: str) -> Path | None:
        """A program of an installed package, looked for as Node does, in the copy and then above the code base."""
        inside = [each for each in (folder, *folder.parents) if each.is_relative_to(self._copy)]
        candidates = (each / "node_modules" / name for each in (*inside, *self._root.parents))
        return next((each for each in candidates if each.exists()), None)

    def _write_config(self, path: Path) -> None:
        """A configuration that emits nothing and takes the workspace's packages from their sources."""
        modules = Modules({}, self._configs)
        paths = {
            pattern: [str(self._copy / target) for target in targets]
            for pattern, targets in modules.paths_of(path.as_posix()).items()
        }
        options = {"noEmit": True, "composite": False, "incremental": False, "tsBuildInfoFile": None, "paths": paths}
        text = json.dumps({"extends": f"./{path.name}", "compilerOptions": options})
        (self._copy / path.parent / _config_name(path)).write_text(text, encoding="utf-8")


def _projects(configs: Mapping[str, str]) -> Iterator[Path]:
    """The configurations to compile: every `tsconfig.json`, or those that it refers to when it has no files itself."""
    for path in (each for each in map(Path, configs) if each.name == "tsconfig.json"):
        loaded = load_config(configs[path.as_posix()]) or {}
        if loaded.get("files") != []:
            yield path
            continue
        for each in loaded.get("references") or []:
            target = Path(os.path.normpath(path.parent / str(each.get("path", "")))) if isinstance(each, dict) else path
            if target != path and target.suffix == ".json" and target.as_posix() in configs:
                yield target


def _config_name(path: Path) -> str:
    return f"{path.stem}.prisma-decouple.json"


def _failure(done: subprocess.CompletedProcess[str]) -> list[str]:
    """Why a project could not be compiled at all, at the most one reason."""
    found = _FAILURE.search(done.stdout)
    if found is not None:
        return [found[1]]
    unparsed = next((each for each in _ERROR.finditer(done.stdout) if _OF_PARSER.fullmatch(each["code"])), None)
    if unparsed is not None:  # as long as there is one, the compiler says nothing of types
        place = f"{unparsed['file']}({unparsed['line']},{unparsed['column']})"
        return [f"{place}: {unparsed['code']} {unparsed['text'].rstrip('.')}"]
    is_judged = done.returncode == 0 or "error TS" in done.stdout
    return [] if is_judged else [_complaint(done.stderr or done.stdout) or f"exit status {done.returncode}"]


def _complaint(told: str) -> str:
    """What Prisma says from where it names the error on, or else last."""
    found = _COMPLAINT.search(told)
    return told[found.start() :].strip()[:_LONGEST_COMPLAINT] if found else told.strip()[-_LONGEST_COMPLAINT:]


def difference(errors: Iterable[CompilerError], others: Iterable[CompilerError]) -> list[CompilerError]:
    """The errors that are not among others: said anywhere in their file, or of the same line but for its types.

    What is in a type changes with the schema and with the patch, and the compiler spells it out.
    """
    found, left = list(errors), list(others)
    for likeness in (_saying, _saying_of_line):
        found, left = _unlike(found, left, likeness), _unlike(left, found, likeness)
    return found


def _unlike(
    errors: Iterable[CompilerError], others: Iterable[CompilerError], likeness: Callable[[CompilerError], object]
) -> list[CompilerError]:
    known, found = Counter(map(likeness, others)), []
    for error in errors:
        key = likeness(error)
        if not known[key]:
            found.append(error)
        known[key] -= known[key] > 0
    return found


def _saying(error: CompilerError) -> tuple[object, ...]:
    return error.file, error.code, error.message


def _saying_of_line(error: CompilerError) -> tuple[object, ...]:
    return error.file, error.line, error.code, _QUOTED.sub("", error.message)
