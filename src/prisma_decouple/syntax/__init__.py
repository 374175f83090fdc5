"""The schema as text: the lossless tree, the parser and the layout of `prisma format`."""
