"""What is put into a file is laid out as the file is."""

from __future__ import annotations

import pytest

from prisma_decouple.typescript.source.imports import Import, import_edits
from prisma_decouple.typescript.source.layout import broken_call, unit_of, width_of
from prisma_decouple.typescript.source.text import Source

_NARROW = "export async function open(first: string, second: number, third: boolean) {\n  await run();\n}\n"
_WIDE = f"export async function open({', '.join(f'argument{n}: number' for n in range(4))}) {{}}\n"
_ENDLESS = f"export async function open({', '.join(f'argument{n}: number' for n in range(9))}) {{}}\n"
_CALL = "const account = await accounts.findByNameAndOwner(name, owner.id, { isActive: true });"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("function f() {\n  run();\n}\n", "  "),
        ("class A {\n    f() {\n        run();\n    }\n}\n", "    "),
        ("function f() {\n\trun();\n}\n", "\t"),
        ("run();\n", "  "),
    ],
    ids=["two spaces", "four spaces", "tabs", "nothing to go by"],
)
def test_a_step_of_indentation_is_that_of_the_file(text, unit):
    assert unit_of(Source("a.ts", text)) == unit


@pytest.mark.parametrize(
    ("text", "width"),
    [
        (_NARROW, 80),
        (_WIDE, 120),
        (_ENDLESS, None),
        (f"{_NARROW}// {'a long comment ' * 20}\nconst text = '{'a long text ' * 20}';\n", 80),
    ],
    ids=["narrow", "wide", "endless", "what cannot be broken does not count"],
)
def test_lines_get_as_long_as_those_that_are_there(text, width):
    assert width_of(Source("a.ts", text)) == width


def test_a_call_that_does_not_fit_has_a_line_for_each_argument():
    broken = """\
const account = await accounts.findByNameAndOwner(
    name,
    owner.id,
    { isActive: true }
  );"""

    assert broken_call(Source("a.ts", _NARROW), _CALL, "  ") == broken
    assert broken_call(Source("a.ts", _WIDE), _CALL, "  ") == _CALL


def test_the_last_argument_has_a_comma_where_others_have_one():
    text = f"{_NARROW}run(\n  first,\n  second,\n);\n"

    assert broken_call(Source("a.ts", text), _CALL, "").endswith("{ isActive: true },\n);")


@pytest.mark.parametrize("text", ["const found = await load();", "const both = first && second;"])
def test_what_has_no_arguments_stays_in_its_line(text):
    narrow = Source("a.ts", _NARROW)

    assert broken_call(narrow, text, " " * 80) == text


def test_imports_that_do_not_fit_into_their_line_get_one_each():
    line = "import { accounts as allAccounts, orders, settings } from './services/of/all';\n"
    source = Source("a.ts", f"{line}{_NARROW}")

    ((edit, _),) = import_edits(source, [Import("providers", "./services/of/all")])

    broken = "{\n  accounts as allAccounts,\n  orders,\n  providers,\n  settings,\n}"
    assert (source.text[edit.start : edit.end], edit.text) == ("{ accounts as allAccounts, orders, settings }", broken)
