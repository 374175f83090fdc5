"""What refuses data for want of what a record can do without now: schemas, checks, guards and lookups."""
