"""Fields of a form or an import that data describes: `[{ name: "title" }, { name: "authorId", required: true }]`.

Nothing leads from there to the record; the fields that stand beside it tell which model is meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.form_rules import DESCRIBED, demands
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import likeliest_model
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.syntax import children_of, function_around, key_of, string_value, unwrapped
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

# What a description of an API says of a parameter that is no part of a body (OpenAPI, "Parameter Object").
_PLACE = "in"
_REQUIRED = re.compile(r"(?:mandatory|needed|required)_?(?:columns|fields|keys|params|props)", re.IGNORECASE)


def find_described_fields(file: FileContext) -> None:
    """Note the descriptions of fields that have to be given, and that a record can do without now.

    Args:
        file: the file, when it is known what its forms ask for; its findings are filled.
    """
    names = {name for model in file.facts.changed_models for name in file.facts.nullable_names(model)}
    for place, name, beside in (*_described(file), *_listed(file)) if names & file.source.words else ():
        if name not in names or file.is_told(place, Kind.FLOW):
            continue
        model = likeliest_model(file.facts, name, beside, file.source.words)
        if model:
            why = f"This is a field that has to be given, and by those beside it the `{name}` of {with_article(model)},"
            why += " which may be without one now. Look whether it still should."
            file.hint(place, Kind.FLOW, Confidence.UNSURE, why)


def _described(file: FileContext) -> Iterator[tuple[Node, str, set[str]]]:
    """The demanding descriptions of fields, each with the name of the field, and those of all that stand there."""
    for listed in file.source.nodes("array"):
        named = [(each, _name_in(each)) for each in children_of(listed) if each.type == "object"]
        names = {name for _, name in named if name}
        yield from ((each, name, names) for each, name in named if name and _is_demanding(each))
    for literal in file.source.nodes("object"):
        given = dict(properties(literal))
        described = ((name, value) for name, value in given.items() if value.type == "object" and _is_demanding(value))
        yield from ((value.parent or value, name, {*given}) for name, value in described)


def _listed(file: FileContext) -> Iterator[tuple[Node, str, set[str]]]:
    """The names in lists that are called so: `protected requiredFields = ["title", "authorId"]`.

    What a function does with a list of its own is followed there.
    """
    for holder in file.source.nodes("variable_declarator", "public_field_definition", "pair"):
        listed = holder.child_by_field_name("value")
        listed = unwrapped(listed) if listed is not None else None
        is_meant = listed is not None and listed.type == "array" and _REQUIRED.fullmatch(key_of(holder))
        if listed is not None and is_meant and function_around(holder) is None:
            named = [(each, string_value(each)) for each in children_of(listed)]
            names = {name for _, name in named if name}
            yield from ((each, name, names) for each, name in named if name)


def _name_in(description: Node) -> str:
    """The name of the field that an object describes."""
    named = (each for each in children_of(description) if key_of(each) in DESCRIBED)
    return next(filter(None, (string_value(each.child_by_field_name("value")) for each in named)), "")


def _is_demanding(description: Node) -> bool:
    return demands(description) and all(name != _PLACE for name, _ in properties(description))
