"""Valid Prisma schemas, and what a person could make of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hypothesis import strategies as st

if TYPE_CHECKING:
    from collections.abc import Mapping

HEAD = """\
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}
"""

# Types, each with the defaults that it may have.
TYPES: Mapping[str, tuple[str, ...]] = {
    "String": ('"it\'s \\"quoted\\""', "uuid()"),
    "String @db.VarChar(20)": ('"short"',),
    "String @db.Char(3)": ('"abc"',),
    "String @db.Uuid": ('dbgenerated("gen_random_uuid()")',),
    "String @db.Inet": (),
    "Int": ("5", "-5", "autoincrement()"),
    "Int @db.SmallInt": ("7", "autoincrement()"),
    "BigInt": ("12345678901", "autoincrement()"),
    "Float": ("1.5",),
    "Float @db.Real": (),
    "Decimal": ("1.10",),
    "Decimal @db.Decimal(10, 2)": ("3",),
    "Boolean": ("true", "false"),
    "DateTime": ("now()", '"2020-01-01T00:00:00.000Z"'),
    "DateTime @db.Timestamptz(6)": ("now()",),
    "DateTime @db.Date": ("now()",),
    "DateTime @db.Time(0)": (),
    "Json": ('"{\\"a\\": \\"it\'s\\"}"',),
    "Json @db.Json": (),
    "Bytes": ('"aGVsbG8="',),
    'Unsupported("circle")': (),
    "Mood": ("GOOD", "BAD"),
    "Size": ("BAD",),
}
LISTS = {"String": '["a", "it\'s"]', "Int": "[1, 2]", "Mood": "[GOOD]", "DateTime": "[]", "Decimal": "[1.5]"}
NOT_INDEXED = ("Json", "Unsupported", "Bytes")
KEYS = ("Int @default(autoincrement())", "BigInt @default(autoincrement())", "String", "String @db.Uuid", "Int")
ACTIONS = ("", ", onDelete: Cascade", ", onDelete: NoAction, onUpdate: Restrict")

FIELD_NAMES = ("a", "b", "user_name", "select", "ü")
MODEL_NAMES = ("User", "Post", "Mood2", "Tag")
ENUM_VALUES = ("OK", "MEH", 'AWFUL @map("it\'s awful")')


@dataclass(frozen=True)
class Scalar:
    """A field that is a column."""

    type: str
    arity: str
    default: str
    mapped: bool

    def line(self, name: str) -> str:
        kind, _, native = self.type.partition(" ")
        default = f" @default({self.default})" if self.default else ""
        mapped = f' @map("{name} column")' if self.mapped else ""
        return f"  {name} {kind}{self.arity} {native}{default}{mapped}"

    @property
    def can_be_indexed(self) -> bool:
        return self.arity != "[]" and not self.type.startswith(NOT_INDEXED)


@dataclass(frozen=True)
class Relation:
    """A relation field; the other model gets its opposite."""

    target: str
    kind: str
    action: str


@dataclass(frozen=True)
class Model:
    """A model."""

    key: str
    mapped: bool
    scalars: dict[str, Scalar]
    relations: dict[str, Relation]
    unique: tuple[str, ...]
    index: tuple[str, ...]
    descending: bool


@dataclass(frozen=True)
class Schema:
    """A whole schema."""

    enums: dict[str, tuple[str, ...]]
    models: dict[str, Model]

    def __str__(self) -> str:
        enums = (
            f"enum {name} {{\n" + "".join(f"  {v}\n" for v in values) + "}\n" for name, values in self.enums.items()
        )
        models = (f"model {name} {{\n{self._body(name, model)}}}\n" for name, model in self.models.items())
        return "\n".join((HEAD, *enums, *models))

    def _body(self, name: str, model: Model) -> str:
        lines = [f"  id {model.key} @id".replace("@db", "@id @db").replace("@db.Uuid @id", "@db.Uuid")]
        lines += [scalar.line(each) for each, scalar in model.scalars.items()]
        lines += [line for each, relation in model.relations.items() for line in self._relation(name, each, relation)]
        lines += [
            f'  of_{owner}_{each} {owner}[] @relation("{owner}_{each}")'
            for owner, other in self.models.items()
            for each, relation in other.relations.items()
            if relation.target == name
        ]
        if unique := [each for each in model.unique if each in model.scalars and model.scalars[each].can_be_indexed]:
            lines.append(f"  @@unique([{', '.join(unique)}])")
        if index := [each for each in model.index if each in model.scalars and model.scalars[each].can_be_indexed]:
            sort = "(sort: Desc)" if model.descending else ""
            lines.append(f"  @@index([{', '.join(each + sort for each in index)}])")
        if model.mapped:
            lines.append(f'  @@map("the {name}")')
        return "".join(f"{line}\n" for line in lines)

    def _relation(self, owner: str, name: str, relation: Relation) -> list[str]:
        label = f'@relation("{owner}_{name}"'
        if relation.kind == "many":
            return [f"  {name} {relation.target}[] {label})"]
        kind, _, native = self.models[relation.target].key.replace(" @default(autoincrement())", "").partition(" ")
        arity = "?" if relation.kind == "optional" else ""
        return [
            f"  {name}Id {kind}{arity} {native}",
            f"  {name} {relation.target}{arity} {label}, fields: [{name}Id], references: [id]{relation.action})",
        ]


@st.composite
def scalars(draw):
    kind = draw(st.sampled_from(sorted(TYPES)))
    arity = draw(st.sampled_from(["", "?", "[]"] if kind in LISTS else ["", "?"]))
    defaults = [LISTS[kind]] if arity == "[]" else TYPES[kind]
    default = draw(st.sampled_from(["", *defaults]))
    # A number that the database gives cannot be absent.
    arity = "" if default == "autoincrement()" else arity
    return Scalar(kind, arity, default, draw(st.booleans()))


@st.composite
def relations(draw, targets):
    kind = draw(st.sampled_from(["required", "optional", "many"]))
    return Relation(draw(st.sampled_from(targets)), kind, draw(st.sampled_from(ACTIONS)))


@st.composite
def models(draw, names):
    fields = st.lists(st.sampled_from(FIELD_NAMES), max_size=2, unique=True).map(tuple)
    return Model(
        key=draw(st.sampled_from(KEYS)),
        mapped=draw(st.booleans()),
        scalars=draw(st.dictionaries(st.sampled_from(FIELD_NAMES), scalars(), max_size=4)),
        relations=draw(st.dictionaries(st.sampled_from(["one", "two"]), relations(names), max_size=2)),
        unique=draw(fields),
        index=draw(fields),
        descending=draw(st.booleans()),
    )


@st.composite
def enums(draw):
    """Both enums have the values that the defaults name, and others in any order."""
    return {
        name: tuple(draw(st.permutations([*always, *draw(st.lists(st.sampled_from(ENUM_VALUES), unique=True))])))
        for name, always in (("Mood", ("GOOD", "BAD")), ("Size", ("BAD",)))
    }


@st.composite
def schemas(draw):
    names = draw(st.lists(st.sampled_from(MODEL_NAMES), min_size=1, max_size=3, unique=True))
    return Schema(draw(enums()), {name: draw(models(names)) for name in names})


@st.composite
def changed(draw, schema):
    """The schema after any number of changes, each to a part of it."""
    names = draw(st.lists(st.sampled_from(MODEL_NAMES), min_size=1, max_size=3, unique=True))
    kept = {name: schema.models[name] for name in schema.models if draw(st.integers(0, 4))}
    names = list(dict.fromkeys([*kept, *names]))[:3]
    after = {}
    for name in names:
        fresh = draw(models(names))
        after[name] = draw(_mixed(kept[name], fresh, names)) if name in kept else fresh
    return Schema(draw(st.sampled_from([schema.enums, draw(enums())])), after)


@st.composite
def _mixed(draw, old, fresh, names):
    """A model with some parts of the old one and some of a fresh one."""
    parts = {
        part: getattr(draw(st.sampled_from([old, old, fresh])), part) for part in ("key", "mapped", "unique", "index")
    }
    fields = {name: field for name, field in old.scalars.items() if draw(st.integers(0, 3))}
    fields |= {name: field for name, field in fresh.scalars.items() if draw(st.booleans())}
    links = {name: link for name, link in old.relations.items() if link.target in names and draw(st.booleans())}
    return replace(old, **parts, scalars=fields, relations=fresh.relations | links)


@st.composite
def pairs(draw):
    """A schema and what became of it."""
    before = draw(schemas())
    return str(before), str(draw(changed(before)))
