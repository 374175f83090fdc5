"""Lists in the words of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def name_list(names: Sequence[str]) -> str:
    """Names as code: `a`, or `a` and `b`."""
    return _joined([f"`{name}`" for name in names], "and")


def model_list(models: Iterable[str]) -> str:
    """Alternatives: A, B or C."""
    return _joined(list(dict.fromkeys(models)), "or")


def with_article(noun: str, article: str = "a") -> str:
    """A name with `a` or `an` in front, by its first letter; `article` is `a` or, at a sentence's start, `A`."""
    return f"{article}{'n' if noun[:1] in 'AEIOU' else ''} {noun}"


def _joined(words: Sequence[str], conjunction: str) -> str:
    return f" {conjunction} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)
