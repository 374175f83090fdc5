"""Whether a place that says a name is about a model in which that may be null now, and does something with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.spoken.said_names import MEMBERS
from prisma_decouple.typescript.likeness import fields_of, words_of
from prisma_decouple.typescript.source.addresses import gives_path
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.patterns import key_in_pattern
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import enclosing_function
from prisma_decouple.typescript.source.signatures import may_be_left_out
from prisma_decouple.typescript.source.syntax import ancestors, callee, first_name, is_function, key_of, text_of
from prisma_decouple.typescript.source.who_asks import tells_who_asks
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.givers import comes_of_path
from prisma_decouple.typescript.types.taken import binding_around, taken_out_of
from prisma_decouple.typescript.types.typed import What, members_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.finders.spoken.said_names import Name
    from prisma_decouple.typescript.types.typed import Type

# What Prisma's own types say of a place: others look there.
_QUERIES = frozenset(
    {
        *(What.ARGS, What.CLIENT, What.DELEGATE, What.FILTER, What.INPUT, What.LOADS),
        *(What.ORDER, What.QUERY, What.UPDATE, What.WRITE),
    }
)
_OF_PAGES = frozenset({"limit", "offset", "page", "pageSize", "search", "skip", "sortBy", "take"})
_DECLARED = frozenset(
    {"abstract_class_declaration", "class_declaration", "interface_declaration", "type_alias_declaration"}
)
_NULLABLE = re.compile(r"\bnull(?:able|ish)?\b|\bundefined\b|\boptional\b")
_INSIDE = re.compile(r"\{.*\}", re.DOTALL)
_PRINTS = re.compile(r"^(?:console|log|logger)$")
_GLOBALS = frozenset({"Math", "Number", "Object", "document", "window"})
_HOOK = re.compile(r"^use[A-Z]")
_ADDRESS = re.compile(r"^`(?:/|https?:|\$\{\w+\}/)|[?&]\w+=")
_NO_VALUES = frozenset({"import_statement", "literal_type"})
_SOME, _SEVERAL = 2, 3


def unit_of(node: Node) -> Node:
    """The function with a name that a place is in, or else the declaration, or the statement of the file.

    Args:
        node: the place.
    """
    function, _ = enclosing_function(node)
    if function is not None:
        return function
    last = node
    for outer in ancestors(node):
        if outer.type in _DECLARED:
            return outer
        if outer.type == "program":
            break
        last = outer
    return last


def is_concerned(file: FileContext, node: Node, name: Name) -> bool:
    """Whether a place is, as far as can be seen, about a model in which it may be null now, and was not asked for.

    Args:
        file: the file.
        node: where the name is said.
        name: the name.
    """
    return not _is_passed_over(file, node) and is_about(file, node, name)


def is_about(file: FileContext, node: Node, name: Name) -> bool:
    """The same, whatever is done there with the value."""
    outer = node.parent
    if outer is None:
        return False
    if outer.type == "member_expression" and node.type == "property_identifier":
        return _is_of_read(file, outer, name)
    if outer.type in MEMBERS:
        return _is_of_member(file, outer, name)
    if outer.type == "pair_pattern" or node.type == "shorthand_property_identifier_pattern":
        return _is_of_pattern(file, outer if outer.type == "pair_pattern" else node, name)
    if outer.type == "pair" or node.type == "shorthand_property_identifier":
        return _is_of_literal(file, node, name)
    return _is_of_name(file, node, name)


def _is_of_read(file: FileContext, read: Node, name: Name) -> bool:
    """Whether what is read is read of such a record, and is not there for certain."""
    owner = read.child_by_field_name("object")
    is_asked = not name.is_gone and (is_narrowed(file, read) or _is_set(read))
    if is_asked or _is_elsewhere(file, read):
        return False
    return _is_of(file, read, name, file.types.of(owner) if owner is not None else None)


def _is_of_member(file: FileContext, member: Node, name: Name) -> bool:
    """Whether a written type says of such a record that it is always there."""
    written = _INSIDE.sub("", text_of(member.child_by_field_name("type")))
    is_open = not name.is_gone and (may_be_left_out(member) or _NULLABLE.search(written))
    beside = {key_of(each) for each in member.parent.named_children} if member.parent is not None else set()
    is_like = name.is_key or any(len(fields_of(file.facts, each) & beside) >= _SOME for each in name.models)
    return not is_open and is_like and _is_likely(file, member, name, beside)


def _is_of_pattern(file: FileContext, part: Node, name: Name) -> bool:
    """Whether a part of a pattern is taken out of such a record, and not out of an address."""
    binding = binding_around(part)
    value = binding.child_by_field_name("value") if binding is not None else None
    owner = taken_out_of(file, part)
    is_known = owner is not None or (name.is_key and not (value is not None and gives_path(value)))
    beside = {key_in_pattern(each) for each in part.parent.named_children} if part.parent is not None else set()
    return is_known and _is_of(file, part, name, owner, beside)


def _is_of_name(file: FileContext, node: Node, name: Name) -> bool:
    """Whether a name, or a text, is that of the key where such records are spoken of."""
    is_asked = node.type == "identifier" and (is_narrowed(file, node) or comes_of_path(Place(file, node)))
    words = _words_of_unit(node) | _words(file.source.path)
    return not is_asked and any(_is_spoken_of(each, words) for each in name.models) and _is_likely(file, node, name)


def _is_passed_over(file: FileContext, node: Node) -> bool:
    """Whether a place does nothing with a value: it names it for a query, prints it, or waits for it to change."""
    given = inner = node
    for outer in ancestors(node):
        is_address = outer.type == "template_string" and _ADDRESS.search(text_of(outer))
        if is_address or outer.type in _NO_VALUES or _is_key_of_list(outer):
            return True
        if outer.type == "variable_declarator" and outer.child_by_field_name("name") == node:
            return True  # what it holds says the same
        if outer.type == "call_expression" and inner.type == "arguments":
            receiver, method = callee(outer)
            is_query = receiver is not None and file.delegates.model_of(receiver) is not None
            is_waited_for = _HOOK.match(method) and given.type == "array"
            if is_query or is_waited_for or _PRINTS.match(text_of(receiver)):
                return True
        if is_function(outer):
            return False
        given, inner = inner, outer
    return False


def _is_key_of_list(attribute: Node) -> bool:
    """Whether an attribute only tells the elements of a list apart: `key={book.authorId}`."""
    return attribute.type == "jsx_attribute" and text_of(attribute.named_children[0]) == "key"


def _is_elsewhere(file: FileContext, read: Node) -> bool:
    """Whether what is read is JavaScript's own, a model of the client, or tells who asks: `session.author`."""
    is_asked = read.parent is not None and read.parent.type == "member_expression"
    is_model = is_asked and file.delegates.model_of(read) is not None
    is_own = first_name(read) in _GLOBALS
    return is_own or is_model or (tells_who_asks(read) and first_name(read) != "this")


def _is_set(read: Node) -> bool:
    outer = read.parent
    return outer is not None and outer.type == "assignment_expression" and outer.child_by_field_name("left") == read


def _is_of_literal(file: FileContext, node: Node, name: Name) -> bool:
    """Whether a property is one of a record, and not of a query."""
    literal = next((each for each in ancestors(node) if each.type == "object"), None)
    wanted = expected(file, literal) if literal is not None else None
    value = node.parent.child_by_field_name("value") if node.parent is not None else None
    if literal is None or (value is not None and not name.is_gone and _NULLABLE.search(text_of(value))):
        return False
    if wanted is not None and wanted.what is What.RECORD:
        return wanted.model in name.models
    is_query = wanted is not None and wanted.what in _QUERIES
    return not is_query and _is_likely(file, node, name, {each for each, _ in properties(literal)})


def _is_of(file: FileContext, node: Node, name: Name, owner: Type | None, beside: Collection[str] = ()) -> bool:
    """Whether what has a property is such a record, or may be one."""
    if owner is not None and owner.what is What.RECORD:
        return owner.model in name.models
    if owner is not None and owner.what in _QUERIES:
        return False
    shape = owner.place if owner is not None and owner.what is What.SHAPE else None
    return _is_likely(file, node, name, {key_of(each) for each in members_of(shape.node)} if shape else beside)


def _is_likely(file: FileContext, node: Node, name: Name, beside: Collection[str] = ()) -> bool:
    """Whether a name is likely to be that of such a record, by what stands beside it, or by what is spoken of there."""
    if not _OF_PAGES.isdisjoint(beside):  # what a list is asked for by
        return False
    others = _others(file.facts, name)
    if not others:
        return True
    own, other = (
        max(len(fields_of(file.facts, each) & {*beside}) for each in models) for models in (name.models, others)
    )
    if len(beside) >= _SEVERAL and own != other:
        return own > other
    for words in (_words(file.source.path), _words_of_unit(node), file.source.words):
        told = [any(_is_spoken_of(each, words) for each in models) for models in (name.models, others)]
        if told[0] != told[1]:
            return told[0]
    return len(others) <= len(name.models)


def _words_of_unit(node: Node) -> frozenset[str]:
    """The words of the function, or the declaration, that a place is in, its name included."""
    return _words(f"{enclosing_function(node)[1]} {text_of(unit_of(node))}")


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


def _is_spoken_of(model: str, words: Iterable[str]) -> bool:
    """Whether the name of a model is a part of one of some names: `addBook`, `books`."""
    own = f" {' '.join(words_of(model))} "
    return any(own in f" {' '.join(words_of(each))} " for each in words)


def _others(facts: SchemaFacts, name: Name) -> set[str]:
    """The models that have something of the same name that is as it was."""
    found = {each.model for each in facts.relations if name.text == each.name or name.text in each.foreign_keys}
    return (found | {each.model for each in facts.columns if each.name == name.text}) - name.models
