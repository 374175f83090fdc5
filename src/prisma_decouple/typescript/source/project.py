"""All files of a code base together: what a name means across imports and re-exports."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.augmentations import Augmentations
from prisma_decouple.typescript.source.exports import DECLARATIONS, TYPES, declarations_in
from prisma_decouple.typescript.source.imports import module_of
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.modules import Modules
from prisma_decouple.typescript.source.names import Names
from prisma_decouple.typescript.source.scopes import (
    declared_value,
    find_binding,
    imported_names,
)
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    call_arguments,
    key_of,
    string_value,
    text_of,
    unwrapped,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.routes.requests import Requests
    from prisma_decouple.typescript.source.files import Called
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.source.told import Teller

# What names a type as well as a value.
_BOTH = DECLARED_CLASSES | {"enum_declaration"}
_BLOCKS = frozenset({"program", "statement_block"})
_HOLD_MODULES = frozenset({"call_expression", "identifier", "member_expression", "shorthand_property_identifier"})
_LONGEST_CHAIN = 12
_EXPORTS_OTHERS = re.compile(r"^\s*export\s+(?:type\s+)?[*{]", re.MULTILINE)
_REMEMBERED = 1024


class Symbol(NamedTuple):
    """A declaration: a declarator, parameter, function, class, interface, type or enum, and its file."""

    file: FileContext
    node: Node


class Foreign(NamedTuple):
    """A name that comes from a module outside the code base, by the name that it has there."""

    name: str
    module: str


class Project:
    """The files of a code base.

    Attributes:
        files: by path.
        renamed: the names that literals give to the keys that may be null now; None until asked for.
        given: the values that are given to members of written types, by the member's name and node.
        teller: of what the installed packages declare; None when none are.
        reads: the property chains that end in a name, by the name and the node that writes down their type.
        circles: how often an expression was found to need itself: what is told meanwhile may not be all.
        requests: what calls get from the routes of the code base; None where only what TypeScript knows counts.
        heard: the names under which something is sent that is heard in a file, by its path.
        forwarding: the names of functions that may make queries on a model that they do not name; None until asked for.
        only_marked: the models whose deletions update records, each with the method; None until asked for.
        callers: of functions those that files call which are no TypeScript, each with such a file.
    """

    def __init__(
        self, files: Mapping[str, FileContext], configs: Mapping[str, str], teller: Teller | None = None
    ) -> None:
        self.files = files
        self.teller = teller
        self.modules = Modules(files, configs)
        self.reads: dict[str, dict[int, list[Place]]] = {}
        self.circles = 0
        self.requests: Requests | None = None
        self.callers: Callable[[Collection[Called]], Mapping[Called, str]] = lambda _: {}
        self._reached: dict[str, frozenset[str]] = {}
        self._namespaces: dict[tuple[str, str], str | None] = {}
        self._exported: dict[tuple[str, str, bool], Symbol | Foreign | None] = {}
        self.renamed: frozenset[str] | None = None
        self.forwarding: frozenset[str] | None = None
        self.only_marked: frozenset[tuple[str, str]] | None = None
        self.heard: dict[str, set[str]] = {}
        self._speaking: dict[str, list[FileContext]] = {}
        self._calls: dict[str, list[tuple[FileContext, Node]]] = {}
        self.given: dict[str, dict[int, list[Place]]] = {}

    def lookup(self, file: FileContext, node: Node, name: str, *, is_type: bool = False) -> Symbol | Foreign | None:
        """What a name means at a node: a declaration around it, in its file, or behind an import.

        A type may have the name of a value: `const Book = z.object({ ... }); type Book = z.infer<typeof Book>`, and a
        value that of an imported type: `(books: books[]) => ...`.
        """
        if is_type and (written := _TYPE_NAMES.find(node, name)) is not None:
            return Symbol(file, written)
        declared = find_binding(node, name) or _NAMES.find(node, name)
        if declared is not None and not (is_type and declared.type not in _BOTH and name in file.imported):
            return Symbol(file, declared)
        return self.imported(file, name, is_type=is_type)

    def foreign(self, file: FileContext, node: Node | None) -> Foreign | None:
        """What a name stands for that comes from outside of the code base; None for anything else."""
        name = text_of(node)
        found = self.lookup(file, node, name) if node is not None and name in file.imported else None
        return found if isinstance(found, Foreign) else None

    def imported(self, file: FileContext, name: str, *, is_type: bool = False) -> Symbol | Foreign | None:
        """What an imported name of a file means."""
        source = file.imported.get(name)
        if source is None:
            return None
        path = self.modules.resolve(source.module, file.source.path)
        if path is None:
            return Foreign(source.name, source.module)
        return self.exported(path, source.name, is_type=is_type) or Foreign(source.name, source.module)

    @cached_property
    def is_damaged(self) -> bool:
        """Whether a file of the code base does not parse completely."""
        return any(file.source.is_parsed and file.source.has_mistakes for file in self.files.values())

    @cached_property
    def augmentations(self) -> Augmentations:
        """What the files add to modules of others, and declare for all of them."""
        return Augmentations(self.files.values())

    def speaking_of(self, name: str) -> list[FileContext]:
        """The files in which a word stands; a private name, `#title`, is one without its sign."""
        if name not in self._speaking:
            word = name.removeprefix("#")
            self._speaking[name] = [file for file in self.files.values() if word in file.source.words]
        return self._speaking[name]

    def calls_of(self, name: str) -> list[tuple[FileContext, Node]]:
        """All calls of what has a name, each with its file."""
        if name not in self._calls:
            files = self.speaking_of(name)
            self._calls[name] = [(file, call) for file in files for call in file.source.calls.get(name, ())]
        return self._calls[name]

    def users_of(self, path: str) -> frozenset[str]:
        """The files to which something that a file declares may get: itself, those that import it, and theirs."""
        if path not in self._reached:
            found, waiting = {path}, [path]
            while waiting:
                new = self._importers.get(waiting.pop(), set()) - found
                found |= new
                waiting += new
            self._reached[path] = frozenset(found)
        return self._reached[path]

    @cached_property
    def _importers(self) -> dict[str, set[str]]:
        """The files that import from each file."""
        importers: dict[str, set[str]] = {}
        for path, file in self.files.items():
            for module in file.source.specifiers:
                target = self.modules.resolve(module, path)
                if target is not None:
                    importers.setdefault(target, set()).add(path)
        return importers

    def importers_of(self, paths: Iterable[str]) -> frozenset[str]:
        """The files that import from some files, themselves or by one that hands on what it imports."""
        found = {each for path in paths for each in self._importers.get(path, ())}
        between = [path for path in found if path in self.files and self._hands_on(self.files[path])]
        return frozenset(found.union(*(self._importers.get(path, ()) for path in between)))

    def _hands_on(self, file: FileContext) -> bool:
        """Whether a file exports what it imports: `export * from "./books"`."""
        if _EXPORTS_OTHERS.search(file.source.text) is None:
            return False
        renamed = file.exports.renamed.values()
        return bool(file.exports.stars) or any(module or name in file.imported for name, module in renamed)

    def namespace(self, file: FileContext, value: Node | None, depth: int = _LONGEST_CHAIN) -> str | None:
        """The file whose exports a value holds: `import * as module`, what is exported as such, or `import("...")`.

        Or what an object has of them, `models.books` of `const models = { books }`.
        """
        node = unwrapped(value) if value is not None else None
        if node is None or node.type not in _HOLD_MODULES or not depth:
            return None
        if node.type == "member_expression":
            home, held = self._held(file, node)
            return self.namespace(home, held, depth - 1)
        if node.type == "call_expression":
            is_import = text_of(node.child_by_field_name("function")) == "import"
            module = next(iter(call_arguments(node)), None) if is_import else None
            return self.modules.resolve(string_value(module), file.source.path) if module is not None else None
        binding = find_binding(node, text_of(node))
        if binding is not None:
            return self.namespace(file, declared_value(binding, text_of(node)), depth - 1)
        return self.imported_namespace(file, text_of(node))

    def _held(self, file: FileContext, member: Node) -> tuple[FileContext, Node | None]:
        """What an object that is written out has under the name that is taken out of it, and the file where it is."""
        owner = member.named_children[0]  # of `typeof a.b.c` the grammar gives the fields of all dots to each of them
        if owner.type == "member_expression":
            home, literal = self._held(file, owner)
        else:
            found = self.lookup(file, owner, text_of(owner))
            named = found if isinstance(found, Symbol) else Symbol(file, member)
            home, literal = named.file, declared_value(named.node, key_of(named.node))
        literal = unwrapped(literal) if literal is not None else None
        if literal is None or literal.type != "object":
            return home, None
        return home, property_value(literal, text_of(member.named_children[-1]))

    def imported_namespace(self, file: FileContext, name: str) -> str | None:
        """The file whose exports an imported name holds."""
        key = (file.source.path, name)
        if key not in self._namespaces:
            self._namespaces[key] = self._namespace_behind(file, name, set())
        return self._namespaces[key]

    def _namespace_behind(self, file: FileContext, name: str, asked: set[tuple[str, str]]) -> str | None:
        source = file.imported.get(name)
        path = self.modules.resolve(source.module, file.source.path) if source is not None else None
        if source is None or path is None or source.name == "*":
            return path
        return self._exported_namespace(path, source.name, asked)

    def _exported_namespace(self, path: str | None, name: str, asked: set[tuple[str, str]]) -> str | None:
        """The file whose exports a file exports under a name, `export * as module from "./module"`; asked once."""
        home = self.files.get(path) if path is not None else None
        if home is None or path is None or (path, name) in asked:
            return None
        asked.add((path, name))
        if name not in home.exports.renamed:
            behind = (self.modules.resolve(module, path) for module in home.exports.stars)
            return next(filter(None, (self._exported_namespace(each, name, asked) for each in behind)), None)
        original, module = home.exports.renamed[name]
        if not module:
            return self._namespace_behind(home, original, asked)
        target = self.modules.resolve(module, path)
        return target if original == "*" else self._exported_namespace(target, original, asked)

    def exported(self, path: str, name: str, *, is_type: bool = False) -> Symbol | Foreign | None:
        """What a file exports under a name, re-exports followed."""
        key = (path, name, is_type)
        if key not in self._exported:
            self._exported[key] = None  # of files that import it from each other, none has it
            self._exported[key] = self._found(path, name, set(), is_type=is_type)
        return self._exported[key]

    def _found(self, path: str, name: str, asked: set[tuple[str, str]], *, is_type: bool) -> Symbol | Foreign | None:
        """What a file exports under a name; files that export each other are asked once for it."""
        file = self.files.get(path)
        if file is None or (path, name) in asked:
            return None
        asked.add((path, name))
        own = (file.exports.types if is_type else file.exports.own).get(name) or file.exports.own.get(name)
        if own is not None:
            return Symbol(file, own)
        if name not in file.exports.renamed:
            return self._among(file, name, asked, is_type=is_type)
        original, module = file.exports.renamed[name]
        if module:
            return self._behind(file, original, module, asked, is_type=is_type)
        own = _declared_types(file.source.root).get(original) if is_type else None
        if own is not None:
            return Symbol(file, own)
        return self.lookup(file, file.source.root, original) or self._top(file, original)

    def _among(
        self, file: FileContext, name: str, asked: set[tuple[str, str]], *, is_type: bool
    ) -> Symbol | Foreign | None:
        """What the modules have under a name that a file exports as a whole: `export * from "..."`."""
        outside: list[Foreign] = []
        for module in file.exports.stars:
            found = self._behind(file, name, module, asked, is_type=is_type)
            if isinstance(found, Symbol):
                return found
            outside += [found] if found is not None else []
        return outside[0] if len(outside) == 1 else None

    def import_of(self, file: FileContext, name: str) -> str | None:
        """The module from which a file can import a name, as a person would write it; None when nobody exports it.

        A module that the file imports from already comes first, then the one from which others import the name, then
        the file that declares it.
        """
        homes = {symbol.file.source.path for symbol in self._declaring(name)}
        homes = homes or {each.source.path for each in self._renaming(name)}
        if len(homes) != 1:
            return None
        for module in dict.fromkeys([*file.modules, *self._habits(name)]):
            path = self.modules.resolve(module, file.source.path)
            if path is not None and isinstance(self.exported(path, name), Symbol):
                return module
        return self.modules.relative(next(iter(homes)), file.source.path)

    def exporters(self, name: str) -> list[Symbol]:
        """The declarations that are exported under a name; where they are called otherwise themselves, by others."""
        renamed = (self.exported(each.source.path, name) for each in self._renaming(name))
        others = {each.node.id: each for each in renamed if isinstance(each, Symbol)}
        return self._declaring(name) or list(others.values())

    def _declaring(self, name: str) -> list[Symbol]:
        return [Symbol(file, file.exports.own[name]) for file in self.speaking_of(name) if name in file.exports.own]

    def _renaming(self, name: str) -> list[FileContext]:
        """The files that export something of others under a name: `export { default as books } from "./books"`."""
        return [each for each in self.speaking_of(name) if name in each.exports.renamed]

    def _habits(self, name: str) -> list[str]:
        """The modules that are no paths and from which the name is imported, the most frequent one first."""
        found = [file.imported[name].module for file in self.speaking_of(name) if name in file.imported]
        packages = [module for module in found if not module.startswith(".")]
        return sorted(dict.fromkeys(packages), key=lambda module: -packages.count(module))

    def _behind(
        self, file: FileContext, name: str, module: str, asked: set[tuple[str, str]], *, is_type: bool
    ) -> Symbol | Foreign | None:
        path = self.modules.resolve(module, file.source.path)
        return self._found(path, name, asked, is_type=is_type) if path is not None else Foreign(name, module)

    def _top(self, file: FileContext, name: str) -> Symbol | None:
        found = next((each for each in _top_level(file.source.root) if key_of(each) == name), None)
        return Symbol(file, found) if found is not None else None


def imports_of(root: Node) -> dict[str, Foreign]:
    """The names that a file imports: the name that each has in its module, and the module."""
    found = {}
    for statement in (child for child in root.named_children if child.type == "import_statement"):
        for name, original in imported_names(statement).items():
            found[name] = Foreign(original, module_of(statement))
    return found


@lru_cache(maxsize=_REMEMBERED)
def _declared(scope: Node) -> Mapping[str, Node]:
    """The functions, classes and types that a block declares, the first of a name; a type only without a value."""
    declared = [each for each in _top_level(scope) if each.type in DECLARATIONS] if scope.type in _BLOCKS else []
    values = [each for each in declared if each.type not in TYPES]
    return {key_of(node): node for node in (*declared[::-1], *values[::-1])}


@lru_cache(maxsize=_REMEMBERED)
def _declared_types(scope: Node) -> Mapping[str, Node]:
    """The interfaces and type aliases that a block declares."""
    declared = _top_level(scope) if scope.type in _BLOCKS else ()
    return {key_of(node): node for node in declared if node.type in TYPES}


_NAMES = Names(_declared)
_TYPE_NAMES = Names(_declared_types)


def _top_level(block: Node) -> Iterator[Node]:
    for statement in block.named_children:
        yield from declarations_in(statement)
