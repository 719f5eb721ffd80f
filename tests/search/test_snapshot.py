"""What a process keeps of the index in memory: all of it once, and nothing of what has been replaced."""

import weakref

from search.engines.base import Engine
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


def test_documents_with_the_same_filters_share_them(engine: Engine) -> None:
    every = [facts.facets for facts in snapshot().facts.values()]

    assert len({id(facets) for facets in every}) == len({repr(facets) for facets in every}) < len(every)
