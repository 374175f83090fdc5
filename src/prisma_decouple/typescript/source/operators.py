"""The operators that compare, and those that give one of their sides and look at the second only when needed."""

from __future__ import annotations

EQUAL = frozenset({"==", "==="})
DIFFERENT = frozenset({"!=", "!=="})
COMPARISONS = EQUAL | DIFFERENT
STRICT = frozenset({"===", "!=="})  # they tell null from undefined
FALLBACKS = frozenset({"??", "||"})
CHOICES = FALLBACKS | {"&&"}
