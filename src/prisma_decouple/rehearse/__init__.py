"""A migration proved on a real database before anybody runs it.

`rehearsal` is the front door. Everything here needs the extra `prisma-decouple[rehearse]`, and nothing else does.
"""
