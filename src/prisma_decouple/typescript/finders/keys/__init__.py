"""Keys and fields that may be null now, where they arrive, and what stands in for them or is asked of them there."""
