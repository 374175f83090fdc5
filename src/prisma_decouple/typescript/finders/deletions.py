"""Deletions of records that others need not belong to any more, or have to: what becomes of these is decided there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.changes import Fate
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.syntax import ancestors, call_arguments, callee, is_function, key_of
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import kind_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RequiredRelation
    from prisma_decouple.typescript.context import FileContext

_DELETES = frozenset({"delete", "deleteMany"})
_TOLD = {
    Fate.GOES_ALONG: "Deleting {one} deletes its {models} records as well, which can do without one now. "
    "Look whether they should stay.",
    Fate.STAYS_NOW: "Deleting {one} deleted its {models} records as well until now; from now on they stay without one. "
    "Look whether they should.",
    Fate.SETS_FREE: "Deleting {one} failed until now as long as it had {models} records; from now on they stay without "
    "one. Look whether they should.",
}
_HELD = (
    "{one} cannot be deleted any more as long as `{field}` of {models} leads to it: say what becomes of these first."
)


def find_deletions(file: FileContext) -> None:
    """Note where a record is deleted that others need not belong to any more, or have to belong to now.

    A test deletes what it has made.

    Args:
        file: the file; its findings are filled.
    """
    targets = {each.target for each in file.facts.optional if each.fate is not Fate.SAME}
    targets |= {each.target for each in file.facts.required if each.holds}
    if not targets or not _DELETES & file.source.words or is_test(file.source.path):
        return
    for node, target in (*_calls(file), *_nested(file)):
        held = [each for each in file.facts.required if each.holds and each.target == target]
        held = [each for each in held if not _is_deleted_before(file, node, each.model)]
        reasons = [*map(_held, held), *_reasons(file, target)] if target in targets else []
        if reasons:
            confidence = Confidence.LIKELY if held else Confidence.UNSURE
            file.hint(node, Kind.FILTER, confidence, " ".join(reasons))


def _held(relation: RequiredRelation) -> str:
    one = with_article(relation.target, "A")
    return _HELD.format(one=one, field=relation.field, models=with_article(relation.model))


def _is_deleted_before(file: FileContext, node: Node, model: str) -> bool:
    """Whether a function deletes records of a model as well, before it deletes what they belong to."""
    function = next((each for each in ancestors(node) if is_function(each)), None)
    start = function.start_byte if function is not None else 0
    return any(found == model and start <= call.start_byte < node.start_byte for call, found in _calls(file))


def _reasons(file: FileContext, target: str) -> Iterator[str]:
    for fate, told in _TOLD.items():
        models = [each.model for each in file.facts.optional if (each.target, each.fate) == (target, fate)]
        if models:
            yield told.format(one=with_article(target), models=kind_list(models))


def _calls(file: FileContext) -> Iterator[tuple[Node, str]]:
    """The calls that delete, each with the model; one that deletes everything is about no record."""
    for call in file.source.called(*_DELETES):
        receiver, arguments = callee(call)[0], call_arguments(call)
        if receiver is None or not arguments or (arguments[0].type == "object" and not arguments[0].named_children):
            continue
        if (model := file.delegates.model_of(receiver)) is not None and file.delegates.is_certain(receiver):
            yield call, model


def _nested(file: FileContext) -> Iterator[tuple[Node, str]]:
    """`posts: { delete: { id } }` in the data of another record, each with the model."""
    for pair in file.source.nodes("pair"):
        wanted = expected(file, pair.parent) if key_of(pair) in _DELETES and pair.parent is not None else None
        if wanted is not None and wanted.what is What.WRITE:
            yield pair, wanted.model
