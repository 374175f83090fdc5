"""The validator: what `prisma validate` accepts and rejects, without Prisma."""

from __future__ import annotations

from prisma_decouple.model.validation.diagnostic import Diagnostic
from prisma_decouple.model.validation.validate import validate_schema

__all__ = ["Diagnostic", "validate_schema"]
