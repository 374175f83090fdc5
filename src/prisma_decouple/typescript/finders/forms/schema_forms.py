"""Forms whose values are checked by a schema that has to let null in: `useForm({ resolver: zodResolver(Schema) })`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.demanding_inputs import note_demanded
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    ancestors,
    call_arguments,
    children_of,
    descendants,
    is_function,
    key_of,
    text_of,
)
from prisma_decouple.typescript.types.libraries.validators import let_through
from prisma_decouple.typescript.wording import model_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

# What makes the checks of a form out of a schema, by which it is given first: react-hook-form, Mantine, vee-validate,
# Formik, Conform.
_MADE_OF = frozenset(
    {
        *("getValibotConstraint", "getYupConstraint", "getZodConstraint", "superstructResolver"),
        *("toFormikValidationSchema", "toTypedSchema", "typeboxResolver", "valibotResolver", "withYup", "withZod"),
        *("yupResolver", "zod4Resolver", "zodResolver"),
    }
)
# Those that are given it as an option, and the options of forms that are schemas themselves (Conform, Formik).
_PARSED = frozenset({"parseWithValibot", "parseWithYup", "parseWithZod"})
_SCHEMA, _OF_FORM = "schema", "validationSchema"


def find_schema_forms(file: FileContext) -> None:
    """Note what such forms ask for that a record can do without now.

    Args:
        file: the file, when it is known which schemas have to let null in; its findings are filled.
    """
    for given in _schemas(file):
        around = [each for each in ancestors(given) if is_function(each)][-1:]
        for member, name in _members(file, given) if around else ():
            meant = _meant(member, name)
            if meant is not None:
                note_demanded(Place(file, around[0]), (), name, meant)


def _members(file: FileContext, given: Node) -> Iterator[tuple[Place, str]]:
    """The members of a schema, each with its name; of one that is of no known type, what is written in it."""
    schema = let_through(file.types.of(given))
    for name, member in schema.bound if schema is not None else ():
        if member.said_by is not None:
            yield member.said_by, name
    declared = file.project.lookup(file, given, text_of(given)) if schema is None else None
    for pair in descendants(declared.node, "pair") if isinstance(declared, Symbol) else ():
        value = pair.child_by_field_name("value")
        if isinstance(declared, Symbol) and value is not None:
            yield Place(declared.file, value), key_of(pair)


def _schemas(file: FileContext) -> Iterator[Node]:
    """The schemas by which the forms of a file are checked."""
    for call in file.source.called(*_MADE_OF):
        yield from call_arguments(call)[:1]
    for call in file.source.called(*_PARSED):
        yield from filter(None, (property_value(each, _SCHEMA) for each in call_arguments(call)[1:2]))
    if _OF_FORM in file.source.words:
        yield from (each.named_children[-1] for each in file.source.nodes("pair") if key_of(each) == _OF_FORM)
        for attribute in file.source.nodes("jsx_attribute"):
            name, *values = attribute.named_children
            yield from (each for value in values if text_of(name) == _OF_FORM for each in children_of(value))


def _meant(member: Place, name: str) -> tuple[str, str] | None:
    """The models and the field that a member of a schema repeats which has to let null in."""
    holder, facts = member.node.parent, member.file.facts
    pair = holder if holder is not None and holder.type in PROPERTIES else member.node
    models = model_list(sorted(each for each in facts.changed_models if name in facts.nullable_names(each)))
    return (models, name) if models and member.file.is_told(pair, Kind.TYPE) else None
