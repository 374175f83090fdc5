"""Whether what is demanded somewhere is the key of a record that can do without it now.

A schema of a validator, a rule for a request or an input of GraphQL may be about any model that has such a key.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.uses.demands import comes_out_of
from prisma_decouple.typescript.finders.uses.destinations import goes_elsewhere
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import (
    fits_another,
    is_called_after_another,
    is_called_after_only,
    is_key_of_others,
    repeats,
)
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    callee,
    descendants,
    function_around,
    is_function,
    is_inside,
    key_of,
    last_name,
    nearest,
    text_of,
)
from prisma_decouple.typescript.types.libraries.validators import CHECKS
from prisma_decouple.typescript.types.places.expectations import expected
from prisma_decouple.typescript.types.places.uses import reads_of
from prisma_decouple.typescript.types.typed import DATA

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.imports import Import
    from prisma_decouple.typescript.source.text import Edit

_HOLDERS = frozenset({"lexical_declaration", "type_alias_declaration", "interface_declaration", "program"})


class Member(NamedTuple):
    """What a schema, or a rule, says of the key of a record.

    Attributes:
        node: all that says it.
        value: what has to let null in.
        name: the key.
        names: those of the members that stand beside it, its own included.
        called: what it belongs to, where that has a name of its own.
    """

    node: Node
    value: Node
    name: str
    names: frozenset[str]
    called: str = ""


def note_member(
    file: FileContext,
    member: Member,
    edits: list[Edit] | None,
    imports: Iterable[Import] = (),
    *,
    is_shared: bool = False,
) -> None:
    """Note a demand, if it is, as far as can be seen, about a model in which the key may be null now.

    Args:
        file: the file; its findings are filled.
        member: what demands the key.
        edits: what lets null in; None when it is not known.
        imports: what that needs.
        is_shared: whether it is what all keys are like, which says little of this one.
    """
    if not _is_of_changed(file, member, is_shared=is_shared):
        return
    why = f"`{member.name}` may be null now; let null in, if this describes what the model has."
    confidence = Confidence.LIKELY if _is_named(file, member) else Confidence.UNSURE
    file.hint(member.node, Kind.TYPE, confidence, why, edits, imports=imports)


def _is_of_changed(file: FileContext, member: Member, *, is_shared: bool) -> bool:
    """Whether a member is, as far as can be seen, that of a model in which the key may be null now."""
    pair, name = member.node, member.name
    relations = file.facts.optional_by_key(name)
    is_repeated = any(repeats(file.facts, each.model, member.names) for each in relations)
    is_of_another = _is_of_another(file, member, is_repeated=is_repeated)
    if is_of_another and not is_made_behind(file, pair, name, relations):
        return False
    if is_shared and not is_repeated:
        return False
    uses = reads_of(file.project, name).get(member.value.id, ())
    if goes_elsewhere(Place(file, member.value), name):
        return False
    return not any(_is_origin(use, each) for use in uses for each in relations)


def _is_named(file: FileContext, member: Member) -> bool:
    """Whether what holds a member is called after a model in which the key may be null now."""
    heading = next((_heading(each) for each in ancestors(member.node) if each.type in _HOLDERS), "")
    models = [each.model for each in file.facts.optional_by_key(member.name)]
    if member.called:
        return any(is_called_after_only(file.facts, member.called, each) for each in models)
    return any(each.lower() in heading for each in models)


def is_made_behind(file: FileContext, node: Node, name: str, relations: Iterable[OptionalRelation]) -> bool:
    """Whether the calls behind one that is given a schema make a record: `route.input(schema).handler(…)`.

    Args:
        file: the file.
        node: a member of the schema.
        name: the key that it is about.
        relations: those that have the key.
    """
    models = {each.model for each in relations}
    chain = next((found for each in ancestors(node) if (found := _handled(each, node)) is not None), None)
    for literal in descendants(chain, "object") if chain is not None else ():
        given = property_value(literal, name)
        if given is not None and not is_inside(literal, node) and last_name(given) == name:
            wanted = expected(file, literal)
            if wanted is not None and wanted.what in DATA and wanted.model in models:
                return True
    return False


def _handled(outer: Node, node: Node) -> Node | None:
    """What is given to a call beside a node, with a function among it, or is behind it: all of a chain of calls."""
    given = outer.child_by_field_name("arguments") if outer.type == "call_expression" else None
    if given is not None and is_inside(given, node) and any(is_function(each) for each in _beside(outer, node)):
        return given
    return outer if _is_handled(outer) else None


def _beside(call: Node, node: Node) -> list[Node]:
    """What a call is given besides a node; what only checks it counts for nothing."""
    return [each for each in call_arguments(call) if callee(call)[1] not in CHECKS and not is_inside(each, node)]


def _is_handled(chain: Node) -> bool:
    """Whether calls, one behind the other, are given a function that does something, and not only checks a value."""
    is_last = chain.type == "call_expression" and getattr(chain.parent, "type", "") != "member_expression"
    call: Node | None = chain if is_last else None
    while call is not None and call.type == "call_expression":
        receiver, method = callee(call)
        if method not in CHECKS and any(map(is_function, call_arguments(call))):
            return True
        call = receiver
    return False


def _is_of_another(file: FileContext, member: Member, *, is_repeated: bool) -> bool:
    """Whether a schema is called after a model in which the key is as it was, or says no more of one that changed."""
    declared, key = nearest(member.node, "variable_declarator"), member.name
    called = member.called or (key_of(declared) if declared is not None else "")
    if called and is_called_after_another(file.facts, called, key):
        return True
    is_shared = not is_repeated and is_key_of_others(file.facts, key)
    fits = fits_another(file.facts, key, file.facts.optional_by_key(key), member.names)
    return not _is_named(file, member) and (is_shared or fits)


def _is_origin(use: Place, relation: OptionalRelation) -> bool:
    """Whether a key is that of the record out of which all else comes: without it there is nothing to store."""
    maker = function_around(use.node)
    return maker is not None and comes_out_of(use.file, maker, {text_of(use.node)}, relation)


def _heading(holder: Node) -> str:
    """What stands before the value of a declaration, in lower case: its name, with what kind it is."""
    return text_of(holder).partition("=")[0].lower() if holder.type != "program" else ""
