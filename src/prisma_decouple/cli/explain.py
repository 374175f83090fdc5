"""`explain`: what an operation does, and what a code means."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from prisma_decouple.invariants.ready import Ready
    from prisma_decouple.migrations.ready import Ready as ReadyOfMigrations
    from prisma_decouple.rules.description import Description, Setting

_WIDTH = 100


@click.command("explain", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("topic", required=False)
def explain_command(*, topic: str | None) -> None:
    """Explain an operation of a rule file, or a code of `check`.

    TOPIC is a name such as add_relation, or a code such as D101; without it, all of them are listed.
    """
    from prisma_decouple.errors import InputError, did_you_mean  # noqa: PLC0415 - --help needs none of it

    topics = {each.name: each for each in _topics()}
    if topic is None:
        click.echo(_overview(topics.values()), nl=False)
    elif (found := topics.get(topic) or topics.get(topic.upper())) is not None:
        click.echo(f"{found.name}: {found.summary}\n{found.text}", nl=False)
    else:
        near = did_you_mean(topic, (name for name in topics if name.islower()))
        hint = near if near.startswith("did you mean") else "`prisma-decouple explain` lists them all"
        raise InputError(f"there is no operation and no code `{topic}`", hint=hint)


@dataclass(frozen=True)
class _Topic:
    """Something to explain.

    Attributes:
        group: the heading in the overview.
        text: what is told below the summary, with a final newline unless it is empty.
    """

    group: str
    name: str
    summary: str
    text: str


def _overview(topics: Iterable[_Topic]) -> str:
    parts = []
    for group, members in groupby(topics, key=lambda each: each.group):
        parts.append(f"{group}:\n" + "".join(f"  {each.name:<14} {each.summary}\n" for each in members))
    return "\n".join(parts)


def _topics() -> Iterator[_Topic]:
    from prisma_decouple.invariants.ready import ready_invariants  # noqa: PLC0415
    from prisma_decouple.migrations.ready import ready_migration_invariants  # noqa: PLC0415
    from prisma_decouple.model.validation.registry import CHECKS  # noqa: PLC0415
    from prisma_decouple.rules.description import describe  # noqa: PLC0415
    from prisma_decouple.rules.operations import OPERATIONS  # noqa: PLC0415
    from prisma_decouple.rules.promises import PROMISES  # noqa: PLC0415

    for name, operation in OPERATIONS.items():
        described = describe(name, operation)
        yield _Topic("Operations of a rule file", name, described.summary, _of_operation(described))
    for ready in ready_invariants().values():
        yield _Topic("Invariants, on when they are enabled", ready.code, ready.name, _of_invariant(ready))
    for of_migrations in ready_migration_invariants().values():
        text = _of_invariant(of_migrations)
        yield _Topic(
            "Invariants of migrations, on unless they are disabled", of_migrations.code, of_migrations.name, text
        )
    for code, summary in {**_COMMENTS, **PROMISES}.items():
        yield _Topic("Invariants that are always on", code, summary, _ABOUT[code[:2]])
    for each in sorted(CHECKS, key=lambda each: each.code):
        yield _Topic("What Prisma does not accept", each.code, each.summary, "")
    for code, summary in sorted(_errors()):
        yield _Topic("Errors", code, summary, "")


# What needs no page.
_COMMENTS = {
    "D000": "what a project declares without a code of its own",
    "D001": "an ignore comment silences something",
}
_ABOUT = {
    "D0": "\nSee docs/check.md: declare it with a `code`; remove a comment that is not needed any more, or move it.\n",
    "D2": "\nOn when the settings name the rule file: `rules: [decouple.yaml]`.\n",
}


def _errors() -> Iterator[tuple[str, str]]:
    """The code of each error that ends a command, and what it means."""
    import prisma_decouple.rehearse.errors  # noqa: F401, PLC0415 - one more of them
    from prisma_decouple.errors import DecoupleError  # noqa: PLC0415

    yield "E001", "A fault of ours; please report it."
    for kind in DecoupleError.__subclasses__():
        yield kind.code, (kind.__doc__ or "").strip().split("\n", 1)[0]


def _of_operation(described: Description) -> str:
    settings = [_filled(f"{each.name}{_state(each)}: {each.purpose}", indent=2) for each in described.settings]
    _, _, rest = described.text.partition("\n")
    return f"{rest.rstrip()}\n" * bool(rest.strip()) + "\nSettings\n" + "".join(settings)


def _state(setting: Setting) -> str:
    if setting.is_required:
        return " (required)"
    return f" (default {setting.default})" if setting.default else ""


def _of_invariant(ready: Ready | ReadyOfMigrations) -> str:
    examples = (("Found", ready.bad), ("Not found", ready.good))
    shown = (f"\n{title}:\n\n{textwrap.indent(text.rstrip(), '  ')}\n" for title, text in examples if text)
    return f"\n{_filled(ready.why)}" + "".join(shown) + f"\n{_filled(ready.how)}"


def _filled(text: str, indent: int = 0) -> str:
    first, other = " " * indent, " " * (2 * indent)
    return textwrap.fill(" ".join(text.split()), _WIDTH, initial_indent=first, subsequent_indent=other) + "\n"
