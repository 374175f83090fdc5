"""What code says: its files and modules, its syntax trees, and where a name comes from."""
