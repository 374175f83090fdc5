"""The libraries of schemas: by what they are known, what a plain value is called there, and how null is let in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.source.project import Foreign, Symbol
from prisma_decouple.typescript.source.scopes import is_parameter
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    callee,
    is_function,
    last_name,
    string_value,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


class Library(NamedTuple):
    """A library of schemas.

    Attributes:
        modules: what the names of its modules match.
        null: how a `{schema}` is written that lets null in; `{own}` stands before what the library calls its schemas.
            Empty where that is not known.
        name: what it is called where nothing tells where it comes from.
        refuses: what takes back that nothing is let in, where it stands behind that.
    """

    modules: str
    null: str
    name: str = ""
    refuses: frozenset[str] = frozenset()


_ENDS = "{schema}.nullable()"
_WRAPS = "{own}nullable({schema})"
ARKTYPE = Library(r"arktype$", '{schema}.or("null")')
ZOD = Library(r".*\bzod\b", _ENDS, "z")
YUP = Library(r"yup$", _ENDS, "yup", frozenset({"nonNullable", "required"}))
_LIBRARIES = (
    Library(r"(?:@zod/mini|zod/(?:v4/|v4-)?mini)$", _WRAPS),
    ZOD,
    YUP,
    Library(r"(?:@hapi/joi|joi)$", "{schema}.allow(null)", "joi"),
    Library(r"@vinejs/vine$", _ENDS, "vine"),
    Library(r"valibot$", _WRAPS),
    Library(r"superstruct$", _WRAPS),
    ARKTYPE,
    Library(r"runtypes$", _ENDS),
    Library(r"io-ts$", "{own}union([{schema}, {own}null])"),
    Library(r"elysia$", "{own}Nullable({schema})"),
    Library(r"(?:@sinclair/)?typebox$", "{own}Union([{schema}, {own}Null()])"),
    Library(r"(?:@effect/schema\b|effect$)", "{own}NullOr({schema})"),
)
_UNKNOWN = Library("", "")
# What a schema of a plain value is called in one or the other.
_VALUES = frozenset(
    {
        *("bigint", "coerce", "cuid", "cuid2", "guid", "int", "int32", "integer", "nanoid", "number", "pipe"),
        *("preprocess", "string", "ulid", "union", "uuid", "uuidv4", "uuidv7"),
        *("BigInt", "Int", "Integer", "NonEmptyString", "Number", "NumberFromString", "Numeric", "String", "UUID"),
        *("UnionEnum", "Union"),
    }
)
# How a schema is known, whatever makes it.
_PLAINLY = re.compile(r"\w+\s*(?:\.coerce\s*)?\.(?:number|string|bigint|coerce)\(")
_LETS_IN = re.compile(
    r"any|unknown|catch|default|defaulted|fallback|prefault|withDefault|(?:exact)?[oO]ptional(?:Async|Key|With)?|"
    r"notRequired|nullable(?:Async)?|nullish(?:Async)?|null_?|Null|nullType|undefined_?|Undefined|undefinedable|"
    r"Nullable|Nullish|MaybeEmpty|(?:null|Null|Nullish|Undefined)Or"
)
# The same in a text of arktype; what is behind `=` is given instead.
_IN_WORDS = re.compile(r"\b(?:any|null|undefined|unknown)\b|[^<>=]=[^=]")
_NUMBER = "number"
_EMPTY = len('""')
_NAMES = frozenset({"identifier", "property_identifier"})
_NOTHING = frozenset({"null", "undefined"})
_PARTIAL = re.compile(r"(?:deepP|p|P)artial(?:Async)?")
_DEPTH = 4


class Schema(NamedTuple):
    """What a schema is made with.

    Attributes:
        library: the library.
        word: what makes it there: `number`.
        own: what stands before that, `z.`; empty where it is imported by itself.
        module: where that comes from; empty where nothing tells.
        path: of the file in which it is made.
        is_held: whether a constant holds it, or what it is made of.
    """

    library: Library
    word: str
    own: str = ""
    module: str = ""
    path: str = ""
    is_held: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it lets a number or a text through."""
        return self.word in _VALUES


def schema_at(file: FileContext, value: Node, depth: int = _DEPTH) -> Schema | None:
    """What a schema is made with; None for anything else.

    Args:
        file: the file.
        value: the expression: `z.number().int()`, `t.number`, `number()`, or a constant that holds such.
        depth: how many constants are gone through.
    """
    start, names = _start(value)
    if start is None or not depth:
        is_said = value.type == "string" and _is_said_in_words(file, value)
        return Schema(ARKTYPE, _NUMBER, path=file.source.path) if is_said else None
    found = origin_of(file, start)
    if isinstance(found, Symbol) and is_parameter(start, text_of(start)):
        return _made(start, names, None)  # what makes schemas is handed over by its usual name: `(z) => z.object(…)`
    if isinstance(found, Symbol):
        held = found.node.child_by_field_name("value") if found.node.type == "variable_declarator" else None
        inner = schema_at(found.file, held, depth - 1) if held is not None else None
        made = inner._replace(is_held=True) if inner is not None else None
    else:
        made = _made(start, names, found)
    return made._replace(path=made.path or file.source.path) if made is not None else _unknown(file, value, names)


def _made(start: Node, names: list[str], found: Foreign | None) -> Schema | None:
    """What a chain of calls and reads makes that starts with a name of a library."""
    library = _library_of(found, text_of(start))
    if library is None:
        return None
    name, module = found if found is not None else ("", "")
    if library is ARKTYPE and name == "type":
        return Schema(library, _NUMBER, "", module)
    if name and (not names or name in _VALUES):
        return Schema(library, name, "", module)
    return Schema(library, names[0] if names else "", f"{text_of(start)}.", module)


def _unknown(file: FileContext, value: Node, names: list[str]) -> Schema | None:
    """A schema of a library that nothing is known of, by the word with which it is made: `v.string()`."""
    is_plain = value.type == "call_expression" and _PLAINLY.match(text_of(value)) is not None
    return Schema(_UNKNOWN, names[0], path=file.source.path) if is_plain else None


def _is_said_in_words(file: FileContext, text: Node) -> bool:
    """Whether a text is a schema of arktype: `type({ authorId: "number" })`."""
    given = next((each for each in ancestors(text) if each.type not in {"array", "object", "pair"}), None)
    call = given.parent if given is not None and given.type == "arguments" else None
    start = _start(call)[0] if call is not None and call.type == "call_expression" else None
    found = origin_of(file, start) if start is not None else None
    return isinstance(found, Foreign) and _library_of(found, "") is ARKTYPE


def origin_of(file: FileContext, name: Node) -> Foreign | Symbol | None:
    """Where a name is declared, or where it comes from: also by `const Joi = require("joi")`.

    Args:
        file: the file.
        name: the name.
    """
    found = file.project.lookup(file, name, text_of(name))
    if not isinstance(found, Symbol):
        return found
    value = found.node.child_by_field_name("value") if found.node.type == "variable_declarator" else None
    is_call = value is not None and value.type == "call_expression" and callee(value)[1] == "require"
    module = string_value(next(iter(call_arguments(value)), None)) if value is not None and is_call else ""
    return Foreign(text_of(name), module) if module else found


def makes_schemas(module: str) -> bool:
    """Whether a module is a library of schemas, or of rules for requests."""
    return module == "express-validator" or any(re.match(each.modules, module) for each in _LIBRARIES)


def _library_of(found: Foreign | None, name: str) -> Library | None:
    if found is not None:
        return next((each for each in _LIBRARIES if re.match(each.modules, found.module)), None)
    return next((each for each in _LIBRARIES if each.name and each.name == name.lower()), None)


def _start(value: Node) -> tuple[Node | None, list[str]]:
    """The name that a chain of calls and reads starts with, and the names behind it."""
    node, names = value, list[str]()
    while node.type in {"call_expression", "member_expression"}:
        if node.type == "member_expression":
            names.append(last_name(node))
        inner = node.child_by_field_name("object" if node.type == "member_expression" else "function")
        if inner is None:
            return None, []
        node = inner
    return (node, names[::-1]) if node.type == "identifier" else (None, [])


def lets_nothing_in(value: Node, library: Library) -> bool:
    """Whether a schema lets null in, or need not be given anything, or takes an empty text for that."""
    calls = [callee(each)[1] for each in (value, *descend(value)) if each.type == "call_expression"]
    last = next((each for each in calls if each in library.refuses or _LETS_IN.fullmatch(each)), "")
    if last:
        return last not in library.refuses
    return any(_is_nothing(each, library) for each in (value, *descend(value)))


def _is_nothing(node: Node, library: Library) -> bool:
    if node.type in _NAMES:
        return _LETS_IN.fullmatch(text_of(node)) is not None
    if node.type == "string":
        return _IN_WORDS.search(text_of(node)) is not None if library is ARKTYPE else len(text_of(node)) == _EMPTY
    return node.type in _NOTHING


def descend(node: Node) -> Iterator[Node]:
    """The nodes inside a node, what is in functions apart."""
    for each in node.named_children:
        if not is_function(each):
            yield each
            yield from descend(each)


def is_partial(member: Node, name: str) -> bool:
    """Whether a member of an object's schema need not be given, because none, or none of some, need be."""
    for outer in ancestors(member):
        if is_function(outer) or outer.type in {"pair", "variable_declarator"}:
            return False
        if outer.type == "call_expression" and _PARTIAL.fullmatch(callee(outer)[1]):
            is_method = callee(outer)[0] is not None  # what a function of its own is given are the members
            listed = [each for each in call_arguments(outer) if is_method and each.type in {"array", "object"}]
            return not listed or member in listed[0].named_children or name in text_of(listed[0])
    return False
