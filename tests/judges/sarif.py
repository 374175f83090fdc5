"""Microsoft's validator of SARIF: the official schema, and what consumers expect beyond it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from jsonschema import Draft7Validator

from judges.availability import missing
from judges.packages import install_packages

PACKAGES = Path(__file__).parent / "sarif_tool"
PACKAGE = Path("node_modules") / "@microsoft" / "sarif-multitool-linux"


class Complaint(NamedTuple):
    """One complaint: an `error` is against the schema or the specification, the others are advice."""

    level: str
    rule: str


def validate_sarif(text: str, folder: Path) -> list[Complaint]:
    """Return what the schema and the validator have to say about a log; `folder` is one for their files."""
    package = install_packages(PACKAGES, "Microsoft's validator of SARIF") / PACKAGE
    if not package.exists():
        missing("Microsoft's validator of SARIF, which is here for Linux only")
    return [
        *_against_schema(text, package / "sarif-2.1.0.json"),
        *_validator(text, package / "Sarif.Multitool", folder),
    ]


def _against_schema(text: str, schema: Path) -> list[Complaint]:
    """The validator itself passes over values that the schema does not list."""
    validator = Draft7Validator(json.loads(schema.read_text(encoding="utf-8-sig")))
    return [Complaint("error", each.json_path) for each in validator.iter_errors(json.loads(text))]


def _validator(text: str, program: Path, folder: Path) -> list[Complaint]:
    program.chmod(0o755)  # its install script would have done it
    log, report = folder / "log.sarif", folder / "report.sarif"
    log.write_text(text, encoding="utf-8")
    command = [program, "validate", log, "--output", report, "--log", "ForceOverwrite"]
    # It is .NET, which otherwise wants the libraries of a language.
    environment = {**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if not report.exists():
        raise RuntimeError(f"the validator failed: {done.stdout}{done.stderr}")
    [run] = json.loads(report.read_text(encoding="utf-8-sig"))["runs"]
    return [Complaint(each.get("level", "warning"), each["ruleId"]) for each in run.get("results", [])]
