"""Mistakes that have a name: where people make them, how they look, and what to write instead.

Most are older or other languages: Prisma 1 (`[T]`, `T!`, `name:`), Prisma 8 (contracts), SQL, GraphQL, TypeScript.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

CONTRACT = "this is a contract of Prisma 8, which is another language than the schema of Prisma 5 to 7"
BLOCK = r"(?:model|view|type|enum|datasource|generator)"
_END = r"\s*(?://.*)?$"
_HEAD_OF_CONTRACT = re.compile(r"\s*//\s*use\s+prisma-next\b")


def is_contract(path: str, text: str) -> bool:
    """Whether a file says by its name or its first line that it is a contract of Prisma 8."""
    return path.endswith("contract.prisma") or _HEAD_OF_CONTRACT.match(text) is not None


@dataclass(frozen=True)
class Mistake:
    """A mistake.

    Attributes:
        places: where it is made, in the words of `PLACES`; empty for anywhere.
        is_line: whether the pattern is that of the whole line, and not of what begins at the error.
        message: what it is.
        hint: what to write instead, with the groups of the pattern.
    """

    places: frozenset[str]
    is_line: bool
    pattern: re.Pattern[str]
    message: str
    hint: str


PLACES = (
    ("FIELD", "field", "a field (`name Type`), an attribute (`@@…`), a comment or `}` is expected here"),
    ("VALUE", "value", "an enum value, an attribute (`@@…`), a comment or `}` is expected here"),
    ("KEY", "setting", "a setting (`key = value`), a comment or `}` is expected here"),
    (
        "FIELDS_OPEN",
        "file",
        "a block is expected here: model, view, type, enum, datasource or generator, a name and `{`",
    ),
    ("LPAR", "name", "`(` or the end of the attribute is expected here"),
    ("ATOM", "argument", "a value is expected here; arguments and arrays must be on one line"),
    ("RPAR", "next", "`,` or `)` is expected here; arguments must be on one line"),
    ("RSQB", "next", "`,` or `]` is expected here; arrays must be on one line"),
    ("RBRACE", "next", "`,` or `}` is expected here"),
    ("ATTRIBUTE", "attribute", "an attribute (`@…`), a comment or the end of the line is expected here"),
    ("END", "end", "a comment or the end of the line is expected here"),
)
"""What could have stood at an error: a terminal, what the place is called here, and in the words of a person."""


def _line(places: str, pattern: str, message: str, hint: str) -> Mistake:
    return Mistake(frozenset(places.split()), True, re.compile(pattern), message, hint)  # noqa: FBT003 - named above


def _here(places: str, pattern: str, message: str, hint: str) -> Mistake:
    return Mistake(frozenset(places.split()), False, re.compile(pattern), message, hint)  # noqa: FBT003 - likewise


MISTAKES = (
    _line("", r".*(?:\{\{.*\}\}|<%)", "this is a template, not a schema", "check what the template makes instead"),
    _line("", r"\s*(?:<<<<<<<|=======|>>>>>>>)", "git has left a conflict here", "keep one of the two sides"),
    _line(
        "",
        r'(?:[^"/]|/(?!/)|"(?:[^"\\]|\\.)*")*"(?:[^"\\]|\\.)*$',
        "this string has no end",
        'write `"` behind it, on the same line',
    ),
    _line(
        "attribute",
        r"\s*(\w+)\s*=\s*(\"[^\"]*\"|\w+)\s*,?" + _END,
        "an enum value is a name alone",
        r"write `\1 @map(…)`; a value behind `=` is the language of Prisma 8, a contract",
    ),
    _line(
        "file value attribute",
        r"\s*types\s*\{|\s*namespace\s+\w+\s*\{|\s*@@type\(|\s*\w+\s*=\s*\S+.*|.*\w+\.\w+\(.*\)\s*(?:@.*)?$",
        "this may be a contract of Prisma 8, which is another language than the schema of Prisma 5 to 7",
        "",
    ),
    # --- blocks
    _line("file", rf"\s*{BLOCK}\s+\w+\s*\{{.*\}}", "a block cannot be on one line", "write each field on its own line"),
    _line("file", rf"\s*{BLOCK}\s+\w+{_END}", "the opening brace is missing", "write `{` at the end of this line"),
    _line("file", rf"\s*({BLOCK})\s*\{{", "this block has no name", r"write one behind `\1`"),
    _line("file", rf"\s*{BLOCK}\s+[_\W]", "this is no name", "a name begins with a letter"),
    _line(
        "file", r"\s*type\s+\w+\s*=", "there are no names for types", "write the type and its attributes at each field"
    ),
    _line("file", rf"\s*({BLOCK})\s+(\w+)\b.*\{{{_END}", r"a block has a keyword and a name", r"write `\1 \2 {`"),
    _line("file", rf"\s*(?i:({BLOCK}))\s+\w+\s*\{{", "a keyword has small letters", "write it in small letters"),
    _line("file", rf"\s*{BLOCK}\s+\w+\s*[(\[]", "a block stands in braces", "write `{` and `}`"),
    _line("file", r"\s*import\b", "a schema imports nothing", "the files of a folder are one schema"),
    _line(
        "file",
        r"\s*(\w+)\s+\S.*\{" + _END,
        r"there is no block `\1`",
        "there are model, view, type, enum, datasource and generator",
    ),
    _here("file", r"\}", "there is no block to close here", "remove this brace, or is a line missing above?"),
    _line(
        "field value setting attribute end name",
        rf"\s*{BLOCK}\s+\w+\s*\{{",
        "a block begins inside another one",
        "is a `}` missing above?",
    ),
    _here("attribute", r"\{", "a block begins inside another one", "write it beside, and a field whose type it is"),
    # --- comments
    _here("", r"#|--(?=\s|-|$)", "a comment begins with `//`", "write `//` instead"),
    # --- fields
    _line(
        "field attribute",
        r"\s*\w+\s+\[\s*(\w+)\s*\]",
        "a list is written behind the type",
        r"write `\1[]` instead of `[\1]`",
    ),
    _line(
        "field attribute", r"\s*\w+\s+(\w+)\s*!", "a field is required without a sign", r"write `\1` instead of `\1!`"
    ),
    _line(
        "attribute",
        r"\s*\w+\s+(\w+)\s*(?:\[\]\s*\?|\?\s*\[\])",
        "a list cannot be optional",
        r"write `\1[]`, which may be empty, or `\1?`",
    ),
    _here("attribute", r"\?|\[\s*\]", "a type has one `?` or one `[]` behind it", "remove this one"),
    _line("field", r"\s*(\w+)\s*:\s*(\w+)", "a field has no colon", r"write `\1 \2` instead of `\1: \2`"),
    _line("field", r"\s*(\w+)" + _END, "this field has no type", r"write `\1 Type`"),
    _here(
        "field value",
        r"_(\w+)",
        "a name begins with a letter",
        r'`@map("_\1")` gives the name that it has in the database',
    ),
    _line("attribute", r"\s*\w+\s+Unsupported\b", "the type of the database is missing", 'write `Unsupported("…")`'),
    _line("attribute", r"\s*\w+\s+\w+(\(.*?\))", "a type has no arguments", r"a native type has: `@db.…\1`"),
    # --- enum values
    _here("value", r"[\"'](\w+)[\"']", "an enum value is a name", r"write `\1`"),
    _line("", r".*'[^']*'", "strings stand in double quotes", "write `\"` instead of `'`"),
    # --- attributes
    _here("field", r"@(?!@)([\w.]+)", "an attribute of a model has two signs", r"write `@@\1`"),
    _here("value setting", r"@(?!@)([\w.]+)", "an attribute stands behind something", "there is nothing before it"),
    _here("attribute end name", r"@@\s*([\w.]+)", "an attribute of a field has one sign", r"write `@\1`"),
    _here("attribute end name", r"@", "an attribute has a name", "write it behind `@`"),
    _here("name", r"=\s*(\S+)", "arguments stand in parentheses", r"write `(\1)`"),
    _here("name", r"(?:\w+\(.*\)|[\w.\"]+)", "arguments stand in parentheses", "write `(` and `)` around this"),
    _here("attribute", r"(\w+)\(", "an attribute begins with `@`", r"write `@\1(…)`"),
    # --- settings
    _line("setting", r"\s*(\w+)\s*:?\s*(\S.*?)\s*[,;]?$", "a setting has `=`", r"write `\1 = \2`"),
    # --- values
    _here("next", r"=", "an argument has a colon", "write `:` instead of `=`"),
    _here(
        "next argument", r"[-+*/.]\s*[\d.]|(?<=\d)[A-Za-z_]\w*", "this is no number", "write digits, `.` and `-` only"
    ),
    _line("argument next", r".*\(\s*[{\[]\s*\"", "JSON is written as a string", r'write `"{\\"key\\": 1}"`'),
    _here("next", r"[\"\[\w]", "a comma is missing", "write `,` before this"),
    _here("next", _END, "a bracket is not closed", "close it on this line"),
    # --- lines
    _line("", r".*\S\s*\}\s*(?://.*)?$", "a closing brace stands alone", "write `}` on a line of its own"),
    _line("", r".*;" + _END, "a line has no sign at its end", "remove it"),
    _line("attribute end name", r".*," + _END, "a line has no sign at its end", "remove it"),
    _line("", r".*[(\[,]" + _END, "arguments and arrays must be on one line", "write what follows on this line"),
    _line("", r"\s*[)\]]", "arguments and arrays must be on one line", "write this on the line where it was opened"),
)
"""The first that fits is said."""
