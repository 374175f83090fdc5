"""The steps of a migration, as data: compared out of two schemas, ordered, and reversible."""
