"""The other names of a function: those under which it is exported again, and those under which files import it."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import function_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place

_DEFAULT = "default"


def other_names(files: Iterable[FileContext], function: Place) -> frozenset[str]:
    """The names under which modules export a function again, its own included."""
    names = {function_name(function.node)}
    for file in importers(files, function, frozenset(names)):
        renamed = file.exports.renamed if "export" in file.source.words else {}
        names |= {alias for alias, (original, _) in renamed.items() if original in names or original == _DEFAULT}
    return frozenset(names - {_DEFAULT, ""})


def importers(files: Iterable[FileContext], function: Place, names: frozenset[str]) -> Iterator[FileContext]:
    """The files that may call a function: they mention one of its names, or import its module, however they call it."""
    module = module_words(function.file.source.path)
    names = names | {function_name(function.node).removeprefix("#")}
    for file in files:
        if names & file.source.words or module <= file.source.words:
            yield file


def local_names(file: FileContext, names: frozenset[str]) -> frozenset[str]:
    """The names that calls in a file can have that mean a function exported under one of some names, or by default."""
    aliases = {alias for alias, source in file.imported.items() if source.name in names or source.name == _DEFAULT}
    return names | aliases


def module_words(path: str) -> frozenset[str]:
    """The words with which a module is imported: its name, or that of its folder."""
    where = PurePosixPath(path)
    if where.name.split(".")[0] == "index":
        return frozenset(re.findall(r"[\w$]+", where.parent.name)) or frozenset({"index"})
    return frozenset(re.findall(r"[\w$]+", re.sub(r"\.[cm]?tsx?$", "", where.name)))
