"""What else speaks of what may be null now, or is gone, of which nothing is known to be wrong."""
