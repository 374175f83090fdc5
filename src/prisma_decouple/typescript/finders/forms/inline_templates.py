"""What the templates of Angular that stand in their components ask for: `<select name="authorId" required>`.

They are texts for TypeScript (Angular's documentation, "Components", "Template forms").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import descendants, key_of, nearest, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

_TEMPLATE, _COMPONENT = "template", "Component"
_TAG = re.compile(r"""<[A-Za-z](?:"[^"]*"|'[^']*'|[^"'<>])*>""")
_REQUIRED = re.compile(r"""\s(?:required(?![-\w])|\[required\]=["']true["'])""")
_NAMED = r"""\s(?:formControlName|name)=["']{field}["']"""
_KEPT = r"""\[\(ngModel\)\]=["'](?:this\.)?{text}["']"""
_DISABLED = r"""\s\[disabled\]=["'][^"']*!\s*(?:this\.)?{text}(?![\w.])"""
_THIS = "this."


def asking_templates(around: Node, field: str, texts: Iterable[str]) -> Iterator[tuple[Node, list[int]]]:
    """The templates that ask for a field, each with the lines in which they do.

    Args:
        around: the class, with its decorators.
        field: the name of the field.
        texts: what its value is called in the class: `this.form.authorId`.
    """
    kept = [re.escape(each.removeprefix(_THIS)) for each in texts]
    is_field = re.compile(
        "|".join([_NAMED.format(field=re.escape(field)), *(_KEPT.format(text=each) for each in kept)])
    )
    is_closed = [re.compile(_DISABLED.format(text=each)) for each in kept]
    for pair in descendants(around, "pair"):
        decorator, value = nearest(pair, "decorator"), pair.child_by_field_name("value")
        if key_of(pair) != _TEMPLATE or decorator is None or value is None or not _is_of_component(decorator):
            continue
        text, start = text_of(value), value.start_point.row + 1
        lines = [
            start + text.count("\n", 0, tag.start())
            for tag in _TAG.finditer(text)
            if _asks(tag[0], is_field, is_closed)
        ]
        if lines:
            yield pair, lines


def _is_of_component(decorator: Node) -> bool:
    return text_of(decorator).startswith(f"@{_COMPONENT}(")


def _asks(tag: str, is_field: re.Pattern[str], is_closed: Iterable[re.Pattern[str]]) -> bool:
    """Whether a field has to have a value, or something cannot be clicked without."""
    is_asked = _REQUIRED.search(tag) is not None and is_field.search(tag) is not None
    return is_asked or any(each.search(tag) for each in is_closed)
