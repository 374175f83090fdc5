"""What a database has and its schema does not: rows that leave and come back take it along, or stay."""

from __future__ import annotations

import pytest

from judges.psql import psql, rows

SCHEMA = """\
model Source {
  id   Int    @id @default(autoincrement())
  name String @unique
}

model Post {
  id       Int       @id
  url      String
  comments Comment[]
  pins     Pin[]
}

model Comment {
  id     Int  @id @default(autoincrement())
  postId Int
  post   Post @relation(fields: [postId], references: [id], onDelete: Cascade)
}

model Pin {
  id     Int   @id
  postId Int?
  post   Post? @relation(fields: [postId], references: [id])
}
"""

# Post 2 has to leave.
ROWS = """\
INSERT INTO "Source" (name) VALUES ('youtube');
INSERT INTO "Post" VALUES (1, 'https://youtube.com'), (2, 'nonsense');
INSERT INTO "Comment" ("postId") VALUES (1), (2);
INSERT INTO "Pin" VALUES (1, 1), (2, 2);
"""


def rules(unresolved, more=""):
    return f"""\
name: origin
rules:
  - add_relation:
      model: Post
      to: Source
      backfill: [{{ host_of: url, lookup: name, hosts: {{ youtube.com: youtube }} }}]
      unresolved: {unresolved}
{more}"""


@pytest.mark.parametrize(
    "more",
    [
        """ALTER TABLE "Comment" ADD COLUMN ip INET DEFAULT '0.0.0.0'; UPDATE "Comment" SET ip = '10.0.0.2';""",
        """ALTER TABLE "Post" ADD COLUMN search TSVECTOR GENERATED ALWAYS AS (to_tsvector('english', url)) STORED;""",
        """ALTER TABLE "Comment" ALTER COLUMN id DROP DEFAULT, ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY;""",
    ],
    ids=["a column", "a generated column", "an identity"],
)
def test_rows_come_back_with_every_column_that_they_had(job, more):
    made = job(SCHEMA, rules("quarantine"), ROWS)
    psql(made.url, more)
    before = made.contents()

    made.up()
    assert len(rows(made.url, 'SELECT * FROM "Post"')) == 1
    made.down()

    assert made.contents() == before


VOTES = """\
CREATE SCHEMA other;
CREATE TABLE other.votes (id INT PRIMARY KEY, comment INT REFERENCES "Comment"(id) ON DELETE {});
INSERT INTO other.votes VALUES (1, 1), (2, {}), (3, NULL);
"""


@pytest.mark.parametrize("unresolved", ["quarantine", "delete"])
@pytest.mark.parametrize("action", ["CASCADE", "SET NULL", "NO ACTION"])
def test_rows_that_the_schema_does_not_know_stop_it_when_they_hang_on_what_leaves(job, unresolved, action):
    made = job(SCHEMA, rules(unresolved), ROWS)
    psql(made.url, VOTES.format(action, 2))
    before = made.contents()

    stderr = made.up(check=False)

    assert '1 row(s) of other.votes point by comment at rows of "Comment" that have to leave' in stderr
    assert made.contents() == before


@pytest.mark.parametrize("unresolved", ["quarantine", "delete"])
def test_other_rows_that_the_schema_does_not_know_do_not_stop_it(job, unresolved):
    made = job(SCHEMA, rules(unresolved), ROWS)
    psql(made.url, VOTES.format("CASCADE", 1))

    made.up()

    assert [row["comment"] for row in rows(made.url, "SELECT * FROM other.votes ORDER BY id")] == [1, 1, None]


def test_a_foreign_key_that_the_schema_does_not_know_stops_it_too(job):
    made = job(SCHEMA, rules("quarantine"), ROWS)
    psql(
        made.url, 'ALTER TABLE "Comment" ADD COLUMN pinned INT REFERENCES "Post"(id); UPDATE "Comment" SET pinned = 2;'
    )

    assert '2 row(s) of "Comment" point by pinned at rows of "Post" that have to leave' in made.up(check=False)


KEEPS = """\
CREATE FUNCTION keep() RETURNS TRIGGER LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER keep BEFORE {} FOR EACH ROW EXECUTE FUNCTION keep();
"""


@pytest.mark.parametrize(
    ("unresolved", "event", "told"),
    [
        ("quarantine", 'DELETE ON "Comment"', "2 row(s), of Post and of what hangs on it, had to leave, and 1 of them"),
        ("delete", 'DELETE ON "Post"', "2 row(s), of Post and of what hangs on it, had to leave, and 1 of them did"),
        ("quarantine", 'UPDATE ON "Pin"', "rows of Pin keep the postId that they had to lose"),
        ("delete", 'UPDATE ON "Post"', "1 row(s) of Post still have no sourceId, though a source leads to a value"),
    ],
)
def test_a_trigger_that_keeps_rows_as_they_are_stops_it(job, unresolved, event, told):
    made = job(SCHEMA, rules(unresolved), ROWS)
    psql(made.url, KEEPS.format(event))
    before = made.contents()

    assert told in made.up(check=False)
    assert made.contents() == before


@pytest.mark.parametrize(
    ("event", "told"),
    [
        ('INSERT ON "Comment"', "2 row(s) have to come back from the namespace origin_quarantine, and 1 of them did"),
        ('UPDATE ON "Pin"', "rows of Pin do not take back the postId that they had"),
    ],
)
def test_a_trigger_that_keeps_rows_out_stops_the_way_back(job, event, told):
    made = job(SCHEMA, rules("quarantine"), ROWS)
    made.up()
    psql(made.url, KEEPS.format(event))
    before = made.contents()

    assert told in made.down(check=False)
    assert made.contents() == before


TENANT = """\
DO $$ BEGIN CREATE ROLE tenant; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN EXECUTE format('GRANT CREATE, TEMPORARY ON DATABASE %I TO tenant', current_database()); END $$;
ALTER SCHEMA public OWNER TO tenant;
ALTER TABLE "Source" OWNER TO tenant;
ALTER TABLE "Post" OWNER TO tenant;
ALTER TABLE "Comment" OWNER TO tenant;
ALTER TABLE "Pin" OWNER TO tenant;
"""
POLICY = """\
ALTER TABLE "Comment" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON "Comment" USING (id <> 2);
"""


@pytest.mark.parametrize("way", ["up", "down"])
def test_rows_that_a_policy_hides_from_it_stop_it(job, way):
    made = job(SCHEMA, rules("quarantine"), ROWS)
    ways = {way: "SET ROLE tenant;" + getattr(made.change.migration, way) for way in ("up", "down")}
    psql(made.url, TENANT + (ways["up"] if way == "down" else "") + "RESET ROLE;" + POLICY)
    before = made.contents()

    stderr = psql(made.url, ways[way], check=False).stderr

    assert 'query would be affected by row-level security policy for table "Comment"' in stderr
    assert made.contents() == before


def test_a_trigger_that_waits_for_the_end_fires_before_a_table_is_altered(job, there_and_back):
    made = job(SCHEMA, rules("quarantine", "  - make_optional: { model: Comment, field: postId }\n"), ROWS)
    psql(
        made.url,
        """CREATE FUNCTION tell() RETURNS TRIGGER LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
        CREATE CONSTRAINT TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON "Post" DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION tell();
        CREATE CONSTRAINT TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON "Comment" DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION tell();""",
    )

    there_and_back(made)


def test_rows_of_a_table_that_others_inherit_from_are_not_moved(job):
    made = job(SCHEMA, rules("quarantine"), ROWS)
    psql(made.url, 'CREATE TABLE "Article" (pages INT) INHERITS ("Post"); INSERT INTO "Article" VALUES (3, \'\', 7)')
    before = made.contents()

    told = 'rows of "Post" have to leave, and one of "Article", which inherits from it, could not come back'
    assert told in made.up(check=False)
    assert made.contents() == before


def test_rows_of_partitions_are_moved_and_come_back(job):
    made = job(SCHEMA, rules("quarantine"), ROWS)
    psql(
        made.url,
        """ALTER TABLE "Comment" RENAME TO "Part";
        CREATE TABLE "Comment" (LIKE "Part" INCLUDING DEFAULTS) PARTITION BY RANGE (id);
        ALTER TABLE "Comment" ATTACH PARTITION "Part" DEFAULT;
        ALTER TABLE "Comment" ADD FOREIGN KEY ("postId") REFERENCES "Post"(id) ON DELETE CASCADE ON UPDATE CASCADE;""",
    )
    before = made.contents()

    made.up()
    assert len(rows(made.url, 'SELECT * FROM "Comment"')) == 1
    made.down()

    assert made.contents() == before
