"""Schemas of what records are to be made of, `createBookSchema`, that nobody uses yet and that lack what is needed now.

Of those that are used, what is made of what they let in tells whether the new key comes from elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import fields_of, is_called_after_only, words_of
from prisma_decouple.typescript.source.syntax import key_of, names_in
from prisma_decouple.typescript.types.libraries.validators import let_through
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext

_MAKES = frozenset({"add", "create", "creation", "insert", "new"})
_SEVERAL = 2
_TYPE_QUERY = "type_query"


def find_unused_schemas(file: FileContext) -> None:
    """Note such schemas that a file exports.

    Args:
        file: the file; its findings are filled.
    """
    for statement in file.source.root.named_children:
        declared = statement.child_by_field_name("declaration") if statement.type == "export_statement" else None
        for each in declared.named_children if declared is not None else ():
            name = key_of(each) if each.type == "variable_declarator" else ""
            if not _MAKES.isdisjoint(words_of(name)) and not file.is_told(each) and not _is_used(file, each, name):
                _check(file, each, name)


def _check(file: FileContext, declarator: Node, name: str) -> None:
    value = declarator.child_by_field_name("value")
    schema = let_through(file.types.of(value)) if value is not None else None
    members = {each for each, _ in schema.bound} if schema is not None else set()
    models = [each for each in file.facts.models if is_called_after_only(file.facts, name, each)]
    for model in models:
        lacking = list(_lacking(file, model, members))
        if lacking and len(fields_of(file.facts, model) & members) >= _SEVERAL:
            keys = name_list([key for each in lacking for key in each.foreign_keys])
            why = f"By its name this lets in what becomes {with_article(model)}, which needs {keys} now"
            file.hint(declarator, Kind.TYPE, Confidence.UNSURE, f"{why}: let it in, unless it comes from elsewhere.")


def _lacking(file: FileContext, model: str, members: set[str]) -> Iterator[RequiredRelation]:
    needed = file.facts.needed_of(model)
    yield from (each for each in needed if members.isdisjoint({each.field, *each.foreign_keys}))


def _is_used(file: FileContext, declarator: Node, name: str) -> bool:
    """Whether anybody uses a schema; that a type is made of it says nothing yet."""
    if any(each is not file for each in file.project.speaking_of(name)):
        return True
    uses = (each for each in names_in(file.source.root, name) if each.parent != declarator)
    return any(each.parent is not None and each.parent.type != _TYPE_QUERY for each in uses)
