"""Whether something that is written down repeats a model."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from prisma_decouple.typescript.facts import client_accessor

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable

    from prisma_decouple.typescript.changes import LostField, OptionalRelation
    from prisma_decouple.typescript.facts import SchemaFacts

_SOME, _SEVERAL, _MANY = 2, 3, 6
_NEARLY_ALL = 0.8
_WORD = re.compile(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])")
_PLURAL = re.compile(r"(?<=\w\w)ies$")  # of a category
# What stands beside a model's name in those of types that repeat it, or hold what it is made of, in the singular.
_BESIDE = frozenset(
    {
        *("a", "add", "an", "and", "api", "arg", "attribute", "base", "body", "create", "created", "data", "db"),
        *("detail", "doc", "document", "dto", "edit", "entity", "fake", "field", "for", "form", "from", "full", "i"),
        *("include", "info", "input", "insert", "interface", "item", "json", "list", "make", "mock", "model", "my"),
        *("new", "object", "of", "option", "or", "output", "pair", "param", "parameter", "partial", "payload"),
        *("plain", "prop", "properties", "property", "public", "raw", "record", "relation", "request", "response"),
        *("result", "row", "save", "schema", "select", "serialized", "shape", "simple", "state", "summary", "t"),
        *("test", "the", "type", "union", "update", "updated", "upsert", "value", "view", "with"),
    }
)

# What is called so asks for records, and makes none.
_ASKS = frozenset({"argument", "criteria", "filter", "order", "query", "search", "sort", "unique", "where"})


def fields_of(facts: SchemaFacts, model: str) -> frozenset[str]:
    """The names of the fields, relation fields and keys that a model has, or had."""
    relations = [each for each in facts.relations if each.model == model]
    names = {name for each in relations for name in (each.name, *each.foreign_keys)}
    names |= {each.name for each in facts.columns if each.model == model}
    return frozenset(names | {each.name for each in facts.lost_fields if each.model == model})


def only_model_with(facts: SchemaFacts, names: Collection[str]) -> str:
    """The only model that has fields of all these names; empty when there is none, or another one."""
    models = [model for model in facts.models if names and set(names) <= fields_of(facts, model)]
    return models[0] if len(models) == 1 else ""


def repeats(facts: SchemaFacts, model: str, names: Collection[str]) -> bool:
    """Whether most names are those of a model's fields, and not only one or two."""
    shared = fields_of(facts, model) & set(names)
    return len(shared) >= _SEVERAL and 2 * len(shared) > len(names)


def is_repeated_by(facts: SchemaFacts, model: str, called: str, names: Collection[str]) -> bool:
    """Whether what is called so, and has members of these names, repeats a model, and none that it is as like to."""
    if is_called_after(called, model):
        return not is_of_longer(facts, called, model)
    shared = len(fields_of(facts, model) & set(names))
    others = (each for each in facts.models if each != model)
    is_likest = all(len(fields_of(facts, each) & set(names)) < shared for each in others)
    return is_likest and repeats(facts, model, names)


def mirrors(facts: SchemaFacts, name: str, model: str, names: Collection[str]) -> bool:
    """Whether a type stands for a model beside the client's: `StoredBook` with nearly all that a book has.

    Args:
        facts: the change.
        name: of the type, which ends with that of the model.
        model: the model.
        names: of its members.
    """
    shared, words = fields_of(facts, model) & set(names), words_of(name)
    is_whole = len(shared) >= _MANY and _NEARLY_ALL * len(names) <= len(shared)
    ends = [each for each in map(words_of, facts.models) if words[-len(each) :] == each]
    return is_whole and max(ends, key=len, default=None) == words_of(model)


def fits_another(
    facts: SchemaFacts,
    key: str,
    relations: Iterable[OptionalRelation | LostField],
    names: Collection[str],
) -> bool:
    """Whether names are those of the fields of a model in which a key is as it was, and not all of the changed one's.

    Args:
        facts: the change.
        key: the key, or a field that is gone.
        relations: those that changed, or the fields of that name that are gone.
        names: of the members that stand together.
    """
    changed = {each.model for each in relations}
    if not all(set(names) - fields_of(facts, model) for model in changed):
        return False
    others = (fields_of(facts, model) for model in facts.models if model not in changed)
    return any({key, *names} <= fields for fields in others)


def is_liker_another(facts: SchemaFacts, key: str, names: Collection[str]) -> bool:
    """Whether a model in which a key is as it was has more of some names than each one in which it may be null now.

    Args:
        facts: the change.
        key: the key.
        names: of the members that stand together.
    """
    changed, others = (
        max((len(fields_of(facts, each) & {*names}) for each in models), default=0)
        for models in _models_with(facts, key)
    )
    return others > changed


def words_of(name: str) -> list[str]:
    """The words of a name, in lower case and in the singular: those of `mockOrdersRepo` are mock, order and repo."""
    return [_PLURAL.sub("y", word.lower()).removesuffix("s") for word in _WORD.findall(name)]


def says_no_model(name: str) -> bool:
    """Whether a name only says what is done with something: `bodySchema`."""
    return set(words_of(name)) <= _BESIDE


def is_of_question(name: str) -> bool:
    """Whether what is called so asks for records: `BookFilter`, `BookWhereInput`."""
    return not _ASKS.isdisjoint(words_of(name))


def is_called_after(name: str, model: str) -> bool:
    """Whether a type's name is that of a model, with no other thing in it: `NewBookInput`, but not `BookLabelInput`."""
    words, own = words_of(name), words_of(model)
    for start in range(len(words) - len(own) + 1):
        if words[start : start + len(own)] == own:
            return {*words[:start], *words[start + len(own) :]} <= _BESIDE
    return False


def is_called_after_only(facts: SchemaFacts, name: str, model: str) -> bool:
    """The same, unless a model with a longer name is meant."""
    return is_called_after(name, model) and not is_of_longer(facts, name, model)


def is_of_longer(facts: SchemaFacts, name: str, model: str) -> bool:
    """Whether a model with a longer name is meant: a `BookRequest` is no `Book` where there is such a model."""
    longer = (each for each in facts.models if set(words_of(model)) < set(words_of(each)))
    return any(is_called_after(name, each) for each in longer)


def is_key_of_others(facts: SchemaFacts, key: str, words: Container[str] = ()) -> bool:
    """Whether more models have a key of that name that is as it was than one that may be null now.

    What the models call the relation matters nothing here: `userId` is the key of an author and of a reader.

    Args:
        facts: the change.
        key: the key.
        words: of a file; where it speaks of a changed model, that is the likelier one.
    """
    changed, others = _models_with(facts, key)
    return len(others) > len(changed) and not _is_spoken_of(changed, words)


def is_called_after_another(facts: SchemaFacts, name: str, key: str) -> bool:
    """Whether a name is that of a model in which a key is as it was, and of none in which it may be null now."""
    changed, others = _models_with(facts, key)
    is_other = any(is_called_after_only(facts, name, each) for each in others)
    return is_other and not any(is_called_after(name, each) for each in changed)


def is_likelier_of_others(facts: SchemaFacts, key: str, words: frozenset[str]) -> bool:
    """Whether a key is as likely to be that of a model in which it is as it was, by the models of which a file speaks.

    Where it speaks of those only, or of none while they are more. What is called after a model, `createBook`, speaks of
    it where nothing has its name.
    """
    changed, others = _models_with(facts, key)
    told = [_is_spoken_of(each, words) for each in (changed, others)]
    if not any(told):
        told = [_is_in_names(each, words) for each in (changed, others)]
    return told[1] if told[0] != told[1] else len(others) > len(changed)


def likeliest_model(facts: SchemaFacts, name: str, beside: Collection[str], words: frozenset[str]) -> str:
    """The model with a field that may be null now which has more of some fields than any that always has it.

    Args:
        facts: the change.
        name: of the field.
        beside: the names of all fields that stand together.
        words: of the file in which they do.

    Returns:
        Empty when there is none, or only one of these fields is its own.
    """
    shared = {each: len(fields_of(facts, each) & {*beside}) for each in facts.models if name in fields_of(facts, each)}
    changed = [each for each in sorted(facts.changed_models) if name in facts.nullable_names(each)]
    own = max(changed, key=lambda each: shared.get(each, 0), default="")
    most, others = shared.get(own, 0), max((shared[each] for each in shared.keys() - {*changed}), default=0)
    is_own = most > others or (most == others and not is_likelier_of_others(facts, name, words))
    return own if most >= _SOME and is_own else ""


def _is_in_names(models: Iterable[str], words: frozenset[str]) -> bool:
    """Whether the name of a model is a part of one of some names, which say more: `createBook`, and not `books`."""
    parts = [f" {' '.join(words_of(each))} " for each in models]
    return any(part in name and part != name for name in _taken_apart(words) for part in parts)


@lru_cache(maxsize=64)
def _taken_apart(words: frozenset[str]) -> frozenset[str]:
    """The words of which names are made, with blanks around each: ` create manual invoice `."""
    return frozenset(f" {' '.join(words_of(each))} " for each in words)


def _models_with(facts: SchemaFacts, key: str) -> tuple[set[str], set[str]]:
    """The models whose key of that name may be null now, and those that have one that is as it was."""
    changed = {each.model for each in facts.optional_by_key(key)}
    others = {each.model for each in facts.relations if key in each.foreign_keys}
    others |= {each.model for each in facts.columns if each.name == key}
    return changed, others - changed


def is_of_others(facts: SchemaFacts, relations: Iterable[OptionalRelation], words: Container[str] = ()) -> bool:
    """Whether more models have a relation of that name that is as it was than one that may be absent now.

    Args:
        facts: the change.
        relations: those that changed.
        words: of a file; where it speaks of a changed model, that is the likelier one.
    """
    known = list(relations)
    others = {model for each in known for model in facts.namesakes(each)}
    changed = {each.model for each in known}
    return len(others) > len(changed) and not _is_spoken_of(changed, words)


def _is_spoken_of(models: Iterable[str], words: Container[str]) -> bool:
    return any(name in words for model in models for name in (model, client_accessor(model)))
