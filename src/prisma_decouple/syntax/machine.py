"""Running the tables of the grammar over a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prisma_decouple.syntax.tables import Tables

    _Match: TypeAlias = Callable[[str, int], re.Match[str] | None]

_END = "$END"


class StuckError(Exception):
    """The text does not follow the grammar; lark can say where and why."""


class Machine:
    """A parser that makes nodes while it reads.

    Args:
        tables: of the grammar.
        rules: for each rule that is a node what makes it of its parts.
        terminals: for each terminal that is a node what makes it of its text; any other is its text.
    """

    def __init__(
        self,
        tables: Tables,
        rules: Mapping[str, Callable[[list[Any]], object]],
        terminals: Mapping[str, Callable[[str], object]],
    ) -> None:
        self._tables = tables
        self._rules = [(rule.name, rule.size, rule.has_inner, rules.get(rule.name)) for rule in tables.rules]
        self._terminals = terminals
        # A lexer is compiled when the first text needs it; those for ASCII stand apart.
        self._lexers: dict[bool, list[_Match | None]] = {each: [None] * len(tables.actions) for each in (True, False)}

    def parse(self, text: str) -> Any:  # noqa: ANN401 - whatever the first rule makes
        """Read a text.

        Raises:
            StuckError: it does not follow the grammar.
        """
        actions, rules, terminals = self._tables.actions, self._rules, self._terminals
        is_ascii = text.isascii()
        match = self._lexers[is_ascii]
        state, position = self._tables.start, 0
        states = [state]
        values: list[Any] = []
        while True:
            found = (match[state] or self._lexer(state, is_ascii=is_ascii))(text, position)
            if found is not None:
                symbol, token = found.lastgroup or "", found[0]
                position = found.end()
            elif position == len(text):
                symbol, token = _END, ""
            else:
                raise StuckError
            while (action := actions[state].get(symbol)) is not None and action < 0:
                name, size, has_inner, make = rules[~action]
                parts = values[-size:] if size else []
                if size:
                    del values[-size:], states[-size:]
                if has_inner:
                    parts = _joined(parts)
                values.append(make(parts) if make else parts)
                state = actions[states[-1]][name]
                states.append(state)
                if symbol is _END and state == self._tables.end:
                    return values[-1]
            if action is None:
                raise StuckError
            make_node = terminals.get(symbol)
            values.append(make_node(token) if make_node else token)
            states.append(action)
            state = action

    def _lexer(self, state: int, *, is_ascii: bool) -> _Match:
        number = self._tables.lexer_of[state]
        match = re.compile((self._tables.ascii_lexers if is_ascii else self._tables.lexers)[number]).match
        for each, other in enumerate(self._tables.lexer_of):
            if other == number:
                self._lexers[is_ascii][each] = match
        return match


def _joined(parts: list[Any]) -> list[Any]:
    """The parts, those of inner rules in place of them; the list of the first is used again, as it grows by and by."""
    first, *rest = parts
    result = first if isinstance(first, list) else [first]
    for part in rest:
        if isinstance(part, list):
            result += part
        else:
            result.append(part)
    return result
