"""Which files no compiler checks: those that are switched off by their names, and JavaScript that speaks of Prisma."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.code_base import source_of
from prisma_decouple.typescript.source.files import is_declaration
from prisma_decouple.typescript.source.modules import Modules
from prisma_decouple.typescript.types.libraries.schema_libraries import makes_schemas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from prisma_decouple.typescript.source.files import CodeFile

_PRISMA = "prisma"


def using_client(scripts: Iterable[CodeFile], configs: Mapping[str, str]) -> list[CodeFile]:
    """The JavaScript that speaks of Prisma, such as a seed, what imports from that, and the schemas that these import.

    Args:
        scripts: all JavaScript of a code base.
        configs: the texts of its `package.json` and `tsconfig.json` by path.
    """
    texts = {file.path: file for file in scripts if file.text is not None}
    modules, sources = Modules(texts, configs), [source_of(file) for file in texts.values()]
    found = {each.path for each in sources if _PRISMA in each.text.lower()}
    known = -1
    while found and known < len(found):
        known = len(found)
        for each in sources:
            if any(modules.resolve(module, each.path) in found for module in each.specifiers):
                found.add(each.path)
    imported = {
        modules.resolve(module, each.path) for each in sources if each.path in found for module in each.specifiers
    }
    found |= {each.path for each in sources if each.path in imported and any(map(makes_schemas, each.specifiers))}
    return [texts[path] for path in sorted(found)]


def with_imported(
    wanted: Iterable[CodeFile], files: Iterable[CodeFile], configs: Mapping[str, str]
) -> Iterator[CodeFile]:
    """Some files, and those among others that they import, directly or not, or that declare something everywhere.

    Args:
        wanted: the files.
        files: the others.
        configs: the texts of the `package.json` and `tsconfig.json` by path.
    """
    starts = {file.path: file for file in wanted}
    texts = {**{file.path: file for file in files}, **starts}
    modules, found = Modules(texts, configs), dict.fromkeys([*starts, *filter(is_declaration, texts)])
    waiting = list(found)
    while waiting:
        path = waiting.pop()
        imported = (modules.resolve(each, path) for each in source_of(texts[path]).specifiers)
        new = [each for each in imported if each is not None and each not in found]
        found |= dict.fromkeys(new)
        waiting += new
    yield from (texts[path] for path in texts if path in found)
