"""The checks by topic; each registers itself under its code."""

from __future__ import annotations

from prisma_decouple.model.validation.checks import names, settings

__all__ = ["names", "settings"]
