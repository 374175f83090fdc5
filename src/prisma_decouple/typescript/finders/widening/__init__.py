"""Written types, parameters and casts that say never null, and that have to let null in or stay as they are."""
