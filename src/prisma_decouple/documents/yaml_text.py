"""YAML."""

from __future__ import annotations

from typing import Any, TypeAlias

import yaml

from prisma_decouple.documents.document import Document, Key
from prisma_decouple.errors import Place, RuleFileError

_Loader: TypeAlias = "yaml.SafeLoader | yaml.CSafeLoader"

_FASTEST: type[_Loader] = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


# How many values aliases may repeat: a few lines of aliases of aliases could be more than any memory holds.
_MOST_REPEATED = 10_000


def read_yaml(path: str, text: str) -> Document:
    """Read a YAML text; the value of an empty one is None.

    Raises:
        RuleFileError: it is not YAML, names a key twice, contains itself, or repeats too much by aliases.
    """
    try:
        loader, root = _loaded(text)
        if root is None:
            return Document(path, None, {(): Place.of_offset(path, text, 0)})
        reader = _Reader(loader, path, text)
        value = reader.read(root, (), ())
    except yaml.reader.ReaderError as error:
        message = f"this is not YAML: {error.reason}"
        raise RuleFileError(message, place=Place.of_offset(path, text, error.position)) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place.of_offset(path, text, mark.index) if mark else None
        raise RuleFileError(f"this is not YAML: {error.problem or error.context}", place=place) from None
    except RecursionError:
        raise RuleFileError("this is nested too deeply", place=Place.of_offset(path, text, 0)) from None
    return Document(path, value, reader.places, reader.key_places)


def load_own(text: str) -> Any:  # noqa: ANN401
    """The value of a text of ours."""
    return yaml.load(text, _FASTEST)  # noqa: S506 - it is safe


def _loaded(text: str) -> tuple[_Loader, yaml.Node | None]:
    """A loader and its nodes: libyaml is ten times as fast, PyYAML itself says better what is wrong."""
    try:
        loader = _FASTEST(text)
        return loader, loader.get_single_node()
    except (yaml.YAMLError, UnicodeEncodeError):
        loader = yaml.SafeLoader(text)
        return loader, loader.get_single_node()


class _Reader:
    """Makes plain values of YAML's nodes, and notes where each stands."""

    def __init__(self, loader: _Loader, path: str, text: str) -> None:
        self._loader = loader
        self._path = path
        self._text = text
        self.places: dict[Key, Place] = {}
        self.key_places: dict[Key, Place] = {}
        self._read: set[int] = set()
        self._repeated = 0

    def read(self, node: yaml.Node, key: Key, around: tuple[yaml.Node, ...]) -> Any:  # noqa: ANN401
        """The value of a node; `around` are the nodes that contain it."""
        place = self.places[key] = self._place(node)
        if node in around:
            raise RuleFileError("this contains itself", place=place)
        self._count(node, place)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*key, at), (*around, node)) for at, child in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key, (*around, node))
        try:
            return self._loader.construct_object(node)
        except ValueError as error:  # a date that there is not
            raise RuleFileError(f"this is no value: {error}", place=place) from None

    def _count(self, node: yaml.Node, place: Place) -> None:
        """Count the nodes that have been read before: an alias gives the very node again."""
        self._repeated += id(node) in self._read
        self._read.add(id(node))
        if self._repeated > _MOST_REPEATED:
            message = f"aliases repeat this and others too often: more than {_MOST_REPEATED:,} values in all"
            raise RuleFileError(message, place=place)

    def _mapping(self, node: yaml.MappingNode, key: Key, around: tuple[yaml.Node, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            name = str(key_node.value)
            inner = (*key, name)
            self.key_places[inner] = self._place(key_node)
            if name in result:
                raise RuleFileError(f"the key `{name}` is there twice", place=self.key_places[inner])
            result[name] = self.read(value_node, inner, around)
        return result

    def _place(self, node: yaml.Node) -> Place:
        start, end = node.start_mark, node.end_mark
        length = end.index - start.index if start.line == end.line else 1
        return Place.of_offset(self._path, self._text, start.index, length)
