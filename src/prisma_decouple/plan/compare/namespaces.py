"""Namespaces and extensions: created where they are missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.plan.compare.renaming import DEFAULT_NAMESPACE
from prisma_decouple.plan.steps import ChangeExtension, CreateExtension, CreateNamespace, DropExtension

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prisma_decouple.model.database import Database
    from prisma_decouple.plan.steps import Step


def compare_namespaces(before: Database, after: Database) -> Iterator[Step]:
    """Prisma never drops a namespace, in which there may be more than it knows of; neither do we."""
    extensions = (after.extensions or {}).values()
    wanted = (*after.namespaces, *(extension.namespace for extension in extensions if extension.namespace))
    for namespace in dict.fromkeys(wanted):
        if namespace not in {*before.namespaces, DEFAULT_NAMESPACE}:
            yield CreateNamespace(namespace)


def compare_extensions(before: Database, after: Database) -> Iterator[Step]:
    """An extension is dropped only by a schema that still says which there are to be."""
    if after.extensions is None:
        return
    old = before.extensions or {}
    for name, extension in after.extensions.items():
        if name not in old:
            yield CreateExtension(extension)
        elif extension != old[name]:
            yield ChangeExtension(old[name], extension)
    for name, extension in old.items():
        if name not in after.extensions:
            yield DropExtension(extension)
