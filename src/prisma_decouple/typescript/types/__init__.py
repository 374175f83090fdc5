"""What an expression is, what its place takes, and where values arrive."""
