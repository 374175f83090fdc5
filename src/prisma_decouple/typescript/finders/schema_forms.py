"""Forms whose values are checked by a schema that has to let null in: `useForm({ resolver: zodResolver(Schema) })`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prisma_decouple.typescript.finders.demanding_inputs import note_demanded
from prisma_decouple.typescript.hints import Kind
from prisma_decouple.typescript.source.place import Place
from prisma_decouple.typescript.source.syntax import PROPERTIES, call_arguments, function_around
from prisma_decouple.typescript.types.validators import let_through
from prisma_decouple.typescript.wording import model_list

if TYPE_CHECKING:
    from prisma_decouple.typescript.context import FileContext

_RESOLVERS = frozenset({"valibotResolver", "yupResolver", "zodResolver"})


def find_schema_forms(file: FileContext) -> None:
    """Note what such forms ask for that a record can do without now.

    Args:
        file: the file, when it is known which schemas have to let null in; its findings are filled.
    """
    for call in file.source.called(*_RESOLVERS):
        around, given = function_around(call), call_arguments(call)
        schema = let_through(file.types.of(given[0])) if given else None
        for name, member in schema.bound if around is not None and schema is not None else ():
            meant = _meant(member.said_by, name) if member.said_by is not None else None
            if around is not None and meant is not None:
                note_demanded(Place(file, around), (), name, meant)


def _meant(member: Place, name: str) -> tuple[str, str] | None:
    """The models and the field that a member of a schema repeats which has to let null in."""
    holder, facts = member.node.parent, member.file.facts
    pair = holder if holder is not None and holder.type in PROPERTIES else member.node
    models = model_list(sorted(each for each in facts.changed_models if name in facts.nullable_names(each)))
    return (models, name) if models and member.file.is_told(pair, Kind.TYPE) else None
