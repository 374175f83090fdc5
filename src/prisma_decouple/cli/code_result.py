"""What is said of the TypeScript at the end of a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

    from prisma_decouple.typescript.hints import CompilerReport, ScanResult


def say_scan(result: ScanResult, code: Path | None, guide: Path | None = None) -> None:
    """Say on stderr how many hints there are, and what the compiler said, or that it could be asked.

    Args:
        result: of the scan.
        code: the code base; None when there is none.
        guide: the file that tells it all; None where its name has been said.
    """
    patched = sum(hint.patched for hint in result.hints)
    said = f"{len(result.hints)} hint{'s' * (len(result.hints) != 1)}, {patched} of them patched"
    click.echo(f"code        {said if guide is None else f'{guide}: {said}'}", err=True)
    if result.compiler is not None:
        _say_compiler(result.compiler)
    elif code is not None and result.hints:
        from prisma_decouple.typescript.tsc.programs import is_at_hand  # noqa: PLC0415 - without code nobody asks

        if is_at_hand(code.resolve()):
            click.echo("compiler    not asked: TypeScript is installed here, and --tsc asks it as well", err=True)


def _say_compiler(report: CompilerReport) -> None:
    """What the compiler said, and what it did not see."""
    said = f"{report.new} new errors, {report.removed} removed by the patch, {report.left} left"
    click.echo(f"compiler    {f'not asked: {report.why_not}' if report.why_not else said}", err=True)
    for project in report.not_compiled:
        click.echo(f"            not compiled: {project}", err=True)
    if report.unseen:
        click.echo(f"            it does not look into components: {', '.join(report.unseen)}", err=True)
