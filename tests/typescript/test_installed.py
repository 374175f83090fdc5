"""The packages in the copy: those that use Prisma's client must find the client of the copy, and nothing else."""

from __future__ import annotations

import json

import pytest

from prisma_decouple.typescript.tsc.installed import Packages


@pytest.fixture
def project(tmp_path):
    """Writes packages below a code base, and links between them."""

    class Project:
        root = tmp_path / "home" / "code"
        copy = tmp_path / "temporary" / "code"

        def package(self, place, name, **needed):
            folder = self.root / place
            folder.mkdir(parents=True)
            manifest = {"name": name, "version": "1.0.0", "dependencies": needed}
            (folder / "package.json").write_text(json.dumps(manifest))

        def link(self, place, target):
            (self.root / place).parent.mkdir(parents=True, exist_ok=True)
            (self.root / place).symlink_to(self.root / target)

        def install(self):
            self.copy.mkdir(parents=True)
            Packages(self.root, self.copy).install()

    return Project()


def test_what_does_not_use_the_client_is_linked(project):
    project.package("node_modules/zod", "zod")
    project.install()

    assert (project.copy / "node_modules/zod").resolve() == project.root / "node_modules/zod"


def test_the_client_and_what_uses_it_are_copied(project):
    project.package("node_modules/@prisma/client", "@prisma/client")
    project.package("node_modules/adapter", "adapter", **{"@prisma/client": "*"})
    project.package("node_modules/adapter/node_modules/own", "own")
    project.install()

    modules = project.copy / "node_modules"
    assert not (modules / "@prisma/client").is_symlink()
    assert not (modules / "adapter").is_symlink()
    assert (modules / "adapter/node_modules/own").resolve() == project.root / "node_modules/adapter/node_modules/own"


def test_the_copied_client_is_not_taken_for_the_other_one(project):
    project.package("node_modules/@prisma/client", "@prisma/client")
    project.install()

    copied = json.loads((project.copy / "node_modules/@prisma/client/package.json").read_text())
    assert copied["version"] == "1.0.0-copy"


def test_in_a_store_of_packages_all_find_the_same_copied_client(project):
    store = "node_modules/.pnpm"
    project.package(f"{store}/client@1/node_modules/@prisma/client", "@prisma/client")
    project.package(f"{store}/adapter@1/node_modules/adapter", "adapter", **{"@prisma/client": "*"})
    project.package(f"{store}/zod@1/node_modules/zod", "zod")
    project.link(f"{store}/adapter@1/node_modules/@prisma/client", f"{store}/client@1/node_modules/@prisma/client")
    project.link(f"{store}/adapter@1/node_modules/zod", f"{store}/zod@1/node_modules/zod")
    for app in ("web", "api"):
        project.link(f"apps/{app}/node_modules/@prisma/client", f"{store}/client@1/node_modules/@prisma/client")
    project.link("apps/web/node_modules/adapter", f"{store}/adapter@1/node_modules/adapter")
    project.install()

    apps = project.copy / "apps"
    client = (apps / "web/node_modules/@prisma/client").resolve()
    beside = (apps / "web/node_modules/adapter").resolve().parent
    assert client.is_relative_to(project.copy)
    assert (apps / "api/node_modules/@prisma/client").resolve() == client
    assert (beside / "@prisma/client").resolve() == client
    assert (beside / "zod").resolve() == project.root / f"{store}/zod@1/node_modules/zod"


def test_a_package_of_the_workspace_is_its_copy(project):
    project.package("packages/db", "@own/db", **{"@prisma/client": "*"})
    project.link("node_modules/@own/db", "packages/db")
    project.install()

    assert (project.copy / "node_modules/@own/db").readlink() == project.copy / "packages/db"


def test_what_is_installed_above_is_found_as_well(project):
    project.root.mkdir(parents=True)
    project.package("../node_modules/@prisma/client", "@prisma/client")
    project.install()

    assert (project.copy.parent / "node_modules/@prisma/client/package.json").is_file()


def test_nothing_is_written_where_the_packages_are(project):
    project.package("node_modules/@prisma/client", "@prisma/client")
    project.package("node_modules/.cache/left", "left")
    before = {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()}
    project.install()

    assert {path: path.read_bytes() for path in project.root.rglob("*") if path.is_file()} == before
    assert not (project.copy / "node_modules/.cache").exists()
