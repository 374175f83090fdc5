"""What is handed to a parameter, or to a member of a written type, and whether anything may be known of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.addresses import is_of_path
from prisma_decouple.typescript.source.decorators import OF_PATH, decorators_of
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.literals import spreads_in
from prisma_decouple.typescript.source.names import BLOCKS
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import (
    PARAMETERS,
    binding_of,
    find_binding,
    function_name,
    held_by,
    parameters,
    uses_in,
)
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    MEMBERS,
    PROPERTIES,
    call_arguments,
    callee,
    first_name,
    function_around,
    key_of,
    last_name,
    names_in,
    nearest,
    start_of,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import UNTYPED
from prisma_decouple.typescript.types.libraries.validators import let_through
from prisma_decouple.typescript.types.places.declared import given_to_component, wanted_property
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import WRITTEN
from prisma_decouple.typescript.types.written.members import shape_members

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.project import Project
    from prisma_decouple.typescript.types.typed import Type

_DEPTH = 8
_STEPS = 8
_CALLS = 3
_CONSTRUCTOR = "constructor"
_OWN = (".", "/", "~", "#", "@/")  # with which the names of modules begin that are no packages
# Methods of schemas that are given what comes in.
_CHECKS = frozenset({"parse", "parseAsync", "safeParse", "safeParseAsync"})
# Where values come into the code from: requests, forms, the environment, texts that are parsed.
_OUTSIDE = re.compile(
    r"\b(?:argv|body|cookies|env|formData|headers|params|query|searchParams|json|parse|parseAsync|safeParse|"
    r"use(?:Params|Router|SearchParams|LocalSearchParams|Route|Match|Matches))\b"
)
# What makes a new key, of crypto and the usual packages, or is called so: no record had it before.
_MAKES_KEYS = re.compile(
    r"^(?:random\w*|uuid\w*|v[1-7]|nanoid|cuid2?|ulid|(?:create|generate|make|new)(?:Uu|U|I)?[iI][dD])$"
)


def givers_of(file: FileContext, node: Node, name: str) -> list[Place]:
    """The values that are handed to a parameter, or to a member of a written type or of a validator's schema.

    Args:
        file: the file.
        node: the parameter or member, or what says in a schema what it lets through.
        name: what it is called.
    """
    function = function_around(node)
    if function is not None and node in parameters(function):
        return list(_arguments(file, function, parameters(function).index(node)))
    return _given(file.project, name).get(node.id, [])


def wholes_with(file: FileContext, member: Node, name: str) -> Iterator[Type]:
    """What a member is where all that it belongs to is handed over: the `authorId` of `save({ book: checked.data })`.

    Args:
        file: the file.
        member: a member of a type that is written where it is asked for, `{ book: { authorId: string } }`.
        name: what it is called.
    """
    shape = member.parent if member.type in MEMBERS else None
    annotation = shape.parent if shape is not None else None
    asked = annotation.parent if annotation is not None and annotation.type == "type_annotation" else None
    if asked is None or asked.type not in (*MEMBERS, *PARAMETERS):
        return
    for each in givers_of(file, asked, key_of(asked) or text_of(pattern_of(asked))):
        is_shown = each.node.parent is not None and each.node.parent.type == "jsx_expression"  # it is there
        whole = each.file.types.of(each.node) if each.node.type != "object" and not is_shown else None
        own = each.file.types.property(whole, name) if whole is not None else None
        if own is not None:
            yield own


def whole_givers_of(file: FileContext, node: Node, name: str) -> list[Place]:
    """The same, but for what tests give, and what changes a copy: `{ ...book, authorId }` says nothing here.

    Args:
        file: the file.
        node: the parameter or member.
        name: what it is called.
    """
    given = [each for each in givers_of(file, node, name) if not _changes_copy(each.node)]
    return [each for each in given if not is_test(each.file.source.path)]


def _changes_copy(value: Node) -> bool:
    """Whether a value stands in a literal that something is spread into."""
    holder = value if value.type in PROPERTIES else value.parent
    literal = holder.parent if holder is not None and holder.type in PROPERTIES else None
    return literal is not None and literal.type == "object" and any(spreads_in(literal))


def comes_of_path(value: Place, depth: int = _CALLS) -> bool:
    """Whether a value is a part of the path of an address, also where all who call a function give it one.

    Args:
        value: the value.
        depth: how many functions are gone through.
    """
    node = unwrapped(value.node)
    if is_of_path(node):
        return True
    parameter = binding_of(node)
    if not depth or parameter is None or parameter.type not in PARAMETERS or pattern_of(parameter).type != "identifier":
        return False
    if decorators_of(parameter) & OF_PATH:
        return True
    given = whole_givers_of(value.file, parameter, text_of(node))
    return bool(given) and all(comes_of_path(each, depth - 1) for each in given)


def is_open(value: Place, name: str) -> bool:
    """Whether a value may be a key of that name of which no type tells whether it can be null."""
    return any(
        last_name(each) == name
        and value.file.types.of(each) is None
        and not _is_of_another_name(each, name)
        and not _is_made(each)
        and not _comes_from_outside(each, _STEPS)
        for each in _sides(value.node)
    )


def comes_from_outside(node: Node) -> bool:
    """Whether a value comes into the code from elsewhere, also by the names that it was given: `request.body`.

    Args:
        node: the value.
    """
    return _comes_from_outside(node, _STEPS)


def _is_of_another_name(node: Node, name: str) -> bool:
    """Whether a variable holds something that is not called like the key: `const teamId = team.id`."""
    value = held_by(node)
    return value is not None and last_name(value) not in {"", name}


def _is_made(node: Node) -> bool:
    """Whether a variable holds a key that was made for it: `const authorId = randomUUID()`."""
    made = held_by(node)
    return made is not None and made.type == "call_expression" and _MAKES_KEYS.match(callee(made)[1]) is not None


def _sides(node: Node) -> Iterator[Node]:
    """The values that an expression can have: both sides of a condition, and of a fallback."""
    node = unwrapped(node)
    fields = {"ternary_expression": ("consequence", "alternative"), "binary_expression": ("left", "right")}
    sides = [node.child_by_field_name(name) for name in fields.get(node.type, ())]
    for side in filter(None, sides):
        yield from _sides(side)
    if not sides:
        yield node


def _comes_from_outside(node: Node, steps: int) -> bool:
    if _OUTSIDE.search(text_of(node)):
        return True
    name = first_name(node)
    binding = find_binding(node, name) if name and steps else None
    value = binding.child_by_field_name("value") if binding is not None else None
    return value is not None and binding is not None and _comes_from_outside(value, steps - 1)


def _given_to_constructor(file: FileContext, constructor: Node, index: int) -> Iterator[Place]:
    """What is given where instances of a class are made, `new Shelf(book)`."""
    made = nearest(constructor, *DECLARED_CLASSES)
    name = key_of(made) if made is not None else ""
    for each in file.project.speaking_of(name) if name else ():
        for new in each.source.nodes("new_expression"):
            if text_of(new.child_by_field_name("constructor")) == name:
                found = each.types.of(new)
                is_same = found is not None and found.place is not None and found.place.node == made
                yield from (Place(each, value) for value in call_arguments(new)[index : index + 1] if is_same)


def _arguments(file: FileContext, function: Node, index: int) -> Iterator[Place]:
    name = function_name(function)
    if name == _CONSTRUCTOR:
        yield from _given_to_constructor(file, function, index)
    for each, call in file.project.calls_of(name) if name else ():
        found = each.types.function_of(call)
        place = found.place if found is not None else None
        is_it = place.node == function if place is not None else not _is_of_package(each, call)
        if is_it and index < len(call_arguments(call)):
            yield Place(each, call_arguments(call)[index])


def _is_of_package(file: FileContext, call: Node) -> bool:
    """Whether a call is one of a Prisma client, or of what a package gives: `prisma.book.create`, `axios.create`."""
    receiver = callee(call)[0]
    if receiver is None:
        return False
    if file.delegates.model_of(receiver) is not None or file.delegates.is_other_client_call(receiver):
        return True
    package = file.project.foreign(file, start_of(receiver))
    return package is not None and not package.module.startswith(_OWN)


def _given(project: Project, name: str) -> dict[int, list[Place]]:
    """The values that literals and markup give to members of that name of types and schemas, by the member's node."""
    if name not in project.given:
        found: dict[int, list[Place]] = {}
        for file in project.speaking_of(name):
            for wanted, value in (*_of_literals(file, name), *_of_markup(file, name)):
                for member in _members(file, wanted, name):
                    found.setdefault(member.node.id, []).append(Place(file, value))
        project.given[name] = found
    return project.given[name]


def _members(file: FileContext, wanted: Type, name: str) -> Iterator[Place]:
    if wanted.said_by is not None:
        taken = wanted_property(file, wanted, name)
        yield from (taken.said_by,) if taken is not None and taken.said_by is not None else ()
    own = [wanted.place] if wanted.place is not None and wanted.what in WRITTEN else []
    for shape in (*own, *wanted.extras):
        yield from shape_members(shape.file, shape.node, name, _DEPTH)


def _of_literals(file: FileContext, name: str) -> Iterator[tuple[Type, Node]]:
    for node in file.source.nodes(*PROPERTIES):
        literal = node.parent if key_of(node) == name else None
        for each in (literal, *_handed_over(literal)) if literal is not None else ():
            wanted = expected(file, each)
            if wanted is None or _is_untold(wanted):
                wanted = _checked_inside(file, each)
            if wanted is not None:
                yield wanted, node.child_by_field_name("value") or node


def _handed_over(literal: Node) -> Iterator[Node]:
    """Where a variable that holds a literal is given to a function."""
    holder = literal.parent
    if holder is None or holder.type != "variable_declarator":
        return
    name, scope = text_of(holder.child_by_field_name("name")), nearest(holder, *BLOCKS)
    for use in uses_in(scope, name, holder) if scope is not None else ():
        if use.parent is not None and use.parent.type == "arguments":
            yield use


def _is_untold(wanted: Type) -> bool:
    return wanted.place is not None and text_of(wanted.place.node) in UNTYPED


def _checked_inside(file: FileContext, given: Node) -> Type | None:
    """What a function lets through of what it takes as `unknown`: `const input = Book.parse(given)`."""
    outer = given.parent
    call = outer.parent if outer is not None and outer.type == "arguments" else None
    function = file.types.function_of(call) if call is not None and call.type == "call_expression" else None
    if call is None or function is None or function.place is None:
        return None
    taken, known = parameters(function.place.node), function.place.file
    parameter = dict(zip(call_arguments(call), taken, strict=False)).get(given)
    name = text_of(pattern_of(parameter)) if parameter is not None else ""
    for used in names_in(function.place.node, name) if name and known.source.words & _CHECKS else ():
        checked = used.parent.parent if used.parent is not None and used.parent.type == "arguments" else None
        receiver, method = callee(checked) if checked is not None else (None, "")
        if receiver is not None and method in _CHECKS and (found := let_through(known.types.of(receiver))) is not None:
            return found
    return None


def _of_markup(file: FileContext, name: str) -> Iterator[tuple[Type, Node]]:
    for node in file.source.nodes("jsx_expression"):
        attribute = node.parent
        if attribute is None or attribute.type != "jsx_attribute" or text_of(attribute.named_children[0]) != name:
            continue
        wanted = given_to_component(file, attribute)
        if wanted is not None and node.named_children:
            yield wanted, node.named_children[0]
