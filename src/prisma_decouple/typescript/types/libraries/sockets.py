"""What the events of Socket.IO are sent with, where their types are told (its guide, "Usage with TypeScript")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.scopes import parameters
from prisma_decouple.typescript.source.syntax import READS, call_arguments, callee, last_name, string_value
from prisma_decouple.typescript.types.typed import Type, What, bound_to

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_MODULES = frozenset({"socket.io", "socket.io-client"})
_TYPES = frozenset({"BroadcastOperator", "Namespace", "RemoteSocket", "Server", "Socket"})
_LISTENS, _SENDS = "listens", "sends"
_EMITS = frozenset({"emit", "emitWithAck"})
_HEARS = frozenset({"off", "on", "once"})
# What only says to whom or how something is sent.
_SAME = frozenset({"broadcast", "compress", "except", "in", "local", "of", "timeout", "to", "volatile"})


def of_socket_type(module: str, name: str, given: Sequence[Type | None]) -> Type | None:
    """What a server, or a client, is that is told its events: `Server<Heard, Sent>`; told only once, they are both.

    Args:
        module: that exports the type.
        name: of the type.
        given: its arguments.
    """
    if module not in _MODULES or name not in _TYPES or not given:
        return None
    sends_only = name in {"BroadcastOperator", "RemoteSocket"}
    parts = ((_LISTENS, None if sends_only else given[0]), (_SENDS, given[0] if sends_only else given[:2][-1]))
    return Type(What.BOX, bound=tuple((part, each) for part, each in parts if each is not None))


def wanted_by_event(file: FileContext, call: Node, place: int) -> Type | None:
    """What an event takes: a value, `io.to(room).emit("added", book)`, or what hears it, `socket.on("added", show)`.

    Args:
        file: the file.
        call: the call.
        place: which argument.
    """
    receiver, method = callee(call)
    way = _SENDS if method in _EMITS else _LISTENS if method in _HEARS else ""
    name = string_value(call_arguments(call)[0]) if way and place else ""
    owner = file.types.of(_begun(receiver)) if name and receiver is not None else None
    events = bound_to(owner, way) if owner is not None and owner.what is What.BOX else None
    event = file.types.property(events, name) if events is not None else None
    if event is None or event.what is not What.FUNCTION or event.place is None or way == _LISTENS:
        return event if place == 1 else None
    taken = parameters(event.place.node)
    return event.place.file.types.read(taken[place - 1].child_by_field_name("type")) if place <= len(taken) else None


def _begun(sender: Node) -> Node:
    """The server or client itself: `io` of `io.to(room).volatile`."""
    receiver, method = callee(sender) if sender.type == "call_expression" else (None, "")
    if receiver is not None and method in _SAME:
        return _begun(receiver)
    owner = sender.child_by_field_name("object") if sender.type in READS and last_name(sender) in _SAME else None
    return _begun(owner) if owner is not None else sender
