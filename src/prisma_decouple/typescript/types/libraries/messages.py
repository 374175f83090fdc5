"""What is sent by one function and heard by another one under the same name: events, and the jobs of queues.

`bus.emit("book.added", book)` and `bus.on("book.added", (book) => …)`, `@OnEvent("book.added")` of NestJS; of BullMQ
`new Queue("mail").add("send", { authorId })` and `new Worker("mail", (job) => job.data.authorId)`, or
`@Processor("mail")`; of Inngest `inngest.send({ name: "book.added", data: { authorId } })` (their documentation, each
"Quick start").
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from prisma_decouple.typescript.source.decorators import decorators
from prisma_decouple.typescript.source.literals import property_value
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.project import Symbol
from prisma_decouple.typescript.source.scopes import declared_value
from prisma_decouple.typescript.source.syntax import (
    CLASSES,
    call_arguments,
    callee,
    last_name,
    nearest,
    string_value,
    text_of,
    unwrapped,
)
from prisma_decouple.typescript.types.classes import field_of_class
from prisma_decouple.typescript.types.receivers import of_this
from prisma_decouple.typescript.types.typed import Type, What

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

MAY_HEAR = re.compile(
    r"\.(?:addListener|bind|consume|createFunction|on|once|process|subscribe)\("
    r"|\bnew Worker\b|@(?:OnEvent|\w+Pattern|Process|SubscribeMessage)"
)
"""In the text of whatever hears."""
_HEARS = frozenset({"addListener", "bind", "consume", "handle", "listen", "on", "once", "subscribe"})
_EMITS = ("broadcast", "dispatch", "emit", "emitAsync", "emitWithAck", "publish", "send", "trigger")
# Decorators of methods that hear: of NestJS, its events, microservices and gateways.
_HEARING = frozenset({"EventPattern", "MessagePattern", "OnEvent", "SubscribeMessage"})
_PROCESSES, _PROCESSOR, _WORKS = "Process", "Processor", "process"
_QUEUE, _WORKER, _INJECTS = "Queue", "Worker", "InjectQueue"
_ADDS = ("add", "addBulk")
_CREATES_FUNCTION = "createFunction"
_SEVERAL = 8
# What streams, sockets and pages say of themselves: those who hear it hear many.
_COMMON = frozenset(
    {
        *("change", "click", "close", "connect", "connection", "data", "disconnect", "end", "error", "exit", "finish"),
        *("input", "message", "open", "ready", "submit", "update"),
    }
)


class _Heard(NamedTuple):
    """What a function hears.

    Attributes:
        name: of the event, or of the queue.
        is_job: whether it is the job of a queue, whose `data` is what was added.
        is_event: whether it has the event of Inngest, whose `data` is what was sent.
    """

    name: str
    is_job: bool = False
    is_event: bool = False


def heard_by(file: FileContext, function: Node, index: int, depth: int) -> Type | None:
    """What a parameter of a function is given that hears what is sent elsewhere in the code base.

    Args:
        file: the file.
        function: the function.
        index: which of its parameters.
        depth: how far declarations are followed.
    """
    heard = _of_callback(file, function) or _of_method(file, function)
    if heard is None or not heard.name or heard.name in _COMMON or (index and (heard.is_job or heard.is_event)):
        return None
    sent = _added(file, heard.name) if heard.is_job else _sent(file, heard.name, index)
    found = _either(sent, depth)
    if found is None:
        return None
    file.project.heard.setdefault(file.source.path, set()).add(heard.name)
    if not (heard.is_job or heard.is_event):
        return found
    inner = Type(What.BOX, bound=(("data", found),))
    return inner if heard.is_job else Type(What.BOX, bound=(("event", inner),))


def _either(sent: Iterable[Place], depth: int) -> Type | None:
    """What is sent, where several send it under the same name."""
    found = [each.file.types.kept(each.node, depth - 1) for each in islice(sent, _SEVERAL)] if depth else []
    known = [each for each in found if each is not None and not each.is_any]
    shapes = [each for each in known if each.literal is not None]
    if len(shapes) != len(known) or not known:
        return known[0] if known else None
    return replace(known[0], also=tuple(each.place for each in known[1:] if each.place is not None))


def _of_callback(file: FileContext, function: Node) -> _Heard | None:
    """`bus.on("added", function)`, `new Worker("mail", function)`, `queue.process(function)`."""
    call = function.parent.parent if function.parent is not None and function.parent.type == "arguments" else None
    given = call_arguments(call) if call is not None else []
    if call is None or not given:
        return None
    if call.type == "new_expression":
        made = last_name(call.child_by_field_name("constructor"))
        return _Heard(_named(file, given[0]), is_job=True) if made == _WORKER and given[0] != function else None
    receiver, method = callee(call)
    if method == _WORKS and receiver is not None:
        return _Heard(_queue(file, receiver), is_job=True)
    if method == _CREATES_FUNCTION:
        trigger = next((each for each in given if each.type == "object" and property_value(each, "event")), None)
        name = property_value(trigger, "event") if trigger is not None else None
        return _Heard(_named(file, name), is_event=True) if name is not None else None
    return _Heard(_named(file, given[0])) if method in _HEARS and given[1:2] == [function] else None


def _of_method(file: FileContext, function: Node) -> _Heard | None:
    """A method that a decorator says to hear something, or to work on the jobs of a queue."""
    if function.type != "method_definition":
        return None
    around = nearest(function, *CLASSES)
    told = {last_name(each.child_by_field_name("function") or each): each for each in decorators(function)}
    for name, each in told.items():
        given = call_arguments(each) if each.type == "call_expression" else []
        if name in _HEARING and given:
            return _Heard(_named(file, given[0]))
    if around is None or not (_PROCESSES in told or text_of(function.child_by_field_name("name")) == _WORKS):
        return None
    for each in decorators(around):
        given = call_arguments(each) if each.type == "call_expression" else []
        if callee(each)[1] == _PROCESSOR and given:
            return _Heard(_named(file, given[0]), is_job=True)
    return None


def _named(file: FileContext, value: Node) -> str:
    """A name as it is written, in place or in a constant: `"added"`, `ADDED`, `Events.ADDED`."""
    value = unwrapped(value)
    if value.type == "object" and (inner := property_value(value, "name") or property_value(value, "cmd")) is not None:
        return _named(file, inner)
    if value.type == "identifier":
        found = file.project.lookup(file, value, text_of(value))
        held = declared_value(found.node, text_of(value)) if isinstance(found, Symbol) else None
        return string_value(held) or text_of(value)
    return string_value(value) or (text_of(value) if value.type == "member_expression" else "")


def _sent(file: FileContext, name: str, index: int) -> Iterator[Place]:
    """What is sent under a name: the argument behind it, or the `data` beside it."""
    for each in file.project.files.values():
        for call in each.source.called(*_EMITS):
            given = call_arguments(call)
            places = [n for n, value in enumerate(given[:2]) if _named(each, value) == name]
            if not places:
                continue
            place, sender = places[0], given[places[0]]
            data = property_value(sender, "data") if sender.type == "object" and not index else None
            if data is not None:
                yield Place(each, data)
            elif place + index + 1 < len(given):
                yield Place(each, given[place + index + 1])


def _added(file: FileContext, queue: str) -> Iterator[Place]:
    """What is added to a queue."""
    for each in file.project.files.values():
        for call in each.source.called(*_ADDS):
            receiver, given = callee(call)[0], call_arguments(call)
            if receiver is None or not given or _queue(each, receiver) != queue:
                continue
            rows = given[0].named_children if given[0].type == "array" else []
            data = [property_value(row, "data") for row in rows if row.type == "object"]
            yield from (Place(each, value) for value in data if value is not None)
            if not rows:
                yield Place(each, given[1] if len(given) > 1 and given[0].type != "object" else given[0])


def _queue(file: FileContext, receiver: Node) -> str:
    """The name of a queue, by what makes it or by what NestJS injects it as."""
    owner = receiver.child_by_field_name("object") if receiver.type == "member_expression" else None
    if owner is not None and owner.type == "this":
        around = of_this(file, owner)
        own = around.place if around is not None and around.what is What.CLASS else None
        place = field_of_class(own, last_name(receiver)) if own is not None else None
    else:
        found = file.project.lookup(file, receiver, text_of(receiver)) if receiver.type == "identifier" else None
        place = Place(found.file, found.node) if isinstance(found, Symbol) else None
    if place is None:
        return ""
    value = place.node.child_by_field_name("value") or place.node
    made = unwrapped(value)
    if made.type == "new_expression":
        given = call_arguments(made)
        is_queue = last_name(made.child_by_field_name("constructor")) == _QUEUE
        return _named(place.file, given[0]) if is_queue and given else ""
    for each in decorators(place.node):
        given = call_arguments(each) if each.type == "call_expression" else []
        if callee(each)[1] == _INJECTS and given:
            return _named(place.file, given[0])
    return ""
