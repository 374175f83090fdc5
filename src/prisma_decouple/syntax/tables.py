"""The grammar as tables: lark makes them, they are kept, and `machine` runs on them without lark.

Importing lark and analysing the grammar takes longer than reading most schemas, and the hook of a commit reads one
schema. So the wheel carries the tables (`hatch_build.py`), a checkout keeps them in the user's cache, and lark itself
is asked only when they are made, or when a text is wrong and somebody wants to know what was expected.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any

import msgspec

from prisma_decouple.resources import cache_file, data_directory

if TYPE_CHECKING:
    from pathlib import Path

    from lark import Lark
    from lark.lexer import TerminalDef

GRAMMAR = "prisma.lark"
TABLES = "prisma.tables.json"


class Rule(msgspec.Struct, frozen=True, array_like=True):
    """A rule of the grammar.

    Attributes:
        name: as the grammar calls it; one that begins with `_` has no node of its own, its parts belong to the rule
            that uses it.
        size: how many symbols it has.
        has_inner: whether one of them is such a rule.
    """

    name: str
    size: int
    has_inner: bool


class Tables(msgspec.Struct, frozen=True):
    """An LALR(1) parser and its contextual lexer.

    Attributes:
        grammar: the text that they were made of.
        start: the first state.
        end: the state in which everything has been read.
        actions: for each state what a terminal or rule does: the next state, or `~n` to reduce by rule `n`.
        rules: the rules by number.
        lexers: regular expressions; the name of a group is that of a terminal.
        ascii_lexers: the same for a text of ASCII, without the characters that it cannot have; Python takes half the
            time to compile them.
        lexer_of: for each state the number of its lexer.
    """

    grammar: str
    start: int
    end: int
    actions: list[dict[str, int]]
    rules: list[Rule]
    lexers: list[str]
    ascii_lexers: list[str]
    lexer_of: list[int]


@cache
def tables() -> Tables:
    """The tables of the grammar; made, and kept for the next time, when nobody has made them yet."""
    folder = data_directory("grammar")
    grammar = (folder / GRAMMAR).read_text(encoding="utf-8")
    kept = cache_file(TABLES)
    for path in (folder / TABLES, kept):
        if path and (found := _read(path, grammar)):
            return found
    made = make_tables(grammar)
    if kept:
        with suppress(OSError):
            write_tables(made, kept)
    return made


def _read(path: Path, grammar: str) -> Tables | None:
    """The tables in a file, unless they are of another grammar, or no tables at all."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Tables)
    except (OSError, msgspec.DecodeError):
        return None
    return found if found.grammar == grammar else None


def write_tables(made: Tables, path: Path) -> None:
    """Write the tables to a file, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.write_bytes(msgspec.json.encode(made))
    temporary.replace(path)


@cache
def lark_of(grammar: str, *, keep: bool = False) -> Lark:
    """Lark's own parser of a grammar: it makes the tables, and knows best what is wrong with a text.

    Args:
        grammar: its text.
        keep: whether lark may keep what it found out in the user's cache.
    """
    from lark import Lark  # noqa: PLC0415 - as above

    kept = cache_file("grammar.lark") if keep else None
    return Lark(
        grammar,
        parser="lalr",
        lexer="contextual",
        maybe_placeholders=False,
        cache=str(kept) if kept else False,
    )


def make_tables(grammar: str) -> Tables:
    """Let lark analyse the grammar; the same grammar gives the same tables."""
    frontend = lark_of(grammar).parser
    table = frontend.parser._parse_table  # noqa: SLF001 - lark's standalone generator takes them from here, too
    rules = sorted(frontend.parser_conf.rules, key=lambda rule: (rule.origin.name, rule.order, str(rule)))
    rule_numbers = {rule: number for number, rule in enumerate(rules)}
    states = _in_order(table.states, table.start_states["start"])
    numbers = {state: number for number, state in enumerate(states)}
    lexers = [_lexer(frontend.lexer.lexers[state].terminals) for state in states]
    different = list(dict.fromkeys(lexers))
    return Tables(
        grammar=grammar,
        start=0,
        end=numbers[table.end_states["start"]],
        actions=[
            {
                str(symbol): numbers[target] if target in numbers else ~rule_numbers[target]
                for symbol, (_, target) in sorted(table.states[state].items())
            }
            for state in states
        ],
        rules=[
            Rule(str(rule.origin.name), len(rule.expansion), any(each.name.startswith("_") for each in rule.expansion))
            for rule in rules
        ],
        lexers=different,
        ascii_lexers=[_for_ascii(lexer) for lexer in different],
        lexer_of=[different.index(lexer) for lexer in lexers],
    )


def _in_order(states: dict[int, dict[str, tuple[object, Any]]], start: int) -> list[int]:
    """The states in the order in which they are reached; lark numbers them as it comes."""
    order = [start]
    for state in order:
        targets = [target for _, (_, target) in sorted(states[state].items()) if isinstance(target, int)]
        order += dict.fromkeys(target for target in targets if target not in order)
    return order


def _lexer(terminals: list[TerminalDef]) -> str:
    """The regular expression that tells terminals apart; lark has sorted them by what is to be tried first."""
    from lark.lexer import PatternRE  # noqa: PLC0415 - as above

    assert all(isinstance(each.pattern, PatternRE) for each in terminals), "a terminal is a mere word"  # noqa: S101
    return "|".join(f"(?P<{each.name}>{each.pattern.to_regexp()})" for each in terminals)


def _for_ascii(lexer: str) -> str:
    """A regular expression without what is beyond ASCII: its characters and ranges stand beside others in brackets."""
    return re.sub(r"[^\x00-\x7f](?:-[^\x00-\x7f])?", "", lexer)
