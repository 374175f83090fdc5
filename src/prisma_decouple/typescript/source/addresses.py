"""What is taken out of the path of an address: a text, and always there, whatever it is called like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import binding_of, held_by
from prisma_decouple.typescript.source.syntax import call_arguments, callee, text_of, unwrapped
from prisma_decouple.typescript.source.vocabulary import KEY_CONVERSIONS

if TYPE_CHECKING:
    from tree_sitter import Node

# As in Express, Koa, Next.js and SvelteKit; of what else is called `params`, as by a procedure, nothing is known.
_REQUESTED = re.compile(r"(?:^|\.)(?:c|ctx|context|event|req|request)\.params$")
_OF_PAGE = re.compile(r"(?:^|\.)params$|^useParams\b")
_CHECKED = frozenset({"parse", "parseAsync"})
_DEPTH = 4


def is_path(expression: Node) -> bool:
    """Whether it is all that was taken out of the path: `request.params`, also as a schema lets it through."""
    node = unwrapped(expression)
    given = call_arguments(node) if node.type == "call_expression" and callee(node)[1] in _CHECKED else []
    return _REQUESTED.search(text_of(unwrapped(given[0]) if given else node)) is not None


def is_of_path(expression: Node, depth: int = _DEPTH) -> bool:
    """Whether a value is a part of the path: `request.params.id`, or what `const { id } = await params` takes out.

    Args:
        expression: the value.
        depth: how many variables are gone through: `const bookId = Number(request.params.id)`.
    """
    node = unwrapped(expression)
    if node.type in {"member_expression", "subscript_expression"}:
        owner = node.child_by_field_name("object")
        held = held_by(unwrapped(owner)) if owner is not None else None
        return any(is_path(each) for each in (owner, held) if each is not None)
    if node.type == "call_expression":
        given = call_arguments(node) if text_of(node.child_by_field_name("function")) in KEY_CONVERSIONS else []
        return bool(given) and depth > 0 and is_of_path(given[0], depth - 1)
    binding = binding_of(node)
    value = binding.child_by_field_name("value") if binding is not None else None
    pattern = binding.child_by_field_name("name") if binding is not None else None
    if binding is None or value is None or pattern is None or pattern.type != "object_pattern":
        held = held_by(node)
        return held is not None and depth > 0 and is_of_path(held, depth - 1)
    return gives_path(value)


def gives_path(value: Node) -> bool:
    """Whether what a pattern takes apart is all of a path: `await params` of a page, or `request.params`."""
    return is_path(value) or _OF_PAGE.search(text_of(unwrapped(value))) is not None
