"""What kind of dump a file is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.rehearse.errors import RehearsalError

if TYPE_CHECKING:
    from pathlib import Path

# How files begin that are packed, and what unpacks them.
_PACKED = {
    b"\x1f\x8b": "gunzip --keep",
    b"\x28\xb5\x2f\xfd": "unzstd",
    b"BZh": "bunzip2 --keep",
    b"\xfd7zXZ": "unxz --keep",
    b"\x04\x22\x4d\x18": "unlz4",
    b"PK\x03\x04": "unzip",
}
# As much of a file as shows what it is.
_HEAD = 8192


def is_plain(dump: Path) -> bool:
    """Whether a dump is SQL for psql, and not an archive for pg_restore.

    Args:
        dump: what `pg_dump` has written, in the form plain, custom or tar.

    Raises:
        RehearsalError: the file cannot be read, is empty, packed, or no dump at all.
    """
    try:
        with dump.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise RehearsalError(f"the dump `{dump}` cannot be read: {error.strerror}") from None
    if not head:
        raise RehearsalError(f"the dump `{dump}` is empty")
    for magic, program in _PACKED.items():
        if head.startswith(magic):
            raise RehearsalError(f"the dump `{dump}` is packed", hint=f"unpack it first: {program} {dump}")
    if head.startswith(b"PGDMP") or head[257:262] == b"ustar":
        return False
    if b"\0" in head:
        hint = "make it with `pg_dump`, as text or with --format=custom"
        raise RehearsalError(f"`{dump}` is no dump of PostgreSQL: it is not text", hint=hint)
    return True
