"""Checks over a model, each with a stable code: what a team wants of its schema beyond what Prisma demands."""
