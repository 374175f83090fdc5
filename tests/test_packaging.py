"""What a user installs works on a machine that has never seen the checkout."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from typing import TYPE_CHECKING

import msgspec
import pytest

from judges.availability import ROOT, missing
from prisma_decouple.syntax.tables import Tables, make_tables

if TYPE_CHECKING:
    from pathlib import Path

OFFLINE = re.compile(r"Failed to establish|name resolution|Name or service not known|NewConnectionError|Max retries")
WHEEL, SDIST = "*.whl", "*.tar.gz"


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist, and the wheel that was built from that sdist and not from the checkout."""
    if importlib.util.find_spec("hatchling") is None:
        missing("hatchling, which builds the packages")
    folder = tmp_path_factory.mktemp("distributions")
    build = [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def documents() -> set[str]:
    """The grammar and the templates, which are no Python and are easily forgotten."""
    files = [path for folder in ("grammar", "templates") for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert len(files) > 1
    return {path.relative_to(ROOT).as_posix() for path in files}


def test_the_wheel_has_the_grammar_the_templates_and_the_mark_of_being_typed(distributions: Path):
    with zipfile.ZipFile(next(distributions.glob(WHEEL))) as wheel:
        names = set(wheel.namelist())

    assert {f"prisma_decouple/_data/{document}" for document in documents()} <= names
    assert "prisma_decouple/py.typed" in names


def test_the_wheel_has_the_tables_of_its_grammar(distributions: Path):
    with zipfile.ZipFile(next(distributions.glob(WHEEL))) as wheel:
        grammar = wheel.read("prisma_decouple/_data/grammar/prisma.lark").decode()
        carried = msgspec.json.decode(wheel.read("prisma_decouple/_data/grammar/prisma.tables.json"), type=Tables)

    assert carried == make_tables(grammar)


def test_the_wheel_has_nothing_beside_the_package(distributions: Path):
    with zipfile.ZipFile(next(distributions.glob(WHEEL))) as wheel:
        tops = {name.partition("/")[0] for name in wheel.namelist()}

    assert {top for top in tops if not top.endswith(".dist-info")} == {"prisma_decouple"}


def test_the_sdist_has_the_grammar_the_templates_and_the_tests(distributions: Path):
    with tarfile.open(next(distributions.glob(SDIST))) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}

    assert documents() <= names
    assert "tests/test_packaging.py" in names


@pytest.fixture(params=[WHEEL, SDIST], ids=["wheel", "sdist"])
def installed(request: pytest.FixtureRequest, distributions: Path, tmp_path: Path) -> Path:
    """The programs of a fresh environment in which a distribution, and nothing else, was installed."""
    venv.create(tmp_path / "venv", with_pip=True)
    programs = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    [distribution] = distributions.glob(request.param)
    install = [programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", distribution]
    done = subprocess.run(install, capture_output=True, text=True, check=False, cwd=tmp_path)
    if done.returncode and OFFLINE.search(done.stderr):
        missing("a package index, for the dependencies")
    assert done.returncode == 0, done.stderr
    return programs


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run_main_job(command: list[str | Path], folder: Path) -> dict[str, bytes]:
    """Run the main job on the example in a folder far from the checkout; return what it wrote."""
    folder.mkdir()
    shutil.copy(ROOT / "examples" / "sentiment" / "prisma" / "schema.prisma", folder)
    command = [*command, "schema.prisma", "--out", "build", "--timestamp", "20260101000000"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=environment)
    assert done.returncode == 0, done.stderr
    return files_below(folder / "build")


def test_the_main_job_of_an_installed_package_writes_what_that_of_the_checkout_writes(installed: Path, tmp_path: Path):
    written = run_main_job([installed / "prisma-decouple"], tmp_path / "installed")

    assert "migrations/20260101000000_decouple_integration/migration.sql" in written
    assert written == run_main_job([sys.executable, "-m", "prisma_decouple"], tmp_path / "checkout")
