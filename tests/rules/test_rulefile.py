"""A rule file is validated before anything else happens; a message names the line and the nearest right word."""

from __future__ import annotations

import pytest

from prisma_decouple.errors import DecoupleError, InputError, RuleFileError
from prisma_decouple.rules.rulefile import builtin_names, load_rules, parse_rules

VALID = "rules:\n  - make_optional: { model: Cat, field: name }\n"


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        pytest.param("", 1, 1, "the rule file is empty", "", id="empty"),
        pytest.param("# only a comment\n", 1, 1, "the rule file is empty", "", id="a comment only"),
        pytest.param("- make_optional\n", 1, 1, "a rule file is a mapping with the key `rules`", "", id="a list"),
        pytest.param("name: x\n", 1, 1, "the rule file has no rules", "", id="no rules"),
        pytest.param(
            "rules: [\n", 2, 1, "this is not YAML: expected the node content, but found '<stream end>'", "", id="broken"
        ),
        pytest.param(
            "rules:\n\t- x\n", 2, 1, "this is not YAML: found character '\\t' that cannot start any token", "", id="tab"
        ),
        pytest.param("name: a\nname: b\n", 2, 1, "the key `name` is there twice", "", id="a key twice"),
        pytest.param("rules: &a [*a]\n", 1, 8, "this contains itself", "", id="a loop"),
        pytest.param("ruels: []\n", 1, 1, "unknown key `ruels`", "did you mean `rules`?", id="misspelt section"),
        pytest.param("rules: yes\n", 1, 8, "expected a list, got true or false", "", id="a section of another type"),
        pytest.param(
            "rules:\n  - make_optinal: { model: Cat, field: name }\n",
            2,
            5,
            "there is no operation `make_optinal`",
            "did you mean `make_optional`?",
            id="misspelt operation",
        ),
        pytest.param(
            "rules:\n  - make_optional: { model: Cat, feild: name }\n",
            2,
            34,
            "unknown key `feild`",
            "did you mean `field`?",
            id="misspelt setting",
        ),
        pytest.param(
            "rules:\n  - make_optional: { model: Cat }\n", 2, 20, "the key `field` is missing", "", id="missing setting"
        ),
        pytest.param(
            "rules:\n  - make_optional: { model: Cat, field: [name] }\n",
            2,
            41,
            "expected a text, got a list",
            "",
            id="a setting of another type",
        ),
        pytest.param(
            "rules:\n  - make_optional: { model: Cat, field: a }\n    add_index: { models: [Cat], fields: [a] }\n",
            2,
            5,
            "a rule has exactly one operation",
            "begin a rule with `- `",
            id="two operations in one rule",
        ),
        pytest.param(
            "rules:\n  - add_relation:\n      model: A\n      to: B\n"
            "      backfill:\n        - { host_of: url, lokup: name }\n",
            6,
            27,
            "unknown key `lokup`",
            "did you mean `lookup`?",
            id="misspelt deep inside",
        ),
        pytest.param(
            "rules:\n  - add_relation: { model: A, to: B, on_delete: cascade }\n",
            2,
            49,
            "invalid enum value 'cascade'",
            "did you mean `Cascade`?",
            id="a misspelt word",
        ),
        pytest.param(
            "rules:\n  - add_index: { models: Cat, fields: [name] }\n",
            2,
            26,
            "expected a list, got a text",
            "write a list: [ … ]",
            id="one where a list is wanted",
        ),
        pytest.param(
            "rules:\n  - add_field: { model: Cat, field: born, type: DateTime, backfill: [{ value: 2024-01-31 }] }\n",
            2,
            79,
            "expected true or false, a number, a text or nothing, got a date",
            "put it in quotes",
            id="a date of YAML",
        ),
        pytest.param(
            "rules:\n  - add_relation: { model: A, to: B, backfill: [{ value: 1, host_of: url }] }\n",
            2,
            49,
            "a source is a path, or has either `value` or `host_of`",
            "",
            id="a source of two kinds",
        ),
        pytest.param(
            "rules:\n  - add_relation: { model: A, to: B, backfill: [{ host_of: url }] }\n",
            2,
            49,
            "`host_of` needs `lookup` and `hosts` beside it",
            "",
            id="half a lookup",
        ),
        pytest.param(
            "rules:\n  - add_relation: { model: A, to: B, unresolved: ignore }\n",
            2,
            50,
            "invalid enum value 'ignore'",
            "known here: delete, fail, quarantine",
            id="an unknown way to treat rows",
        ),
        pytest.param(
            f"{VALID}code: {{ resolve: {{ A: {{ find: x }}, B: {{ fnd: x }} }} }}\n",
            3,
            41,
            "unknown key `fnd`",
            "did you mean `find`?",
            id="misspelt in an entry of a mapping",
        ),
        pytest.param(
            f"{VALID}extends: decouple-integratoin\n",
            3,
            10,
            "there is no built-in rule file `decouple-integratoin`",
            "did you mean `decouple-integration`?",
            id="an unknown base",
        ),
        pytest.param(
            f"options: {{ audit: x }}\nenable: [adit]\n{VALID}",
            2,
            10,
            "there is no option `adit`",
            "did you mean `audit`?",
            id="an unknown option",
        ),
        pytest.param(
            "options: { audit: x }\nrules:\n  - option: adit\n    make_optional: { model: A, field: b }\n",
            3,
            13,
            "there is no option `adit`",
            "did you mean `audit`?",
            id="a rule with an unknown option",
        ),
    ],
)
def test_a_mistake_is_reported_at_its_place(text, line, column, message, hint):
    with pytest.raises(RuleFileError) as caught:
        parse_rules(text)

    error = caught.value
    assert (error.place.line, error.place.column, error.message, error.hint) == (line, column, message, hint)


def test_the_guide_cannot_be_written_elsewhere():
    with pytest.raises(RuleFileError, match=r"`guide` is a file name") as caught:
        parse_rules(f"{VALID}code: {{ guide: ../../etc/passwd }}\n")

    assert caught.value.place.line == 3


def test_an_option_is_off_until_it_is_turned_on():
    text = (
        "options: { nick: x }\nrules:\n  - make_optional: { model: A, field: b }\n"
        "  - option: nick\n    add_field: { model: A, field: n, type: Int }\n"
    )

    assert [rule.kind for rule in parse_rules(text).rules] == ["make_optional"]
    assert [rule.kind for rule in parse_rules(text, enable=["nick"]).rules] == ["make_optional", "add_field"]
    assert [rule.kind for rule in parse_rules(f"{text}enable: [nick]\n").rules] == ["make_optional", "add_field"]


def test_an_extension_keeps_the_rules_the_name_and_the_guide_of_its_base():
    base, extension = load_rules("decouple-integration"), parse_rules("extends: decouple-integration\n")

    assert [rule.kind for rule in extension.rules] == [rule.kind for rule in base.rules]
    assert (extension.name, extension.description, extension.code) == (base.name, base.description, base.code)


def test_an_extension_turns_on_the_options_of_its_base():
    rules = parse_rules("extends: decouple-integration\nenable: [audit-authentication]\n")

    assert [rule.kind for rule in rules.rules][-2:] == ["add_enum", "add_field"]


def test_an_extension_adds_its_own_rules_behind():
    rules = parse_rules(f"extends: decouple-integration\nname: mine\n{VALID}")

    assert rules.name == "mine"
    assert rules.rules[-1].operation.model == "Cat"


def test_every_built_in_rule_file_loads_with_all_its_options():
    for name in builtin_names():
        everything = load_rules(name, enable=load_rules(name).options)
        assert len(everything.rules) > len(load_rules(name).rules)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"rules: \x00"])
def test_a_file_that_is_not_text_is_refused(tmp_path, content):
    (tmp_path / "rules.yaml").write_bytes(content)

    with pytest.raises(DecoupleError):
        load_rules(tmp_path / "rules.yaml")


def test_a_folder_is_no_rule_file(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        load_rules(tmp_path)
