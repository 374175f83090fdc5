"""Members of types that repeat a model and say that a field which became optional is never null: `genre: string`.

What is known to flow into a type is told there. So this is about types of which that is not known, as of what a page
gets from elsewhere, or takes out of a column of JSON.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.widening.key_types import members_around, name_around
from prisma_decouple.typescript.finders.widening.widened_members import widen
from prisma_decouple.typescript.hints import Confidence
from prisma_decouple.typescript.likeness import is_called_after_only, only_model_with, repeats
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import MEMBERS, key_of, nearest, text_of
from prisma_decouple.typescript.types.places.givers import is_open, whole_givers_of
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalField
    from prisma_decouple.typescript.context import FileContext


def find_field_types(file: FileContext) -> None:
    """Note such members, once it is known which types have to let null in.

    Args:
        file: the file; its findings are filled.
    """
    fields = {each.field for each in file.facts.optional_fields}
    for member in file.source.nodes(*MEMBERS) if fields & file.source.words else ():
        field = _repeated(file, member) if key_of(member) in fields else None
        if field is None or place_key(Place(file, member)) in file.findings.widened.keys() | file.findings.kept:
            continue
        is_named = _is_called_after(file, member, field.model)
        if not is_named and file.facts.is_shared(field.field) and not _is_only(file, member, field.model):
            continue
        why = (
            f"`{field.field}` of {with_article(field.model)} may be null now, and this repeats one and says that it "
            "never is. Look whether it has to."
        )
        widen(Place(file, member), Confidence.LIKELY if is_named else Confidence.UNSURE, why, is_lazy=True)


def _is_called_after(file: FileContext, member: Node, model: str) -> bool:
    """Whether the type around a member, or what has it, is called after a model: `book: { genre: string }`."""
    holder = nearest(member, "property_signature")
    held = key_of(holder) if holder is not None else ""
    return is_called_after_only(file.facts, name_around(member) or held, model)


def _is_only(file: FileContext, member: Node, model: str) -> bool:
    """Whether a model is the only one with all that stands beside a member."""
    return only_model_with(file.facts, members_around(member)) == model


def _repeated(file: FileContext, member: Node) -> OptionalField | None:
    """The field that a member repeats as it was, by the names beside it and its type."""
    name, names = key_of(member), members_around(member)
    meant = [each for each in file.facts.optional_fields if each.field == name]
    found = next((each for each in meant if repeats(file.facts, each.model, names)), None)
    says = text_of(member.child_by_field_name("type")).removeprefix(":").strip()
    if found is None or says != found.scalar_type or any(child.type == "?" for child in member.children):
        return None
    given = whole_givers_of(file, member, name)
    is_known = bool(given) and not any(is_open(each, name) for each in given)
    return None if is_known else found
