"""Whoosh and PostgreSQL over the same content: whatever database a municipality has, a query finds the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search.engines.base import Engine
from search.engines.whoosh import WhooshEngine
from search.grouping import Hit
from search.query import SearchQuery, search_in
from search.relevance import Judgement, measure, read
from search.snapshot import Snapshot
from search.words import clean
from tests.search.test_relevance import JUDGEMENTS

pytestmark = pytest.mark.postgres


@pytest.fixture(scope="module")
def judgements() -> list[Judgement]:
    return read(JUDGEMENTS)


@pytest.fixture
def views(engine: Engine, tmp_path: Path) -> tuple[Snapshot, Snapshot]:
    """The same content in PostgreSQL and on disk."""
    on_disk = WhooshEngine(tmp_path / "index")
    on_disk.rebuild()
    return Snapshot(engine.opened()), Snapshot(on_disk.opened())


def hits(view: Snapshot, query: str) -> list[Hit]:
    return search_in(view, SearchQuery(clean(query))).flat


def finding(view: Snapshot) -> Callable[[str], list[str]]:
    return lambda query: list(dict.fromkeys(hit.facts.record for hit in hits(view, query)))


def identity(hit: Hit) -> tuple[str, str, str]:
    return hit.facts.kind, hit.facts.record, hit.facts.slug


def test_both_find_the_same_documents_for_every_judged_query(
    views: tuple[Snapshot, Snapshot], judgements: list[Judgement]
) -> None:
    for judgement in judgements:
        one, other = ({identity(hit) for hit in hits(view, judgement.query)} for view in views)
        assert one == other, judgement.query
        assert one, judgement.query


def test_both_are_equally_good(views: tuple[Snapshot, Snapshot], judgements: list[Judgement]) -> None:
    one, other = (measure(judgements, finding(view)) for view in views)

    assert abs(one.ndcg - other.ndcg) <= 0.03
    assert abs(one.success(1) - other.success(1)) <= 0.03
    assert abs(one.success(3) - other.success(3)) <= 0.03
