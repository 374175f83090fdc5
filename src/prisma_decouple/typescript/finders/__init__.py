"""The places that meet the change of the schema: a module for each kind."""
