"""What the callbacks of NextAuth are given, and give, and who asks, as far as the code base says these types itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.typescript.source.syntax import callee, key_of, text_of
from prisma_decouple.typescript.types.typed import RESULT, Type, What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext
    from prisma_decouple.typescript.types.expressions import Types

_OPTIONS = re.compile(r"\b(?:AuthOptions|NextAuthConfig|NextAuthOptions)\b")
_MAKER = "NextAuth"
_PACKAGE = "next-auth"
_ASKS = frozenset({"getServerSession", "getSession"})
_HOOK = "useSession"
_CREDENTIALS = re.compile(r"^Credentials")
_CALLBACKS = frozenset({"authorized", "jwt", "session", "signIn"})
# Where the types are declared of what they are given, in one version or another.
_GIVEN = {
    "session": (("next-auth", "Session"),),
    "token": (("next-auth/jwt", "JWT"), ("@auth/core/jwt", "JWT")),
    "user": (("next-auth", "User"),),
}


def given_to_callback(file: FileContext, function: Node) -> Type | None:
    """What a callback is given: `session({ session, token, user })`; None for any other function."""
    holder = _member(function)
    callbacks = holder.parent.parent if holder is not None and holder.parent is not None else None
    if holder is None or callbacks is None or key_of(holder) not in _CALLBACKS or key_of(callbacks) != "callbacks":
        return None
    options = callbacks.parent
    if options is None or not _is_options(options):
        return None
    told = ((name, _declared(file, name)) for name in _GIVEN)
    return Type(What.BOX, bound=tuple((name, each) for name, each in told if each is not None))


def wanted_of_provider(file: FileContext, function: Node) -> Type | None:
    """What `authorize` of credentials has to give: a user, or nothing."""
    holder = _member(function)
    arguments = holder.parent.parent if holder is not None and holder.parent is not None else None
    call = arguments.parent if arguments is not None and arguments.type == "arguments" else None
    if holder is None or call is None or key_of(holder) != "authorize" or not _CREDENTIALS.search(callee(call)[1]):
        return None
    return _declared(file, "user", is_nullable=True)


def session_of(types: Types, call: Node) -> Type | None:
    """What tells who asks: `getServerSession(options)`, `useSession()`, and `auth` of what `NextAuth(options)` makes.

    Args:
        types: of the file.
        call: the call.

    Returns:
        None for any other call, and where the code base adds nothing to the type of a session.
    """
    called = types.file.project.foreign(types.file, call.child_by_field_name("function"))
    if called is None or called.module.split("/")[0] != _PACKAGE:
        return None
    session = _declared(types.file, "session", is_nullable=True)
    if session is None or called.name in _ASKS:
        return session
    if called.name == _HOOK:
        return Type(What.BOX, bound=(("data", session),))
    is_maker = called.module == _PACKAGE and called.name == "default"
    return Type(What.BOX, bound=(("auth", Type(What.TAKER, bound=((RESULT, session),))),)) if is_maker else None


def _member(function: Node) -> Node | None:
    """The property that a function is."""
    if function.type == "method_definition":
        return function
    return function.parent if function.parent is not None and function.parent.type == "pair" else None


def _is_options(options: Node) -> bool:
    """Whether an object is the options of NextAuth, by their type or by what they are given to."""
    holder = options.parent
    if holder is not None and holder.type == "arguments" and holder.parent is not None:
        return callee(holder.parent)[1] == _MAKER
    if holder is not None and holder.type == "satisfies_expression":
        return _OPTIONS.search(text_of(holder.named_children[-1])) is not None
    written = holder.child_by_field_name("type") if holder is not None else None
    return written is not None and _OPTIONS.search(text_of(written)) is not None


def _declared(file: FileContext, name: str, *, is_nullable: bool = False) -> Type | None:
    """What the code base adds to the type of what is given under a name."""
    told = file.project.augmentations
    places = [place for module, kind in _GIVEN[name] for place in told.of_module(module, kind)]
    interface = next((each for each in places if each.node.type == "interface_declaration"), None)
    return Type(What.SHAPE, place=interface, is_nullable=is_nullable) if interface is not None else None
