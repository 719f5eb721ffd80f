"""What a process keeps of the index in memory: all of it once, and nothing of what has been replaced."""

import weakref
from pathlib import Path

import pytest
from pytest_django import Settings

from content.models import ContentVersion
from search.engines.base import Engine, IndexUnusable
from search.query import SearchQuery, search
from search.snapshot import snapshot


def test_what_is_replaced_leaves_the_memory_at_once(changed_index: Engine) -> None:
    """Nobody collects it later: the collector of garbage is told to leave it alone."""
    assert search(SearchQuery("hjemløshed på herberg § 110")).count
    view = snapshot()
    view.load()
    before, facts = weakref.ref(view), weakref.ref(next(iter(view.facts.values())))
    del view

    changed_index.rebuild()

    assert snapshot().facts
    assert before() is None
    assert facts() is None


def test_an_index_of_the_wanted_content_is_not_looked_for_with_each_search(
    changed_index: Engine, settings: Settings
) -> None:
    """Unless it cannot be read any more once another has taken its place."""
    settings.CONTENT_VERSION_SECONDS = 3600
    version, kept = ContentVersion.current(), snapshot()

    changed_index.rebuild()

    assert (snapshot(version) is kept) == kept.reading.is_lasting
    assert snapshot() is not kept
    assert snapshot(version) is snapshot()


def test_an_index_of_other_content_than_is_wanted_is_looked_for_at_once(
    changed_index: Engine, settings: Settings
) -> None:
    settings.CONTENT_VERSION_SECONDS = 3600
    version, kept = ContentVersion.current(), snapshot()

    changed_index.rebuild()

    assert snapshot(version + 1) is not kept


@pytest.mark.sqlite
def test_an_index_that_cannot_be_read_is_looked_for_at_once(changed_index: Engine, settings: Settings) -> None:
    settings.CONTENT_VERSION_SECONDS = 3600
    version, kept = ContentVersion.current(), snapshot()
    for path in Path(settings.SEARCH_INDEX_DIR).rglob("*.seg"):
        path.write_bytes(path.read_bytes()[:1000])

    with pytest.raises(IndexUnusable):
        kept.postings(["misbrug", "bostøtte", "sygdom"])
    with pytest.raises(IndexUnusable, match="damaged"):
        snapshot(version)


def test_documents_with_the_same_filters_share_them(engine: Engine) -> None:
    every = [facts.facets for facts in snapshot().facts.values()]

    assert len({id(facets) for facets in every}) == len({repr(facets) for facets in every}) < len(every)
