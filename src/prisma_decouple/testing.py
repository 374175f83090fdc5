"""A pytest plugin for teams that pin what their rules do: `assert_refactoring`.

```python
def test_our_rules(assert_refactoring):
    assert_refactoring("prisma/schema.prisma", "decouple.yaml")
```

The first run with `--snapshot-update` keeps every output (schema, migration, way back, guide, hints, summary) under
`__snapshots__`; from then on a change of any of them fails the test. It needs syrupy.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Protocol

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
        from prisma_decouple import load_rules, read_schema, refactor  # noqa: PLC0415 - every pytest loads this plugin

        try:
            snapshot = request.getfixturevalue("snapshot")
        except pytest.FixtureLookupError:
            pytest.fail("assert_refactoring needs syrupy: pip install syrupy", pytrace=False)
        where = Path(code) if code is not None else None
        change = refactor(read_schema(Path(schema)), load_rules(rules, enable=enable), timestamp=_TIMESTAMP, code=where)
        assert change.changed, f"the rules change nothing in {schema}"  # noqa: S101 - it is an assertion
        for path, text in {"schema": str(change.schema), **change.files}.items():
            assert text == snapshot(name=path)  # noqa: S101
        return change

    return assert_outputs
