"""The one Jinja environment that all templates share."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from prisma_decouple.resources import data_directory


@cache
def environment() -> Environment:
    """Templates by their path under `templates/`; an undefined name is an error, and lines of logic leave no trace."""
    return Environment(
        loader=FileSystemLoader(data_directory("templates")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - the output is SQL and Markdown, never HTML
    )
