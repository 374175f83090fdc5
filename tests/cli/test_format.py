"""`format` from the command line."""

from __future__ import annotations

import os
import subprocess
import threading

import pytest

UGLY = "model A {\n id Int @id\n}\n"
NICE = "model A {\n  id Int @id\n}\n"


def put(project, text):
    (project / "prisma" / "schema.prisma").write_text(text)


def schema(project):
    return (project / "prisma" / "schema.prisma").read_text()


def test_a_file_is_formatted_in_place(project, run):
    put(project, UGLY)

    result = run("format")

    assert (result.status, schema(project)) == (0, NICE)
    assert result.err == "prisma/schema.prisma formatted\n"


def test_a_file_that_is_formatted_already_is_not_written(project, run):
    put(project, NICE)
    before = (project / "prisma" / "schema.prisma").stat().st_mtime_ns

    result = run("format")

    assert (result.status, result.err) == (0, "")
    assert (project / "prisma" / "schema.prisma").stat().st_mtime_ns == before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_is_read_and_never_replaced(project, run):
    pipe = project / "schema.prisma"
    os.mkfifo(pipe)

    def fed(*arguments):
        writer = threading.Thread(target=pipe.write_text, args=(UGLY,))
        writer.start()
        result = run("format", "schema.prisma", *arguments)
        writer.join()
        return result

    assert fed("--stdout").out == NICE
    assert fed().err == "E101 `schema.prisma` is no file that could be written; nothing was\nhint: name a file\n"
    assert pipe.is_fifo()


def test_check_writes_nothing_and_says_what_would_change(project, run):
    put(project, UGLY)

    result = run("format", "--check")

    assert (result.status, schema(project)) == (1, UGLY)
    assert "prisma/schema.prisma would be formatted" in result.err


def test_diff_is_a_patch_that_git_applies(project, run):
    put(project, UGLY)

    patch = run("format", "--diff").out
    subprocess.run(["git", "apply", "-"], input=patch.encode(), cwd=project, check=True)

    assert schema(project) == NICE


def test_stdout_prints_the_text(project, run):
    put(project, UGLY)

    assert run("format", "--stdout").out == NICE
    assert schema(project) == UGLY


def test_the_ways_to_write_nothing_exclude_each_other(project, run):
    assert run("format", "--check", "--diff").status == 2


def test_only_the_named_files_of_a_schema_are_written(project, run):
    folder = project / "prisma" / "schema"
    folder.mkdir()
    (project / "prisma" / "schema.prisma").rename(folder / "main.prisma")
    (folder / "a.prisma").write_text(UGLY)
    (folder / "b.prisma").write_text(UGLY.replace("A", "B"))

    run("format", "prisma/schema/a.prisma")

    assert (folder / "a.prisma").read_text() == NICE
    assert (folder / "b.prisma").read_text() == UGLY.replace("A", "B")


def test_bad_input_leaves_the_file_alone(project, run):
    put(project, "model A {\n id [Int]\n}\n")

    result = run("format")

    assert result.status == 2
    assert schema(project) == "model A {\n id [Int]\n}\n"
