"""TypeScript's own compiler, asked in a throw-away copy of the code."""
