"""The checks by topic; each registers itself under its code."""

from __future__ import annotations

from prisma_decouple.model.validation.checks import arguments, defaults, names, native_types, settings, types, values

__all__ = ["arguments", "defaults", "names", "native_types", "settings", "types", "values"]
