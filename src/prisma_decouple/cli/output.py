"""What comes out: files, all of them or none and never over something that is there unless asked, or a patch."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from prisma_decouple.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping


def write_files(
    files: Mapping[Path, str],
    *,
    replace: frozenset[Path] = frozenset(),
    remove: Collection[Path] = (),
    force: bool = False,
) -> None:
    """Write texts as UTF-8, with their newlines as they are.

    Each text is written to a temporary file beside its target first; only when all are on the disk are they renamed.
    Where the target is a symbolic link, it is the file behind it that is written.

    Args:
        files: text by path; missing folders are made.
        replace: the targets that may be there.
        remove: files that go when all of these are there.
        force: whether all may.

    Raises:
        InputError: a target is there, is a pipe or a device, or cannot be written; everything is as it was before.
    """
    there = [path for path in files if os.path.lexists(path) and not force and path not in replace]
    if there:
        names = f"`{there[0]}` and {len(there) - 1} more are" if len(there) > 1 else f"`{there[0]}` is"
        hint = f"--force replaces {'them' if len(there) > 1 else 'it'}; or write elsewhere with --out"
        raise InputError(f"{names} there already", hint=hint)
    if piped := [path for path in files if path.exists() and not path.is_file() and not path.is_dir()]:
        raise InputError(f"`{piped[0]}` is no file that could be written; nothing was", hint="name a file")
    made: list[Path] = []
    written: list[tuple[Path, Path]] = []
    try:
        for path, text in files.items():
            target = Path(os.path.realpath(path)) if path.is_symlink() else path
            _make_folder(target.parent, made)
            written.append((_write_beside(target, text), target))
        _rename_all(written, remove)
    except OSError as error:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        culprit = error.filename2 or error.filename
        raise InputError(f"`{culprit}` cannot be written: {error.strerror}; nothing was") from None


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it; the ones that were not there are noted, topmost first."""
    for each in [each for each in (folder, *folder.parents) if not each.exists()][::-1]:
        each.mkdir(exist_ok=True)
        made.append(each)


def _write_beside(path: Path, text: str) -> Path:
    """Write a temporary file; the error of one that cannot be written has the name of the path, and leaves none."""
    import tempfile  # noqa: PLC0415 - it takes longer to import than all else here, and often nothing is written

    temporary: Path | None = None
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            file.write(text)
        # mkstemp makes the file private; what was there keeps its mode, anything new gets the usual one.
        umask = os.umask(0)
        os.umask(umask)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~umask)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from None
    return temporary


def _rename_all(written: list[tuple[Path, Path]], remove: Collection[Path]) -> None:
    """Rename everything, then remove; put back what was there when one of them fails."""
    done: list[tuple[Path, bytes | None]] = []
    try:
        for temporary, path in written:
            old = path.read_bytes() if path.is_file() else None
            temporary.replace(path)
            done.append((path, old))
        for path in remove:
            old = path.read_bytes()
            path.unlink()
            done.append((path, old))
    except OSError:
        for path, old in done:
            if old is None:
                path.unlink()
            else:
                path.write_bytes(old)
        raise


def patch_of(path: Path, old: str | None, new: str) -> str:
    """The patch of one file, for `git apply` in the working directory.

    Args:
        path: as the user named it.
        old: the text before; None for a file that is new.
        new: the text behind.
    """
    from prisma_decouple.render.patch import file_patch  # noqa: PLC0415 - as above

    here = Path.cwd()
    inside = path.relative_to(here) if path.is_relative_to(here) else path
    # git knows no absolute names; such a patch applies in the root folder.
    return file_patch(inside.as_posix().lstrip("/"), old, new)
