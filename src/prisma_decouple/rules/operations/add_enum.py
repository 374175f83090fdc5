"""`add_enum`: a new enum."""

from __future__ import annotations

from dataclasses import replace as replace_state

from prisma_decouple.errors import did_you_mean
from prisma_decouple.rules.operation import Operation, Refused, State
from prisma_decouple.syntax.layout import INDENT, newline_of, quoted
from prisma_decouple.syntax.nodes import Block, Gap, SourceFile, replace
from prisma_decouple.syntax.parser import parse_schema


class AddEnum(Operation, frozen=True, kw_only=True):
    """Add an enum behind the last one of its file, or at the end.

    Attributes:
        name: the enum's name.
        values: its values, in order.
        schema: the namespace for its type, when the datasource lists `schemas`; the only one unless given.
    """

    name: str
    values: tuple[str, ...]
    schema: str | None = None

    def apply(self, state: State) -> State:
        """Add the block."""
        existing = state.schema.find(self.name)
        if existing is None:
            return replace_state(state, schema=replace(state.schema, files=self._files(state, self._namespace(state))))
        if existing.keyword != "enum":
            raise Refused("name", f"`{self.name}` is the name of a {existing.keyword} already")
        have = [value.name for value in existing.values]
        if missing := [value for value in self.values if value not in have]:
            raise Refused(
                "values",
                f"the enum `{self.name}` is there without the value `{missing[0]}`",
                did_you_mean(missing[0], have),
            )
        return state.note(f"the enum `{self.name}` is there already")

    def _namespace(self, state: State) -> str | None:
        """What `@@schema` says: Prisma wants it as soon as the datasource lists namespaces."""
        listed = state.model.namespaces
        if self.schema is not None and self.schema not in listed:
            hint = did_you_mean(self.schema, listed)
            raise Refused("schema", f"the datasource lists no namespace `{self.schema}`", hint)
        if self.schema is None and len(listed) > 1:
            hint = f"name one of them with `schema:`: {', '.join(listed)}"
            raise Refused("name", f"`{self.name}` can go to each of several namespaces", hint)
        return self.schema or next(iter(listed), None)

    def _files(self, state: State, namespace: str | None) -> tuple[SourceFile, ...]:
        """The files, with the enum in the last one that has an enum of its namespace, else one, else a model."""
        files = list(state.schema.files)
        keywords = [{block.keyword for block in file.blocks} for file in files]
        akin = {enum.node for enum in state.model.enums.values() if namespace and enum.namespace == namespace}
        with_akin = [at for at, file in enumerate(files) if any(block in akin for block in file.blocks)]
        with_enum = [at for at, words in enumerate(keywords) if "enum" in words]
        with_model = [at for at, words in enumerate(keywords) if "model" in words]
        at = (with_akin or with_enum or with_model or [len(files) - 1])[-1]
        files[at] = self._inserted(files[at], namespace)
        return tuple(files)

    def _inserted(self, file: SourceFile, namespace: str | None) -> SourceFile:
        """The file with the enum behind its last enum, else behind its last block, one blank line between."""
        blocks = [(at, item) for at, item in enumerate(file.items) if isinstance(item, Block)]
        newline = newline_of(blocks[-1][1]) if blocks else "\n"
        attribute = ["", f"{INDENT}@@schema({quoted(namespace)})"] if namespace else []
        lines = [f"enum {self.name} {{", *(INDENT + value for value in self.values), *attribute, "}"]
        block = next(parse_schema(newline.join(lines)).blocks())
        anchor = next(
            (at for at, each in reversed(blocks) if each.keyword == "enum"), blocks[-1][0] if blocks else None
        )
        if anchor is None:
            return replace(file, items=(block, Gap(newline), *file.items))
        rest = "".join(map(str, file.items[anchor + 1 : anchor + 2]))
        # A comment behind the closing brace stays with the block that it closes.
        comment = (
            rest[: len(rest) - len(rest.lstrip("\t "))] if not rest.lstrip().startswith("//") else rest.splitlines()[0]
        )
        behind = Gap(rest[len(comment) :] or newline)
        items = (*file.items[: anchor + 1], Gap(comment + newline * 2), block, behind, *file.items[anchor + 2 :])
        return replace(file, items=items)
