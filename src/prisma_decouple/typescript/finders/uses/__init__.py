"""What code does with a value that may be missing now, and where a value gets to: what the finders of all kinds ask."""
