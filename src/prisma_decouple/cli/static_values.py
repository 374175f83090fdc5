"""The values of expressions in a module of TypeScript or JavaScript, as far as they can be known without running it."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.syntax import call_arguments, key_of, text_of, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

_PATH = {"path", "node:path", "path/posix", "node:path/posix"}
_URL = {"url", "node:url"}
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_NUMBERED_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")


class _Import(NamedTuple):
    """Where a name comes from: `join` of `path`; the whole module when the name is empty."""

    module: str
    name: str


class Unknown(Exception):  # noqa: N818 - no error: only running the module would tell
    """Where a value stops to be known.

    Attributes:
        node: what would have to be run.
    """

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node


class Module:
    """The constants and imports of a module.

    Args:
        root: its tree.
        file: its absolute path, with slashes.
        folder: where it would be run, likewise.
    """

    def __init__(self, root: Node, file: str, folder: str) -> None:
        self._folder = folder
        self._constants = dict(_constants(root))
        self._imports = dict(_imports(root))
        self._places = {"__dirname": posixpath.dirname(file), "__filename": file}
        self._open: list[str] = []

    def text(self, node: Node) -> str | None:
        """The value of a string; None when it is `undefined`.

        Raises:
            Unknown: only running the module would tell.
        """
        node = self._constant(node)
        if node.type == "undefined" or text_of(node) == "undefined":
            return None
        if node.type in {"string", "template_string"}:
            return "".join(self._piece(child) for child in node.named_children)
        if node.type == "binary_expression" and text_of(node.child_by_field_name("operator")) == "+":
            return "".join(self._text_at(node, side) for side in ("left", "right"))
        if node.type == "call_expression":
            return self._called(node)
        place = self._places.get(text_of(node).replace("import.meta.", "__"))
        if place is None:
            raise Unknown(node)
        return place

    def object(self, node: Node) -> Node:
        """The object that an expression is, perhaps in Prisma's `defineConfig`, which gives back what it gets.

        Raises:
            Unknown: as `text`.
        """
        node = self._constant(node)
        if node.type == "call_expression" and self._is_define_config(node) and (arguments := call_arguments(node)):
            return self.object(arguments[0])
        if node.type != "object":
            raise Unknown(node)
        return node

    def property(self, settings: Node, name: str) -> Node | None:
        """The value of an object's property; None when it has none of that name.

        Raises:
            Unknown: as `text`.
        """
        found: Node | None = None
        unknown: Node | None = None
        for child in settings.named_children:
            try:
                value = self._entry(child, name)
            except Unknown as error:
                unknown = error.node
                continue
            # What is written later wins.
            found, unknown = (value, None) if value is not None else (found, unknown)
        if unknown is not None:
            raise Unknown(unknown)
        return found

    def _entry(self, entry: Node, name: str) -> Node | None:
        """The value, when an entry of an object is the one of that name."""
        if entry.type == "spread_element":
            return self.property(self.object(entry.named_children[0]), name)
        if entry.type == "method_definition" and key_of(entry) == name:
            raise Unknown(entry)
        if entry.type == "shorthand_property_identifier":
            return entry if text_of(entry) == name else None
        if entry.type != "pair":
            return None
        key = entry.child_by_field_name("key")
        is_computed = key is not None and key.type == "computed_property_name"
        written = self.text(key.named_children[0]) if key is not None and is_computed else key_of(entry)
        return entry.child_by_field_name("value") if written == name else None

    def _constant(self, node: Node) -> Node:
        """An expression, or what the constant is that it names."""
        node = unwrapped(node)
        if node.type == "member_expression" and not text_of(node).startswith("import.meta."):
            return self._member(node)
        name = text_of(node)
        if node.type not in {"identifier", "shorthand_property_identifier"} or name not in self._constants:
            return node
        if name in self._open:
            raise Unknown(node)
        self._open.append(name)
        try:
            return self._constant(self._constants[name])
        finally:
            self._open.pop()

    def _member(self, node: Node) -> Node:
        """`PATHS.schema` of a constant object."""
        owner = node.child_by_field_name("object")
        name = node.child_by_field_name("property")
        value = self.property(self.object(owner), text_of(name)) if owner is not None else None
        if value is None:
            raise Unknown(node)
        return self._constant(value)

    def _text_at(self, node: Node, field: str) -> str:
        child = node.child_by_field_name(field)
        return self._known(child) if child is not None else ""

    def _known(self, node: Node) -> str:
        """The value of a string that is more than `undefined`."""
        value = self.text(node)
        if value is None:
            raise Unknown(node)
        return value

    def _piece(self, node: Node) -> str:
        """A piece of a string."""
        if node.type == "template_substitution":
            return self._known(node.named_children[0])
        return _unescaped(text_of(node)) if node.type == "escape_sequence" else text_of(node)

    def _called(self, call: Node) -> str:
        """What a call gives that only puts paths together."""
        function, arguments = self._function(call), call_arguments(call)
        if text_of(call) == "process.cwd()":
            return self._folder
        if function.module in _URL and function.name == "fileURLToPath" and arguments:
            return self._path_of_url(arguments[0])
        if function.module not in _PATH or function.name not in _FUNCTIONS:
            raise Unknown(call)
        return _FUNCTIONS[function.name](self._folder, [self._known(argument) for argument in arguments])

    def _path_of_url(self, node: Node) -> str:
        """`import.meta.url`, or `new URL("./x", import.meta.url)`."""
        node = self._constant(node)
        if text_of(node) == "import.meta.url":
            return self._places["__filename"]
        is_url = node.type == "new_expression" and text_of(node.child_by_field_name("constructor")) == "URL"
        arguments = call_arguments(node) if is_url else []
        if [text_of(each) for each in arguments[1:]] != ["import.meta.url"]:
            raise Unknown(node)
        return posixpath.normpath(posixpath.join(self._places["__dirname"], self._known(arguments[0])))

    def _function(self, call: Node) -> _Import:
        """Which function of which module is called; empty when it is not imported."""
        function = call.child_by_field_name("function")
        owner = function.child_by_field_name("object") if function is not None else None
        if owner is None:
            return self._imports.get(text_of(function), _Import("", ""))
        module = self._imports.get(text_of(owner).removesuffix(".posix"))
        name = text_of(function.child_by_field_name("property")) if function is not None else ""
        is_whole = module is not None and module.name in {"", "default", "posix"}
        return _Import(module.module, name) if module is not None and is_whole else _Import("", "")

    def _is_define_config(self, call: Node) -> bool:
        """Whether a call is Prisma's; a function of that name that the module has not made itself is."""
        name = text_of(call.child_by_field_name("function"))
        if name in self._imports:
            return self._imports[name].name == "defineConfig" and "prisma" in self._imports[name].module
        return name == "defineConfig" and name not in self._constants


def _join(_: str, parts: list[str]) -> str:
    return posixpath.normpath("/".join(part for part in parts if part) or ".")


def _resolve(folder: str, parts: list[str]) -> str:
    return posixpath.normpath(posixpath.join(folder, *parts))


def _dirname(_: str, parts: list[str]) -> str:
    return posixpath.dirname(parts[0]) or "." if parts else "."


# Of Node's module `path`.
_FUNCTIONS = {"join": _join, "normalize": _join, "resolve": _resolve, "dirname": _dirname}


def _constants(root: Node) -> Iterator[tuple[str, Node]]:
    """What is declared with `const` at the top, by name."""
    for statement in root.named_children:
        declaration = (
            statement.child_by_field_name("declaration") if statement.type == "export_statement" else statement
        )
        if declaration is None or text_of(declaration.child_by_field_name("kind")) != "const":
            continue
        for declarator in declaration.named_children:
            name, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
            if name is not None and name.type == "identifier" and value is not None:
                yield text_of(name), value


def _imports(root: Node) -> Iterator[tuple[str, _Import]]:
    """What is imported or required at the top, by its name here."""
    for statement in root.named_children:
        if statement.type == "import_statement":
            yield from _imported(statement)
        elif statement.type == "lexical_declaration":
            for declarator in statement.named_children:
                yield from _required(declarator)


def _imported(statement: Node) -> Iterator[tuple[str, _Import]]:
    module = text_of(statement.child_by_field_name("source"))[1:-1]
    clauses = [child for child in statement.named_children if child.type == "import_clause"]
    for part in (child for clause in clauses for child in clause.named_children):
        if part.type == "identifier":
            yield text_of(part), _Import(module, "default")
        elif part.type == "namespace_import":
            yield text_of(part.named_children[0]), _Import(module, "")
        else:
            for each in part.named_children:
                name = text_of(each.child_by_field_name("name"))
                yield text_of(each.child_by_field_name("alias")) or name, _Import(module, name)


def _required(declarator: Node) -> Iterator[tuple[str, _Import]]:
    """`const path = require("path")`, `const { join } = require("path")`."""
    name, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
    if name is None or value is None or text_of(value.child_by_field_name("function")) != "require":
        return
    arguments = call_arguments(value)
    module = text_of(arguments[0])[1:-1] if arguments else ""
    if name.type == "identifier":
        yield text_of(name), _Import(module, "")
        return
    for each in name.named_children:
        if each.type == "shorthand_property_identifier_pattern":
            yield text_of(each), _Import(module, text_of(each))
        elif each.type == "pair_pattern":
            yield text_of(each.child_by_field_name("value")), _Import(module, key_of(each))


def _unescaped(escape: str) -> str:
    """The character that an escape sequence means."""
    if match := _NUMBERED_ESCAPE.fullmatch(escape):
        return chr(int(match[1] or match[2] or match[3], 16))
    return _ESCAPES.get(escape[1:], escape[1:])
