"""What each provider can do, as far as the language depends on it.

Measured by asking Prisma's validator (6.19.3 and 7.10) about one small schema for each capability and provider.
"""

from __future__ import annotations

import msgspec

from prisma_decouple.model.validation.expressions import words


class Scope(msgspec.Struct, frozen=True):
    """Constraints whose names must differ.

    Attributes:
        is_global: whether they must in a whole database schema, not only in a model.
        kinds: of constraint.
        refused: of those the kinds that Prisma refuses when a name is taken; it does not compare the others.
    """

    is_global: bool
    kinds: frozenset[str]
    refused: frozenset[str] | None = None


class Connector(msgspec.Struct, frozen=True):
    """A provider.

    Attributes:
        name: the canonical one; empty for a schema without datasource.
        abilities: what it supports, by the names used in this package.
        name_limit: the bytes that a constraint's name may have.
        index_types: the values of `type:` in an index.
        actions: the referential actions that its foreign keys know.
        emulated_actions: those of `relationMode = "prisma"`.
        scopes: where names of constraints must differ.
    """

    name: str
    abilities: frozenset[str]
    name_limit: int = 1 << 62
    index_types: frozenset[str] = frozenset({"BTree"})
    actions: frozenset[str] = frozenset({"Cascade", "Restrict", "NoAction", "SetNull", "SetDefault"})
    emulated_actions: frozenset[str] = frozenset({"Cascade", "Restrict", "NoAction", "SetNull"})
    scopes: tuple[Scope, ...] = ()

    def can(self, ability: str) -> bool:
        """Whether it has an ability."""
        return ability in self.abilities


_GLOBAL, _MODEL = True, False
_ANY_AUTOINCREMENT = "autoincrement autoincrement-beside-id autoincrement-without-index autoincrement-many"

NO_PROVIDER = Connector("", words("autoincrement compound-ids enums json implicit-m2m any-id ordered-references"))

POSTGRESQL = Connector(
    "postgresql",
    words(
        f"{_ANY_AUTOINCREMENT} compound-ids enums json json-lists lists decimal implicit-m2m any-id schemas"
        " named-foreign-keys named-primary-keys operator-classes"
    ),
    name_limit=63,
    index_types=words("BTree Hash Gin Gist SpGist Brin"),
    emulated_actions=words("Cascade Restrict SetNull"),
    scopes=(
        Scope(_GLOBAL, words("id unique index fulltext")),
        Scope(_MODEL, words("id unique index fulltext relation")),
    ),
)
MYSQL = Connector(
    "mysql",
    words(
        "autoincrement autoincrement-beside-id compound-ids enums json decimal implicit-m2m any-id named-foreign-keys"
        " index-length fulltext fulltext-many"
    ),
    name_limit=64,
    index_types=words("BTree"),
    scopes=(Scope(_GLOBAL, words("relation")), Scope(_MODEL, words("unique index fulltext"))),
)
SQLITE = Connector(
    "sqlite",
    words("autoincrement compound-ids enums json decimal implicit-m2m any-id"),
    name_limit=10_000,
    emulated_actions=words("Cascade Restrict SetNull"),
    scopes=(Scope(_GLOBAL, words("unique index fulltext")),),
)
SQLSERVER = Connector(
    "sqlserver",
    words(
        f"{_ANY_AUTOINCREMENT} compound-ids decimal implicit-m2m any-id schemas named-foreign-keys named-primary-keys"
        " named-defaults clustering id-sort cascade-cycles ordered-references"
    ),
    name_limit=128,
    actions=words("Cascade NoAction SetNull SetDefault"),
    scopes=(
        Scope(_GLOBAL, words("id relation default")),
        Scope(_MODEL, words("id unique index fulltext")),
    ),
)
MONGODB = Connector(
    "mongodb",
    words("enums json json-lists lists composite-types fulltext fulltext-sort auto embedded-m2m"),
    name_limit=127,
    actions=words("Cascade Restrict NoAction SetNull"),
    scopes=(Scope(_MODEL, words("unique index fulltext")),),
)
COCKROACHDB = Connector(
    "cockroachdb",
    words(
        f"{_ANY_AUTOINCREMENT} compound-ids enums json lists decimal implicit-m2m any-id schemas named-foreign-keys"
        " named-primary-keys sequences"
    ),
    name_limit=63,
    index_types=words("BTree Gin"),
    scopes=(Scope(_MODEL, words("id unique index fulltext relation"), words("id relation")),),
)

CONNECTORS: dict[str, Connector] = {
    "postgresql": POSTGRESQL,
    "postgres": POSTGRESQL,
    "mysql": MYSQL,
    "sqlite": SQLITE,
    "sqlserver": SQLSERVER,
    "mongodb": MONGODB,
    "cockroachdb": COCKROACHDB,
}
