"""Writes the pages under docs/ that are made of docstrings, of ready.yaml and of test cases."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from prisma_decouple.invariants.declared import DEMANDS, SELECTORS, Invariant
from prisma_decouple.invariants.demands.of_model import HaveField, HaveRelation
from prisma_decouple.invariants.ready import Ready, ready_invariants
from prisma_decouple.migrations.ready import Ready as ReadyOfMigrations
from prisma_decouple.migrations.ready import ready_migration_invariants
from prisma_decouple.model.validation.registry import CHECKS
from prisma_decouple.rules.description import Setting, describe
from prisma_decouple.rules.operations import OPERATIONS
from prisma_decouple.rules.promises import PROMISES
from prisma_decouple.rules.rulefile import builtin_names, load_rules

if TYPE_CHECKING:
    from prisma_decouple.rules.operation import Operation

ROOT = Path(__file__).parents[1]
HEAD = """\
# The operations of a rule file

This page is made by `docs/generate.py` from the docstrings and the test cases of the operations.

A rule is one operation with its settings, and perhaps `option: name`: then it counts only when that option is on. Rules are applied in their
order, each to the schema that the ones before it have made. An operation that finds its work done leaves a note and changes nothing.
"""
SOURCES = """\
## Sources of values

`backfill` is a list; for each record the first source that leads to a value wins.

| source | value |
|---|---|
| `post.integration.providerId` | what a path over relations to single records leads to; it may use what earlier rules have added, and may end in a relation, which stands for its key; where it ends in a plain field and a key is filled, only a record that is there counts |
| `{ host_of: url, lookup: name, hosts: { youtube.com: youtube } }` | the key of the record whose unique field `lookup` has the value of the host; a host is written alone, as in `youtube.com`, and stands for its subdomains too; the addresses begin with a scheme, as in `https://`: `youtube.com/x` and `//youtube.com/x` lead to no value |
| `{ value: API_KEY }` | a literal; moments and JSON stand in quotes, and a moment without a zone is in UTC |
| `{ value: USER_INTEGRATION, when: integrationId }` | a literal, where the path `when` leads to a value |

The field at the end of a path has the same type as the one that is filled. Their native types may differ, as a `String` and a `String @db.VarChar(5)`:
a value that does not fit stops the migration, which counts such records, names the first of these values, and changes nothing.
Decimal places, last digits, times of day and spaces at the end for which the type of the field has no room are rounded or cut off, as PostgreSQL
does it; a note and the head of the migration name such fields.

`unresolved` says what becomes of a record of a required field for which no source leads to a value.

| unresolved | |
|---|---|
| `fail` | the migration stops, says how many records there are and which come first, and nothing is changed (the default) |
| `quarantine` | they move to the namespace `<migration>_quarantine`, for which the user of the database needs the rights CREATE and TEMPORARY on it, with everything that hangs on them; keys that may be null are set to null and remembered; down.sql brings all of it back |
| `delete` | they are deleted, with everything that hangs on them |
| `{ value: 3 }` | they get a literal |
| `{ value: { name: Unknown } }` | they get the key of the record whose unique field has that value |

With `quarantine` and `delete`, nobody else can write into the tables over which this goes until the migration is done; its head names them.
A foreign key at such rows whose columns have no index makes them slow to leave, for PostgreSQL reads its whole table for each of them: 35 s for
20,000 rows beside a table of 40,000, and 1 s with an index. Where nobody can read the tables meanwhile anyway, the migration drops the key and
adds it again; otherwise its head says to make the index before, with `CREATE INDEX CONCURRENTLY`.
Where a database has the tables in a schema for each tenant (`?schema=tenant_2`), the migration runs in one after the other (psql is told
which by `PGOPTIONS="-c search_path=tenant_2"`, and knows nothing of `?schema=`), and the rows of each
go to a namespace of their own: `<migration>_quarantine_tenant_2`, with the MD5 of the schema's name behind where this is too long, and without
any for `public`. A namespace of that name that is another migration's stops the migration before anything is changed, and the way back leaves
it alone. One that is left from before the tables were made anew, by a backup that was restored or by `prisma migrate reset`, stops both
ways, so that nobody takes the rows in it for those of today. Where a dump of the whole database was restored elsewhere, the message says how to go on.
Where one rule moves rows aside and a later one has to delete rows at which these point, the migration stops before anything is changed: the rows
could not come back. Let the rule that deletes come first, or choose `quarantine` for both.
Rows of tables that the schema does not know, or that point by a foreign key that it does not know, are counted and stop it as well when they hang
on rows that have to leave. A column that the schema does not know leaves and comes back with its row; the way back needs PostgreSQL 12.
A trigger or rule of the database's own that keeps such a row from being filled, deleted, cut off or brought back stops the way on which it does so. Nor do rows move to a quarantine where a table inherits from theirs (`INHERITS`; partitions may),
for its rows could not come back as what they were.
Where row level security would hide rows from the user of the database, both ways stop with PostgreSQL's own message before anything is changed:
run them as a role that it does not concern (`BYPASSRLS`), or lift it for the owner of the tables meanwhile (`ALTER TABLE … NO FORCE ROW LEVEL
SECURITY`).
Other things of the database's own stop the way in question with PostgreSQL's own message, and nothing is changed: a column that has the new name
already, a `CHECK` that a key be there where it is set to null, a view on a new column when that is to go. Rename, change or drop them first.
"""


INVARIANTS = """\
# The invariants that come with prisma-decouple

This page is made by `docs/generate.py` from `src/prisma_decouple/invariants/ready.yaml` and `src/prisma_decouple/migrations/ready.yaml`, whose
examples are tests.

Those of schemas, from `D101` on, are off until they are named: `enable: [D101]` in prisma-decouple.yaml, `enable = ["D101"]` under
`[tool.prisma-decouple]` in pyproject.toml, or `prisma-decouple check --enable D101`. Codes do not change their meaning. One place is silenced by a comment above or behind
it, `/// prisma-decouple-ignore D101 the table has ten rows`: a model, a field, a value, or a line such as `@@index`. A comment that silences nothing
any more, or stands alone, is reported as `D001`. `--fix` mends `D101`, `D102` and `D111`; it touches nothing else, and nothing at all in a schema
that has errors.

What rules have made stays so, when the settings name the rule file, `rules: [decouple.yaml]`:

| code | |
|---|---|
{promises}

`D000` is an invariant that a project declares without a code of its own.

Those of migrations, from `D301` on, are [at the end](#invariants-of-migrations). What a project [declares](declaring.md) itself has no page here.

In a repository with several schemas, `schemas: ["packages/*/prisma"]` lists what `check` and `format` look at when nothing is named, and of all
settings those that are nearest to a schema count, from its own folder up to the current one.
"""


MIGRATIONS = """\
# Invariants of migrations

`check` also judges the migrations of a schema for PostgreSQL: the folder that prisma.config.ts names, else `migrations` beside the file with the
datasource. Scripts may be named instead (`prisma-decouple check prisma/migrations/*/migration.sql`), as the hook `prisma-migrations` does with those
that a commit changes; then these are judged, each with the history before it. `--no-migrations` leaves them out.

These are on, as they say what fails or is left half done, but for `D311`; `disable: [D304]` in the settings turns one off. What is applied stays as it is, and
nobody wants to hear of it: where nothing is named, the last migration is judged, and the findings in those before it are only counted. Name the last
one that is applied, and all that come after it are judged, however many a branch has:

```yaml
migrations:
  since: 20250101000000_init      # or the beginning of a name: 20250101
  squawk: false                   # do not ask squawk, although it is installed
disable: [D304]
```

One statement is silenced by a comment above it, in it or behind it, `-- prisma-decouple-ignore D301 the table is empty`; a comment that silences
nothing any more is reported as `D001`. SQL that cannot be read for certain, such as what a DO block does, is not judged.

How Prisma sends a script depends on its version: whole up to 7.3, statement by statement from 7.4 on. The version is that in `node_modules`, else that
in package.json; where neither tells, a migration has to be right for both.

`--database-url` compares the folder with what a database knows (`_prisma_migrations`, which is only read): `D307` to `D310`.

Where [squawk](https://squawkhq.com) 2 is installed, in `node_modules` or on the PATH, its findings are reported too, as `squawk:` and its rule,
unless one of ours says the same. Its settings (`.squawk.toml`) and its comments (`-- squawk-ignore`) count. For the hook:
`additional_dependencies: [squawk-cli]`.
"""


DECLARING = """\
# Invariants that a project declares

This page is made by `docs/generate.py` from docstrings and from `tests/invariants/declared.yaml`, whose examples are tests.

An invariant selects models, fields, relations, indexes or enums, and says what each of them must be. It stands under `invariants` in
prisma-decouple.yaml, under `[[tool.prisma-decouple.invariants]]` in pyproject.toml, or under `invariants` in a rule file that the settings name in
`rules`, and is written in the same words in all three:

```yaml
# prisma-decouple.yaml
invariants:
  - code: TENANT                                   # to silence it by; D000 when there is none
    models: { not_name: [Tenant, "Audit*"] }       # which; everything that is given has to be true of them
    must: { have_field: { name: tenantId, required: true } }
    because: rows of several tenants are in one table
```

```toml
# pyproject.toml
[[tool.prisma-decouple.invariants]]
code = "TENANT"
models = { not_name = ["Tenant", "Audit*"] }
must = { have_field = { name = "tenantId", required = true } }
because = "rows of several tenants are in one table"
```

Names are patterns with `*` and `?`, or regular expressions between slashes that fit the whole name, and where one can be given, a list can. Views
are left out. What a selector does not say is not asked: `models: {}` are all models.

What rules have made is watched over without being declared, when the settings name their file: `rules: [decouple.yaml]`.
"""


PRISMA_LINT = """\
# From prisma-lint

This page is made by `docs/generate.py` from `tests/invariants/prisma_lint.yaml`; tests run prisma-lint 0.13 and `check` on the schemas there, and
both find the same lines.

`/// prisma-lint-ignore-model rule` becomes `/// prisma-decouple-ignore CODE` above the block or the line itself; one that is not needed any more is
reported. There is nothing like an ignored folder: `schemas` in the settings names what is checked.

| in .prismalintrc.json | in prisma-decouple.yaml | |
|---|---|---|
"""


FORMATTING = """\
# Where `format` differs from Prisma's

This page is made by `docs/generate.py` from `tests/formatting/cases/differences.yaml`; tests ask Prisma's formatter, in versions 6 and 7, for
everything else.

`prisma-decouple format` gives the bytes that `prisma format` gives, including the lines that it adds: back-relations, `@relation` attributes and
foreign keys. It differs where Prisma's formatter loses text, changes its own output when it is run again, or makes a schema that Prisma rejects.
A file with a syntax error is left as it is, and the error told; and a lone CR ends a line inside of a block comment, too.
"""


VALIDATION = """\
# What `check` says of the language

This page is made by `docs/generate.py` from the docstrings of the checks; each has its cases in `tests/validation/cases`.

`prisma-decouple check`, and `validate_schema` in Python, say what `prisma validate` would say, without Node: the same schemas are accepted and
rejected, as Prisma 6 does it or as Prisma 7. With `--prisma 6` or `7` you choose; without, a schema whose datasource has a `url` is one of
Prisma 6, for Prisma 7 reads it from `prisma.config.ts`.

The words are our own, and so is the choice of the line where two lines are to blame. All syntax errors of a file are told in one run; `E201` says
what is written instead. Behind them the checks run in the stages below, and a stage is asked only when the ones before it have found nothing:
one mistake, one message. `prisma-decouple explain V301` says what a code means.

## Known differences

The verdict was compared with Prisma 6.19.3 and 7.10 on the schemas of Prisma's own test suites, on those of public repositories, and on
hundreds of thousands of schemas with a random edit; every difference that was found is a case now, except one: in a generator with a setting
that is an object, Prisma 7 does not look at `env("A", "B")` in another setting; here `V117` says that it has two names. Where you find another
one, it is a bug.

Warnings of Prisma, such as that of a relation without an index, are not told: `check --enable D101` tells that one, and more.
"""
STAGES = {
    "settings": "Datasources and generators",
    "names": "Names",
    "types": "Types",
    "attributes": "Attributes and what stands in them",
    "meaning": "What the database and the client can do",
}


def pages() -> dict[Path, str]:
    """The text of each page, by file."""
    texts = {
        "rules": rules_page(),
        "invariants": invariants_page(),
        "declaring": declaring_page(),
        "prisma-lint": prisma_lint_page(),
        "formatting": formatting_page(),
        "validation": validation_page(),
    }
    return {ROOT / "docs" / f"{name}.md": text for name, text in texts.items()}


def formatting_page() -> str:
    """The text of docs/formatting.md."""
    cases = yaml.safe_load((ROOT / "tests" / "formatting" / "cases" / "differences.yaml").read_text(encoding="utf-8"))
    return "\n".join([FORMATTING, *map(_difference, cases)])


def validation_page() -> str:
    """The text of docs/validation.md."""
    sections = []
    for stage, title in STAGES.items():
        checks = sorted((check.code, check.summary) for check in CHECKS if check.stage == stage)
        rows = [f"| {code} | {summary} |" for code, summary in checks]
        sections.append("\n".join([f"## {title}\n", "| code | |\n|---|---|", *rows, ""]))
    return "\n".join([VALIDATION, *sections])


def _difference(case: dict[str, str]) -> str:
    texts = {"Given": "before", "prisma-decouple": "after", "Prisma": "prisma"}
    blocks = [f"{label}:\n\n```prisma\n{case[key].rstrip()}\n```\n" for label, key in texts.items()]
    return "\n".join([f"## {case['name'][:1].upper()}{case['name'][1:]}\n", f"{case['why']}\n", *blocks])


def invariants_page() -> str:
    """The text of docs/invariants.md."""
    of_schemas = [_ready(each, "prisma") for each in ready_invariants().values()]
    of_migrations = [_ready(each, "sql") for each in ready_migration_invariants().values()]
    promises = "\n".join(f"| `{code}` | {summary} |" for code, summary in PROMISES.items())
    return "\n".join([INVARIANTS.replace("{promises}", promises), *of_schemas, MIGRATIONS, *of_migrations])


def declaring_page() -> str:
    """The text of docs/declaring.md."""
    examples = yaml.safe_load((ROOT / "tests" / "invariants" / "declared.yaml").read_text(encoding="utf-8"))
    selectors = {
        field.name: SELECTORS[field.name] for field in msgspec.structs.fields(Invariant) if field.name in SELECTORS
    }
    sections = [_selector(kind, selector, DEMANDS[kind]) for kind, selector in selectors.items()]
    return "\n".join([DECLARING, *sections, "## Examples\n", *map(_declared, examples)])


def _selector(kind: str, selector: type[msgspec.Struct], demand: type[msgspec.Struct]) -> str:
    tables = [_settings(kind, selector), _settings("must", demand)]
    parts = {"have_field": HaveField, "have_relation": HaveRelation} if kind == "models" else {}
    tables += [_settings(name, part) for name, part in parts.items()]
    return "\n".join([f"## {kind}\n", *tables])


def _settings(title: str, struct: type[msgspec.Struct]) -> str:
    rows = [f"| `{each.name}` | {each.purpose} |" for each in describe(title, struct).settings]
    return "\n".join([f"| `{title}` | |\n|---|---|", *rows, ""])


def _declared(example: dict[str, str]) -> str:
    blocks = {"Found": example["bad"], "Not found": example["good"]}
    shown = [f"{label}:\n\n```prisma\n{text.rstrip()}\n```\n" for label, text in blocks.items()]
    invariant = yaml.safe_dump([example["invariant"]], sort_keys=False, default_flow_style=None, width=110)
    return "\n".join(
        [f"### {example['name'][:1].upper()}{example['name'][1:]}\n", f"```yaml\n{invariant}```\n", *shown]
    )


def prisma_lint_page() -> str:
    """The text of docs/prisma-lint.md."""
    cases = yaml.safe_load((ROOT / "tests" / "invariants" / "prisma_lint.yaml").read_text(encoding="utf-8"))
    return PRISMA_LINT + "".join(map(_compared, cases))


def _compared(case: dict[str, Any]) -> str:
    there = f"`{case['rule']}`" + (f" `{_flow(case['there'])}`" if case["there"] else "")
    here = " ".join(f"`{key}: {_flow(value)}`" for key, value in case["here"].items())
    return f"| {there} | {here} | {case.get('note', '')} |\n".replace("\\|", "|")


def _flow(value: object) -> str:
    """A value on one line, as YAML."""
    return " ".join(yaml.safe_dump(value, sort_keys=False, default_flow_style=True, width=10000).split())


def _ready(ready: Ready | ReadyOfMigrations, language: str) -> str:
    before = ready.before if isinstance(ready, ReadyOfMigrations) else ""
    examples = {"Applied before": before, "Found": ready.bad, "Not found": ready.good}
    return "\n".join(
        [
            f"## {ready.code}: {ready.name}\n",
            f"{' '.join(ready.why.split())}\n",
            *(f"{title}:\n\n```{language}\n{text.rstrip()}\n```\n" for title, text in examples.items() if text),
            f"{' '.join(ready.how.split())}{_only(ready)}\n",
        ]
    )


def _only(ready: Ready | ReadyOfMigrations) -> str:
    """For which databases it is."""
    names = {"postgresql": "PostgreSQL", "cockroachdb": "CockroachDB"}
    told = [names[each] for each in getattr(ready, "databases", ()) if each in names]
    return f" Only asked of {' and '.join(told)}." if told else ""


def rules_page() -> str:
    """The text of docs/rules.md."""
    operations = [_section(name, operation) for name, operation in OPERATIONS.items()]
    return "\n".join([HEAD, *operations, SOURCES, _builtins()])


def _section(name: str, operation: type[Operation]) -> str:
    described = describe(name, operation)
    rows = [f"| `{each.name}` | {_default(each)} | {each.purpose} |" for each in described.settings]
    [case, *_] = yaml.safe_load((ROOT / "tests" / "rules" / "cases" / f"{name}.yaml").read_text(encoding="utf-8"))
    rules = yaml.safe_dump(case["rules"], sort_keys=False, default_flow_style=None, width=110).rstrip()
    return "\n".join(
        [
            f"## {name}\n",
            f"{described.text}\n",
            "| setting | default | |\n|---|---|---|",
            *rows,
            f"\nExample: {case['name']}.\n",
            f"```yaml\n{rules}\n```\n",
            f"Before:\n\n```prisma\n{case['before'].rstrip()}\n```\n",
            f"After:\n\n```prisma\n{case.get('after', case['before']).rstrip()}\n```\n",
        ]
    )


def _default(setting: Setting) -> str:
    return "required" if setting.is_required else f"`{setting.default}`" * bool(setting.default)


def _builtins() -> str:
    lines = ["## Built-in rule files\n"]
    for name in builtin_names():
        rules = load_rules(name)
        lines += [f"`{name}`: {rules.description}\n", "| option | |\n|---|---|"]
        lines += [f"| `{option}` | {purpose} |" for option, purpose in rules.options.items()]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    for file, text in pages().items():
        file.write_text(text, encoding="utf-8")
