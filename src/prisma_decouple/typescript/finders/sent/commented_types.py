"""Types that comments of JavaScript describe, of what a function gives back: `@property {number} authorId`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.sent.answers import records_in
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.commented import commented, described, named_types
from prisma_decouple.typescript.source.scopes import returned_values
from prisma_decouple.typescript.source.syntax import is_function
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.wording import now_called, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.commented import Member


def find_commented_types(file: FileContext) -> None:
    """Note the properties of described types that have no null for what may be null now, or are gone.

    Args:
        file: of a project that knows its routes; its findings are filled.
    """
    if not (file.source.is_script or file.source.is_component) or "@typedef" not in file.source.text:
        return
    comments = list(file.source.nodes("comment"))
    types = {name: members for name, members in map(described, comments) if name}
    told: set[int] = set()
    for comment in comments:
        for members in (types[name] for name in named_types(comment) if name in types):
            changed = dict(_changed(file, commented(comment)))
            for member in (each for each in members if each.name in changed and each.start not in told):
                told.add(member.start)
                _note(file, member, changed[member.name])


def _changed(file: FileContext, node: Node | None) -> Iterator[tuple[str, str]]:
    """The fields that changed of the records that a function gives back, or a variable holds, each with its model."""
    if node is None:
        return
    for value in returned_values(node) if is_function(node) else [node]:
        found = file.types.of(value)
        for record, names in records_in(file, found, 1) if found is not None else ():
            yield from ((name, record.model) for name in names)


def _note(file: FileContext, member: Member, model: str) -> None:
    name, part = member.name, (member.start, member.end)
    lost = file.facts.lost_of(model, name)
    if lost is not None:
        why = f"{with_article(model, 'A')} has no `{name}` any more.{now_called(lost)}"
        file.hint(member.comment, Kind.GONE, Confidence.LIKELY, why, part=part)
    elif name in file.facts.nullable_names(model) and not member.lets_nothing_in:
        why = f"`{name}` is that of {with_article(model)}, which may be null now: let this comment say so."
        edits = [Edit(member.end, member.end, "|null")]
        file.hint(member.comment, Kind.TYPE, Confidence.LIKELY, why, edits, part=part)
