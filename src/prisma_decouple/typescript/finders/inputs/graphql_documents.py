"""What is written in the language of GraphQL and says never null where a model may have it now: `authorId: Int!`.

In a schema, `type Book { authorId: Int! }`, and in what a page sends, `mutation ($authorId: Int!) { … }`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_of_question, is_repeated_by
from prisma_decouple.typescript.source.graphql import shapes_in
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node
    from typing_extensions import Unpack

    from prisma_decouple.typescript.context import FileContext, Terms
    from prisma_decouple.typescript.source.graphql import Field, Shape

_QUOTE = len("`")


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
    if shape.is_taken and is_of_question(shape.name):
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
    edits = [Edit(end - 1, end, "")]
    if is_taken:
        why = f"{_told(field.name, model)} What is sent without one is refused: let null in."
        file.hint(node, Kind.TYPE, Confidence.UNSURE, why, edits, part=(start, end))
    else:
        note_shown(file, node, field.name, model, edits, part=(start, end))


def note_shown(
    file: FileContext, node: Node, name: str, model: str, edits: list[Edit] | None, **terms: Unpack[Terms]
) -> None:
    """Note a field of a GraphQL type that says that it is never null.

    Args:
        file: the file; its findings are filled.
        node: what says so.
        name: of the field.
        model: in which it may be null.
        edits: what lets null in; None when it is not known.
        terms: what else there is to say.
    """
    why = f"{_told(name, model)} An answer with null in it becomes an error: let null in."
    file.hint(node, Kind.TYPE, Confidence.LIKELY, why, edits, **terms)


def _told(name: str, model: str) -> str:
    return f"This says that `{name}` is never null; that of {with_article(model)} may be null now."
