"""What is written in the language of GraphQL and says never null where a model may have it now: `authorId: Int!`.

In a schema, `type Book { authorId: Int! }`, and in what a page sends, `mutation ($authorId: Int!) { … }`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_repeated_by, words_of
from prisma_decouple.typescript.source.graphql import shapes_in
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.graphql import Field, Shape

_QUOTE = len("`")
# What is called so asks for records, and makes none.
_ASKS = frozenset({"argument", "criteria", "filter", "order", "query", "search", "sort", "unique", "where"})


def find_graphql_documents(file: FileContext) -> None:
    """Note the fields and inputs that have to let null in.

    Args:
        file: the file; its findings are filled.
    """
    names = {name for model in file.facts.changed_models for name in file.facts.nullable_names(model)}
    is_about = bool(names & file.source.words) and not file.source.is_component
    for node in file.source.nodes("template_string", "string") if is_about else ():
        for shape in shapes_in(file.source.data[node.start_byte + _QUOTE : node.end_byte - _QUOTE]):
            _check(file, node, shape)


def _check(file: FileContext, node: Node, shape: Shape) -> None:
    """The fields of a type or input that repeats a changed model."""
    if shape.is_taken and not _ASKS.isdisjoint(words_of(shape.name)):
        return
    names = {each.name for each in shape.fields}
    for model in sorted(file.facts.changed_models):
        changed = set(file.facts.nullable_names(model)) & names
        if changed and is_repeated_by(file.facts, model, shape.name, names):
            for field in (each for each in shape.fields if each.name in changed):
                _note(file, node, field, model, is_taken=shape.is_taken)


def _note(file: FileContext, node: Node, field: Field, model: str, *, is_taken: bool) -> None:
    if not field.is_needed:
        file.fine()
        return
    start, end = (node.start_byte + _QUOTE + each for each in (field.start, field.end))
    why = f"This says that `{field.name}` is never null; that of {with_article(model)} may be null now."
    what = "What is sent without one is refused" if is_taken else "An answer with null in it becomes an error"
    sureness = Confidence.UNSURE if is_taken else Confidence.LIKELY
    edit = Edit(end - 1, end, "")
    file.hint(node, Kind.TYPE, sureness, f"{why} {what}: let null in.", [edit], part=(start, end))
