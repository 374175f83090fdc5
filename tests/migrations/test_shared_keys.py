"""A foreign key that shares a column with another one, as every table of many tenants has it."""

from __future__ import annotations

import pytest

from judges.psql import psql, rows

SCHEMA = """\
model Tenant {
  region   String
  no       Int
  code     String    @unique
  projects Project[]

  @@id([region, no])
}

model Project {
  id       Int     @id
  region   String
  tenantNo Int?
  tenant   Tenant? @relation(fields: [region, tenantNo], references: [region, no])
  tasks    Task[]
}

model Task {
  id        Int     @id
  region    String
  projectId Int
  project   Project @relation(fields: [projectId], references: [id])
  notes     Note[]
}

model Note {
  id     Int  @id
  taskId Int
  task   Task @relation(fields: [taskId], references: [id])
}
"""

# Task 3 is of another region than its project, and the project of task 4 has no tenant.
ROWS = """\
INSERT INTO "Tenant" VALUES ('eu', 1, 'a'), ('us', 2, 'b');
INSERT INTO "Project" VALUES (1, 'eu', 1), (2, 'us', 2), (3, 'us', NULL);
INSERT INTO "Task" VALUES (1, 'eu', 1), (2, 'us', 2), (3, 'eu', 2), (4, 'us', 3);
INSERT INTO "Note" SELECT id, id FROM "Task";
"""


def rules(more, backfill="project.tenant"):
    return f"""\
name: tenants
rules:
  - add_relation:
      {{ model: Task, to: Tenant, foreign_key: [region, tenantNo], backfill: [{backfill}], {more} }}
"""


def tenants(url):
    return [tuple(row.values()) for row in rows(url, 'SELECT id, region, "tenantNo" FROM "Task" ORDER BY id')]


RESOLVED = [(1, "eu", 1), (2, "us", 2)]
# Two sources are told in one CASE, one in a mere UPDATE.
SOURCES = ["project.tenant", "project.tenant, project.tenant"]


@pytest.mark.parametrize("backfill", SOURCES, ids=["one source", "two sources"])
@pytest.mark.parametrize(
    ("more", "left"),
    [
        ("unresolved: quarantine", RESOLVED),
        ("unresolved: delete", RESOLVED),
        ("unresolved: { value: { code: b } }", [*RESOLVED, (4, "us", 2)]),
        ("required: false", [*RESOLVED, (3, "eu", None), (4, "us", None)]),
    ],
)
def test_the_new_column_is_filled_where_the_shared_one_agrees(job, backfill, more, left):
    kept = ROWS.replace("(3, 'eu', 2), ", "") if "value" in more else ROWS
    made = job(SCHEMA, rules(more, backfill), kept)

    made.up()

    assert tenants(made.url) == left


@pytest.mark.parametrize("model", ["Project", "Task"])
@pytest.mark.parametrize("sources", [1, 2], ids=["one source", "two sources"])
def test_half_a_key_is_none(job, model, sources):
    path = "tenant" if model == "Project" else "project.tenant"
    rule = f"model: {model}, to: Tenant, field: first, name: first, required: false"
    made = job(SCHEMA, f"rules: [{{ add_relation: {{ {rule}, backfill: [{', '.join([path] * sources)}] }} }}]", ROWS)

    made.up()

    keys = rows(made.url, f'SELECT "firstRegion", "firstNo" FROM "{model}" ORDER BY id')
    assert [tuple(row.values()) for row in keys][-1:] == [(None, None)]


def test_only_the_new_column_is_missing(job):
    made = job(SCHEMA, rules("unresolved: fail"), ROWS)

    assert "2 row(s) of Task have no tenantNo: none of the rule's sources leads to a value; the first: 3, 4" in made.up(
        check=False
    )


@pytest.mark.parametrize("more", ["unresolved: quarantine", "required: false"])
def test_there_and_back_brings_every_row_home(job, there_and_back, more):
    there_and_back(job(SCHEMA, rules(more), ROWS))


@pytest.mark.parametrize("backfill", SOURCES, ids=["one source", "two sources"])
def test_what_an_optional_shared_column_holds_stays(job, backfill):
    optional = SCHEMA.replace("  region    String\n", "  region    String?\n")
    made = job(optional, rules("unresolved: quarantine", backfill), ROWS)
    psql(made.url, 'UPDATE "Task" SET region = NULL WHERE id = 2')

    made.up()

    assert tenants(made.url) == RESOLVED
    assert "LOST FOR GOOD: which rows of Task had no region.\n" in made.change.migration.up


MEMBERS = """\
model Org {
  id      Int      @id
  members Member[]
}

model Member {
  orgId Int
  no    Int
  email String
  org   Org    @relation(fields: [orgId], references: [id])
  docs  Doc[]

  @@id([orgId, no])
}

model Doc {
  orgId    Int
  id       Int
  authorNo Int?
  author   Member? @relation(fields: [orgId, authorNo], references: [orgId, no], onDelete: NoAction)

  @@id([orgId, id])
}

model Source {
  id   Int    @id
  name String @unique
}
"""

OF_MEMBERS = """\
INSERT INTO "Org" VALUES (1), (2);
INSERT INTO "Source" VALUES (1, 'good');
INSERT INTO "Member" VALUES (1, 1, 'https://good.org'), (1, 2, 'bad'), (2, 1, 'bad');
INSERT INTO "Doc" VALUES (1, 1, 1), (1, 2, 2), (1, 3, NULL), (2, 1, 1);
"""

LEAVING = """\
name: tenants
rules:
  - add_relation:
      model: Member
      to: Source
      backfill: [{{ host_of: email, lookup: name, hosts: {{ good.org: good }} }}]
      unresolved: {}
"""


@pytest.mark.parametrize("unresolved", ["quarantine", "delete"])
def test_a_row_stays_without_a_key_of_which_only_a_part_may_be_null(job, unresolved):
    made = job(MEMBERS, LEAVING.format(unresolved), OF_MEMBERS)

    made.up()

    docs = [tuple(row.values()) for row in rows(made.url, 'SELECT * FROM "Doc" ORDER BY 1, 2')]
    assert docs == [(1, 1, 1), (1, 2, None), (1, 3, None), (2, 1, None)]


def test_that_part_comes_back(job, there_and_back):
    there_and_back(job(MEMBERS, LEAVING.format("quarantine"), OF_MEMBERS))


@pytest.mark.parametrize(("code", "left"), [("b", 2), ("a", None)])
def test_a_relation_that_is_there_becomes_required_where_the_shared_column_agrees(job, code, left):
    rule = f"add_relation: {{ model: Project, to: Tenant, unresolved: {{ value: {{ code: {code} }} }} }}"
    made = job(SCHEMA, f"rules: [{{ {rule} }}]", ROWS)

    stderr = made.up(check=left is not None)

    assert ("1 row(s) of Project have no tenantNo" in stderr) is (left is None)
    assert rows(made.url, 'SELECT "tenantNo" FROM "Project" WHERE id = 3') == [{"tenantNo": left}]
    assert "LOST FOR GOOD: which rows of Project had no tenantNo.\n" in made.change.migration.up


def test_a_column_that_another_relation_shares_is_not_emptied(job, there_and_back):
    shared = MEMBERS.replace("  orgId    Int\n", "  orgId    Int?\n").replace("@@id([orgId, id])", "@@id([id])")
    shared = shared.replace(
        "  authorNo Int?\n", "  authorNo Int?\n  org      Org?    @relation(fields: [orgId], references: [id])\n"
    )
    shared = shared.replace("  members Member[]\n", "  members Member[]\n  docs    Doc[]\n")
    values = OF_MEMBERS.replace("(1, 1, 1), (1, 2, 2), (1, 3, NULL), (2, 1, 1)", "(1, 1, 1), (1, 2, 2), (2, 3, 1)")
    made = job(shared, LEAVING.format("quarantine"), values)

    there_and_back(made)
    made.up()

    docs = [tuple(row.values()) for row in rows(made.url, 'SELECT * FROM "Doc" ORDER BY id')]
    assert docs == [(1, 1, 1), (1, 2, None), (2, 3, None)]
