"""What an expression is, as far as declarations tell, across files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from prisma_decouple.typescript.source.assignments import assigned_above
from prisma_decouple.typescript.source.inner_namespaces import declared_inside
from prisma_decouple.typescript.source.patterns import type_of_name
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Foreign, Symbol
from prisma_decouple.typescript.source.scopes import is_generator, returned_values, yielded_values
from prisma_decouple.typescript.source.syntax import (
    CLASSES,
    callee,
    children_of,
    inner_expression,
    is_function,
    key_of,
    last_name,
    said_in,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import DECIMAL, OF_LISTS, UNTYPED, UNTYPED_RESULTS
from prisma_decouple.typescript.types.absent_records import behind_absent, field_of_absent, is_of_absent, remade
from prisma_decouple.typescript.types.bindings import Bindings, wrapped_function
from prisma_decouple.typescript.types.calls import given_back, of_call
from prisma_decouple.typescript.types.choices import of_choice, of_condition
from prisma_decouple.typescript.types.chosen_members import taken_out
from prisma_decouple.typescript.types.classes import constructor_of
from prisma_decouple.typescript.types.containers import element_of, made_by_constructor, value_of_map
from prisma_decouple.typescript.types.either import beside, of_elements
from prisma_decouple.typescript.types.found_by_key import found_by_key
from prisma_decouple.typescript.types.libraries.hono import server
from prisma_decouple.typescript.types.libraries.list_functions import of_list_function
from prisma_decouple.typescript.types.libraries.sockets import of_socket_type
from prisma_decouple.typescript.types.libraries.typebox import of_typebox
from prisma_decouple.typescript.types.libraries.validators import of_generated, of_validator
from prisma_decouple.typescript.types.libraries.wrapping_schemas import of_wrapping_schema
from prisma_decouple.typescript.types.narrowing import is_narrowed
from prisma_decouple.typescript.types.places.handed_in import handed_to_member
from prisma_decouple.typescript.types.prisma.given_keys import as_seen
from prisma_decouple.typescript.types.prisma.handed_models import with_models
from prisma_decouple.typescript.types.prisma.raw import of_raw_query
from prisma_decouple.typescript.types.properties import property_of
from prisma_decouple.typescript.types.receivers import of_super, of_this
from prisma_decouple.typescript.types.tuples import of_each
from prisma_decouple.typescript.types.typed import (
    Type,
    What,
    bound_to,
    in_use,
    known,
    listed,
    omittable,
    parameter_only,
    without_nothing,
)
from prisma_decouple.typescript.types.written.annotations import Annotations
from prisma_decouple.typescript.types.written.call_signatures import called_as
from prisma_decouple.typescript.types.written.generics import bound_by
from prisma_decouple.typescript.types.written.given_types import given_types

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 48
_SIGNATURES = frozenset({"abstract_method_signature", "method_signature"})
_METHODS = _SIGNATURES | {"method_definition"}
_SIGNS = frozenset({"+", "-", "~"})
_PLAIN = _SIGNS | {"!", "typeof"}
_NO_TYPES = UNTYPED | {"const"}


class Types:
    """The types of one file.

    Attributes:
        file: the file.
    """

    def __init__(self, file: FileContext) -> None:
        self.file = file
        self._annotations = Annotations(self, file)
        self._known: dict[int, Type | None] = {}
        self._open: set[int] = set()
        self._parameters: dict[int, Type | None] = {}
        self._bindings = Bindings(self)

    def read(self, node: Node | None, depth: int = _DEPTH) -> Type | None:
        """What a written type is; None when it cannot be told."""
        return self._annotations.read(node, depth)

    def of(self, node: Node, depth: int = _DEPTH) -> Type | None:
        """What an expression is; None when it cannot be told."""
        if not depth:
            return None
        if node.id not in self._known:
            self._known[node.id] = None  # an expression that needs itself is not known
            self._open.add(node.id)
            found = known(self._of(node, depth))
            is_asserted = found is not None and self.file.source.is_asserted(node)
            self._known[node.id] = without_nothing(found) if found is not None and is_asserted else found
            self._open.remove(node.id)
        elif node.id in self._open:
            self.file.project.circles += 1
        return self._known[node.id]

    def _of(self, node: Node, depth: int) -> Type | None:
        said = said_in(node)
        if said is not None and text_of(said[1]) not in _NO_TYPES:
            return self._said(*said, depth - 1)
        if node.type == "as_expression" and said is None and node.named_children[0].type == "array":
            return of_each(self, node.named_children[0], depth - 1)  # `as const`
        inner = inner_expression(node)
        if inner is not None:
            found = self.of(inner, depth - 1)
            is_asserted = node.type == "non_null_expression" and found is not None
            return without_nothing(found) if found is not None and is_asserted else found
        reader = getattr(self, f"_{node.type}", None)
        if reader is None:
            return Type(What.FUNCTION, place=Place(self.file, node)) if is_function(node) else None
        read: Type | None = reader(node, depth)
        return read

    def _said(self, value: Node, written: Node, depth: int) -> Type | None:
        """What a cast says of a value; a reader sees that it is null all the same where it may be so now."""
        requests = self.file.project.requests
        if requests is not None and requests.is_left_open(Place(self.file, value), written):
            return self.of(value, depth)
        told = self.read(written, depth)
        found = self.of(value, depth) if self.file.is_second_look and told is not None and not told.nothing else None
        is_hidden = found is not None and found.became_null is not None and found.is_nullable
        return found if is_hidden else told

    def _identifier(self, node: Node, depth: int) -> Type | None:
        found = self.file.project.lookup(self.file, node, text_of(node))
        if isinstance(found, Symbol):
            given = assigned_above(node, found.node)
            held = self.kept(given, depth - 1) if given is not None else None
            return held or found.file.types.of_symbol(found.node, text_of(node), depth - 1)
        if found is None:
            return None
        told = self.file.project.augmentations.value_of_module(*found[::-1])
        if told is None:
            return of_generated(self.file.facts, found)
        return told.file.types.of_symbol(told.node, key_of(told.node), depth - 1)

    _shorthand_property_identifier = _identifier

    def _this(self, node: Node, _: int) -> Type | None:
        return of_this(self.file, node)

    def _super(self, node: Node, _: int) -> Type | None:
        return of_super(self.file, node)

    def _member_expression(self, node: Node, depth: int) -> Type | None:
        owner = node.child_by_field_name("object")
        found = self.of(owner, depth - 1) if owner is not None else None
        if found is None:
            return self.of_namespace(owner, last_name(node), depth)
        if found.is_list and found.what is What.RECORD and last_name(node) in OF_LISTS:
            return None
        inner = self.property(found, last_name(node), depth - 1)
        if self.file.project.requests is not None and is_of_absent(found, inner):
            return field_of_absent(self.file, lambda each: self.of(each, depth - 1), node) or inner
        is_chained = node.child_by_field_name("optional_chain") is not None and found.is_nullable
        if self.file.project.requests is not None and inner is not None:
            inner = behind_absent(self.file, found, inner, node)
        return replace(inner, is_nullable=True) if inner is not None and is_chained else inner

    def of_namespace(self, owner: Node | None, name: str, depth: int) -> Type | None:
        """What `import * as module`, `import("./module")` or a namespace has under a name."""
        path = self.file.project.namespace(self.file, owner)
        found = self.file.project.exported(path, name) if path is not None else None
        found = declared_inside(self.file, text_of(owner), name) if path is None else found
        return found.file.types.of_symbol(found.node, name, depth - 1) if isinstance(found, Symbol) else None

    def _subscript_expression(self, node: Node, depth: int) -> Type | None:
        owner, index = node.child_by_field_name("object"), node.child_by_field_name("index")
        found = self.of(owner, depth - 1) if owner is not None else None
        if found is None:
            return None
        name = string_value(index)
        if found.what is What.MAP and not found.is_list:
            return found_by_key(self.file, index, value_of_map(found))
        if found.what in {What.BOX, What.TUPLE} and text_of(index).isdigit() and not found.is_list:
            return element_of(found, int(text_of(index)))
        if found.what is What.KEY and not found.is_list:
            return None  # a letter of a text
        return self.property(found, name, depth - 1) if name else taken_out(self, found, index, depth - 1)

    def _ternary_expression(self, node: Node, depth: int) -> Type | None:
        return of_condition(self, node, depth)

    def _binary_expression(self, node: Node, depth: int) -> Type | None:
        return of_choice(self, node, depth)

    def _array(self, node: Node, depth: int) -> Type | None:
        return of_elements(self, children_of(node), depth)

    def _number(self, _: Node, __: int) -> Type:
        return Type(What.VALUE, primitive="number")

    def _string(self, _: Node, __: int) -> Type:
        return Type(What.VALUE, primitive="string")

    _template_string = _string

    def _unary_expression(self, node: Node, _: int) -> Type | None:
        operator = text_of(node.child_by_field_name("operator"))
        return Type(What.VALUE, primitive="number" if operator in _SIGNS else "") if operator in _PLAIN else None

    def _object(self, node: Node, _: int) -> Type:
        return Type(What.SHAPE, place=Place(self.file, node))

    def _new_expression(self, node: Node, depth: int) -> Type | None:
        constructor = node.child_by_field_name("constructor")
        if constructor is None:
            return None
        found = self.file.project.lookup(self.file, node, text_of(constructor))
        if isinstance(found, Symbol):
            made = Type(What.CLASS, place=Place(*found))
            bound = replace(made, bound=self._bound(node, made, depth))
            inherited = constructor_of(made)
            constructor = inherited[0].node if inherited is not None else None
            return with_models(self.file, node, constructor, bound) if found.node.type in CLASSES else None
        name = found.name if isinstance(found, Foreign) else text_of(constructor).rpartition(".")[2]
        if name == "PrismaClient":
            return Type(What.CLIENT)
        if name == "Decimal":
            return Type(What.VALUE, primitive=DECIMAL)
        given = node.child_by_field_name("type_arguments")
        if isinstance(found, Foreign) and given is not None and found.module == "socket.io":
            return of_socket_type(found.module, name, [self.read(each, depth - 1) for each in given.named_children])
        return server(self, node) or made_by_constructor(self.file, node, depth)

    def _bound(self, new: Node, made: Type, depth: int) -> tuple[tuple[str, Type], ...]:
        """What the type parameters of a class stand for where it is made, by what is written or by what it is given."""
        declaration = made.place.node if made.place is not None else None
        if declaration is None or declaration.child_by_field_name("type_parameters") is None:
            return ()
        written, constructor = new.child_by_field_name("type_arguments"), constructor_of(made)
        if written is not None or constructor is None:
            return bound_by(self, declaration, written.named_children if written is not None else (), depth)
        place, owner = constructor
        own = owner.place.node if owner.place is not None else None
        given = dict(given_types(self, new, Type(What.FUNCTION, place=place), depth, own))
        if owner is made:
            return tuple(given.items())
        meant = ((bound_to(owner, name), each) for name, each in given.items())
        return tuple((base.parameter, each) for base, each in meant if base is not None and base.parameter)

    def _call_expression(self, node: Node, depth: int) -> Type | None:
        requests = self.file.project.requests
        if requests is not None and (received := requests.of_call(self, node, depth)) is not None:
            return received
        told = of_raw_query(self, node, depth - 1) or of_validator(self, node, depth)
        told = told or of_typebox(self, node, depth) or of_wrapping_schema(self, node, depth)
        return told or of_list_function(self, node, depth - 1) or of_call(self, node, depth)

    def called(self, node: Node, owner: Type | None, method: str, depth: int) -> Type | None:
        """What a call calls: what its receiver has under the method's name, or the function itself."""
        if owner is not None:
            return called_as(self.property(owner, method, depth - 1), node)
        function = node.child_by_field_name("function")
        if function is not None and (wrapped := wrapped_function(self.file, function)) is not None:
            return wrapped  # `cache(() => find())()`
        return called_as(self.of(function, depth - 1) if function is not None else None, node)

    def function_of(self, call: Node) -> Type | None:
        """The function that a call calls."""
        receiver, method = callee(call)
        owner = self.of(receiver) if receiver is not None else None
        if receiver is not None and owner is None:
            found = self.of_namespace(receiver, method, _DEPTH)
        else:
            found = self.called(call, owner, method, _DEPTH)
        return found if found is not None and found.what is What.FUNCTION else None

    def of_symbol(self, node: Node, name: str, depth: int = _DEPTH) -> Type | None:
        """What a name is whose declaration is a node of this file."""
        return self._bindings.of_symbol(node, name, depth) if depth else None

    def owner_of(self, binding: Node, name: str, step: int = -1) -> Type | None:
        """What a pattern takes a name out of: of `{ id }` in `for (const { id } of books)` a book."""
        return self._bindings.owner_of(binding, name, _DEPTH, step)

    def returned(self, function: Type, depth: int = _DEPTH) -> Type | None:
        """What a function gives back; of an asynchronous one, what is awaited."""
        if function.what is not What.FUNCTION or function.place is None or not depth:
            return None
        file, node = function.place.file, function.place.node
        written = node.child_by_field_name("return_type")
        if self.file.project.requests is not None and text_of(written).lstrip(": ") in UNTYPED_RESULTS:
            written = None  # a reader looks at what it gives
        if written is None and node.type in _SIGNATURES:
            written = node.child_by_field_name("type")
        if written is not None and text_of(written).lstrip(": ") == "this":
            return of_this(file, node)
        requests = self.file.project.requests
        is_open = written is not None and requests is not None and requests.returns_more(function.place, written)
        if written is not None and not is_open:
            return in_use(file.types.read(written, depth - 1), function)
        if is_generator(node):
            return file.types.yielded(node, depth - 1)
        found = given_back(file.types, returned_values(node), depth - 1)
        return beside(*found) if found else None

    def of_parameter(self, value: Node, depth: int) -> Type | None:
        """What an expression is that has the type of a type parameter: of `run(f)` what `f` gives back."""
        node = unwrapped(value)
        if node.id not in self._parameters and depth:
            self._parameters[node.id] = None  # what needs itself is not known
            written = type_of_name(node)
            found = self.read(written, depth) if written is not None else self._of(node, depth)
            self._parameters[node.id] = parameter_only(found)
        return self._parameters.get(node.id)

    def yielded(self, generator: Node, depth: int) -> Type | None:
        """What a generator gives, one after the other."""
        for value, is_each in yielded_values(generator):
            found = self.kept(value, depth - 1)
            if found is not None:
                return found if is_each else listed(found)
        return None

    def cast(self, value: Node, depth: int = _DEPTH) -> Type | None:
        """What `value as T` is said to be, a type parameter of the function around it as well."""
        return self.read(value.named_children[-1], depth) if value.type == "as_expression" else None

    def kept(self, value: Node, depth: int = _DEPTH) -> Type | None:
        """What an expression is once its value is kept or given back: not null where it was asked for before."""
        found = self.of(value, depth)
        is_open = found is not None and found.is_nullable and not found.is_list
        is_there = found is not None and is_open and is_narrowed(self.file, value)
        return without_nothing(found) if found is not None and is_there else found

    def property(self, owner: Type, name: str, depth: int = _DEPTH) -> Type | None:
        """What a type has under a name."""
        found = property_of(self.file.facts, owner, name, depth - 1) if depth else None
        return as_seen(self.file, owner, name, found) if found is not None and found.is_nullable else found

    def of_member(self, node: Node, depth: int = _DEPTH) -> Type | None:
        """What a member of an object type, a class or an object is."""
        if node.type in _METHODS:
            function = Type(What.FUNCTION, place=Place(self.file, node))
            is_getter = any(child.type == "get" for child in node.children)
            return self.returned(function, depth - 1) if is_getter else function
        annotation, value = node.child_by_field_name("type"), node.child_by_field_name("value")
        found = self.read(annotation, depth - 1) if annotation is not None else None
        if self.file.project.requests is not None:
            found = handed_to_member(self.file, node, depth - 1) or found
            found = self.file.project.requests.let_in(Place(self.file, node), found)
            found = found or (remade(self.file, value, depth - 1) if value is not None else None)
        if found is None and value is not None:
            found = wrapped_function(self.file, value) or self.kept(value, depth - 1)
        is_optional = any(child.type == "?" for child in node.children)
        return omittable(found) if found is not None and is_optional else found
