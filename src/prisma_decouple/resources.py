"""Where the grammar and the templates are: inside the package in a wheel, at the top level in a checkout."""

from __future__ import annotations

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
