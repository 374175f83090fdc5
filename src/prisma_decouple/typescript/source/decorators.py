"""What is said of classes, their methods and fields by decorators."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.syntax import call_arguments, descendants, last_name, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

OF_PATH = frozenset({"Param"})
"""Those of a parameter that is a part of the path of an address."""

OF_BODY = frozenset({"Body"})
"""Those of a parameter that is what a request brings along, or a part of it."""

_BESIDE = frozenset({"comment", "decorator"})
# Those of class-validator that look at the value, unless one of these lets null through before.
_VALIDATES = re.compile(r"^(?:Is(?!Defined$|Empty$|Optional$)|M(?:in|ax)|Length$|Matches$|Contains$)")
_LETS_THROUGH = frozenset({"IsOptional", "ValidateIf"})
# Those of GraphQL, which say that a field is never null when they do not say that it may be.
_SAYS = frozenset({"Field"})
_MESSAGE = "message"
_PARTICULAR = ("number", "string", "template_string")
_NULLABLE = re.compile(r"\bnullable:\s*(?!false)")


def decorators_of(node: Node) -> frozenset[str]:
    """The names of the decorators of a class or method: `@Get(":id")` is called `Get`."""
    called = (each.child_by_field_name("function") or each for each in decorators(node))
    return frozenset(filter(None, map(last_name, called)))


def is_decorated(node: Node) -> bool:
    """Whether a method or field, or a parameter, has a decorator: inside of it, or just before it."""
    above = node.prev_named_sibling
    return any(each.type == "decorator" for each in (*node.children, *([above] if above is not None else [])))


def refusing_null(field: Node) -> tuple[str, ...]:
    """The names of the decorators of a field that let no null in, whatever its type says."""
    written = {last_name(each.child_by_field_name("function") or each): text_of(each) for each in decorators(field)}
    is_let_through = not _LETS_THROUGH.isdisjoint(written)
    return tuple(
        name
        for name, text in written.items()
        if (_VALIDATES.match(name) and not is_let_through) or (name in _SAYS and not _NULLABLE.search(text))
    )


def plain_decorators(field: Node) -> list[tuple[Node, str]]:
    """The decorators inside of a field that go for any value of its type, and let no null in: `@IsInt()`.

    What has a text or a number in it, `@Max(9)`, is about this field alone; where it is only what is said of a wrong
    value, `@IsInt({ message: "no shelf" })`, the rest goes for others as well.

    Returns:
        Each with how another field would be decorated with it.
    """
    own = (child for child in field.children if child.type == "decorator" and child.named_children)
    told = ((each, _without_message(each)) for each in own if not _lets_null_in(each))
    return [(each, text) for each, text in told if text != text_of(each) or not _is_particular(each)]


def _without_message(decorator: Node) -> str:
    """How a decorator is written that says nothing of its own of a wrong value."""
    call = decorator.named_children[0]
    given = call_arguments(call) if call.type == "call_expression" else []
    is_message = (
        len(given) == 1 and given[0].type == "object" and {key for key, _ in properties(given[0])} == {_MESSAGE}
    )
    return f"@{text_of(call.child_by_field_name('function'))}()" if is_message else text_of(decorator)


def _is_particular(decorator: Node) -> bool:
    return any(next(descendants(decorator, kind), None) is not None for kind in _PARTICULAR)


def _lets_null_in(decorator: Node) -> bool:
    called = decorator.named_children[0]
    name = last_name(called.child_by_field_name("function") or called)
    return name in _LETS_THROUGH or _NULLABLE.search(text_of(decorator)) is not None


def decorators(node: Node) -> Iterator[Node]:
    """What stands behind the `@` of each: those of a class are inside of it or of its `export`, others before."""
    outer = node.parent
    holders = [outer, node] if outer is not None and outer.type == "export_statement" else [node]
    found = [child for holder in holders for child in holder.children]
    above = node.prev_sibling
    while above is not None and above.type in _BESIDE:
        found.append(above)
        above = above.prev_sibling
    yield from (each.named_children[0] for each in found if each.type == "decorator" and each.named_children)
