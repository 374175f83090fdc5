"""Reading paths out of prisma.config.ts without running it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.cli.paths import absolute, as_named_in
from prisma_decouple.errors import InputError, Place

if TYPE_CHECKING:
    from pathlib import Path

    from tree_sitter import Node

    from prisma_decouple.typescript.source.text import Source

# The order in which Prisma looks, as its command line (6.19 and 7.10) was seen to.
_STEMS = ("prisma.config", ".config/prisma", ".config/prisma.config")
_SUFFIXES = (".js", ".ts", ".mjs", ".cjs", ".mts", ".cts")

_CALLS = r"(\w+)\("

# What is asked for, by its keys, and how somebody says it who knows.
_HINTS = {
    ("schema",): "name the schema on the command line: prisma-decouple path/to/schema.prisma",
    ("migrations", "path"): "name the folder: prisma-decouple check path/to/migrations; or leave it: --no-migrations",
}


def config_in(folder: Path) -> Path | None:
    """The configuration file of the project in a folder."""
    places = (folder / f"{stem}{suffix}" for stem in _STEMS for suffix in _SUFFIXES)
    return next((place for place in places if place.is_file()), None)


def path_in_config(file: Path, *keys: str, folder: Path) -> Path | None:
    """What a configuration file of Prisma says about a place.

    Args:
        file: prisma.config.ts or one of its other names.
        keys: those that lead to the place: `schema`, or `migrations` and `path`.
        folder: that of the project, where Prisma would be run.

    Returns:
        The path, which is written relative to the file's folder; None when the file does not say.

    Raises:
        InputError: the file cannot be read, or computes the path in a way that only running it would tell.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"`{file}` cannot be read") from None
    # Parsing it takes longer than many a check: what has neither the word nor anything to be filled in says nothing.
    says_nothing = keys[0] not in text and "..." not in text and re.findall(_CALLS, text) in ([], ["defineConfig"])
    written = None if says_nothing else _written(file, text, keys, folder)
    return as_named_in(folder, file.parent / written) if written else None


def _written(file: Path, text: str, keys: tuple[str, ...], folder: Path) -> str | None:
    """What is written there, before it is a path."""
    from prisma_decouple.cli.static_values import Module, Unknown  # noqa: PLC0415 - only what has to be parsed needs it
    from prisma_decouple.typescript.source.text import Source  # noqa: PLC0415

    source = Source(file.as_posix(), text)
    module = Module(source.root, absolute(file).as_posix(), absolute(folder).as_posix())
    value = _exported(source.root)
    try:
        for key in keys:
            value = module.property(module.object(value), key) if value is not None else None
        return module.text(value) if value is not None else None
    except Unknown as error:
        raise _computed(source, error.node, keys) from None
    except RecursionError:
        # Constants that are made of each other, or more deeply nested than anybody writes.
        raise _computed(source, source.root, keys) from None


def _exported(root: Node) -> Node | None:
    """What a module exports as its default, in any of the ways to say so."""
    from prisma_decouple.typescript.source.syntax import text_of  # noqa: PLC0415 - as above

    for statement in root.named_children:
        if statement.type == "export_statement":
            value = statement.child_by_field_name("value")
            if value is None and text_of(statement).startswith("export ="):
                value = next(iter(statement.named_children), None)
            if value is not None:
                return value
            for each in (each for clause in statement.named_children for each in clause.named_children):
                if each.type == "export_specifier" and text_of(each.child_by_field_name("alias")) == "default":
                    return each.child_by_field_name("name")
        elif statement.type == "expression_statement":
            assignment = statement.named_children[0]
            if text_of(assignment.child_by_field_name("left")) == "module.exports":
                return assignment.child_by_field_name("right")
    return None


def _computed(source: Source, node: Node, keys: tuple[str, ...]) -> InputError:
    from prisma_decouple.typescript.source.syntax import text_of  # noqa: PLC0415 - as above

    line, column = source.position(node)
    length = len(text_of(node).split("\n", 1)[0])
    place = Place(source.path, line, column, source.text.split("\n")[line - 1].rstrip("\r"), max(1, length))
    message = f"the place of the {keys[0]} is computed here, and only running it would tell"
    return InputError(message, place=place, hint=_HINTS[keys])
