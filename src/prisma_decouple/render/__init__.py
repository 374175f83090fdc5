"""From data to text: the SQL of a migration, the guide for the code, the summary."""
