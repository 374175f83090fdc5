"""Functions that lead to a create and take their argument apart without the new key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.literals import add_property
from prisma_decouple.typescript.scopes import bound_names, function_name, parameters
from prisma_decouple.typescript.syntax import FUNCTIONS
from prisma_decouple.typescript.wording import name_list

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.hints import Confidence


def find_parameters(file: FileContext, followed: Mapping[str, Confidence]) -> None:
    """Note the patterns that take the neighbouring key out of an argument, but not the new one.

    Args:
        file: the file; its findings are filled.
        followed: the functions that lead to a create, and how sure that is.
    """
    for function in file.source.nodes(*FUNCTIONS):
        if (name := function_name(function)) in followed:
            for parameter in parameters(function):
                pattern = parameter.child_by_field_name("pattern")
                if pattern is not None and pattern.type == "object_pattern":
                    _check(file, pattern, name, followed[name])


def _check(file: FileContext, pattern: Node, function: str, confidence: Confidence) -> None:
    names = set(bound_names(pattern))
    for optional in file.facts.optional:
        sibling = next((key for key in optional.foreign_keys if key in names), "")
        for relation in file.facts.required_of(optional.model) if sibling else ():
            missing = [key for key in relation.foreign_keys if key not in names]
            if missing:
                why = (
                    f"`{function}` leads to a create that needs {name_list(missing)}: take it out of the argument here."
                )
                edits = add_property(file.source, pattern, sibling, ", ".join(missing))
                file.hint(pattern, Kind.PARAMETER, confidence, why, edits)
