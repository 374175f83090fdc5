"""From a written type to what it is."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.inner_namespaces import declared_inside
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Foreign, Symbol
from prisma_decouple.typescript.source.signatures import type_parameter
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    NOTHING,
    last_name,
    text_of,
)
from prisma_decouple.typescript.source.vocabulary import OBJECT_TYPES
from prisma_decouple.typescript.types.either import beside, either
from prisma_decouple.typescript.types.libraries.forms import of_foreign_type
from prisma_decouple.typescript.types.libraries.page_data import of_page_types
from prisma_decouple.typescript.types.libraries.route_modules import of_route_module
from prisma_decouple.typescript.types.libraries.sockets import of_socket_type
from prisma_decouple.typescript.types.prisma.prisma_types import exported_name, prisma_type
from prisma_decouple.typescript.types.typed import FAR, Type, What, listed, substituted
from prisma_decouple.typescript.types.written.generics import GENERICS, UTILITIES, bound_by, generic, utility
from prisma_decouple.typescript.types.written.instantiated import arguments_of, instantiated, is_computed
from prisma_decouple.typescript.types.written.looked_up import of_lookup
from prisma_decouple.typescript.types.written.mapped import by_key, made_optional, mapped
from prisma_decouple.typescript.types.written.members import parts_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.expressions import Types

# The packages that export a schema's models: Prisma's, those of its generators and of what is built on it.
_CLIENTS = re.compile(r"prisma|zenstack", re.IGNORECASE)
_HTML = re.compile(r"HTML\w*Element")
# What is generated from the description of an interface, and is not there until it is; its types may have any names.
_OTHER_GENERATED = re.compile(r"gql|graphql|openapi|swagger|protobuf|grpc", re.IGNORECASE)
_DECIMAL = "Decimal"
_DECIMALS = re.compile(r"prisma|decimal\.js")
_OBJECTS = frozenset({What.CLASS, What.RECORD, What.SHAPE})
# What an intersection is, when one of its parts is that.
_IN_INTERSECTIONS = (
    *(What.RECORD, What.INPUT, What.UPDATE, What.ARGS, What.QUERY, What.FILTER, What.LOADS, What.CLIENT, What.CLASS),
    What.BOX,
)
# What says no more than the type in it.
_AROUND = frozenset({"type_annotation", "parenthesized_type", "readonly_type", "rest_type", "optional_type"})
_ANYTHING = frozenset({"any", "unknown"})  # and so is whatever may be that
_WITH_EXTRAS = frozenset({What.BOX, What.RECORD, What.UPDATE})


def is_client_module(module: str) -> bool:
    """Whether a module exports a schema's models, by its name."""
    return _CLIENTS.search(module) is not None


class Annotations:
    """The types that a file writes down."""

    def __init__(self, types: Types, file: FileContext) -> None:
        self._types = types
        self._file = file
        self._models = frozenset(file.facts.models)
        self._enums = file.facts.enums
        self._known: dict[int, Type | None] = {}

    def read(self, node: Node | None, depth: int) -> Type | None:
        """What a type node, or an annotation with its colon, says."""
        if node is None or not depth:
            return None
        if node.type in _AROUND:
            return self.read(next(iter(node.named_children), None), depth - 1)
        if node.id in self._known:
            return self._known[node.id]
        reader = getattr(self, f"_{node.type}", None)
        if reader is None:
            return Type(What.VALUE, place=Place(self._file, node))
        circles = self._file.project.circles
        found: Type | None = reader(node, depth)
        if depth > FAR and circles == self._file.project.circles:
            self._known[node.id] = found  # nothing was left out of it
        return found

    def _union_type(self, node: Node, depth: int) -> Type | None:
        parts = list(parts_of(node))
        rest = [part for part in parts if text_of(part) not in NOTHING]
        whatever = next((part for part in rest if text_of(part) in _ANYTHING), None)
        if whatever is not None and self._file.project.requests is None:  # a reader looks at what it is meant to be
            return Type(What.VALUE, place=Place(self._file, whatever))
        known = [found for part in rest if (found := self.read(part, depth - 1)) is not None]
        best = next((each for each in known if each.what is not What.VALUE), None)
        if best is not None and best.what is What.SHAPE and len(known) > 1:
            best = Type(What.SHAPE, place=Place(self._file, node), is_list=best.is_list)
        if best is None and len(rest) == 1:
            best = next(iter(known), None)
        found = best or Type(What.VALUE, place=Place(self._file, node))
        if found.what is What.RECORD:
            is_other = any(_is_other_object(found, each) for each in known)
            found = beside(replace(found, is_mixed=found.is_mixed or is_other), *known)
        nothing = frozenset(text for part in parts if (text := text_of(part)) in NOTHING) | found.nothing
        is_nullable = found.is_nullable or len(rest) < len(parts)
        is_whole = found.is_list and not found.is_nullable and "null" in nothing
        return replace(found, is_nullable=is_nullable, nothing=nothing, is_whole=is_whole)

    def _conditional_type(self, node: Node, depth: int) -> Type | None:
        """A record where both of its sides are one of the same model, or only one of them is anything."""
        sides = [node.child_by_field_name(name) for name in ("consequence", "alternative")]
        found = [self.read(side, depth - 1) for side in sides if side is not None and text_of(side) != "never"]
        return either(found) or Type(What.VALUE, place=Place(self._file, node))

    def _intersection_type(self, node: Node, depth: int) -> Type | None:
        parts = [part for part in parts_of(node) if part.type != "object_type" or part.named_children]
        if len(parts) == 1:
            return self.read(parts[0], depth - 1)  # `T & {}`, which only says how it is shown
        if (whole := made_optional(parts)) is not None:
            return self.read(whole, depth - 1)
        known = [found for part in parts if (found := self.read(part, depth - 1)) is not None]
        for what in _IN_INTERSECTIONS:
            if found := next((each for each in known if each.what is what), None):
                shapes = (each.place for each in known if each.what is What.SHAPE and each.place is not None)
                if what is What.BOX:
                    boxes = (each.bound for each in known if each.what is What.BOX)
                    found = replace(found, bound=tuple(dict(chain.from_iterable(boxes)).items()))
                return replace(found, extras=(*found.extras, *shapes)) if what in _WITH_EXTRAS else found
        return Type(What.SHAPE, place=Place(self._file, node)) if known else None

    def _array_type(self, node: Node, depth: int) -> Type | None:
        return _listed(self.read(next(iter(node.named_children), None), depth - 1))

    def _tuple_type(self, node: Node, _: int) -> Type:
        return Type(What.TUPLE, place=Place(self._file, node))

    def _object_type(self, node: Node, depth: int) -> Type:
        kept = mapped(node)
        found = self.read(kept.source, depth - 1) if kept is not None else None
        if kept is not None and found is not None:
            return kept.applied(found)
        return by_key(node, lambda each: self.read(each, depth - 1)) or Type(What.SHAPE, place=Place(self._file, node))

    def _function_type(self, node: Node, _: int) -> Type:
        return Type(What.FUNCTION, place=Place(self._file, node))

    def _type_query(self, node: Node, depth: int) -> Type | None:
        return self._queried(node.named_children[0], depth - 1) if node.named_children else None

    def _queried(self, node: Node, depth: int) -> Type | None:
        """What `typeof a.b.c` asks about; the grammar gives the fields of all its dots to each of them."""
        if node.type != "member_expression" or node.named_children[0].type != "member_expression":
            return self._types.of(node, depth)
        name, inner = text_of(node.named_children[-1]), node.named_children[0]
        owner = self._queried(inner, depth - 1) if depth else None
        return self._types.property(owner, name, depth) if owner else self._types.of_namespace(inner, name, depth)

    def _member_expression(self, node: Node, depth: int) -> Type | None:
        """`import("./module").Name`."""
        path = self._file.project.namespace(self._file, node.child_by_field_name("object"))
        found = self._file.project.exported(path, last_name(node), is_type=True) if path is not None else None
        if isinstance(found, Symbol):
            return self._declared(found, depth)
        return Type(What.VALUE, place=Place(self._file, node))

    def _lookup_type(self, node: Node, depth: int) -> Type | None:
        return of_lookup(self._types, node, depth)

    def _type_identifier(self, node: Node, depth: int) -> Type | None:
        name = text_of(node)
        parameter = type_parameter(node, name)
        if parameter is not None:
            return self._parameter(parameter, name, depth)
        found = self._file.project.lookup(self._file, node, name, is_type=True)
        if isinstance(found, Symbol):
            return self._declared(found, depth)
        if found is None and name in OBJECT_TYPES:
            return Type(What.VALUE, place=Place(self._file, node))
        original, module = found if found is not None else (name, "")
        if original == _DECIMAL and _DECIMALS.search(module):
            return Type(What.VALUE, place=Place(self._file, node))
        told = of_page_types(self._types, module, original, depth) or self._ambient(module, original, depth)
        if told is not None:
            return told
        exported = exported_name(self._file.facts, original, module)
        return self._named(node, exported, is_of_others=bool(module) and self._is_of_others(module))

    def _ambient(self, module: str, name: str, depth: int) -> Type | None:
        """What the code base declares for all files, or adds to a type of another module."""
        told = self._file.project.augmentations
        found = told.of_module(module, name) if module else told.of_all(name)
        read = [each for place in found if (each := self._declared(Symbol(place.file, place.node), depth)) is not None]
        shapes = (each.place for each in read[1:] if each.what is What.SHAPE and each.place is not None)
        return replace(read[0], extras=(*read[0].extras, *shapes)) if read else None

    def _named(self, node: Node, name: str, *, is_of_others: bool) -> Type | None:
        """What a name stands for that the code base does not declare."""
        if name in self._enums and not is_of_others:
            return Type(What.VALUE, place=Place(self._file, node), field=name)
        if (is_of_others and name in self._models) or (_HTML.fullmatch(name) and name not in self._models):
            return Type(What.VALUE, place=Place(self._file, node))
        return self._client_type(name)

    def _is_of_others(self, module: str) -> bool:
        """Whether a module is that of a package which knows nothing of the schema, whatever its types are called."""
        is_foreign = self._file.project.modules.is_installed(module) or _OTHER_GENERATED.search(module) is not None
        return is_foreign and not is_client_module(module)

    def _parameter(self, node: Node, name: str, depth: int) -> Type:
        constraint = node.child_by_field_name("constraint")
        inner = constraint.named_children[0] if constraint is not None and constraint.named_children else None
        found = self.read(inner, depth - 1)
        return replace(found, parameter=name, asked=found.extras) if found else Type(What.PARAMETER, parameter=name)

    def _declared(self, symbol: Symbol, depth: int) -> Type | None:
        place = Place(symbol.file, symbol.node)
        if symbol.node.type == "type_alias_declaration":
            return symbol.file.types.read(symbol.node.child_by_field_name("value"), depth - 1)
        if symbol.node.type == "interface_declaration":
            return self._interface(symbol, depth)
        return Type(What.CLASS if symbol.node.type in DECLARED_CLASSES else What.VALUE, place=place)

    def _interface(self, symbol: Symbol, depth: int) -> Type:
        """An interface; a record when it extends one, and adds to it."""
        for clause in (child for child in symbol.node.named_children if child.type == "extends_type_clause"):
            for base in clause.named_children:
                found = symbol.file.types.read(base, depth - 1)
                if found is not None and found.what is What.RECORD:
                    return replace(found, extras=(Place(symbol.file, symbol.node), *found.extras))
                if found is not None and found.what is What.CLIENT:
                    return found
        return Type(What.SHAPE, place=Place(symbol.file, symbol.node))

    def _client_type(self, name: str) -> Type | None:
        """What the Prisma client exports under a name."""
        if name == "PrismaClient":
            return Type(What.CLIENT)
        return Type(What.RECORD, name) if name in self._models else None

    def _nested_type_identifier(self, node: Node, depth: int) -> Type | None:
        namespace, name = text_of(node.child_by_field_name("module")), text_of(node.child_by_field_name("name"))
        source = self._file.imported.get(namespace)
        if source is None and (ambient := self._ambient("", f"{namespace}.{name}", depth)) is not None:
            return ambient
        found = self._of_module(node, source, name, depth) if source is not None else None
        if found := found or self._of_namespace(namespace, name, depth):
            return found
        is_all = source is not None and source.name == "default" and is_client_module(source.module)
        if is_all or (source.name if source is not None else namespace) == "*":
            return self._named(node, name, is_of_others=source is not None and self._is_of_others(source.module))
        if (source.name if source is not None else namespace) == "$Enums":
            return self._named(node, name, is_of_others=False)
        outer, _, inner = namespace.partition(".")
        is_inner = inner == "Prisma" and getattr(self._file.imported.get(outer), "name", "") == "*"
        if namespace != "Prisma" and not is_inner and (source is None or source.name != "Prisma"):
            return None
        return prisma_type(self._file.facts, name) or Type(What.VALUE, place=Place(self._file, node))

    def _of_module(self, node: Node, source: Foreign, name: str, depth: int) -> Type | None:
        """What a module of the code base exports, of which all is imported: `import * as domain from "./domain"`."""
        if (given := of_route_module(self._types, source.module, name, depth)) is not None:
            return given
        path = self._file.project.imported_namespace(self._file, text_of(node.child_by_field_name("module")))
        found = self._file.project.exported(path, name, is_type=True) if path is not None else None
        if isinstance(found, Foreign):
            return self._named(node, found.name, is_of_others=self._is_of_others(found.module))
        return self._declared(found, depth) if found is not None else None

    def _of_namespace(self, namespace: str, name: str, depth: int) -> Type | None:
        """What a namespace of the code base has: `namespace Api { export interface Book { ... } }`."""
        found = declared_inside(self._file, namespace, name, is_type=True)
        return self._declared(found, depth) if found is not None else None

    def _generic_type(self, node: Node, depth: int) -> Type | None:
        name_node = node.child_by_field_name("name")
        name = text_of(name_node).rpartition(".")[2]
        listed = node.child_by_field_name("type_arguments")
        arguments = listed.named_children if listed is not None else []
        if name in GENERICS and arguments:
            return generic(self._types, name, arguments, depth - 1)
        if text_of(name_node) in UTILITIES:
            return utility(self._types, name, arguments)
        if arguments and (foreign := self._foreign(name_node, arguments, depth)) is not None:
            return foreign
        computed = self._computed(name_node, arguments, depth) if name_node is not None else None
        found = computed or self.read(name_node, depth - 1)
        if computed is not None or found is None or name_node is None or not arguments:
            return found
        if found.what is What.RECORD and not found.parameter:
            return replace(found, place=Place(self._file, arguments[0]))
        return substituted(found, replace(found, bound=self._bound(name_node, arguments, depth)))

    def _computed(self, name: Node, arguments: list[Node], depth: int) -> Type | None:
        """What a generic type is that makes something of what it is given."""
        symbol = self._file.project.lookup(self._file, name, text_of(name), is_type=True)
        value = symbol.node.child_by_field_name("value") if isinstance(symbol, Symbol) else None
        if not isinstance(symbol, Symbol) or value is None or not arguments or not is_computed(value):
            return None
        given = arguments_of(self._types, symbol.node, arguments, {}, depth)
        return instantiated(symbol.file.types, value, given, depth)

    def _foreign(self, name: Node | None, arguments: Sequence[Node], depth: int) -> Type | None:
        """What a generic type of a library is."""
        source = self._file.imported.get(text_of(name))
        given = [self.read(each, depth - 1) for each in arguments] if source is not None else []
        if source is None:
            return None
        told = of_socket_type(source.module, source.name, given)
        return told or of_foreign_type(source.module, source.name, given)

    def _bound(self, name: Node, arguments: Sequence[Node], depth: int) -> tuple[tuple[str, Type], ...]:
        """What the type parameters of a declaration stand for where it is given types."""
        symbol = self._file.project.lookup(self._file, name, text_of(name), is_type=True)
        return bound_by(self._types, symbol.node, arguments, depth) if isinstance(symbol, Symbol) else ()


def _listed(found: Type | None) -> Type | None:
    return listed(found) if found is not None else None


def _is_other_object(record: Type, found: Type) -> bool:
    """Whether a type is one of objects that are not those of a record's model, so that they have other fields."""
    return found.what in _OBJECTS and (found.what, found.model) != (record.what, record.model)
