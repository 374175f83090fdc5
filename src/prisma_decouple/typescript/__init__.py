"""Where user code meets the changed models: facts in, hints out. Only a scan itself imports tree-sitter."""
