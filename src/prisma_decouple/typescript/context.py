"""What the finders share: the facts, one file with its delegates, and the list that they fill."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from prisma_decouple.typescript.delegates import Delegates
from prisma_decouple.typescript.hints import Confidence, Hint, Kind
from prisma_decouple.typescript.inference import Inference

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tree_sitter import Node

    from prisma_decouple.typescript.facts import SchemaFacts
    from prisma_decouple.typescript.imports import Import
    from prisma_decouple.typescript.syntax import Edit, Source


@dataclass(frozen=True)
class Draft:
    """A hint, and what a patch has to do for it.

    Attributes:
        hint: the hint.
        edits: what is proposed, by file; all of it or nothing is done.
        imports: the names that these edits need from elsewhere, by file.
        subject: what the draft provides, when others need it.
        needs: the subjects without which it makes no sense.
    """

    hint: Hint
    edits: Mapping[str, tuple[Edit, ...]]
    imports: Mapping[str, tuple[Import, ...]] = field(default_factory=dict)
    subject: str = ""
    needs: frozenset[str] = frozenset()


@dataclass
class Findings:
    """What a scan has found so far.

    Attributes:
        drafts: the places where something has to be done.
        fine: how many places were looked at and need nothing.
    """

    drafts: list[Draft] = field(default_factory=list)
    fine: int = 0


@dataclass
class FileContext:
    """One file under examination.

    Attributes:
        facts: the change of the schema.
        source: the file.
        findings: where the finders put what they find.
    """

    facts: SchemaFacts
    source: Source
    findings: Findings

    @cached_property
    def delegates(self) -> Delegates:
        """The file's names for the models of the Prisma client."""
        return Delegates(self.source, self.facts)

    @cached_property
    def inference(self) -> Inference:
        """What can be told of the models of the file's expressions."""
        return Inference(self)

    def hint(
        self, node: Node, kind: Kind, confidence: Confidence, why: str, edits: Iterable[Edit] | None = None
    ) -> None:
        """Note a place.

        Args:
            node: the place.
            kind: what it is.
            confidence: how sure it is that something has to be done.
            why: the reason, for a person.
            edits: what to change, all inside the node's lines; None when it cannot be known.
        """
        line, column = self.source.position(node)
        edits = tuple(edits) if edits is not None else None
        after = self.source.lines(node, edits) if edits is not None else None
        hint = Hint(self.source.path, line, column, kind, confidence, self.source.lines(node), after, why)
        self.findings.drafts.append(Draft(hint, {self.source.path: edits} if edits else {}))

    def fine(self) -> None:
        """Note that a place was looked at and needs nothing."""
        self.findings.fine += 1
