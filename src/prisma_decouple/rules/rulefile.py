"""Loading a rule file: its sections, the built-in files it can extend, and the optional groups it turns on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from os import PathLike
from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.documents.yaml_text import read_yaml
from prisma_decouple.errors import InputError, RuleFileError, decoded, did_you_mean
from prisma_decouple.invariants.declared import Invariant, check_declarations
from prisma_decouple.model.names import MOST_OF_LABEL, migration_label
from prisma_decouple.rules.code import CodeRules
from prisma_decouple.rules.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from prisma_decouple.documents.document import Document, Key
    from prisma_decouple.errors import Place
    from prisma_decouple.rules.operation import Operation

DEFAULT_RULES = "decouple-integration"


class Sections(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The top level of a rule file.

    Attributes:
        name: names the migration.
        description: one or two sentences for the head of the migration.
        extends: a built-in rule file whose rules come first.
        options: what the optional groups of rules are for, by their names.
        enable: the optional groups that are on.
        rules: each one operation with its settings; with `option`, only when that group is on.
        invariants: what `check` watches over, besides what the rules promise themselves.
        code: what the rules know about the code base.
    """

    name: str | None = None
    description: str | None = None
    extends: str | None = None
    options: dict[str, str] = {}
    enable: tuple[str, ...] = ()
    rules: tuple[dict[str, object], ...] = ()
    invariants: tuple[dict[str, object], ...] = ()
    code: CodeRules | None = None


@dataclass(frozen=True)
class Rule:
    """One rule: what to do, in which optional group, and where it is written."""

    kind: str
    operation: Operation
    option: str | None
    document: Document
    key: Key

    def place(self, setting: str, word: Key = ()) -> Place | None:
        """Where a setting of the operation stands, or a key inside it; the whole rule when it is not written."""
        key = (*self.key, self.kind, setting)
        return self.document.key_places.get((*key, *word)) if word else self.document.place(key)


@dataclass(frozen=True)
class RuleSet:
    """All rules of a rule file and of the one it extends.

    Attributes:
        rules: those that are on, in order.
        options: all optional groups, and what they are for.
        declared: the invariants that are written in the file.
    """

    name: str
    description: str
    rules: tuple[Rule, ...]
    options: dict[str, str] = field(default_factory=dict)
    declared: tuple[Invariant, ...] = ()
    code: CodeRules = field(default_factory=CodeRules)

    @property
    def invariants(self) -> tuple[Invariant, ...]:
        """What is declared, and what the rules promise."""
        return (*self.declared, *(promise for rule in self.rules for promise in rule.operation.promises()))


def load_rules(source: str | Path = DEFAULT_RULES, *, enable: Iterable[str] = ()) -> RuleSet:
    """Load a rule file.

    Args:
        source: the name of a built-in rule file, or the path of a file.
        enable: optional groups to turn on besides those that the file turns on itself.

    Returns:
        The rules, validated as far as that is possible without a schema.

    Raises:
        InputError: the file cannot be read.
        RuleFileError: the file is not a rule file; the error has the place.
    """
    if isinstance(source, str) and source in builtin_names():
        return parse_rules(_builtin_text(source), f"{source} (built in)", enable=enable)
    if not isinstance(source, str | PathLike):
        raise InputError(f"a rule file is named by a path, not {type(source).__name__}")
    try:
        with open(source, "rb") as file:  # noqa: PTH123 - the source may be a string
            content = file.read()
    except OSError as error:
        hint = f"built-in rule files: {', '.join(builtin_names())}"
        raise InputError(f"the rule file `{source}` cannot be read: {error.strerror}", hint=hint) from None
    return parse_rules(decoded(content, str(source)), str(source), enable=enable)


def parse_rules(text: str, path: str = "rules.yaml", *, enable: Iterable[str] = ()) -> RuleSet:
    """As `load_rules`, from the text of a rule file; `path` is how messages name it."""
    if not isinstance(text, str):
        raise InputError(f"the text of a rule file is a str, not {type(text).__name__}")
    document = read_yaml(path, text)
    if document.value is None:
        raise RuleFileError("the rule file is empty", place=document.place(()))
    if not isinstance(document.value, dict):
        raise RuleFileError("a rule file is a mapping with the key `rules`", place=document.place(()))
    sections = document.convert((), Sections)
    if sections.name is not None and not migration_label(sections.name):
        hint = f"use a few words of letters and digits, at most {MOST_OF_LABEL} with what joins them"
        place = document.place(("name",))
        raise RuleFileError(f"`{sections.name}` cannot name a migration", place=place, hint=hint)
    base = _base(document, sections)
    options = {**(base.options if base else {}), **sections.options}
    wanted = {name: document.place(("enable", at)) for at, name in enumerate(sections.enable)}
    for name, place in {**dict.fromkeys(enable), **wanted}.items():
        if name not in options:
            raise RuleFileError(f"there is no option `{name}`", place=place, hint=did_you_mean(name, options))
    own = tuple(_rule(document, ("rules", at), options) for at in range(len(sections.rules)))
    rules = (*(base.rules if base else ()), *own)
    check_declarations(document, ("invariants",))
    declared = tuple(document.convert(("invariants", at), Invariant) for at in range(len(sections.invariants)))
    if not rules and not declared:
        raise RuleFileError("the rule file has no rules", place=document.place(()))
    on = {*enable, *wanted}
    return RuleSet(
        name=sections.name or (base.name if base else "refactoring"),
        description=" ".join((sections.description or (base.description if base else "")).split()),
        rules=tuple(rule for rule in rules if rule.option is None or rule.option in on),
        options=options,
        declared=(*(base.declared if base else ()), *declared),
        code=sections.code or (base.code if base else CodeRules()),
    )


@cache
def builtin_names() -> tuple[str, ...]:
    """The names of the rule files that are part of this package."""
    folder = files(__package__) / "builtin"
    return tuple(sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml")))


def _builtin_text(name: str) -> str:
    return (files(__package__) / "builtin" / f"{name}.yaml").read_text(encoding="utf-8")


def _base(document: Document, sections: Sections) -> RuleSet | None:
    """The rule file that this one extends, with all its optional groups on: which ones stay is decided at the end."""
    if sections.extends is None:
        return None
    if sections.extends not in builtin_names():
        raise RuleFileError(
            f"there is no built-in rule file `{sections.extends}`",
            place=document.place(("extends",)),
            hint=did_you_mean(sections.extends, builtin_names()),
        )
    text = _builtin_text(sections.extends)
    names = read_yaml(sections.extends, text).convert((), Sections).options
    return parse_rules(text, f"{sections.extends} (built in)", enable=names)


def _rule(document: Document, key: Key, options: Iterable[str]) -> Rule:
    entry = dict(document.get(key))
    option = entry.pop("option", None)
    if option is not None and option not in options:
        hint = did_you_mean(str(option), options)
        raise RuleFileError(f"there is no option `{option}`", place=document.place((*key, "option")), hint=hint)
    for kind in entry:
        if kind not in OPERATIONS:
            place = document.key_places.get((*key, kind))
            raise RuleFileError(f"there is no operation `{kind}`", place=place, hint=did_you_mean(kind, OPERATIONS))
    if len(entry) != 1:
        raise RuleFileError(
            "a rule has exactly one operation", place=document.place(key), hint="begin a rule with `- `"
        )
    (kind,) = entry
    return Rule(kind, document.convert((*key, kind), OPERATIONS[kind]), option, document, key)
