"""Reads on from what may be absent now, and what is done for the first time where it is."""
