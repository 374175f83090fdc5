"""What the schema has no more, or has under another name: fields, models, values and keys that code still names."""
