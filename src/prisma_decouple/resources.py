"""Where files are: the grammar and the templates (in a wheel inside the package), and what is kept between runs."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_PACKAGED = _PACKAGE / "_data"


def data_directory(name: str) -> Path:
    """The folder `grammar` or `templates`.

    Args:
        name: the top-level folder's name.

    Returns:
        A folder that exists.

    Raises:
        FileNotFoundError: the installation is broken; neither place has the folder.
    """
    for parent in (_PACKAGED, _PACKAGE.parents[1]):
        if (folder := parent / name).is_dir():
            return folder
    raise FileNotFoundError(f"prisma-decouple is not installed completely: its folder {name!r} is missing")


def cache_file(name: str) -> Path | None:
    """A file that may be lost at any time, in the user's own cache folder.

    Args:
        name: the file's name.

    Returns:
        Its path, whether it is there or not; None when the user has no folder that can be written to.
    """
    home = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    try:
        folder = (Path(home) if home else Path.home() / ".cache") / "prisma-decouple"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):  # read-only, or no home at all
        return None
    return folder / name if os.access(folder, os.W_OK) else None
