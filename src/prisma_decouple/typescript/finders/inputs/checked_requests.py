"""What is checked of a request by express-validator, and refuses null: `body("authorId").isInt()`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.inputs.demanded_members import Member, note_member
from prisma_decouple.typescript.source.literals import properties, property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Foreign
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    chain_around,
    children_of,
    key_of,
    string_value,
    text_of,
)
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.libraries.schema_libraries import origin_of
from prisma_decouple.typescript.types.properties import literal_behind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_MODULE = re.compile(r"express-validator\b")
_CHECKS = ("body", "check")
_SCHEMA = "checkSchema"
_REFUSES = re.compile(r"^(?:is[A-Z]\w*|contains|equals|exists|matches|notEmpty)$")
# With these a value need not be there, or only under a condition.
_OPTIONAL = frozenset({"if", "optional"})
_ASKED_BY = re.compile(r"\b(?:params|query|headers|cookies)\b")
_LETS_IN = "optional({ nullable: true })"
_ALLOWS = "optional: { options: { nullable: true } }"


def find_checked_requests(file: FileContext) -> None:
    """Note the checks of requests that refuse a key which may be null now.

    Args:
        file: the file; its findings are filled.
    """
    keys = file.facts.optional_keys
    for call in file.source.called(*_CHECKS):
        named = [each for each in _named(call) if each in keys]
        if named and _is_of_library(file, call):
            _check_chain(file, call, named[0])
    for call in file.source.called(_SCHEMA):
        given = call_arguments(call)[:1] if _is_of_library(file, call) else []
        literal = literal_behind(Place(file, given[0])) if given else None
        for pair in children_of(literal.node) if literal is not None else ():
            if literal is not None and _last(key_of(pair) or string_value(pair.child_by_field_name("key"))) in keys:
                _check_rules(literal.file, pair, literal.node)


def _is_of_library(file: FileContext, call: Node) -> bool:
    function = call.child_by_field_name("function")
    found = origin_of(file, function) if function is not None and function.type == "identifier" else None
    return isinstance(found, Foreign) and _MODULE.match(found.module) is not None


def _named(call: Node) -> list[str]:
    """The fields that a check is about: of `body("book.authorId")` the key, of `body(["title", "pages"])` both."""
    first = next(iter(call_arguments(call)), None)
    listed = children_of(first) if first is not None and first.type == "array" else [first]
    return [_last(string_value(each)) for each in listed]


def _last(path: str) -> str:
    return path.rpartition(".")[2]


def _check_chain(file: FileContext, call: Node, name: str) -> None:
    words = set(_words(chain_around(call)))
    if words & _OPTIONAL or not any(map(_REFUSES.match, words)):
        file.fine()
        return
    is_alone = len(_named(call)) == 1
    edits = [Edit(call.end_byte, call.end_byte, f".{_LETS_IN}")] if is_alone else None
    note_member(file, Member(call, call, name, frozenset(_beside(call))), edits)


def _words(chain: Node) -> Iterator[str]:
    """The methods that are called one behind the other."""
    call: Node | None = chain
    while call is not None and call.type == "call_expression":
        receiver, method = callee(call)
        yield method
        call = receiver


def _beside(call: Node) -> Iterator[str]:
    """The fields of the checks that stand beside one, and its own."""
    listed = chain_around(call).parent
    for each in children_of(listed) if listed is not None else ():
        start = each
        while start.type == "call_expression" and (receiver := callee(start)[0]) is not None:
            start = receiver
        yield from _named(start) if start.type == "call_expression" else ()
    yield from _named(call)


def _check_rules(file: FileContext, pair: Node, schema: Node) -> None:
    """A field in a schema: `checkSchema({ authorId: { isInt: true } })`."""
    rules = pair.child_by_field_name("value")
    if rules is None or rules.type != "object" or _ASKED_BY.search(text_of(property_value(rules, "in"))):
        return
    words = [name for name, value in properties(rules) if text_of(value) != "false"]
    if not _OPTIONAL.isdisjoint(words) or not any(map(_REFUSES.match, words)):
        file.fine()
        return
    names = frozenset(_last(key_of(each)) for each in children_of(schema))
    edit = Edit(rules.start_byte + 1, rules.start_byte + 1, f" {_ALLOWS},")
    note_member(file, Member(pair, rules, _last(key_of(pair)), names), [edit])
