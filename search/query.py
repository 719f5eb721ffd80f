"""A search from the query to its results: understanding, candidates, ranking, filters, pages."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from content.models import ContentVersion
from search.candidates import MOST, numbers
from search.engines import get_engine
from search.engines.base import Outdated
from search.filters import LEGENDS, allowed
from search.grouping import Groups, Hit, grouped
from search.ranking import Matches
from search.signals import searched
from search.snapshot import Snapshot, snapshot
from search.synonyms import Thesaurus
from search.understanding import Interpreter, Understanding
from search.upkeep import usable_snapshot

MAX_LENGTH = 400


@dataclass(frozen=True)
class SearchQuery:
    """What was asked: the text, cleaned and cut; filter → chosen slugs, all of which exist; whether synonyms count."""

    text: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    synonyms: bool = True

    @property
    def is_empty(self) -> bool:
        return not self.text and not any(self.filters.values())


@dataclass(frozen=True)
class Results:
    """All that a search finds. groups: the best first. is_current: whether the newest content was searched."""

    query: SearchQuery
    snapshot: Snapshot
    understanding: Understanding
    groups: Groups
    is_current: bool
    _matching: int

    @cached_property
    def count(self) -> int:
        """The number of hits, also of those beyond the ones that are ranked (`search.candidates`) and listed."""
        return (self._matching & allowed(self.snapshot.members, self.query.filters)).bit_count()

    @cached_property
    def listed(self) -> int:
        """The number of hits in `groups`: fewer than `count` where more answer than are ranked."""
        return self.groups.hits

    @cached_property
    def flat(self) -> list[Hit]:
        """All hits in one list, the best first, the first hits of many pages before the further ones of each."""
        return sorted((hit for group in self.groups for hit in group.hits), key=lambda hit: (-hit.score, hit.number))

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Filter → slug → the number of hits that choosing it would give, under the other filters as they are.

        Of the single provisions, which are very many and not offered, only those that are chosen have one.
        """
        members, offered = self.snapshot.members, self.snapshot.labels.offered
        counts = {}
        for name in LEGENDS:
            others = {other: slugs for other, slugs in self.query.filters.items() if other != name}
            left, having = self._matching & allowed(members, others), members.get(name, {})
            slugs = (*offered[name], *self.query.filters.get(name, ()))
            counts[name] = {slug: (left & having.get(slug, 0)).bit_count() for slug in slugs}
        return counts


def search(query: SearchQuery, usable: tuple[Snapshot, bool] | None = None) -> Results:
    """The results of `query`. Raises `IndexUnusable` where there is no index to search.

    usable: what `usable_snapshot` has just given, if somebody has asked it already.
    """
    started, engine = time.perf_counter(), get_engine()
    view, is_current = usable or usable_snapshot()
    try:
        results = search_in(view, query, is_current=is_current)
    except Outdated:
        with engine.unchanging():
            view = snapshot()
            results = search_in(view, query, is_current=view.state.version == ContentVersion.current())
    searched.send(type(engine), seconds=time.perf_counter() - started)
    return results


def search_in(
    view: Snapshot, query: SearchQuery, *, is_current: bool = True, thesaurus: Thesaurus | None = None
) -> Results:
    """The results of `query` in one state of one index. is_current: whether that is the newest content.

    thesaurus: other synonyms than the stored ones, to see what they would change.
    """
    interpreter = Interpreter(view.analyzer, thesaurus) if thesaurus else view.interpreter
    passing = allowed(view.members, query.filters)
    understanding, matches = _matches(view, query, interpreter, passing)
    scores = matches.documents()
    if not matches.answering and understanding.concepts:
        understanding, matches = _matches(view, query, interpreter, passing, lenient=True)
        scores = matches.documents()
    matching = matches.answering
    if not query.text:
        # Filters alone list all that fits.
        matching = view.everything
        scores = dict.fromkeys(islice(numbers(matching & passing), MOST), 1.0)
    fitting = {number: score for number, score in scores.items() if passing >> number & 1}
    groups = grouped(view, understanding, matches, fitting)
    return Results(query, view, understanding, groups, is_current, matching)


def _matches(
    view: Snapshot, query: SearchQuery, interpreter: Interpreter, passing: int, *, lenient: bool = False
) -> tuple[Understanding, Matches]:
    understanding = interpreter.understand(query.text, synonyms=query.synonyms, lenient=lenient)
    concepts = understanding.concepts
    postings = view.postings({*understanding.pairs, *(term for concept in concepts for term in concept.all_terms)})
    return understanding, Matches(concepts, postings, len(view.facts), understanding.pairs, passing)
