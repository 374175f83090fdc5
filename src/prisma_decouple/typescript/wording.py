"""Lists in the words of a sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from prisma_decouple.typescript.changes import LostField, NewValue, RetypedField
    from prisma_decouple.typescript.hints import Line

MADE_SAFE = " Made safe,"
"""How a sentence begins, behind another one, on what becomes of a read with `?.`."""

_LONGEST = 60
_NAMED = 6
# A User, a Unit, a Euro, a OneTimeCode.
_SPOKEN_AS_CONSONANT = re.compile(r"Eu|One|U(?:[ks]|ni|r[il]|RL|ti)")


def name_list(names: Sequence[str]) -> str:
    """Names as code: `a`, or `a` and `b`."""
    return _joined([f"`{name}`" for name in names], "and")


def model_list(models: Iterable[str]) -> str:
    """Alternatives: A, B or C."""
    return _joined(list(dict.fromkeys(models)), "or")


def word_list(words: Iterable[str]) -> str:
    """Several things, such as kinds of records, each once: A, B and C."""
    return _joined(list(dict.fromkeys(words)), "and")


def line_list(path: str, lines: Iterable[Line]) -> str:
    """The first of some lines, behind "in": `lines 4 and 9` of the file of that path, and ``other.ts:3`` of others."""
    ordered = sorted(lines, key=lambda each: (each.file != path, each.file, each.line))
    own = [str(each.line) for each in ordered[:_NAMED] if each.file == path]
    here = f"line{'s' if len(own) > 1 else ''} {word_list(own)}" if own else ""
    others = [f"`{each.file}:{each.line}`" for each in ordered[:_NAMED] if each.file != path]
    elsewhere = word_list([*others, *(["other places"] if len(ordered) > _NAMED else [])])
    return ", and in ".join(filter(None, [here, elsewhere]))


def excerpt(code: str) -> str:
    """Code as a part of a sentence: in one line, and not longer than one reads."""
    line = " ".join(code.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()} …"


def with_article(noun: str, article: str = "a") -> str:
    """A name with `a` or `an` in front, as it is spoken; `article` is `a` or, at a sentence's start, `A`."""
    is_vowel = noun[:1] in "AEIOU" and not _SPOKEN_AS_CONSONANT.match(noun)
    return f"{article}{'n' if is_vowel else ''} {noun}"


def may_be(new: NewValue) -> str:
    """What a value of an enum may be now, in words, without the full stop."""
    return f"{with_article(new.enum, 'A')} may be `{new.value}` now"


def missing(lost: LostField) -> str:
    """What is not there, in words, without the full stop."""
    if lost.was:
        return (
            f"{with_article(lost.model, 'A')} is here now, where {with_article(lost.was)} was, and has no `{lost.name}`"
        )
    return f"{with_article(lost.model, 'A')} has no `{lost.name}` any more"


def now_called(lost: LostField) -> str:
    """A sentence, behind another one, on what has taken the place of a field; empty when nothing has."""
    if not lost.successor:
        return ""
    if lost.is_single:
        return f" Its one record is `{lost.successor}` now."
    return f" It {'is called' if lost.is_renamed else 'seems to be'} `{lost.successor}` now."


def _joined(words: Sequence[str], conjunction: str) -> str:
    return f" {conjunction} ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def now_and_before(field: RetypedField) -> str:
    """What the values of a field are now, and were."""
    return f"The `{field.field}` of {with_article(field.model)} is `{field.after}` now, and was `{field.before}`."
