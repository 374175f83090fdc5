"""What a query that somebody has written does with a column: no more than its words tell, in any dialect."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.sql.tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from prisma_decouple.sql.tokens import Token

_BLANK = frozenset({"space", "comment"})
_STARTS = frozenset({"DELETE", "INSERT", "MERGE", "REPLACE", "SELECT", "UPDATE", "WITH"})
_DEFINES = frozenset({"ALTER", "COMMENT", "CREATE", "DROP"})
_ASKS = frozenset({"FUNCTION", "POLICY", "PROCEDURE", "RULE", "TRIGGER", "VIEW"})
_HEAD = 6  # `CREATE OR REPLACE MATERIALIZED VIEW`
_KEEPS_ALL = frozenset({"FULL", "LEFT", "RIGHT", "OUTER"})
_OBJECTS = frozenset({"FROM", "INTO", "SET", "USING"})
# What ends the condition of a join.
_ENDS = frozenset(
    {
        *("CROSS", "FULL", "GROUP", "HAVING", "INNER", "JOIN", "LEFT", "LIMIT", "NATURAL", "ORDER", "RETURNING"),
        *("RIGHT", "UNION", "WHERE", "WINDOW"),
    }
)


class Insert(NamedTuple):
    """Rows that are put into a table.

    Attributes:
        table: its name.
        columns: the columns that are given; None when they are not listed.
    """

    table: str
    columns: tuple[str, ...] | None


class Given(NamedTuple):
    """A column that is given what code puts into a query, in a row that is inserted or changed.

    Attributes:
        table: its name.
        column: the name of the column.
        at: the place of what is put in among all of it, from 0.
        is_numbered: whether that place is written, as in `$1`.
    """

    table: str
    column: str
    at: int
    is_numbered: bool


class Query:
    """A query, or a part of one; what the code puts into it is left out."""

    def __init__(self, text: str) -> None:
        self._tokens = [each for each in tokens(text) if each.kind not in _BLANK]

    @property
    def is_whole(self) -> bool:
        """Whether it begins as a query does, and goes on to speak of a table."""
        first = next((each for each in self._tokens if each.text != "("), None)
        is_begun = first is not None and first.keyword in _STARTS
        return is_begun and any(each.keyword in _OBJECTS for each in self._tokens)

    @property
    def is_definition(self) -> bool:
        """Whether it says what tables there are, and asks nothing: `CREATE TABLE`, `ALTER`; a view or function asks."""
        words = [each.keyword for each in self._tokens[:_HEAD]]
        return bool(words) and words[0] in _DEFINES and _ASKS.isdisjoint(words)

    def names(self, name: str) -> bool:
        """Whether a table or column of that name is mentioned."""
        return any(_is(each, name) for each in self._tokens)

    def inserts(self) -> Iterator[Insert]:
        """What is inserted."""
        for at, token in enumerate(self._tokens):
            if token.keyword == "INTO" and at and self._tokens[at - 1].keyword in {"INSERT", "IGNORE", "REPLACE"}:
                table, rest = _table(self._tokens[at + 1 :])
                if table is not None:
                    yield Insert(_named(table), _listed(rest))

    def only_gives(self, column: str) -> bool:
        """Whether a column is nothing here but given a value, in a row that is inserted or changed."""
        given = sum(name == column for each in self.inserts() for name in each.columns or ())
        for at, token in enumerate(self._tokens):
            if token.keyword == "SET":
                given += sum(name == column for name, _ in _changed(self._tokens[at + 1 :]))
        return 0 < given == sum(_is(each, column) for each in self._tokens)

    def given(self) -> Iterator[Given]:
        """The columns that are given what code puts in, each where a value stands for it alone, or with a cast."""
        table: Token | None = None
        for at, token in enumerate(self._tokens):
            rest: Sequence[Token] = self._tokens[at + 1 :]
            if token.keyword == "INTO":
                table, rest = _table(rest)
                pairs = _inserted(_listed(rest) or (), rest)
            elif token.keyword == "UPDATE" and rest and rest[0].keyword != "SET":
                table, _ = _table(rest)
                continue
            elif token.keyword == "SET" and table is not None:
                pairs = _changed(rest)
            else:
                continue
            for column, value in pairs:
                if table is not None and (found := self._parameter(value)) is not None:
                    yield Given(_named(table), column, *found)

    def _parameter(self, value: Sequence[Token]) -> tuple[int, bool] | None:
        """The place of what is put in for a value, `?` or `$1`, also `?::uuid`, and whether that is written."""
        size = 2 if value and value[0].text == "$" else 1
        if not value or value[0].text not in {"$", "?"} or (len(value) > size and value[size].text != ":"):
            return None
        if size == 1:
            return sum(each.text == "?" and each.start < value[0].start for each in self._tokens), False
        return (int(value[1].text) - 1, True) if len(value) > 1 and value[1].text.isdecimal() else None

    def deletes(self) -> Iterator[str]:
        """The tables of which rows are deleted."""
        for at, token in enumerate(self._tokens):
            if token.keyword == "FROM" and at and self._tokens[at - 1].keyword == "DELETE":
                table, _ = _table(self._tokens[at + 1 :])
                if table is not None:
                    yield _named(table)

    def drops_without(self, column: str, target: str) -> bool:
        """Whether rows without a key are left out, because the table that it leads to is joined by it.

        Args:
            column: the key.
            target: the table that it leads to.
        """
        for at, token in enumerate(self._tokens):
            if token.keyword != "JOIN" or _KEEPS_ALL & {each.keyword for each in self._tokens[max(at - 2, 0) : at]}:
                continue
            table, rest = _table(self._tokens[at + 1 :])
            condition = (each for each in _until_end(rest))
            if table is not None and _is(table, target) and any(_is(each, column) for each in condition):
                return True
        return False


def _is(token: Token, name: str) -> bool:
    """Whether a token is a name; without quotes some databases fold its case, and others do not."""
    written = _named(token)
    return written == name or (token.kind == "word" and written.lower() == name.lower())


def _named(token: Token) -> str:
    return token.text if token.kind == "word" else token.identifier


def _table(following: Sequence[Token]) -> tuple[Token | None, Sequence[Token]]:
    """The table whose name comes next, without its namespace, and what follows it."""
    at = 0
    while len(following) > at + 2 and following[at + 1].text == ".":
        at += 2
    found = following[at] if len(following) > at and following[at].identifier else None
    return found, following[at + 1 :]


def _listed(following: Sequence[Token]) -> tuple[str, ...] | None:
    """The columns in parentheses that come next."""
    if not following or following[0].text != "(" or (len(following) > 1 and following[1].keyword == "SELECT"):
        return None
    end = next((at for at, each in enumerate(following) if each.text == ")"), len(following))
    return tuple(_named(each) for each in following[1:end] if each.identifier)


def _until_end(following: Sequence[Token]) -> Iterator[Token]:
    for token in following:
        if token.keyword in _ENDS:
            return
        yield token


def _inserted(columns: Sequence[str], following: Sequence[Token]) -> Iterator[tuple[str, Sequence[Token]]]:
    """The columns of the rows that come after `VALUES`, each with its value."""
    start = next((at for at, each in enumerate(following) if each.keyword == "VALUES"), len(following))
    row = following[start + 1 :]
    while row and row[0].text == "(":
        values, row = _parted(row[1:], {")"})
        yield from zip(columns, values, strict=False)
        row = row[1:] if row and row[0].text == "," else ()


def _changed(following: Sequence[Token]) -> Iterator[tuple[str, Sequence[Token]]]:
    """The columns that come after `SET`, each with what it becomes."""
    for part in _parted(following, _ENDS | {"FROM", ";"})[0]:
        if len(part) > 2 and part[1].text == "=" and part[0].identifier:  # noqa: PLR2004
            yield _named(part[0]), part[2:]


def _parted(following: Sequence[Token], ends: AbstractSet[str]) -> tuple[list[Sequence[Token]], Sequence[Token]]:
    """What stands between commas up to an end, and what follows that."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for at, each in enumerate(following):
        if not depth and (each.text in ends or each.keyword in ends):
            return [*parts], following[at + 1 :]
        depth += {"(": 1, ")": -1}.get(each.text, 0)
        if each.text == "," and not depth:
            parts.append([])
        else:
            parts[-1].append(each)
    return [*parts], ()
