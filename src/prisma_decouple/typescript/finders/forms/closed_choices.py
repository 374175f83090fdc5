"""What lets somebody choose a record and has nothing that stands for none: `<select>{options}</select>`.

Options stand in it as elements, or are given to it: `<Select options={authors.map(({ id }) => ({ value: id }))} />`.
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.forms.form_fields import (
    CHOSEN,
    TAGS,
    attributes_of,
    compared_in,
    is_field,
    tags_around,
    value_in,
)
from prisma_decouple.typescript.source.conditions import alternatives, conjuncts
from prisma_decouple.typescript.source.literals import property_value, values_of
from prisma_decouple.typescript.source.scopes import held_by, returned_values
from prisma_decouple.typescript.source.syntax import (
    ancestors,
    call_arguments,
    callee,
    descendants,
    is_function,
    is_inside,
    last_name,
    nearest,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.source.vocabulary import ID, KEEPS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tree_sitter import Node

_CHOICE = re.compile(
    r"^select$|Select(?:Field)?$|^Picker$|Dropdown$|Combo[bB]ox$|Auto[cC]omplete$|[lL]istbox$|RadioGroup$|Radio\.Group$"
)
# One of several of which one is chosen.
_RADIOS = frozenset({"ElRadio", "Radio", "RadioButton"})
_RADIO = "radio"
# With which nothing can be chosen again, and without which that cannot be done: antd, Mantine, React Select, MUI,
# PrimeReact, Headless UI.
_OPENS = frozenset({"allowClear", "allowDeselect", "clearable", "isClearable", "nullable", "showClear"})
_SHUTS = frozenset({"disableClearable"})
# What options are given as, by those that take nothing back by themselves, and what of them is the value.
_OPTIONS = frozenset({"items", "options"})
_VALUE = "value"
_VALUE_KEYS = frozenset(
    {
        *("itemValue", "optionValue", "valueAttribute", "valueKey"),
        *("item-value", "option-value", "value-attribute", "value-key"),
    }
)
# An option that stands for none and says that there has to be one: "Choose an author", in the usual languages.
_PROMPT = re.compile(
    r"^\W*(?:please\b|choose|pick|select|bitte|wähl|auswähl|wybierz|selec|selezion|scegli|eli[gj]|escoj|escolh|choisi|"
    r"sélectionn|kies|selecteer|välj|vælg|velg|valitse|vyb[eií]r|zvol|\u0432\u044b\u0431\u0435\u0440|"
    r"\u043e\u0431\u0435\u0440|seç|chọn|pilih|选择|请选|請選|選択|선택)",
    re.IGNORECASE,
)
# What asks whether there is nothing to choose from, or not yet, and whether there is.
_NO_OTHERS = re.compile(
    r"^!\s*[\w$.?]+\.length$|\.length\s*(?:===?\s*0|<=?\s*[01])$|(?:^|[iI]s|\.)(?:[lL]oading|[pP]ending|[fF]etching)$"
    r"|Loading$"
)
_SOME = re.compile(r"\.length(?:\s*(?:>|!==?)\s*0)?$|\.length\s*>=\s*1$|^!\w*[lL]oading$")
# These take back what was chosen, unless they are told not to.
_TAKES_BACK = re.compile(r"Auto[cC]omplete$|Combo[bB]ox$")


def closed_choices(around: Node, field: str, texts: Collection[str]) -> Iterator[Node]:
    """The openings of the elements to choose from that are a field, and have nothing for none.

    Args:
        around: the component.
        field: the name of the field.
        texts: what its value is called.
    """
    for tag in (each for kind in TAGS for each in descendants(around, kind)):
        name = text_of(tag.child_by_field_name("name"))
        is_choice = _CHOICE.search(name) is not None and _is_closed(tag, name)
        if is_choice and any(is_field(each, field, texts) for each in (tag, *tags_around(tag))):
            yield tag
    yield from _closed_radios(around, field, texts)


def prompting_choices(around: Node, field: str, texts: Collection[str]) -> Iterator[Node]:
    """The openings of the options that stand for none, and read as if something had to be chosen.

    Args:
        around: the component.
        field: the name of the field.
        texts: what its value is called.
    """
    for tag in (each for kind in TAGS for each in descendants(around, kind)):
        is_choice = _CHOICE.search(text_of(tag.child_by_field_name("name"))) is not None
        if is_choice and any(is_field(each, field, texts) for each in (tag, *tags_around(tag))):
            values = (each for each in _values_in(tag) if each.type == "string" and not string_value(each))
            options = (nearest(each, *TAGS) for each in values)
            yield from (each for each in options if each is not None and _is_prompt(each))


def _is_prompt(option: Node) -> bool:
    written = option.parent.named_children if option.parent is not None else []
    said = " ".join(text_of(each).strip() for each in written if each.type == "jsx_text")
    return _PROMPT.match(said) is not None


def _is_closed(tag: Node, name: str) -> bool:
    """Whether nothing stands for none in what an element lets choose from."""
    given = attributes_of(tag)
    said = [(each in _SHUTS) == (text_of(given[each]) != "false") for each in sorted((_OPENS | _SHUTS) & given.keys())]
    if said:
        return all(said)
    chosen = list(_values_in(tag))
    if chosen:
        return all(last_name(value_in(each)) == ID for each in chosen)
    listed = [value for each in sorted(_OPTIONS & given.keys()) if (value := given[each]) is not None]
    key = next((string_value(given[each]) for each in sorted(_VALUE_KEYS & given.keys())), "")
    return not _TAKES_BACK.search(name) and any(_are_of_records(each, key) for each in listed)


def _values_in(tag: Node) -> Iterator[Node]:
    """The values of the options that stand in an element, without those that cannot be chosen, or only for want."""
    element = tag.parent if tag.type == "jsx_opening_element" else None
    for each in (each for kind in TAGS for each in descendants(element, kind)) if element is not None else ():
        given = attributes_of(each)
        value = given.get(_VALUE)
        if each != tag and value is not None and "disabled" not in given and not _is_for_want(each, tag):
            yield value


def _is_for_want(option: Node, tag: Node) -> bool:
    """Whether an option is only there while there is nothing else to choose: `{!authors.length && <option … />}`."""
    inner = option
    for outer in takewhile(lambda each: not is_inside(each, tag), ancestors(option)):
        condition = outer.child_by_field_name("condition") or outer.child_by_field_name("left")
        if condition is not None and condition != inner:
            is_otherwise = outer.child_by_field_name("alternative") == inner
            asked = alternatives(condition) if not is_otherwise else conjuncts(condition)
            if all((_SOME if is_otherwise else _NO_OTHERS).search(text_of(each)) for each in asked):
                return True
        inner = outer
    return False


def _are_of_records(listed: Node, key: str) -> bool:
    """Whether options are made of records alone: `authors.map((author) => ({ value: author.id }))`.

    Args:
        listed: the options.
        key: what of each is its value, where they are the records themselves: `optionValue="id"`.
    """
    kept = held_by(unwrapped(listed)) or listed
    computed = callee(kept)[1] in KEEPS if kept.type == "call_expression" else False
    functions = call_arguments(kept)[:1] if computed else []
    whole = [value for each in functions if is_function(each) for value in returned_values(each)] or [listed]
    options = [option for each in whole for option in values_of(each)]
    values = [property_value(each, _VALUE) for each in options if each.type == "object"]
    if key:
        return key == ID and not values
    return len(values) == len(options) and all(last_name(value_in(each)) == ID for each in values if each is not None)


def _closed_radios(around: Node, field: str, texts: Collection[str]) -> Iterator[Node]:
    """The first of the buttons of which one is chosen, where each stands for a record."""
    tags = [each for kind in TAGS for each in descendants(around, kind) if _is_radio(each)]
    radios = [each for each in tags if is_field(each, field, texts)]
    if radios and all(map(_stands_for_record, radios)):
        yield radios[0]


def _is_radio(tag: Node) -> bool:
    name = text_of(tag.child_by_field_name("name"))
    return name in _RADIOS or (name.lower() == "input" and string_value(attributes_of(tag).get("type")) == _RADIO)


def _stands_for_record(tag: Node) -> bool:
    """Whether a button stands for a record, by its value, or by when it is the chosen one."""
    given = attributes_of(tag)
    value = given.get(_VALUE)
    if value is not None:
        return last_name(value_in(value)) == ID
    compared = [each for name in CHOSEN if (shown := given.get(name)) is not None for each in compared_in(shown)]
    return any(last_name(each) == ID for each in compared)
