"""From the tree to the data model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.errors import SchemaError, did_you_mean
from prisma_decouple.model.datamodel import (
    DataModel,
    Enum,
    Index,
    IndexField,
    Model,
    NativeType,
    RelationField,
    ScalarField,
)
from prisma_decouple.model.spelling import SCALAR_TYPES, mapped, name, string
from prisma_decouple.syntax.nodes import Array, Atom, Call
from prisma_decouple.syntax.places import place_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prisma_decouple.syntax.nodes import Attribute, Block, Expression, Field, Schema

_INDEX_ATTRIBUTES = ("id", "unique", "index", "fulltext")


def read_model(schema: Schema) -> DataModel:
    """Understand a schema.

    Args:
        schema: the tree of all its files.

    Returns:
        Its models, enums and relations.

    Raises:
        SchemaError: a field has a type that does not exist, an attribute names a field that does not exist, or a name
            is defined twice.
    """
    names: dict[str, Block] = {}
    for block in schema.blocks("model", "view", "enum", "type"):
        if block.name in names:
            raise SchemaError(f"`{block.name}` is defined twice", place=place_of(schema, block))
        names[block.name] = block
    settings = next((block.properties for block in schema.blocks("datasource")), {})
    models = {name: _model(schema, block, names) for name, block in names.items() if block.keyword in {"model", "view"}}
    _check_references(schema, models)
    return DataModel(
        schema=schema,
        provider=string(settings.get("provider")),
        has_foreign_keys=string(settings.get("relationMode")) != "prisma",
        models=models,
        enums={name: _enum(block) for name, block in names.items() if block.keyword == "enum"},
        composites={name: block for name, block in names.items() if block.keyword == "type"},
        namespaces=tuple(_strings_in(settings.get("schemas"))),
    )


def _model(schema: Schema, block: Block, names: dict[str, Block]) -> Model:
    scalars: dict[str, ScalarField] = {}
    relations: dict[str, RelationField] = {}
    for field in block.fields:
        if field.name in scalars or field.name in relations:
            message = f"`{block.name}` has two fields named `{field.name}`"
            raise SchemaError(message, place=place_of(schema, field))
        target = names.get(field.type)
        if target is not None and target.keyword in {"model", "view"}:
            relations[field.name] = _relation(field)
        elif target is not None or field.type in SCALAR_TYPES or field.type.startswith("Unsupported("):
            scalars[field.name] = _scalar(field, is_enum=target is not None and target.keyword == "enum")
        else:
            raise SchemaError(
                f"`{field.type}` is neither a model, an enum nor a type of Prisma",
                place=place_of(schema, field),
                hint=did_you_mean(field.type, [*names, *SCALAR_TYPES]),
            )
    namespace = block.attribute("schema")
    model = Model(
        name=block.name,
        node=block,
        table=mapped(block),
        namespace=string(namespace.get("map", 0)) if namespace else None,
        scalars=scalars,
        relations=relations,
        indexes=tuple(_indexes(block)),
    )
    _check_field_names(schema, model)
    return model


def _check_field_names(schema: Schema, model: Model) -> None:
    """Relations and indexes must speak of fields that are there, or everything later would stumble over them."""
    for relation in model.relations.values():
        for field in relation.fields:
            if field not in model.scalars:
                raise SchemaError(
                    f"`{model.name}.{relation.name}` uses the field `{field}`, which `{model.name}` does not have",
                    place=place_of(schema, relation.node),
                    hint=did_you_mean(field, model.scalars),
                )
    for index in model.indexes:
        for field in index.names:
            # A dotted name reaches into a composite type.
            if "." not in field and field not in model.scalars:
                raise SchemaError(
                    f"`@@{index.kind}` of `{model.name}` uses the field `{field}`, which `{model.name}` does not have",
                    place=place_of(schema, model.node),
                    hint=did_you_mean(field, model.scalars),
                )


def _check_references(schema: Schema, models: dict[str, Model]) -> None:
    for model in models.values():
        for relation in model.relations.values():
            for field in relation.references:
                if field not in models[relation.target].scalars:
                    raise SchemaError(
                        f"`{model.name}.{relation.name}` points at the field `{field}`, "
                        f"which `{relation.target}` does not have",
                        place=place_of(schema, relation.node),
                        hint=did_you_mean(field, models[relation.target].scalars),
                    )


def _scalar(field: Field, *, is_enum: bool) -> ScalarField:
    default = field.attribute("default")
    return ScalarField(
        name=field.name,
        node=field,
        type=field.type,
        is_list=field.is_list,
        is_optional=field.is_optional,
        is_enum=is_enum,
        column=mapped(field),
        native_type=_native_type(field.attributes),
        default=default.get("value", 0) if default else None,
    )


def _native_type(attributes: Iterable[Attribute]) -> NativeType | None:
    for attribute in attributes:
        _, dot, type_name = attribute.name.partition(".")
        if dot:
            arguments = attribute.arguments.items if attribute.arguments else ()
            return NativeType(type_name, tuple(str(argument.value).strip() for argument in arguments))
    return None


def _relation(field: Field) -> RelationField:
    attribute = field.attribute("relation")

    def argument(label: str, position: int | None = None) -> Expression | None:
        return attribute.get(label, position) if attribute else None

    return RelationField(
        name=field.name,
        node=field,
        target=field.type,
        is_list=field.is_list,
        is_optional=field.is_optional,
        fields=names_in(argument("fields")),
        references=names_in(argument("references")),
        relation=string(argument("name", 0)),
        on_delete=name(argument("onDelete")),
        on_update=name(argument("onUpdate")),
        constraint=string(argument("map")),
    )


def _indexes(block: Block) -> Iterable[Index]:
    for field in block.fields:
        for attribute in field.attributes:
            if attribute.name in {"id", "unique"}:
                options = _options(attribute, skip=("map", "sort", "ops", "where"))
                part = IndexField(field.name, _options(attribute, only=("sort", "ops")))
                where = attribute.get("where")
                yield Index(attribute.name, (part,), string(attribute.get("map")), options, where, field)
    for line in block.attributes:
        attribute = line.attribute
        if attribute.name in _INDEX_ATTRIBUTES:
            parts = tuple(_index_fields(attribute.get("fields", 0)))
            options = _options(attribute, skip=("fields", "map", "name", "where"))
            given = string(attribute.get("map"))
            if given is None and attribute.name == "index":
                # The older spelling of `map`; the `name` of a key is the client's and means nothing to the database.
                given = string(attribute.get("name"))
            yield Index(attribute.name, parts, given, options, attribute.get("where"), line)


def _options(
    attribute: Attribute, skip: tuple[str, ...] = (), only: tuple[str, ...] = ()
) -> tuple[tuple[str, str], ...]:
    items = attribute.arguments.items if attribute.arguments else ()
    named = ((item.name, str(item.value).strip()) for item in items if item.name and item.name not in skip)
    return tuple((name, value) for name, value in named if not only or name in only)


def names_in(value: Expression | None) -> tuple[str, ...]:
    """The names in an array such as `[userId, providerId]`; a single name counts as an array of one."""
    return tuple(part.name for part in _index_fields(value))


def _strings_in(value: Expression | None) -> Iterable[str]:
    """The values of the string literals in an array such as `["shop", "auth"]`."""
    found = (string(item.value) for item in value.items) if isinstance(value, Array) else ()
    return (text for text in found if text is not None)


def _index_fields(value: Expression | None) -> Iterable[IndexField]:
    for expression in [item.value for item in value.items] if isinstance(value, Array) else [value]:
        if isinstance(expression, Atom):
            yield IndexField(expression.text)
        elif isinstance(expression, Call):
            pairs = ((item.name or "", str(item.value).strip()) for item in expression.arguments.items)
            yield IndexField(expression.name, tuple(pairs))


def _enum(block: Block) -> Enum:
    namespace = block.attribute("schema")
    return Enum(
        name=block.name,
        node=block,
        type_name=mapped(block),
        namespace=string(namespace.get("map", 0)) if namespace else None,
        values=tuple((value.name, mapped(value)) for value in block.values),
    )
