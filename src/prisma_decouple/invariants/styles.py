"""How names are written."""

from __future__ import annotations

import re

from prisma_decouple.invariants.names import check_patterns, is_expression, matches
from prisma_decouple.model.inflection import plural

_STYLES = {
    "PascalCase": re.compile(r"[A-Z][A-Za-z0-9]*"),
    "camelCase": re.compile(r"[a-z][A-Za-z0-9]*"),
    "snake_case": re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"),
    "SCREAMING_SNAKE_CASE": re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*"),
}
_UNINFLECTED = re.compile(
    r"(?:news|status|series|species|analysis|basis|business|address|access|process|canvas|bus|gas|lens|bonus|virus"
    r"|campus|class|pass|mass|loss|boss|progress|success|ss|us|is)$",
    re.IGNORECASE,
)

KINDS = (*_STYLES, "singular", "plural")


def check_style(style: str | None) -> None:
    """Refuse a style that does not exist.

    Raises:
        ValueError: neither a style nor a regular expression between slashes.
    """
    if style is None or style in KINDS:
        return
    if not is_expression(style):
        raise ValueError(f"{style!r} is no style of names; there are {', '.join(KINDS)} and /regular expressions/")
    check_patterns(style)


def is_written(name: str, style: str) -> bool:
    """Whether a name is written in a style.

    Args:
        name: the name.
        style: one of `KINDS`, or a regular expression between slashes. Numbers of nouns are a guess by their ending,
            which is on the side of the name when in doubt.
    """
    if is_expression(style):
        return matches(name, style)
    if style == "singular":
        return not _looks_plural(name)
    if style == "plural":
        return _looks_plural(name) or _UNINFLECTED.search(name) is not None
    return _STYLES[style].fullmatch(name) is not None


def pluralised(name: str) -> str:
    """A name with its last word in the plural."""
    return name if _looks_plural(name) else plural(name)


def _looks_plural(name: str) -> bool:
    return name.lower().endswith("s") and _UNINFLECTED.search(name) is None
