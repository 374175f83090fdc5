"""What an operation says of itself: its docstring and its settings, for the documentation and for `explain`."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass

import msgspec


@dataclass(frozen=True)
class Setting:
    """A setting of an operation.

    Attributes:
        default: as it is written in YAML; empty when leaving the setting out means none.
    """

    name: str
    purpose: str
    is_required: bool
    default: str


@dataclass(frozen=True)
class Description:
    """An operation in words."""

    name: str
    text: str
    settings: tuple[Setting, ...]

    @property
    def summary(self) -> str:
        """The first sentence."""
        return self.text.split("\n", 1)[0]


def describe(name: str, written: type[msgspec.Struct]) -> Description:
    """Read the docstring of an operation or of a part of the settings; what can be written stands there."""
    text, _, attributes = inspect.cleandoc(written.__doc__ or "").partition("\n\nAttributes:\n")
    entries = re.findall(r"^ {4}(\w+): ((?:.|\n(?! {4}\w))*)", attributes, flags=re.MULTILINE)
    purposes = {setting: " ".join(purpose.split()) for setting, purpose in entries}
    settings = (
        Setting(field.encode_name, purposes[field.encode_name], field.required, _default(field))
        for field in msgspec.structs.fields(written)
    )
    return Description(name, text, tuple(settings))


def _default(field: msgspec.structs.FieldInfo) -> str:
    return str(field.default).lower() if isinstance(field.default, bool) else ""
