"""Hosts that a rule names: whether any address can have them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from prisma_decouple.rules.operation import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable

# Labels with dots between; letters of any script, as an address may be stored as somebody reads it.
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*")
_SCHEME, _USER, _REST = r"^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//", r"^[^/?#@]*@", r"[/?#:].*"


def check_hosts(hosts: Iterable[str], at: int) -> None:
    """Hosts are compared with that of an address: without a scheme, a port or a path, and never as a pattern.

    Args:
        hosts: as they are written.
        at: the number of the source in `backfill`.

    Raises:
        Refused: one of them would never be the host of an address, or is there twice.
    """
    seen: set[str] = set()
    for host in hosts:
        place = (at, "hosts", host)
        if not _HOST.fullmatch(host):
            raise Refused("backfill", f"no address has the host `{host}`", _remedy(host), word=place)
        if host.lower() in seen:
            hint = "leave one of them out; upper and lower case are the same"
            raise Refused("backfill", f"the host `{host}` is there twice", hint, word=place)
        seen.add(host.lower())


def _remedy(text: str) -> str:
    """The host to write."""
    host = text.strip()
    for part in (_SCHEME, _USER, _REST):
        host = re.sub(part, "", host, count=1)
    host = host.removeprefix("*").strip(".")
    if not _HOST.fullmatch(host):
        return "write a host such as `example.com`, which stands for its subdomains too"
    subdomains = ", which stands for its subdomains too" if text.strip().startswith(("*", ".")) else ""
    return f"write the host alone: `{host}`{subdomains}"
