"""What a team declares of its schema: selectors, demands, and mistakes in writing them down."""

from __future__ import annotations

import msgspec
import pytest
import yaml

from prisma_decouple import parse_schema
from prisma_decouple.invariants.declared import Invariant
from prisma_decouple.model.reader import read_model

SCHEMA = """\
model User {
  id      Int     @id
  email   String  @unique
  cats    Cat[]
  dogs    Dog[]
}

model Cat {
  id        Int      @id
  weight    Float?
  nick_name String[]
  ownerId   Int
  owner     User     @relation(fields: [ownerId], references: [id], onDelete: Cascade)

  @@index([ownerId, id])
  @@map("cats")
}

model Dog {
  id      Int   @id
  ownerId Int?
  owner   User? @relation(fields: [ownerId], references: [id])
}

enum Mood {
  CALM
  very_wild
}
"""


def found(text):
    invariant = msgspec.convert(yaml.safe_load(text), Invariant)
    return [finding.message for finding in invariant.findings(read_model(parse_schema(SCHEMA)))]


@pytest.mark.parametrize(
    ("invariant", "messages"),
    [
        ("{models: {name: C*}, must: {not_exist: true}}", ["the model `Cat` must not exist"]),
        ("{models: {name: [Cat, Dog], not_name: Dog}, must: {not_exist: true}}", ["the model `Cat` must not exist"]),
        ("{models: {with_field: email}, must: {not_exist: true}}", ["the model `User` must not exist"]),
        ("{models: {without_field: ownerId}, must: {not_exist: true}}", ["the model `User` must not exist"]),
        ("{models: {with_attribute: '@@map'}, must: {not_exist: true}}", ["the model `Cat` must not exist"]),
        (
            "{models: {with_relation_to: User}, must: {have_field: {name: weight}}}",
            ["the model `Dog` has no field `weight`"],
        ),
        (
            "{models: {name: Cat}, must: {have_field: {name: weight, type: Decimal, required: true}}}",
            [
                "the model `Cat` has a field `weight` that is a Float, not Decimal",
                "the model `Cat` has a field `weight` that is not required",
            ],
        ),
        (
            "{models: {name: Cat}, must: {have_field: {name: weight, attribute: '@unique'}}}",
            ["the model `Cat` has a field `weight` without `@unique`"],
        ),
        (
            "{models: {}, must: {have_relation: {to: User, required: true}}}",
            [
                "the model `User` has no relation to `User`",
                "the model `Dog` has a relation to `User` that is not required",
            ],
        ),
        (
            "{models: {with_field: ownerId}, must: {have_relation: {to: User, required: false}}}",
            ["the model `Cat` has a relation to `User` that is required"],
        ),
        (
            "{models: {with_field: ownerId}, must: {have_index: [ownerId]}}",
            ["the model `Dog` has no index on (ownerId)"],
        ),
        ("{models: {name: '?og'}, must: {have_attribute: '@@map'}}", ["the model `Dog` has no `@@map`"]),
        (
            "{models: {}, must: {be_named: '/[A-C].*/'}}",
            ["the model `User` is not named in /[A-C].*/", "the model `Dog` is not named in /[A-C].*/"],
        ),
        (
            "{fields: {name: '*_*'}, must: {be_named: camelCase}}",
            ["the field `Cat.nick_name` is not named in camelCase"],
        ),
        (
            "{fields: {type: Float}, must: {be_of_type: [Decimal, Int]}}",
            ["the field `Cat.weight` is a Float, not Decimal or Int"],
        ),
        ("{fields: {list: true}, must: {not_exist: true}}", ["the field `Cat.nick_name` must not exist"]),
        (
            "{fields: {optional: true, of: {name: Cat}}, must: {be_optional: false}}",
            ["the field `Cat.weight` is optional"],
        ),
        ("{fields: {attribute: '@unique'}, must: {be_optional: true}}", ["the field `User.email` is not optional"]),
        (
            "{fields: {name: email}, must: {have_attribute: '@db.Citext'}}",
            ["the field `User.email` has no `@db.Citext`"],
        ),
        (
            "{fields: {name: ownerId}, must: {be_mapped: true}}",
            [
                "the field `Cat.ownerId` is not mapped to the column `owner_id`",
                "the field `Dog.ownerId` is not mapped to the column `owner_id`",
            ],
        ),
        ("{relations: {to: User}, must: {state: [onDelete]}}", ["the relation `Dog.owner` does not state `onDelete`"]),
        (
            "{relations: {}, must: {on_delete: [Restrict, SetNull]}}",
            [
                "the relation `Cat.owner` does not have `onDelete: Restrict | SetNull`",
                "the relation `Dog.owner` does not have `onDelete: Restrict | SetNull`",
            ],
        ),
        ("{relations: {optional: true}, must: {be_optional: false}}", ["the relation `Dog.owner` is optional"]),
        (
            "{relations: {}, must: {be_indexed: true}}",
            ["the relation `Dog.owner` has no index that begins with (ownerId)"],
        ),
        (
            "{enums: {}, must: {have_values_named: SCREAMING_SNAKE_CASE}}",
            ["the enum `Mood` has the value `very_wild`, which is not in SCREAMING_SNAKE_CASE"],
        ),
        (
            "{models: {name: '/[CD]../', without_field: 'w*'}, must: {not_exist: true}}",
            ["the model `Dog` must not exist"],
        ),
        ("{models: {with_field: '*_name'}, must: {not_exist: true}}", ["the model `Cat` must not exist"]),
        ("{models: {with_field: email}, must: {have_field: name}}", ["the model `User` has no field `name`"]),
        (
            "{models: {name: Dog}, must: {have_field: [name, {name: ownerId, required: true}]}}",
            ["the model `Dog` has no field `name`", "the model `Dog` has a field `ownerId` that is not required"],
        ),
        (
            "{models: {name: [User, Cat]}, must: {be_mapped: plural}}",
            ["the model `User` is not mapped to the table `users`"],
        ),
        (
            "{models: {}, must: {have_fields_in_order: [id, '...', ownerId, owner]}}",
            [],
        ),
        (
            "{models: {with_field: ownerId}, must: {have_fields_in_order: [id, ownerId, '...']}}",
            ["the model `Cat` does not have its fields in the order id, ownerId, ..."],
        ),
        (
            "{fields: {name: '*s', relations: true, list: true}, must: {not_exist: true}}",
            ["the field `User.cats` must not exist", "the field `User.dogs` must not exist"],
        ),
        (
            "{fields: {type: Cat, relations: true}, must: {be_of_type: Dog}}",
            ["the field `User.cats` is a Cat, not Dog"],
        ),
        (
            "{fields: {name: [email, weight]}, must: {be_indexed: true}}",
            ["the field `Cat.weight` has no index that begins with it"],
        ),
        (
            "{fields: {name: email}, must: {have_attribute: ['@db.Text', db.Citext]}}",
            ["the field `User.email` has no `@db.Text` or `@db.Citext`"],
        ),
        ("{fields: {name: email}, must: {not_have_attribute: [id, unique]}}", ["the field `User.email` has `@unique`"]),
        (
            "{fields: {attribute: [id, unique], of: {name: User}, without_attribute: '@id'}, must: {not_exist: true}}",
            ["the field `User.email` must not exist"],
        ),
        (
            "{relations: {of: {name: Dog}}, must: {not_exist: true, be_named: /x.*/}}",
            ["the relation `Dog.owner` must not exist", "the relation `Dog.owner` is not named in /x.*/"],
        ),
        (
            "{relations: {of: {name: Cat}}, must: {on_update: NoAction}}",
            ["the relation `Cat.owner` does not have `onUpdate: NoAction`"],
        ),
        ("{indexes: {}, must: {begin_with: [id]}}", ["the index on (ownerId, id) of `Cat` does not begin with (id)"]),
        (
            "{indexes: {kind: [id, unique], of: {name: User}}, must: {not_exist: true}}",
            ["the key on (id) of `User` must not exist", "the unique constraint on (email) of `User` must not exist"],
        ),
        (
            "{indexes: {with_field: owner*}, must: {have_at_most: 1, be_of_type: Hash, have_map: true}}",
            [
                "the index on (ownerId, id) of `Cat` has 2 fields, and 1 are enough",
                "the index on (ownerId, id) of `Cat` is a BTree, not Hash",
                "the index on (ownerId, id) of `Cat` has no `map`",
            ],
        ),
        ("{indexes: {type: Gin}, must: {not_exist: true}}", []),
        ("{enums: {not_name: X*}, must: {not_exist: true}}", ["the enum `Mood` must not exist"]),
        ("{enums: {name: M*}, must: {be_named: plural}}", ["the enum `Mood` is not named in plural"]),
    ],
)
def test_what_does_not_keep_an_invariant_is_found(invariant, messages):
    assert found(invariant) == messages


@pytest.mark.parametrize(
    ("invariant", "message"),
    [
        ("{must: {not_exist: true}}", "exactly one of `models`, `fields`, `relations`, `indexes` and `enums`"),
        ("{models: {}, fields: {}, must: {not_exist: true}}", "exactly one of"),
        ("{models: {}, must: {}}", "`must` demands nothing"),
        ("{models: {}, must: {be_indexed: true}}", "this cannot be demanded of models: there is no `be_indexed`"),
        ("{models: {}, must: {have_field: {nmae: x}}}", "this cannot be demanded of models: there is no `nmae`"),
        ("{models: {}, must: {be_named: KEBAB}}", "'KEBAB' is no style of names"),
        ("{models: {}, must: {be_named: '/(/'}}", "`/\\(/` is no regular expression"),
        ("{models: {name: '/[/'}, must: {not_exist: true}}", "is no regular expression"),
        ("{models: {}, must: {have_attribute: '@@index([a])'}}", "is no name of an attribute"),
        ("{models: {nmae: x}, must: {not_exist: true}}", "unknown field `nmae`"),
        ("{models: {}}", "missing required field `must`"),
    ],
)
def test_a_mistake_in_an_invariant_is_an_error(invariant, message):
    with pytest.raises(msgspec.ValidationError, match=message):
        found(invariant)


def test_the_code_and_the_reason_are_told_with_every_finding():
    invariant = msgspec.convert(
        {"code": "T1", "because": "so it is", "models": {"name": "Cat"}, "must": {"not_exist": True}}, Invariant
    )

    [finding] = invariant.findings(read_model(parse_schema(SCHEMA)))

    assert (finding.code, finding.because, finding.node.name) == ("T1", "so it is", "Cat")


@pytest.mark.parametrize(
    ("invariant", "text"),
    [
        ("{models: {name: Cat}, must: {not_exist: true}}", "model Cat"),
        ("{fields: {name: weight}, must: {not_exist: true}}", "weight    Float?"),
        ("{relations: {of: {name: Dog}}, must: {not_exist: true}}", "owner   User?"),
        ("{indexes: {}, must: {not_exist: true}}", "@@index([ownerId, id])"),
        ("{indexes: {kind: unique}, must: {not_exist: true}}", "email   String"),
        ("{enums: {}, must: {have_values_named: SCREAMING_SNAKE_CASE}}", "very_wild"),
    ],
)
def test_a_finding_stands_where_it_is_to_be_mended(invariant, text):
    declared = msgspec.convert(yaml.safe_load(invariant), Invariant)

    [finding] = declared.findings(read_model(parse_schema(SCHEMA)))

    assert str(finding.node).strip().startswith(text)
