"""Which files a folder's schema consists of."""

from __future__ import annotations

from prisma_decouple.syntax.parser import schema_files


def put(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("model A {\n  id Int @id\n}\n")


def test_all_files_at_any_depth_in_order(tmp_path):
    put(tmp_path, "b.prisma", "a/c.prisma", "a/d/e.prisma", "notes.md")

    assert schema_files(tmp_path) == [tmp_path / name for name in ("a/c.prisma", "a/d/e.prisma", "b.prisma")]


def test_what_is_installed_is_nobodys_schema(tmp_path):
    put(tmp_path, "a.prisma", "node_modules/pkg/b.prisma", "c/node_modules/d.prisma", ".git/e.prisma")

    assert schema_files(tmp_path) == [tmp_path / "a.prisma"]


def test_a_folder_with_the_name_of_a_schema_is_none(tmp_path):
    put(tmp_path, "a.prisma/notes.md")

    assert schema_files(tmp_path) == []
