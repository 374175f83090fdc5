-- 20260101000000_decouple_integration
--
-- A Post, Task or Mention belongs to a Provider; its Integration is how it was fetched, and may be missing.
--
-- What to expect
--   * One transaction: all of it happens, or nothing. psql names the reason of a failure in its first error message;
--     `prisma migrate deploy` may only say that the transaction is aborted. This shows the reason, and changes nothing:
--       sed s/^COMMIT/ROLLBACK/ migration.sql | psql "${DATABASE_URL%%\?*}" -v ON_ERROR_STOP=1
--     When it is seen to, `prisma migrate resolve --rolled-back 20260101000000_decouple_integration` lets `prisma migrate deploy` try again.
--   * Until COMMIT nobody else can read or write "Post", "Integration", "Task", "Mention".
--   * Until COMMIT others can read "Provider", but not write.
--   * While it waits for such a lock, all who come later wait behind it. `SET LOCAL lock_timeout = '5s';` behind BEGIN, or --lock-timeout 5s, makes it give up.
--   * Who writes several of these tables in one transaction, or a row with a foreign key at another, can meet it in a deadlock: PostgreSQL ends one of the two, theirs or this one, with nothing changed. A lock timeout below the server's deadlock_timeout, as --lock-timeout 500ms, makes it this one; run it again then.
--   * Every row of "Post", "Task", "Mention" that gets a value is written once by each statement that fills it; the time grows with their number.
--   * Triggers of your own fire for every row that is written, moved or deleted. What they change, such as a time of update, stays changed; a row that one of them keeps as it is gets no value.
--   * The new indexes on "Post", "Task" are built inside the transaction, on top of that time.
--   * On an empty database it does the same and finds nothing to fill.
--   * The way back is down.sql beside this file.

BEGIN;

-- So that it stops where row level security would hide rows from it
SET LOCAL row_security = off;

-- Constraints and indexes that are replaced or not needed any more
ALTER TABLE "Post" DROP CONSTRAINT "Post_integrationId_fkey";

ALTER TABLE "Task" DROP CONSTRAINT "Task_integrationId_fkey";

-- Columns
ALTER TABLE "Post" ALTER COLUMN "integrationId" DROP NOT NULL;

ALTER TABLE "Post" ADD COLUMN "providerId" INTEGER;

ALTER TABLE "Task" ALTER COLUMN "integrationId" DROP NOT NULL;

ALTER TABLE "Task" ADD COLUMN "providerId" INTEGER;

ALTER TABLE "Mention" ADD COLUMN "providerId" INTEGER;

-- Data
-- Post.providerId from integration.providerId
UPDATE "Post" AS "row"
SET "providerId" = "integration"."providerId"
FROM "Integration" AS "integration"
WHERE "integration"."id" = "row"."integrationId";

DO $migration$
#variable_conflict use_column
DECLARE
  missing BIGINT;
  examples TEXT;
BEGIN
  SELECT count(*) INTO missing FROM "Post" WHERE "providerId" IS NULL;
  IF missing > 0 THEN
    SELECT string_agg("name", ', ') INTO examples FROM (
      SELECT concat_ws('/', "id") AS "name"
      FROM "Post" WHERE "providerId" IS NULL ORDER BY "id" LIMIT 5
    ) AS "first";
    RAISE EXCEPTION '% row(s) of % have no %: none of the rule''s sources leads to a value; the first: %',
      missing, 'Post', 'providerId', examples
      USING HINT = 'Nothing was changed. Repair these rows, or choose in the rule what becomes of them: unresolved: quarantine, delete, or a value.';
  END IF;
END
$migration$;

-- Task.providerId from integration.providerId
UPDATE "Task" AS "row"
SET "providerId" = "integration"."providerId"
FROM "Integration" AS "integration"
WHERE "integration"."id" = "row"."integrationId";

DO $migration$
#variable_conflict use_column
DECLARE
  missing BIGINT;
  examples TEXT;
BEGIN
  SELECT count(*) INTO missing FROM "Task" WHERE "providerId" IS NULL;
  IF missing > 0 THEN
    SELECT string_agg("name", ', ') INTO examples FROM (
      SELECT concat_ws('/', "id") AS "name"
      FROM "Task" WHERE "providerId" IS NULL ORDER BY "id" LIMIT 5
    ) AS "first";
    RAISE EXCEPTION '% row(s) of % have no %: none of the rule''s sources leads to a value; the first: %',
      missing, 'Task', 'providerId', examples
      USING HINT = 'Nothing was changed. Repair these rows, or choose in the rule what becomes of them: unresolved: quarantine, delete, or a value.';
  END IF;
END
$migration$;

-- Mention.providerId from post.providerId, else trackedKeyword.providerId
UPDATE "Mention" AS "target"
SET "providerId" = "found"."providerId"
FROM (
  SELECT "row"."id" AS "key 1",
    COALESCE("post"."providerId", "trackedKeyword"."providerId") AS "providerId"
  FROM "Mention" AS "row"
  LEFT JOIN "Post" AS "post" ON "post"."id" = "row"."postId"
  LEFT JOIN "TrackedKeyword" AS "trackedKeyword" ON "trackedKeyword"."id" = "row"."trackedKeywordId"
) AS "found"
WHERE "found"."key 1" = "target"."id" AND ("found"."providerId" IS NOT NULL);

-- Triggers that wait for COMMIT fire now: their tables could not be altered before
SET CONSTRAINTS ALL IMMEDIATE;

-- Columns that every row has a value in
ALTER TABLE "Post" ALTER COLUMN "providerId" SET NOT NULL;

ALTER TABLE "Task" ALTER COLUMN "providerId" SET NOT NULL;

-- Indexes
CREATE INDEX "Post_userId_providerId_idx" ON "Post"("userId", "providerId");

CREATE INDEX "Post_providerId_createdAt_idx" ON "Post"("providerId", "createdAt");

CREATE INDEX "Task_userId_providerId_idx" ON "Task"("userId", "providerId");

CREATE INDEX "Task_providerId_createdAt_idx" ON "Task"("providerId", "createdAt");

-- Foreign keys
ALTER TABLE "Post" ADD CONSTRAINT "Post_integrationId_fkey" FOREIGN KEY ("integrationId") REFERENCES "Integration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "Post" ADD CONSTRAINT "Post_providerId_fkey" FOREIGN KEY ("providerId") REFERENCES "Provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Task" ADD CONSTRAINT "Task_integrationId_fkey" FOREIGN KEY ("integrationId") REFERENCES "Integration"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "Task" ADD CONSTRAINT "Task_providerId_fkey" FOREIGN KEY ("providerId") REFERENCES "Provider"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Mention" ADD CONSTRAINT "Mention_providerId_fkey" FOREIGN KEY ("providerId") REFERENCES "Provider"("id") ON DELETE SET NULL ON UPDATE CASCADE;

COMMIT;
