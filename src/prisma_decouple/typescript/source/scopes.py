"""Which function a node is in, and where a name of it comes from."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.names import BLOCKS, Names
from prisma_decouple.typescript.source.syntax import (
    VALUE_NAMES,
    ancestors,
    call_arguments,
    callee,
    children_of,
    descendants,
    is_function,
    key_of,
    last_name,
    names_in,
    nearest,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import ADDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tree_sitter import Node

_REMEMBERED = 256
_REMEMBERED_SCOPES = 1 << 15
# How far up a person looks for a value that may be used, in one block.
_NEAREST = 200
_DECLARATIONS = frozenset({"lexical_declaration", "variable_declaration"})
PARAMETERS = frozenset({"required_parameter", "optional_parameter"})
# What gives a value to the names of a pattern.
BINDINGS = PARAMETERS | {"for_in_statement", "variable_declarator"}
_BINDINGS = frozenset({"identifier", "shorthand_property_identifier_pattern"})
_NAMED_DECLARATIONS = frozenset(
    {
        "abstract_class_declaration",
        "class_declaration",
        "enum_declaration",
        "function_declaration",
        "generator_function_declaration",
        "interface_declaration",
        "type_alias_declaration",
    }
)
_GLOBALS = frozenset({"Error", "Number", "Promise", "String", "console", "undefined"})
# A pattern's own names are bound; its types and defaults merely use names.
_NOT_BOUND = frozenset({"type", "value", "right", "key", "decorator"})


def bound_names(pattern: Node) -> Iterator[str]:
    """The names that a pattern, a parameter or a declarator binds, destructured ones included."""
    if pattern.type in _BINDINGS:
        yield text_of(pattern)
        return
    is_pair = pattern.type == "pair_pattern"
    for index, child in enumerate(pattern.children):
        field = pattern.field_name_for_child(index)
        if field not in _NOT_BOUND or (is_pair and field == "value"):
            yield from bound_names(child)


def parameters(function: Node) -> list[Node]:
    """A function's parameters, `this` apart, or the bare name of an arrow function that has no parentheses."""
    single = function.child_by_field_name("parameter")
    if single is not None:
        return [single]
    listed = function.child_by_field_name("parameters")
    found = [child for child in listed.named_children if child.type in PARAMETERS] if listed is not None else []
    return [each for each in found if getattr(each.child_by_field_name("pattern"), "type", "") != "this"]


def find_binding(node: Node, name: str) -> Node | None:
    """What gives a name its value at a node.

    Args:
        node: where the name is used.
        name: the name.

    Returns:
        The variable declarator, parameter or `for` statement that binds it nearest around the node; None when the file
        does not say, because it is imported, global or a class or function.
    """
    return _NAMES.find(node, name)


def _bound_by(scope: Node) -> Mapping[str, Node]:
    """The names that a scope itself binds."""
    if is_function(scope):
        return _parameters_in(scope)
    if scope.type == "for_in_statement":
        left = scope.child_by_field_name("left")
        return dict.fromkeys(bound_names(left), scope) if left is not None else {}
    return _bindings_in(scope)


_NAMES = Names(_bound_by)


@lru_cache(maxsize=_REMEMBERED_SCOPES)
def _parameters_in(function: Node) -> Mapping[str, Node]:
    """The names that a function's parameters bind, each with the first that does."""
    found: dict[str, Node] = {}
    for parameter in parameters(function):
        for name in bound_names(parameter):
            found.setdefault(name, parameter)
    return found


# Of a long file the names at its top are asked for again and again.
@lru_cache(maxsize=_REMEMBERED_SCOPES)
def _bindings_in(block: Node) -> Mapping[str, Node]:
    """The names that the declarators of a block bind, with the first that does."""
    found: dict[str, Node] = {}
    for declarator in _declarators(block):
        for name in bound_names(declarator):
            found.setdefault(name, declarator)
    return found


def binding_of(node: Node | None) -> Node | None:
    """What binds a name that stands for a value; None for any other expression."""
    return find_binding(node, text_of(node)) if node is not None and node.type in VALUE_NAMES else None


def uses_of_variable(declarator: Node) -> Iterator[Node]:
    """Where a variable that has one name is used in the block that declares it."""
    target = declarator.child_by_field_name("name")
    block = declarator.parent.parent if declarator.parent is not None else None
    if target is None or target.type != "identifier" or block is None:
        return
    yield from (use for use in uses_in(block, text_of(target), declarator) if use != target)


def uses_of_value(value: Node) -> Iterator[Node]:
    """Where the variable is used that holds a value, alone or as one of several that are awaited together.

    Args:
        value: the value, without `await`.
    """
    holder = nearest(value, "variable_declarator")
    block = holder.parent.parent if holder is not None and holder.parent is not None else None
    target = holder.child_by_field_name("name") if holder is not None else None
    for name in set(bound_names(target)) if target is not None else ():
        held = declared_value(holder, name) if holder is not None else None
        if holder is not None and block is not None and held is not None and unwrapped(held) == value:
            yield from (use for use in uses_in(block, name, holder) if not _is_bound_at(use, target))


def _is_bound_at(name: Node, pattern: Node | None) -> bool:
    """Whether a name stands in the pattern that binds it."""
    return pattern is not None and pattern.start_byte <= name.start_byte < pattern.end_byte


def uses_in(node: Node, name: str, binding: Node) -> Iterator[Node]:
    """The names inside a node that stand for what a declaration or parameter binds to a name."""
    yield from (use for use in names_in(node, name) if find_binding(use, name) == binding)


def is_declared(node: Node, name: str) -> bool:
    """Whether a name means something at a node: it is bound, imported, declared in the file, or everybody's."""
    return (
        name in _GLOBALS
        or find_binding(node, name) is not None
        or any(_declares(each, name) for each in ancestors(node))
    )


def _declares(scope: Node, name: str) -> bool:
    """Whether a scope itself declares a name by an import, a function, a class, an enum or a `catch`."""
    if scope.type == "catch_clause":
        parameter = scope.child_by_field_name("parameter")
        return parameter is not None and name in bound_names(parameter)
    if scope.type not in BLOCKS:
        return False
    return name in _names_declared_in(scope)


@lru_cache(maxsize=_REMEMBERED)
def _names_declared_in(block: Node) -> frozenset[str]:
    return frozenset(name for statement in block.named_children for name in _declared_names(statement))


def _declared_names(statement: Node) -> Iterator[str]:
    if statement.type == "import_statement":
        yield from imported_names(statement)
        return
    declaration = declared_by(statement)
    if declaration.type in _NAMED_DECLARATIONS:
        yield text_of(declaration.child_by_field_name("name"))


def imported_names(statement: Node) -> dict[str, str]:
    """The names that an import binds, and what each of them is called where it comes from.

    The default export is called `default`, and the whole module `*`.
    """
    clause = next((child for child in statement.named_children if child.type == "import_clause"), None)
    found: dict[str, str] = {}
    for child in clause.named_children if clause is not None else ():
        if child.type == "identifier":
            found[text_of(child)] = "default"
        elif child.type == "namespace_import":
            found[text_of(child.named_children[-1])] = "*"
        elif child.type == "named_imports":
            for member in (each for each in child.named_children if each.type == "import_specifier"):
                name = text_of(member.child_by_field_name("name"))
                found[text_of(member.child_by_field_name("alias")) or name] = name
    return found


def visible_bindings(node: Node) -> Iterator[tuple[str, Node]]:
    """The names that declarators before a node and parameters around it bind, from the inside out."""
    for scope in ancestors(node):
        if is_function(scope):
            candidates = parameters(scope)
        elif scope.type in BLOCKS:
            candidates = [each for each in _all_declarators(scope) if each.end_byte <= node.start_byte][-_NEAREST:]
        else:
            continue
        for candidate in candidates:
            yield from ((name, candidate) for name in _all_names(candidate))


@lru_cache(maxsize=_REMEMBERED)
def _all_names(binding: Node) -> tuple[str, ...]:
    return tuple(bound_names(binding))


@lru_cache(maxsize=_REMEMBERED)
def _all_declarators(block: Node) -> list[Node]:
    return list(_declarators(block))


def _declarators(block: Node) -> Iterator[Node]:
    for statement in block.named_children:
        declaration = declared_by(statement)
        if declaration.type in _DECLARATIONS:
            yield from (child for child in declaration.named_children if child.type == "variable_declarator")


def declared_by(statement: Node) -> Node:
    """The declaration in `export const ...` and `declare function ...`; any other statement itself."""
    inner = statement
    if statement.type == "export_statement":
        inner = statement.child_by_field_name("declaration") or statement
    return inner.named_children[0] if inner.type == "ambient_declaration" and inner.named_children else inner


def declared_value(binding: Node, name: str) -> Node | None:
    """The expression that a declarator gives to a name, also where that is one of several that are awaited together.

    Args:
        binding: the declarator.
        name: a name that it binds.

    Returns:
        Of `const [author, shelf] = await Promise.all([a, b])` the `a` for `author`, a promise; None when the name is
        taken out of a larger value.
    """
    target, value = binding.child_by_field_name("name"), binding.child_by_field_name("value")
    if binding.type != "variable_declarator" or target is None or value is None:
        return None
    if target.type == "array_pattern":
        names, values = [text_of(each) for each in children_of(target)], _awaited_together(value)
        return values[names.index(name)] if name in names[: len(values)] else None
    return value if text_of(target) == name else None


def _awaited_together(value: Node) -> list[Node]:
    """The elements of a list that is written out, the promises in `Promise.all([...])` and `$transaction([...])`."""
    listed = unwrapped(value)
    receiver, method = callee(listed)
    if text_of(receiver) == "Promise" or method == "$transaction":
        listed = unwrapped(next(iter(call_arguments(listed)), listed))
    return children_of(listed) if listed.type == "array" else []


def held_by(node: Node) -> Node | None:
    """The expression that the variable was declared with whose name is a node; None for anything else."""
    binding = binding_of(node)
    return declared_value(binding, text_of(node)) if binding is not None else None


def assigned_values(declarator: Node, name: str) -> Iterator[Node]:
    """The values that are assigned to a variable, where it is declared and inside."""
    block = nearest(declarator, *BLOCKS)
    for assignment in descendants(block, "assignment_expression") if block is not None else ():
        left, right = assignment.child_by_field_name("left"), assignment.child_by_field_name("right")
        is_same = left is not None and left.type == "identifier" and text_of(left) == name
        if is_same and left is not None and right is not None and find_binding(left, name) == declarator:
            yield right


def given_later(name: Node) -> Iterator[Node]:
    """The values of a variable that has none where it is declared: `let id; if (author) id = author.id; else …`."""
    binding = binding_of(name)
    if binding is not None and binding.type == "variable_declarator" and binding.child_by_field_name("value") is None:
        yield from assigned_values(binding, text_of(name))


def added_values(declarator: Node, name: str) -> Iterator[Node]:
    """The values that are added to a list in a variable, where it is declared and inside."""
    block = nearest(declarator, *BLOCKS)
    for call in descendants(block, "call_expression") if block is not None else ():
        receiver, method = callee(call)
        is_same = receiver is not None and receiver.type == "identifier" and text_of(receiver) == name
        if is_same and receiver is not None and method in ADDS and find_binding(receiver, name) == declarator:
            yield from call_arguments(call)


# What the same few functions give back is asked at each of their calls.
@lru_cache(maxsize=_REMEMBERED)
def returned_values(function: Node) -> tuple[Node, ...]:
    """The expressions that a function gives back: its body, or those of its `return` statements."""
    body = function.child_by_field_name("body")
    if body is None or body.type != "statement_block":
        return (body,) if body is not None else ()
    found: list[Node] = []
    waiting = [body]
    while waiting:
        node = waiting.pop()
        if node.type == "return_statement":
            found += children_of(node)
        elif not is_function(node):
            waiting += node.named_children[::-1]
    return tuple(found)


def yielded_values(function: Node) -> Iterator[tuple[Node, bool]]:
    """The expressions that a generator yields, and whether it yields each of what one holds: `yield* books`."""
    waiting = [body] if (body := function.child_by_field_name("body")) is not None else []
    while waiting:
        node = waiting.pop()
        if node.type == "yield_expression" and node.named_children:
            yield node.named_children[-1], any(child.type == "*" for child in node.children)
        if not is_function(node):
            waiting += node.named_children[::-1]


def is_generator(function: Node) -> bool:
    """Whether a function yields what it gives, one after the other."""
    return function.type.startswith("generator_function") or any(child.type == "*" for child in function.children)


def is_parameter(node: Node, name: str) -> bool:
    """Whether a name, used at a node, is a parameter of a function around it."""
    binding = find_binding(node, name)
    return binding is not None and (binding.type in PARAMETERS or is_function(binding.parent or binding))


def function_name(function: Node) -> str:
    """The name under which a function is called: its own, or that of the variable, field or property that holds it."""
    own = function.child_by_field_name("name")
    if own is not None:
        return text_of(own)
    holder = function.parent
    if holder is not None and holder.type == "arguments":
        # const f = cache(async () => ...): a plain call of one function around another.
        call = holder.parent
        wrapper = call.child_by_field_name("function") if call is not None else None
        if call is None or wrapper is None or wrapper.type != "identifier":
            return ""
        holder = call.parent
    if holder is None:
        return ""
    if holder.type in {"variable_declarator", "public_field_definition", "pair"}:
        return key_of(holder)
    return last_name(holder.child_by_field_name("left")) if holder.type == "assignment_expression" else ""


def enclosing_function(node: Node) -> tuple[Node | None, str]:
    """The nearest function with a name around a node, and the name; a callback belongs to the function around it."""
    for function in ancestors(node):
        if is_function(function) and (name := function_name(function)):
            return function, name
    return None, ""


def enclosing_names(node: Node) -> list[str]:
    """The names of the functions around a node, the nearest first."""
    return [name for each in ancestors(node) if is_function(each) and (name := function_name(each))]
