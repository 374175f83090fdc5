"""Who deletes what others have to belong to now is told, unless they kept it from being deleted before."""

from __future__ import annotations

import pytest

from prisma_decouple import parse_schema
from prisma_decouple.model.reader import read_model
from prisma_decouple.rules.code import CodeRules
from prisma_decouple.rules.intents import RelationPath
from prisma_decouple.typescript.derive import facts_of
from prisma_decouple.typescript.scan import scan_files
from prisma_decouple.typescript.source.files import CodeFile

_SCHEMA = """\
datasource db {{
  provider = "postgresql"
  url      = env("DATABASE_URL")
}}

model Club {{
  id      Int      @id
  members Member[]
}}

model Member {{
  id     Int    @id
  clubId Int
  club   Club   @relation(fields: [clubId], references: [id]{club})
  lists  List[]
  {member}
}}

model List {{
  id       Int    @id
  ownerId  Int{sign}
  owner    Member{sign} @relation(fields: [ownerId], references: [id]{owner})
  entries  Entry[]
}}

model Entry {{
  id     Int  @id
  listId Int{listed}
  list   List{listed} @relation(fields: [listId], references: [id]{list})
  {entry}
}}
"""
_LISTS = "entries Entry[]"
_NOTHING, _CASCADE = "", ", onDelete: Cascade"
_WAY = RelationPath((("Entry", "list"),), "List", ("ownerId",))
_START = 'import { PrismaClient } from "@prisma/client";\nconst db = new PrismaClient();\n'
_DELETION = "await db.member.delete({ where: { id } });\n"


def _schema(entry, owner=_NOTHING, sign="", list_=_CASCADE, club=_NOTHING, listed=""):
    values = {"entry": entry, "owner": owner, "sign": sign, "list": list_, "club": club, "listed": listed}
    return read_model(parse_schema(_SCHEMA.format(member=_LISTS if entry else "", **values)))


def _field(action="", sign=""):
    return f"memberId Int{sign}\n  member Member{sign} @relation(fields: [memberId], references: [id]{action})"


def _told(before, after, code, way=_WAY):
    filled = {("Entry", ("memberId",)): way} if way is not None else {}
    result = scan_files(facts_of(before, after, CodeRules(), filled), [CodeFile("code.ts", _START + code)])
    return [hint.why for hint in result.hints if hint.kind.value == "filter"]


_HELD = "A Member cannot be deleted any more as long as `member` of an Entry leads to it"


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        pytest.param(_schema("", _CASCADE), _schema(_field(), _CASCADE), _WAY, id="went along with it before"),
        pytest.param(_schema(""), _schema(_field()), None, id="had nothing to do with it before"),
        pytest.param(_schema(_field(sign="?")), _schema(_field()), None, id="could do without it before"),
        pytest.param(
            _schema("", sign="?", list_=_NOTHING),
            _schema(_field(), sign="?", list_=_NOTHING),
            _WAY,
            id="kept only what let go of it before",
        ),
    ],
)
def test_what_has_to_belong_to_a_record_now_keeps_it(before, after, way):
    (why,) = _told(before, after, _DELETION, way)

    assert why.startswith(_HELD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(_schema(""), _schema(_field()), id="kept it before by way of another"),
        pytest.param(
            _schema("", _CASCADE, list_=_NOTHING),
            _schema(_field(), _CASCADE, list_=_NOTHING),
            id="kept what had to go along with it",
        ),
        pytest.param(_schema("", _CASCADE), _schema(_field(_CASCADE), _CASCADE), id="is deleted along with it"),
        pytest.param(_schema(_field()), _schema(_field(), _CASCADE), id="kept it before"),
    ],
)
def test_what_kept_a_record_before_or_goes_along_with_it_is_left_alone(before, after):
    assert _told(before, after, _DELETION) == []


def test_what_can_do_without_the_way_over_which_it_kept_a_record_keeps_it_by_itself():
    before, after = _schema("", list_=_NOTHING), _schema(_field(), list_=_NOTHING, listed="?")

    assert _told(before, after, _DELETION) == [
        "An Entry without `list` keeps a Member from being deleted now. Look what becomes of these first."
    ]


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ("await db.entry.create({ data });\nawait db.member.deleteMany();\nawait db.member.deleteMany();\n", [4]),
        ("await db.member.create({ data });\nawait db.member.deleteMany();\n", []),
    ],
)
def test_a_test_that_cannot_delete_any_more_what_it_makes_is_told_once(code, lines):
    facts = facts_of(_schema(""), _schema(_field()), CodeRules(), {})
    hints = scan_files(facts, [CodeFile("members.test.ts", _START + code)]).hints

    assert [hint.line for hint in hints if hint.why.startswith(_HELD)] == lines


def test_who_deletes_first_what_belongs_to_it_has_thought_of_that():
    code = "export async function leave(id: number) {\n  await db.entry.deleteMany({ where: { memberId: id } });\n"

    assert _told(_schema(""), _schema(_field()), f"{code}  {_DELETION}}}\n", None) == []


@pytest.mark.parametrize(
    ("before", "is_told"),
    [
        pytest.param("await db.list.deleteMany();", False, id="all that the others go along with"),
        pytest.param("await db.list.deleteMany({ where: { clubId } });", False, id="as far as it is asked for"),
        pytest.param("await db.list.deleteMany({ where: { id } });", True, id="others"),
        pytest.param("await db.club.deleteMany();", True, id="what nothing goes along with"),
    ],
)
def test_who_deletes_first_what_the_others_go_along_with_has_nothing_left_that_keeps_it(before, is_told):
    deletion = "await db.member.deleteMany({ where: { clubId, isGuest: true } });"
    code = f"export async function leave(id: number, clubId: number) {{\n  {before}\n  {deletion}\n}}\n"

    told = _told(_schema("", _CASCADE), _schema(_field(), _CASCADE), code)

    assert any(why.startswith(_HELD) for why in told) is is_told


def test_what_takes_a_record_along_that_is_kept_now_is_kept_as_well():
    before, after = _schema("", _CASCADE, club=_CASCADE), _schema(_field(), _CASCADE, club=_CASCADE)
    kept = "await db.club.delete({ where: { id } });\n"

    (why,) = _told(before, after, kept)

    assert why.startswith(
        "A Club cannot be deleted any more as long as `member` of an Entry leads to a Member that goes along with it"
    )
    assert _told(_schema("", _CASCADE), _schema(_field(), _CASCADE), kept) == []


_TWO = """
datasource db {{
  provider = "postgresql"
  url      = env("DATABASE_URL")
}}

model Member {{
  id      Int     @id
  written Entry[] @relation("writer")
  {back}
}}

model Entry {{
  id       Int     @id
  writerId Int{sign}
  writer   Member{sign} @relation("writer", fields: [writerId], references: [id])
  {more}
}}
"""
_OWNER = 'ownerId Int\n  owner Member @relation("owner", fields: [ownerId], references: [id]{action})'
_SAME_KEY, _OTHER_KEY = RelationPath((), "Entry", ("writerId",)), RelationPath((), "Entry", ("reviewerId",))


@pytest.mark.parametrize(
    ("action", "way", "is_told"),
    [
        pytest.param("", _SAME_KEY, False, id="the same record keeps the entry from then on"),
        pytest.param(_CASCADE, _SAME_KEY, True, id="the same record takes the entry along"),
        pytest.param("", _OTHER_KEY, True, id="it is another one that keeps it"),
    ],
)
def test_what_another_relation_to_the_same_record_keeps_is_not_set_free(action, way, is_told):
    before = read_model(parse_schema(_TWO.format(back="", sign="", more="")))
    new = {"back": 'owned Entry[] @relation("owner")', "more": _OWNER.format(action=action)}
    after = read_model(parse_schema(_TWO.format(sign="?", **new)))
    filled = {("Entry", ("ownerId",)): way}

    result = scan_files(facts_of(before, after, CodeRules(), filled), [CodeFile("code.ts", _START + _DELETION)])

    assert any("stay without one" in hint.why for hint in result.hints) is is_told


@pytest.mark.parametrize(
    ("asked", "is_told"),
    [
        pytest.param(
            "const found = await db.member.findUnique({ where: { id }, include: { _count: true } });\n"
            '  if (found._count.entries > 0 || found.locked) throw new Error("used");\n',
            False,
            id="by what the record has",
        ),
        pytest.param(
            "const found = await db.member.findUnique({ where: { id }, include: { entries: { take: 1 } } });\n"
            "  if (!found) throw new Error();\n  const isUsed = found.entries.length > 0 || found.locked;\n"
            '  if (isUsed) throw new Error("used");\n',
            False,
            id="by what a variable says of it",
        ),
        pytest.param(
            "const entries = await db.entry.count({ where: { memberId: id } });\n"
            '  if (entries > 0) return { error: "used" };\n',
            False,
            id="by a count of its own",
        ),
        pytest.param(
            "const [one, lists] = await Promise.all(\n"
            "    [db.entry.findFirst({ where: { memberId: id } }), db.list.count()]);\n"
            '  if (one) throw new Error("used");\n',
            False,
            id="by a query among others",
        ),
        pytest.param(
            "const entries = await db.entry.count({ where: { memberId: id } });\n"
            "  if (entries > 0) return failed(Failure.USED, 'used');\n",
            False,
            id="with an answer of any kind",
        ),
        pytest.param(
            "const entries = await db.entry.count({ where: { memberId: id } });\n"
            '  if (entries > 0) console.log("used");\n',
            True,
            id="only to say so",
        ),
        pytest.param(
            'const found = await db.member.findUnique({ where: { id } });\n  if (!found) throw new Error("none");\n',
            True,
            id="for something else",
        ),
    ],
)
def test_who_refuses_to_delete_what_still_has_records_keeps_it_as_the_database_did(asked, is_told):
    code = f"export async function leave(id: number) {{\n  {asked}  {_DELETION}}}\n"

    told = _told(_schema(_field()), _schema(_field(sign="?")), code, None)

    assert any("stay without one" in why for why in told) is is_told


_FOUND = "const found = await db.member.findUnique({ where: { id }, include: { lists: { take: 1 } } });\n"
_COUNTED = (
    "const found = await db.member.findUnique({ where: { id }, select: { _count: { select: { lists: true } } } });\n"
)
_REFUSED = 'throw new Error("used");\n'


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(f"{_FOUND}  if (found.lists.length > 0) {_REFUSED}", id="by a list"),
        pytest.param(f"{_COUNTED}  if (found._count.lists > 0) {_REFUSED}", id="by a count"),
        pytest.param(
            f"{_FOUND}  const isUsed = found.lists.length > 0 || found.locked;\n  if (isUsed) {_REFUSED}",
            id="in a variable",
        ),
        pytest.param(
            "const [lists, clubs] = await Promise.all([db.list.count({ where: { ownerId: id } }), db.club.count()]);\n"
            f"  if (lists > 0) {_REFUSED}",
            id="by a query among others",
        ),
        pytest.param(f"{_FOUND}  if (found.lists.length === 0) ", id="only to delete what nothing belongs to"),
    ],
)
def test_who_asks_what_belongs_to_a_record_before_deleting_it_has_to_ask_for_what_keeps_it_now_as_well(asked):
    code = f"export async function leave(id: number) {{\n  {asked}  {_DELETION}}}\n"

    told = _told(_schema(""), _schema(_field()), code, _WAY)  # a list kept it before, and its entries now as well

    (why,) = told  # and the deletion is told by that
    assert why == (
        "This asks what belongs to a Member before it is deleted. An Entry does as well now, by `member`, and keeps it "
        "from being deleted: ask for `entries` too."
    )


def test_what_says_whether_a_record_can_be_deleted_has_to_ask_for_it_as_well():
    code = (
        "export async function used(id: number) {\n"
        "  const lists = await db.list.findMany({ where: { ownerId: id } });\n"
        "  return { lists, canDelete: lists.length === 0 };\n}\n"
    )

    (why,) = _told(_schema(""), _schema(_field()), code)

    assert why.endswith("ask for `entries` too.")


@pytest.mark.parametrize(
    ("before", "after", "asked"),
    [
        pytest.param(
            _schema(_field(sign="?")),
            _schema(_field()),
            f"{_FOUND}  if (found.lists.length > 0 || found.entries.length > 0) {_REFUSED}",
            id="it is asked for",
        ),
        pytest.param(
            _schema(_field(sign="?")),
            _schema(_field()),
            "const entries = await db.entry.count({ where: { memberId: id } });\n"
            f"  if (entries > 0) {_REFUSED}  {_FOUND}  if (found.lists.length > 0) console.log(found);\n",
            id="it is asked for by a query",
        ),
        pytest.param(
            _schema(""),
            _schema(_field(_CASCADE)),
            f"{_FOUND}  if (found.lists.length > 0) {_REFUSED}",
            id="it goes along",
        ),
        pytest.param(
            _schema(_field(", onDelete: Restrict", sign="?")),
            _schema(_field()),
            f"{_FOUND}  if (found.lists.length > 0) {_REFUSED}",
            id="it kept the record before",
        ),
        pytest.param(_schema(""), _schema(_field()), f"{_FOUND}  if (!found) {_REFUSED}", id="nothing is asked for"),
        pytest.param(
            _schema(""),
            _schema(_field()),
            "const lists = await db.list.findMany({ where: { entries: { some: { id } } } });\n"
            f"  if (lists.length > 1) {_REFUSED}",
            id="what is asked for does not belong to it",
        ),
    ],
)
def test_who_asks_for_all_that_keeps_a_record_or_for_something_else_is_left_alone(before, after, asked):
    code = f"export async function leave(id: number) {{\n  {asked}  {_DELETION}}}\n"

    assert not any("asks" in why for why in _told(before, after, code, None))
