"""Queries that mean something else now: filters, orders, groups, totals, ways to records and deletions."""
