"""Hosts of a rule are compared with those of addresses; what can be none is refused where it is written."""

from __future__ import annotations

import pytest

from prisma_decouple.errors import RuleError
from prisma_decouple.rules.apply import apply_rules
from prisma_decouple.rules.rulefile import parse_rules
from prisma_decouple.syntax.parser import parse_schema

SCHEMA = """\
model Post {
  id  Int    @id
  url String
}

model Source {
  id   Int    @id
  name String @unique
}
"""

RULES = """\
rules:
  - add_relation:
      model: Post
      to: Source
      unresolved: delete
      backfill:
        - {{ value: 1, when: id }}
        - {{ host_of: url, lookup: name, hosts: {{ ok.example: a, {hosts} }} }}
"""

ALONE = "write the host alone: `{}`".format
SUBDOMAINS = "write the host alone: `{}`, which stands for its subdomains too".format
NONE = "write a host such as `example.com`, which stands for its subdomains too"


def apply(hosts):
    return apply_rules(parse_schema(SCHEMA), parse_rules(RULES.format(hosts=hosts)))


@pytest.mark.parametrize(
    ("host", "hint"),
    [
        ("https://a.com/x", ALONE("a.com")),
        ("//a.com", ALONE("a.com")),
        ("a.com/x?y#z", ALONE("a.com")),
        ("c.com:8080", ALONE("c.com")),
        ("me@c.com", ALONE("c.com")),
        ("https://me:secret@c.com:8080/", ALONE("c.com")),
        ("F.com.", ALONE("F.com")),
        (" e.com ", ALONE("e.com")),
        ("*.b.com", SUBDOMAINS("b.com")),
        (".b.com", SUBDOMAINS("b.com")),
        ("b.*.com", NONE),
        ("a..com", NONE),
        ("two words", NONE),
        ("[::1]", NONE),
        ("*", NONE),
        ("", NONE),
    ],
)
def test_what_is_no_host_is_refused_at_its_key(host, hint):
    with pytest.raises(RuleError) as caught:
        apply(f"'{host}': b")

    error = caught.value
    assert (error.message, error.hint) == (f"no address has the host `{host}`", hint)
    assert (error.place.line, error.place.column) == (8, 65)


def test_a_host_that_is_there_in_capitals_as_well_is_refused():
    with pytest.raises(RuleError) as caught:
        apply("OK.example: b")

    assert caught.value.message == "the host `OK.example` is there twice"
    assert caught.value.place.column == 65


@pytest.mark.parametrize("host", ["a.com", "YT.com", "www.d.com", "localhost", "10.0.0.1", "a_b.x-y.org", "bücher.de"])
def test_a_host_is_taken(host):
    (intent,) = apply(f"{host}: b").intents

    assert [name for name, _ in intent.sources[1].hosts] == sorted([host, "ok.example"])
