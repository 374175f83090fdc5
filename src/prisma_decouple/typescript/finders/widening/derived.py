"""Types that are made of a changed model: `Omit<Book, "title">`, `class Draft implements Book`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.retyped.retyped_writes import fits
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.syntax import DECLARED_CLASSES, text_of
from prisma_decouple.typescript.types.kinds import kinds_in
from prisma_decouple.typescript.types.typed import What, member_of
from prisma_decouple.typescript.wording import name_list, now_and_before, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DERIVATIONS = frozenset({"Omit", "Partial", "Pick"})


def find_derived(file: FileContext) -> None:
    """Note what is made of a changed model, or repeats it.

    Args:
        file: the file; its findings are filled.
    """
    for node in file.source.nodes("generic_type"):
        _check_type(file, node)
    for node in file.source.nodes(*sorted(DECLARED_CLASSES)):
        _check_class(file, node)
    for node in file.source.nodes("interface_declaration"):
        for clause in (child for child in node.named_children if child.type == "extends_type_clause"):
            for record in filter(None, map(file.types.read, clause.named_children)):
                _check_members(file, node, record)


def _check_type(file: FileContext, node: Node) -> None:
    """`Omit<Book, "title">` has the new fields of a book, although nothing that is written there names them."""
    if text_of(node.child_by_field_name("name")) not in _DERIVATIONS or _is_inside_another(node):
        return
    first = next((child for child in _arguments(node)), None)
    found, base = file.types.read(node), file.types.read(first) if first is not None else None
    record = found or base
    if record is None or record.what is not What.RECORD or record.model not in file.facts.changed_models:
        return
    needed = () if record.is_partial else file.facts.needed_of(record.model)  # what is partial needs nothing
    new = [key for each in needed for key in each.foreign_keys if record.has(key)]
    names = file.facts.nullable_names(record.model)
    old = [name for name in names if record.has(name) and file.facts.nullability(record.model, name)]
    if not new and (not old or _is_of_variable(node)):
        file.fine()
        return
    again = [key for key in new if (record.model, key) in file.facts.required_again]
    added = [key for key in new if key not in again]
    told = [f"{name_list(added)} is in it now"] if added else []
    told += [f"{name_list(again)} is never null in it any more"] if again else []
    told += [f"{name_list(old)} may be null in it"] if old else []
    why = f"This is made of {with_article(record.model)}: {', and '.join(told)}."
    file.hint(node, Kind.TYPE, Confidence.UNSURE if record.is_partial else Confidence.LIKELY, why)


def _is_of_variable(node: Node) -> bool:
    """Whether a type is that of a variable, whose reads are told themselves: `const draft: Partial<Book> = {}`."""
    holder = node.parent.parent if node.parent is not None else None
    return holder is not None and holder.type == "variable_declarator"


def _is_inside_another(node: Node) -> bool:
    """Whether a type is made of this one, and told: `Partial<Omit<Model, ...>>`."""
    listed = node.parent
    outer = listed.parent if listed is not None and listed.type == "type_arguments" else None
    return outer is not None and text_of(outer.child_by_field_name("name")) in _DERIVATIONS


def _check_class(file: FileContext, node: Node) -> None:
    """`class Draft implements Book` lacks the new key."""
    heritage = next((child for child in node.named_children if child.type == "class_heritage"), None)
    clauses = heritage.named_children if heritage is not None else []
    for base in (each for clause in clauses if clause.type == "implements_clause" for each in clause.named_children):
        record = file.types.read(base)
        if record is not None and record.what is What.INPUT:
            _check_input_class(file, node, record)
        if record is None or record.what is not What.RECORD:
            continue
        _check_members(file, node, record)
        if record.is_partial:
            continue
        new = (field for field in file.facts.new_of(record.model) if record.has(field.field))
        lacking = [field for field in new if member_of(node, field.field) is None]
        if lacking:
            names = name_list([field.field for field in lacking])
            why = f"{with_article(record.model, 'A')} has {names} now, and this class does not."
            file.hint(node.child_by_field_name("name") or node, Kind.TYPE, Confidence.CERTAIN, why)


def _check_members(file: FileContext, node: Node, record: Type) -> None:
    """A member of such a type that has the old type of a field; the compiler complains of its name.

    Of an interface it complains as a whole.
    """
    if record.what is not What.RECORD:
        return
    for field in (each for each in file.facts.retyped if each.model == record.model and record.has(each.field)):
        member = member_of(node, field.field)
        found = file.types.of_member(member) if member is not None else None
        kinds = kinds_in(found) if found is not None else frozenset[str]()
        if member is not None and kinds and not fits(field, kinds, is_column=False):
            _note_member(file, node, member, now_and_before(field), record.model)
    for name in (name for model, name in file.facts.required_again if model == record.model and record.has(name)):
        member = member_of(node, name)
        found = file.types.of_member(member) if member is not None else None
        if member is not None and found is not None and "null" in found.nothing:
            told = f"The `{name}` of {with_article(record.model)} is never null any more."
            _note_member(file, node, member, told, record.model)


def _note_member(file: FileContext, node: Node, member: Node, told: str, model: str) -> None:
    is_class = node.type in DECLARED_CLASSES
    what, place = ("class", member) if is_class else ("interface", node)
    why = f"{told} This {what} says that it repeats {with_article(model)}."
    file.hint(place.child_by_field_name("name") or place, Kind.TYPE, Confidence.CERTAIN, why)


def _check_input_class(file: FileContext, node: Node, data: Type) -> None:
    """`class Draft implements Prisma.BookCreateInput` lacks what a create has to give now."""
    for needed in file.facts.needed_of(data.model):
        names = [needed.field] if data.is_checked else list(needed.foreign_keys)
        if not all(data.has(name) for name in names) or any(member_of(node, name) is not None for name in names):
            continue
        why = f"{with_article(data.model, 'A')} needs {name_list(names)} now, and this class does not have it."
        file.hint(node.child_by_field_name("name") or node, Kind.TYPE, Confidence.CERTAIN, why)


def _arguments(node: Node) -> Iterator[Node]:
    listed = node.child_by_field_name("type_arguments")
    yield from listed.named_children if listed is not None else ()
