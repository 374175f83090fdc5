"""Of which model an expression is, as far as one file can tell."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from prisma_decouple.typescript.facts import client_accessor
from prisma_decouple.typescript.likeness import is_called_after
from prisma_decouple.typescript.source.alternatives import alternatives
from prisma_decouple.typescript.source.elements import iterated
from prisma_decouple.typescript.source.project import Foreign
from prisma_decouple.typescript.source.scopes import find_binding
from prisma_decouple.typescript.source.syntax import NOTHING, callee, inner_expression, key_of, last_name, text_of
from prisma_decouple.typescript.source.vocabulary import METHODS, SAME_ELEMENTS
from prisma_decouple.typescript.types.typed import What

if TYPE_CHECKING:
    from tree_sitter import Node

    from prisma_decouple.typescript.context import FileContext

_DEPTH = 10


class Guess(NamedTuple):
    """A model, and whether a declaration or a query says so rather than a name."""

    model: str
    is_certain: bool


class Inference:
    """Guesses for the expressions of one file."""

    def __init__(self, file: FileContext) -> None:
        self._file = file
        self._facts = file.facts
        models = sorted(file.facts.models, key=len, reverse=True)
        self._type = re.compile(rf"\b({'|'.join(map(re.escape, models))})(?:GetPayload)?\b") if models else None

    def model_of(self, expression: Node, depth: int = _DEPTH) -> Guess | None:
        """The model of a record, or of the records in a list: empty for what is no record, None when nothing tells."""
        if (found := self._file.types.of(expression)) is not None:
            is_record = found.what in {What.RECORD, What.SHAPE}  # of a shape, the model that it repeats
            return Guess(found.model if is_record else "", is_certain=True)
        node, typed = self._without_casts(expression)
        if typed is not None or not depth:
            return typed
        if node.type == "member_expression":
            return self._of_property(node, depth)
        if node.type == "subscript_expression" and (owner := node.child_by_field_name("object")) is not None:
            return self.model_of(owner, depth - 1)
        if node.type == "call_expression":
            return self._of_call(node, depth)
        return self._of_name(node, depth) if node.type == "identifier" else None

    def _without_casts(self, expression: Node) -> tuple[Node, Guess | None]:
        """The expression inside parentheses, `await` and casts, and the model that a cast names."""
        while (inner := inner_expression(expression)) is not None:
            cast = expression.named_children[-1] if expression.type == "as_expression" else None
            if cast is not None and (typed := self._typed(text_of(cast)) or self._of_package(cast)):
                return inner, typed
            expression = inner
        return expression, None

    def _of_property(self, node: Node, depth: int) -> Guess | None:
        owner, name = node.child_by_field_name("object"), last_name(node)
        holder = self.model_of(owner, depth - 1) if owner is not None else None
        if holder is not None and (target := self._facts.target_of(holder.model, name)):
            return Guess(target, holder.is_certain)
        targets = self._facts.targets_of(name)
        return Guess(next(iter(targets)), is_certain=False) if len(targets) == 1 else self._named(name)

    def _of_call(self, node: Node, depth: int) -> Guess | None:
        receiver, method = callee(node)
        if method in METHODS and (model := self._file.delegates.model_of(receiver)):
            return Guess(model, is_certain=True)
        if method in SAME_ELEMENTS and receiver is not None:
            return self.model_of(receiver, depth - 1)
        return None

    def _of_name(self, node: Node, depth: int) -> Guess | None:
        name = text_of(node)
        binding = find_binding(node, name)
        declared = self._of_binding(binding, name, depth) if binding is not None else None
        return declared or self._named(name)

    def _of_binding(self, binding: Node, name: str, depth: int) -> Guess | None:
        target = binding.child_by_field_name("name") or binding.child_by_field_name("pattern") or binding
        written = binding.child_by_field_name("type") if text_of(target) == name else None
        if written is not None and (typed := self._typed(text_of(written)) or self._of_package(written)):
            return typed
        if binding.type == "for_in_statement":
            value = binding.child_by_field_name("right")
        elif binding.type == "variable_declarator":
            value = binding.child_by_field_name("value") if text_of(target) == name else None
        else:
            value = iterated(binding)
        return self.model_of(value, depth - 1) if value is not None else None

    def _typed(self, written: str) -> Guess | None:
        """A model that a type names: `Book`, `Book[]`, `Prisma.BookGetPayload<...>`, or an alias of one of them."""
        # What stands in braces or behind an arrow is not the type itself.
        head = re.split(r"\{|=>", written)[0]
        for alias in re.findall(r"\w+", head):
            head += f" {self._aliases.get(alias, '')}"
        found = self._type.search(head) if self._type is not None else None
        return Guess(found[1], is_certain=True) if found is not None else None

    def _of_package(self, written: Node) -> Guess | None:
        """No record, where a type is that of a package and not called after a model: `GuildMember` of a chat's."""
        inner = written.named_children[0] if written.type == "type_annotation" and written.named_children else written
        told = [each for each in alternatives(inner) if text_of(each) not in NOTHING]
        return Guess("", is_certain=True) if told and all(map(self._is_of_package, told)) else None

    def _is_of_package(self, part: Node) -> bool:
        name = text_of(part)
        if part.type != "type_identifier" or any(is_called_after(name, model) for model in self._facts.models):
            return False
        return isinstance(self._file.project.lookup(self._file, part, name, is_type=True), Foreign)

    @cached_property
    def _aliases(self) -> dict[str, str]:
        """What the file's own types stand for or extend, up to the first brace."""
        found = {}
        for node in self._file.source.nodes("type_alias_declaration", "interface_declaration"):
            extended = (child for child in node.named_children if child.type == "extends_type_clause")
            written = node.child_by_field_name("value") or next(extended, None)
            found[key_of(node)] = text_of(written).split("{")[0]
        return found

    def _named(self, name: str) -> Guess | None:
        """A model by the name of a variable: `book`, `books`, `currentBook`."""
        for model in self._facts.models:
            accessor = client_accessor(model)
            if name in {accessor, f"{accessor}s"} or re.fullmatch(rf"[a-z]\w*{re.escape(model)}s?", name):
                return Guess(model, is_certain=False)
        return None
