"""Components that are parts of a form, and what the form's values are called in them.

`<AuthorStep authorId={form.authorId} />`, and in it `<button disabled={!authorId}>Next</button>`. A class of Angular
has its template, which calls what is `this.form` there `form`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.form_fields import TAGS, attributes_of
from prisma_decouple.typescript.source.patterns import key_in_pattern, pattern_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.questions import plain
from prisma_decouple.typescript.source.scopes import bound_names, parameters
from prisma_decouple.typescript.source.syntax import CLASSES, children_of, descendants, is_inside, text_of, unwrapped
from prisma_decouple.typescript.source.templates import template_of
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_THIS = "this."


def parts_of(form: Place, texts: Collection[str]) -> Iterator[tuple[Place, frozenset[str]]]:
    """The components that are shown in a form, each once, with what the form's values are called there.

    Args:
        form: the component that has the form.
        texts: what the values are called in it.
    """
    yield from _template(form, texts)
    called: dict[str, set[str]] = {}
    places: dict[str, Place] = {}
    for tag in (each for kind in TAGS for each in descendants(form.node, kind)):
        component = component_of(form.file, tag)
        if component is not None and not (component.file is form.file and is_inside(component.node, form.node)):
            key = place_key(component)
            places.setdefault(key, component)
            called.setdefault(key, set()).update(_called(component, tag, texts))
    for key, component in places.items():
        source = component.file.source
        yield Place(component.file, source.root) if source.is_component else component, frozenset(called[key])


def _template(form: Place, texts: Collection[str]) -> Iterator[tuple[Place, frozenset[str]]]:
    """The template of a class, where it is known."""
    owner = next((each for each in (form.node, *form.node.named_children) if each.type in CLASSES), None)
    template = template_of(form.file.source.path, owner) if owner is not None else None
    shown = form.file.project.files.get(template.path) if template is not None else None
    if shown is not None:
        yield Place(shown, shown.source.root), frozenset(each.removeprefix(_THIS) for each in texts)


def component_of(file: FileContext, tag: Node) -> Place | None:
    """The component of the code base that an element is.

    Args:
        file: the file.
        tag: the opening of the element.
    """
    name = tag.child_by_field_name("name")
    found = file.types.of(name) if name is not None and text_of(name)[:1].isupper() else None
    return found.place if found is not None and found.what is What.FUNCTION else None


def _called(component: Place, tag: Node, texts: Collection[str]) -> Iterator[str]:
    """What the values of a form are called in a component: by the attributes with which it is given them."""
    for attribute, value in attributes_of(tag).items():
        given = plain(text_of(unwrapped(value))) if value is not None else ""
        rests = [
            each.removeprefix(given) for each in texts if given and (each == given or each.startswith(f"{given}."))
        ]
        yield from (f"{name}{rest}" for rest in rests for name in names_given(component, attribute))


def names_given(component: Place, attribute: str) -> Iterator[str]:
    """What a component calls what it is given by an attribute.

    Args:
        component: the component.
        attribute: the name of the attribute.
    """
    taken = next(iter(parameters(component.node)), None)
    pattern = pattern_of(taken) if taken is not None else None
    if component.file.source.is_component:
        yield from (attribute, f"props.{attribute}")
    elif pattern is not None and pattern.type == "object_pattern":
        found = (each for each in children_of(pattern) if key_in_pattern(each) == attribute)
        yield from (name for each in found for name in bound_names(each))
    elif pattern is not None:
        yield f"{text_of(pattern)}.{attribute}"
