"""What is certain as new texts: the edits of many hints in one place merged, and nothing used that is not declared."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.edits.line_breaks import with_line_breaks
from prisma_decouple.typescript.hints import Confidence, FileChange, Kind
from prisma_decouple.typescript.source.imports import import_edits, is_type_only
from prisma_decouple.typescript.source.scopes import find_binding, is_declared
from prisma_decouple.typescript.source.syntax import text_of
from prisma_decouple.typescript.source.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import Draft, FileContext
    from prisma_decouple.typescript.source.imports import Import
    from prisma_decouple.typescript.source.text import Edit

_SEPARATORS = frozenset(",;\n")
_USES = ("identifier", "shorthand_property_identifier", "type_identifier")
_EVERYBODYS_TYPES = frozenset({"Array", "Date", "NonNullable", "Promise", "Record", "Uint8Array"})


class _Owned(NamedTuple):
    """An edit, and the drafts that ask for it."""

    edit: Edit
    drafts: frozenset[int]


class _Inserted(NamedTuple):
    """Where an edit's text stands in the new text, in bytes, and the drafts that ask for it."""

    start: int
    end: int
    drafts: frozenset[int]


@dataclass
class Patch:
    """The drafts that can be taken together.

    Attributes:
        accepted: their numbers.
        changes: what they make of the files.
    """

    accepted: frozenset[int]
    changes: tuple[FileChange, ...]


def assemble(files: Mapping[str, FileContext], drafts: Sequence[Draft]) -> Patch:
    """Take every certain draft that fits the others, and of the lazy ones those that are needed.

    A draft without edits is taken when everything is that it needs.
    A draft is left out when its edits overlap those of an earlier one, when it uses a name that is declared neither in
    the file nor by another draft that is taken, when another one that it needs is left out, or when the file would no
    longer parse as well as before.

    Args:
        files: the files by path.
        drafts: everything that was found, in the order of the hints.

    Returns:
        The numbers of the drafts that were taken, and the changed files in the order of their paths.
    """
    accepted = {number for number, draft in enumerate(drafts) if _is_eligible(files, draft)}
    while True:
        texts, refused = _try(files, drafts, accepted)
        refused |= _orphans(drafts, accepted - refused)
        if not refused:
            break
        accepted -= refused
    sources = [file.source for file in files.values()]
    changes = (_change(files[path].source, text, sources) for path, text in sorted(texts.items()))
    return Patch(frozenset(accepted), tuple(changes))


def _change(source: Source, text: str, others: Sequence[Source]) -> FileChange:
    after = with_line_breaks(source, text, others)
    return FileChange(source.path, source.mark + source.text, source.mark + after)


def _is_eligible(files: Mapping[str, FileContext], draft: Draft) -> bool:
    if draft.hint.confidence is not Confidence.CERTAIN and not draft.is_lazy:
        return False
    if not draft.edits and not draft.needs:
        return False
    return all(files[path].source.is_writable for path in draft.edits)


def _orphans(drafts: Sequence[Draft], accepted: Iterable[int]) -> set[int]:
    """The drafts that need another one, by its subject, that is not taken, and those that none of the others needs.

    What others have to complete, as the calls of a function do that takes one more argument, is only taken with them;
    a call does not need it for itself.
    """
    accepted = set(accepted)
    subjects = {drafts[number].subject for number in accepted}
    incomplete = {name for number, draft in enumerate(drafts) if number not in accepted for name in draft.completes}
    needed = {subject for number in accepted for subject in _used(drafts[number])}
    lonely = {number for number in accepted if not drafts[number].needs <= subjects}
    lonely |= {number for number in accepted if drafts[number].subject in incomplete}
    return lonely | {number for number in accepted if drafts[number].is_lazy and drafts[number].subject not in needed}


def _used(draft: Draft) -> frozenset[str]:
    """What a draft needs for itself."""
    return draft.needs - draft.completes if draft.hint.kind is Kind.CALL else draft.needs


def _try(
    files: Mapping[str, FileContext], drafts: Sequence[Draft], accepted: Iterable[int]
) -> tuple[dict[str, str], set[int]]:
    """The new texts, and the drafts that cannot stay."""
    texts: dict[str, str] = {}
    refused: set[int] = set()
    concerned: dict[str, list[int]] = {}
    for number in sorted(accepted):
        for path in {**drafts[number].edits, **drafts[number].imports}:
            concerned.setdefault(path, []).append(number)
    for path in sorted({path for number in accepted for path in drafts[number].edits}):
        file = files[path]
        edits, clashing = _merged(_owned(file, drafts, concerned[path]))
        texts[path], inserted = _applied(file.source, edits)
        refused |= clashing | _misfits(file.source, texts[path], inserted)
    return texts, refused


def _owned(file: FileContext, drafts: Sequence[Draft], accepted: Iterable[int]) -> list[_Owned]:
    """The edits of one file, equal ones taken together, in the order in which they are made."""
    path = file.source.path
    owners: dict[Edit, set[int]] = {}
    for number in accepted:
        for edit in drafts[number].edits.get(path, ()):
            owners.setdefault(edit, set()).add(number)
    wanted: dict[Import, set[int]] = {}
    for number in accepted:
        for each in drafts[number].imports.get(path, ()):
            wanted.setdefault(each, set()).add(number)
    for edit, imports in import_edits(file.source, wanted):
        owners.setdefault(edit, set()).update(*(wanted[each] for each in imports))
    order = {edit: place for place, edit in enumerate(owners)}
    # What adds to the text before it comes before what adds something else behind it.
    ordered = sorted(owners, key=lambda edit: (edit.start, edit.end, edit.text[:1] in _SEPARATORS, order[edit]))
    return [_Owned(edit, frozenset(owners[edit])) for edit in ordered]


def _merged(edits: Iterable[_Owned]) -> tuple[list[_Owned], set[int]]:
    """The edits without those that overlap an earlier one, and the drafts of the others."""
    kept: list[_Owned] = []
    clashing: set[int] = set()
    end = 0
    for owned in edits:
        if owned.edit.start < end:
            clashing |= owned.drafts
            continue
        kept.append(owned)
        end = owned.edit.end
    return kept, clashing


def _applied(source: Source, edits: Iterable[_Owned]) -> tuple[str, list[_Inserted]]:
    pieces: list[bytes] = []
    inserted: list[_Inserted] = []
    start = length = 0
    for owned in edits:
        before, text = source.data[start : owned.edit.start], source.with_line_ends(owned.edit.text).encode()
        length += len(before)
        inserted.append(_Inserted(length, length + len(text), owned.drafts))
        length += len(text)
        pieces += [before, text]
        start = owned.edit.end
    return b"".join([*pieces, source.data[start:]]).decode(), inserted


def _misfits(source: Source, text: str, inserted: Sequence[_Inserted]) -> set[int]:
    """The drafts that use an undeclared name; all of them when the new text has a syntax error that was not there."""
    patched = Source(source.path, text)
    if patched.has_mistakes and not source.has_mistakes:
        return {number for each in inserted for number in each.drafts}
    return set(_undeclared(patched, inserted))


def _undeclared(patched: Source, inserted: Sequence[_Inserted]) -> Iterator[int]:
    """The drafts that use a name, in what was put in, that nothing declares."""
    uses = sorted(patched.nodes(*_USES), key=lambda node: node.start_byte)
    starts = [node.start_byte for node in uses]
    for each in inserted:
        for node in uses[bisect_left(starts, each.start) : bisect_left(starts, each.end)]:
            name = text_of(node)
            is_told = name in _EVERYBODYS_TYPES or _is_of_module(node)
            is_usable = is_declared(node, name) and not (_is_value(node) and is_type_only(patched.root, name))
            if node.end_byte <= each.end and not is_told and not is_usable:
                yield from each.drafts


def _is_value(node: Node) -> bool:
    """Whether a name that nothing around it binds stands for a value."""
    is_typed = node.parent is not None and node.parent.type == "type_query"
    return node.type != "type_identifier" and not is_typed and find_binding(node, text_of(node)) is None


def _is_of_module(node: Node) -> bool:
    """Whether a name is one that something else exports: `import { Name }`, `export { Name } from`, `Prisma.Name`."""
    holder = node.parent
    if holder is None or holder.type in {"export_specifier", "import_specifier"}:
        return holder is not None
    return holder.type == "nested_type_identifier" and holder.child_by_field_name("name") == node
