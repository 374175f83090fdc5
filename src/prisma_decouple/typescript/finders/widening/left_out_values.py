"""Values in a literal that are left out when null: `const book = { authorId: row?.authorId ?? undefined }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.context import Terms
from prisma_decouple.typescript.finders.uses.omissions import edits_to_omit
from prisma_decouple.typescript.finders.widening.widened_members import mended_subject
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.types.places.misfits import Misfit


def leaves_out(value: Place, misfit: Misfit, member: Place) -> bool:
    """Note that a key in a literal is left out when null, where what it becomes can do with nothing.

    Args:
        value: the key; the findings of its file are filled.
        misfit: what it is.
        member: the member of a written type that it becomes.

    Returns:
        Whether it is: only the compiler has to be content with that.
    """
    wanted = member.file.types.of_member(member.node)
    is_key = misfit.found.what is What.KEY and not misfit.found.is_list and not value.file.is_second_look
    edits = edits_to_omit(value.file, value.node, wanted) if wanted is not None and is_key else None
    if edits is None:
        return False
    model, field = misfit.origin
    terms = Terms(subject=mended_subject(value))
    value.file.findings.left_out.add(mended_subject(value))
    why = f"`{field}` of {with_article(model)} may be null now, and what takes it says that it never is."
    value.file.hint(value.node, Kind.FLOW, value.file.sure_of_null, f"{why} It may be left out.", edits, **terms)
    return True
