"""Rows that obey any schema: PostgreSQL itself checks every one of them."""

from __future__ import annotations

from contextlib import closing

import psycopg
import pytest

from prisma_decouple.model.reader import read_model
from prisma_decouple.rehearse.rows import Population, Wishes, fill
from prisma_decouple.rehearse.rows.fill import copy
from prisma_decouple.rehearse.structure import structure_of
from prisma_decouple.syntax.parser import parse_schema, read_schema

from .conftest import EXAMPLE

NASTY = """\
datasource db {
  provider = "postgresql"
}

enum Mood {
  CALM @map("calm's")
  WILD

  @@map("mo'od")
}

model Every {
  id    BigInt   @id @default(autoincrement())
  tiny  Int?     @db.SmallInt
  big   BigInt[]
  dec   Decimal  @db.Decimal(5, 2)
  odd   Decimal? @db.Decimal(3, 3)
  real  Float    @db.Real
  float Float
  cash  Decimal  @db.Money
  short String   @unique @db.VarChar(3)
  fixed String   @db.Char(2)
  uuid  String   @unique @db.Uuid
  ip    String?  @db.Inet
  bits  String   @db.Bit(4)
  texts String[]
  moods Mood[]
  json  Json
  jsons Json[]
  plain Json?    @db.Json
  bytes Bytes
  at    DateTime @db.Timestamptz(6)
  on    DateTime @unique @db.Date
  time  DateTime @db.Time(0)
  flag  Boolean
  made  String   @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  other Unsupported("point")?
  mood  Mood     @default(WILD)
}

/// At most two rows.
model Few {
  mood Mood @id
}

model Node {
  id       String  @id
  parentId String?
  parent   Node?   @relation("tree", fields: [parentId], references: [id])
  children Node[]  @relation("tree")
  firstId  String
  first    Node    @relation("first", fields: [firstId], references: [id])
  firsts   Node[]  @relation("first")
  friends  Node[]  @relation("friends")
  fans     Node[]  @relation("friends")
  leafId   String?
  leaf     Leaf?   @relation("pick", fields: [leafId], references: [id])
  leaves   Leaf[]  @relation("own")
}

model Leaf {
  id     String @id
  nodeId String
  node   Node   @relation("own", fields: [nodeId], references: [id])
  picked Node[] @relation("pick")
}

model Tenant {
  id    Int    @id
  users User[]
  notes Note[]
}

model User {
  tenantId Int
  number   Int
  tenant   Tenant   @relation(fields: [tenantId], references: [id])
  notes    Note[]
  profile  Profile?

  @@id([tenantId, number])
}

model Profile {
  tenantId Int
  number   Int
  user     User @relation(fields: [tenantId, number], references: [tenantId, number])

  @@id([tenantId, number])
}

/// Two foreign keys that share a column.
model Note {
  id       Int    @id
  tenantId Int
  number   Int?
  tenant   Tenant @relation(fields: [tenantId], references: [id])
  user     User?  @relation(fields: [tenantId, number], references: [tenantId, number], onDelete: NoAction)
}

/// Needs a type that only the database knows, and so does what hangs on it.
model Place {
  id    Int                  @id
  where Unsupported("point")
  spots Spot[]
}

model Spot {
  id      Int   @id
  placeId Int
  place   Place @relation(fields: [placeId], references: [id])
}

model Hen {
  id    Int   @id
  eggId Int
  egg   Egg   @relation("a", fields: [eggId], references: [id])
  eggs  Egg[] @relation("b")
}

model Egg {
  id    Int   @id
  henId Int
  hen   Hen   @relation("b", fields: [henId], references: [id])
  hens  Hen[] @relation("a")
}
"""


def structure(text):
    return structure_of(read_model(parse_schema(text)))


def load(scratch, made, rows, **options):
    """Fill a database and let PostgreSQL check it; the number of rows by table."""
    population = Population(made.database, **{"seed": 1, **options})
    with closing(psycopg.connect(scratch, autocommit=True)) as connection:
        connection.execute(made.tables)
        counts = fill(connection, population, rows, made.database)
        connection.execute(made.constraints)
    return {name.name: count for name, count in counts.items()}, population


@pytest.mark.parametrize("seed", range(3))
def test_rows_of_every_type_and_every_kind_of_relation_are_valid(scratch, seed):
    made = structure(NASTY)

    counts, population = load(scratch, made, 2000, seed=seed, touched=list(made.database.tables))

    empty = {"Place", "Spot", "Hen", "Egg"}
    assert {name for name, count in counts.items() if not count} == empty
    assert {name.name for name in population.order.empty} == empty
    assert counts["Few"] == 2
    assert counts["Every"] > 50


def test_a_large_part_of_the_rows_that_were_asked_for_is_made(scratch):
    made = structure_of(read_model(read_schema(EXAMPLE / "prisma" / "schema.prisma")))

    counts, population = load(scratch, made, 5000)

    assert sum(counts.values()) > 4500
    assert len(population.left_empty) == 1


def test_the_same_seed_gives_the_same_rows():
    made = structure(NASTY)
    once, again, other = (list(Population(made.database, seed=seed).tables(500)) for seed in (1, 1, 2))

    assert once == again
    assert once != other


def test_more_rows_are_different_rows(scratch):
    made = structure(NASTY)
    _, population = load(scratch, made, 500, touched=list(made.database.tables))
    names = {name.name: name for name in made.database.tables}

    with closing(psycopg.connect(scratch, autocommit=True)) as connection:
        for table in ("Every", "Node", "Leaf", "User", "Profile", "Note"):
            cells = population.more(names[table], 5)
            assert len(next(iter(cells.values()))) > 0
            copy(connection, names[table], cells)


def test_wished_values_are_there():
    made = structure(NASTY)
    every = next(name for name in made.database.tables if name.name == "Every")
    wishes = Wishes(present={(every, "short"): ["abc"]}, likely={(every, "fixed"): ["zz"]})

    rows = dict(Population(made.database, seed=1, touched=[every], wishes=wishes).tables(1000))[every]

    assert "abc" in rows["short"]
    assert rows["fixed"].count("zz") > 1
