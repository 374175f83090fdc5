"""Fields of a form or an import that data describes: `[{ name: "title" }, { name: "authorId", required: true }]`.

Nothing leads from there to the record; the fields that stand beside it tell which model is meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.form_rules import DESCRIBED, demands
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import fields_of, is_likelier_of_others
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.syntax import children_of, key_of, string_value
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_SEVERAL = 2
# What a description of an API says of a parameter that is no part of a body (OpenAPI, "Parameter Object").
_PLACE = "in"


def find_described_fields(file: FileContext) -> None:
    """Note the descriptions of fields that have to be given, and that a record can do without now.

    Args:
        file: the file, when it is known what its forms ask for; its findings are filled.
    """
    names = {name for model in file.facts.changed_models for name in file.facts.nullable_names(model)}
    for place, name, beside in _described(file) if names & file.source.words else ():
        model = _model_of(file, name, beside) if name in names and not file.is_told(place, Kind.FLOW) else ""
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


def _name_in(description: Node) -> str:
    """The name of the field that an object describes."""
    named = (each for each in children_of(description) if key_of(each) in DESCRIBED)
    return next(filter(None, (string_value(each.child_by_field_name("value")) for each in named)), "")


def _is_demanding(description: Node) -> bool:
    return demands(description) and all(name != _PLACE for name, _ in properties(description))


def _model_of(file: FileContext, name: str, beside: set[str]) -> str:
    """The model with a field that may be null now which has more of the other fields than any that always has it."""
    facts = file.facts
    shared = {each: len(fields_of(facts, each) & beside) for each in facts.models if name in fields_of(facts, each)}
    changed = [each for each in sorted(facts.changed_models) if name in facts.nullable_names(each)]
    own = max((each for each in changed), key=lambda each: shared.get(each, 0), default="")
    most, others = shared.get(own, 0), max((shared[each] for each in shared.keys() - {*changed}), default=0)
    is_own = most > others or (most == others and not is_likelier_of_others(facts, name, file.source.words))
    return own if most >= _SEVERAL and is_own else ""
