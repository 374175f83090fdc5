"""A value that is written in a rule arrives in the rows as it is meant."""

from __future__ import annotations

import pytest

from judges.psql import psql, rows, value
from prisma_decouple.errors import PlanError

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


NARROW = """\
model Team {
  id    String @id @db.Uuid
  code  String
  cost  Decimal @db.Decimal(10, 2)
  size  Int
  host  String @db.Inet
  cats  Cat[]
}

model Cat {
  id     Int       @id
  name   String?
  teamId String    @db.Uuid
  team   Team      @relation(fields: [teamId], references: [id])
}
"""
NARROW_ROWS = f"""
    INSERT INTO "Team" VALUES ('{"a" * 32}', 'abcdef', 12345.67, 70000, '10.0.0.1');
    INSERT INTO "Team" VALUES ('{"b" * 32}', 'abc', 1, 1, '10.0.0.2');
    INSERT INTO "Cat" VALUES (1, NULL, '{"a" * 32}'), (2, 'Tom', '{"a" * 32}'), (3, NULL, '{"b" * 32}')"""


def narrow(job, rule):
    return job(NARROW, f"rules: [{{ {rule} }}]", NARROW_ROWS)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("type: String, attributes: '@db.VarChar(5)', backfill: [team.code]", "2 row(s) {} VARCHAR(5) {}: abcdef"),
        (
            "type: String, attributes: '@db.VarChar(5)', backfill: [name, team.code]",
            "1 row(s) {} VARCHAR(5) {}: abcdef",
        ),
        ("type: Int, attributes: '@db.SmallInt', backfill: [team.size]", "2 row(s) {} SMALLINT {}: 70000"),
        (
            "type: Decimal, attributes: '@db.Decimal(5, 2)', backfill: [team.cost]",
            "2 row(s) {} DECIMAL(5,2) {}: 12345.67",
        ),
        ("type: String, attributes: '@db.Uuid', backfill: [name]", "1 row(s) {} UUID {}: Tom"),
    ],
)
def test_a_value_that_does_not_fit_is_named_and_nothing_is_changed(job, rule, told):
    made = narrow(job, f"add_field: {{ model: Cat, field: x, {rule} }}")
    before = made.contents()

    stderr = made.up(check=False)

    assert told.format("of Cat would get a value in x that", "cannot hold") in stderr
    assert "HINT:  Nothing was changed. Change these values" in stderr
    assert made.contents() == before


@pytest.mark.parametrize(
    ("rule", "text", "loses"),
    [
        ("type: Decimal, attributes: '@db.Decimal(9, 1)', backfill: [team.cost]", "12345.7", "decimal places"),
        ("type: DateTime, attributes: '@db.Date', backfill: [team.at]", "2024-01-31", "the times of day"),
        ("type: String, attributes: '@db.VarChar(2)', backfill: [team.wide]", "a ", "spaces at the end"),
        ("type: Float, attributes: '@db.Real', backfill: [team.part]", "0.12345679", "the last digits"),
        ("type: Decimal, attributes: '@db.Decimal(10, 2)', backfill: [team.cost]", "12345.67", ""),
    ],
)
def test_what_is_rounded_or_cut_off_is_told(job, rule, text, loses):
    schema = NARROW.replace("  size  Int\n", "  at DateTime\n  wide String\n  part Float\n  size Int\n")
    rows = f"""
        INSERT INTO "Team" VALUES ('{"a" * 32}', '', 12345.67, '2024-01-31 12:00', 'a   ', 0.123456789, 1, '10.0.0.1');
        INSERT INTO "Cat" VALUES (1, NULL, '{"a" * 32}')"""
    made = job(schema, f"rules: [{{ add_field: {{ model: Cat, field: x, {rule} }} }}]", rows)

    made.up()

    assert value(made.url, 'SELECT "x"::TEXT FROM "Cat"') == text
    told = f"--   * Left to you: Cat.x gets the values of {rule[rule.index('[') + 1 : -1]} without {loses}, for which"
    assert (told in made.change.migration.up) is bool(loses)


def test_a_text_that_cannot_be_a_key_is_named_and_nothing_is_changed(job):
    made = narrow(job, "add_relation: { model: Cat, to: Team, field: home, required: false, backfill: [name] }")
    before = made.contents()

    assert "1 row(s) of Cat would get a value in homeId that UUID cannot hold: Tom" in made.up(check=False)
    assert made.contents() == before


@pytest.mark.parametrize(
    "field", ["type: String, attributes: '@db.VarChar(6)'", "type: String, attributes: '@db.Char(9)'"]
)
def test_values_that_fit_a_shorter_column_fill_it(job, there_and_back, field):
    made = narrow(job, f"add_field: {{ model: Cat, field: x, {field}, backfill: [name, team.code] }}")

    there_and_back(made)
    made.up()

    found = rows(made.url, 'SELECT trim("x") AS "x" FROM "Cat" ORDER BY id')
    assert [row["x"] for row in found] == ["abcdef", "Tom", "abc"]


def test_a_value_of_which_the_database_makes_no_other_is_refused(job):
    with pytest.raises(
        PlanError, match=r"the path `team\.host` leads to a value of the native type Inet, of which"
    ) as told:
        narrow(job, "add_field: { model: Cat, field: x, type: String, attributes: '@db.Uuid', backfill: [team.host] }")
    assert told.value.hint == "give the field that is filled the native type Inet"


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
