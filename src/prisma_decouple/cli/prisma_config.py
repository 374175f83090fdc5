"""Reading paths out of prisma.config.ts without running it."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from prisma_decouple.errors import InputError, Place
from prisma_decouple.typescript.syntax import Source, call_arguments, descendants, key_of, text_of, unwrapped

if TYPE_CHECKING:
    from pathlib import Path

    from tree_sitter import Node


# What is asked for, by its keys, and how somebody says it who knows.
_HINTS = {
    ("schema",): "name the schema on the command line: prisma-decouple path/to/schema.prisma",
    ("migrations", "path"): "name the folder: prisma-decouple check path/to/migrations; or leave it: --no-migrations",
}


def path_in_config(file: Path, *keys: str) -> Path | None:
    """What a configuration file of Prisma says about a place.

    Args:
        file: prisma.config.ts or one of its other names.
        keys: those that lead to the place: `schema`, or `migrations` and `path`.

    Returns:
        The path, which is written relative to the file's folder; None when the file does not say.

    Raises:
        InputError: the file cannot be read, or computes the path in a way that only running it would tell.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise InputError(f"`{file}` cannot be read") from None
    source = Source(file.as_posix(), text)
    value = _exported_object(source.root)
    if value is None:
        raise _computed(source, source.root, keys)
    for key in keys:
        settings = _object(source.root, value)
        if settings is None:
            raise _computed(source, value, keys)
        value = _property(settings, key)
        if value is None:
            if any(child.type == "spread_element" for child in settings.named_children):
                raise _computed(source, settings, keys)
            return None
    path = _static_path(source.root, value)
    if path is None:
        raise _computed(source, value, keys)
    return file.parent / path


def _exported_object(root: Node) -> Node | None:
    """The object behind `export default` or `module.exports =`, perhaps in a call of `defineConfig`."""
    for statement in root.named_children:
        if statement.type == "export_statement":
            exported = statement.child_by_field_name("value")
        elif statement.type == "expression_statement" and text_of(statement).startswith("module.exports"):
            exported = next((node.child_by_field_name("right") for node in statement.named_children), None)
        else:
            continue
        if exported is not None and (found := _object(root, exported)) is not None:
            return found
    return None


def _object(root: Node, node: Node) -> Node | None:
    node = unwrapped(node)
    if node.type == "call_expression":
        arguments = call_arguments(node)
        return _object(root, arguments[0]) if arguments else None
    if node.type == "identifier":
        value = _constant(root, text_of(node))
        return _object(root, value) if value is not None else None
    return node if node.type == "object" else None


def _constant(root: Node, name: str) -> Node | None:
    """The value of a `const` of that name."""
    for declarator in descendants(root, "variable_declarator"):
        if text_of(declarator.child_by_field_name("name")) == name:
            return declarator.child_by_field_name("value")
    return None


def _property(settings: Node, name: str) -> Node | None:
    pairs = (child for child in settings.named_children if child.type == "pair")
    return next((pair.child_by_field_name("value") for pair in pairs if key_of(pair) == name), None)


def _static_path(root: Node, node: Node) -> str | None:
    """The value of a string, of a constant, or of `path.join(…)` of such; None when it has to be computed."""
    node = unwrapped(node)
    if node.type in {"string", "template_string"} and all(
        child.type == "string_fragment" for child in node.named_children
    ):
        return text_of(node)[1:-1]
    if node.type == "identifier":
        # The folder of the configuration file itself, which is what its paths are relative to.
        if text_of(node) == "__dirname":
            return "."
        value = _constant(root, text_of(node))
        return _static_path(root, value) if value is not None and value != node else None
    if node.type == "member_expression" and text_of(node) == "import.meta.dirname":
        return "."
    if node.type == "call_expression" and text_of(node.child_by_field_name("function")).endswith(("join", "resolve")):
        parts = [_static_path(root, argument) for argument in call_arguments(node)]
        return posixpath.normpath(posixpath.join(*[part or "" for part in parts])) if parts and all(parts) else None
    return None


def _computed(source: Source, node: Node, keys: tuple[str, ...]) -> InputError:
    line, column = source.position(node)
    length = len(text_of(node).split("\n", 1)[0])
    place = Place(source.path, line, column, source.text.split("\n")[line - 1].rstrip("\r"), max(1, length))
    message = f"the place of the {keys[0]} is computed here, and only running it would tell"
    return InputError(message, place=place, hint=_HINTS[keys])
