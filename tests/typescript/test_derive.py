"""From two schemas to what code feels of the change."""

from __future__ import annotations

import pytest

from prisma_decouple import parse_schema
from prisma_decouple.model.reader import read_model
from prisma_decouple.rules.code import CodeRules
from prisma_decouple.typescript.changes import Fate, LostKey, Stored
from prisma_decouple.typescript.derive import facts_of

_SCHEMA = """
datasource db {{
  provider = "postgresql"
}}

model User {{
  id    Int    @id @default(autoincrement())
  posts Post[]
}}

model Post {{
  id Int @id @default(autoincrement())
{fields}
}}
"""
_LABEL = """
model Label {{
  id     Int  @id
  post   Post @relation(fields: [postId], references: [id])
  postId Int  @unique
{fields}
}}
"""
_AUTHOR = "  authorId Int{key}\n  author User{mark} @relation(fields: [authorId], references: [id])"


@pytest.fixture
def facts():
    def derived(before: str, after: str):
        models = (read_model(parse_schema(_SCHEMA.format(fields=fields))) for fields in (before, after))
        return facts_of(*models, CodeRules())

    return derived


_REQUIRED = _AUTHOR.format(key="", mark="")
_OPTIONAL = _AUTHOR.format(key="?", mark="?")


def test_a_new_field_without_a_default_must_be_given(facts):
    told = facts(_REQUIRED, f"{_REQUIRED}\n  title String")

    assert [(each.model, each.field, each.scalar_types) for each in told.required_fields] == [
        ("Post", "title", ("string",)),
    ]
    assert [(each.field, each.is_nullable) for each in told.new_fields] == [("title", False)]


@pytest.mark.parametrize(
    "field", ["title String?", 'title String @default("")', "at DateTime @updatedAt", "tags String[]"]
)
def test_what_the_database_or_the_client_knows_need_not_be_given(facts, field):
    told = facts(_REQUIRED, f"{_REQUIRED}\n  {field}")

    assert (told.required_fields, told.required) == ((), ())
    assert [each.field for each in told.new_fields] == [field.partition(" ")[0]]


def test_a_relation_whose_key_has_a_default_need_not_be_given(facts):
    assert facts(_AUTHOR.format(key="?", mark="?"), _AUTHOR.format(key=" @default(1)", mark="")).required == ()


def test_a_key_that_may_be_null_is_the_relation_s_and_not_a_field_of_its_own(facts):
    told = facts(_REQUIRED, _AUTHOR.format(key="?", mark="?"))

    assert [(each.model, each.field) for each in told.optional] == [("Post", "author")]
    assert told.optional_fields == ()


def test_a_relation_that_was_only_called_optional_may_be_absent_once_its_key_may_be_null(facts):
    called = _AUTHOR.format(key="", mark="?")
    told = facts(called, _OPTIONAL)

    assert [(each.model, each.field) for each in told.optional] == [("Post", "author")]
    assert facts(called, called).optional == facts(_OPTIONAL, _OPTIONAL).optional == ()


def test_a_field_that_may_be_null_now_is_told(facts):
    told = facts(f"{_REQUIRED}\n  title String", f"{_REQUIRED}\n  title String?")

    assert [(each.model, each.field, each.scalar_type) for each in told.optional_fields] == [
        ("Post", "title", "string"),
    ]


def test_a_relation_that_the_migration_fills_is_known_as_such():
    models = [read_model(parse_schema(_SCHEMA.format(fields=fields))) for fields in ("", _OPTIONAL)]

    (filled,) = facts_of(*models, CodeRules(), {("Post", ("authorId",)): None}).added
    (added,) = facts_of(*models, CodeRules(), {("User", ("authorId",)): None}).added
    (unknown,) = facts_of(*models, CodeRules(), None).added

    assert (filled.is_filled, added.is_filled, unknown.is_filled) == (True, False, None)


def test_what_a_model_has_no_more_is_told_with_what_seems_to_have_taken_its_place(facts):
    told = facts(f"{_REQUIRED}\n  step String\n  rank Int\n  size Int", f"{_REQUIRED}\n  stage String\n  place Int")

    assert [(each.name, each.successor) for each in told.lost_fields] == [("step", "stage"), ("rank", ""), ("size", "")]


def test_the_names_of_compound_keys_are_told_when_they_change(facts):
    keys = "  a Int\n  b Int\n  @@unique([a, b]{name})\n  @@index([b, a])"
    told = facts(keys.format(name=""), keys.format(name=', name: "both"'))

    assert [each.name for each in told.lost_fields] == ["a_b"]


def test_a_field_that_told_one_record_from_the_others_is_a_key_no_more(facts):
    fields = "  title String{}\n  url String @unique\n  lang String\n{}"
    before = facts(fields.format(" @unique", ""), fields.format("", "  @@unique([title, lang])")).lost_keys
    same = facts(fields.format(" @unique", ""), fields.format("", "  @@unique([title])")).lost_keys

    assert before == (LostKey("Post", "title", frozenset({"id", "title_lang", "url"})),)
    assert same == ()


def test_what_is_new_in_a_related_model_under_the_same_name_has_taken_the_place():
    label = "  label Label?"
    before, after = f"{label}\n  tone String", label
    texts = (before, _LABEL.format(fields="")), (after, _LABEL.format(fields="  tone String"))
    models = (read_model(parse_schema(_SCHEMA.format(fields=post) + other)) for post, other in texts)

    told = facts_of(*models, CodeRules())

    assert [(each.name, each.successor) for each in told.lost_fields] == [("tone", "label.tone")]


def test_the_columns_that_changed_are_known_by_the_names_of_the_database(facts):
    before = f'{_REQUIRED}\n  old String\n  kept String @map("same")\n  @@map("posts")'
    after = (
        '  authorId Int? @map("author_id")\n  author User? @relation(fields: [authorId], references: [id])\n'
        '  renamed String @map("same")\n  title String\n  @@map("posts")'
    )

    told = facts(before, after).stored

    assert [(each.change, each.table, each.column, each.target) for each in told] == [
        (Stored.NEEDED, "posts", "title", ""),
        (Stored.NULLABLE, "posts", "author_id", "User"),
        (Stored.LOST, "posts", "authorId", ""),
        (Stored.LOST, "posts", "old", ""),
    ]


def _renamed(before, after, *renames):
    models = [read_model(parse_schema(_SCHEMA.format(fields=fields))) for fields in (before, after)]
    told = facts_of(*models, CodeRules(), renames=renames)
    return {each.name: each.successor for each in told.lost_fields if each.is_renamed}, told


@pytest.mark.parametrize(
    ("before", "after", "renames"),
    [
        ("  tone String", "  mood String", ["Post.tone=mood"]),
        ('  tone String @map("t")', '  mood String @map("t")', []),
        ('  tone String @map("t")', '  mood String @map("m")', ["Post.t=m"]),
    ],
)
def test_a_renamed_field_is_neither_new_nor_to_be_given(before, after, renames):
    names, told = _renamed(before, after, *renames)

    assert names == {"tone": "mood"}
    assert (told.required_fields, told.new_fields) == ((), ())


def test_a_relation_and_the_names_of_compound_keys_follow_their_columns():
    author = "  {0}Id Int\n  {0} User @relation(fields: [{0}Id], references: [id])\n  a Int\n  @@unique([a, {0}Id])"
    names, told = _renamed(author.format("author"), author.format("writer"), "Post.authorId=writerId")

    assert names == {"author": "writer", "authorId": "writerId", "a_authorId": "a_writerId"}
    assert (told.required, told.optional, told.added) == ((), (), ())


_JOINED = """
model User {{
  id Int @id
  name String
  {relation}
}}
model Post {{
  id Int @id
  title String
  {key}
}}
{join}
"""


def test_what_records_have_not_that_stand_where_others_stood_is_told_with_the_way_to_it():
    join = "model Credit {\n  postId Int @id\n  post Post @relation(fields: [postId], references: [id])\n}"
    old = _JOINED.format(
        relation="posts Post[]", key="userId Int\n  user User @relation(fields: [userId], references: [id])", join=""
    )
    new = _JOINED.format(relation="posts Credit[]", key="credits Credit[]", join=join)

    told = facts_of(*(read_model(parse_schema(text)) for text in (old, new)), CodeRules())

    lost = [(each.model, each.was, each.name, each.successor) for each in told.strangers]
    assert lost == [
        ("Credit", "Post", "id", "post.id"),
        ("Credit", "Post", "title", "post.title"),
        ("Credit", "Post", "userId", ""),
        ("Credit", "Post", "user", ""),
    ]
    assert told.lost_of("Credit", "title") is not None
    assert told.is_stranger("Credit", "Post")


_TEAM = """
enum {enum} {{
  OPEN
  {value}
  @@map("Kind")
}}
model {model} {{
  id Int @id
  {name} String @map("name")
  kind {enum}{mark}
  ownerId Int{mark}
  {owner} User{mark} @relation(fields: [ownerId], references: [id])
  @@unique([{name}, ownerId])
  @@map("Team")
}}
model User {{
  id Int @id
  {model}s {model}[]
}}
"""


def test_what_changes_in_a_renamed_model_is_told_in_the_words_of_the_code():
    words = {"enum": "Kind", "value": "DONE", "model": "Team", "name": "name", "owner": "owner", "mark": ""}
    new = {"enum": "Sort", "value": 'OVER @map("DONE")', "model": "Crew", "name": "title", "owner": "boss", "mark": "?"}
    models = [read_model(parse_schema(_TEAM.format(**each))) for each in (words, new)]

    told = facts_of(*models, CodeRules())

    lost = [(each.model, each.name, each.successor) for each in told.lost_fields]
    assert lost == [
        ("Team", "name", "title"),
        ("Team", "owner", "boss"),
        ("Team", "name_ownerId", "title_ownerId"),
        ("User", "Teams", "Crews"),
    ]
    assert [(each.model, each.field) for each in told.optional] == [("Team", "owner")]
    assert [(each.model, each.field, each.scalar_type) for each in told.optional_fields] == [("Team", "kind", "Kind")]
    assert [(each.enum, each.value, each.successor) for each in told.lost_values] == [("Kind", "DONE", "OVER")]
    assert (told.new_values, told.new_fields, told.retyped, told.required) == ((), (), (), ())


def test_a_column_that_is_no_more_is_told_with_its_new_name():
    _, told = _renamed('  tone String @map("t")\n  size Int', '  mood String @map("m")', "Post.t=m")

    assert [(each.column, each.successor) for each in told.stored] == [("t", "m"), ("size", "")]


def test_a_field_of_another_enum_is_told_with_the_values_that_it_takes_now():
    enums = "\nenum One {\n  A\n}\n\nenum Other {\n  A\n  B\n}\n"
    schemas = (_SCHEMA.format(fields=f"  kind {kind}") + enums for kind in ("One", "Other"))

    (field,) = facts_of(*(read_model(parse_schema(each)) for each in schemas), CodeRules()).retyped

    assert (field.before, field.after, field.values) == ("One", "Other", {"A", "B"})


def test_a_value_that_an_enum_did_not_have_is_new_unless_it_was_only_called_otherwise():
    schema = "enum Tier {{\n  FREE\n{values}\n}}\n"
    models = [read_model(parse_schema(schema.format(values=values))) for values in ("  PRO", "  PAID\n  GOLD")]

    new = [(each.value, each.others) for each in facts_of(*models, CodeRules()).new_values]
    renamed = [each.value for each in facts_of(*models, CodeRules(), renames=("Tier.PRO=PAID",)).new_values]

    assert new == [("PAID", {"FREE", "PRO"}), ("GOLD", {"FREE", "PRO"})]
    assert renamed == ["GOLD"]


@pytest.mark.parametrize(
    ("before", "after", "fate"),
    [
        pytest.param("", "", Fate.SETS_FREE, id="until now an author with posts could not be deleted"),
        pytest.param(", onDelete: Cascade", ", onDelete: Cascade", Fate.SAME, id="posts still go with the author"),
        pytest.param(", onDelete: Restrict", ", onDelete: Cascade", Fate.GOES_ALONG, id="posts go with the author now"),
        pytest.param(", onDelete: Cascade", ", onDelete: SetNull", Fate.STAYS_NOW, id="posts stay from now on"),
        pytest.param(", onDelete: Restrict", ", onDelete: Restrict", Fate.SAME, id="nothing changes"),
    ],
)
def test_what_becomes_of_posts_when_their_author_is_deleted(facts, before, after, fate):
    told = facts(
        _REQUIRED.replace("[id])", f"[id]{before})"),
        _OPTIONAL.replace("[id])", f"[id]{after})"),
    )

    assert [each.fate for each in told.optional] == [fate]


_SHOP = """
model Shop {{
  id Int @id
  {users}
}}
model User {{
  id Int @id
  shopId Int {key}
  shop Shop @relation(fields: [shopId], references: [id])
}}
"""


@pytest.mark.parametrize(
    ("users", "key", "is_renamed"), [("readers User[]", "", True), ("readers User?", "@unique", False)]
)
def test_a_relation_that_leads_to_as_many_records_as_before_is_only_called_otherwise(users, key, is_renamed):
    texts = (_SHOP.format(users="users User[]", key=""), _SHOP.format(users=users, key=key))
    (lost,) = facts_of(*(read_model(parse_schema(text)) for text in texts), CodeRules()).lost_fields

    assert (lost.name, lost.successor, lost.is_renamed) == ("users", "readers", is_renamed)
