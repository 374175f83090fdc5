"""What a scan gives back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable


class Kind(str, Enum):
    """What a place is; the values are stable, programs may rely on them."""

    CREATE = "create"
    CALL = "call"
    PARAMETER = "parameter"
    SENTINEL = "sentinel"
    FILTER = "filter"
    INCLUDE = "include"
    READ = "read"
    TYPE = "type"
    FLOW = "flow"
    GONE = "gone"
    COMPILER = "compiler"
    SPOKEN = "spoken"


class Confidence(str, Enum):
    """How sure it is that something has to be done at a place; the values are stable."""

    CERTAIN = "certain"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, from 1."""

    file: str
    line: int


Spot: TypeAlias = "tuple[str | None, int | None, int | None, Kind]"
"""The file, line, column and kind of a hint."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A place where the change of the schema is felt.

    Attributes:
        file: POSIX path relative to the scanned folder, None when it speaks of a model and not of a place.
        line: the place's first line, from 1, None without a file.
        column: where the place begins in that line, from 1, in characters, None without a file.
        kind: what the place is.
        confidence: how sure it is that something has to be done.
        before: the whole lines of the place, without their ends; empty without a file, and of lines of 64 kB and more.
        after: the same lines as proposed, None when what they should say cannot be known.
        why: the reason, and what to do, for a person.
        patched: whether the patch does what is proposed.
        follows: the lines, of none of the hints, of which the compiler complains as well until the place is as it has
            to be: such as those that read the result of a query whose data is wrong. With `--tsc`, those of which it
            does complain, without the patch or with it. Of a type that may have to let null in, and is not certain to,
            those that cannot take that yet, and those where something that no compiler knows is said to be of it. Of
            what only speaks of it, the other lines of its function that do.
    """

    file: str | None
    line: int | None
    column: int | None
    kind: Kind
    confidence: Confidence
    before: tuple[str, ...]
    after: tuple[str, ...] | None
    why: str
    patched: bool = False
    follows: tuple[Line, ...] = ()

    @property
    def spot(self) -> Spot:
        """Where it is, and of which kind: what the looks at a code base know it by."""
        return self.file, self.line, self.column, self.kind


@dataclass(frozen=True, slots=True)
class Spoken:
    """A function, or a declaration, that speaks of what may be null now.

    Attributes:
        lines: a hint for each of its lines that do, in their order.
        last: its last line, where it is only told when nothing else is told of any of its lines; else 0.
    """

    lines: tuple[Hint, ...]
    last: int = 0


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file as it is and as the patch makes it; both texts with their line ends, and their byte order mark."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class CompilerReport:
    """What TypeScript's compiler said.

    Attributes:
        before: how many errors there were with the old schema; they are left out of all that follows.
        new: how many the new schema makes.
        removed: how many of these the patch removes.
        left: how many there are with the patch.
        not_compiled: the projects that it could not read, by their configurations, with the reason.
        unseen: the kinds of components that it does not look into, with their numbers: "12 .vue".
        why_not: why it could not be asked; empty when it was.
    """

    before: int = 0
    new: int = 0
    removed: int = 0
    left: int = 0
    not_compiled: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ScanResult:
    """The hints, and the account of everything that was looked at.

    Attributes:
        hints: in the order of files, lines and columns.
        files_read: how many source files there are.
        files_examined: how many of them mention a name that matters.
        changes: what the certain hints make of the files, in the order of their paths.
        fine: how many places were looked at and need nothing.
        compiler: what the compiler said, None when it was not to be asked.
        syntax_errors: files that do not parse completely, are nested too deeply to be followed, or have to do with one
            that does not parse; the rest of each was examined all the same.
        not_utf8: files with bytes that are not UTF-8; what can be read of them was examined all the same.
        unreadable: files and folders that could not be read at all.
        tests: the files with hints that test others.
        unchecked: the files with hints that the compiler is told to leave alone.
        disabled: files that are switched off by their names; what is told of them is never certain and never patched.
        other_languages: files that are no TypeScript and were not examined, but mention a key that may be null now.
        skipped_folders: how many folders were not looked into: installed packages, build output, hidden ones.
        spoken: what else speaks of it, until all hints are known.
    """

    hints: tuple[Hint, ...]
    changes: tuple[FileChange, ...] = ()
    files_read: int = 0
    files_examined: int = 0
    fine: int = 0
    compiler: CompilerReport | None = None
    syntax_errors: tuple[str, ...] = ()
    not_utf8: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()
    other_languages: tuple[str, ...] = ()
    skipped_folders: int = 0
    spoken: tuple[Spoken, ...] = ()


def in_order(hints: Iterable[Hint]) -> tuple[Hint, ...]:
    """Hints in the order of files, lines and columns."""
    return tuple(sorted(hints, key=order_of))


def order_of(hint: Hint) -> tuple[str, int, int, str, str]:
    """What hints are put in order by."""
    return hint.file or "", hint.line or 0, hint.column or 0, hint.kind.value, hint.why
