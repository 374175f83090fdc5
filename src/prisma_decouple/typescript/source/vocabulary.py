"""The words of Prisma's client, of arrays and of mocks that tell what a call gives back."""

from __future__ import annotations

import re

DECIMAL = "Prisma.Decimal"
CREATES = frozenset({"create", "createMany", "createManyAndReturn", "upsert"})
# The methods of a model in a Prisma client; the ones that give records back also tell what a variable holds.
METHODS = CREATES | {
    *("findUnique", "findUniqueOrThrow", "findFirst", "findFirstOrThrow", "findMany"),
    *("update", "updateMany", "updateManyAndReturn", "delete", "deleteMany", "count", "aggregate", "groupBy"),
}
# Those that throw where there is no such record.
THROWING = frozenset({"findFirstOrThrow", "findUniqueOrThrow"})
# Those that give no records back.
NO_RECORDS = frozenset({"aggregate", "count", "createMany", "deleteMany", "groupBy", "updateMany"})
# Those of a function that a test has put in place of another one, to say what it gives.
MOCKS = frozenset({"mockResolvedValue", "mockResolvedValueOnce", "mockReturnValue", "mockReturnValueOnce"})
# Those that expect what such a function was called with, in Jest, Vitest and Jasmine, and how many come first.
EXPECTED = {
    **dict.fromkeys(("toHaveBeenCalledWith", "toBeCalledWith", "toHaveBeenLastCalledWith", "lastCalledWith"), 0),
    **dict.fromkeys(("toHaveBeenCalledExactlyOnceWith", "toHaveBeenCalledOnceWith"), 0),
    **dict.fromkeys(("toHaveBeenNthCalledWith", "nthCalledWith"), 1),
}
# Methods of arrays that give elements of the same array back, or hand them to their callback first.
SAME_ELEMENTS = frozenset(
    {
        "at",
        "filter",
        "find",
        "findLast",
        "pop",
        "shift",
        "slice",
        "flat",
        "concat",
        "reverse",
        "sort",
        "toSorted",
        "toReversed",
        "toSpliced",
        "with",
    }
)
# Methods of arrays that put their arguments into them, and those that make a list of what their callback gives back.
ADDS = frozenset({"push", "unshift"})
MAPS = frozenset({"flatMap", "map"})
# What keeps a value, or a function, between two renderings of a page, in React and in Vue.
KEEPS = frozenset({"computed", "useCallback", "useMemo"})
# What makes a key of a text, or a text of a key.
KEY_CONVERSIONS = frozenset({"BigInt", "Number", "Number.parseInt", "String", "parseInt"})
# The field by which a record is known, in almost every schema: of one that is there it is never null, nor 0.
ID = "id"
# What every list has, whatever the fields of its elements are called.
OF_LISTS = frozenset({"at", "entries", "fill", "filter", "find", "keys", "length", "map", "some", "sort", "values"})
# What every file has whose methods have names that functions of a code base may have as well (ECMAScript 2024).
BUILT_IN = frozenset({"Array", "JSON", "Map", "Math", "Number", "Object", "Promise", "Reflect", "String", "console"})
CALLBACKS = frozenset({"map", "flatMap", "forEach", "filter", "find", "findIndex", "findLast", "some", "every", "sort"})
# Which parameters of a callback receive an element.
ELEMENT_PARAMETERS = {
    **dict.fromkeys(CALLBACKS, (0,)),
    **dict.fromkeys(("sort", "toSorted"), (0, 1)),
    **dict.fromkeys(("reduce", "reduceRight"), (1,)),
}
# Types that are there in every file without an import and whose names a model might have (lib.dom.d.ts and lib.es5.d.ts
# of TypeScript 5.9.3, @types/node).
GLOBAL_TYPES = frozenset(
    {
        *("Animation", "Audio", "Blob", "Body", "Buffer", "Cache", "Clipboard", "Comment", "Console"),
        *("Credential", "Crypto", "Date", "Document", "Element", "Error", "Event", "File", "Function", "Gamepad"),
        *("Generator", "Geolocation", "Headers", "Highlight", "History", "Image", "Iterator", "Keyframe", "Location"),
        *("Lock", "Map", "Math", "Navigator", "Node", "Notification", "Number", "Object", "Option", "Parameters"),
        *("Performance", "Permissions", "Plugin", "Promise", "Proxy", "Range", "Report", "Request"),
        *("Response", "Screen", "Selection", "Set", "Storage", "String", "Symbol", "Text", "Touch", "Transformer"),
        *("Window", "Worker", "Worklet", "FormData", "FileList", "FileReader", "MediaStream", "MessageChannel"),
        *("MessageEvent", "MessagePort", "PaymentAddress", "PaymentMethodChangeEvent", "PaymentRequest"),
        *("PaymentResponse", "PerformanceEntry", "PushSubscription", "ShareData", "StorageEvent", "TextTrack"),
        *("UserActivation", "WebSocket"),
    }
)
# Types of TypeScript's library that are objects and never null (lib.es5.d.ts and later ones of TypeScript 5.9.3), that
# of Node for bytes, and the plain type of which the grammar makes no keyword.
OBJECT_TYPES = GLOBAL_TYPES | {
    *("bigint", "Buffer"),
    *("Array", "ArrayBuffer", "AsyncIterable", "Iterable", "PromiseLike", "ReadonlyArray", "ReadonlyMap"),
    *("ReadonlySet", "Record", "RegExp", "URL", "URLSearchParams", "Uint8Array", "WeakMap"),
}
# What is made of a list of keys with their values.
MADE_OF_ENTRIES = frozenset({"Map", "Object.fromEntries"})
# What is written down where nothing is said.
UNTYPED = frozenset({"any", "any[]", "Array<any>", "unknown", "unknown[]"})
# The same, of what a function gives back.
UNTYPED_RESULTS = frozenset(f"Promise<{each}>" for each in UNTYPED) | UNTYPED
# What reads the body of a request as the type that it is told: in Hono and its like.
READS_BODY = re.compile(r"(?:^|\.)(?:req|request)\.json$")
