"""Patterns of names, as selectors and demands have them."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from prisma_decouple.syntax.nodes import Block, Field

Names: TypeAlias = str | tuple[str, ...]
"""One pattern or several: a name with `*` and `?`, or a regular expression between slashes."""

_ATTRIBUTE = re.compile(r"@{0,2}\w+(?:\.\w+)?")


def matches(name: str, patterns: Names) -> bool:
    """Whether a whole name fits one of the patterns; an empty list fits nothing."""
    return any(
        re.fullmatch(pattern[1:-1], name) is not None if is_expression(pattern) else fnmatchcase(name, pattern)
        for pattern in as_names(patterns)
    )


def as_names(names: Names) -> tuple[str, ...]:
    """One name or several, as several."""
    return (names,) if isinstance(names, str) else names


def one_of(names: Names, sign: str = "") -> str:
    """Names as a message lists them: "`@a` or `@b`"."""
    return " or ".join(f"`{sign}{name.lstrip(sign)}`" if sign else name for name in as_names(names))


def is_expression(pattern: str) -> bool:
    """Whether a pattern is a regular expression between slashes."""
    return len(pattern) > 1 and pattern.startswith("/") and pattern.endswith("/")


def check_patterns(*patterns: Names | None) -> None:
    """Refuse regular expressions that are none.

    Raises:
        ValueError: msgspec reports it with the place.
    """
    for pattern in (each for given in patterns if given is not None for each in as_names(given)):
        if is_expression(pattern):
            try:
                re.compile(pattern[1:-1])
            except re.error as error:
                raise ValueError(f"`{pattern}` is no regular expression: {error}") from None


def has_attribute(node: Block | Field, names: Names) -> bool:
    """Whether a block or field has one of these attributes, named with or without the sign in front."""
    return any(node.attribute(name.lstrip("@")) is not None for name in as_names(names))


def check_attributes(*names: Names | None) -> None:
    """Refuse what is no name of an attribute: its arguments are not compared.

    Raises:
        ValueError: msgspec reports it with the place.
    """
    for name in (each for given in names if given is not None for each in as_names(given)):
        if _ATTRIBUTE.fullmatch(name) is None:
            raise ValueError(f"`{name}` is no name of an attribute, such as `@db.Text`")
