"""Records that are made without what they need now, and the functions, types and calls that lead to that."""
