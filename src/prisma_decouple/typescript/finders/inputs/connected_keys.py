"""Where Prisma wants a key that comes in: `author: { connect: { id: body.authorId } }`.

A record can do without now, and whoever leaves the key out gets an error: Prisma refuses to connect by what is null or
undefined ("Null and undefined"). The same goes for an upsert by a key of several fields, `where: { authorId_title }`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.inputs.inbound import changes, first_choice, written_data
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.addresses import is_of_path
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.kept_literals import literal_of, options_of, part_of
from prisma_decouple.typescript.source.left_out import added_under
from prisma_decouple.typescript.source.literals import connected_key, properties, property_value
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    callee,
    cast_of,
    children_of,
    last_name,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import ID, KEY_CONVERSIONS, UNTYPED
from prisma_decouple.typescript.source.who_asks import tells_who_asks
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.givers import comes_from_outside
from prisma_decouple.typescript.types.typed import What
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext


def find_connected_keys(file: FileContext) -> None:
    """Note where a record is connected by a key that nothing says is there.

    Args:
        file: the file; its findings are filled.
    """
    for data, model in written_data(file) if not is_test(file.source.path) else ():
        literal = unwrapped(data)
        has_more = len(children_of(literal)) > 1  # what only connects is there for those who want to
        for relation in file.facts.optional_of(model) if literal.type == "object" and has_more else ():
            value = property_value(literal, relation.field)
            key = first_choice(connected_key(value)) if value is not None else None
            if value is None or key is None or key == value or not _may_come_without(file, data, _made_of(key)):
                continue
            if added_under(value.parent or value) is None and not file.is_told(key):
                why = (
                    f"This connects the {relation.target} whether or not there is a key, and Prisma throws without "
                    f"one; {with_article(model)} may be without one now. Look whether to connect only by a key"
                )
                why += ", and to disconnect without one." if changes(data) else "."
                file.hint(key, Kind.FLOW, Confidence.UNSURE, why)


def find_upserted_keys(file: FileContext) -> None:
    """Note where a record is upserted by a key of several fields, of which one that comes in may be missing now.

    Args:
        file: the file; its findings are filled.
    """
    for call in file.source.called("upsert") if not is_test(file.source.path) else ():
        receiver = callee(call)[0]
        model = file.delegates.model_of(receiver) if receiver is not None else None
        for relation in file.facts.optional_of(model or ""):
            for key in _asked_by(file, call, relation):
                if _may_lack(file, call, key) and not file.is_told(key):
                    why = (
                        f"Prisma takes no null in a key of several fields, and {with_article(relation.model)} may be "
                        f"without `{relation.foreign_keys[0]}` now: what has none can only be created, and nothing in "
                        "the database keeps two of those apart. Look whether none can be given here."
                    )
                    file.hint(key, Kind.FLOW, Confidence.UNSURE, why)


def _asked_by(file: FileContext, call: Node, relation: OptionalRelation) -> Iterator[Node]:
    """The keys of a relation in the key of several fields by which a record is looked for."""
    where = part_of(options_of(call), "where")
    for name, parts in properties(where) if where is not None else ():
        if (relation.model, name) in file.facts.compound_keys:
            literal = literal_of(parts) or unwrapped(parts)
            keys = (property_value(literal, each) for each in relation.foreign_keys)
            yield from (key for key in keys if key is not None)


def _may_come_without(file: FileContext, data: Node, key: Node) -> bool:
    """Whether nothing may come in for a key, now or once the type or schema lets that in by which it does."""
    found = file.types.of(key)
    is_plain = found is not None and found.what is What.VALUE and found.said_by is None
    if is_plain and last_name(key) != ID and not is_of_path(key) and not is_narrowed(file, key):
        return key.type == "member_expression" and _comes_in(key) and not tells_who_asks(key)
    return _may_lack(file, data, key, is_minded=False)


def _made_of(key: Node) -> Node:
    """What a key is converted from: the `body.authorId` of `Number(body.authorId)`."""
    given = call_arguments(key) if text_of(key.child_by_field_name("function")) in KEY_CONVERSIONS else []
    return unwrapped(given[0]) if given else key


def _may_lack(file: FileContext, data: Node, key: Node, *, is_minded: bool = True) -> bool:
    """Whether a key comes in, and nothing before says that it is there, nor does the compiler, if that counts."""
    if last_name(key) == ID or is_of_path(key) or tells_who_asks(key) or is_narrowed(file, key):
        return False
    found = file.types.of(key)
    if found is None:
        return _comes_in(key)
    return found.said_by is not None and not (is_minded and _is_checked(file, data))  # a schema, to let null in


def _comes_in(key: Node) -> bool:
    """Whether a value is one that somebody hands over: to a handler, or to a function."""
    binding = binding_of(key) if key.type == "identifier" else binding_of(key.child_by_field_name("object"))
    return comes_from_outside(key) or (binding is not None and binding.type in PARAMETERS)


def _is_checked(file: FileContext, data: Node) -> bool:
    """Whether the compiler looks at what a record is made of, and minds null in it."""
    is_any = text_of(cast_of(data)) in UNTYPED
    return file.project.modules.checks_null(file.source.path) and not is_any
