"""What a background task is handed, whose type its function says: `task({ run: async (payload: Payload) => ... })`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Foreign, Symbol
from prisma_decouple.typescript.source.syntax import call_arguments, callee, is_function, key_of, text_of, unwrapped

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_MODULE = "@trigger.dev/sdk"
_MAKES = "task"
_STARTS = frozenset({"trigger", "triggerAndWait"})


def task_started(file: FileContext, call: Node) -> Place | None:
    """The function that a call starts as a task, which is given the same first argument.

    Args:
        file: the file.
        call: such as `convert.trigger({ id })`.
    """
    receiver, method = callee(call)
    if method not in _STARTS or receiver is None or receiver.type != "identifier":
        return None
    found = file.project.lookup(file, receiver, text_of(receiver))
    value = found.node.child_by_field_name("value") if isinstance(found, Symbol) else None
    if not isinstance(found, Symbol) or value is None or not _makes_task(found.file, value):
        return None
    options = next(iter(call_arguments(value)), None)
    for member in options.named_children if options is not None and options.type == "object" else ():
        function = member if is_function(member) else member.child_by_field_name("value")
        if key_of(member) == "run" and function is not None and is_function(unwrapped(function)):
            return Place(found.file, unwrapped(function))
    return None


def _makes_task(file: FileContext, value: Node) -> bool:
    receiver, name = callee(value) if value.type == "call_expression" else (None, "")
    made = file.project.imported(file, name) if receiver is None and name else None
    return isinstance(made, Foreign) and made.name == _MAKES and made.module.startswith(_MODULE)
