"""Members of types, and parameters, that say that a key which became optional is never null: `authorId: number`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.finders.uses.demands import is_needed_for_another
from prisma_decouple.typescript.finders.uses.guarded_lookups import note_refusing
from prisma_decouple.typescript.finders.widening.widened_members import lines_of, refused, widen
from prisma_decouple.typescript.hints import Confidence, Line
from prisma_decouple.typescript.likeness import (
    fits_another,
    is_called_after_another,
    is_called_after_only,
    is_key_of_others,
    is_of_longer,
    mirrors,
    repeats,
)
from prisma_decouple.typescript.source.files import is_test
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import (
    DECLARED_CLASSES,
    FUNCTIONS,
    MEMBERS,
    ancestors,
    descendants,
    is_function,
    is_inside,
    key_of,
    nearest,
    text_of,
)
from prisma_decouple.typescript.types.places.givers import is_open, whole_givers_of
from prisma_decouple.typescript.types.places.selections import only_selects
from prisma_decouple.typescript.types.places.slots import place_key
from prisma_decouple.typescript.types.places.uses import uses_that_refuse_null
from prisma_decouple.typescript.wording import name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.changes import OptionalRelation
    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.finders.creates.followed_leads import FollowedLeads

_TYPED = (*MEMBERS, "required_parameter", "optional_parameter")
_REFUSED = "`{name}` may be null here once its callers have none to give, and what takes it does not say that it may."
_NAMED_TYPES = DECLARED_CLASSES | {"interface_declaration", "type_alias_declaration"}


def parameter_types(files: Iterable[FileContext], followed: FollowedLeads) -> dict[str, Confidence]:
    """The names of the types in which functions that lead to a create receive what it is made of.

    Args:
        files: the files of the code base.
        followed: the functions.

    Returns:
        How sure it is that such a type has to carry the new key.
    """
    found: dict[str, Confidence] = {}
    for file in (each for each in files if each.source.words & followed.names):
        for function in (Place(file, node) for node in file.source.nodes(*FUNCTIONS)):
            if (sureness := followed.sureness(function)) is not None:
                named = (each for taken in followed.taken(function) for each in descendants(taken, "type_identifier"))
                found |= dict.fromkeys(map(text_of, named), sureness)
    return found


class Carriers(NamedTuple):
    """What leads to a create.

    Attributes:
        functions: the functions.
        types: the names of the types in which they receive what it is made of, as `parameter_types` tells.
    """

    functions: FollowedLeads
    types: Mapping[str, Confidence]

    def sureness(self, file: FileContext, member: Node) -> Confidence | None:
        """How sure it is that the member of a type, or a parameter, belongs to what a create is made of."""
        function = _function_of(member)
        if function is None:
            return self.types.get(_type_name(member))
        is_taken = any(is_inside(each, member) for each in self.functions.taken(Place(file, function)))
        return self.functions.sureness(Place(file, function)) if is_taken else None


def find_key_types(file: FileContext, carriers: Carriers, makers: Carriers) -> None:
    """Note the members, fields and parameters that are typed as never null.

    Args:
        file: the file; its findings are filled.
        carriers: what leads to a create.
        makers: those of them that make a record themselves.
    """
    for node in file.source.nodes(*_TYPED):
        name = key_of(node) or text_of(node.child_by_field_name("pattern"))
        relations = file.facts.optional_by_key(name)
        if not relations or place_key(Place(file, node)) in file.findings.widened.keys() | file.findings.kept:
            continue
        written = node.child_by_field_name("type")
        typed = _Typed(file, node, name, relations, carriers.sureness(file, node))
        if written is None:
            continue
        if not _says_never_null(typed, written):
            file.fine()
        elif typed.leads_on is None:
            _note_alone(typed)
        else:
            _note_carrier(typed, typed.leads_on, is_maker=makers.sureness(file, node) is not None)


class _Typed(NamedTuple):
    """A member or parameter with a type that has the name of a key which became optional.

    Attributes:
        file: its file.
        node: the member or parameter.
        name: the name.
        relations: those with such a key.
        leads_on: how sure it is that a create is made of it; None when it is not.
    """

    file: FileContext
    node: Node
    name: str
    relations: Sequence[OptionalRelation]
    leads_on: Confidence | None


def _says_never_null(typed: _Typed, annotation: Node) -> bool:
    """Whether the type is the one that the key had, and null would not mean something else to all that use it."""
    types = {relation.scalar_types[relation.foreign_keys.index(typed.name)] for relation in typed.relations}
    if text_of(annotation).removeprefix(":").strip() not in types:
        return False
    if typed.leads_on is not None:
        return True
    is_omittable = any(child.type == "?" for child in typed.node.children)
    is_parameter = _function_of(typed.node) is not None
    return not is_omittable and not (is_parameter and only_selects(typed.file, typed.node, typed.name))


def _note_alone(typed: _Typed) -> None:
    """A type of which no create is made: it may describe a record, or only take the keys of records that exist."""
    file, node, name, relations, _ = typed
    confidence = _confidence_by_name(file.facts, node, name, relations)
    why = f"`{name}` may be null now. If this describes a record, say so; if it only takes keys of records that exist, "
    why += f"it is right as it is.{_lacking(file, node, relations)}"
    refusing = uses_that_refuse_null(file, node, name)
    is_quiet = not _may_be_meant(file, node, name, relations, confidence)
    lines, needs = lines_of(refusing), _needs_of_uses(refusing, name)
    _widen(typed, confidence, why + refused(lines), needs, lines, is_quiet=is_quiet)


def _note_carrier(typed: _Typed, confidence: Confidence, *, is_maker: bool) -> None:
    """A type by which the key gets to a create.

    Where the function makes the record itself, each use that takes no null is told; where the key only goes on from
    there, what else is done with it need not be done without it.
    """
    refusing = uses_that_refuse_null(typed.file, typed.node, typed.name)
    if any(is_needed_for_another(each, typed.name) for each in refusing):
        typed.file.fine()
        return
    why = f"`{typed.name}` may be null now, and this type says that it never is."
    if is_maker:
        needs = note_refusing(refusing, typed.name, _REFUSED.format(name=typed.name))
    else:
        needs = _needs_of_uses(refusing, typed.name)
    lines = lines_of(refusing) if f"{typed.name} may be null" in needs else []
    _widen(typed, confidence, why + refused(lines), needs, lines)


def _needs_of_uses(refusing: Sequence[Place], name: str) -> list[str]:
    return [f"{name} may be null"] if refusing else []


def _widen(
    typed: _Typed,
    confidence: Confidence,
    why: str,
    needs: Sequence[str],
    waiting: Sequence[Line],
    *,
    is_quiet: bool = False,
) -> None:
    if confidence is Confidence.CERTAIN:
        confidence = Confidence.LIKELY  # until something certain needs it
    place = Place(typed.file, typed.node)
    widen(place, confidence, why, is_lazy=True, needs=needs, is_quiet=is_quiet, waiting=waiting)


def _lacking(file: FileContext, member: Node, relations: Iterable[OptionalRelation]) -> str:
    """A sentence on what a record has besides now, and the type around a member has not; empty when it has all."""
    models = dict.fromkeys(each.model for each in relations)
    members = {key_of(each) for each in member.parent.named_children} if member.parent is not None else set()
    for model in models if _function_of(member) is None else ():
        keys = [key for each in file.facts.required_of(model) for key in each.foreign_keys if key not in members]
        if keys and repeats(file.facts, model, members):
            return f" {with_article(model, 'A')} has {name_list(keys)} besides now."
    return ""


def _may_be_meant(
    file: FileContext, node: Node, name: str, relations: Iterable[OptionalRelation], confidence: Confidence
) -> bool:
    """Whether the key of a changed model may arrive at a member or parameter without being seen to.

    What types tell is told where it flows. So this is about values of which nothing is known, and about types that
    nothing in the code gives a value to, and that repeat the model or are called like it.
    """
    known, names = list(relations), members_around(node)
    called = name_around(node)
    if confidence is Confidence.UNSURE and is_called_after_another(file.facts, called, name):
        return False
    if confidence is Confidence.UNSURE and fits_another(file.facts, name, known, names):
        return False
    if confidence is Confidence.UNSURE and is_test(file.source.path) and _is_of_value(node):
        return False
    is_repeated = any(repeats(file.facts, each.model, names) for each in known)
    if confidence is Confidence.UNSURE and not is_repeated and is_key_of_others(file.facts, name):
        return False
    given = whole_givers_of(file, node, name)
    if given:
        is_stored = any(mirrors(file.facts, called, each.model, names) for each in known)
        return is_stored or any(is_open(each, name) for each in given)
    return confidence is not Confidence.UNSURE or (_function_of(node) is None and is_repeated)


def _is_of_value(member: Node) -> bool:
    """Whether a member stands in what the type of a variable is written with, and not in a type that has a name."""
    outer = nearest(member, "variable_declarator", *_NAMED_TYPES)
    return outer is not None and outer.type == "variable_declarator"


def members_around(node: Node) -> set[str]:
    """The names of the members of the type around one."""
    shape = node.parent
    return {key_of(each) for each in shape.named_children if each.type in _TYPED} if shape is not None else set()


def _function_of(node: Node) -> Node | None:
    """The function whose parameter list a type stands in."""
    for outer in ancestors(node):
        if outer.type == "formal_parameters":
            return outer.parent if outer.parent is not None and is_function(outer.parent) else None
        if outer.type in {"statement_block", *_NAMED_TYPES}:
            return None
    return None


def _type_name(node: Node) -> str:
    outer = nearest(node, *_NAMED_TYPES)
    return key_of(outer) if outer is not None else ""


def name_around(node: Node) -> str:
    """What the type is called that has a member itself: what is inside of another member is something else."""
    outer = nearest(node, *_NAMED_TYPES, "property_signature")
    return key_of(outer) if outer is not None and outer.type in _NAMED_TYPES else ""


def _confidence_by_name(facts: SchemaFacts, node: Node, key: str, relations: Sequence[OptionalRelation]) -> Confidence:
    """Likely where a type is called after the model, and by that name alone where other models have the key as well."""
    name = name_around(node) if _function_of(node) is None else ""
    models = {relation.model for relation in relations}
    if is_key_of_others(facts, key):
        is_named = any(is_called_after_only(facts, name, model) for model in models)
    else:
        named = (model for model in models if model.lower() in name.lower())
        is_named = any(not is_of_longer(facts, name, model) for model in named)
    return Confidence.LIKELY if is_named else Confidence.UNSURE
