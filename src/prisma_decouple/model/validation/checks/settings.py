"""Datasources and generators.

Which settings there are, what they may hold and which preview features exist was asked of Prisma 6.19.3 and 7.10, one
setting at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.model.spelling import string
from prisma_decouple.model.validation.connectors import CONNECTORS
from prisma_decouple.model.validation.expressions import elements, kind_of, objects_among, words
from prisma_decouple.model.validation.registry import check
from prisma_decouple.syntax.nodes import Array, Call, Property

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.validation.registry import Problem
    from prisma_decouple.model.validation.table import Table
    from prisma_decouple.syntax.nodes import Block, Expression, SourceFile

_URLS = ("url", "directUrl", "shadowDatabaseUrl")
_GENERATOR_TEXTS = ("provider", "output", "engineType")
_DATASOURCE_SETTINGS = {"provider", "relationMode", "referentialIntegrity", *_URLS}

_FINISHED_PREVIEWS = words("""
aggregateApi atomicNumberOperations clientExtensions cockroachDb cockroachdb connectOrCreate createMany dataProxy deno
distinct driverAdapters extendedIndexes extendedWhereUnique fieldReference filteredRelationCount filterJson
fullTextIndex fullTextSearch groupBy improvedQueryRaw interactiveTransactions jsonProtocol microsoftSqlServer
middlewares mongoDb mongodb multiSchema namedConstraints nApi napi nativeTypes omitApi orderByAggregateGroup
orderByNulls orderByRelation prismaSchemaFolder queryCompiler referentialActions referentialIntegrity
selectRelationCount tracing transactionApi uncheckedScalarInputs reactNative typedSql
""")
_PREVIEWS = {
    "nativeDistinct",
    "postgresqlExtensions",
    "relationJoins",
    "schemaEngineDriverAdapters",
    "shardKeys",
    "strictUndefinedChecks",
    "views",
    *_FINISHED_PREVIEWS,
}
_PREVIEWS_OF_POSTGRESQL = ("fullTextSearchPostgres",)
_PREVIEWS_OF_VERSION = {6: {"metrics"}, 7: {"partialIndexes"}}


def _properties(block: Block) -> Iterator[Property]:
    return (member for member in block.members if isinstance(member, Property))


@check("V101", "settings")
def setting_without_value(table: Table) -> Iterator[Problem]:
    """A setting has no value."""
    for block in table.schema.blocks("datasource", "generator"):
        for each in _properties(block):
            if each.value is None:
                yield each, f"`{each.name}` of `{block.name}` has no value"


@check("V102", "settings")
def setting_twice(table: Table) -> Iterator[Problem]:
    """A setting is given twice."""
    for block in table.schema.blocks("datasource", "generator"):
        seen: set[str] = set()
        for each in _properties(block):
            if each.name in seen:
                yield each, f"`{each.name}` is given twice in `{block.name}`"
            seen.add(each.name)


@check("V103", "settings")
def several_datasources(table: Table) -> Iterator[Problem]:
    """There is more than one datasource."""
    for block in list(table.schema.blocks("datasource"))[1:]:
        yield block, f"`{block.name}` is a second datasource; a schema has one"


@check("V104", "settings")
def provider_of_datasource(table: Table) -> Iterator[Problem]:
    """The provider of a datasource is missing or not one that Prisma knows."""
    for block in table.schema.blocks("datasource"):
        if "provider" not in block.properties:
            yield block, f"the datasource `{block.name}` has no `provider`"
            continue
        value = block.properties["provider"]
        if value is not None and string(value) not in CONNECTORS:
            yield value, f"the provider of `{block.name}` must be one of {', '.join(CONNECTORS)}, as a string"


@check("V105", "settings")
def url_missing(table: Table) -> Iterator[Problem]:
    """A datasource of Prisma 6 has no `url`."""
    has_adapter = table.connector.name == "sqlite" and table.has_preview("schemaEngineDriverAdapters")
    if table.is_before_7 and not has_adapter:
        for block in table.schema.blocks("datasource"):
            if "url" not in block.properties:
                yield block, f"the datasource `{block.name}` has no `url`, which Prisma {table.version} requires"


@check("V106", "settings")
def url_not_allowed(table: Table) -> Iterator[Problem]:
    """A datasource of Prisma 7 has a connection URL, which belongs into prisma.config.ts."""
    if not table.is_before_7:
        for block in table.schema.blocks("datasource"):
            for each in _properties(block):
                if each.name in _URLS:
                    yield each, f"Prisma {table.version} wants `{each.name}` in prisma.config.ts, not in the schema"


@check("V107", "settings")
def url_form(table: Table) -> Iterator[Problem]:
    """A connection URL is neither a string nor `env("…")`."""
    for block in table.schema.blocks("datasource"):
        for name in _URLS:
            value = block.properties.get(name)
            if value is not None and not _is_text(value):
                yield value, f'`{name}` must be a string or `env("NAME")`'


def _is_text(value: Expression) -> bool:
    """Whether a value is a string, or `env` of one string."""
    if isinstance(value, Call):
        return value.name == "env" and _has_one_string(value)
    return kind_of(value) == "string"


def _has_one_string(call: Call) -> bool:
    items, has_comma = call.arguments.items, "," in call.arguments.closing
    return len(items) == 1 and not has_comma and kind_of(items[0].value) == "string"


@check("V108", "settings")
def shadow_database(table: Table) -> Iterator[Problem]:
    """The shadow database is the database itself."""
    for block in table.schema.blocks("datasource"):
        shadow = block.properties.get("shadowDatabaseUrl")
        text = str(shadow).strip()
        if shadow is not None and string(shadow) != "":
            for name in ("url", "directUrl"):
                if str(block.properties.get(name)).strip() == text:
                    yield shadow, f"`shadowDatabaseUrl` is the same as `{name}`; migrating would empty that database"


@check("V109", "settings")
def relation_mode(table: Table) -> Iterator[Problem]:
    """`relationMode` is not one that the provider has."""
    for block in table.schema.blocks("datasource"):
        given = [name for name in ("relationMode", "referentialIntegrity") if name in block.properties]
        if len(given) > 1:
            yield block, "`referentialIntegrity` is the old name of `relationMode`; give one of them"
        allowed = ("prisma",) if table.connector.name == "mongodb" else ("prisma", "foreignKeys")
        for name in given:
            value = block.properties[name]
            if value is not None and string(value) not in allowed:
                words = " or ".join(f'"{word}"' for word in allowed)
                yield value, f"`{name}` must be {words}"


@check("V110", "settings")
def schemas(table: Table) -> Iterator[Problem]:
    """`schemas` is not a list of different names, or the provider has no such setting."""
    for block in table.schema.blocks("datasource"):
        value = block.properties.get("schemas")
        if value is None:
            continue
        names = [string(item) for item in elements(value)]
        if None in names:
            yield value, "`schemas` is a list of strings"
        elif not names:
            yield value, "`schemas` lists at least one schema when it is there"
        elif len(set(names)) < len(names):
            yield value, "`schemas` names a schema twice"
        elif table.connector.name and not table.connector.can("schemas"):
            yield value, f"{table.connector.name} has no `schemas`"


@check("V111", "settings")
def unknown_datasource_setting(table: Table) -> Iterator[Problem]:
    """A datasource has a setting that Prisma does not know."""
    known = {*_DATASOURCE_SETTINGS, "schemas", *({"extensions"} if table.connector.name == "postgresql" else ())}
    for block in table.schema.blocks("datasource"):
        for each in _properties(block):
            if each.name not in known:
                yield each, f"a datasource has no setting `{each.name}`"


@check("V112", "settings")
def extensions(table: Table) -> Iterator[Problem]:
    """`extensions` is malformed or its preview feature is off."""
    for block in table.schema.blocks("datasource"):
        value = block.properties.get("extensions")
        if value is None or table.connector.name != "postgresql":
            continue
        if not table.has_preview("postgresqlExtensions"):
            yield value, "`extensions` needs the preview feature `postgresqlExtensions`"
        for item in elements(value):
            if isinstance(item, Call):
                yield from _extension_arguments(item)
            elif kind_of(item) != "constant":
                yield item, "an extension is a name, with or without arguments"
            name = item.name if isinstance(item, Call) else str(item)
            if kind_of(item) in {"constant", "call"} and "-" in name:
                yield item, "the name of an extension has no dash; write the name that it has in `map`"


def _extension_arguments(call: Call) -> Iterator[Problem]:
    seen: set[str | None] = set()
    for argument in call.arguments.items:
        if argument.name in seen:
            yield argument, f"`{argument.name}` is given twice"
        seen.add(argument.name)
        if argument.name not in {"map", "schema", "version"}:
            yield argument, "an extension takes `map`, `schema` and `version`"
        elif string(argument.value) is None:
            yield argument, f"`{argument.name}` of an extension is a string"


@check("V113", "settings")
def generator_settings(table: Table) -> Iterator[Problem]:
    """A setting of a generator is missing or has a value of the wrong kind."""
    for block in table.schema.blocks("generator"):
        if "provider" not in block.properties:
            yield block, f"the generator `{block.name}` has no `provider`"
        for name in _GENERATOR_TEXTS:
            value = block.properties.get(name)
            may_be_env = name != "engineType"
            if value is not None and not (_is_text(value) if may_be_env else kind_of(value) == "string"):
                yield value, f"`{name}` of a generator is a string"
        targets = block.properties.get("binaryTargets")
        for item in elements(targets) if targets is not None else ():
            if not _is_text(item):
                yield item, "`binaryTargets` is a list of strings"


@check("V117", "settings")
def env_of_generators(table: Table) -> Iterator[Problem]:
    """`env` in a generator's own setting is not given the name of one variable."""
    for block in table.schema.blocks("generator"):
        for each in _properties(block):
            if each.name not in _GENERATOR_TEXTS and each.value is not None:
                for value in _flat(each.value):
                    if isinstance(value, Call) and value.name == "env" and not _has_one_string(value):
                        yield value, '`env` is given the name of one variable, as a string: `env("NAME")`'


def _flat(value: Expression) -> Iterator[Expression]:
    """A value, or what is in an array and in the arrays in it."""
    pending = [value]
    while pending:
        each = pending.pop()
        if isinstance(each, Array):
            pending += elements(each)
        else:
            yield each


@check("V114", "settings")
def preview_features(table: Table) -> Iterator[Problem]:
    """A preview feature does not exist in this version of Prisma."""
    names = _PREVIEWS | _PREVIEWS_OF_VERSION[6 if table.is_before_7 else 7]
    for file in table.schema.files:
        generators = [block for block in file.blocks if block.keyword == "generator"]
        known = {name.lower() for name in (*names, *(_PREVIEWS_OF_POSTGRESQL if _is_of_postgresql(file) else ()))}
        for block in generators:
            value = block.properties.get("previewFeatures")
            for item in elements(value) if value is not None else ():
                if (string(item) or "").lower() not in known:
                    yield item, f"Prisma {table.version} has no preview feature {str(item).strip()}"


def _is_of_postgresql(file: SourceFile) -> bool:
    """Whether the datasource is PostgreSQL's; Prisma looks for it in the file of the generator alone."""
    sources = (block for block in file.blocks if block.keyword == "datasource")
    return any(string(block.properties.get("provider")) in {"postgresql", "postgres"} for block in sources)


@check("V115", "settings")
def object_literals(table: Table) -> Iterator[Problem]:
    """`{ key: value }` is written in a schema of Prisma 6."""
    if table.is_before_7:
        for node in objects_among(table.values):
            yield node, f"Prisma {table.version} does not know `{{ key: value }}`"
