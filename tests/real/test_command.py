"""The command itself, on the real schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_writes_these_files_and_no_others(refactored: Path):
    assert set(files_below(refactored)) == {
        "schema.prisma",
        "migrations/20260101000000_decouple_integration/migration.sql",
        "migrations/20260101000000_decouple_integration/down.sql",
        "code/createTask.md",
        "code/hints.json",
        "summary.json",
    }


def test_the_same_input_gives_the_same_bytes(
    real: Path, refactored: Path, run_main_job: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
):
    assert run_main_job(real / "before.prisma", tmp_path / "again").returncode == 0

    assert files_below(tmp_path / "again") == files_below(refactored)


def test_on_its_own_output_it_has_nothing_to_do_and_says_so(
    refactored: Path, run_main_job: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
):
    done = run_main_job(refactored / "schema.prisma", tmp_path / "again")

    assert done.returncode == 0
    assert "nothing to do" in done.stderr.lower()
    assert not (tmp_path / "again").exists()
