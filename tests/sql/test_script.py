"""A script in its statements."""

from __future__ import annotations

import pytest

from prisma_decouple.sql.script import statements


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("", []),
        ("-- only; a comment\n/* and; another */", []),
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT 1;;\n;SELECT 2;", ["SELECT 1", "SELECT 2"]),
        ("SELECT 'it''s; one';", ["SELECT 'it''s; one'"]),
        (r"SELECT E'a\';b'; SELECT 'a\';", [r"SELECT E'a\';b'", r"SELECT 'a\'"]),
        ('SELECT "a;""b";', ['SELECT "a;""b"']),
        ("DO $m$ BEGIN; PERFORM $$;$$; END $m$; SELECT 1", ["DO $m$ BEGIN; PERFORM $$;$$; END $m$", "SELECT 1"]),
        ("SELECT a$b$c; SELECT $1;", ["SELECT a$b$c", "SELECT $1"]),
        ("/* a /* nested; */ ; */ SELECT 1;", ["SELECT 1"]),
        ("SELECT 1 -- why; not\n;", ["SELECT 1 -- why; not"]),
        (
            "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3",
            ["CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "SELECT 3"],
        ),
        (
            "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END; SELECT 3",
            [
                "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END",
                "SELECT 3",
            ],
        ),
        ("SELECT 'no end;", ["SELECT 'no end;"]),
        ("SELECT $$no end;", ["SELECT $$no end;"]),
    ],
)
def test_only_a_semicolon_between_statements_ends_one(script, expected):
    assert [each.text for each in statements(script)] == expected


@pytest.mark.parametrize(
    ("text", "control"),
    [
        ("BEGIN", "begin"),
        ("start transaction isolation level serializable", "begin"),
        ("COMMIT", "commit"),
        ("END", "commit"),
        ("ROLLBACK", "rollback"),
        ("ROLLBACK TO SAVEPOINT a", ""),
        ("COMMIT PREPARED 'a'", ""),
        ("ENDLESS", ""),
    ],
)
def test_what_controls_a_transaction_is_recognized(text, control):
    [statement] = statements(text)

    assert statement.control == control


def test_a_statement_knows_its_line():
    assert [each.line for each in statements("-- head\n\nBEGIN;\n-- why\nSELECT\n1;\nCOMMIT;")] == [3, 5, 7]
