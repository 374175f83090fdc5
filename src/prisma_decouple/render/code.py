"""The hints as files: a guide for people and a list for programs."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from prisma_decouple.render.patch import render_patch
from prisma_decouple.render.proposals import difference, joined
from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.hints import Confidence, Kind
from prisma_decouple.typescript.wording import model_list, name_list, with_article

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from prisma_decouple.rules.code import Lookup
    from prisma_decouple.typescript.changes import OptionalRelation, RequiredRelation
    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.hints import CompilerReport, Hint, ScanResult

_FORMAT_VERSION = 1
_SHORTEST_FENCE = 3
_TITLES = {
    Kind.CREATE: "Creates without the new key",
    Kind.CALL: "Calls that do not pass it",
    Kind.PARAMETER: "Functions that do not take it",
    Kind.SENTINEL: "Stand-ins for none",
    Kind.GONE: "What the schema has no more",
    Kind.READ: "Reads through what may be absent",
    Kind.FILTER: "Queries that leave rows out, and deletions",
    Kind.INCLUDE: "Queries that may load null",
    Kind.TYPE: "Types that say never null",
    Kind.COMPILER: "What else the compiler says",
    Kind.FLOW: "Where values arrive that were not expected",
    Kind.SPOKEN: "What else speaks of it",
}


@dataclass(frozen=True)
class Counterpart:
    """The other side of changed relations, as the guide speaks of it.

    Attributes:
        relation: the first of the relations; those of the other models differ in nothing that the guide shows.
        models: the models whose records have the relation.
        lookup: how the code base finds the record on the other side.
        error: the error that says there is none.
    """

    relation: RequiredRelation | OptionalRelation
    models: tuple[str, ...]
    lookup: Lookup
    error: str


def code_files(facts: SchemaFacts, result: ScanResult) -> dict[str, str]:
    """What is written for the code: the guide, the hints and, when there is something to patch, the patch.

    Args:
        facts: the change of the schema.
        result: the hints, as for `render_guide`.

    Returns:
        Text by POSIX path, all below `code/`.
    """
    files = {
        f"code/{facts.code.guide}.md": render_guide(facts, result),
        "code/hints.json": render_hints(facts, result),
    }
    return files | {"code/changes.patch": render_patch(result.changes)} if result.changes else files


def render_guide(facts: SchemaFacts, result: ScanResult) -> str:
    """The guide, in Markdown.

    Args:
        facts: the change of the schema.
        result: the hints; of a scan, or general ones when no code base was at hand.

    Returns:
        What the code has to do and how, then the places, then the count.
    """
    unsure = [hint for hint in result.hints if hint.confidence is Confidence.UNSURE and hint.file is not None]
    told = [hint for hint in result.hints if hint.confidence is not Confidence.UNSURE or hint.file is None]
    from prisma_decouple.render.environment import environment  # noqa: PLC0415 - Jinja is slow to import

    return (
        environment()
        .get_template("code/guide.md.jinja")
        .render(
            facts=facts,
            code=facts.code,
            result=result,
            targets=_counterparts(facts, facts.required),
            formers=_counterparts(facts, facts.optional),
            groups=[(title, _together(hints)) for title, hints in _by_kind(told)],
            unsure=[(title, _by_reason(hints)) for title, hints in _by_kind(unsure)],
            counts=_counts(result),
            accessor=client_accessor,
            any_of=model_list,
            block=_block,
            also=_also,
            places=_places,
            names=name_list,
            with_article=with_article,
        )
    )


def render_hints(facts: SchemaFacts, result: ScanResult) -> str:
    """The hints, in JSON.

    Args:
        facts: the change of the schema.
        result: the hints, as for `render_guide`.

    Returns:
        An object with the format's version, the guide's file name, the counts, the files that could not be read
        completely, and the hints in order.
    """
    document = {
        "version": _FORMAT_VERSION,
        "guide": f"{facts.code.guide}.md",
        "counts": _counts(result),
        "files": {
            "syntaxErrors": result.syntax_errors,
            "notUtf8": result.not_utf8,
            "unreadable": result.unreadable,
            "tests": result.tests,
            "unchecked": result.unchecked,
            "disabled": result.disabled,
            "otherLanguages": result.other_languages,
        },
        "hints": [_as_json(hint) for hint in result.hints],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _as_json(hint: Hint) -> dict[str, Any]:
    return asdict(hint) | {"kind": hint.kind.value, "confidence": hint.confidence.value}


def _counts(result: ScanResult) -> dict[str, Any]:
    kinds = {kind.value: sum(hint.kind is kind for hint in result.hints) for kind in Kind}
    sure = {each.value: sum(hint.confidence is each for hint in result.hints) for each in Confidence}
    return {
        "filesRead": result.files_read,
        "filesExamined": result.files_examined,
        "foldersSkipped": result.skipped_folders,
        "hints": len(result.hints),
        "patched": sum(hint.patched for hint in result.hints),
        "toDecide": sum(not hint.patched for hint in result.hints),
        "proposals": sum(hint.after is not None for hint in result.hints),
        "fine": result.fine,
        **({"compiler": _compiler(result.compiler)} if result.compiler is not None else {}),
        "byKind": kinds,
        "byConfidence": sure,
    }


def _compiler(report: CompilerReport) -> dict[str, Any]:
    if report.why_not:
        return {"whyNot": report.why_not}
    counts = {"before": report.before, "new": report.new, "removed": report.removed, "left": report.left}
    return {**counts, "notCompiled": report.not_compiled, "unseen": report.unseen}


def _counterparts(facts: SchemaFacts, relations: Iterable[RequiredRelation | OptionalRelation]) -> list[Counterpart]:
    """The relations, those of several models to the same record taken together."""
    groups: dict[tuple[object, ...], list[RequiredRelation | OptionalRelation]] = {}
    for relation in relations:
        groups.setdefault((relation.target, relation.field, relation.foreign_keys), []).append(relation)
    return [_counterpart(facts, group) for group in groups.values()]


def _counterpart(facts: SchemaFacts, group: Sequence[RequiredRelation | OptionalRelation]) -> Counterpart:
    lookup, target = facts.code.lookup(group[0].target), group[0].target
    models = tuple(relation.model for relation in group)
    return Counterpart(group[0], models, lookup, lookup.error or f"{target}UnavailableError")


def _together(hints: Sequence[Hint]) -> list[list[Hint]]:
    """Hints of one kind, those taken together that say the same of several places of a file."""
    groups: dict[tuple[object, ...], list[Hint]] = {}
    for number, hint in enumerate(hints):
        alone = number if hint.file is None else None
        same = (hint.file, hint.why, hint.confidence, hint.patched, hint.after is None, alone)
        groups.setdefault(same, []).append(hint)
    return list(groups.values())


def _by_kind(hints: Iterable[Hint]) -> list[tuple[str, list[Hint]]]:
    """The hints under the titles of their kinds, those without any left out."""
    found = list(hints)
    grouped = ((title, [hint for hint in found if hint.kind is kind]) for kind, title in _TITLES.items())
    return [(title, group) for title, group in grouped if group]


def _by_reason(hints: Iterable[Hint]) -> list[tuple[str, list[list[Hint]]]]:
    """The hints by what is said of them, which is then said once, and those of a file taken together."""
    reasons: dict[str, list[Hint]] = {}
    for hint in hints:
        reasons.setdefault(hint.why, []).append(hint)
    return [(why, _together(group)) for why, group in reasons.items()]


def _places(hints: Sequence[Hint]) -> str:
    """Where hints of one file are: the file once, then the other lines and columns."""
    first, *others = (f"{hint.line}:{hint.column}" for hint in hints)
    return name_list([f"{hints[0].file}:{first}", *others])


def _also(hints: Sequence[Hint]) -> str:
    """Where else the compiler complains for the same reason, or speaks of the same; empty when that is nowhere."""
    if hints[0].kind is Kind.SPOKEN:  # all of a function, and so of one file
        lines = sorted({each.line for hint in hints for each in hint.follows})
        return f", also line{'s' * (len(lines) > 1)} {', '.join(map(str, lines))}" if lines else ""
    files: dict[str, list[str]] = {}
    certain = [hint for hint in hints if hint.confidence is Confidence.CERTAIN]  # else it is what is said of it
    for file, line in sorted({(each.file, each.line) for hint in certain for each in hint.follows}):
        files.setdefault(file, []).append(f"{line}")
    places = name_list([f"{file}:{', '.join(lines)}" for file, lines in files.items()])
    return f" The compiler also complains in {places}; that goes away with this." if places else ""


def _block(hints: Sequence[Hint]) -> str:
    """The lines of hints as a Markdown block: the difference where there is a proposal, else the lines, each once."""
    if all(each.after in {None, each.before} for each in hints):
        language = "ts"
        different: dict[str, str] = {}
        for each in map("\n".join, (each.before for each in hints)):
            different.setdefault(each.strip(), each)
        text = "\n".join(different.values())
    else:
        language, text = "diff", "\n\n".join(map(difference, joined(hints)))
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(_SHORTEST_FENCE, longest + 1)
    return f"{fence}{language}\n{text}\n{fence}"
