"""Forms of which nothing tells where they are sent: what they ask for, by the names of their fields.

`<form action={formAction}><input name="title" /><select name="authorId" required>`, whose action gets all of it by way
of a schema. The fields that stand together tell which model is meant, also those in components of other files.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.child_components import parts_of
from prisma_decouple.typescript.finders.forms.demanding_inputs import note_demanded
from prisma_decouple.typescript.finders.forms.emptied_fields import added_values
from prisma_decouple.typescript.finders.forms.form_fields import TAGS, field_of_call, names_of, shown_by
from prisma_decouple.typescript.finders.forms.library_forms import begun_in
from prisma_decouple.typescript.likeness import likeliest_model
from prisma_decouple.typescript.routes.states import STATES
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.literals import properties
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import (
    FUNCTIONS,
    call_arguments,
    callee,
    descendants,
    function_around,
    last_name,
    nearest,
    text_of,
    unwrapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 2
_KEPT = STATES | {"reactive", "$state"}
# What makes a form of Angular of its fields.
_GROUPS = frozenset({"FormGroup", "group"})
_FORM = re.compile(r"^form$|Form$")
_IS_FORM = re.compile(
    r"<[fF]orm\b|<\w+\.Form\b|[oO]n-?[sS]ubmit|handleSubmit|<[A-Z]\w*Form\b|FormGroup|FormBuilder|new FormData\("
)


def find_named_forms(file: FileContext) -> None:
    """Note what such forms ask for that a record can do without now.

    Args:
        file: the file, when it is known what the others ask for; its findings are filled.
    """
    names = {name for model in file.facts.changed_models for name in file.facts.nullable_names(model)}
    if is_test(file.source.path) or not _IS_FORM.search(file.source.text):
        return
    for page in _pages(file):
        for form in (page, *_forms_in(page)):
            fields = {field for each in _with_parts(Place(file, form), _DEPTH) for field in _fields(each.node)}
            for name in sorted(names & fields):
                model = likeliest_model(file.facts, name, fields, file.source.words)
                if model:
                    note_demanded(Place(file, form), frozenset(_called(form, name)), name, (model, name))


def _forms_in(page: Node) -> Iterator[Node]:
    """The forms of a page that has several: what one of them makes is told by its own fields."""
    elements = (each for each in descendants(page, "jsx_element") if _FORM.search(_tag_of(each)))
    yield from (each for each in elements if each.named_children[1:])


def _tag_of(element: Node) -> str:
    return text_of(element.named_children[0].child_by_field_name("name"))


def _with_parts(page: Place, depth: int) -> Iterator[Place]:
    """What shows something, and the components that it is made of."""
    yield page
    for part, _ in parts_of(page, ()) if depth else ():
        yield from _with_parts(part, depth - 1)


def _pages(file: FileContext) -> Iterator[Node]:
    """The functions that show something, the classes of Angular that do, or all of a component."""
    if file.source.is_component:
        yield file.source.root
        return
    for function in file.source.nodes(*FUNCTIONS):
        if function_around(function) is None and any(next(descendants(function, kind), None) for kind in TAGS):
            yield function
    groups = (each for kind in ("call_expression", "new_expression") for each in file.source.nodes(kind))
    classes = (nearest(each, "class_declaration") for each in groups if _is_group(each))
    for each in dict.fromkeys(filter(None, classes)):
        yield each.parent if each.parent is not None and each.parent.type == "export_statement" else each


def _is_group(made: Node) -> bool:
    constructor = made.child_by_field_name("constructor")
    return (last_name(constructor) if constructor is not None else callee(made)[1]) in _GROUPS


def _fields(page: Node) -> Iterator[str]:
    """The names of the fields of a form, as far as they can be seen."""
    for tag in (each for kind in TAGS for each in descendants(page, kind)):
        yield from names_of(tag)
        yield from (last_name(each) for each in shown_by(tag) if each.type == "member_expression")
    for made in (*descendants(page, "call_expression"), *descendants(page, "new_expression")):
        literals = [begun_in(made)]
        if callee(made)[1] in _KEPT or _is_group(made):
            literals += [unwrapped(each) for each in call_arguments(made)[:1]]
        yield from (
            name for each in literals if each is not None and each.type == "object" for name, _ in properties(each)
        )
        yield from filter(None, [field_of_call(made)])
    yield from (name for name, _ in added_values(page) if name)


def _called(page: Node, name: str) -> Iterator[str]:
    """What the value of a field is called where a form shows it."""
    tags = (each for kind in TAGS for each in descendants(page, kind))
    shown = (each for tag in tags for each in shown_by(tag))
    yield from (text_of(each) for each in shown if each.type == "member_expression" and last_name(each) == name)
