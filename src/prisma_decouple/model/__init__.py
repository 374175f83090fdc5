"""What a schema means: models, fields and relations, and the database that Prisma makes of them."""
