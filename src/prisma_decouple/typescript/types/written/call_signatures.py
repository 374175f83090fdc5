"""Functions whose type is written as the ways to call them: `interface Emit { (kind: "paid", order: Order): void }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.signatures import is_rest, is_signature, must_be_given, own_members
from prisma_decouple.typescript.source.syntax import call_arguments, text_of, unwrapped
from prisma_decouple.typescript.types.classes import constructor_of
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

_SHAPES = frozenset({"interface_declaration", "object_type"})
# What a parameter takes one value of: a text or number, a member of an enum.
_SINGLE = frozenset({"literal_type", "nested_type_identifier"})


def is_one_of_several(signature: Node) -> bool:
    """Whether a written type says of itself how to be called in more ways than this one."""
    siblings = signature.parent.named_children if signature.parent is not None else []
    return signature.type == "call_signature" and sum(each.type == "call_signature" for each in siblings) > 1


def called_as(found: Type | None, call: Node) -> Type | None:
    """The function that a call means: a constructor, or one of those that a written type says; all else as it is.

    Args:
        found: what is called; of `super(…)` the class.
        call: the call.
    """
    function = call.child_by_field_name("function")
    if found is not None and function is not None and function.type == "super":
        constructor = constructor_of(found)
        return Type(What.FUNCTION, place=constructor[0], bound=constructor[1].bound) if constructor else None
    if found is None or found.what is not What.SHAPE or found.place is None or found.place.node.type not in _SHAPES:
        return found
    shape = found.place.node
    signatures = [each for each in own_members(shape) if is_signature(each, shape, is_new=False)]
    meant = [each for each in signatures if _fits(each, call_arguments(call))] if len(signatures) > 1 else signatures
    return Type(What.FUNCTION, place=Place(found.place.file, meant[0]), bound=found.bound) if len(meant) == 1 else found


def _fits(signature: Node, given: list[Node]) -> bool:
    """Whether a call gives as many values as a signature takes, and the one value where it takes no other."""
    taken = parameters(signature)
    if any(is_rest(each) for each in taken):
        return False
    is_enough = sum(map(must_be_given, taken)) <= len(given) <= len(taken)
    return is_enough and all(_is_meant(parameter, value) for parameter, value in zip(taken, given, strict=False))


def _is_meant(parameter: Node, value: Node) -> bool:
    written = parameter.child_by_field_name("type")
    single = written.named_children[0] if written is not None and written.named_children else None
    if single is None or single.type not in _SINGLE:
        return True
    return text_of(single).strip("\"'") == text_of(unwrapped(value)).strip("\"'`")
