"""What the scripts of a component declare for what it shows, and what of them is said in words that only it knows."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.components.markup import Span
from prisma_decouple.typescript.source.parsing import index, parse
from prisma_decouple.typescript.source.scopes import bound_names, declared_by
from prisma_decouple.typescript.source.syntax import call_arguments, callee, key_of, string_value, text_of, unwrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tree_sitter import Node

# What is given to a component, by the functions that declare it: of Vue, with its defaults, and of Svelte.
_GIVEN = "defineProps"
_WITH_DEFAULTS = "withDefaults"
_PROPS = "$props"
_PROPS_OF_VUE = "$given"
_DECLARATIONS = frozenset({"lexical_declaration", "variable_declaration"})
_TYPES = frozenset({"interface_declaration", "type_alias_declaration"})
# What SvelteKit says of the data of a page and of a layout, in types that it generates (its documentation, "$types").
_ROUTE = re.compile(r"\+(page|layout)(?:@.*)?\.svelte\Z")
_TYPES_OF_ROUTE = "./$types"
_OF_ROUTES = {"data": "Data", "form": "Form"}


class Change(NamedTuple):
    """Something to be written in place of a part of a component."""

    place: Span
    text: str


class Script(NamedTuple):
    """What the scripts of a component say.

    Attributes:
        imports: what has to be imported besides.
        changes: what has to be said otherwise in TypeScript, in their order.
        shown: what is known by which name where the component shows something, and is another value there.
        given: the type of what is given to the component; empty when nothing says so.
        is_component: whether the component may be exported by default, because the scripts export nothing so.
    """

    imports: str
    changes: tuple[Change, ...]
    shown: dict[str, str]
    given: str
    is_component: bool


def script_of_vue(data: bytes, setup: Span | None, others: Sequence[Span], words: frozenset[str]) -> Script:
    """What the scripts of a component of Vue say.

    Args:
        data: the component.
        setup: where the content of its `<script setup>` is, if any.
        others: where that of its other scripts is.
        words: those of its template.
    """
    is_component = not any(b"export default" in data[each.start : each.end] for each in others)
    changes = [change for each in others for change in _read(data, each)[1]]
    if setup is None:
        return Script("", tuple(changes), {}, "", is_component)
    root, own = _read(data, setup)
    changes += own
    shown: dict[str, str] = {}
    given = ""
    for statement in root.named_children:
        for name, value in _declared(statement):
            if value is not None and unwrapped(value).type in {"call_expression", "new_expression"}:
                shown |= {each: f"unref({each})" for each in bound_names(name)}
        call = _props(statement)
        if call is None:
            continue
        holder = _holder(statement)
        if not holder:
            holder, start = _PROPS_OF_VUE, setup.start + statement.start_byte
            changes.append(Change(Span(start, start), f"const {holder} = "))
        given = f"typeof {holder}" if holder.isidentifier() or holder == _PROPS_OF_VUE else ""
        shown |= {name: f"{holder}.{name}" for name in _names_of(root, call) if given and name not in shown}
    kept = {name: value for name, value in shown.items() if name in words}
    return Script("", tuple(sorted(changes)), kept, given, is_component)


def script_of_svelte(path: str, data: bytes, scripts: Iterable[Span]) -> Script:
    """What the scripts of a component of Svelte say.

    Args:
        path: of the component, which tells whether it is a page or a layout of SvelteKit.
        data: the component.
        scripts: where their contents are.
    """
    found = _ROUTE.search(posixpath.basename(path))
    route = found[1].title() if found is not None else ""
    changes, exported, needed, given = list[Change](), list[str](), list[str](), ""
    for part in scripts:
        root, own = _read(data, part)
        changes += own
        declared = [(each, *pair) for each in root.named_children for pair in _declared(each)]
        known = {name for _, pattern, _ in declared for name in bound_names(pattern)}
        for statement, pattern, value in declared:
            is_props = value is not None and callee(unwrapped(value))[1] == _PROPS
            is_given = text_of(statement).startswith("export let")
            written = pattern.parent.child_by_field_name("type") if pattern.parent is not None else None
            kind = "Props" if is_props else _OF_ROUTES.get(text_of(pattern), "") if is_given else ""
            if written is None and route and kind:
                end = part.start + pattern.end_byte
                changes.append(Change(Span(end, end), f": {route}{kind}"))
                needed.append(f"{route}{kind}")
            given = text_of(written).lstrip(": ") if is_props else given
            exported += bound_names(pattern) if is_given else ()
        changes += (each for statement in root.named_children for each in _reactive(statement, part.start, known))
    imports = "".join(f"import type {{ {name} }} from '{_TYPES_OF_ROUTE}'; " for name in needed)
    given = given or "; ".join(f"{each}: typeof {each}" for each in exported).join("{}" if exported else ("", ""))
    return Script(imports, tuple(sorted(changes)), {}, " ".join(given.split()), is_component=True)


def _declared(statement: Node) -> Iterator[tuple[Node, Node | None]]:
    """The patterns that a statement at the top declares, each with its value."""
    declaration = declared_by(statement)
    for each in declaration.named_children if declaration.type in _DECLARATIONS else ():
        name = each.child_by_field_name("name") if each.type == "variable_declarator" else None
        if name is not None:
            yield name, each.child_by_field_name("value")


def _props(statement: Node) -> Node | None:
    """The call of `defineProps` in a statement."""
    values = [value for _, value in _declared(statement)] or statement.named_children[:1]
    for value in values if statement.type in {"expression_statement", *_DECLARATIONS} else ():
        call = value
        if call is not None and callee(call)[1] == _WITH_DEFAULTS:
            call = next(iter(call_arguments(call)), None)
        if call is not None and callee(call)[1] == _GIVEN:
            return call
    return None


def _holder(statement: Node) -> str:
    """The name of the variable that a statement declares; its pattern when it takes something apart."""
    return next((text_of(name) for name, _ in _declared(statement)), "")


def _names_of(root: Node, call: Node) -> Iterator[str]:
    """The names of what `defineProps` declares, by a type of the same script or by what it is given."""
    given = call.child_by_field_name("type_arguments")
    written = given.named_children[0] if given is not None and given.named_children else None
    if written is not None and written.type == "type_identifier":
        named = (each for each in map(declared_by, root.named_children) if each.type in _TYPES)
        found = next((each for each in named if key_of(each) == text_of(written)), None)
        written = found.child_by_field_name("body") or found.child_by_field_name("value") if found is not None else None
    for member in written.named_children if written is not None else ():
        yield from (key_of(member),) if member.type == "property_signature" else ()
    for value in call_arguments(call)[:1]:
        for each in value.named_children:
            name = string_value(each) if value.type == "array" else key_of(each) if each.type == "pair" else ""
            yield from (name,) if name.isidentifier() else ()


def _read(data: bytes, part: Span) -> tuple[Node, list[Change]]:
    """The tree of a script, and what has to be written otherwise where TypeScript may have elements.

    It takes a type in front of a value for one: `<Book>value`, `<T>(value: T) => value`.
    """
    text = data[part.start : part.end]
    root = parse(text, tsx=False)
    if root.has_error:
        return parse(text, tsx=True), []
    found, changes = index(root, ("type_assertion", "arrow_function"), tsx=False), []
    for node in found.get("type_assertion", ()):
        start = part.start + node.start_byte
        changes.append(Change(Span(start, part.start + node.named_children[-1].start_byte), ""))
    for names in (each.child_by_field_name("type_parameters") for each in found.get("arrow_function", ())):
        if names is not None and len(names.named_children) == 1 and names.named_children[0].named_child_count == 1:
            end = part.start + names.end_byte - 1
            changes.append(Change(Span(end, end), ","))
    return root, changes


def _reactive(statement: Node, start: int, known: set[str]) -> Iterator[Change]:
    """`$: title = book.title`, which declares what nothing else does."""
    body = statement.child_by_field_name("body") if statement.type == "labeled_statement" else None
    value = body.named_children[0] if body is not None and body.type == "expression_statement" else None
    left = value.child_by_field_name("left") if value is not None and value.type == "assignment_expression" else None
    if body is not None and left is not None and left.type == "identifier" and text_of(left) not in known:
        yield Change(Span(start + statement.start_byte, start + body.start_byte), "let ")
