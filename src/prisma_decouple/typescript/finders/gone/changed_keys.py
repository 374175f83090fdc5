"""Keys of several fields that are called as before, where a query gives the fields that they had, and lost keys.

A field is a key no more that tells one record from the others no longer: `findUnique({ where: { isbn } })`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.kept_literals import given_at, property_of
from prisma_decouple.typescript.source.syntax import PROPERTIES, callee, children_of, key_of, unwrapped
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import ChangedKey, LostKey
    from prisma_decouple.typescript.context import FileContext

# The queries that find one record by a key, and what does so through a relation field.
_BY_KEY = frozenset({"delete", "findUnique", "findUniqueOrThrow", "update", "upsert"})
_SELECTIONS = frozenset({"connect", "cursor", "disconnect", "set"})
_WRITES = frozenset({"connectOrCreate", "upsert"})
_PLAIN = frozenset({"comment", "pair", "shorthand_property_identifier"})


def find_changed_keys(file: FileContext) -> None:
    """Note the queries that ask by such a key.

    Args:
        file: the file; its findings are filled.
    """
    for node, _, model in _asked(file, frozenset(each.name for each in file.facts.changed_keys)):
        for key in file.facts.changed_keys:
            if (key.model, key.name) == (model, key_of(node)):
                _check(file, node, key)


def _asked(file: FileContext, names: frozenset[str]) -> Iterator[tuple[Node, Node, str]]:
    """What filters ask for under some names: the property, the filter, and the model that is asked for."""
    for node in file.source.nodes(*PROPERTIES) if names & file.source.words else ():
        literal = node.parent if key_of(node) in names else None
        wanted = expected(file, literal) if literal is not None and literal.type == "object" else None
        if literal is not None and wanted is not None and wanted.what is What.FILTER:
            yield node, literal, wanted.model


def _check(file: FileContext, node: Node, key: ChangedKey) -> None:
    """What is given under the name of a key: where it is written out, it shows what it lacks and what is too much."""
    fields = " and ".join(f"`{each}`" for each in key.fields)
    why = f"The key `{key.name}` of {with_article(key.model)} consists of {fields} now."
    value = unwrapped(node.child_by_field_name("value") or node)
    if value.type != "object" or any(each.type not in _PLAIN for each in value.named_children):
        file.hint(node, Kind.GONE, Confidence.LIKELY, why)
        return
    given = {key_of(each): each for each in children_of(value)}
    others = [each for name, each in given.items() if name not in key.fields]
    if others or set(key.fields) - given.keys():
        file.hint(others[0] if others else node, Kind.GONE, Confidence.CERTAIN, why)


def find_lost_keys(file: FileContext) -> None:
    """Note the queries that ask by a field which is a key no more.

    Args:
        file: the file; its findings are filled.
    """
    for node, literal, model in _asked(file, frozenset(each.field for each in file.facts.lost_keys)):
        lost = next((each for each in file.facts.lost_keys if (each.model, each.field) == (model, key_of(node))), None)
        holder = _selection(file, literal) if lost is not None else None
        if lost is not None and holder is not None and not _selects_still(literal, lost):
            others = " or ".join(f"`{each}`" for each in sorted(lost.others))
            why = f"{with_article(lost.model, 'A')} is told from the others by its `{lost.field}` no more."
            why += f" {others} still does that." if others else ""
            file.hint(holder, Kind.GONE, Confidence.CERTAIN, why)


def _selects_still(literal: Node, lost: LostKey) -> bool:
    """Whether another key is given as well, or may be with what is spread in."""
    is_open = any(each.type == "spread_element" for each in literal.named_children)
    return is_open or any(key_of(each) in lost.others for each in children_of(literal))


def _selection(file: FileContext, literal: Node) -> Node | None:
    """The property, or literal of a list, by which one record is found; None where many may be."""
    listed = property_of(literal) or literal.parent
    pair = listed.parent if listed is not None and listed.type == "array" else listed
    options = pair.parent if pair is not None and pair.type in PROPERTIES else None
    if pair is None or options is None:
        return None
    # Prisma before 5 complains of the field, not of what is given it: then all of it is the place.
    is_apart = literal.start_point.row != literal.named_children[0].start_point.row
    whole = pair if is_apart else pair.child_by_field_name("key") or pair
    place = whole if listed == pair else literal
    if key_of(pair) in _SELECTIONS:
        return place
    if key_of(pair) != "where":
        return None
    outer = given_at(options).parent
    call = outer.parent if outer is not None and outer.type == "arguments" else None
    receiver, method = callee(call) if call is not None and call.type == "call_expression" else (None, "")
    if receiver is not None and file.delegates.model_of(receiver) is not None:
        return place if method in _BY_KEY else None
    write = outer.parent if outer is not None and outer.type == "array" else outer
    return place if write is not None and write.type == "pair" and key_of(write) in _WRITES else None
