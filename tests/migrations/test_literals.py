"""A value that is written in a rule arrives in the rows as it is meant."""

from __future__ import annotations

import pytest

from judges.psql import psql, value

SCHEMA = "model Cat {\n  id Int @id\n}\n"


def filled(job, rule):
    made = job(SCHEMA, f"rules: [{{ add_field: {{ model: Cat, field: x, {rule} }} }}]", 'INSERT INTO "Cat" VALUES (1)')
    # The server's time zone is nothing that a value may hang on.
    psql(made.url, "SET TimeZone = 'Asia/Tokyo';\n" + made.change.migration.up)
    return value(made.url, """SELECT "x"::TEXT FROM (SELECT set_config('TimeZone', 'UTC', false)) AS s, "Cat" """)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("type: Float, backfill: [{ value: 1.5 }]", "1.5"),
        ('type: Decimal, attributes: "@db.Decimal(30, 2)", backfill: [{ value: "12345678901234567890.10" }]', None),
        ("type: BigInt, backfill: [{ value: -9223372036854775808 }]", "-9223372036854775808"),
        ("type: Json, backfill: [{ value: '[1]' }]", "[1]"),
        ('type: DateTime, backfill: [{ value: "2024-01-31T23:30:00-02:00" }]', "2024-02-01 01:30:00"),
        ('type: DateTime, backfill: [{ value: "2024-01-31 12:00" }]', "2024-01-31 12:00:00"),
        (
            'type: DateTime, attributes: "@db.Timestamptz(3)", backfill: [{ value: "2024-01-31" }]',
            "2024-01-31 00:00:00+00",
        ),
        ('type: DateTime, attributes: "@db.Date", backfill: [{ value: "2024-01-31" }]', "2024-01-31"),
        ('type: DateTime, attributes: "@db.Time(0)", backfill: [{ value: "12:30:00" }]', "12:30:00"),
        ("type: Boolean, backfill: [{ value: true }]", "true"),
    ],
)
def test_a_value_arrives_as_it_is_meant(job, rule, text):
    assert filled(job, rule) == (text or "12345678901234567890.10")


CONVERTED = """\
model Team {
  id   String @id @db.Uuid
  cats Cat[]
}

model Cat {
  id     Int       @id
  name   String?
  at     DateTime? @db.Timestamptz(3)
  day    DateTime? @db.Date
  raw    Json?     @db.Json
  teamId String    @db.Uuid
  team   Team      @relation(fields: [teamId], references: [id])
}
"""


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        ("type: DateTime, backfill: [at]", "2024-01-31 12:00:00"),
        ('type: DateTime, attributes: "@db.Timestamptz(3)", backfill: [day]', "2024-01-31 00:00:00+00"),
        ("type: String, backfill: [name, team.id]", "a" * 8),
        ('type: String, attributes: "@db.Uuid", backfill: [team.id]', "a" * 8),
        ('type: Json, backfill: [raw, { value: "{}" }]', '{"b": 1}'),
    ],
    ids=["a moment without its zone", "a day as a moment", "a UUID as text", "a UUID as one", "JSON"],
)
def test_a_value_of_another_native_type_is_told_in_that_of_the_new_column(job, there_and_back, rule, text):
    rows = f"""
        INSERT INTO "Team" VALUES ('{"a" * 32}');
        INSERT INTO "Cat" VALUES (1, NULL, '2024-01-31 12:00:00Z', '2024-01-31', '{{"b":1}}', '{"a" * 32}')"""
    made = job(CONVERTED, f"rules: [{{ add_field: {{ model: Cat, field: x, {rule} }} }}]", rows)

    there_and_back(made)
    psql(made.url, "SET TimeZone = 'Asia/Tokyo';\n" + made.change.migration.up)

    query = """SELECT "x"::TEXT FROM (SELECT set_config('TimeZone', 'UTC', false)) AS s, "Cat" """
    assert value(made.url, query).startswith(text)


REPEATED = """\
model Cat {
  id   Int    @id
  name String
}
"""

UNIQUE = "add_field: { model: Cat, field: tag, type: String, required: true, attributes: '@unique', backfill: [%s] }"


@pytest.mark.parametrize(
    ("backfill", "told"), [("{ value: x }", "1 value(s) of tag stand in more than one row of Cat"), ("name", "Tom")]
)
def test_values_that_repeat_themselves_stop_a_unique_column(job, backfill, told):
    rule = UNIQUE % backfill
    made = job(REPEATED, f"rules: [{rule}]", "INSERT INTO \"Cat\" VALUES (1, 'Tom'), (2, 'Tom'), (3, 'Kit');")
    before = made.contents()

    stderr = made.up(check=False)

    assert told in stderr
    assert "Nothing was changed. Change the rule, or what it takes the values from" in stderr
    assert made.contents() == before


def test_values_of_their_own_fill_a_unique_column(job, there_and_back):
    rule = (
        "add_field: { model: Cat, field: tag, type: String, required: true, attributes: '@unique', backfill: [name] }"
    )

    there_and_back(job(REPEATED, f"rules: [{rule}]", "INSERT INTO \"Cat\" VALUES (1, 'Tom'), (3, 'Kit');"))
