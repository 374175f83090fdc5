"""A code base whose TypeScript and Prisma are scripts: they say what they are told to say."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from judges import availability
from prisma_decouple.typescript.scan import scan
from prisma_decouple.typescript.tsc.compiler import ask_compiler

if TYPE_CHECKING:
    from pathlib import Path

CODE = "const providerId = 1;\nawait prisma.task.create({\n  data: { userId },\n});\nunseen();\n"
TYPESCRIPT, PRISMA = "node_modules/typescript/bin/tsc", "node_modules/prisma/build/index.js"
# Complains of what real code would be wrong in, once the "client" in the copy is generated anew.
TSC = """
const fs = require("fs");
const isNew = fs.readFileSync("generated.txt", "utf8").includes("new");
const lines = fs.readFileSync("code.ts", "utf8").split("\\n");
lines.forEach((line, index) => {
  const told = (code, text) => console.log(`code.ts(${index + 1},1): error TS${code}: ${text}`);
  if (line.includes("always")) told(1, "Wrong before.");
  if (isNew && line.includes("userId }")) told(2, "Lacks a key.");
  if (isNew && line.includes("unseen")) told(18047, "Nobody foresaw this.");
});
"""
GENERATE = """
const fs = require("fs");
const at = process.argv.indexOf("--schema");
fs.writeFileSync("generated.txt", fs.readFileSync(process.argv[at + 1], "utf8"));
"""


def write_files(root: Path, files: dict[str, str]) -> None:
    """Put texts at their places below a folder."""
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def code_base_in(root: Path) -> Path:
    """The code base."""
    if shutil.which("node") is None:
        availability.missing("node, which runs TypeScript's compiler")
    write_files(root, {"code.ts": CODE, "tsconfig.json": "{}", "schema.prisma": "// old\n", TYPESCRIPT: TSC})
    write_files(root, {PRISMA: GENERATE})
    return root


def ask(root, facts, before="// old\n", after="// new\n", schema="schema.prisma"):
    """Scan a code base and ask its compiler."""
    path = str(root / schema)
    return ask_compiler(scan(facts, root), root, {path: before}, {path: after}, facts)
