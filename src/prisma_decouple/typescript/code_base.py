"""What a scan is given of a code base."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from prisma_decouple.typescript.components.angular_classes import of_class
from prisma_decouple.typescript.components.source import ComponentSource
from prisma_decouple.typescript.source.files import COMPONENTS, TEMPLATE
from prisma_decouple.typescript.source.templates import templates_of
from prisma_decouple.typescript.source.text import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from prisma_decouple.typescript.source.around import Around
    from prisma_decouple.typescript.source.files import Called, CodeFile
    from prisma_decouple.typescript.source.told import Teller


@dataclass(frozen=True)
class CodeBase:
    """A code base, as far as it was read.

    Attributes:
        files: its TypeScript.
        configs: the texts of its `package.json` and `tsconfig.json` by path.
        scripts: its JavaScript, its components of Vue and Svelte, and what may be templates of Angular.
        teller: of what the installed packages declare; None when none are.
        around: the rest of the workspace, of which nothing is told; None when there is none.
        called_by: tells which functions are called by files that are no TypeScript; None when there are none.
    """

    files: tuple[CodeFile, ...]
    configs: Mapping[str, str] = field(default_factory=dict)
    scripts: tuple[CodeFile, ...] = ()
    teller: Teller | None = None
    around: Around | None = None
    called_by: Callable[[Collection[Called]], Mapping[Called, str]] | None = None

    def of(self, files: Iterable[CodeFile]) -> CodeBase:
        """Some files of it, TypeScript or not, and nothing else."""
        return replace(self, files=tuple(files), scripts=(), teller=None, around=None, called_by=None)

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Its TypeScript, as far as it can be read."""
        return _sources(self.files)

    @cached_property
    def javascript(self) -> tuple[Source, ...]:
        """Its JavaScript, as far as it can be read."""
        return _sources(each for each in self.scripts if not is_component(each))

    @cached_property
    def components(self) -> tuple[Source, ...]:
        """Its components, as far as they can be read; those of Angular in what shows them, their templates."""
        own = (each for each in self.scripts if each.path.endswith(COMPONENTS))
        return (*_sources(own), *self._templates())

    def _templates(self) -> Iterator[Source]:
        """The templates of its classes of Angular, each once."""
        texts = {each.path: each.text for each in (*self.files, *self.scripts)}
        declared = [(template, source.path) for source in self.sources for template in templates_of(source)]
        for _, (template, path) in sorted({each.path: (each, path) for each, path in declared}.items()):
            text = texts.get(template.file)
            if text is not None:
                yield ComponentSource(template.file, text, of_class(template, path))


def is_component(file: CodeFile) -> bool:
    """Whether a file is a component of Vue or Svelte, or may be a template of Angular."""
    return file.path.endswith((*COMPONENTS, TEMPLATE))


def source_of(file: CodeFile) -> Source:
    """A file as all that looks at it sees it; one that cannot be read is empty."""
    if is_component(file):
        return ComponentSource(file.path, file.text or "")
    return Source(file.path, file.text or "", is_writable=file.is_writable, mark=file.mark)


def _sources(files: Iterable[CodeFile]) -> tuple[Source, ...]:
    return tuple(source_of(each) for each in files if each.text is not None)
