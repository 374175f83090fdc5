"""Files that come with the package, and what is kept between runs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from prisma_decouple.resources import cache_file, data_directory


@pytest.mark.parametrize("name", ["grammar", "templates"])
def test_the_folders_of_the_package_are_found(name):
    assert any(data_directory(name).iterdir())


def test_a_folder_that_does_not_exist_is_a_broken_installation():
    with pytest.raises(FileNotFoundError, match="not installed completely"):
        data_directory("nothing")


def test_the_cache_is_in_the_users_own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    assert cache_file("x") == tmp_path / "cache" / "prisma-decouple" / "x"


def test_without_a_place_for_it_there_is_no_cache(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))

    assert cache_file("x") is None


@pytest.mark.parametrize("content", [b"", b"garbage", b"\x80\x04"])
def test_what_lark_keeps_for_messages_may_be_broken(tmp_path, content):
    (tmp_path / "prisma-decouple").mkdir()
    (tmp_path / "prisma-decouple" / "grammar.lark").write_bytes(content)
    (tmp_path / "schema.prisma").write_text("model A {\n  id: Int @id\n}\n")
    command = [sys.executable, "-m", "prisma_decouple", "check", "schema.prisma"]

    done = subprocess.run(
        command, cwd=tmp_path, env={"XDG_CACHE_HOME": str(tmp_path)}, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("schema.prisma:2:")
