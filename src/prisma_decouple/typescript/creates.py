"""Creates of a changed model that do not give the new relation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from prisma_decouple.typescript.delegates import CREATES
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.literals import comes_from_parameter, given_by, property_value, values_of
from prisma_decouple.typescript.nested import nested_creates
from prisma_decouple.typescript.proposals import added_to_data, is_made_of_parameters, known_values, sibling_key
from prisma_decouple.typescript.scopes import enclosing_function
from prisma_decouple.typescript.syntax import call_arguments, callee, text_of, unwrapped
from prisma_decouple.typescript.wording import model_list, name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import RequiredRelation
    from prisma_decouple.typescript.literals import Given

_LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Lead:
    """A function that leads to a create without the new key, so that its callers have to pass it.

    Attributes:
        function: its name.
        relation: what the create lacks.
        confidence: how sure it is that calls by this name lead there.
    """

    function: str
    relation: RequiredRelation
    confidence: Confidence = Confidence.LIKELY


def find_creates(file: FileContext) -> Iterator[Lead]:
    """Note the creates without the new key.

    Args:
        file: the file; its findings are filled.

    Yields:
        The functions around these creates whose parameters make the record.
    """
    for call in file.source.nodes("call_expression"):
        receiver, method = callee(call)
        if method not in CREATES or receiver is None:
            continue
        argument = next(iter(call_arguments(call)), None)
        if argument is None:
            continue
        model = file.delegates.model_of(receiver)
        if model is not None:
            for relation in file.facts.required_of(model):
                yield from _check_call(file, argument, method, relation, is_certain=file.delegates.is_certain(receiver))
        elif not file.delegates.is_other_client_call(receiver):
            yield from _check_unknown(file, argument, method)
    for data, relation in nested_creates(file):
        yield from _check_data(file, data, relation, is_certain=True)


def _check_call(
    file: FileContext, argument: Node, method: str, relation: RequiredRelation, *, is_certain: bool
) -> Iterator[Lead]:
    for data in _payloads(argument, method):
        yield from _check_data(file, data, relation, is_certain=is_certain)


def _check_data(file: FileContext, data: Node, relation: RequiredRelation, *, is_certain: bool) -> Iterator[Lead]:
    if data.type == "object":
        yield from _check_literal(file, data, relation, is_certain=is_certain)
    elif data.type == "array":
        file.fine()  # without elements
    else:
        yield from _check_unseen(file, data, relation)


def _payloads(argument: Node, method: str) -> Iterator[Node]:
    """What a create is given: its `data`, and for an upsert its `create`."""
    for options in values_of(argument):
        if options.type != "object":
            yield options
            continue
        value = property_value(options, "create" if method == "upsert" else "data")
        if value is not None:
            yield from values_of(value)
        else:
            yield from given_by(options).opaque


def gives(given: Given, relation: RequiredRelation) -> bool:
    """Whether a literal gives a relation: all its foreign keys, or the relation field itself."""
    return relation.field in given.values or given.values.keys() >= set(relation.foreign_keys)


def _check_literal(file: FileContext, data: Node, relation: RequiredRelation, *, is_certain: bool) -> Iterator[Lead]:
    given = given_by(data)
    if gives(given, relation):
        file.fine()
        return
    keys = name_list(relation.foreign_keys)
    why = f"{with_article(relation.model, 'A')} needs {keys} now, and this one is created without."
    if given.opaque:
        why += f" Unless {_spreads(given)} brings it, which cannot be seen here."
    confidence = Confidence.CERTAIN if is_certain and not given.opaque else Confidence.LIKELY
    _, name = enclosing_function(data)
    values = known_values(file, data, relation)
    if values is not None:
        why += f" {name_list(values)} is at hand."
        file.hint(data, Kind.CREATE, confidence, why, added_to_data(file, data, relation, values))
    elif name and (name in file.facts.code.calls or is_made_of_parameters(file.facts, given, relation)):
        why += f" `{name}` makes it of what it is given: let it take {keys} as well."
        file.hint(data, Kind.CREATE, confidence, why, added_to_data(file, data, relation, relation.foreign_keys))
        yield Lead(name, relation)
    else:
        file.hint(data, Kind.CREATE, confidence, f"{why} Find the {relation.target} first and give its key.")


def _spreads(given: Given) -> str:
    return ", ".join(f"`...{text_of(each)}`" for each in given.opaque)


def _check_unseen(file: FileContext, data: Node, relation: RequiredRelation) -> Iterator[Lead]:
    keys = name_list(relation.foreign_keys)
    why = f"{with_article(relation.model, 'A')} needs {keys} now; what {_named(data)} holds cannot be seen here."
    _, name = enclosing_function(data)
    if name and comes_from_parameter(data):
        why += f" `{name}` hands it on, so its callers have to give {keys}."
        yield Lead(name, relation)
    file.hint(data, Kind.CREATE, Confidence.UNSURE, why)


def _check_unknown(file: FileContext, argument: Node, method: str) -> Iterator[Lead]:
    """A create on something that is not seen to be a Prisma client: the keys of its data tell what it may be."""
    for data in _payloads(argument, method) if unwrapped(argument).type == "object" else ():
        if data.type != "object":
            continue
        given = given_by(data)
        suspects = [each for each in file.facts.required if sibling_key(file.facts, given, each)]
        suspects = [each for each in suspects if not gives(given, each)]
        if suspects:
            keys = name_list(suspects[0].foreign_keys)
            models = model_list([each.model for each in suspects])
            why = f"By its keys this may create {with_article(models)}, which needs {keys} now."
            values = known_values(file, data, suspects[0]) or suspects[0].foreign_keys
            file.hint(data, Kind.CREATE, Confidence.UNSURE, why, added_to_data(file, data, suspects[0], values))
            _, name = enclosing_function(data)
            if name and is_made_of_parameters(file.facts, given, suspects[0]):
                yield Lead(name, suspects[0], Confidence.UNSURE)


def _named(expression: Node) -> str:
    text = text_of(expression)
    return f"`{text}`" if len(text) <= _LONGEST_QUOTE and "\n" not in text else "the argument"
