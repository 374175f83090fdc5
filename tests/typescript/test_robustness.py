"""A scan ends, and tells the truth about lines, whatever somebody is typing at the moment."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

_EXAMPLE = Path(__file__).parents[2] / "examples" / "sentiment"
_TEXTS = [path.read_text(encoding="utf-8") for path in sorted(_EXAMPLE.rglob("*.ts"))]


@st.composite
def _damaged_code(draw):
    text = draw(st.sampled_from(_TEXTS))
    start = draw(st.integers(0, len(text)))
    end = draw(st.integers(start, min(len(text), start + 80)))
    return text[:start] + draw(st.text("(){}[]`\"'?.!:;,=<>\n\r é", max_size=3)) + text[end:]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(code=_damaged_code())
def test_damaged_code_is_scanned_to_its_end(code, scan_code):
    result = scan_code(code)

    lines = [line.removesuffix("\r") for line in code.split("\n")]
    for hint in result.hints:
        assert list(hint.before) == lines[hint.line - 1 : hint.line - 1 + len(hint.before)]
        assert 1 <= hint.column <= len(lines[hint.line - 1])
