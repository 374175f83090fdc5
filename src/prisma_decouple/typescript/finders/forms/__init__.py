"""Forms that ask for what a record can do without, or hand it over as an empty text."""
