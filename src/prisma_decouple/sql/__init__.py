"""Reading SQL for PostgreSQL: as far as it has to be understood, and no further."""
