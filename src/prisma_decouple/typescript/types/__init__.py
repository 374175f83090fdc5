"""What an expression is (`expressions`), and what its place takes (`places`); each package says what it knows."""
