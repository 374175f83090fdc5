"""Refactors a Prisma schema together with its database, its way back and the TypeScript that uses it.

```python
from prisma_decouple import load_rules, parse_schema, refactor

schema = parse_schema(text)  # str(schema) == text
change = refactor(schema, load_rules("decouple.yaml"))
change.schema, change.migration.up, change.migration.down, change.hints
```

The names are imported when they are used, so that a command pays only for what it needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from prisma_decouple.errors import DecoupleError as DecoupleError
    from prisma_decouple.formatting import format_schema as format_schema
    from prisma_decouple.model.validation import Diagnostic as Diagnostic
    from prisma_decouple.model.validation import validate_schema as validate_schema
    from prisma_decouple.refactoring import Change as Change
    from prisma_decouple.refactoring import refactor as refactor
    from prisma_decouple.rules.rulefile import RuleSet as RuleSet
    from prisma_decouple.rules.rulefile import load_rules as load_rules
    from prisma_decouple.rules.rulefile import parse_rules as parse_rules
    from prisma_decouple.syntax.nodes import Schema as Schema
    from prisma_decouple.syntax.parser import parse_files as parse_files
    from prisma_decouple.syntax.parser import parse_schema as parse_schema
    from prisma_decouple.syntax.parser import read_schema as read_schema

__version__ = "0.1.0"

_HOMES = {
    "Change": "refactoring",
    "DecoupleError": "errors",
    "Diagnostic": "model.validation",
    "RuleSet": "rules.rulefile",
    "Schema": "syntax.nodes",
    "format_schema": "formatting",
    "load_rules": "rules.rulefile",
    "parse_files": "syntax.parser",
    "parse_rules": "rules.rulefile",
    "parse_schema": "syntax.parser",
    "read_schema": "syntax.parser",
    "refactor": "refactoring",
    "validate_schema": "model.validation",
}

__all__ = [*_HOMES]  # noqa: PLE0604 - the keys are strings


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Import a public name from its home on first use (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    """The public names."""
    return sorted([*globals(), *_HOMES])
