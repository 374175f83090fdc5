"""What people write for us, in YAML and TOML: plain values that remember where they stand."""
