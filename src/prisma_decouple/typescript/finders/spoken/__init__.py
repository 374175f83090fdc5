"""What else speaks of what may be null now, of which nothing is known to be wrong."""
