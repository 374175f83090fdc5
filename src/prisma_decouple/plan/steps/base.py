"""What every step is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from prisma_decouple.model.database import QualifiedName


@dataclass(frozen=True)
class Step:
    """One thing that a migration does.

    Attributes:
        lock: the strongest table lock it takes; None for no table at all.
    """

    lock: ClassVar[str | None] = None

    @property
    def loses(self) -> str:
        """What is lost for good when it runs; empty when nothing is."""
        return ""

    @property
    def locks(self) -> tuple[tuple[QualifiedName, str], ...]:
        """The tables it locks until the end of the transaction, each with the mode."""
        return ()

    def reverse(self) -> tuple[Step, ...]:
        """The steps that undo it; none when undoing its neighbours undoes it too."""
        return ()


@dataclass(frozen=True)
class TableStep(Step):
    """A step on one table."""

    table: QualifiedName

    @property
    def locks(self) -> tuple[tuple[QualifiedName, str], ...]:
        """That table."""
        return ((self.table, self.lock),) if self.lock else ()
