"""`check`: what a project wants (`settings`), and whether its schema and its migrations are so."""
