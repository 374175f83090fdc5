"""Fields whose values are of another type now, or others: what they are given, compared with and calculated into."""
