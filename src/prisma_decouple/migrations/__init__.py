"""The migrations of a project: what their SQL does to a database with rows, and what became of them there."""
