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
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# Plurals that do not end in s.
_IRREGULAR = {"children", "people", "men", "women", "feet", "teeth", "geese", "mice", "oxen", "dice", "criteria"}
# Words that end in s and are singular, and those that mean one thing and are plural only.
_BOTH = re.compile(
    r"(?:news|series|species|gas|lens|bias|alias|atlas|canvas|sms|gps|dns|aws|https|os"
    r"|settings|preferences|credentials|statistics|stats|analytics|metrics|details|options|goods|.*(?:ss|us|is))"
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
            which is on the side of the name when in doubt: `series` and `settings` may be either.
    """
    if is_expression(style):
        return matches(name, style)
    if style in {"singular", "plural"}:
        word = _last_word(name)
        return _may_be_both(word) or _is_plural(word) is (style == "plural")
    return _STYLES[style].fullmatch(name) is not None


def pluralised(name: str) -> str:
    """A name with its last word in the plural."""
    return name if _is_plural(_last_word(name)) else plural(name)


def _last_word(name: str) -> str:
    """The noun: `users` of `adminUsers2`."""
    words = _WORD.findall(name)
    return words[-1].lower() if words else name.lower()


def _may_be_both(word: str) -> bool:
    """Whether a word is the same in the plural, as `sheep`, or cannot be told."""
    is_unchanged = plural(word) == word and not word.endswith("s")
    return word not in _IRREGULAR and (is_unchanged or _BOTH.fullmatch(word) is not None)


def _is_plural(word: str) -> bool:
    return word.endswith("s") or word in _IRREGULAR
