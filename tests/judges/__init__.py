"""The real things that judge what prisma-decouple makes: Prisma, PostgreSQL, squawk."""
