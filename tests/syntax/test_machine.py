"""The parser runs on lark's tables without lark: that it does what lark would do, and where the tables come from."""

from __future__ import annotations

import subprocess
import sys
from functools import cache

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Tree
from lark.exceptions import UnexpectedInput

from prisma_decouple.resources import cache_file
from prisma_decouple.syntax.builder import RULES
from prisma_decouple.syntax.machine import Machine, StuckError
from prisma_decouple.syntax.tables import TABLES, lark_of, make_tables, tables, write_tables
from syntax.edits import EXAMPLE, edited_schemas

MAKE_TREES = {name: lambda parts, name=name: Tree(name, parts) for name in RULES}


@cache
def fresh_tables():
    """The tables as they are made today; those in the user's cache may be older than the code that makes them."""
    return make_tables(tables().grammar)


def tree_of_machine(text, made=None):
    try:
        return Machine(made or fresh_tables(), MAKE_TREES, {}).parse(text)
    except StuckError:
        return None


def tree_of_lark(text):
    try:
        return lark_of(tables().grammar).parse(text)
    except UnexpectedInput:
        return None


@given(st.one_of(edited_schemas(), st.text()))
def test_the_machine_makes_the_tree_that_lark_makes_or_refuses_what_lark_refuses(text):
    assert tree_of_machine(text) == tree_of_lark(text)


@given(edited_schemas().filter(str.isascii))
def test_the_lexers_for_ascii_are_the_others_without_what_such_a_text_cannot_have(text):
    anything = msgspec.structs.replace(fresh_tables(), ascii_lexers=fresh_tables().lexers)

    assert tree_of_machine(text) == tree_of_machine(text, anything)


def test_every_rule_with_a_node_has_something_that_makes_it():
    named = {rule.name for rule in fresh_tables().rules if not rule.name.startswith(("_", "$"))}

    assert named == set(RULES)


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Where the tables are kept, in a cache of its own that is empty yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    tables.cache_clear()
    yield cache_file(TABLES)
    tables.cache_clear()


def test_tables_are_kept_for_the_next_time(kept):
    made = tables()

    content = kept.read_bytes()
    tables.cache_clear()
    assert (tables(), kept.read_bytes()) == (made, content)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\x00", b"[1, 2", b'{"grammar": 1}'])
def test_tables_that_cannot_be_read_are_made_again(kept, content):
    kept.write_bytes(content)

    assert tables().actions
    assert kept.read_bytes() != content


def test_tables_of_another_grammar_are_made_again(kept):
    write_tables(make_tables("start: A\nA: /a/\n"), kept)

    assert tables().grammar.startswith("// The schema language of Prisma")


def test_a_cache_that_cannot_be_written_is_done_without(kept):
    kept.mkdir()

    assert tables().actions


def test_a_schema_without_errors_is_read_without_lark():
    tables()
    read = (
        f"import sys; from prisma_decouple import parse_schema; parse_schema({EXAMPLE!r}); print('lark' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", read], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"
