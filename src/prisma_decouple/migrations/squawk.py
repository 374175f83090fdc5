"""What squawk, a linter of PostgreSQL migrations, has to say; where it is installed.

Its rules are its own, and so are its settings (`.squawk.toml`) and its comments (`-- squawk-ignore rule`).
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from prisma_decouple.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from prisma_decouple.migrations.folder import Migration


class Remark(NamedTuple):
    """One finding of squawk's.

    Attributes:
        rule: its name.
        message: one sentence.
        hint: what to do about it.
        start: where it begins in the script.
        length: how many characters it has.
    """

    rule: str
    message: str
    hint: str
    start: int
    length: int


class _Entry(msgspec.Struct):
    """An entry of `squawk --reporter=json` (squawk 2): lines and columns from 0, columns in bytes."""

    file: str
    line: int
    column: int
    line_end: int
    column_end: int
    message: str
    rule_name: str
    help: str | None = None


def find_squawk(folders: Iterable[Path]) -> str | None:
    """The program: of a project in one of these folders (npm), else on the PATH; None when it is not installed."""
    for folder in folders:
        bin_folder = folder / "node_modules" / ".bin"
        if bin_folder.is_dir() and (found := shutil.which("squawk", path=str(bin_folder))):
            return found
    return shutil.which("squawk")


def ask_squawk(
    program: str, migrations: Sequence[Migration], *, in_transaction: bool = False
) -> dict[str, list[Remark]]:
    """Run it once.

    Args:
        program: where it is.
        migrations: what it is asked about.
        in_transaction: whether a script is sent as a whole, so that it fails as a whole.

    Returns:
        What it says, by the path of the script.

    Raises:
        InputError: it does not run, or answers in another way than version 2.
    """
    import subprocess  # noqa: PLC0415 - most projects have no squawk

    scripts = {each.path: each.text for each in migrations}
    if not scripts:
        return {}
    options = ["--reporter=json", "--no-error-on-unmatched-pattern"]
    command = [program, *options, *(["--assume-in-transaction"] if in_transaction else []), *scripts]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
        entries = msgspec.json.decode(done.stdout or "[]", type=list[_Entry])
    except (OSError, msgspec.MsgspecError) as error:
        raise InputError(f"`{program}` gives no answer that can be read: {error}", hint=_HINT) from None
    if done.returncode and not entries:
        raise InputError(f"`{program}` failed: {done.stderr.strip()}", hint=_HINT)
    remarks: dict[str, list[Remark]] = {}
    for entry in entries:
        if entry.file in scripts:
            remarks.setdefault(entry.file, []).append(_remark(entry, scripts[entry.file]))
    return remarks


_HINT = "`squawk: false` under `migrations` in the settings leaves it out"


def _remark(entry: _Entry, script: str) -> Remark:
    lines = script.encode().split(b"\n")
    start = _offset(lines, entry.line, entry.column)
    end = _offset(lines, entry.line_end, entry.column_end)
    return Remark(entry.rule_name, entry.message, entry.help or "", start, max(1, end - start))


def _offset(lines: Sequence[bytes], line: int, column: int) -> int:
    """The character that a place in bytes means."""
    before = b"\n".join(lines[:line]) + (b"\n" if line else b"") + lines[line][:column]
    return len(before.decode(errors="ignore"))
