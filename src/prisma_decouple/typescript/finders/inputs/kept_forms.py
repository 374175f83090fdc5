"""Forms that refuse to send what a page keeps as long as nothing is chosen that a record can do without now.

`const [form, setForm] = useState({ authorId: "" })`, and `if (!form.authorId) return;` before `save.mutate(form)`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.inputs.refusals import check_sent
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.likeness import fits_another, likeliest_model
from prisma_decouple.typescript.routes.states import STATES
from prisma_decouple.typescript.source.literals import given_by
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import uses_in
from prisma_decouple.typescript.source.syntax import call_given, callee, function_around, key_of, text_of
from prisma_decouple.typescript.types.places.slots import place_key

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_WHOLE = frozenset({"arguments", "spread_element"})


def find_kept_forms(file: FileContext) -> None:
    """Note what a form asks for whose state begins with a stand-in for a key that may be null now.

    Args:
        file: the file, when such stand-ins are told; its findings are filled.
    """
    for pair in file.source.nodes("pair"):
        relations = file.facts.optional_by_key(key_of(pair))
        call = call_given(pair.parent) if relations and pair.parent is not None else None
        if call is None or callee(call)[1] not in STATES:
            continue
        is_as_text = place_key(Place(file, pair)) in file.findings.sent_as_texts
        if not is_as_text and not file.is_told_inside(pair, Kind.SENTINEL):
            continue
        beside = given_by(pair.parent).values if pair.parent is not None else ()
        model = likeliest_model(file.facts, key_of(pair), beside, file.source.words)
        if not model and fits_another(file.facts, key_of(pair), relations, beside):
            continue
        for sent in _handed_on(call):
            check_sent(file, sent, model or relations[0].model)


def _handed_on(call: Node) -> list[Node]:
    """Where a state is handed on as a whole, or spread: the `form` of `const [form, setForm] = useState({ … })`."""
    declared, around = call.parent, function_around(call)
    pattern = declared.child_by_field_name("name") if declared is not None else None
    if declared is None or around is None or pattern is None or pattern.type != "array_pattern":
        return []
    uses = (use for name in pattern.named_children[:1] for use in uses_in(around, text_of(name), declared))
    return [use for use in uses if use.parent is not None and use.parent.type in _WHOLE]
