"""What the declarations of packages say: what a name stands for, what a type has, how it is called."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.declarations import Declarations, Told
from prisma_decouple.typescript.source.signatures import (
    SHAPES,
    at,
    given_types,
    heritage,
    is_rest,
    is_signature,
    own_members,
    quoted,
    taken,
    type_of,
    type_parameter,
)
from prisma_decouple.typescript.source.syntax import DECLARED_CLASSES, ancestors, children_of, key_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from prisma_decouple.typescript.source.packages import Packages

_DEPTH = 24
MOST = 64  # parts of a type that are looked at; of a larger one nothing is known
_FUNCTIONS = frozenset(
    {"call_signature", "function_declaration", "function_signature", "function_type", "method_signature"}
)
# What Node declares for everybody.
_GLOBALS, _GLOBAL = "@types/node/globals", "NodeJS"
_INDEX = "index_signature"
_MAKERS = frozenset({"construct_signature", "constructor_type"})
_TYPES = DECLARED_CLASSES | {"enum_declaration", "interface_declaration"}
_WHOLE = frozenset({"*", "default"})
_SAME = frozenset({"parenthesized_type", "readonly_type", "type_annotation", "opting_type_annotation"})
# Types that have the members of what they are given, or some of them.
SAME_MEMBERS = frozenset({"NonNullable", "Omit", "Partial", "Pick", "Readonly", "Required"})
_LISTS = frozenset({"Array", "ReadonlyArray"})


def _is_any(told: Told) -> bool:
    """Whether it is what a type has under any name, which says nothing of what stands for a type parameter."""
    return any(each.type == _INDEX for each in islice(ancestors(told.node), 2))


class Teller:
    """What the declarations of installed packages say.

    Attributes:
        packages: the packages.
    """

    def __init__(self, packages: Packages) -> None:
        self.packages = packages
        self._parts: dict[Told, list[Told]] = {}

    def exported(self, home: Declarations, name: str, depth: int = _DEPTH) -> list[Told]:
        """The declarations that are exported under a name; `*` is all of it, `default` may be as well."""
        if not depth:
            return []
        if home.whole:
            whole = self._named(home, home.whole, depth - 1)
            return whole if name in _WHOLE else [found for each in whole for found in self.member(each, name)]
        if name in home.renamed:
            return self._renamed(home, name, depth)
        if name in _WHOLE:
            return [Told(home, home.root)]  # as older modules are imported, by default as well
        own = [Told(home, node) for node in home.own.get(name, ())]
        return own or self._behind_stars(home, name, depth)

    def _renamed(self, home: Declarations, name: str, depth: int) -> list[Told]:
        original, module = home.renamed[name]
        if not module:
            return self._named(home, original, depth - 1)
        other = self.packages.declared(module, home.path.parent)
        return self.exported(other, original, depth - 1) if other is not None else []

    def _behind_stars(self, home: Declarations, name: str, depth: int) -> list[Told]:
        others = (self.packages.declared(module, home.path.parent) for module in home.stars)
        found = (self.exported(other, name, depth - 1) for other in others if other is not None)
        return next(filter(None, found), [])

    def _named(self, home: Declarations | None, name: str, depth: int = _DEPTH) -> list[Told]:
        """What a name means in a file or namespace."""
        first, *rest = name.split(".")
        folder = home.path.parent if home is not None else None
        while home is not None and depth:
            if first in home.own:
                return self._inside([Told(home, node) for node in home.own[first]], rest)
            if first in home.imports:
                original, module = home.imports[first]
                other = self.packages.declared(module, home.path.parent)
                return self._inside(self.exported(other, original, depth - 1) if other is not None else [], rest)
            home = home.outer
        is_global = first == _GLOBAL and folder is not None and depth
        everywhere = self.packages.declared(_GLOBALS, folder) if is_global and folder is not None else None
        return self._named(everywhere, name, depth - 1) if everywhere is not None and first in everywhere.own else []

    def _inside(self, found: list[Told], names: Sequence[str]) -> list[Told]:
        for name in names:
            found = [each for told in found for each in self._of_space(told, name)]
        return found

    def _of_space(self, told: Told, name: str) -> list[Told]:
        """What a namespace, or a whole module, has under a name."""
        if told.node == told.home.root:
            return self.exported(told.home, name)
        space = told.home.space(told.node) if told.node.type == "internal_module" else None
        return self.exported(space, name) if space is not None else []

    def parts(self, told: Told, depth: int = _DEPTH) -> list[Told]:
        """What a written type is in the end, without aliases: each of its alternatives."""
        if told not in self._parts:
            self._parts[told] = [told]  # what needs itself is left as it is
            reader = _READERS.get(told.node.type)
            found = reader(self, told, depth - 1) if reader is not None and depth else []
            self._parts[told] = list(dict.fromkeys(found))[: MOST + 1] or [told]
        return self._parts[told]

    def of_same(self, told: Told, depth: int) -> list[Told]:
        """What stands in parentheses, or behind a colon."""
        inner = told.node.named_children[-1:]
        return [part for each in inner for part in self.parts(at(told, each), depth)]

    def of_union(self, told: Told, depth: int) -> list[Told]:
        """The alternatives of a union."""
        sides = children_of(told.node)
        return [part for side in sides for part in self.parts(at(told, side), depth)]

    def of_condition(self, told: Told, depth: int) -> list[Told]:
        """What a conditional type may be: it is one of the two."""
        sides = (told.node.child_by_field_name(key) for key in ("consequence", "alternative"))
        return [part for side in sides if side is not None for part in self.parts(at(told, side), depth)]

    def of_this(self, told: Told, depth: int) -> list[Told]:
        """What a method that gives back `this` is one of."""
        return self._meant(told, "this", depth)

    def of_variable(self, told: Told, depth: int) -> list[Told]:
        """What a variable is said to be."""
        written = told.node.child_by_field_name("type")
        return self.parts(at(told, written), depth) if written is not None else []

    def of_alias(self, told: Told, depth: int) -> list[Told]:
        """What a type that is declared as another one is."""
        value = told.node.child_by_field_name("value")
        return self.parts(at(told, value), depth) if value is not None else []

    def of_lookup(self, told: Told, depth: int) -> list[Told]:
        """What `Type["name"]` is."""
        owner, *index = told.node.named_children
        name = quoted(index[0]) if index else ""
        found = self.member(at(told, owner), name, depth) if name else []
        return [part for each in found for part in self.parts(each, depth)]

    def of_query(self, told: Told, depth: int) -> list[Told]:
        """What `typeof name` is."""
        found = [each for name in told.node.named_children[:1] for each in self._named(told.home, text_of(name), depth)]
        return [part for each in found for part in self.parts(each, depth)]

    def _meant(self, told: Told, name: str, depth: int) -> list[Told]:
        """What a type parameter stands for."""
        meant = next((each for key, each in told.bound if key == name), None)
        return self.parts(meant, depth) if meant is not None and meant != told else []

    def of_name(self, told: Told, depth: int) -> list[Told]:
        """What a name stands for."""
        named = told.node.child_by_field_name("name") if told.node.type == "generic_type" else told.node
        name = text_of(named)
        parameter = type_parameter(told.node, name)
        if parameter is not None:
            return self._meant(told, name, depth) or [at(told, parameter)]
        found = []
        for each in self._named(told.home, name, depth):
            inner = Told(each.home, each.node, self._given(told, each))
            if each.node.type == "type_alias_declaration":
                found += self.of_alias(inner, depth)
            elif each.node.type in _TYPES:
                found.append(inner)
        return found

    def by_default(self, declared: Told) -> Told:
        """A declaration that is used without giving it types."""
        return Told(declared.home, declared.node, self._given(at(declared, declared.home.root), declared))

    def _given(self, told: Told, declared: Told) -> tuple[tuple[str, Told], ...]:
        """What the type parameters of a declaration stand for where its name is used."""
        listed = declared.node.child_by_field_name("type_parameters")
        given = given_types(told)
        bound = []
        for index, each in enumerate(listed.named_children if listed is not None else ()):
            default = each.child_by_field_name("value")
            name = text_of(each.child_by_field_name("name"))
            if index < len(given):
                bound.append((name, given[index]))
            elif default is not None and default.named_children:
                bound.append((name, Told(declared.home, default.named_children[-1], tuple(bound))))
        return tuple(bound)

    def member(self, told: Told, name: str, depth: int = _DEPTH) -> list[Told]:
        """What a type, a class or a module has under a name: the types of properties, and methods."""
        if told.node == told.home.root or told.node.type == "internal_module":
            return self._of_space(told, name)
        parts = self.parts(told, depth) if depth else []
        return [each for part in parts[:MOST] for each in self._member(part, name, depth - 1)]

    def _member(self, part: Told, name: str, depth: int) -> Iterator[Told]:
        node = part.node
        if node.type in SHAPES:
            members = list(own_members(node))
            named = [each for each in members if key_of(each) == name and each.type != _INDEX]
            own = [
                Told(part.home, each, self._with_owner(part))
                for each in named or (each for each in members if each.type == _INDEX)
            ]
            yield from (each for told in own for each in type_of(told))
            for base in self._bases(part) if not own and depth else ():
                yield from self.member(base, name, depth)
        elif node.type == "intersection_type":
            for each in node.named_children:
                yield from self.member(Told(part.home, each, part.bound), name, depth) if depth else ()
        elif node.type == "generic_type" and text_of(node.child_by_field_name("name")) in SAME_MEMBERS:
            yield from (each for given in given_types(part)[:1] for each in self.member(given, name, depth))
        elif node.type == "type_parameter":
            constraint = node.child_by_field_name("constraint")
            if constraint is not None and constraint.named_children and depth:
                least = self.member(Told(part.home, constraint.named_children[-1], part.bound), name, depth)
                yield from (each for each in least if not _is_any(each))

    @staticmethod
    def _with_owner(part: Told) -> tuple[tuple[str, Told], ...]:
        """What is bound inside of a class or interface; its methods may give back itself."""
        return (("this", part), *(each for each in part.bound if each[0] != "this"))

    def _bases(self, part: Told) -> Iterator[Told]:
        """What a class or interface extends."""
        for clause in heritage(part.node):
            value, given = clause.child_by_field_name("value"), clause.child_by_field_name("type_arguments")
            if value is None:
                yield from (Told(part.home, each, part.bound) for each in clause.named_children)
                continue
            for each in self._named(part.home, text_of(value)):
                if each.node.type in DECLARED_CLASSES | {"interface_declaration"}:
                    yield Told(each.home, each.node, self._given(Told(part.home, given or value, part.bound), each))
                elif each.node.type == "variable_declarator":  # `extends Base`, where `Base` is a constructor
                    yield from self.results(self.signatures([each], is_new=True))

    def signatures(self, told: Iterable[Told], *, is_new: bool = False) -> list[Told]:
        """The ways in which something can be called, or made with `new`."""
        return [each for one in told for each in self._signatures(one, _DEPTH, is_new=is_new)]

    def _signatures(self, told: Told, depth: int, *, is_new: bool) -> Iterator[Told]:
        parts = [told] if told.node.type in _FUNCTIONS else self.parts(told) if depth else []
        for part in parts:
            if part.node.type in (_MAKERS if is_new else _FUNCTIONS):
                yield part
            elif part.node.type == "intersection_type":
                for each in part.node.named_children:
                    yield from self._signatures(at(part, each), depth - 1, is_new=is_new)
            elif part.node.type in SHAPES and (is_new or part.node.type not in DECLARED_CLASSES):
                own = [each for each in own_members(part.node) if is_signature(each, part.node, is_new=is_new)]
                yield from (Told(part.home, each, self._with_owner(part)) for each in own)
                for base in self._bases(part) if not own else ():
                    yield from self._signatures(base, depth - 1, is_new=is_new)

    def results(self, signatures: Iterable[Told]) -> list[Told]:
        """What calls give back."""
        found = []
        for each in signatures:
            node = each.node
            written = node.child_by_field_name("return_type") or node.child_by_field_name("type")
            if written is None and node.type in {"constructor_type", "function_type"}:
                written = node.named_children[-1]
            if written is not None:
                found.append(Told(each.home, written, each.bound))
        return found

    def awaited(self, told: Told) -> list[Told]:
        """What a promise gives, or the value itself."""
        found = []
        for part in self.parts(told):
            is_promise = part.node.type == "generic_type" and text_of(part.node.child_by_field_name("name")).startswith(
                "Promise"
            )
            found += given_types(part)[:1] if is_promise else [part]
        return found

    def argument(self, signature: Told, index: int) -> Told | None:
        """What a signature says of one of its arguments; None when it takes no such."""
        listed = taken(signature.node)
        rest = listed[-1] if listed and is_rest(listed[-1]) else None
        if index < len(listed) - (rest is not None):
            written = listed[index].child_by_field_name("type")
        else:
            written = rest.child_by_field_name("type") if rest is not None else None
        return Told(signature.home, written, signature.bound) if written is not None else None

    def is_open(self, signature: Told, index: int) -> bool:
        """Whether an argument is one of those that a signature takes any number of."""
        listed = taken(signature.node)
        return bool(listed) and is_rest(listed[-1]) and index >= len(listed) - 1

    def elements(self, told: Told) -> list[Told]:
        """The elements of lists."""
        found = []
        for part in self.parts(told):
            is_list = part.node.type == "generic_type" and text_of(part.node.child_by_field_name("name")) in _LISTS
            if part.node.type == "array_type":
                found.append(Told(part.home, part.node.named_children[0], part.bound))
            elif is_list:
                found += given_types(part)[:1]
            else:
                found.append(part)
        return found

    def is_callable_with(self, signature: Told, count: int) -> bool:
        """Whether a signature takes as many arguments."""
        listed = taken(signature.node)
        needed = [each for each in listed if each.type == "required_parameter" and not is_rest(each)]
        has_rest = bool(listed) and is_rest(listed[-1])
        return len(needed) <= count and (has_rest or count <= len(listed))


_READERS: dict[str, Callable[[Teller, Told, int], list[Told]]] = {
    **dict.fromkeys(_SAME, Teller.of_same),
    **dict.fromkeys(("generic_type", "identifier", "nested_type_identifier", "type_identifier"), Teller.of_name),
    "conditional_type": Teller.of_condition,
    "lookup_type": Teller.of_lookup,
    "this_type": Teller.of_this,
    "type_alias_declaration": Teller.of_alias,
    "type_query": Teller.of_query,
    "union_type": Teller.of_union,
    "variable_declarator": Teller.of_variable,
}
