"""Steps on what is not in a table: namespaces, extensions and enumerated types."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from prisma_decouple.plan.steps.base import Step

if TYPE_CHECKING:
    from prisma_decouple.model.database import EnumType, Extension, QualifiedName


@dataclass(frozen=True)
class CreateNamespace(Step):
    """Create a namespace unless it is there.

    The way back leaves it: others may have put something into it, and an empty one is in nobody's way.
    """

    namespace: str


@dataclass(frozen=True)
class CreateExtension(Step):
    """Install an extension unless it is there.

    The way back leaves it: nobody can know whether it was there before, and what else has come to use it.
    """

    extension: Extension


@dataclass(frozen=True)
class ChangeExtension(Step):
    """Bring an extension to another version or namespace."""

    before: Extension
    after: Extension

    def reverse(self) -> tuple[Step, ...]:
        """Bring it back; PostgreSQL refuses when the extension has no way to the older version."""
        return (ChangeExtension(self.after, self.before),)


@dataclass(frozen=True)
class DropExtension(Step):
    """Remove an extension; PostgreSQL refuses while anything uses it."""

    extension: Extension

    def reverse(self) -> tuple[Step, ...]:
        """Install it."""
        return (CreateExtension(self.extension),)


@dataclass(frozen=True)
class CreateEnum(Step):
    """Create an enumerated type."""

    enum: EnumType

    def reverse(self) -> tuple[Step, ...]:
        """Drop it."""
        return (DropEnum(self.enum),)


@dataclass(frozen=True)
class DropEnum(Step):
    """Drop an enumerated type that no column uses."""

    enum: EnumType

    def reverse(self) -> tuple[Step, ...]:
        """Create it."""
        return (CreateEnum(self.enum),)


@dataclass(frozen=True)
class RenameEnumValue(Step):
    """Give a value of an enumerated type another name; every row that has it has the new one."""

    enum: EnumType
    value: str
    name: str

    def reverse(self) -> tuple[Step, ...]:
        """Give it the old one."""
        return (RenameEnumValue(self.enum, self.name, self.value),)


@dataclass(frozen=True)
class RenameEnum(Step):
    """Give an enumerated type another name, so that one with other values can take the old one."""

    enum: EnumType
    name: QualifiedName

    def reverse(self) -> tuple[Step, ...]:
        """Give it the old name."""
        return (RenameEnum(replace(self.enum, name=self.name), self.enum.name),)


@dataclass(frozen=True)
class AddEnumValues(Step):
    """Add values to an enumerated type where they stand; nothing can use them before the transaction ends.

    Attributes:
        before: the type without the values.
        after: the type with them.
        undo: the steps that replace the type, which is what it takes to remove a value again.
    """

    before: EnumType
    after: EnumType
    undo: tuple[Step, ...]

    @property
    def placed(self) -> tuple[tuple[str, str | None], ...]:
        """Each new value with the value it stands behind; None for one that stands in front of all."""
        pairs = zip(self.after.values, (None, *self.after.values), strict=False)
        return tuple((value, behind) for value, behind in pairs if value not in self.before.values)

    def reverse(self) -> tuple[Step, ...]:
        """Replace the type by one without them."""
        return self.undo
