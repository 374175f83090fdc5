"""What is proposed for a place, and the texts that come of it."""
