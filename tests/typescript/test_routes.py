"""Which address leads to which route."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prisma_decouple.typescript.context import FileContext, Findings
from prisma_decouple.typescript.facts import SchemaFacts
from prisma_decouple.typescript.routes.mounts import Mounts
from prisma_decouple.typescript.routes.served import ANY, Served, routes_of
from prisma_decouple.typescript.routes.urls import UNKNOWN, Url, url_of
from prisma_decouple.typescript.source.project import Project
from prisma_decouple.typescript.source.text import Source

_HANDLER = "export async function GET() { return Response.json([]) }"
_POSTED = "export async function POST() { return Response.json([]) }"


def _served(files):
    contexts = {}
    project = Project(contexts, {})
    for path, text in files.items():
        contexts[path] = FileContext(SchemaFacts(), Source(path, text), Findings(), project)
    return Served(route for file in contexts.values() for route in routes_of(file, Mounts()))


@pytest.mark.parametrize(
    ("text", "segments", "is_whole"),
    [
        ("/api/books", ("api", "books"), True),
        ("/api/books/?page=1#top", ("api", "books"), True),
        ("https://example.org/api/books", ("api", "books"), True),
        (f"{UNKNOWN}/books/{UNKNOWN}", ("books", UNKNOWN), False),
        (f"/books{UNKNOWN}", ("books",), True),
        (f"/books/{UNKNOWN}", ("books", UNKNOWN), True),
        (f"/books/b-{UNKNOWN}/pages", ("books", UNKNOWN, "pages"), True),
        (f"https://{UNKNOWN}/api/books", ("api", "books"), False),
        ("books", ("books",), False),
    ],
)
def test_an_address_is_its_path_as_far_as_it_is_written(text, segments, is_whole):
    assert url_of(text) == Url(segments, is_whole)


@pytest.mark.parametrize("text", ["", "/", UNKNOWN, f"{UNKNOWN}/{UNKNOWN}", f"/{UNKNOWN}", "https://example.org"])
def test_an_address_of_which_no_segment_is_known_is_none(text):
    assert url_of(text) is None


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/api/books", "app/api/books/route.ts"),
        ("/api/books/7", "app/api/books/[id]/route.ts"),
        (f"/api/books/{UNKNOWN}", "app/api/books/[id]/route.ts"),
        ("/api/books/last", "app/api/books/last/route.ts"),
        (f"{UNKNOWN}/books", "app/api/books/route.ts"),
        ("/api/files/a/b", "app/api/files/[...path]/route.ts"),
        ("/api/shelves/3", "src/pages/api/shelves/[id].ts"),
        ("/api/shelves", "src/pages/api/shelves/index.ts"),
        ("/books", None),
        ("/api/books/7/pages", None),
        (f"/api/books/{UNKNOWN}/pages", None),
        ("/api/authors", None),
    ],
)
def test_an_address_leads_to_the_route_whose_path_says_most_of_it(address, file):
    served = _served(
        {
            "app/api/books/route.ts": _HANDLER,
            "app/api/books/[id]/route.ts": _HANDLER,
            "app/api/books/last/route.ts": _HANDLER,
            "app/api/files/[...path]/route.ts": _HANDLER,
            "src/pages/api/shelves/[id].ts": "export default function handler(req, res) { res.json({}) }",
            "src/pages/api/shelves/index.ts": "export default (req, res) => res.json({})",
        }
    )
    route = served.route(url_of(address), "get", "app/page.tsx")

    assert (route.handler.file.source.path if route is not None else None) == file


def test_the_method_is_a_part_of_the_address():
    served = _served({"app/api/books/route.ts": _HANDLER, "app/api/shelves/route.ts": _POSTED})

    assert served.route(url_of("/api/books"), "post", "app/page.tsx") is None
    assert served.route(url_of("/api/books"), ANY, "app/page.tsx").method == "get"
    assert served.route(url_of("/api/shelves"), ANY, "app/page.tsx").method == "post"


def test_each_application_of_a_workspace_asks_its_own_routes():
    served = _served({"apps/a/app/api/books/route.ts": _HANDLER, "apps/b/app/api/books/route.ts": _HANDLER})

    found = served.route(url_of("/api/books"), "get", "apps/b/app/page.tsx")
    assert found.handler.file.source.path == "apps/b/app/api/books/route.ts"
    assert served.route(url_of("/api/books"), "get", "packages/ui/list.tsx") is None


_NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,7}", fullmatch=True)


@given(st.lists(_NAMES, min_size=1, max_size=4), st.lists(_NAMES, min_size=1, max_size=4))
def test_a_route_without_parameters_is_reached_by_its_own_path_and_by_no_other(own, other):
    served = _served({f"app/{'/'.join(own)}/route.ts": _HANDLER})

    assert served.route(url_of(f"/{'/'.join(own)}"), "get", "app/page.tsx") is not None
    assert (served.route(url_of(f"/{'/'.join(other)}"), "get", "app/page.tsx") is not None) == (own == other)


def test_a_route_is_called_as_people_write_it():
    served = _served({"app/api/books/[id]/route.ts": _HANDLER})

    assert served.route(url_of("/api/books/1"), "get", "page.ts").says() == "GET /api/books/:id"
