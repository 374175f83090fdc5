"""TypeScript's own generic types, and those of Prisma that only pass a type on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.source.vocabulary import CREATES, METHODS
from prisma_decouple.typescript.types.contexts import taken_by
from prisma_decouple.typescript.types.libraries.hono import answered_to_client
from prisma_decouple.typescript.types.libraries.props import page_props, props
from prisma_decouple.typescript.types.libraries.routers import OUTPUTS, result, router_of, taken
from prisma_decouple.typescript.types.libraries.validators import let_through, schema_of
from prisma_decouple.typescript.types.prisma.prisma_types import NARROWED, model_of_names
from prisma_decouple.typescript.types.prisma.queries import query_result
from prisma_decouple.typescript.types.typed import (
    RESULT,
    Type,
    What,
    listed,
    omittable,
    substituted,
    without_nothing,
)
from prisma_decouple.typescript.types.written.keys import names_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

    _Reader: TypeAlias = Callable[[Types, Sequence[Node], int], Type | None]

# The hooks that give what the loader gives whose type they are told.
LOADERS = frozenset({"useActionData", "useLoaderData", "useRouteLoaderData"})
_WITH_MEMBERS = frozenset({What.CLASS, What.FIELDS, What.PARAMETER, What.RECORD, What.SHAPE})
_PROPS = frozenset({"PropsWithChildren", "PropsWithRef", "PropsWithoutRef"})  # React's, around those of a component
_WRAPPERS = frozenset({"Promise", "Readonly", "Required", "Awaited", "Serialized", "Jsonify", *_PROPS})
_GENERATORS = ("AsyncGenerator", "AsyncIterableIterator", "Generator", "IterableIterator")
_LISTS = frozenset({"Array", "ReadonlyArray", "Set", "ReadonlySet", "Iterable", "AsyncIterable", *_GENERATORS})
# Types of Prisma's namespace for what its queries take and give.
UTILITIES = frozenset({"Prisma.Args", "Prisma.Result"})
_QUOTED = re.compile(r"""["'](\w+)["']""")


def generic(types: Types, name: str, arguments: Sequence[Node], depth: int) -> Type | None:
    """What a generic type is.

    Args:
        types: of the file.
        name: one of `GENERICS`.
        arguments: what it is given, at least one.
        depth: how far declarations are followed.
    """
    return _READERS[name](types, arguments, depth)


def utility(types: Types, name: str, arguments: Sequence[Node]) -> Type | None:
    """What a query takes or gives: `Prisma.Args<typeof db.book, "create">`, `Prisma.Result<typeof db.book, A, "find">`.

    Args:
        types: of the file.
        name: `Args` or `Result`.
        arguments: what it is given.
    """
    queried = arguments[0].named_children[0] if arguments and arguments[0].type == "type_query" else None
    model = types.file.delegates.model_of(queried)
    method = next(iter(_quoted(arguments[-1:])), "")
    if model is None or method not in METHODS:
        return None
    if name == "Args":
        return Type(What.ARGS if method in CREATES else What.QUERY, model)
    found = query_result(types.file, model, method, None)
    return replace(found, place=Place(types.file, arguments[1])) if found is not None else None


def type_parameters(declaration: Node) -> list[str]:
    """The names of what a generic declaration is given."""
    listed = declaration.child_by_field_name("type_parameters")
    return [text_of(each.child_by_field_name("name")) for each in listed.named_children] if listed is not None else []


def bound_by(types: Types, declaration: Node, arguments: Sequence[Node], depth: int) -> tuple[tuple[str, Type], ...]:
    """What the type parameters of a declaration stand for where it is given types."""
    given = (types.read(each, depth - 1) for each in arguments)
    named = zip(type_parameters(declaration), given, strict=False)
    return tuple((name, each) for name, each in named if each is not None)


def _first(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    return types.read(arguments[0], depth)


def _there(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    found = types.read(arguments[0], depth)
    return without_nothing(found) if found is not None else None


def _last(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    return types.read(arguments[-1], depth)


def _list(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    found = types.read(arguments[0], depth)
    return listed(found) if found is not None else None


def _map(types: Types, arguments: Sequence[Node], _: int) -> Type | None:
    listed = arguments[0].parent
    return Type(What.MAP, place=Place(types.file, listed)) if listed is not None else None


def _partial(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    found = types.read(arguments[0], depth)
    if found is not None and found.what is What.BOX and found.field:
        return replace(found, bound=tuple((name, omittable(each)) for name, each in found.bound))
    if found is not None and found.what in {What.INPUT, What.UPDATE}:
        return replace(found, what=What.UPDATE)
    if found is None or found.what not in _WITH_MEMBERS:
        return None
    return replace(found, is_partial=True)


def _some_values(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    """`Exclude<Cover, "SOFT">`, where that is an enum: the others of its values."""
    found = types.read(arguments[0], depth)
    is_enum = found is not None and found.what is What.VALUE and found.field in types.file.facts.enums
    return found if is_enum else _some_names(types, arguments, depth)


def _some_names(types: Types, arguments: Sequence[Node], _: int) -> Type | None:
    """`Extract<keyof Model, string>`, of which the names of the model are all that is told."""
    holder = arguments[0].parent.parent if arguments[0].parent is not None else None
    is_of_names = holder is not None and arguments[0].type == "index_type_query"
    return Type(What.VALUE, place=Place(types.file, holder)) if holder is not None and is_of_names else None


def _record(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    """`Record<keyof Model, ...>`, or of any other keys."""
    keys = arguments[0]
    found = types.read(keys.named_children[0], depth) if keys.type == "index_type_query" else None
    if model := model_of_names(types.file.facts, text_of(keys)):
        return Type(What.FIELDS, model)
    if found is None or found.what is not What.RECORD or found.is_partial:
        return _map(types, arguments, depth)
    return replace(found, what=What.FIELDS, place=None)


def _result(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    queried = arguments[0].named_children[0] if arguments[0].type == "type_query" else None
    if queried is not None and queried.type == "member_expression":
        owner, method = queried.named_children[0], text_of(queried.named_children[-1])  # its fields are of both dots
        model = types.file.delegates.model_of(owner) if method in METHODS else None
        if model is not None:
            return query_result(types.file, model, method, None)
    if queried is not None and queried.type == "instantiation_expression":
        return _of_instantiation(types, queried, depth)
    found = types.read(arguments[0], depth)
    return types.returned(found, depth) if found is not None else None


def _of_instantiation(types: Types, node: Node, depth: int) -> Type | None:
    """What a generic function gives back that is given its types: `typeof useLoaderData<typeof loader>`."""
    function, given = node.child_by_field_name("function"), node.child_by_field_name("type_arguments")
    if function is None or given is None or not given.named_children:
        return None
    if text_of(function) in LOADERS:
        found = types.read(given.named_children[0], depth)
        return types.returned(found, depth) if found is not None else None
    found = types.of(function, depth)
    result = types.returned(found, depth) if found is not None else None
    if found is None or found.place is None or result is None:
        return result
    names = type_parameters(found.place.node)
    read = ((name, types.read(each, depth)) for name, each in zip(names, given.named_children, strict=False))
    return substituted(result, replace(found, bound=tuple((name, each) for name, each in read if each is not None)))


def loaded(given: Type | None) -> Type | None:
    """What a hook gives back that is told the type of a loader by the type parameter of a function around it."""
    if given is None or not given.parameter:
        return given
    return Type(What.TAKER, parameter=given.parameter, field=RESULT)


def _inferred(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    """What a schema lets through: `z.infer<typeof schema>`."""
    return let_through(types.read(arguments[0], depth))


def _schema(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    """A schema that is only said to let something through: `z.ZodType<Book>`."""
    found = types.read(arguments[0], depth)
    return schema_of(found) if found is not None else None


def _outputs(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    """What the procedures of a router give, each under its name."""
    found = types.read(arguments[0], depth)
    return replace(found, field=OUTPUTS) if found is not None and found.what is What.ROUTER else None


def _of_procedure(told: Callable[[Type], Type | None]) -> _Reader:
    """What a procedure gives or is sent: `inferProcedureOutput<AppRouter["books"]["list"]>`."""

    def read(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
        found = types.read(arguments[0], depth)
        return told(found) if found is not None and found.what is What.ROUTER else None

    return read


def _response(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    """What a client of Hono is answered: `InferResponseType<typeof client.tasks.$get>`."""
    return answered_to_client(types.read(arguments[0], depth))


def _routed(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    """A client of oRPC, which has what its router has: `RouterClient<typeof router>`."""
    found = types.read(arguments[0], depth)
    return router_of(found) if found is not None else None


def _taken(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    """What a function takes, one after the other: `Parameters<typeof add>`."""
    found = types.read(arguments[0], depth)
    return taken_by(found, depth) if found is not None else None


def _omit(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    found, fields = types.read(arguments[0], depth), _keys(types, arguments[1:], depth)
    return replace(found, without=found.without | fields) if found is not None and fields else None


def _pick(types: Types, arguments: Sequence[Node], depth: int) -> Type | None:
    found, fields = types.read(arguments[0], depth), _keys(types, arguments[1:], depth)
    return replace(found, only=fields) if found is not None and fields else None


def _keys(types: Types, keys: Sequence[Node], depth: int) -> frozenset[str]:
    """The fields that the second argument of `Omit` and the like names, by a type of names as well."""
    return _quoted(keys).union(*(names_in(types, each, {}, depth) for each in keys))


def _quoted(keys: Sequence[Node]) -> frozenset[str]:
    """The fields that the second argument of `Omit` and the like names."""
    return frozenset(name for each in keys for name in _QUOTED.findall(text_of(each)))


_READERS: dict[str, _Reader] = {
    **dict.fromkeys(_WRAPPERS, _first),
    **dict.fromkeys(_LISTS, _list),
    **dict.fromkeys(NARROWED, _last),
    **dict.fromkeys(("Map", "ReadonlyMap"), _map),
    **dict.fromkeys(("ComponentProps", "ComponentPropsWithRef", "ComponentPropsWithoutRef"), props),
    **dict.fromkeys(("InferGetServerSidePropsType", "InferGetStaticPropsType"), page_props),
    "DeepPartial": _partial,
    "Exclude": _some_values,
    "Extract": _some_names,
    "InferResponseType": _response,
    "NonNullable": _there,
    "Omit": _omit,
    "Parameters": _taken,
    "Partial": _partial,
    "Pick": _pick,
    "Record": _record,
    "RouterClient": _routed,
    "inferProcedureInput": _of_procedure(taken),
    "inferProcedureOutput": _of_procedure(result),
    "inferRouterOutputs": _outputs,
    **dict.fromkeys(("Infer", "InferInput", "InferOutput"), _inferred),
    **dict.fromkeys(("Static", "StaticDecode", "TypeOf", "infer", "input", "output"), _inferred),
    **dict.fromkeys(("ZodSchema", "ZodType"), _schema),
    **dict.fromkeys(("AsyncReturnType", "PromiseReturnType", "ReturnType"), _result),
}
GENERICS = frozenset(_READERS)
