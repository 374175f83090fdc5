"""What is proved, one module for each kind of proof; each takes the stage and returns its lines of the result."""
