"""What repeats a changed model without a query: types that are made of it, and schemas like it.

`Omit<Book, "title">`, `class Draft implements Book`, and `authorId: z.number()`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.demands import comes_out_of
from prisma_decouple.typescript.finders.destinations import goes_elsewhere
from prisma_decouple.typescript.finders.retyped_writes import fits
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import fits_another, is_called_after_another, is_key_of_others, repeats
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    PROPERTIES,
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
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.kinds import kinds_in
from prisma_decouple.typescript.types.slots import place_key
from prisma_decouple.typescript.types.typed import DATA, What, member_of
from prisma_decouple.typescript.types.uses import reads_of
from prisma_decouple.typescript.types.validators import CHECKS
from prisma_decouple.typescript.wording import name_list, now_and_before, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DERIVATIONS = frozenset({"Omit", "Partial", "Pick"})
_VALIDATORS = re.compile(r"^\w+\s*(?:\.coerce\s*)?\.(?:number|string|bigint|coerce)\(")
_LENIENT = re.compile(r"\.(?:allow|nullable|nullish|optional|nullOr|default|catch)\(")
# How null is let in where it is not called `nullable`, as in zod and yup.
_LETS_IN = {"joi": ".allow(null)"}
_HOLDERS = frozenset({"lexical_declaration", "type_alias_declaration", "interface_declaration", "program"})


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
    keys = file.facts.optional_keys
    for node in file.source.nodes(*PROPERTIES):
        if key_of(node) in keys:
            _check_schema(file, node)


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


def _validator_behind(file: FileContext, value: Node) -> Node | None:
    """What lets a value through: it is written there, or what a constant holds: `authorId: keySchema`."""
    if value.type != "identifier":
        return value
    found = file.project.lookup(file, value, text_of(value))
    return found.node.child_by_field_name("value") if isinstance(found, Symbol) else None


def _check_schema(file: FileContext, pair: Node) -> None:
    """The key in the schema of a validator: `authorId: z.number()`."""
    value = pair.child_by_field_name("value")
    meant = _validator_behind(file, value) if value is not None else None
    written = text_of(meant)
    if value is None or meant is None or not _VALIDATORS.match(written) or meant.type != "call_expression":
        return
    if _LENIENT.search(written) or _is_of_path(pair):
        file.fine()
        return
    if place_key(Place(file, value)) in file.findings.nullable_schemas:
        return
    name = next((_heading(each) for each in ancestors(pair) if each.type in _HOLDERS), "")
    relations = file.facts.optional_by_key(key_of(pair))
    is_named = any(each.model.lower() in name for each in relations)
    names = {key_of(each) for each in pair.parent.named_children if key_of(each)} if pair.parent is not None else set()
    is_repeated = any(repeats(file.facts, each.model, names) for each in relations)
    is_of_another = _is_of_another(file, pair, names, is_named=is_named, is_repeated=is_repeated)
    if is_of_another and not _is_made_behind(file, pair, relations):
        return
    if meant != value and not is_repeated:
        return  # what all keys are like says little of this one
    uses = reads_of(file.project, key_of(pair)).get(value.id, ())
    if goes_elsewhere(Place(file, value), key_of(pair)) or any(
        _is_origin(use, each) for use in uses for each in relations
    ):
        return
    why = f"`{key_of(pair)}` may be null now; let null in, if this describes what the model has."
    lets_in = _LETS_IN.get(written.partition(".")[0].strip().lower(), ".nullable()")
    edits = [Edit(value.end_byte, value.end_byte, lets_in)]
    file.hint(pair, Kind.TYPE, Confidence.LIKELY if is_named else Confidence.UNSURE, why, edits)


def _is_made_behind(file: FileContext, pair: Node, relations: Iterable[OptionalRelation]) -> bool:
    """Whether the calls behind one that is given a schema make a record: `route.input(schema).handler(…)`."""
    models = {each.model for each in relations}
    chain = next((each for each in ancestors(pair) if _is_handled(each)), None)
    for literal in descendants(chain, "object") if chain is not None else ():
        given = property_value(literal, key_of(pair))
        if given is not None and not is_inside(literal, pair) and last_name(given) == key_of(pair):
            wanted = expected(file, literal)
            if wanted is not None and wanted.what in DATA and wanted.model in models:
                return True
    return False


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


def _is_of_another(file: FileContext, pair: Node, names: set[str], *, is_named: bool, is_repeated: bool) -> bool:
    """Whether a schema is called after a model in which the key is as it was, or says no more of one that changed."""
    declared, key = nearest(pair, "variable_declarator"), key_of(pair)
    if declared is not None and is_called_after_another(file.facts, key_of(declared), key):
        return True
    is_shared = not is_repeated and is_key_of_others(file.facts, key)
    return not is_named and (is_shared or fits_another(file.facts, key, file.facts.optional_by_key(key), names))


def _is_origin(use: Place, relation: OptionalRelation) -> bool:
    """Whether a key is that of the record out of which all else comes: without it there is nothing to store."""
    maker = function_around(use.node)
    return maker is not None and comes_out_of(use.file, maker, {text_of(use.node)}, relation)


def _is_of_path(pair: Node) -> bool:
    """Whether a schema says what the path of a request holds, `{ params: z.object({ id: z.string() }) }`."""
    schema = nearest(pair, "call_expression")
    return schema is not None and schema.parent is not None and key_of(schema.parent) == "params"


def _heading(holder: Node) -> str:
    """What stands before the value of a declaration, in lower case: its name, with what kind it is."""
    return text_of(holder).partition("=")[0].lower() if holder.type != "program" else ""
