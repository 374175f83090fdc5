"""What a type can be, as far as a change of a schema is concerned."""

from __future__ import annotations

from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from prisma_decouple.typescript.source.declarations import Told
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import key_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node


_REMEMBERED = 1024


class What(Enum):
    """The sorts of types."""

    CLIENT = auto()
    """A Prisma client, or a transaction of one."""
    DELEGATE = auto()
    """A model of a client: `prisma.book`."""
    RECORD = auto()
    """A record of a model, or a list of them."""
    INPUT = auto()
    """The data of a record that is created."""
    ARGS = auto()
    """The argument of a method that creates."""
    QUERY = auto()
    """The argument of any other method, or the options of a relation that is loaded."""
    FILTER = auto()
    """The `where` of a query."""
    LOADS = auto()
    """The `include` or `select` of a query."""
    ORDER = auto()
    """The `orderBy` of a query."""
    UPDATE = auto()
    """The data of a record that is changed, or created inside another one."""
    WRITE = auto()
    """What is written through a relation field: `create`, `connect` and the like."""
    FIELDS = auto()
    """An object with something for each field of a model."""
    MAP = auto()
    """A map; its place is what it is given as types."""
    KEY = auto()
    """A foreign key of a record that may be null now."""
    CLASS = auto()
    """An instance of a class."""
    STATIC = auto()
    """A class itself, with what is static in it."""
    SHAPE = auto()
    """An interface, an object type, or an intersection of them."""
    TUPLE = auto()
    """A tuple that is written down: `[Book[], number]`."""
    FUNCTION = auto()
    """A function, a method or a function type."""
    PARAMETER = auto()
    """A type parameter of a generic declaration."""
    BOX = auto()
    """What a library makes around a type, such as the state of a hook; it is bound to what it has, by property."""
    TAKER = auto()
    """A function of a library that is bound to what it takes."""
    ROUTER = auto()
    """The routes of a tRPC server, or one of its procedures; its place is the expression that makes it."""
    SCHEMA = auto()
    """A validator's schema, bound to what it lets through."""
    TOLD = auto()
    """What an installed package declares."""
    VALUE = auto()
    """Anything else that is written down: `number`, `string | Date`."""


# What a type is that somebody has written out with its members.
WRITTEN = frozenset({What.CLASS, What.SHAPE})
# What becomes of the fields of a record, when it is made or changed.
DATA = frozenset({What.INPUT, What.UPDATE})


class Type(msgspec.Struct, frozen=True):
    """A type. There are hundreds of thousands, so it is a struct: `msgspec.structs.replace` makes another one of it.

    Attributes:
        what: its sort.
        model: of a client's method, a record, its data, or a written type that repeats what is behind a relation.
        place: where it is declared; of a record, the options of the query, or the type, that says what is loaded.
        is_nullable: whether it says `null` or `undefined` besides.
        nothing: which of the two; empty when both will do, or when it is not known.
        is_list: whether it is a list of them.
        is_whole: of a list that may be null, whether it is the list and not its elements: `number[] | null`.
        without: the fields that `Omit` takes away.
        only: the fields that `Pick` leaves, None when it leaves all.
        field: of a key, its name; of what was read of a record that may be absent, the way to it, `author.name`; of
            what is answered to a call whose address is not known yet, `open` and the way into the answer.
        is_partial: whether it may lack any field.
        is_mock: whether it is what a test makes a method of the client give back.
        is_checked: of data, whether it gives relations by their fields, `author: { connect: ... }`, and never by keys.
        primitive: of a value that is written out, `number` or `string`.
        became_null: of a record behind a relation that became optional, the model that has the relation, and its field.
        is_filled: whether nothing in it is null, whatever is said of it elsewhere.
        parameter: the name of the type parameter that it stands for.
        bound: what type parameters of the declaration stand for; of a box, what it has.
        told: of what a package declares, its declarations: it is one of them.
        is_unsure: of the same, whether it may take null for all that they tell.
        extras: of a record, the object types that say more than its model does, such as `{ … }` of `Book & { … }`.
        asked: of a type parameter, those of the extras that it asks of what it stands for: `T extends Book & { … }`.
        said_by: of what a validator's schema lets through, the expression that says so.
        is_mixed: of a record, whether it may be one of another model as well: `item.book || item.page`; of what a query
            takes, whether a variable holds it that is for something else besides.
        also: of a record, what `place` is for the others of the queries that may have loaded it; of a literal, the
            others that a value may be instead: `{ error }` or `{ books }`.
        others: of a record that may be one of another model as well, those: what its own model has not is theirs.
        given: of a record that was come to from the one that it belongs to, what leads back: it is sure to have that.
    """

    what: What
    model: str = ""
    place: Place | None = None
    is_nullable: bool = False
    is_list: bool = False
    is_whole: bool = False
    without: frozenset[str] = frozenset()
    only: frozenset[str] | None = None
    field: str = ""
    became_null: tuple[str, str] | None = None
    extras: tuple[Place, ...] = ()
    asked: tuple[Place, ...] = ()
    nothing: frozenset[str] = frozenset()
    primitive: str = ""
    is_partial: bool = False
    is_mock: bool = False
    is_checked: bool = False
    is_filled: bool = False
    parameter: str = ""
    bound: tuple[tuple[str, Type], ...] = ()
    told: tuple[Told, ...] = ()
    is_unsure: bool = False
    said_by: Place | None = None
    is_mixed: bool = False
    also: tuple[Place, ...] = ()
    others: tuple[Type, ...] = ()
    given: frozenset[str] = frozenset()

    def has(self, field: str) -> bool:
        """Whether `Omit` and `Pick` leave a field."""
        return field not in self.without and (self.only is None or field in self.only)

    @property
    def is_of_absent(self) -> bool:
        """Whether it was read of a record that may be absent, and is nothing without that."""
        return self.what is What.KEY and "." in self.field

    @property
    def absence(self) -> str:
        """What a value of it is that is not there, `null` or `undefined`; null where that is not known."""
        return "undefined" if self.nothing == {"undefined"} else "null"

    @property
    def is_open(self) -> bool:
        """Whether it is what an address that is not known yet is answered with, or something in that."""
        return self.what is What.BOX and self.field.partition(".")[0] == OPEN

    @property
    def is_any(self) -> bool:
        """Whether it is written as `any` or `unknown`, and so says nothing."""
        return self.place is not None and text_of(self.place.node) in {"any", "unknown"}

    @property
    def literal(self) -> Place | None:
        """The object literal that is all that tells what a value has; None where a written type does, or the model."""
        is_literal = self.what is What.SHAPE and self.place is not None and self.place.node.type == "object"
        return self.place if is_literal else None


# Of a depth that is left over, so much tells that nothing is cut off: the answer holds for whoever asks next.
FAR = 16
# Under which a function of a library has what it wants to be given back.
RESULT = "result"
# Under which a validator's schema has what it lets through.
LET = "type"
# The field of a box that stands for an answer: what a call asks for is known when its address is.
OPEN = "open"
# What is something or nothing, of which no more can be told.
UNSEEN = Type(What.VALUE, is_nullable=True, primitive="unknown")


def omittable(found: Type) -> Type:
    """The type of what may be left out, `name?: …`."""
    if found.is_nullable and not found.nothing:
        return found
    return replace(found, is_nullable=True, nothing=found.nothing | {"undefined"})


# Under which a list of lists has what its elements are.
_INNER = "[]"


def without_nothing(found: Type) -> Type:
    """What a value of a type is when it is there."""
    return replace(found, is_nullable=False, nothing=frozenset())


def listed(found: Type) -> Type:
    """A list of what a type is, which may be a list itself."""
    return Type(What.BOX, bound=((_INNER, found),), is_list=True) if found.is_list else replace(found, is_list=True)


def element(found: Type) -> Type:
    """An element of a list."""
    inner = bound_to(found, _INNER) if found.what is What.BOX and found.is_list else None
    if inner is not None:
        return inner
    whole = without_nothing(found) if found.is_whole else found
    return replace(whole, is_list=False, is_whole=False)


def flattened(found: Type) -> Type:
    """A list of the elements of the lists in a list."""
    inner = element(found)
    return inner if inner.is_list else found


def taker(*taken: Type) -> Type:
    """A function of a library that is given these."""
    return Type(What.TAKER, bound=tuple((str(index), each) for index, each in enumerate(taken)))


def known(found: Type | None) -> Type | None:
    """A type, unless it is a parameter of which nothing is known."""
    return None if found is not None and found.what is What.PARAMETER else found


def parameter_only(found: Type | None) -> Type | None:
    """A type, if it is a type parameter."""
    return found if found is not None and found.parameter else None


def fits(found: Type | None, kind: str) -> bool | None:
    """Whether a value of a type can be a key of a type of TypeScript, such as `number`; None when that is not known."""
    if found is None or found.what is What.PARAMETER:
        return None
    written = text_of(found.place.node) if found.place is not None and found.what is What.VALUE else ""
    return not found.is_nullable and kind in {found.primitive, written}


def bound_to(found: Type, name: str) -> Type | None:
    """What a type parameter stands for, or what a box has under a name."""
    return next((each for key, each in found.bound if key == name), None)


def substituted(found: Type | None, owner: Type, depth: int = 4) -> Type | None:
    """A type that is written in a generic declaration, as it is where the declaration is used.

    Args:
        found: the type.
        owner: what the declaration was used as, with what its parameters stand for.
        depth: how deep in what the type is bound to itself; a chain of calls that each bind one more type to all that
            came before would otherwise double the work with every call.

    Returns:
        None for a parameter of which nothing is known.
    """
    if found is None:
        return None
    if found.parameter:
        return _meant(found, bound_to(owner, found.parameter))
    if not owner.bound or not depth or (found.what not in _HOLDING and owner.what is What.BOX):
        return found
    if found.what not in _GENERIC | _HOLDING:
        return found
    own = ((name, substituted(each, owner, depth - 1)) for name, each in found.bound)
    bound = tuple((name, each) for name, each in own if each is not None)
    return replace(found, bound=bound if found.what in _HOLDING else bound or owner.bound)


def in_use(found: Type | None, function: Type) -> Type | None:
    """What a method of a generic class or interface gives back; what a function's own parameters are is told later."""
    if found is None or (found.parameter and bound_to(function, found.parameter) is None):
        return found
    return substituted(found, function)


def _meant(found: Type, meant: Type | None) -> Type | None:
    """What a type parameter stands for, or what comes of that."""
    if found.field == RESULT:
        return meant.place.file.types.returned(meant) if meant is not None and meant.place is not None else None
    if found.field == LET:
        meant = bound_to(meant, LET) if meant is not None and meant.what is What.SCHEMA else UNSEEN
    if meant is None:
        return found if found.what is not What.PARAMETER else None
    is_nullable, nothing = found.is_nullable or meant.is_nullable, found.nothing | meant.nothing
    is_partial, is_filled = found.is_partial or meant.is_partial, found.is_filled or meant.is_filled
    more = (each for each in found.extras if each not in found.asked)  # `T & { author: Author }`
    extras = (*more, *meant.extras) if meant.what is What.RECORD else meant.extras
    meant = replace(meant, is_partial=is_partial, is_filled=is_filled, extras=extras)
    return replace(meant, is_list=found.is_list or meant.is_list, is_nullable=is_nullable, nothing=nothing)


def members_of(node: Node) -> Iterator[Node]:
    """The members that an object type, an interface or a class body writes down itself."""
    body = node.child_by_field_name("body") or node
    yield from (child for child in body.named_children if child.type in _MEMBERS)


def member_of(node: Node, name: str) -> Node | None:
    """The member of that name; a getter before its setter."""
    return _members_by_name(node).get(name)


# Every property of a literal, and every read of a class, asks the same types.
@lru_cache(maxsize=_REMEMBERED)
def _members_by_name(node: Node) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for member in members_of(node):
        found.setdefault(key_of(member), member)
    return found


_HOLDING = frozenset({What.BOX, What.SCHEMA})
_GENERIC = frozenset({What.CLASS, What.FUNCTION, What.SHAPE})
_MEMBERS = frozenset(
    {
        "abstract_method_signature",
        "method_definition",
        "method_signature",
        "pair",
        "property_signature",
        "public_field_definition",
    }
)
