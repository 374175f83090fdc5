"""Which Prisma a project has, and how that one deploys."""

from __future__ import annotations

import json

import pytest

from prisma_decouple.migrations.deployment import deployment_of


def put(file, **content):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content))


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("6.19.0", "batch"),
        ("^6.0.0", "batch"),
        ("~7.3.1", "batch"),
        ("7.3.0", "batch"),
        ("^7.2.0", None),
        (">=6", None),
        ("7", None),
        ("7.4.0", "split"),
        ("^7.4.1", "split"),
        ("8.0.0-dev.1", "split"),
        ("latest", None),
        ("catalog:", None),
    ],
)
def test_what_package_json_asks_for(tmp_path, version, expected):
    put(tmp_path / "package.json", devDependencies={"prisma": version})

    assert deployment_of([tmp_path]) == expected


def test_what_is_installed_is_more_certain(tmp_path):
    put(tmp_path / "package.json", dependencies={"prisma": "^7.0.0"})
    put(tmp_path / "node_modules" / "prisma" / "package.json", version="7.3.0")

    assert deployment_of([tmp_path]) == "batch"


def test_the_nearest_folder_that_says_it_counts(tmp_path):
    put(tmp_path / "package.json", dependencies={"prisma": "6.0.0"})
    put(tmp_path / "packages" / "db" / "package.json", dependencies={"prisma": "7.5.0"})
    put(tmp_path / "packages" / "db" / "prisma" / "package.json", dependencies={"left-pad": "1.0.0"})

    folders = [tmp_path / "packages" / "db" / "prisma", tmp_path / "packages" / "db", tmp_path]

    assert deployment_of(folders) == "split"


@pytest.mark.parametrize("text", ["", "[]", '{"dependencies": []}', '{"dependencies": {"prisma": 7}}', "{"])
def test_a_package_json_that_says_nothing_is_passed_over(tmp_path, text):
    (tmp_path / "package.json").write_text(text)

    assert deployment_of([tmp_path]) is None
