-- The way back from 20260101000000_decouple_integration
--
-- One transaction. It restores the old schema and, when nothing was written since, the old rows exactly.
-- Rows written since that the old schema cannot hold stop it before anything is changed; it counts them and says what to do.
-- Dropped with its column: the values of Mention.providerId.
-- Dropped with its column: the values of Task.providerId.
-- Dropped with its column: the values of Post.providerId.
-- What triggers of your own have changed meanwhile, such as a time of update, stays changed.
--
-- Prisma never runs this file. Run it with psql, which refuses what Prisma may have behind the `?` of a URL, and let Prisma forget the migration:
--   psql "${DATABASE_URL%%\?*}" -v ON_ERROR_STOP=1 -f down.sql -c "DELETE FROM \"_prisma_migrations\" WHERE migration_name = '20260101000000_decouple_integration'"
-- Then remove its folder. Where that URL says `?schema=` with another name than public, tell psql: PGOPTIONS="-c search_path=NAME" psql ...

BEGIN;

-- So that it stops where row level security would hide rows from it
SET LOCAL row_security = off;

-- Migrations that would have to go back first
DO $migration$
DECLARE
  later TEXT;
BEGIN
  IF to_regclass('"_prisma_migrations"') IS NOT NULL THEN
    SELECT string_agg("later".migration_name, ', ' ORDER BY "later".finished_at) INTO later
    FROM "_prisma_migrations" AS "this" JOIN "_prisma_migrations" AS "later" ON "later".finished_at > "this".finished_at
    WHERE "this".migration_name = '20260101000000_decouple_integration' AND "this".rolled_back_at IS NULL AND "later".rolled_back_at IS NULL;
  END IF;
  IF later IS NOT NULL THEN
    RAISE EXCEPTION 'migrations that came later still stand: %', later
      USING HINT = 'Nothing was changed. Run the way back of each first, with the command in its head. Where they have nothing to do with this one, take this block out of down.sql.';
  END IF;
END
$migration$;

-- Rows that the old schema cannot hold
DO $migration$
#variable_conflict use_column
DECLARE
  missing BIGINT;
  examples TEXT;
BEGIN
  SELECT count(*) INTO missing FROM "Task" WHERE "integrationId" IS NULL;
  IF missing > 0 THEN
    SELECT string_agg("name", ', ') INTO examples FROM (
      SELECT concat_ws('/', "id") AS "name"
      FROM "Task" WHERE "integrationId" IS NULL ORDER BY "id" LIMIT 5
    ) AS "first";
    RAISE EXCEPTION '% row(s) of % have no %, which the old schema demands; the first: %',
      missing, 'Task', 'integrationId', examples
      USING HINT = 'Nothing was changed. Give these rows a value, or copy them elsewhere and delete them, then run down.sql again.';
  END IF;
END
$migration$;

DO $migration$
#variable_conflict use_column
DECLARE
  missing BIGINT;
  examples TEXT;
BEGIN
  SELECT count(*) INTO missing FROM "Post" WHERE "integrationId" IS NULL;
  IF missing > 0 THEN
    SELECT string_agg("name", ', ') INTO examples FROM (
      SELECT concat_ws('/', "id") AS "name"
      FROM "Post" WHERE "integrationId" IS NULL ORDER BY "id" LIMIT 5
    ) AS "first";
    RAISE EXCEPTION '% row(s) of % have no %, which the old schema demands; the first: %',
      missing, 'Post', 'integrationId', examples
      USING HINT = 'Nothing was changed. Give these rows a value, or copy them elsewhere and delete them, then run down.sql again.';
  END IF;
END
$migration$;

-- Constraints and indexes that are replaced or not needed any more
ALTER TABLE "Mention" DROP CONSTRAINT "Mention_providerId_fkey";

ALTER TABLE "Task" DROP CONSTRAINT "Task_providerId_fkey";

ALTER TABLE "Task" DROP CONSTRAINT "Task_integrationId_fkey";

DROP INDEX "Task_providerId_createdAt_idx";

DROP INDEX "Task_userId_providerId_idx";

ALTER TABLE "Post" DROP CONSTRAINT "Post_providerId_fkey";

ALTER TABLE "Post" DROP CONSTRAINT "Post_integrationId_fkey";

DROP INDEX "Post_providerId_createdAt_idx";

DROP INDEX "Post_userId_providerId_idx";

-- Columns that every row has a value in
ALTER TABLE "Task" ALTER COLUMN "integrationId" SET NOT NULL;

ALTER TABLE "Post" ALTER COLUMN "integrationId" SET NOT NULL;

-- Columns
-- LOST FOR GOOD: the values of Mention.providerId
ALTER TABLE "Mention" DROP COLUMN "providerId";

-- LOST FOR GOOD: the values of Task.providerId
ALTER TABLE "Task" DROP COLUMN "providerId";

-- LOST FOR GOOD: the values of Post.providerId
ALTER TABLE "Post" DROP COLUMN "providerId";

-- Foreign keys
ALTER TABLE "Task" ADD CONSTRAINT "Task_integrationId_fkey" FOREIGN KEY ("integrationId") REFERENCES "Integration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "Post" ADD CONSTRAINT "Post_integrationId_fkey" FOREIGN KEY ("integrationId") REFERENCES "Integration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

COMMIT;
