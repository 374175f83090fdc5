"""What a form keeps beside the fields of another model is the key of that one, though both have a key of that name."""

from __future__ import annotations

import pytest

from prisma_decouple.typescript.scan import scan_files
from prisma_decouple.typescript.source.files import CodeFile

_SCHEMA = """\
datasource db {
  provider = "postgresql"
  url      = env("DATABASE_URL")
}

model Author {
  id    String @id
  books Book[]
  loans Loan[]
}

model Book {
  id       String @id
  title    String
  authorId String
  author   Author @relation(fields: [authorId], references: [id])
  loans    Loan[]
}

model Loan {
  id       String @id
  reason   String
  bookId   String
  book     Book   @relation(fields: [bookId], references: [id])
  authorId String
  author   Author @relation(fields: [authorId], references: [id])
}
"""
_RULES = "name: books\nrules:\n  - make_optional: { model: Book, field: author }\n"


@pytest.mark.parametrize(
    ("kept", "is_told"),
    [
        ('{ authorId: "", bookId: "", reason: "" }', False),
        ('{ authorId: "", title: "" }', True),
        ('{ authorId: "" }', True),
    ],
)
def test_its_stand_in_for_none_is_of_the_model_that_has_more_of_it(kept, is_told, facts_by):
    code = f"// of Book and Loan\nconst [form, setForm] = useState({kept});\n"
    found = scan_files(facts_by(_SCHEMA, _RULES), [CodeFile("page.tsx", code)])

    assert any(hint.kind.value == "sentinel" for hint in found.hints) == is_told


@pytest.mark.parametrize(
    ("path", "is_told"),
    [("page.tsx", True), ("page.test.tsx", False)],
)
def test_a_type_that_a_test_writes_for_its_own_variable_is_no_record(path, is_told, facts_by):
    code = "it('edits', () => { let book: { id: string; title: string; authorId: string } | null = null; });\n"
    found = scan_files(facts_by(_SCHEMA, _RULES), [CodeFile(path, code)])

    assert any(hint.kind.value == "type" for hint in found.hints) == is_told
