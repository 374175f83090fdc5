"""Values that come out of a validator's schema which repeats a model: they may be null once the schema lets null in.

`const Entry = z.object({ authorId: z.number() }) satisfies z.ZodType<Book>` has to say `z.number().nullable()`, and
then `Entry.parse(body).authorId.toFixed()` throws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.edits.null_let_in import null_let_in
from prisma_decouple.typescript.finders.uses.safe_reads import edits_of_read, outermost, use_in_chain
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.literals import is_argument
from prisma_decouple.typescript.source.patterns import pattern_of
from prisma_decouple.typescript.source.scopes import BINDINGS, bound_names
from prisma_decouple.typescript.source.syntax import VALUE_NAMES, has_safe_read, key_of, last_name, text_of
from prisma_decouple.typescript.types.libraries.schema_libraries import schema_at
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.tolerance import takes
from prisma_decouple.typescript.types.places.wanted import wanted_type
from prisma_decouple.typescript.types.taken import taken_apart
from prisma_decouple.typescript.types.typed import without_nothing
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.place import Place
    from prisma_decouple.typescript.types.typed import Type


def note_schema(member: Place, model: str, field: str, *, is_followed: bool = False) -> None:
    """Note that a member of a schema has to let null through, so that its values can be followed.

    Args:
        member: what the schema says of it.
        model: the model whose field it repeats.
        field: the field.
        is_followed: whether it is only a choice, because the value comes out of another schema.
    """
    found = member.file.findings
    found.nullable_schemas.setdefault(place_key(member), (model, field))
    if not is_followed:
        found.repeating_schemas.add(place_key(member))
    holder = member.node.parent
    place = holder if holder is not None and holder.type == "pair" else member.node
    told = f"This repeats the `{field}` of {with_article(model)}, which may be null now"
    why = f"{told}: it refuses that, until it lets null in."
    edits, imports = null_let_in(member.file, member.node, schema_at(member.file, member.node))
    needs = ["a place that takes null for all that comes out of the schema"]
    member.file.hint(place, Kind.TYPE, Confidence.LIKELY, why, edits, needs=needs, imports=imports)


def note_refusing_schema(value: Node, wanted: Type, model: str, field: str) -> None:
    """Note what a schema says of what it takes no null for, where a value is given back under the schema's type.

    What a call is given is for the call to say: it may ask for what has to be there.

    Args:
        value: what may be null now.
        wanted: what its place takes.
        model: the model whose field the value is.
        field: the field.
    """
    if wanted.said_by is not None and not wanted.is_list and not is_argument(value):
        note_schema(wanted.said_by, model, field)


def find_schema_values(file: FileContext) -> None:
    """Note where a value of such a member takes no null.

    Args:
        file: the file; its findings are filled.
    """
    for node in file.source.nodes("pair_pattern"):
        _check_pattern(file, node)
    for node in _values(file):
        found = file.types.of(node)
        if found is not None and has_safe_read(node):
            found = without_nothing(found)  # what was asked for on the way may be undefined, and is no more than that
        origin = _origin(file, found)
        if origin is not None and not is_narrowed(file, node):
            _check(file, node, *origin)


def _values(file: FileContext) -> Iterator[Node]:
    """The expressions that may be what a member of such a schema lets through."""
    fields = {field for _, field in file.findings.nullable_schemas.values()}
    yield from (node for node in file.source.nodes("member_expression") if last_name(node) in fields)
    names = set()
    for binding in file.source.nodes(*BINDINGS):
        pattern = pattern_of(binding)
        if pattern.type == "object_pattern" and any(field in text_of(pattern) for field in fields):
            told = ((name, file.types.of_symbol(binding, name)) for name in bound_names(pattern))
            names |= {name for name, found in told if _origin(file, found) is not None}
    for node in file.source.nodes(*VALUE_NAMES) if names else ():
        if text_of(node) in names:
            yield node


def _origin(file: FileContext, found: Type | None) -> tuple[str, str] | None:
    """The model and field that a type repeats by way of such a schema."""
    if found is None or found.said_by is None or takes(found, "null") or found.is_list:
        return None
    return file.findings.nullable_schemas.get(place_key(found.said_by))


def _check(file: FileContext, node: Node, model: str, field: str) -> None:
    """A value that may be null once its schema lets null in, where it is read on from or handed to something."""
    told = f"`{text_of(node)}` is the `{field}` of {with_article(model)}"
    use = use_in_chain(node)
    if use is not None:
        if use.type != "optional_chain":
            why = f"{told}, which may be null once its schema says so, and reading on from null throws."
            file.hint(outermost(node), Kind.READ, Confidence.LIKELY, why, edits_of_read(file, node, use))
        return
    wanted = wanted_type(file, node)
    if wanted is None or takes(wanted, "null"):
        return
    if wanted.said_by is not None:
        if place_key(wanted.said_by) in file.findings.repeating_schemas:
            return  # it lets null through by then
        note_schema(wanted.said_by, model, field, is_followed=True)
    why = f"{told}, which may be null once its schema says so, and what takes it here says that it never is."
    file.hint(node, Kind.FLOW, Confidence.LIKELY, why)


def _check_pattern(file: FileContext, pattern: Node) -> None:
    """`const { author: { name } } = entry`: what is taken out of what may be null."""
    origin = _origin(file, taken_apart(file, pattern))
    if origin is not None and key_of(pattern) == origin[1]:
        told = f"The `{origin[1]}` of {with_article(origin[0])} may be null once its schema says so"
        why = f"{told}, and nothing can be taken out of null."
        file.hint(pattern, Kind.READ, Confidence.LIKELY, why)
