"""Where the value of a parameter, or of a member of a written type, is used by the functions that receive it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.names import BLOCKS
from prisma_decouple.typescript.source.patterns import key_in_pattern, path_to, pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import (
    BINDINGS,
    binding_of,
    bound_names,
    find_binding,
    held_by,
    parameters,
    uses_in,
)
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    FUNCTIONS,
    MEMBERS,
    READS,
    ancestors,
    descendants,
    function_around,
    key_of,
    last_name,
    nearest,
    text_of,
)
from prisma_decouple.typescript.types.classes import is_parameter_property
from prisma_decouple.typescript.types.libraries.exposed import exposures
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.carried import carried
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.tolerance import refuses
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.types.written.members import shape_members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.project import Project
    from prisma_decouple.typescript.types.typed import Type

_TYPES = DECLARED_CLASSES | {"interface_declaration", "object_type"}
_COMPOUNDS = frozenset({"intersection_type", "parenthesized_type", "union_type"})
_SCOPES = BLOCKS | {*FUNCTIONS}
_THE_SAME = frozenset({"non_null_expression", "parenthesized_expression"})
_DEEPEST = 8
_HELD = 3  # variables, one holding what the other one does
UNKNOWN = 0  # the id of no node


def uses_that_refuse_null(file: FileContext, node: Node, name: str, nothing: str = "null") -> list[Place]:
    """The uses of a key that would not compile, or not work, if it were null.

    Args:
        file: the file.
        node: the parameter, or the member of a written type, that has the key.
        name: the key.
        nothing: what it would be, `null` or `undefined`.
    """
    uses = {place_key(each): each for use in uses_of(file, node, name) for each in _held(use, _HELD)}
    return [use for use in uses.values() if not is_narrowed(use.file, use.node) and refuses(use, name, nothing)]


def _held(use: Place, depth: int) -> Iterator[Place]:
    """The uses of the variable that holds a value, `const author = book.author`, instead of where it is put there."""
    outer = use.node.parent
    is_held = outer is not None and outer.type == "variable_declarator" and outer.child_by_field_name("type") is None
    uses = carried(use.file, use.node) if is_held and depth and not is_narrowed(use.file, use.node) else None
    if uses is None:
        yield use
    for each in uses or ():
        yield from _held(each, depth - 1)


def uses_of(file: FileContext, node: Node, name: str) -> list[Place]:
    """The uses of a key, as for `uses_that_refuse_null`, whatever they are."""
    uses = {place_key(use): use for use in (*_uses(file, node, name), *_typed_uses(file, node, name))}
    return list(uses.values())


def _typed_uses(file: FileContext, node: Node, name: str) -> Iterator[Place]:
    """The expressions, anywhere, that have the very type that a member of a written type says."""
    annotation = node.child_by_field_name("type")
    written = annotation.named_children[0] if annotation is not None and annotation.named_children else None
    if written is not None and (node.type in MEMBERS or is_parameter_property(node)):
        reads = reads_of(file.project, name)
        yield from reads.get(written.id, ())
        yield from reads.get(node.id, ())


def reads_of(project: Project, name: str) -> dict[int, list[Place]]:
    """The property chains that end in a name, by what writes down their type: the type, the member, or the schema."""
    if name not in project.reads:
        found: dict[int, list[Place]] = {}
        for file in project.speaking_of(name):
            for use in (each for each in file.source.nodes(*READS) if last_name(each) == name):
                told, owner = file.types.of(use), use.child_by_field_name("object")
                if told is not None and told.said_by is not None:
                    found.setdefault(told.said_by.node.id, []).append(Place(file, use))
                if told is not None and told.place is not None:
                    found.setdefault(told.place.node.id, []).append(Place(file, use))
                elif told is None and owner is not None and file.types.of(owner) is None:
                    found.setdefault(UNKNOWN, []).append(Place(file, use))
                for member in members_read(file, use):
                    found.setdefault(member.node.id, []).append(Place(file, use))
            for member, node in _taken(file, name):
                found.setdefault(member.node.id, []).append(Place(file, node))
        project.reads[name] = found
    return project.reads[name]


def members_read(file: FileContext, use: Node) -> Iterator[Place]:
    """The members of written types that a property chain reads at its end."""
    owner, name = use.child_by_field_name("object"), last_name(use)
    found = file.types.of(owner) if owner is not None else None
    if found is not None:
        yield from members_of_type(found, name)


def named_reads(file: FileContext, name: str) -> Iterator[Node]:
    """Where what has a name is read, `author.books`, or used that a pattern takes out: `books` of `({ books }) => …`.

    Args:
        file: the file.
        name: of the property.
    """
    if name not in file.source.words:
        return
    yield from (each for each in file.source.nodes("member_expression") if last_name(each) == name)
    for part in file.source.nodes("pair_pattern", "shorthand_property_identifier_pattern"):
        own = next(bound_names(part), "") if key_in_pattern(part) == name else ""
        binding = nearest(part, *BINDINGS) if own else None
        if binding is not None and (path_to(binding, own) or [""])[-1] == name:
            uses = uses_in(_scope_of(binding), own, binding)
            yield from (each for each in uses if part not in {each, each.parent})


def read_of(file: FileContext, node: Node) -> Type | None:
    """What a property is read of, or taken out of, where it is one of `named_reads`; None when that is unknown."""
    owner, binding = node.child_by_field_name("object"), binding_of(node)
    if owner is not None:
        return file.types.of(owner)
    return file.types.owner_of(binding, text_of(node)) if binding is not None else None


def _taken(file: FileContext, name: str) -> Iterator[tuple[Place, Node]]:
    """What takes a member of a name out otherwise, each with the member.

    These are the uses of what patterns take out, `for (const { name: own } of rows)`, and texts that expose it.
    """
    for exposure in exposures(file, name):
        yield from ((member, exposure.name) for member in members_of_type(exposure.owner, name))
    for part in file.source.nodes("pair_pattern", "shorthand_property_identifier_pattern"):
        own = next(bound_names(part), "") if key_in_pattern(part) == name else ""
        binding = nearest(part, *BINDINGS) if own else None
        if binding is None or (path_to(binding, own) or [""])[-1] != name:
            continue
        owner, told = file.types.owner_of(binding, own), file.types.of_symbol(binding, own)
        members = list(members_of_type(owner, name)) if owner is not None else []
        members += [told.said_by] if told is not None and told.said_by is not None else []
        for member in members:
            uses = uses_in(_scope_of(binding), own, binding)
            yield from ((member, use) for use in uses if part not in {use, use.parent})


def _scope_of(binding: Node) -> Node:
    """What the names that something binds mean something in."""
    if binding.type == "for_in_statement":
        return binding
    return next((each for each in ancestors(binding) if each.type in _SCOPES), binding)


def members_taken(file: FileContext, use: Node) -> Iterator[Place]:
    """The members of written types whose value a name has: `author`, of `{ author: writer }` as of `book.author`."""
    binding = find_binding(use, text_of(use))
    held = held_by(use) if binding is not None and binding.child_by_field_name("type") is None else None
    if held is not None and held.type in READS:
        yield from members_read(file, held)
    elif held is not None and held.type == "identifier":
        yield from members_taken(file, held)
    path = path_to(binding, text_of(use)) if binding is not None else None
    owner = file.types.owner_of(binding, text_of(use)) if binding is not None and path else None
    if owner is not None and path:
        yield from members_of_type(owner, path[-1])


def members_of_type(found: Type, name: str) -> Iterator[Place]:
    """The members of a name in the written types that a type is, or is made of."""
    own = [found.place] if found.place is not None and found.what in {What.SHAPE, What.CLASS} else []
    for shape in (*found.extras, *own):
        yield from shape_members(shape.file, shape.node, name, _DEEPEST)


def _uses(file: FileContext, node: Node, name: str) -> Iterator[Place]:
    function = function_around(node)
    if function is not None and node in parameters(function):
        yield from _names_in(file, function, node, name)
        return
    shape = nearest(node, *_TYPES)
    if shape is not None:
        for reader, parameter in readers(Place(file, shape)):
            yield from _uses_in(reader, parameter, name)


def readers(shape: Place) -> Iterator[tuple[Place, Node]]:
    """The functions that receive a written type, with the parameter."""
    called = _called(shape.node)
    is_inline = shape.node.type == "object_type" and (shape.node.parent is None or not called)
    for file in [shape.file] if is_inline else shape.file.project.speaking_of(called):
        if file.takers is None:
            file.takers = _takers(file)
        yield from ((Place(file, function), parameter) for function, parameter in file.takers.get(shape.node.id, ()))


def _takers(file: FileContext) -> dict[int, list[tuple[Node, Node]]]:
    """The functions of a file, each with a parameter, by the nodes of the written types that this receives."""
    takers: dict[int, list[tuple[Node, Node]]] = {}
    for function in file.source.nodes(*FUNCTIONS):
        for parameter in parameters(function):
            found = file.types.read(parameter.child_by_field_name("type"))
            places = [found.place, *found.extras] if found is not None else []
            for part in {part for each in places if each is not None for part in _parts(each.node)}:
                takers.setdefault(part, []).append((function, parameter))
    return takers


def _called(shape: Node) -> str:
    """The name of a written type, or of the one that it is a part of; empty when it has none."""
    if name := key_of(shape):
        return name
    outer = shape.parent
    while outer is not None and outer.type in _COMPOUNDS:
        outer = outer.parent
    return key_of(outer) if outer is not None else ""


def _parts(written: Node) -> list[int]:
    """A written type itself, and what it is a union or intersection of, by the ids of the nodes."""
    is_compound = written.type in {"union_type", "intersection_type"}
    return [written.id, *(each.id for each in (written.named_children if is_compound else ()))]


def _uses_in(function: Place, parameter: Node, name: str) -> Iterator[Place]:
    if name not in text_of(function.node):
        return
    pattern = pattern_of(parameter)
    if pattern.type == "object_pattern":
        for own in (each for each in bound_names(pattern) if path_to(parameter, each) == [name]):
            yield from _names_in(function.file, function.node, parameter, own)
        return
    owner = text_of(pattern)
    for use in uses_in(function.node, owner, parameter):
        read = _read_of(use)
        if read is not None and last_name(read) == name:
            yield Place(function.file, read)
    yield from _taken_out(function, owner, name)


def _read_of(name: Node) -> Node | None:
    """What is read of a name: `book.title`, `book?.title` or `(book!)["title"]` of the `book` in it."""
    value = name
    while value.parent is not None and value.parent.type in _THE_SAME:
        value = value.parent
    read = value.parent
    return read if read is not None and read.type in READS and read.child_by_field_name("object") == value else None


def _taken_out(function: Place, owner: str, name: str) -> Iterator[Place]:
    """The uses of what `const { name: own } = owner` takes out of a parameter."""
    for node in descendants(function.node, "variable_declarator"):
        value, pattern = node.child_by_field_name("value"), node.child_by_field_name("name")
        if pattern is None or pattern.type != "object_pattern" or text_of(value) != owner:
            continue
        for own in (each for each in bound_names(pattern) if path_to(node, each) == [name]):
            uses = _names_in(function.file, function.node, node, own)
            yield from (use for use in uses if use.node.start_byte >= node.end_byte)


def _names_in(file: FileContext, function: Node, parameter: Node, name: str) -> Iterator[Place]:
    body = function.child_by_field_name("body")
    yield from (Place(file, use) for use in uses_in(body, name, parameter)) if body is not None else ()
