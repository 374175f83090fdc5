"""Members of types that repeat a field of a model with the type that it had: `interface Page { size: number }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import is_called_after, repeats
from prisma_decouple.typescript.source.syntax import DECLARED_CLASSES, MEMBERS, key_of, nearest
from prisma_decouple.typescript.types.kinds import LIST, kinds_in, takes
from prisma_decouple.typescript.wording import now_and_before

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.changes import RetypedField
    from prisma_decouple.typescript.context import FileContext

_NAMED = (*DECLARED_CLASSES, "interface_declaration", "type_alias_declaration")


def find_outdated_copies(file: FileContext) -> None:
    """Note the members of types that say what a field of another type now was.

    What such a type is given by the code is told where it is; this is about what comes from elsewhere, as from JSON.

    Args:
        file: the file; its findings are filled.
    """
    named: dict[str, list[RetypedField]] = {}
    for field in file.facts.retyped:
        named.setdefault(field.field, []).append(field)
    for node in file.source.nodes(*MEMBERS) if named.keys() & file.source.words else ():
        for field in named.get(key_of(node), ()):
            holder = nearest(node, *_NAMED)
            is_data = holder is None and takes(field.after, field.before, is_column=True)  # a query takes it as it was
            is_anothers = holder is not None and _is_called_after_another(file, key_of(holder), field)
            if not is_data and not is_anothers and not file.is_told(node) and _is_copy(file, node, field):
                is_likely = holder is not None and is_called_after(key_of(holder), field.model)
                why = f"{now_and_before(field)} This repeats it as it was."
                file.hint(node, Kind.TYPE, Confidence.LIKELY if is_likely else Confidence.UNSURE, why)


def _is_called_after_another(file: FileContext, name: str, field: RetypedField) -> bool:
    """Whether a type is called after a model that has a field of that name, and has it as it was."""
    changed = {each.model for each in file.facts.retyped if each.field == field.field}
    others = {each.model for each in file.facts.columns if each.name == field.field} - changed
    return any(is_called_after(name, each) for each in others)


def _is_copy(file: FileContext, member: Node, field: RetypedField) -> bool:
    """Whether a member stands among those of other fields of the model, and has the type that its own field had."""
    shape, annotation = member.parent, member.child_by_field_name("type")
    names = {key_of(each) for each in shape.named_children if each.type in MEMBERS} if shape is not None else set()
    written = file.types.read(annotation) if annotation is not None else None
    kinds = kinds_in(written) if written is not None and repeats(file.facts, field.model, names) else frozenset()
    before = LIST if field.before.endswith("[]") else field.before
    return before in kinds and not any(takes(each, field.after, is_column=False) for each in kinds)
