"""What a table's columns are given of a relation that may be null: `{ dataIndex: "author", render: (a) => a.name }`.

Most libraries type that value as `any`, so no compiler minds that it is read on from.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.reads.written_paths import absent_in_words, holder_of_path, owners_of_path
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.syntax import (
    READS,
    call_arguments,
    descendants,
    is_function,
    key_of,
    string_value,
    text_of,
)
from prisma_decouple.typescript.types.narrowing import is_narrowed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

# Options whose function is given the value itself first (Ant Design, MUI X), and where others have it in what they give
# (AG Grid and MUI X `params.value`, TanStack Table `info.getValue()`).
_OF_VALUE = frozenset({"customRender", "format", "formatter", "render", "valueFormatter"})
_BEHIND = (".value", ".getValue()", ".cell.getValue()")
_TAKEN_OUT = frozenset({"getValue", "text", "value"})


def find_column_values(file: FileContext) -> None:
    """Note where a function of such a column reads on from its value.

    Args:
        file: the file; its findings are filled.
    """
    fields = {relation.field for relation in file.facts.optional}
    for text in file.source.nodes("string"):
        field, holder = string_value(text), holder_of_path(text)
        if field not in fields or holder is None:
            continue
        for option, function in _functions_beside(holder):
            reads = [each for each in _reads_on(function, key_of(option)) if not is_narrowed(file, each)]
            told = next(filter(None, (absent_in_words(file, owner, field) for owner in owners_of_path(file, text))), "")
            for read in reads if told else ():
                why = f"{told} may be without `{field}` now, and reading on from null throws."
                file.hint(read, Kind.READ, Confidence.LIKELY, why)


def _functions_beside(holder: Node) -> Iterator[tuple[Node, Node]]:
    """The options of a column that are functions, with these: beside its path, or behind it where a helper makes it."""
    given = call_arguments(holder) if holder.type == "call_expression" else [holder.parent]
    for options in (each for each in given if each is not None and each.type == "object"):
        for pair in options.named_children:
            value = pair.child_by_field_name("value")
            if value is not None and is_function(value):
                yield pair, value


def _reads_on(function: Node, option: str) -> Iterator[Node]:
    """The values of the column that a function reads on from without asking whether they are there."""
    first = next(iter(parameters(function)), None)
    pattern = pattern_of(first) if first is not None else None
    values = _values(pattern, option) if pattern is not None else frozenset[str]()
    for read in (each for kind in READS for each in descendants(function, kind)):
        owner = read.child_by_field_name("object")
        if owner is not None and text_of(owner) in values and read.child_by_field_name("optional_chain") is None:
            yield owner


def _values(pattern: Node, option: str) -> frozenset[str]:
    """How the value of a column is written in a function that is given it by a pattern."""
    if pattern.type == "identifier":
        name = text_of(pattern)
        own = [name] if option in _OF_VALUE else []
        return frozenset((*own, *(f"{name}{each}" for each in _BEHIND)))
    taken = _TAKEN_OUT.intersection(text_of(each) for each in pattern.named_children)
    return frozenset(f"{each}()" if each == "getValue" else each for each in taken)
