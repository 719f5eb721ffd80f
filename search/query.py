"""A search from the query to its results: understanding, candidates, filters, ranking, grouping."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from markup.kinds import Kind
from search.documents import Facts, Type
from search.filters import LEGENDS, allowed, bits
from search.ranking import TOGETHER, Matches
from search.snapshot import Snapshot
from search.understanding import Understanding
from search.upkeep import usable_snapshot

MAX_LENGTH = 400
# A page that is called what the whole query says is what was asked for; a situation gets its own box for it.
NAMED = 1.8
# How much each kind of page is worth where the words say the same; "skal" before "bør" before "kan" breaks ties.
TYPE_WEIGHTS: dict[Type, float] = {
    Type.GUIDELINE: 1.0,
    Type.INSTRUCTION: 1.0,
    Type.SITUATION: 0.8,
    Type.TERM: 0.95,
    Type.RESOURCE: 0.7,
    Type.ACT: 0.8,
    Type.PROVISION: 0.75,
    Type.PRINCIPLE: 0.85,
    Type.ACTOR: 0.9,
    Type.THEME: 0.8,
    Type.SOURCE: 0.45,
}
_TIE_BREAKERS = {"skal": 1.003, "boer": 1.002, "kan": 1.001}
# Each further hit of a page counts half of the one before it in a flat list, so that the first hits are of many pages.
_FURTHER = 0.5

GroupKey = tuple[Kind, str]


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
class Hit:
    """A document that answers. score: its place in a flat list, where pages with many hits do not crowd out others."""

    number: int
    facts: Facts
    score: float


@dataclass(frozen=True)
class Group:
    """The hits on one page (a guideline with its instructions, an act with its provisions), the best first."""

    kind: Kind
    record: str
    score: float
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Results:
    """All that a search finds. groups: the best first. is_current: whether the newest content was searched."""

    query: SearchQuery
    snapshot: Snapshot
    understanding: Understanding
    groups: tuple[Group, ...]
    is_current: bool
    _matching: int

    @cached_property
    def count(self) -> int:
        """The number of hits."""
        return sum(len(group.hits) for group in self.groups)

    @cached_property
    def flat(self) -> list[Hit]:
        """All hits in one list, the best first, the first hits of many pages before the further ones of each."""
        return sorted((hit for group in self.groups for hit in group.hits), key=lambda hit: (-hit.score, hit.number))

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """Filter → slug → the number of hits that choosing it would give, under the other filters as they are."""
        members = self.snapshot.members
        counts = {}
        for name in LEGENDS:
            others = {other: slugs for other, slugs in self.query.filters.items() if other != name}
            left = self._matching & allowed(members, others)
            counts[name] = {slug: (left & having).bit_count() for slug, having in members.get(name, {}).items()}
        return counts


def search(query: SearchQuery) -> Results:
    """The results of `query`. Raises `IndexUnusable` where there is no index to search."""
    view, is_current = usable_snapshot()
    understanding, matches = _matches(view, query)
    scores = matches.documents()
    if not scores and understanding.concepts:
        understanding, matches = _matches(view, query, lenient=True)
        scores = matches.documents()
    if not query.text:
        # Filters alone list all that fits.
        scores = dict.fromkeys(view.facts, 1.0)
    passing = allowed(view.members, query.filters)
    fitting = {number: score for number, score in scores.items() if passing >> number & 1}
    groups = _groups(view, understanding, matches, fitting)
    return Results(query, view, understanding, tuple(groups), is_current, bits(scores))


def _matches(view: Snapshot, query: SearchQuery, *, lenient: bool = False) -> tuple[Understanding, Matches]:
    understanding = view.interpreter.understand(query.text, synonyms=query.synonyms, lenient=lenient)
    concepts = understanding.concepts
    postings = view.postings({*understanding.pairs, *(term for concept in concepts for term in concept.all_terms)})
    return understanding, Matches(concepts, postings, len(view.facts), understanding.pairs)


def _groups(view: Snapshot, understanding: Understanding, matches: Matches, scores: Mapping[int, float]) -> list[Group]:
    weighted = {number: score * _weight(view.facts[number]) for number, score in scores.items()}
    keys = {number: _key(view.facts[number]) for number in weighted}
    members: defaultdict[GroupKey, list[int]] = defaultdict(list)
    for number, key in keys.items():
        members[key].append(number)
    together = matches.together(keys)
    called = [*view.named.get(" ".join(understanding.stems), ())]
    called += [number for reference in understanding.references for number in view.provisions(reference)]
    named = {_key(view.facts[number]) for number in called if view.facts[number].type is not Type.SITUATION}
    groups = []
    for key, numbers in members.items():
        numbers.sort(key=lambda number: (-weighted[number], number))
        best = weighted[numbers[0]]
        whole = together.get(key, 0.0) * _weight(view.facts[numbers[0]])
        score = (best * (1 - TOGETHER) + whole * TOGETHER) * (NAMED if key in named else 1.0)
        hits = (
            Hit(number, view.facts[number], score * (weighted[number] / best) * _FURTHER**place)
            for place, number in enumerate(numbers)
        )
        groups.append(Group(*key, score, tuple(hits)))
    return sorted(groups, key=lambda group: (-group.score, group.hits[0].number))


def _key(facts: Facts) -> GroupKey:
    return facts.kind, facts.record


def _weight(facts: Facts) -> float:
    return TYPE_WEIGHTS[facts.type] * _TIE_BREAKERS.get(facts.obligation, 1.0)
