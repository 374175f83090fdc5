"""Forms of React Admin and Refine, which send what they ask for to the resource that they are about.

`<Edit resource="books"><ReferenceInput source="authorId" validate={required()} />`. Without a resource it is the one of
the page (React Admin's documentation, "Create": "resource"), which is called after it: `BookCreate`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.demanding_inputs import note_demanded
from prisma_decouple.typescript.likeness import is_called_after_only
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import function_name
from prisma_decouple.typescript.source.syntax import (
    FUNCTIONS,
    children_of,
    descendants,
    function_around,
    key_of,
    string_value,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_PACKAGES = re.compile(r"^(?:react-admin|ra-\w[\w-]*|@react-admin/.*|@refinedev/.*|@pankod/refine.*)$")
_RESOURCE = "resource"


def find_resource_forms(file: FileContext) -> None:
    """Note what such forms ask for that a record of the resource can do without now.

    Args:
        file: the file; its findings are filled.
    """
    if not any(map(_PACKAGES.match, file.modules)):
        return
    for page in (each for each in file.source.nodes(*FUNCTIONS) if function_around(each) is None):
        names = list(_resources(page)) or [function_name(page)]
        for model in sorted(file.facts.changed_models):
            if any(is_called_after_only(file.facts, name, model) for name in names):
                for name in file.facts.nullable_names(model):
                    note_demanded(Place(file, page), (), name, (model, name))


def _resources(page: Node) -> Iterator[str]:
    """The resources that a page names: `<Create resource="books">`, `useForm({ resource: "books" })`."""
    for pair in descendants(page, "pair"):
        if key_of(pair) == _RESOURCE and (said := string_value(pair.child_by_field_name("value"))):
            yield said
    for attribute in descendants(page, "jsx_attribute"):
        name, *values = children_of(attribute)
        if text_of(name) == _RESOURCE:
            yield from filter(None, map(string_value, values))
