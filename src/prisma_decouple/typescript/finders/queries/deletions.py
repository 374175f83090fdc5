"""Deletions of records to which others need not belong any more, or have to belong now: what becomes of these others?

Deleting an author deleted the books, and leaves them from now on; or cannot be done any more as long as there are
books.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.changes import Fate
from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.finders.queries.deletion_checks import asks_for, find_deletion_checks, is_check_told
from prisma_decouple.typescript.finders.queries.kept_rows import is_only_marked
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.guards import leaves
from prisma_decouple.typescript.source.kept_literals import options_of, part_of, parts_given
from prisma_decouple.typescript.source.scopes import held_by
from prisma_decouple.typescript.source.syntax import (
    PROPERTIES,
    READS,
    VALUE_NAMES,
    call_arguments,
    callee,
    children_of,
    descendants,
    function_around,
    key_of,
    last_name,
    text_of,
)
from prisma_decouple.typescript.source.turned_away import refuses
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import model_list, with_article, word_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation, RequiredRelation
    from prisma_decouple.typescript.context import FileContext

_CHOOSES = "filter"
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
    "{one} cannot be deleted any more as long as `{field}` of {models} leads to {it}: say what becomes of these first."
)


def find_deletions(file: FileContext) -> None:
    """Note where a record is deleted that others need not belong to any more, or have to belong to now.

    A test deletes what it has made, and is told once if it cannot any more.

    Args:
        file: the file; its findings are filled.
    """
    targets = {each.target for each in file.facts.optional if each.fate is not Fate.SAME}
    targets |= {name for each in file.facts.required if each.holds for name in (each.target, *each.held_over)}
    targets |= {each.target for each in file.facts.required if each.alone}
    is_of_test = is_test(file.source.path)
    if not is_of_test:
        find_deletion_checks(file, _calls(file))
    if not targets or not (_DELETES & file.source.words or file.forwarded):
        return
    for node, target in (*_deleting(file), *_nested(file)):
        if target not in targets:
            continue
        held = [each for each in file.facts.required if each.holds and target in (each.target, *each.held_over)]
        held = [each for each in held if not any(_deletions_before(file, node, each.model))]
        held = [each for each in held if not _is_asked_first(file, node, each)]
        held = [each for each in held if not (_is_gone_before(file, node, each.model) or is_check_told(file, node))]
        if is_of_test:
            if made := [each for each in held if client_accessor(each.model) in file.source.text]:
                why = f"{_held(made[0], target)} Look at the other deletions of this file as well."
                file.hint(node, Kind.FILTER, Confidence.UNSURE, why)
                return
            continue
        alone = [each for each in file.facts.required if each.alone and each.target == target]
        alone = [each for each in alone if not any(_deletions_before(file, node, each.model))]
        freed = list(_freed(file, node, target))
        reasons = [*reasons_of(held, freed, target), *map(_kept, alone)]
        if reasons:
            confidence = Confidence.LIKELY if held else Confidence.UNSURE
            file.hint(node, Kind.FILTER, confidence, " ".join(reasons))


def reasons_of(held: Iterable[RequiredRelation], freed: Sequence[OptionalRelation], target: str) -> Iterator[str]:
    """What is to be said of a deletion: what refuses it now, and what becomes of others.

    Args:
        held: what has to belong to what is deleted.
        freed: what need not any more.
        target: the model of what is deleted.
    """
    yield from (_held(each, target) for each in held)
    for fate, told in _TOLD.items():
        models = [each.model for each in freed if each.fate is fate]
        if models:
            yield told.format(one=with_article(target), models=word_list(models))


def _freed(file: FileContext, node: Node, target: str) -> Iterator[OptionalRelation]:
    """The relations whose records a deletion affects; of those that are deleted before it, that deletion tells."""
    for relation in (each for each in file.facts.optional if each.target == target and each.fate in _TOLD):
        conditions = [_condition(each, relation) for each in _deletions_before(file, node, relation.model)]
        for condition in filter(None, conditions):
            note_taken_along(file, condition, [relation])
        is_reset = _is_of_everything(node) and (conditions or relation.fate is Fate.GOES_ALONG)
        is_kept = _is_asked_first(file, node, relation) or _is_chosen_without(file, node, relation)
        if not any(conditions) and not is_reset and not is_kept and not _is_gone_before(file, node, relation.model):
            yield relation


def _is_gone_before(file: FileContext, node: Node, model: str) -> bool:
    """Whether the records of a model that have to do with what is deleted are deleted before it.

    Those are that the same filter finds, `where: { libraryId }`, and those that go along with such records.
    """
    taking = (each for each in file.facts.relations if each.model == model and each.goes_along and each.is_required)
    for gone in {model, *(each.target for each in taking)}:
        if any(_covers(before, node) for before in _deletions_before(file, node, gone)):
            return True
    return False


def _covers(before: Node, node: Node) -> bool:
    """Whether a deletion of other records asks for no more than a later one does: for everything, or for the same."""
    if _is_of_everything(before):
        return True
    own, later = (_filter_of(each) for each in (before, node))
    return bool(own) and own.items() <= later.items()


def _filter_of(call: Node) -> dict[str, str]:
    """What a deletion asks for, by name."""
    where = part_of(options_of(call), "where") if call.type == "call_expression" else None
    named = children_of(where) if where is not None else []
    return {key_of(each): " ".join(text_of(each).split()) for each in named}


def _is_chosen_without(file: FileContext, node: Node, relation: OptionalRelation) -> bool:
    """Whether only those are deleted of which a list says that they have none: `authors.filter((each) => …)`."""
    names = [each for kind in VALUE_NAMES for each in descendants(node, kind)]
    held = [value for each in names if (value := held_by(each)) is not None]
    chosen = [call for value in held for call in (value, *descendants(value, "call_expression"))]
    conditions = [call_arguments(call)[:1] for call in chosen if callee(call)[1] == _CHOOSES]
    return any(asks_for(file, each, relation) for given in conditions for each in given)


def _is_asked_first(file: FileContext, node: Node, relation: OptionalRelation | RequiredRelation) -> bool:
    """Whether a function ends before it deletes what still has such records, `if (author._count.books > 0) throw …`."""
    function = function_around(node)
    for statement in descendants(function, "if_statement") if function is not None else ():
        condition, consequence = (statement.child_by_field_name(each) for each in ("condition", "consequence"))
        if condition is None or consequence is None or statement.end_byte > node.start_byte:
            continue
        is_end = refuses(consequence) or leaves(consequence)
        if is_end and (_names_list(file, condition, relation) or asks_for(file, condition, relation)):
            return True
    return False


def _names_list(file: FileContext, condition: Node, relation: OptionalRelation | RequiredRelation) -> bool:
    """Whether a condition reads something that is called like the list of such records, whatever it is told to be."""
    lists = {
        each.name
        for each in file.facts.relations
        if (each.model, each.target) == (relation.target, relation.model) and each.opposite in {"", relation.field}
    }
    return any(last_name(each) in lists for kind in (*READS, *VALUE_NAMES) for each in descendants(condition, kind))


def note_taken_along(file: FileContext, condition: Node, relations: Sequence[OptionalRelation]) -> None:
    """Note that what belongs to a record is deleted with it, and what belongs to none is not.

    A test knows what it has made.

    Args:
        file: the file; its findings are filled.
        condition: the key in the filter of a deletion.
        relations: those that have the key, of the records that are deleted.
    """
    models, target = model_list(each.model for each in relations), with_article(relations[0].target)
    if not file.is_told(condition) and not is_test(file.source.path):
        why = f"This deletes {models} records of {target}; those without one stay. Look whether they should."
        file.hint(condition, Kind.FILTER, Confidence.UNSURE, why)


def _held(relation: RequiredRelation, deleted: str) -> str:
    one, models = with_article(deleted, "A"), with_article(relation.model)
    it = "it" if deleted == relation.target else f"{with_article(relation.target)} that goes along with it"
    return _HELD.format(one=one, field=relation.field, models=models, it=it)


def _kept(relation: RequiredRelation) -> str:
    one, target = with_article(relation.model, "A"), with_article(relation.target)
    return f"{one} without `{relation.alone}` keeps {target} from being deleted now. Look what becomes of these first."


def _deletions_before(file: FileContext, node: Node, model: str) -> Iterator[Node]:
    """The calls that delete records of a model, in a function that then deletes what they belong to."""
    function = function_around(node)
    start = function.start_byte if function is not None else 0
    yield from (
        call for call, found in _deleting(file) if found == model and start <= call.start_byte < node.start_byte
    )


def _condition(call: Node, relation: OptionalRelation | RequiredRelation) -> Node | None:
    """The key of a relation in the filter of a call."""
    pairs = (pair for kind in PROPERTIES for given in parts_given(call) for pair in descendants(given, kind))
    return next((each for each in pairs if key_of(each) in relation.foreign_keys), None)


def _is_of_everything(node: Node) -> bool:
    """Whether a call deletes all records of its model, as a script that fills a database does first."""
    given = call_arguments(node) if node.type == "call_expression" else [node]
    return not given or (given[0].type == "object" and not given[0].named_children)


def _calls(file: FileContext) -> Iterator[tuple[Node, str]]:
    """The calls that delete, each with the model."""
    for call in file.source.called(*_DELETES):
        receiver = callee(call)[0]
        if (
            receiver is not None
            and (model := file.delegates.model_of(receiver)) is not None
            and file.delegates.is_certain(receiver)
        ):
            yield call, model
    yield from ((each.call, each.model) for each in file.forwarded if each.method in _DELETES and each.is_open)


def _deleting(file: FileContext) -> Iterator[tuple[Node, str]]:
    """Those of the calls that delete, without those that a middleware makes updates of."""
    methods = {each.call: each.method for each in file.forwarded}
    for call, model in _calls(file):
        if not is_only_marked(file, model, methods.get(call, callee(call)[1])):
            yield call, model


def _nested(file: FileContext) -> Iterator[tuple[Node, str]]:
    """`posts: { delete: { id } }` in the data of another record, each with the model."""
    for pair in file.source.nodes("pair"):
        wanted = expected(file, pair.parent) if key_of(pair) in _DELETES and pair.parent is not None else None
        if wanted is not None and wanted.what is What.WRITE:
            yield pair, wanted.model
