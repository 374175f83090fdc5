"""The operations of the rule language, one module each. A new one is a class in a module of its own and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.rules.operations.add_enum import AddEnum
from prisma_decouple.rules.operations.add_field import AddField
from prisma_decouple.rules.operations.add_index import AddIndex
from prisma_decouple.rules.operations.add_relation import AddRelation
from prisma_decouple.rules.operations.make_optional import MakeOptional

if TYPE_CHECKING:
    from prisma_decouple.rules.operation import Operation

OPERATIONS: dict[str, type[Operation]] = {
    "make_optional": MakeOptional,
    "add_relation": AddRelation,
    "add_index": AddIndex,
    "add_enum": AddEnum,
    "add_field": AddField,
}
