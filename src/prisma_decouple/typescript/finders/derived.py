"""What repeats a changed model without a query: types that are made of it, schemas like it, and copies of its keys.

`Omit<Book, "title">`, `class Draft implements Book`, `authorId: z.number()`, and `queue.add({ payload: { authorId }
})`.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.destinations import goes_elsewhere
from prisma_decouple.typescript.finders.key_uses import is_only_told
from prisma_decouple.typescript.finders.retyped_writes import fits
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.likeness import fits_another, is_key_of_others, repeats
from prisma_decouple.typescript.source.addresses import is_path
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.scopes import bound_names
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    PROPERTIES,
    READS,
    ancestors,
    call_arguments,
    callee,
    key_of,
    last_name,
    nearest,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.text import Edit
from prisma_decouple.typescript.source.vocabulary import METHODS
from prisma_decouple.typescript.types.expectations import expected
from prisma_decouple.typescript.types.givers import is_open
from prisma_decouple.typescript.types.kinds import kinds_in
from prisma_decouple.typescript.types.slots import place_key
from prisma_decouple.typescript.types.typed import What, member_of
from prisma_decouple.typescript.wording import name_list, now_and_before, with_article

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.typed import Type

_DERIVATIONS = frozenset({"Omit", "Partial", "Pick"})
_VALIDATORS = re.compile(r"^\w+(?:\.coerce)?\.(?:number|string|bigint|coerce)\(")
_LENIENT = re.compile(r"\.(?:allow|nullable|nullish|optional|nullOr|default|catch)\(")
# How null is let in where it is not called `nullable`, as in zod and yup.
_LETS_IN = {"joi": ".allow(null)"}
_PAYLOAD = re.compile(r"data|payload|meta|params|extra|context|message|body$", re.IGNORECASE)
# What may be a payload; the grammar takes `a === b!.c` for a read of `c` from the whole comparison.
_CHAINS = frozenset({"identifier", *READS})
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
    keys = file.facts.optional_keys
    for node in file.source.nodes(*PROPERTIES):
        if key_of(node) in keys:
            _check_schema(file, node)
            _check_payload(file, node)
    for node in file.source.nodes("member_expression"):
        if last_name(node) in keys:
            _check_read_back(file, node)
    for node in file.source.nodes("variable_declarator"):
        _check_taken_out(file, node, keys)


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
    if not new and not old:
        file.fine()
        return
    told = [f"{name_list(new)} is in it now"] if new else []
    told += [f"{name_list(old)} may be null in it"] if old else []
    why = f"This is made of {with_article(record.model)}: {', and '.join(told)}."
    file.hint(node, Kind.TYPE, Confidence.UNSURE if record.is_partial else Confidence.LIKELY, why)


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
    """A member of such a class that has the old type of a field; the compiler complains of its name."""
    for field in (each for each in file.facts.retyped if each.model == record.model and record.has(each.field)):
        member = member_of(node, field.field)
        found = file.types.of_member(member) if member is not None else None
        kinds = kinds_in(found) if found is not None else frozenset[str]()
        if member is not None and kinds and not fits(field, kinds, is_column=False):
            why = f"{now_and_before(field)} This class says that it repeats {with_article(record.model)}."
            file.hint(member.child_by_field_name("name") or member, Kind.TYPE, Confidence.CERTAIN, why)


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


def _check_schema(file: FileContext, pair: Node) -> None:
    """The key in the schema of a validator: `authorId: z.number()`."""
    value = pair.child_by_field_name("value")
    written = text_of(value)
    if value is None or not _VALIDATORS.match(written) or value.type != "call_expression":
        return
    if _LENIENT.search(written) or _is_of_path(pair):
        file.fine()
        return
    if place_key(Place(file, value)) in file.findings.nullable_schemas:
        return
    name = next((_declared(each) for each in ancestors(pair) if each.type in _HOLDERS), "")
    relations = file.facts.optional_by_key(key_of(pair))
    is_named = any(each.model.lower() in name for each in relations)
    names = {key_of(each) for each in pair.parent.named_children if key_of(each)} if pair.parent is not None else set()
    is_repeated = any(repeats(file.facts, each.model, names) for each in relations)
    is_of_another = not is_repeated and is_key_of_others(file.facts, key_of(pair))
    if not is_named and (is_of_another or fits_another(file.facts, key_of(pair), relations, names)):
        return
    if goes_elsewhere(Place(file, value), key_of(pair)):
        return
    why = f"`{key_of(pair)}` may be null now; let null in, if this describes what the model has."
    lets_in = _LETS_IN.get(written.partition(".")[0].lower(), ".nullable()")
    edits = [Edit(value.end_byte, value.end_byte, lets_in)]
    file.hint(pair, Kind.TYPE, Confidence.LIKELY if is_named else Confidence.UNSURE, why, edits)


def _is_of_path(pair: Node) -> bool:
    """Whether a schema says what the path of a request holds, `{ params: z.object({ id: z.string() }) }`."""
    schema = nearest(pair, "call_expression")
    return schema is not None and schema.parent is not None and key_of(schema.parent) == "params"


def _declared(holder: Node) -> str:
    """What stands before the value of a declaration, in lower case: its name, with what kind it is."""
    return text_of(holder).partition("=")[0].lower() if holder.type != "program" else ""


def _check_payload(file: FileContext, node: Node) -> None:
    """A key that is copied into a payload without a type, `{ payload: { authorId } }`, which somebody else reads."""
    literal = node.parent
    holder = literal.parent if literal is not None else None
    if literal is None or holder is None or _is_there(file, node) or _is_of_any(file, node):
        return
    wanted = expected(file, literal)
    if holder.type == "arguments" and wanted is not None and _is_open(wanted) and holder.parent is not None:
        key = file.types.of(node.child_by_field_name("value") or node)
        if key is not None and key.what is not What.KEY and not _is_open(key):
            return  # where it can become null, it is told
        told = f"whoever reads what `{callee(holder.parent)[1]}` is given has to expect it"
        file.hint(node, Kind.FLOW, Confidence.UNSURE, f"`{key_of(node)}` may be null in this copy now; {told}.")
        return
    if holder.type != "pair" or not _PAYLOAD.search(key_of(holder)) or _is_query(holder):
        return
    if wanted is not None and not _is_open(wanted):
        return
    if file.checked & {(literal.start_byte, relation) for relation in file.facts.needed}:
        return
    why = f"`{key_of(node)}` may be null in this copy now; whoever reads `{key_of(holder)}` has to expect it."
    file.hint(node, Kind.FLOW, Confidence.UNSURE, why)


def _is_of_any(file: FileContext, node: Node) -> bool:
    """Whether a copied key may as well be that of another model, in which it did not change."""
    found = file.types.of(node.child_by_field_name("value") or node)
    is_of_another = is_key_of_others(file.facts, key_of(node))
    return is_of_another and (found is None or found.what is not What.KEY)


def _is_query(holder: Node) -> bool:
    """Whether an option of a query is meant, and not a payload."""
    around = takewhile(lambda each: each.type != "statement_block", ancestors(holder))
    outer = [key_of(each) for each in around if each.type == "pair"]
    call = nearest(holder, "call_expression")
    is_option = call is not None and holder.parent in call_arguments(call) and callee(call)[1] in METHODS
    return is_option or bool({"where", "select", "include"} & {*outer, key_of(holder)})


def _is_there(file: FileContext, node: Node) -> bool:
    """Whether a copied value cannot be null: it has a plain type, or is read from a record under another name."""
    value = node.child_by_field_name("value")
    copied = value or node
    key = file.types.of(copied)
    if key.primitive if key is not None else not is_open(Place(file, copied), key_of(node)):
        return True  # written out, or of another name
    owner = value.child_by_field_name("object") if value is not None else None
    found = file.types.of(owner) if owner is not None else None
    return (
        found is not None and found.what is What.RECORD and not found.is_nullable and last_name(value) != key_of(node)
    )


def _is_open(wanted: Type) -> bool:
    """Whether a type takes anything."""
    if wanted.what not in {What.MAP, What.VALUE}:
        return False
    written = text_of(wanted.place.node) if wanted.place is not None else wanted.field
    return written in {"any", "unknown"} or "Json" in written or "any>" in written or "unknown>" in written


def _check_read_back(file: FileContext, node: Node) -> None:
    """The key taken out of something without a type: `job.payload.authorId`."""
    owner = node.child_by_field_name("object")
    if owner is None or node.child_by_field_name("optional_chain") is not None or not _is_payload(file, owner):
        return
    if _is_named_by_chance(file, last_name(node)):
        return
    if is_only_told(node):
        file.fine()
        return
    why = f"`{last_name(node)}` comes out of a payload, where it may be null now."
    file.hint(node, Kind.FLOW, Confidence.UNSURE, why)


def _check_taken_out(file: FileContext, declarator: Node, keys: frozenset[str]) -> None:
    """`const { authorId } = job.payload`."""
    pattern, value = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
    if pattern is None or value is None or pattern.type != "object_pattern" or not _is_payload(file, value):
        return
    for name in (each for each in bound_names(pattern) if each in keys and not _is_named_by_chance(file, each)):
        why = f"`{name}` comes out of a payload, where it may be null now."
        file.hint(pattern, Kind.FLOW, Confidence.UNSURE, why)


def _is_named_by_chance(file: FileContext, key: str) -> bool:
    """Whether a key in a payload is as likely that of another model: nothing but its name speaks of a changed one."""
    return is_key_of_others(file.facts, key, file.source.words)


def _is_payload(file: FileContext, owner: Node) -> bool:
    """Whether something without a type of its own is a payload, by its name."""
    found = file.types.of(owner)
    if is_path(owner) or unwrapped(owner).type not in _CHAINS or (found is not None and not _is_open(found)):
        return False
    written = text_of(owner)
    last = re.split(r"[.?]+", re.split(r"\s+as\s", written)[0].strip("() "))[-1]
    return _PAYLOAD.search(last) is not None and "." in written
