"""The places that meet the change of the schema: a package for what code does there, in it a module for each kind."""
