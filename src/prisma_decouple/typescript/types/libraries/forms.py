"""What forms, tables, pages, responses and jobs take and give, which are told the type of their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.kept_literals import options_of
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.syntax import call_arguments, callee, string_value
from prisma_decouple.typescript.types.typed import RESULT, Type, What, bound_to, omittable, taker

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.types.expressions import Types

FORMIK = "useFormik"
_FORMS = "react-hook-form"
_PAGES = "next"
_REMIX = ("@remix-run/cloudflare", "@remix-run/node", "@remix-run/react", "react-router")
_SERVER = "express"
_OF_BODY = 2  # of `Request<Params, Answer, Body>`
_TABLES = "@tanstack/react-table"
_SHAPES = frozenset({What.CLASS, What.RECORD, What.SHAPE})
# What marks a function that takes the name of a property, and then a value for it; it is bound to what has them.
_BY_NAME = "by name"


def of_foreign_type(module: str, name: str, given: Sequence[Type | None]) -> Type | None:
    """What a generic type of one of these libraries is.

    Args:
        module: that exports it.
        name: of the type.
        given: its arguments; the first one tells what it is about, and of a request that of its body.
    """
    reader = _TYPES.get((module.removesuffix(".js"), name))
    index = _OF_BODY if reader is _request else 0
    told = given[index] if index < len(given) else None
    return reader(told) if reader is not None and told is not None else None


def form_of(types: Types, call: Node, depth: int) -> Type | None:
    """What `useForm<Values>(...)` gives back; None for any other call, and without a type that is written."""
    values = _values_of(types, call, depth - 1)
    return _form(values) if values is not None else None


def formik_of(types: Types, call: Node, depth: int) -> Type | None:
    """What `useFormik({ initialValues })` gives back, whose values are like those that it begins with."""
    found = _formik_values(types, call, depth - 1)
    return Type(What.BOX, bound=(("initialValues", found), ("values", found))) if found is not None else None


def wanted_by_form(types: Types, call: Node) -> Type | None:
    """What a form wants of its options.

    `useForm<Values>` wants values to begin with, each of which may be left out; `useFormik` functions that take them.
    """
    values = _values_of(types, call)
    if values is None:
        begun = _formik_values(types, call) if callee(call)[1] == FORMIK else None
        takers = (("onSubmit", taker(begun)), ("validate", taker(begun))) if begun is not None else ()
        return Type(What.BOX, bound=takers) if takers else None
    return Type(What.BOX, bound=(("defaultValues", _partial(values)), ("values", values)))


def wanted_by_name(function: Type, call: Node, types: Types) -> Type | None:
    """What `setValue("address.city", value)` wants as its value."""
    arguments, found = call_arguments(call), bound_to(function, _BY_NAME)
    for name in string_value(arguments[0]).split(".") if arguments else [""]:
        if found is None or not name:
            return None
        found = replace(found, is_list=False) if name.isdigit() else types.property(replace(found, is_list=False), name)
    return found


def _values_of(types: Types, call: Node, *depth: int) -> Type | None:
    function, given = call.child_by_field_name("function"), call.child_by_field_name("type_arguments")
    if function is None or given is None or not given.named_children:
        return None
    found = types.file.project.foreign(types.file, function)
    is_form = found is not None and (found.module, found.name) == (_FORMS, "useForm")
    return types.read(given.named_children[0], *depth) if is_form else None


def _formik_values(types: Types, call: Node, *depth: int) -> Type | None:
    given, options = call.child_by_field_name("type_arguments"), options_of(call)
    if given is not None and given.named_children:
        return types.read(given.named_children[0], *depth)
    values = property_value(options, "initialValues") if options is not None else None
    return types.of(values, *depth) if values is not None else None


def _form(values: Type) -> Type:
    return Type(
        What.BOX,
        bound=(
            ("handleSubmit", taker(taker(values))),
            ("reset", taker(_partial(values))),
            ("setValue", Type(What.TAKER, bound=((_BY_NAME, values),))),
        ),
    )


def _partial(values: Type) -> Type:
    """The same, any part of which may be left out."""
    if values.what is What.BOX:
        return replace(values, bound=tuple((name, omittable(_partial(each))) for name, each in values.bound))
    return replace(values, is_partial=True) if values.what in _SHAPES else values


def _row(data: Type) -> Type:
    return Type(What.BOX, bound=(("original", data),))


def _cell(data: Type) -> Type:
    return Type(What.BOX, bound=(("row", _row(data)),))


def _column(data: Type) -> Type:
    """A column of a table: how a cell is shown, and what of its row is in it."""
    return Type(What.BOX, bound=(("accessorFn", taker(data)), ("cell", taker(_cell(data)))))


def _response(body: Type) -> Type:
    """The response of a server, `response.status(200).json(body)`, which is told what it sends."""
    sends = (("json", taker(body)), ("send", taker(body)))
    status = Type(What.TAKER, bound=((RESULT, Type(What.BOX, bound=sends)),))
    return Type(What.BOX, bound=(*sends, ("status", status)))


def _request(body: Type) -> Type:
    """What comes in: `request.body`."""
    return Type(What.BOX, bound=(("body", body),))


def _asked(route: Type) -> Type:
    """The same of Fastify, where a type tells of each part of it: `FastifyRequest<{ Body: Draft }>`."""
    body = route.place.file.types.property(route, "Body") if route.place is not None else None
    return _request(body) if body is not None else Type(What.BOX)


def _job(data: Type) -> Type:
    """A job of a queue, which is told what it carries."""
    return Type(What.BOX, bound=(("data", data),))


def _props(props: Type) -> Type:
    """What the loader of a page of Next.js gives: `{ props: ... }`."""
    return Type(What.BOX, bound=(("props", props),))


def _page(props: Type) -> Type:
    """A function of a page that gives back the properties of its component."""
    return Type(What.TAKER, bound=((RESULT, _props(props)),))


def _described(loader: Type) -> Type:
    """A function that is given what a loader gives, to describe the page: `MetaFunction<typeof loader>` of Remix."""
    found = loader.place.file.types.returned(loader) if loader.place is not None else None
    given = (("data", omittable(found)), ("loaderData", omittable(found))) if found is not None else ()
    return taker(Type(What.BOX, bound=given))


_TYPES: dict[tuple[str, str], Callable[[Type], Type]] = {
    (_FORMS, "SubmitHandler"): taker,
    (_FORMS, "UseFormReset"): lambda values: taker(_partial(values)),
    (_FORMS, "UseFormReturn"): _form,
    (_FORMS, "UseFormSetValue"): lambda values: Type(What.TAKER, bound=((_BY_NAME, values),)),
    **dict.fromkeys(((module, name) for module in _REMIX for name in ("MetaFunction", "V2_MetaFunction")), _described),
    (_PAGES, "GetServerSideProps"): _page,
    (_PAGES, "GetServerSidePropsResult"): _props,
    (_PAGES, "GetStaticProps"): _page,
    (_PAGES, "GetStaticPropsResult"): _props,
    (_PAGES, "NextApiResponse"): _response,
    ("next/server", "NextResponse"): lambda body: body,
    (_SERVER, "Request"): _request,
    (_SERVER, "Response"): _response,
    ("fastify", "FastifyRequest"): _asked,
    **dict.fromkeys(((queue, "Job") for queue in ("bull", "bullmq", "pg-boss")), _job),
    (_TABLES, "CellContext"): _cell,
    (_TABLES, "ColumnDef"): _column,
    (_TABLES, "Row"): _row,
}
