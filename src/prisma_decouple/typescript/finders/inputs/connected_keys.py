"""Records that are always connected by what comes in: `author: { connect: { id: body.authorId } }`.

A record can do without now, and whoever leaves the key out gets an error: Prisma refuses to connect by what is null or
undefined ("Null and undefined").
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.inputs.inbound import first_choice, written_data
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.addresses import is_of_path
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.left_out import added_under
from prisma_decouple.typescript.source.literals import connected_key, property_value
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of
from prisma_decouple.typescript.source.syntax import cast_of, children_of, last_name, text_of, unwrapped
from prisma_decouple.typescript.source.vocabulary import ID, UNTYPED
from prisma_decouple.typescript.source.who_asks import tells_who_asks
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.givers import comes_from_outside
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from tree_sitter import Node

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
            if value is None or key is None or key == value or not _may_lack(file, data, key):
                continue
            if added_under(value.parent or value) is None and not file.is_told(key):
                why = (
                    f"This connects the {relation.target} whether or not there is a key, and Prisma throws without "
                    f"one; {with_article(model)} may be without one now. Look whether to connect only by a key."
                )
                file.hint(key, Kind.FLOW, Confidence.UNSURE, why)


def _may_lack(file: FileContext, data: Node, key: Node) -> bool:
    """Whether a key comes in, and nothing before says that it is there, nor will the compiler ask for that."""
    if last_name(key) == ID or is_of_path(key) or tells_who_asks(key) or is_narrowed(file, key):
        return False
    found = file.types.of(key)
    if found is None:
        return _comes_in(key)
    return found.said_by is not None and not _is_checked(file, data)  # a schema, which is told to let null in


def _comes_in(key: Node) -> bool:
    """Whether a value is one that somebody hands over: to a handler, or to a function."""
    binding = binding_of(key) if key.type == "identifier" else binding_of(key.child_by_field_name("object"))
    return comes_from_outside(key) or (binding is not None and binding.type in PARAMETERS)


def _is_checked(file: FileContext, data: Node) -> bool:
    """Whether the compiler looks at what a record is made of, and minds null in it."""
    is_any = text_of(cast_of(data)) in UNTYPED
    return file.project.modules.checks_null(file.source.path) and not is_any
