"""The operators that compare or calculate, and those that give one of their sides, the second only when needed."""

from __future__ import annotations

EQUAL = frozenset({"==", "==="})
DIFFERENT = frozenset({"!=", "!=="})
COMPARISONS = EQUAL | DIFFERENT
STRICT = frozenset({"===", "!=="})  # they tell null from undefined
FALLBACKS = frozenset({"??", "||"})
CHOICES = FALLBACKS | {"&&"}
ARITHMETIC = frozenset({"-", "*", "/", "%", "**"})  # without `+`, which texts have as well
