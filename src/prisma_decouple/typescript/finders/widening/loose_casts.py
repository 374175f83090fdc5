"""Casts of what is read from an object without such a member, and was put there: `token.author as Author`.

`token.author = book?.author`, of which the type of the token knows nothing: only the cast says what it is, and no
compiler sees the null that it is set to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.uses.loaded_relations import note_read
from prisma_decouple.typescript.finders.widening.casts import LENIENT, casts_in, nullable_field
from prisma_decouple.typescript.finders.widening.widened_members import widen
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import last_name, text_of, unwrapped
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.expectations import place_of
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.uses import members_read, uses_that_refuse_null
from prisma_decouple.typescript.types.prisma.given_keys import is_there
from prisma_decouple.typescript.types.written.members import written_for
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place


def find_loose_casts(file: FileContext) -> None:
    """Note such casts, and the members of written types that get their values.

    Args:
        file: the file; its findings, and those of the files with the types, are filled.
    """
    for cast, value, written in casts_in(file):
        read = unwrapped(value)
        if read.type != "member_expression" or file.types.of(read) is not None or is_narrowed(file, read):
            continue
        said = file.types.read(written) if not LENIENT.search(text_of(written)) else None
        for model, field in _set_to(file, read) if said is not None and not said.is_nullable else ():
            name, whose = last_name(read), with_article(model)
            why = (
                f"`{name}` is set to the `{field}` of {whose}, which may be null now, and this cast says that it never"
            )
            why += " is: the compiler will not see the null that goes on from here."
            file.hint(cast, Kind.READ, Confidence.LIKELY, why)
            for member in _given(file, cast):
                _check_member(member, model, field)
            break


def _set_to(file: FileContext, read: Node) -> Iterator[tuple[str, str]]:
    """The fields that may be null now of what a property is set to that a file has no type for, each with its model."""
    for assignment in file.source.nodes("assignment_expression"):
        left, right = (assignment.child_by_field_name(each) for each in ("left", "right"))
        if left is None or right is None or text_of(left) != text_of(read).replace("?.", "."):
            continue
        found = file.types.of(right)
        told = nullable_field(found) if found is not None and not is_there(file, right) else None
        if found is not None and told is not None:
            note_read(file, found.place, at=right)
            yield told


def _given(file: FileContext, cast: Node) -> Iterator[Place]:
    """The members of written types that are set to a value: `session.user.author = token.author as Author`."""
    outer, whole = place_of(cast)
    left = outer.child_by_field_name("left") if outer is not None and outer.type == "assignment_expression" else None
    if left is not None and left != whole:
        yield from members_read(file, left)


def _check_member(member: Place, model: str, field: str) -> None:
    """A member of a written type that is given such a value, and what reads on from it."""
    file, name = member.file, last_name(member.node.child_by_field_name("name"))
    found = file.types.of_member(member.node)
    if found is None or found.is_nullable or written_for(member) is None or place_key(member) in file.findings.widened:
        return
    whose = with_article(model)
    for use in uses_that_refuse_null(file, member.node, name):
        if not use.file.is_told(use.node, Kind.READ):
            told = f"The `{field}` of {whose} may be null now, which a cast does not say from which this comes."
            use.file.hint(use.node, Kind.READ, Confidence.LIKELY, told)
    why = f"`{name}` is given the `{field}` of {whose}, which may be null now, by a cast: let its type say so."
    widen(member, Confidence.LIKELY, why, is_lazy=True)
