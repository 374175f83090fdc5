"""What the generated client is: its delegates, what queries give back and take, and the types of its namespace."""
