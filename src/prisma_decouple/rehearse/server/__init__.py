"""PostgreSQL servers for a rehearsal: one of our own, or a few scratch databases on one of the user's."""

from __future__ import annotations

from prisma_decouple.rehearse.server.choose import open_server as open_server
from prisma_decouple.rehearse.server.scratch import Server as Server
