"""The commands, and the one that is meant when none is named."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT = "refactor"

# Each command with its module and function; the module is imported when the command is run or its help is shown.
COMMANDS: Mapping[str, tuple[str, str]] = {
    DEFAULT: ("refactor", "refactor_command"),
    "check": ("check", "check_command"),
    "diff": ("diff", "diff_command"),
    "explain": ("explain", "explain_command"),
    "format": ("format", "format_command"),
    "rehearse": ("rehearse", "rehearse_command"),
}


class CommandLine(click.Group):
    """A group whose main job needs no name: `prisma-decouple schema.prisma --out build/`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, for the help."""
        return [name for name in COMMANDS if name != DEFAULT]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"prisma_decouple.cli.{module}"), function)
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the default command in front, unless another one or a question about the program is there."""
        if not args or args[0] not in {*COMMANDS, "--help", "-h", "--version"}:
            _refuse_misspelt_command(args)
            args = [DEFAULT, *args]
        return super().parse_args(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help of the main job, and the names of the other commands."""
        main_job = self.get_command(ctx, DEFAULT)
        if main_job is not None:
            main_job.format_help(click.Context(main_job, info_name=ctx.info_name), formatter)
        self.format_commands(ctx, formatter)


def _refuse_misspelt_command(args: list[str]) -> None:
    """What is nearly the name of a command, and no schema, was meant to be one.

    Raises:
        UsageError: with the right name.
    """
    if not args or args[0].startswith("-") or Path(args[0]).exists():
        return
    import difflib  # noqa: PLC0415 - a schema that is there is the rule

    if near := difflib.get_close_matches(args[0], COMMANDS, n=1):
        raise click.UsageError(f"there is no command and no schema `{args[0]}`; did you mean `{near[0]}`?")


@click.group(cls=CommandLine, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="prisma-decouple")
def command_line() -> None:
    """Refactor a Prisma schema with everything that hangs on it."""
