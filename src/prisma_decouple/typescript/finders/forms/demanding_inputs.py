"""What a form asks for that a record can do without: `<select name="authorId" required>` where a book is made.

Also the rules that a library checks: `register("authorId", { required: true })`, `<Form.Item name="authorId"
rules={[{ required: true }]}>`, `useForm({ validate: { authorId: isNotEmpty() } })`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.child_components import parts_of
from prisma_decouple.typescript.finders.forms.closed_choices import closed_choices, prompting_choices
from prisma_decouple.typescript.finders.forms.closed_fields import CLOSES, closed_by_lists, closed_to_changes
from prisma_decouple.typescript.finders.forms.closed_ways import STARTS
from prisma_decouple.typescript.finders.forms.emptied_fields import emptied_fields
from prisma_decouple.typescript.finders.forms.form_fields import (
    BRACES,
    GIVEN,
    is_field,
    registers,
    shown_as,
    tags_around,
)
from prisma_decouple.typescript.finders.forms.form_rules import (
    DESCRIBED,
    REQUIRED,
    RULES,
    WHOLE_RULES,
    asks_by_schema,
    demands,
    refuses_field,
    says_without,
)
from prisma_decouple.typescript.finders.forms.library_forms import watched
from prisma_decouple.typescript.finders.uses.missing_values import missing_in
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.source.conditions import conjuncts, present_unless
from prisma_decouple.typescript.source.outcomes import FALSE, Outcome, outcome_of
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import (
    call_arguments,
    children_of,
    descendants,
    is_inside,
    key_of,
    names_in,
    nearest,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.properties import constant_behind
from prisma_decouple.typescript.wording import with_article

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.source.missing import Missing


_ENABLED = frozenset({"enabled", "isEnabled"})
# With which an element shows that something is wrong.
_WRONG = frozenset({"error", "invalid", "isInvalid"})
_ALWAYS = frozenset({"false", "true"})  # whatever there is
_DEPTH = 2
_SENDING = re.compile(r"button|submit", re.IGNORECASE)


def note_demanded(
    around: Place, texts: Collection[str], field: str, meant: tuple[str, str], depth: int = _DEPTH
) -> None:
    """Note what asks for a field of a form.

    Args:
        around: the component, or the file, that has the form; the findings of its file are filled.
        texts: what the field's value is called where the component keeps it: `form.authorId`.
        field: the name of the field.
        meant: the model that may be made without it now, and the key that is.
        depth: how far the components are followed of which it is made.
    """
    texts = {*texts, *watched(around.node, field), *shown_as(around.node, field)}
    becomes = f"what becomes the `{meant[1]}` of {with_article(meant[0])}, which may be without one now"
    asking = (
        *_asking_elements(around, field, texts),
        *_asking_calls(around, field),
        *_rules_in(around, field),
    )
    _tell(around.file, asking, f"This form asks for {becomes}. Look whether it still should.")
    why = f"Nothing can be chosen here that stands for none, for {becomes}. Look whether there should be."
    _tell(around.file, closed_choices(around.node, field, texts), why)
    why = f"This reads as if one had to be chosen for {becomes}. Look whether it should say that none will do."
    _tell(around.file, prompting_choices(around.node, field, texts), why)
    why = f"Nothing can be sent here without {becomes}. Look whether it still should be so."
    _tell(around.file, _disabled(around, texts), why)
    why = f"Nothing can be done here while there is nothing to choose from for {becomes}. Look whether it should."
    closed = closed_by_lists(around.node, field, texts)
    _tell(around.file, (asked for at, asked in closed if not around.file.is_told_inside(at, Kind.FLOW)), why)
    why = f"This sends a text for {becomes}. Look what is made of it where there is none."
    _tell(around.file, emptied_fields(around, field, texts), why)
    why = f"This keeps anybody from changing {becomes}: one without stays so. Look whether it still should."
    _tell(around.file, closed_to_changes(around.node, field, texts), why)
    for part, inner in parts_of(around, texts) if depth else ():
        note_demanded(part, inner, field, meant, depth - 1)


def _tell(file: FileContext, places: Iterable[Node], why: str) -> None:
    for place in places:
        if not file.is_told(place, Kind.FLOW):
            file.hint(place, Kind.FLOW, Confidence.UNSURE, why)


def _asking_elements(around: Place, field: str, texts: Collection[str]) -> Iterator[Node]:
    """The `required`, or the rules that say so, of the elements that are a field, or are around one."""
    for attribute in descendants(around.node, "jsx_attribute"):
        if _asks(around.file, attribute, texts) and any(
            is_field(each, field, texts) for each in tags_around(attribute)
        ):
            yield attribute


def _asks(file: FileContext, attribute: Node, texts: Collection[str]) -> bool:
    """Whether an attribute asks for a value, or shows that something is wrong without."""
    name, values = text_of(attribute.named_children[0]).removeprefix(GIVEN), attribute.named_children[1:]
    if name == REQUIRED:
        return _is_on(values)
    given = [each for value in values for each in (children_of(value)[:1] if value.type == BRACES else [value])]
    if name in RULES:
        return any(demands(each) or asks_by_schema(each) for each in _rules(file, given))
    asked = (each for condition in given for part in conjuncts(unwrapped(condition)) for each in present_unless(part))
    return name in _WRONG and any(text_of(unwrapped(each)) in texts for each in asked)


def _disabled(around: Place, texts: Collection[str]) -> Iterator[Node]:
    """The `disabled={!form.authorId || isSaving}` of what is clicked to send a form, or where `!ready` asks for it."""
    missing = missing_in(around.file, texts)
    for attribute in descendants(around.node, "jsx_attribute") if texts else ():
        name, *values = attribute.named_children
        is_meant = text_of(name).removeprefix(GIVEN) in CLOSES | _ENABLED
        is_button = is_meant and attribute.parent is not None and _is_button(attribute.parent)
        given = map(unwrapped, children_of(values[0])[:1] if values and is_button else ())
        for condition in (each for each in given if each.type not in _ALWAYS):
            if text_of(name).removeprefix(GIVEN) in _ENABLED:
                yield from (attribute,) if outcome_of(condition, missing) in FALSE else ()
            else:
                yield from _where_shut(attribute, condition, missing)


def _where_shut(attribute: Node, condition: Node, missing: Missing) -> Iterator[Node]:
    """Where it is asked what disables something for want of a value: there, or in the constant that it is."""
    found = next((each for each in map(unwrapped, present_unless(condition)) if missing.is_it(each)), None)
    if found is not None:
        yield attribute if is_inside(attribute, found) else found
    elif outcome_of(condition, missing) is Outcome.HOLDS:
        yield attribute


def _is_button(element: Node) -> bool:
    attributes = (each.named_children[0] for each in element.named_children if each.type == "jsx_attribute")
    is_called_so = _SENDING.search(text_of(element.child_by_field_name("name"))) is not None
    return is_called_so or any(text_of(each) in STARTS for each in attributes)


def _rules(file: FileContext, given: Iterable[Node]) -> Iterator[Node]:
    """Some rules, and those that another file keeps under a name: those of the same file are told themselves."""
    for each in given:
        found = constant_behind(Place(file, each))
        yield found.node if found.file is not file else each


def _asking_calls(around: Place, field: str) -> Iterator[Node]:
    """`register("authorId", { required: true })`, `useField("authorId", "required")`."""
    for call in descendants(around.node, "call_expression"):
        given = call_arguments(call)[1:2] if registers(call, field) else ()
        if any(map(demands, _rules(around.file, given))):
            yield call


def _rules_in(around: Place, field: str) -> Iterator[Node]:
    """The rules for a field in what is given to a library: `validate: { authorId: isNotEmpty() }`.

    What a constant beside the function is, which it names, is given as well.
    """
    beside = _constants_beside(around)
    for part in (around.node, *beside):
        for pair in (each for each in descendants(part, "pair") if nearest(each, "decorator") is None):
            value = pair.child_by_field_name("value")
            if value is not None and _asks_for(key_of(pair), value, field):
                yield pair
            elif key_of(pair) in DESCRIBED and string_value(value) == field and pair.parent is not None:
                yield from (pair.parent,) if demands(pair.parent) else ()


def _asks_for(name: str, rule: Node, field: str) -> bool:
    """Whether a rule is for a field and asks for it, or is for a whole form and does."""
    if name == field:
        return demands(rule) or says_without(rule, field)
    return name in WHOLE_RULES and refuses_field(rule, field)


def _constants_beside(around: Place) -> Iterator[Node]:
    """The constants of the file, outside of a function, that are named in it."""
    root = around.file.source.root
    for statement in root.named_children if around.node != root else ():
        declared = statement.child_by_field_name("declaration") or statement
        for each in declared.named_children if declared.type == "lexical_declaration" else ():
            if not is_inside(each, around.node) and any(names_in(around.node, key_of(each))):
                yield each


def _is_on(values: Iterable[Node]) -> bool:
    """`required`, `required="required"` or `required={true}`: what depends on something may know already."""
    return all(each.type == "string" or text_of(each) == "{true}" for each in values)
