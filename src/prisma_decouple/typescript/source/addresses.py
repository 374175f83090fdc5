"""What is taken out of the path of an address: a text, and always there, whatever it is called like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import binding_of
from prisma_decouple.typescript.source.syntax import text_of, unwrapped

if TYPE_CHECKING:
    from tree_sitter import Node

# As in Express, Koa and Next.js; of what else is called `params`, as what a procedure takes, nothing is known.
_REQUESTED = re.compile(r"(?:^|\.)(?:ctx|req|request)\.params$")
_OF_PAGE = re.compile(r"(?:^|\.)params$|^useParams\b")


def is_path(expression: Node) -> bool:
    """Whether it is all that was taken out of the path: `request.params`."""
    return _REQUESTED.search(text_of(unwrapped(expression))) is not None


def is_of_path(expression: Node) -> bool:
    """Whether a value is a part of the path: `request.params.id`, or what `const { id } = await params` takes out."""
    node = unwrapped(expression)
    if node.type in {"member_expression", "subscript_expression"}:
        owner = node.child_by_field_name("object")
        return owner is not None and is_path(owner)
    binding = binding_of(node) if node.type == "identifier" else None
    value = binding.child_by_field_name("value") if binding is not None else None
    pattern = binding.child_by_field_name("name") if binding is not None else None
    if binding is None or value is None or pattern is None or pattern.type != "object_pattern":
        return False
    return is_path(value) or _OF_PAGE.search(text_of(unwrapped(value))) is not None
