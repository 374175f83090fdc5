"""What every operation of a rule file is: validated data that turns a schema into a schema."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from prisma_decouple.errors import did_you_mean
from prisma_decouple.model.reader import read_model

if TYPE_CHECKING:
    from prisma_decouple.invariants.declared import Invariant
    from prisma_decouple.model.datamodel import DataModel, Model
    from prisma_decouple.rules.intents import Intent
    from prisma_decouple.syntax.nodes import Block, Schema


class Refused(Exception):  # noqa: N818 - it never leaves this package
    """An operation does not fit the schema.

    Attributes:
        key: which of its settings is to blame.
        word: the way to a key inside that setting, when it is that word which is wrong.
    """

    def __init__(self, key: str, message: str, hint: str = "", *, word: tuple[str | int, ...] = ()) -> None:
        super().__init__(message)
        self.key = key
        self.word = word
        self.message = message
        self.hint = hint


@dataclass(frozen=True)
class State:
    """The schema so far, and what the operations have said about it.

    Attributes:
        intents: in the order of the rules, which is the order in which the data is filled.
        notes: sentences for the user about what was there already or could not be done.
    """

    schema: Schema
    intents: tuple[Intent, ...] = ()
    notes: tuple[str, ...] = ()

    @cached_property
    def model(self) -> DataModel:
        """What the schema means."""
        return read_model(self.schema)

    def edit(self, old: Block, new: Block) -> State:
        """The state with one block replaced."""
        return replace(self, schema=self.schema.replace_block(old, new))

    def intend(self, intent: Intent) -> State:
        """The state with one more intent."""
        return replace(self, intents=(*self.intents, intent))

    def note(self, text: str) -> State:
        """The state with one more note."""
        return replace(self, notes=(*self.notes, text))

    def require_model(self, name: str, key: str) -> Model:
        """The model of that name.

        Raises:
            Refused: there is none.
        """
        if name not in self.model.models:
            raise Refused(key, f"the schema has no model `{name}`", did_you_mean(name, self.model.models))
        return self.model.models[name]

    def require_field(self, model: Model, name: str, key: str) -> str:
        """The name itself, when the model has such a field.

        Raises:
            Refused: it has none.
        """
        if name not in model.scalars and name not in model.relations:
            raise Refused(key, f"`{model.name}` has no field `{name}`", did_you_mean(name, model.field_names))
        return name


class Operation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule's operation with its settings.

    Applying an operation to a schema that has it already changes nothing and leaves a note.
    """

    @abstractmethod
    def apply(self, state: State) -> State:
        """Do it.

        Raises:
            Refused: the operation does not fit the schema.
        """

    def promises(self) -> tuple[Invariant, ...]:
        """What stays true of the schema when the operation has been applied; `check` watches over it."""
        return ()
