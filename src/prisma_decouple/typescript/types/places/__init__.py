"""What the place of a value takes, and where the value gets to from there."""
