"""The list of checks, in the stages in which they run."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from prisma_decouple.syntax.nodes import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from prisma_decouple.model.validation.table import Table
    from prisma_decouple.syntax.nodes import Node


class TypeOf(msgspec.Struct, frozen=True):
    """The type of a field, where it is the type that is wrong; a tree has no node for it."""

    field: Field


Problem: TypeAlias = "tuple[Node | TypeOf, str]"
"""What is to be pointed at, and what is wrong with it."""

Finder: TypeAlias = "Callable[[Table], Iterator[Problem]]"
"""A check looks at the whole schema and says what is wrong with it."""

STAGES = ("settings", "names", "types", "attributes", "meaning")
"""As in Prisma, a later stage runs only when the earlier ones found nothing: one mistake, one message."""


class Check(msgspec.Struct, frozen=True):
    """A check.

    Attributes:
        code: stable; `V` and three digits.
        stage: one of `STAGES`.
        summary: what it says, for the documentation.
    """

    code: str
    stage: str
    summary: str
    find: Finder


CHECKS: list[Check] = []


def check(code: str, stage: str) -> Callable[[Finder], Finder]:
    """Register a function as the check of a code."""

    def register(function: Finder) -> Finder:
        summary = (function.__doc__ or "").split("\n", 1)[0]
        CHECKS.append(Check(code, stage, summary, function))
        return function

    return register
