"""Errors when the key is missing of what a record is made of as a whole, or as the rest of it: `data: { ...rest }`.

`const { pages, ...rest } = input`, after `if (!input.authorId) throw new Error("no author")`.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.inputs.refusals import check_value
from prisma_decouple.typescript.source.literals import property_value, spreads_in, values_of
from prisma_decouple.typescript.source.patterns import taken_before_rest
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import binding_of
from prisma_decouple.typescript.source.syntax import (
    READS,
    VALUE_NAMES,
    ancestors,
    descendants,
    is_function,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


def find_refused_parts(file: FileContext) -> None:
    """Note what refuses, before a record is made, when there is no key in what it is made of.

    Args:
        file: the file; its findings are filled.
    """
    models = [each for each in file.facts.changed_models if file.facts.nullable_names(each)]
    for options in file.source.nodes("object") if models else ():
        data = property_value(options, "data")
        wanted = expected(file, data) if data is not None else None
        if data is not None and wanted is not None and wanted.what in DATA:
            for name in file.facts.nullable_names(wanted.model):
                for read in islice(_reads_of(data, name), 1):
                    check_value(Place(file, read), name, wanted.model, stored=data)


def _reads_of(data: Node, name: str) -> Iterator[Node]:
    """Where a key is read out of what data is, or has as a part of it; what comes behind the data refuses nothing."""
    outermost = [each for each in ancestors(data) if is_function(each)][-1:]
    texts = {f"{owner}.{name}" for part in _parts(data, name) for owner in _owners(unwrapped(part), name)}
    for read in (each for function in outermost if texts for kind in READS for each in descendants(function, kind)):
        if text_of(read) in texts:
            yield read


def _parts(data: Node, name: str) -> Iterator[Node]:
    """What data is, as a whole, or spreads, in a variable before it as well, where it has the key not by itself."""
    yield from () if data.type == "object" else [data]
    for literal in values_of(data):
        if literal.type == "object" and property_value(literal, name) is None:
            yield from (each.named_children[-1] for each in spreads_in(literal))


def _owners(part: Node, name: str) -> Iterator[str]:
    """What has a key, as it is called: the part itself, and what it is the rest of."""
    binding = binding_of(part) if part.type in VALUE_NAMES else None
    if binding is None:
        return
    taken, whole = taken_before_rest(binding, text_of(part)), binding.child_by_field_name("value")
    yield text_of(part)
    if taken is not None and name not in taken and whole is not None and whole.type in VALUE_NAMES:
        yield text_of(whole)
