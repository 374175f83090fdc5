"""The rule file, and one module for each operation that a rule can ask for."""
