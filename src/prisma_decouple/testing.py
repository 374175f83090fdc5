"""A pytest plugin for teams that pin what their rules do: `assert_refactoring`.

```python
def test_our_rules(assert_refactoring):
    assert_refactoring("prisma/schema.prisma", "decouple.yaml")
```

The first run with `--snapshot-update` keeps every output (schema, migration, way back, guide, hints, summary) under
`__snapshots__`; from then on a change of any of them fails the test. It needs syrupy.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Protocol

    from syrupy.assertion import SnapshotAssertion

    from prisma_decouple.refactoring import Change

    class AssertRefactoring(Protocol):
        """What the fixture gives."""

        def __call__(
            self,
            schema: str | Path,
            rules: str | Path = ...,
            *,
            enable: Iterable[str] = ...,
            code: str | Path | None = ...,
        ) -> Change:
            """Refactor a schema and compare every output with its snapshot."""


_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
# Any moment will do, as long as it is always the same.
_TIMESTAMP = "20000101000000"


@pytest.fixture
def assert_refactoring(request: pytest.FixtureRequest) -> AssertRefactoring:
    """Refactor a schema and compare every output with its snapshot.

    The function takes the schema (a file or folder), a rule file or the name of a built-in one, and, by name, the
    optional groups to `enable` and the folder with the `code`. It returns the `Change`. Paths are relative to where
    pytest was started. It fails when the rules change nothing.
    """

    def assert_outputs(
        schema: str | Path,
        rules: str | Path = "decouple-integration",
        *,
        enable: Iterable[str] = (),
        code: str | Path | None = None,
    ) -> Change:
        __tracebackhide__ = True
        # Every pytest loads this plugin.
        from prisma_decouple import load_rules, read_schema, refactor  # noqa: PLC0415
        from prisma_decouple.errors import DecoupleError  # noqa: PLC0415

        where = Path(code) if code is not None else None
        try:
            rule_set = load_rules(rules, enable=enable)
            change = refactor(read_schema(Path(schema)), rule_set, timestamp=_TIMESTAMP, code=where)
        except DecoupleError as error:
            raise pytest.fail.Exception(error.report(), pytrace=False) from None
        if not change.changed:
            pytest.fail(f"the rules change nothing in {schema}", pytrace=False)
        different = _differences({"schema": str(change.schema), **change.files}, _snapshot(request))
        if different:
            # Syrupy colours its lines wherever they go.
            colour = request.config.get_terminal_writer().hasmarkup
            pytest.fail(different if colour else _COLOUR.sub("", different), pytrace=False)
        return change

    return assert_outputs


def _snapshot(request: pytest.FixtureRequest) -> SnapshotAssertion:
    """Syrupy's fixture."""
    __tracebackhide__ = True
    # pytest has no public way to ask whether there is a fixture of a name.
    if not request.config.pluginmanager.has_plugin("syrupy"):
        pytest.fail("assert_refactoring needs syrupy: pip install syrupy", pytrace=False)
    snapshot: SnapshotAssertion = request.getfixturevalue("snapshot")
    return snapshot


def _differences(outputs: Mapping[str, str], snapshot: SnapshotAssertion) -> str:
    """How outputs differ from what they were: all are compared, so that no snapshot is said to be unused."""
    lines: list[str] = []
    for path, text in outputs.items():
        assertion = snapshot(name=path)
        if assertion != text:
            lines += [f"{path} is not what it was:", *assertion.get_assert_diff(), ""]
    return "\n".join([*lines, "pytest --snapshot-update accepts it"]) if lines else ""
