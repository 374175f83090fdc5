"""What a validator's schema lets through: of `z.object({ id: z.number().nullable() })` an object with such an `id`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.kept_literals import options_of
from prisma_decouple.typescript.source.literals import properties, spreads_in
from prisma_decouple.typescript.source.patterns import path_to
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Foreign, Symbol
from prisma_decouple.typescript.source.scopes import PARAMETERS, binding_of, declared_value
from prisma_decouple.typescript.source.syntax import (
    VALUE_NAMES,
    call_arguments,
    callee,
    children_of,
    first_name,
    is_function,
    last_name,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.typed import LET, UNSEEN, Type, What, bound_to, omittable
from prisma_decouple.typescript.types.written.keys import named, texts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.types.expressions import Types

_MODULES = ("zod",)
_EXTENDED = re.compile(r"\bzod\b")  # packages that hand zod on with something added: `@hono/zod-openapi`, `astro/zod`
_OBJECTS = frozenset({"looseObject", "object", "strictObject"})
_VALUES = {
    **dict.fromkeys(("bigint", "int", "number"), "number"),
    **dict.fromkeys(("cuid", "cuid2", "email", "nanoid", "string", "ulid", "url", "uuid"), "string"),
    **dict.fromkeys(("boolean", "date"), ""),
}
_CHOICES = frozenset({"enum", "literal", "nativeEnum"})
_PARSES = frozenset({"parse", "parseAsync"})
_SAID = "data"
_SAFE_PARSES = frozenset({"safeParse", "safeParseAsync"})
# After these nothing is known of what comes out.
_CHANGES = frozenset({"and", "or", "pipe", "transform"})
# Whose function is given what was let through so far.
CHECKS = frozenset({"refine", "superRefine", "transform"})
_UNIONS = frozenset({"discriminatedUnion", "union"})
# Where generators put the schemas that they make of models, and what they call them: `$lib/generated/zod`.
_GENERATED = re.compile(r"(?:/|^\.+/|^[@~$#]\w*/)(?:[\w-]+/)*zod(?:/[\w/]+)?$")
_GENERATED_NAME = re.compile(r"(?P<model>\w+?)(?:Schema|Model)")
# What marks the box that has all properties of an object.
OBJECT = "object"


def of_validator(types: Types, call: Node, depth: int) -> Type | None:
    """The schema that a call makes, or what it lets through when the call asks it; None for any other call.

    Args:
        types: of the file.
        call: the call.
        depth: how far declarations are followed.
    """
    receiver, method = callee(call)
    if receiver is None:
        return None
    if _is_library(types, receiver):
        made = _made(types, call, method, depth)
        is_said = made is not None and made.is_list and made.said_by is not None  # what is in a list said it itself
        return (schema_of(made) if is_said else _schema(types, call, made)) if made is not None else None
    owner = types.of(receiver, depth - 1)
    inner = let_through(owner)
    if inner is None or owner is None:
        return None
    if method in _PARSES:
        return inner
    if method in _SAFE_PARSES:
        return Type(What.BOX, bound=(("data", omittable(inner)),))
    changed = _changed(types, inner, call, method, depth)
    return _schema(types, call, changed) if changed is not None else None


def given_to_schema(types: Types, value: Node) -> Node | None:
    """What a method of a schema was given that a value comes from, `schema.parse(body)`; of `safeParse` its `data`."""
    call, is_safe = question_behind(types, value, _SAID)
    receiver, method = callee(call) if call.type == "call_expression" else (None, "")
    if receiver is None or method not in (_SAFE_PARSES if is_safe else _PARSES):
        return None
    return next(iter(call_arguments(call)), None) if let_through(types.of(receiver)) is not None else None


def question_behind(types: Types, value: Node, said: str) -> tuple[Node, bool]:
    """The call that a value comes of, and whether it is only a part of what that says, also `const { data } = ...`.

    Args:
        types: of the file.
        value: the value.
        said: what that part is called.
    """
    owner = value.child_by_field_name("object") if value.type == "member_expression" else None
    if owner is not None and last_name(value) == said:
        return call_behind(types, owner), True
    binding = binding_of(value) if value.type in VALUE_NAMES else None
    whole = binding.child_by_field_name("value") if binding is not None else None
    if whole is not None and binding is not None and path_to(binding, text_of(value)) == [said]:
        return call_behind(types, unwrapped(whole)), True
    return call_behind(types, value), False


def call_behind(types: Types, value: Node) -> Node:
    """The expression that a value is, or that the constant of its file holds which it names."""
    found = types.file.project.lookup(types.file, value, text_of(value)) if value.type == "identifier" else None
    is_here = isinstance(found, Symbol) and found.file is types.file and found.node.type == "variable_declarator"
    kept = declared_value(found.node, text_of(value)) if isinstance(found, Symbol) and is_here else value
    return unwrapped(kept) if kept is not None else value


def let_through(schema: Type | None) -> Type | None:
    """What a schema lets through."""
    return bound_to(schema, LET) if schema is not None and schema.what is What.SCHEMA else None


def _schema(types: Types, call: Node, inner: Type) -> Type:
    return schema_of(replace(inner, said_by=Place(types.file, call)) if inner.what is What.BOX else inner)


def schema_of(inner: Type) -> Type:
    """The schema that lets something through."""
    return Type(What.SCHEMA, bound=((LET, inner),))


def of_generated(facts: SchemaFacts, found: Foreign) -> Type | None:
    """The schema of a model that a generator makes of the Prisma schema: `BookSchema` of zod-prisma-types.

    It changes with the model, and lets through what a record has besides its relations.

    Args:
        facts: the change of the schema.
        found: what is imported, of which the code base has no file.
    """
    named_so = _GENERATED_NAME.fullmatch(found.name) if _GENERATED.search(found.module) else None
    model = named_so["model"] if named_so is not None else ""
    if not model or (model not in facts.changed_models and all(each.model != model for each in facts.columns)):
        return None
    return schema_of(Type(What.RECORD, model))


def _is_library(types: Types, receiver: Node) -> bool:
    """Whether it is `z`, or `z.coerce`."""
    name = first_name(receiver)
    if not name or text_of(receiver) not in {name, f"{name}.coerce"}:
        return False
    found = types.file.project.lookup(types.file, receiver, name) if name in types.file.imported else None
    if not isinstance(found, Foreign):
        return False
    return found.module.split("/")[0] in _MODULES or (found.name == "z" and _EXTENDED.search(found.module) is not None)


def _made(types: Types, call: Node, method: str, depth: int) -> Type | None:
    if method in _VALUES:
        return Type(What.VALUE, primitive=_VALUES[method])
    values = call_arguments(call)
    if method in _CHOICES and "null" not in text_of(values[0] if values else None):
        return _chosen(types, values, depth)
    if (whole := _whole(types, values, method, depth)) is not None:
        return whole
    inner = _let_inside(types, values[0], depth) if values else None
    if inner is None:
        texts = _united(types, values[0], depth) if method == "union" and values else None
        return named(texts) if texts else None
    if method == "array":
        return replace(inner, is_list=True)
    return _allowed(inner, method)


def _members(types: Types, given: Node, depth: int) -> tuple[tuple[str, Type], ...] | None:
    """The members of the object that `z.object(...)` is given, which may be held by a variable."""
    if given.type == "object":
        return members_said(types, given, depth)
    held = types.of(given, depth - 1) if given.type in VALUE_NAMES else None
    place = held.literal if held is not None else None
    return members_said(place.file.types, place.node, depth - 1) if place is not None else None


def _whole(types: Types, values: Sequence[Node], method: str, depth: int) -> Type | None:
    """What is made of several schemas: `z.object({ ... })`, `z.record(key, value)`, `z.tuple([...])`, `z.union([...])`.

    Of several objects it is one that has the members of all of them: each is asked for where it is known to be there.
    """
    if method in _OBJECTS and values:
        members = _members(types, values[0], depth)
        return Type(What.BOX, bound=members, field=OBJECT) if members is not None else None
    parts = children_of(values[-1]) if values and values[-1].type == "array" else []
    inside = [_let_inside(types, each, depth) for each in (values[-1:] if method == "record" else parts)]
    found = [each for each in inside if each is not None]
    if not found or len(found) < len(inside):
        return None
    if method == "record":
        return Type(What.MAP, bound=(("1", found[0]),))
    if method == "tuple":
        return Type(What.BOX, bound=tuple((str(index), each) for index, each in enumerate(found)))
    is_one = method in _UNIONS and all(each.what is What.BOX and each.field == OBJECT for each in found)
    return _one_of(found) if is_one and not any(each.is_list for each in found) else None


def _one_of(found: Sequence[Type]) -> Type:
    members = [member for each in found for member in each.bound]
    return Type(What.BOX, bound=tuple(sorted(members, key=lambda each: not each[1].is_nullable)), field=OBJECT)


def members_said(types: Types, literal: Node, depth: int) -> tuple[tuple[str, Type], ...]:
    """What the members of an object's schema let through, each with where that is said."""
    members = ((name, _said(types, value, depth)) for name, value in properties(literal))
    spreads = (each.named_children[-1] for each in spreads_in(literal))
    spread = [member for each in spreads for member in _shape_of(types, each, depth)]
    return (*members, *spread)


def _let_inside(types: Types, value: Node, depth: int) -> Type | None:
    """What a schema lets through; of a parameter, what that of its type will: `<T extends z.ZodTypeAny>(schema: T)`."""
    found = let_through(types.of(value, depth - 1))
    binding = binding_of(value) if found is None and value.type == "identifier" else None
    written = binding.child_by_field_name("type") if binding is not None and binding.type in PARAMETERS else None
    told = types.read(written, depth - 1) if written is not None else None
    is_generic = told is not None and told.what is What.PARAMETER
    return Type(What.PARAMETER, parameter=told.parameter, field=LET) if told is not None and is_generic else found


def _said(types: Types, value: Node, depth: int) -> Type:
    """What a member lets through, and where that is said."""
    found = _let_inside(types, value, depth)
    return replace(found, said_by=Place(types.file, value)) if found is not None else UNSEEN


def _shape_of(types: Types, value: Node, depth: int) -> tuple[tuple[str, Type], ...]:
    """The members of `schema.shape`."""
    owner = value.child_by_field_name("object") if value.type == "member_expression" else None
    inner = let_through(types.of(owner, depth - 1)) if owner is not None else None
    return inner.bound if inner is not None and inner.what is What.BOX else ()


def _changed(types: Types, inner: Type, call: Node, method: str, depth: int) -> Type | None:
    """What a schema lets through after one of its methods."""
    if method == "transform":
        return _transformed(types, call, depth)
    if method == "or" and call_arguments(call):
        return _either(inner, let_through(types.of(call_arguments(call)[0], depth - 1)))
    if method in _CHANGES or method == "array":
        return replace(inner, is_list=True) if method == "array" else None
    if inner.is_list or inner.what not in {What.BOX, What.RECORD}:
        return _allowed(inner, method)
    literal = options_of(call)
    names = frozenset(name for name, _ in properties(literal)) if literal is not None else frozenset[str]()
    if inner.what is What.RECORD:
        return _of_model(inner, method, names)
    members = {
        "omit": tuple(each for each in inner.bound if each[0] not in names),
        "pick": tuple(each for each in inner.bound if each[0] in names),
        "partial": tuple((name, omittable(each)) for name, each in inner.bound),
    }
    if method in {"extend", "safeExtend"}:
        more = (
            members_said(types, literal, depth)
            if literal is not None
            else _shape_of(types, call_arguments(call)[0], depth)
        )
        members[method] = (*more, *inner.bound)
    return replace(inner, bound=members[method]) if method in members else _allowed(inner, method)


def _of_model(record: Type, method: str, names: frozenset[str]) -> Type:
    """What the schema of a model lets through after one of its methods."""
    if method in {"extend", "omit", "safeExtend"}:
        return replace(record, without=record.without | names)
    if method == "pick":
        return replace(record, only=names if record.only is None else record.only & names)
    return replace(record, is_partial=True) if method == "partial" and not names else _allowed(record, method)


def _transformed(types: Types, call: Node, depth: int) -> Type | None:
    """What the function of a transformation gives back."""
    function = next((each for each in call_arguments(call) if is_function(each)), None)
    found = types.of(function, depth - 1) if function is not None else None
    return types.returned(found, depth - 1) if found is not None else None


def _either(inner: Type, other: Type | None) -> Type | None:
    """What is let through by one schema or the other; only of plain values can it be said."""
    if other is None or {inner.what, other.what} != {What.VALUE}:
        return None
    return Type(What.VALUE, is_nullable=inner.is_nullable or other.is_nullable, nothing=inner.nothing | other.nothing)


def _chosen(types: Types, values: Sequence[Node], depth: int) -> Type:
    """What is one of some values: `z.enum(["a", "b"])`, `z.nativeEnum(Status)`."""
    texts = texts_of(types, values[0]) if values else frozenset[str]()
    declared = types.file.project.lookup(types.file, values[0], text_of(values[0])) if values else None
    if isinstance(declared, Symbol) and declared.node.type == "enum_declaration":
        return Type(What.VALUE, place=Place(declared.file, declared.node))
    held = types.of(values[0], depth - 1) if values and not texts else None
    if held is not None and held.literal is not None:
        texts = frozenset(string_value(unwrapped(value)) for _, value in properties(held.literal.node))
    return named(texts) if texts and "" not in texts else Type(What.VALUE)


def _united(types: Types, parts: Node, depth: int) -> frozenset[str]:
    """The texts that one of several schemas lets through, where each lets some of them through."""
    told = [let_through(types.of(each, depth - 1)) for each in children_of(parts)]
    texts = [each.only or frozenset[str]() if each is not None else frozenset[str]() for each in told]
    return frozenset[str]().union(*texts) if texts and all(texts) else frozenset[str]()


def _allowed(inner: Type, method: str) -> Type:
    """What is let through besides."""
    if method == "nullable":
        return replace(inner, is_nullable=True, nothing=inner.nothing | {"null"})
    if method == "nullish":
        return replace(inner, is_nullable=True, nothing=frozenset())
    return omittable(inner) if method == "optional" else inner
