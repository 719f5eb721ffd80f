"""The real content: all of it can be read, and rendered without a dead link."""

from dataclasses import replace

import pytest

from fuzz.targets import FIXTURES, catalogue
from markup.guideline import with_anchors
from markup.kinds import Kind
from markup.record import Record, dump, parse
from markup.render import render_record


@pytest.fixture(scope="module")
def records() -> list[Record]:
    paths = sorted(FIXTURES.rglob("*.md"))
    parsed = [parse(path.read_bytes(), path.relative_to(FIXTURES).as_posix()) for path in paths]
    return [
        replace(record, body=with_anchors(record.body)) if record.kind is Kind.GUIDELINE else record
        for record in parsed
    ]


def test_every_record_comes_back_from_its_canonical_text(records: list[Record]) -> None:
    assert {record.kind for record in records} == set(Kind)
    assert all(parse(dump(record), record.path) == record for record in records)


def test_every_record_renders_without_a_problem(records: list[Record]) -> None:
    rendered = [render_record(record, catalogue()) for record in records]

    assert [str(problem) for page in rendered for problem in page.problems] == []
    assert sum(len(page.citations) for page in rendered) > 300
    assert not [page for page in rendered for html in page.instructions.values() if "[[" in html]
