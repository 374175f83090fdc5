"""What single words of a schema mean, whatever stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.syntax.nodes import Atom

if TYPE_CHECKING:
    from prisma_decouple.syntax.nodes import Block, EnumValue, Expression, Field

SCALAR_TYPES = ("String", "Boolean", "Int", "BigInt", "Float", "Decimal", "DateTime", "Json", "Bytes")


def string(value: Expression | None) -> str | None:
    """The value of a string literal; None for any other expression."""
    if not isinstance(value, Atom) or not value.text.startswith('"'):
        return None
    if "\\" not in value.text:
        return value.text[1:-1]
    import json  # noqa: PLC0415 - few texts have an escape

    try:
        return str(json.loads(value.text))
    except ValueError:  # an escape that JSON does not know
        return value.text[1:-1]


def name(value: Expression | None) -> str | None:
    """The value of a plain name such as `Cascade`."""
    return value.text if isinstance(value, Atom) else None


def mapped(node: Field | EnumValue | Block) -> str:
    """The name in the database: what `@map` or `@@map` says, else the node's own name."""
    attribute = node.attribute("map")
    given = string(attribute.get("name", 0)) if attribute else None
    return node.name if given is None else given
