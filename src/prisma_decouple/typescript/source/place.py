"""Where something stands in a code base."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext


@dataclass(frozen=True)
class Place:
    """A node and the file that it stands in."""

    file: FileContext
    node: Node
