"""Texts that are nearly schemas."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

EXAMPLE = (Path(__file__).parents[2] / "examples" / "sentiment" / "prisma" / "schema.prisma").read_text(
    encoding="utf-8"
)
PIECES = (
    *("{", "}", "(", ")", "[", "]", "@", "@@", "?", '"', "\\", "//", "/*", "*/", " = ", ", ", ": ", "$", "1.5", "-"),
    *("\n", "\r\n", "\r", "\t", "\u00a0", "\u3000", "\u2028", "\0", "é", "\U0001d4b3"),
    *("model A {\n", "enum", "@id", "@@index([id])\n", "{{x}}"),
)
SNIPPETS = st.sampled_from(PIECES)


@st.composite
def edited_schemas(draw):
    """A valid schema in which a few things were inserted, deleted or repeated."""
    text = EXAMPLE
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, min(len(text), start + 40)))
        middle = draw(st.one_of(SNIPPETS, st.just(""), st.just(text[start:end] * 2), st.text(max_size=5)))
        text = text[:start] + middle + text[end:]
    return text
