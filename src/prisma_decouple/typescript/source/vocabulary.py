"""The words of Prisma's client and of arrays that tell what a call gives back."""

from __future__ import annotations

CREATES = frozenset({"create", "createMany", "createManyAndReturn", "upsert"})
# The methods of a model in a Prisma client; the ones that give records back also tell what a variable holds.
METHODS = CREATES | {
    *("findUnique", "findUniqueOrThrow", "findFirst", "findFirstOrThrow", "findMany"),
    *("update", "updateMany", "updateManyAndReturn", "delete", "deleteMany", "count", "aggregate", "groupBy"),
}
# Those that give no records back.
NO_RECORDS = frozenset({"aggregate", "count", "createMany", "deleteMany", "groupBy", "updateMany"})
# Methods of arrays that give elements of the same array back, or hand them to their callback first.
SAME_ELEMENTS = frozenset(
    {"at", "filter", "find", "findLast", "pop", "shift", "slice", "concat", "reverse", "sort", "toSorted"}
)
CALLBACKS = frozenset({"map", "flatMap", "forEach", "filter", "find", "findIndex", "findLast", "some", "every", "sort"})
# Which parameters of a callback receive an element.
ELEMENT_PARAMETERS = {
    **dict.fromkeys(CALLBACKS, (0,)),
    **dict.fromkeys(("sort", "toSorted"), (0, 1)),
    **dict.fromkeys(("reduce", "reduceRight"), (1,)),
}
