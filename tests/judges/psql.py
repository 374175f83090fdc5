"""SQL on a live database, run by psql: what users have, and what knows `:variables` and scripts."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from judges.installations import psql_program

if TYPE_CHECKING:
    from collections.abc import Mapping


class SqlError(Exception):
    """What psql, or a server that did not start, had to say."""


def psql(
    url: str,
    source: Path | str,
    *,
    variables: Mapping[str, object] | None = None,
    stop_on_error: bool = True,
    check: bool = True,
) -> subprocess.CompletedProcess[str]:
    """Run a file of SQL, or SQL, as a user of psql would.

    Args:
        url: of the database.
        source: a Path is a file, a string is SQL.
        variables: for `:name` in the SQL.
        stop_on_error: psql's ON_ERROR_STOP; without it psql goes on after an error and its exit code is 0.
        check: raise when psql's exit code is not 0.

    Raises:
        SqlError: with what psql wrote to stderr.
    """
    settings = {**(variables or {}), **({"ON_ERROR_STOP": 1} if stop_on_error else {})}
    done = subprocess.run(
        [
            psql_program(),
            *("--no-psqlrc", "--quiet", "--no-align", "--tuples-only"),
            *(f"--set={name}={setting}" for name, setting in settings.items()),
            *("--file", str(source) if isinstance(source, Path) else "-"),
            url,
        ],
        input="" if isinstance(source, Path) else source,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if check and done.returncode:
        raise SqlError(done.stderr)
    return done


def rows(url: str, query: str) -> list[dict[str, Any]]:
    """Return the rows of one query, each as a dict by column; values are what JSON makes of them."""
    body = query.strip().rstrip(";")
    answer = psql(url, f"SELECT coalesce(json_agg(row_to_json(answer)), '[]') FROM ({body}\n) AS answer").stdout
    found: list[dict[str, Any]] = json.loads(answer)
    return found


def value(url: str, query: str) -> Any:
    """Return the single value of a query of one row and one column."""
    [row] = rows(url, query)
    [single] = row.values()
    return single


def identifier(name: str) -> str:
    """Quote a name for PostgreSQL."""
    return '"{}"'.format(name.replace('"', '""'))
