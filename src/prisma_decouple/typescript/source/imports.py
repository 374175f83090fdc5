"""Imports as edits: each name once, sorted in where the others are sorted, in the file's own style."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.layout import comma_in_braces, is_too_long, unit_of
from prisma_decouple.typescript.source.scopes import imported_names
from prisma_decouple.typescript.source.syntax import descendants, string_value, text_of
from prisma_decouple.typescript.source.text import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.source.text import Source

_REMEMBERED = 256


class Import(NamedTuple):
    """A name that a file needs, and the module as the file writes it."""

    name: str
    module: str


def import_edits(source: Source, wanted: Iterable[Import]) -> Iterator[tuple[Edit, tuple[Import, ...]]]:
    """The edits that import names.

    Args:
        source: the file.
        wanted: names that it does not import yet.

    Yields:
        Each edit, and the imports that it makes.
    """
    by_module: dict[str, list[Import]] = {}
    for each in sorted(set(wanted), key=lambda each: (each.module, _order(each.name))):
        by_module.setdefault(each.module, []).append(each)
    for module, imports in by_module.items():
        named = next((clause for clause in map(_named, _statements(source.root, module)) if clause is not None), None)
        names = [each.name for each in imports]
        if named is None:
            yield _new_statement(source, module, names), tuple(imports)
        else:
            yield from ((edit, tuple(imports)) for edit in _into(source, named, names))


@lru_cache(maxsize=_REMEMBERED)
def _type_imports(root: Node) -> frozenset[str]:
    found: set[str] = set()
    for statement in (each for each in root.named_children if each.type == "import_statement"):
        if any(child.type == "type" for child in statement.children):
            found.update(imported_names(statement))
        for each in descendants(statement, "import_specifier"):
            if any(child.type == "type" for child in each.children):
                found.add(text_of(each.child_by_field_name("alias") or each.child_by_field_name("name")))
    return frozenset(found)


def is_type_only(root: Node, name: str) -> bool:
    """Whether a file imports a name by `import type`, so that it cannot be used for a value."""
    return name in _type_imports(root)


def _order(name: str) -> tuple[str, str]:
    return name.lower(), name


def module_of(statement: Node) -> str:
    """The module that an import or export statement names."""
    return string_value(statement.child_by_field_name("source"))


def _statements(root: Node, module: str = "") -> list[Node]:
    found = [child for child in root.named_children if child.type == "import_statement"]
    return [each for each in found if not module or module_of(each) == module]


def _named(statement: Node) -> Node | None:
    """The braces of an import of values."""
    if any(child.type == "type" for child in statement.children):
        return None
    clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
    if clause is None:
        return None
    return next((child for child in clause.named_children if child.type == "named_imports"), None)


def _into(source: Source, named: Node, names: Sequence[str]) -> Iterator[Edit]:
    """The edits that put names between those in braces."""
    members = [child for child in named.named_children if child.type == "import_specifier"]
    if not members:
        yield Edit(named.start_byte, named.end_byte, f"{{ {', '.join(names)} }}")
        return
    if (broken := _broken(source, named, members, names)) is not None:
        yield broken
        return
    keys = [_order(_bare(member)) for member in members]
    is_sorted = keys == sorted(keys)
    is_on_own_line = members[0].start_point.row > named.start_point.row
    gap = f"\n{source.indentation(members[0])}" if is_on_own_line else " "
    groups: dict[int, list[str]] = {}
    for name in names:
        place = sum(key < _order(name) for key in keys) if is_sorted else len(members)
        groups.setdefault(place, []).append(name)
    for place, group in groups.items():
        if place < len(members):
            start = members[place].start_byte
            yield Edit(start, start, "".join(f"{name},{gap}" for name in group))
        else:
            end = members[-1].end_byte
            yield Edit(end, end, "".join(f",{gap}{name}" for name in group))


def _broken(source: Source, named: Node, members: Sequence[Node], names: Sequence[str]) -> Edit | None:
    """The braces with a line for each name, when the one line that they stand in gets too long for all of them."""
    line = source.lines(named)
    added = sum(len(name) + 2 for name in names)
    is_plain = len(members) == len(named.named_children)
    if len(line) != 1 or not is_plain or not is_too_long(source, line[0] + " " * added):
        return None
    keys, texts = [_order(_bare(member)) for member in members], [text_of(member) for member in members]
    is_sorted = keys == sorted(keys)
    for name in names:
        place = sum(key < _order(name) for key in keys) if is_sorted else len(keys)
        keys.insert(place, _order(name))
        texts.insert(place, name)
    gap = f",\n{unit_of(source)}"
    return Edit(named.start_byte, named.end_byte, f"{{{gap[1:]}{gap.join(texts)}{comma_in_braces(source)}\n}}")


def _bare(member: Node) -> str:
    return text_of(member.child_by_field_name("name"))


def _new_statement(source: Source, module: str, names: Sequence[str]) -> Edit:
    statements = _statements(source.root)
    quote = text_of(statements[0].child_by_field_name("source"))[:1] if statements else '"'
    end = ";" if not statements or text_of(statements[-1]).endswith(";") else ""
    text = f"import {{ {', '.join(names)} }} from {quote}{module}{quote}{end}"
    modules = [module_of(each) for each in statements]
    later = next((each for each in statements if module_of(each) > module), None)
    if later is not None and modules == sorted(modules):
        return Edit(later.start_byte, later.start_byte, f"{text}\n")
    if statements:
        return Edit(statements[-1].end_byte, statements[-1].end_byte, f"\n{text}")
    start = _behind_directives(source.root)
    return Edit(start, start, f"\n\n{text}" if start else f"{text}\n\n")


def _behind_directives(root: Node) -> int:
    """Where `"use server"` and the like end; 0 without one."""
    end = 0
    for child in root.named_children:
        is_directive = child.type == "expression_statement" and child.named_children[0].type == "string"
        if child.type == "hash_bang_line" or is_directive:
            end = child.end_byte
        elif child.type != "comment":
            break
    return end
