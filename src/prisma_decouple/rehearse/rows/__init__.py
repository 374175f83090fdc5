"""Rows that obey a schema and are as nasty as it allows; the same for the same seed."""

from __future__ import annotations

from prisma_decouple.rehearse.rows.fill import fill as fill
from prisma_decouple.rehearse.rows.population import Population as Population
from prisma_decouple.rehearse.rows.table import Wishes as Wishes
