"""The change of a schema, and a scan of a few lines of code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from prisma_decouple import load_rules, parse_schema
from prisma_decouple.model.reader import read_model
from prisma_decouple.rules.apply import apply_rules
from prisma_decouple.rules.code import CodeRules
from prisma_decouple.rules.intents import ways_of
from prisma_decouple.typescript.changes import (
    ChangedKey,
    Column,
    Fate,
    LostField,
    LostKey,
    LostValue,
    NewField,
    NewOptionalRelation,
    NewValue,
    OptionalField,
    OptionalRelation,
    RelationField,
    RequiredRelation,
    RetypedField,
    Stored,
    StoredField,
)
from prisma_decouple.typescript.derive import facts_of
from prisma_decouple.typescript.facts import SchemaFacts
from prisma_decouple.typescript.scan import scan_files
from prisma_decouple.typescript.source.files import CodeFile

if TYPE_CHECKING:
    from collections.abc import Callable

    from prisma_decouple.typescript.hints import ScanResult

_RELATIONS = {
    "User": {"posts": "Post", "tasks": "Task", "integrations": "Integration", "profiles": "Profile"},
    "Provider": {"posts": "Post", "tasks": "Task", "mentions": "Mention", "integrations": "Integration"},
    "Integration": {"user": "User", "provider": "Provider", "posts": "Post", "tasks": "Task"},
    "Post": {"user": "User", "integration": "Integration", "provider": "Provider", "mentions": "Mention"},
    "Task": {"user": "User", "integration": "Integration", "provider": "Provider", "subTasks": "SubTask"},
    "SubTask": {"task": "Task"},
    "Mention": {"post": "Post", "provider": "Provider"},
    "Profile": {"badges": "Badge"},
    "Clinic": {"doctors": "Doctor"},
    "Doctor": {"clinic": "Clinic", "visits": "Visit"},
    "Visit": {"doctor": "Doctor"},
}


def relations_of(models: dict[str, dict[str, str]]) -> tuple[RelationField, ...]:
    """Relation fields, those in the singular with the foreign key that they usually have."""
    back = {
        (model, target): name for model, fields in models.items() for name, target in fields.items() if name[-1] != "s"
    }
    return tuple(
        RelationField(model, name, target, (), opposite=back.get((target, model), ""))
        if name.endswith("s")
        else RelationField(model, name, target, (f"{name}Id",))
        for model, fields in models.items()
        for name, target in fields.items()
    )


@pytest.fixture(scope="session")
def facts_by(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], SchemaFacts]:
    """What the text of a schema becomes by that of a rule file."""

    def facts_by_(written: str, rules: str) -> SchemaFacts:
        path = tmp_path_factory.mktemp("rules") / "rules.yaml"
        path.write_text(rules)
        schema, loaded = parse_schema(written), load_rules(path)
        done = apply_rules(schema, loaded)
        return facts_of(read_model(schema), read_model(done.schema), loaded.code, ways_of(done.intents))

    return facts_by_


@pytest.fixture(scope="session")
def facts() -> SchemaFacts:
    code = {
        "guide": "createTask",
        "calls": ["createTask"],
        "resolve": {"Provider": {"find": "providers.find(parsed.provider)"}},
    }
    return SchemaFacts(
        required=(
            RequiredRelation("Post", "provider", ("providerId",), "Provider", "posts"),
            RequiredRelation("Task", "provider", ("providerId",), "Provider", "tasks"),
        ),
        optional=(
            OptionalRelation(
                "Post", "integration", ("integrationId",), "Integration", ("number",), fate=Fate.SETS_FREE
            ),
            OptionalRelation(
                "Task", "integration", ("integrationId",), "Integration", ("number",), fate=Fate.GOES_ALONG
            ),
            OptionalRelation("Visit", "doctor", ("doctorId",), "Doctor", ("number",)),  # nothing takes its place
        ),
        added=(NewOptionalRelation("Mention", "provider", ("providerId",), "Provider"),),
        relations=(
            *relations_of(_RELATIONS),
            RelationField("Desk", "lamp", "Lamp"),
            RelationField("Desk", "pages", "Page"),
            RelationField("Desk", "stickers", "Sticker"),
            RelationField("Desk", "drawers", "Drawer", is_single=True),
        ),
        code=msgspec.convert(code, CodeRules),
        new_fields=(
            NewField("Post", "providerId", "number", is_nullable=False),
            NewField("Task", "providerId", "number", is_nullable=False),
            NewField("Mention", "providerId", "number", is_nullable=True),
            NewField("Profile", "locale", "string", is_nullable=False),
        ),
        required_fields=(RequiredRelation("Profile", "locale", ("locale",), "", "", (), ("string",)),),
        optional_fields=(
            OptionalField("Profile", "nick", "string"),
            OptionalField("Profile", "bornAt", "Date"),
            OptionalField("Profile", "tier", "Tier"),
        ),
        columns=(
            Column("Integration", "id", "number", is_omittable=True),
            Column("Integration", "city", "string"),
            Column("Mention", "words", "string", is_omittable=True),
            Column("Page", "color", "Color"),
            Column("Page", "colors", "Color", is_list=True),
            Column("Page", "words", "number"),
            Column("Page", "size", "bigint"),
            Column("Page", "seen", "Date", is_omittable=True),
            Column("Profile", "nick", "string", is_nullable=True),
            Column("Profile", "tier", "Tier", is_nullable=True),
            Column("SubTask", "id", "number", is_omittable=True),
            Column("SubTask", "log", "Prisma.JsonValue", is_nullable=True),
            Column("SubTask", "note", "number", is_nullable=True),
            Column("SubTask", "taskId", "number"),
            Column("Task", "title", "string", is_nullable=True),
        ),
        lost_fields=(
            LostField("Profile", "alias", "handle"),
            LostField("Profile", "avatar", "picture", is_renamed=True),
            LostField("Profile", "badges"),
            LostField("Profile", "id_alias"),
            LostField("Desk", "stickers", "sticker", is_single=True),
        ),
        lost_models=("Badge",),
        lost_enums=("Rank",),
        lost_values=(LostValue("Color", "RED"),),
        changed_keys=(ChangedKey("Profile", "place", ("street", "town")),),
        compound_keys=frozenset({("Visit", "doctorId_day")}),
        lost_keys=(LostKey("Page", "slug", frozenset({"desk_slug", "id"})),),
        new_values=(NewValue("Tier", "GOLD", frozenset({"FREE", "PRO"})),),
        retyped=(
            RetypedField("Page", "words", "string", "number"),
            RetypedField("Page", "size", "number", "bigint"),
            RetypedField("Page", "blocks", "string[]", "Prisma.JsonValue"),
            RetypedField("Page", "tag", "string", "string[]"),
            RetypedField("Page", "weight", "number", "string"),
            RetypedField("Page", "fee", "Prisma.Decimal", "number"),
            RetypedField("Desk", "lamp", "Lamp", "Lamp[]"),
            RetypedField("Desk", "drawers", "Drawer[]", "Drawer"),
            RetypedField("Page", "shade", "Tone", "Shade", frozenset({"DARK", "LIGHT"})),
        ),
        required_again=(("Page", "seen"), ("Page", "stamp")),
        stored=(
            StoredField("Task", "providerId", Stored.NEEDED, "Task", "providerId"),
            StoredField("Task", "integrationId", Stored.NULLABLE, "Task", "integrationId", "Integration"),
            StoredField("Profile", "nick", Stored.NULLABLE, "profiles", "nick_name"),
            StoredField("Profile", "alias", Stored.LOST, "profiles", "alias"),
        ),
    )


@pytest.fixture(scope="session")
def scan_code(facts: SchemaFacts) -> Callable[..., ScanResult]:
    """Scans code that is given as text, or as texts by path."""

    def scan(
        code: str | dict[str, str], given: SchemaFacts = facts, configs: dict[str, str] | None = None
    ) -> ScanResult:
        texts = code if isinstance(code, dict) else {"code.ts": code}
        files = [CodeFile(path, text) for path, text in texts.items()]
        scripts = [file for file in files if file.path.endswith((".html", ".js", ".jsx", ".svelte", ".vue"))]
        return scan_files(given, [file for file in files if file not in scripts], configs, scripts=scripts)

    return scan
