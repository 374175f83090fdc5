"""Attributes: whether they exist, may stand there, and have the arguments that they need."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import msgspec

from prisma_decouple.model.validation.checks.keys import keys_of
from prisma_decouple.model.validation.expressions import elements, index_length, items_of, kind_of, spelled
from prisma_decouple.model.validation.registry import check
from prisma_decouple.model.validation.table import once_per_table
from prisma_decouple.syntax.nodes import Call

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from prisma_decouple.model.validation.entries import Container, FieldEntry
    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table
    from prisma_decouple.syntax.nodes import Argument, Arguments, Attribute, Block, Expression

    _Group: TypeAlias = tuple[Sequence[Attribute], dict[str, "Form"], FieldEntry | None, Block]
    """The attributes that stand at one place, the forms that are allowed there, and of what they are."""


class Form(msgspec.Struct, frozen=True):
    """The arguments of an attribute.

    Attributes:
        unnamed: which one may be given without its name.
        arguments: name and kind of each.
        required: those that must be there.
        repeats: whether the attribute may stand several times.
    """

    unnamed: str = ""
    arguments: dict[str, str] = {}
    required: tuple[str, ...] = ()
    repeats: bool = False


_NAME = Form("name", {"name": "string"}, ("name",))
_SCHEMA = Form("map", {"map": "string"}, ("map",))
_PLAIN = Form()
_KEY = {"fields": "fields", "name": "name", "map": "name", "clustered": "boolean"}
_PART = {"map": "name", "length": "length", "sort": "order", "clustered": "boolean"}
_WHERE = {"where": "any"}

_FIELD_FORMS: dict[str, Form] = {
    "map": _NAME,
    "ignore": _PLAIN,
    "updatedAt": _PLAIN,
    "shardKey": _PLAIN,
    "id": Form(arguments=_PART),
    "unique": Form(arguments=_PART),
    "default": Form("value", {"value": "any", "map": "name"}, ("value",)),
    "relation": Form(
        "name",
        {
            "name": "name",
            "fields": "names",
            "references": "names",
            "map": "name",
            "onDelete": "constant",
            "onUpdate": "constant",
        },
    ),
}
_MODEL_FORMS: dict[str, Form] = {
    "map": _NAME,
    "ignore": _PLAIN,
    "schema": _SCHEMA,
    "shardKey": Form("fields", {"fields": "names"}, ("fields",)),
    "id": Form("fields", _KEY, ("fields",)),
    "unique": Form("fields", _KEY, ("fields",), repeats=True),
    "index": Form("fields", {**_KEY, "type": "constant"}, ("fields",), repeats=True),
    "fulltext": Form("fields", {"fields": "fields", "map": "name"}, ("fields",), repeats=True),
}
_ENUM_FORMS = {"map": _NAME, "schema": _SCHEMA}
_VALUE_FORMS = {"map": _NAME}
_COMPOSITE_FIELD_FORMS = {name: _FIELD_FORMS[name] for name in ("map", "default")}
_PARTIAL = {"unique", "index"}


def _forms(forms: dict[str, Form], table: Table) -> dict[str, Form]:
    """The forms of this version: Prisma 7 adds `where` to indexes."""
    if table.is_before_7 or not table.has_preview("partialIndexes"):
        return forms
    return {
        name: Form(form.unnamed, {**form.arguments, **_WHERE}, form.required, form.repeats)
        if name in _PARTIAL
        else form
        for name, form in forms.items()
    }


@once_per_table
def _groups(table: Table) -> list[_Group]:
    return list(_found_groups(table))


def _found_groups(table: Table) -> Iterator[_Group]:
    field_forms, model_forms = _forms(_FIELD_FORMS, table), _forms(_MODEL_FORMS, table)
    for container in table.containers:
        yield from _groups_of(container, model_forms, field_forms)
    for container in table.types:
        yield from _groups_of(container, {}, _COMPOSITE_FIELD_FORMS)
    for block in table.enums:
        yield [line.attribute for line in block.attributes], _ENUM_FORMS, None, block
        for value in block.values:
            if value.attributes:
                yield value.attributes, _VALUE_FORMS, None, block


def _groups_of(container: Container, forms: dict[str, Form], field_forms: dict[str, Form]) -> Iterator[_Group]:
    yield [line.attribute for line in container.node.attributes], forms, None, container.node
    for entry in container.fields:
        if entry.attributes:
            yield entry.node.attributes, field_forms, entry, container.node


def _may_be_native(entry: FieldEntry | None) -> bool:
    return entry is not None and entry.kind == "scalar"


@check("V401", "attributes")
def unknown_attributes(table: Table) -> Iterator[Problem]:
    """An attribute does not exist, or not at that place."""
    for attributes, forms, entry, block in _groups(table):
        for attribute in attributes:
            if attribute.name in forms or ("." in attribute.name and _may_be_native(entry)):
                continue
            yield attribute, f"there is no `{attribute.sigil.strip()}{attribute.name}` in a {block.keyword}"


@check("V402", "attributes")
def attributes_twice(table: Table) -> Iterator[Problem]:
    """An attribute stands twice where it may stand once."""
    for attributes, forms, _entry, _block in _groups(table):
        if len(attributes) < 2:  # noqa: PLR2004 - one stands alone
            continue
        seen: set[str] = set()
        for attribute in attributes:
            name = "native type" if "." in attribute.name else attribute.name
            if name in seen and not (name in forms and forms[name].repeats):
                yield attribute, f"`{attribute.sigil.strip()}{attribute.name}` is one too many: there can be one {name}"
            seen.add(name)


@check("V403", "attributes")
def wrong_arguments(table: Table) -> Iterator[Problem]:
    """An argument is missing, unknown, given twice or of the wrong kind."""
    for attributes, forms, _entry, _block in _groups(table):
        for attribute in attributes:
            if attribute.name in forms:
                yield from _wrong_arguments(attribute, forms[attribute.name])


def _wrong_arguments(attribute: Attribute, form: Form) -> Iterator[Problem]:
    seen: set[str] = set()
    for item in items_of(attribute):
        name = item.name or form.unnamed
        if name not in form.arguments:
            yield item, f"`@{attribute.name}` has no argument `{item.name or str(item).strip()}`"
        elif name in seen:
            yield item, f"`{name}` is given twice"
        else:
            yield from _wrong_kind(attribute, item, name, form.arguments[name])
        seen.add(name)
    for name in form.required:
        if name not in seen:
            yield attribute, f"`@{attribute.name}` needs `{name}`"


_KINDS = {
    "string": {"string"},
    "name": {"string"},
    "constant": {"constant"},
    "order": {"constant"},
    "boolean": {"constant"},
    "length": {"number"},
    "fields": {"constant", "call"},
    "names": {"constant"},
}
_WORDS = {"boolean": ("true", "false"), "order": ("Asc", "Desc")}


def _wrong_kind(attribute: Attribute, item: Argument, name: str, kind: str) -> Iterator[Problem]:
    if kind == "any":
        return
    values: Iterable[Expression] = elements(item.value) if kind in {"fields", "names"} else [item.value]
    for value in values:
        if kind_of(value) not in _KINDS[kind]:
            yield item, f"`{name}` of `@{attribute.name}` cannot be `{spelled(value)}`"
        elif kind in _WORDS and spelled(value) not in _WORDS[kind]:
            yield item, f"`{name}` is {' or '.join(_WORDS[kind])}"
        elif kind == "length" and index_length(value) is None:
            yield item, "`length` is a whole number"
        elif kind == "name" and spelled(value) == '""':
            yield item, f"`{name}` of `@{attribute.name}` is empty"
        elif isinstance(value, Call):
            yield from _wrong_part(value)


def _wrong_part(call: Call) -> Iterator[Problem]:
    """What is wrong with an element such as `title(sort: Desc)`; further names are ignored, as by Prisma."""
    for item in items_of(call):
        text = spelled(item.value)
        if item.name == "sort" and text not in _WORDS["order"]:
            yield item, "`sort` is Asc or Desc"
        elif item.name == "length" and index_length(item.value) is None:
            yield item, "`length` is a whole number"


@check("V404", "attributes")
def index_name_twice(table: Table) -> Iterator[Problem]:
    """An index has both `map` and its older spelling `name`."""
    for container in table.containers:
        for key in container.keys:
            if key.kind == "index" and key.attribute.get("name") and key.attribute.get("map"):
                yield key.attribute, "`name` is the older spelling of `map`; give one of them"


@check("V405", "attributes")
def names_without_value(table: Table) -> Iterator[Problem]:
    """An argument has a name and no value."""
    for each in _own_arguments(table):
        for item in each.items:
            if item.is_empty:
                yield item, f"`{item.name}` has no value"
    for key in keys_of(table):
        for part in key.parts:
            for item in part.node.arguments.items if isinstance(part.node, Call) else ():
                if item.is_empty:
                    yield item, f"`{item.name}` has no value"


# The formatter takes the comma away, so what it adds must not depend on it.
@check("V406", "meaning")
def trailing_commas(table: Table) -> Iterator[Problem]:
    """A comma stands behind the last argument of an attribute, of the function of a default or of that of a `where`."""
    for each in _own_arguments(table):
        if "," in each.closing:
            yield each, "there is no comma behind the last argument"


@once_per_table
def _own_arguments(table: Table) -> list[Arguments]:
    """The arguments of the attributes that are Prisma's own, and of the functions in `@default` and in `where`."""
    return list(_found_own_arguments(table))


def _found_own_arguments(table: Table) -> Iterator[Arguments]:
    for attributes, forms, _entry, _block in _groups(table):
        for attribute in attributes:
            if attribute.name in forms and attribute.arguments is not None:
                yield attribute.arguments
                value = attribute.get("value", 0) if attribute.name == "default" else attribute.get("where")
                if isinstance(value, Call):
                    yield value.arguments
