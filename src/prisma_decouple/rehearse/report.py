"""What a rehearsal found out."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from prisma_decouple.rehearse.run import Measured

Status: TypeAlias = Literal["proved", "NOT proved", "not tried", "fact"]

_FORMAT_VERSION = 1


@dataclass(frozen=True)
class Proof:
    """One line of the result.

    Attributes:
        name: stable, for programs.
        status: a fact is something measured that is neither right nor wrong.
        claim: what was to be proved.
        detail: what was found, where, and in how many rows.
        rows: how many rows it is about; None when it is not about rows.
        data: the same for programs.
    """

    name: str
    status: Status
    claim: str
    detail: str = ""
    rows: int | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Result:
    """The whole result.

    Attributes:
        server: where it was rehearsed.
        seed: of the rows.
        tables: how many rows each table had.
        notes: tables that had to stay empty, and the like.
        proofs: in the order in which they were tried.
        statements: how long each statement of the migration took and what it locked.
    """

    server: str
    seed: int
    tables: Mapping[str, int]
    notes: tuple[str, ...]
    proofs: tuple[Proof, ...]
    statements: tuple[Measured, ...]

    @property
    def proved(self) -> bool:
        """Whether nothing is left that is not proved; what could not be tried is not proved either."""
        return all(proof.status in {"proved", "fact"} for proof in self.proofs)

    def as_json(self) -> str:
        """For programs."""
        document = {
            "version": _FORMAT_VERSION,
            "proved": self.proved,
            "server": self.server,
            "seed": self.seed,
            "tables": dict(self.tables),
            "notes": list(self.notes),
            "proofs": [asdict(proof) for proof in self.proofs],
            "statements": [each.as_dict() for each in self.statements],
        }
        return json.dumps(document, indent=2, ensure_ascii=False) + "\n"

    def as_text(self) -> str:
        """For people."""
        rows = sum(self.tables.values())
        lines = [f"{self.server}, {rows:,} rows in {len(self.tables)} tables, seed {self.seed}"]
        lines += [f"note: {note}" for note in self.notes]
        lines += ["", *(line for proof in self.proofs for line in _lines(proof))]
        if self.statements:
            lines += ["", *_timings(self.statements)]
        missing = sum(proof.status not in {"proved", "fact"} for proof in self.proofs)
        lines += ["", "All proved." if self.proved else f"{missing} of {len(self.proofs)} not proved."]
        return "\n".join(lines) + "\n"


def _lines(proof: Proof) -> list[str]:
    head, *rest = proof.detail.split("\n") if proof.detail else ("",)
    told = f"{proof.status:<10}  {proof.name:<16}  {proof.claim}" + (f": {head}" if head else "")
    return [told, *(f"{'':30}{line}" for line in rest)]


# As many statements as somebody looks at; the others are in the JSON.
_SLOWEST = 5


def _timings(statements: tuple[Measured, ...]) -> list[str]:
    """The slowest statements, and how long each table was locked against everybody."""
    slowest = sorted(statements, key=lambda each: each.seconds, reverse=True)[:_SLOWEST]
    lines = [f"the slowest of {len(statements)} statements"]
    lines += [f"{each.seconds:9.3f} s  line {each.line}: {each.title}" for each in slowest]
    held: dict[tuple[str, str], float] = {}
    for each in statements:
        for table, mode in each.locks:
            held[table, mode] = max(held.get((table, mode), 0.0), each.held)
    strong = {table: seconds for (table, mode), seconds in held.items() if mode == "ACCESS EXCLUSIVE"}
    if strong:
        lines += [
            "locked against every reader and writer",
            *(f"{held:9.3f} s  {name}" for name, held in strong.items()),
        ]
    return lines
