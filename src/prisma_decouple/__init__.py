"""Refactors a Prisma schema together with its database, its way back and the TypeScript that uses it."""
