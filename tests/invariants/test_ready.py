"""The invariants that come with the program: each finds its bad example and leaves its good one alone."""

from __future__ import annotations

import pytest

from prisma_decouple import parse_schema
from prisma_decouple.invariants.ready import ready_invariants
from prisma_decouple.model.reader import read_model

DATASOURCE = 'datasource db {\n  provider = "postgresql"\n  url      = env("DATABASE_URL")\n}\n\n'
READY = list(ready_invariants().values())


def findings(ready, text):
    return list(ready.findings(read_model(parse_schema(text))))


@pytest.fixture(params=READY, ids=lambda ready: f"{ready.code} {ready.name}")
def ready(request):
    return request.param


def test_the_bad_example_is_found_once(ready):
    [finding] = findings(ready, ready.bad)

    assert finding.code == ready.code
    assert finding.because == " ".join(ready.why.split())


def test_the_good_example_is_not_found(ready):
    assert findings(ready, ready.good) == []


@pytest.mark.parametrize("example", ["bad", "good"])
def test_prisma_accepts_the_examples_and_would_not_format_them_otherwise(prisma, ready, example):
    text = DATASOURCE + getattr(ready, example)

    assert prisma.validate(text) == []
    assert prisma.format(text) == text


def test_codes_are_in_order_and_none_is_there_twice():
    codes = [ready.code for ready in READY]

    assert codes == sorted(set(codes))


@pytest.mark.parametrize(
    ("schema", "count"),
    [
        ("@@index([a])\n  @@unique([a, b])", 1),
        ("@@index([a])\n  @@index([b, a])", 0),
        ('@@index([a], map: "x")\n  @@index([a, b])', 1),
        ("@@index([a(sort: Desc)])\n  @@index([a, b])", 0),
        ("@@index([a], type: Hash)\n  @@index([a, b])", 0),
        ("@@unique([a])\n  @@index([a, b])", 0),
    ],
)
def test_only_a_plain_index_can_be_redundant(schema, count):
    text = f"model A {{\n  id Int @id\n  a Int\n  b Int\n\n  {schema}\n}}\n"

    assert len(findings(ready_invariants()["D116"], text)) == count


@pytest.mark.parametrize("code", ["D113", "D117", "D119"])
def test_what_a_database_does_not_have_is_not_asked_of_it(code):
    ready = ready_invariants()[code]

    assert findings(ready, DATASOURCE.replace("postgresql", "sqlite") + ready.bad) == []
    assert len(findings(ready, DATASOURCE.replace("postgresql", "cockroachdb") + ready.bad)) == 1


def test_what_a_database_sees_to_itself_is_not_asked_where_it_does():
    ready = ready_invariants()["D101"]
    mysql = DATASOURCE.replace("postgresql", "mysql")

    assert findings(ready, mysql + ready.bad) == []
    assert len(findings(ready, mysql.replace("\n}", '\n  relationMode = "prisma"\n}') + ready.bad)) == 1


def test_the_id_of_mongodb_is_mapped_as_it_has_to_be():
    assert findings(ready_invariants()["D107"], 'model A {\n  id String @id @map("_id") @db.ObjectId\n}\n') == []


def test_relations_are_fields_for_their_names():
    schema = """
        model A {
          id    Int @id
          my_bs B[]
        }

        model B {
          id    Int @id
          aId   Int
          The_a A   @relation(fields: [aId], references: [id])
        }
        """

    assert [finding.node.name for finding in findings(ready_invariants()["D106"], schema)] == ["my_bs", "The_a"]
