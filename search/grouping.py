"""Documents that answer → pages with their hits, best first: what a page is worth beyond the words found on it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from heapq import nsmallest
from typing import NamedTuple, overload

from markup.kinds import Kind
from search.documents import SORTS, Facts, Type
from search.ranking import TOGETHER, Matches, both
from search.snapshot import Snapshot
from search.stems import stem
from search.understanding import Understanding

# A page that is called what the whole query says is what was asked for; a situation gets its own box for it.
NAMED = 1.8
# So much more a page is worth that is called what a part of the query says, times the share of the words it is.
NAMED_IN_PART = 0.4
# Pages of a kind that the query names: "principper for …", "rapport om …".
OF_NAMED_TYPE = 2.2
# How much each kind of page is worth where the words say the same; "skal" before "bør" before "kan" breaks ties.
TYPE_WEIGHTS: dict[Type, float] = {
    Type.GUIDELINE: 1.0,
    Type.INSTRUCTION: 1.0,
    Type.SITUATION: 0.8,
    Type.TERM: 0.95,
    Type.RESOURCE: 0.42,
    Type.ACT: 0.8,
    Type.PROVISION: 0.75,
    Type.PRINCIPLE: 1.36,
    Type.ACTOR: 1.44,
    Type.THEME: 0.8,
    Type.SOURCE: 0.45,
}
# The words that name a kind of page. "Anvisning" and "lov" are not among them: they mean other things as well.
_WORDS_FOR_TYPES: dict[Type, str] = {
    Type.GUIDELINE: "retningslinje",
    Type.SITUATION: "situation",
    Type.TERM: "begreb definition",
    Type.RESOURCE: "materiale manual redskab",
    Type.PRINCIPLE: "princip",
    Type.ACTOR: "aktør",
    Type.THEME: "tema",
    Type.SOURCE: "kilde rapport undersøgelse notat artikel lovforslag principmeddelelse høringssvar",
}
_TYPE_OF_WORD = {stem(word): type_ for type_, words in _WORDS_FOR_TYPES.items() for word in words.split()}
_TIE_BREAKERS = {"": 1.0, "skal": 1.003, "boer": 1.002, "kan": 1.001}
_SORT_WEIGHTS = [(type_, TYPE_WEIGHTS[type_] * _TIE_BREAKERS[obligation]) for type_, obligation in SORTS]
# Each further hit of a page counts half of the one before it in a flat list, so that the first hits are of many pages.
_FURTHER = 0.5
# So many of the best pages lift those that are related to them, by so much of their own score times the nearness.
_LIFTING = 40
_LIFT = 0.9
_LONGEST_NAME = 8


class Hit(NamedTuple):
    """A document that answers. score: its place in a flat list, where pages with many hits do not crowd out others."""

    number: int
    facts: Facts
    score: float


class Group(NamedTuple):
    """The hits on one page (a guideline with its instructions, an act with its provisions), the best first.

    page: the document of the page itself, which need not be among the hits.
    """

    page: int
    kind: Kind
    record: str
    score: float
    hits: tuple[Hit, ...]


class Groups(Sequence[Group]):
    """Pages, the best first. Each is put together when it is asked for: a reader sees ten of a thousand.

    hits: how many all of them have.
    """

    def __init__(self, pages: Sequence[int], hits: int, make: Callable[[int], Group]) -> None:
        self._pages, self.hits, self._make = pages, hits, make

    def __len__(self) -> int:
        return len(self._pages)

    @overload
    def __getitem__(self, place: int) -> Group: ...

    @overload
    def __getitem__(self, place: slice) -> list[Group]: ...

    def __getitem__(self, place: int | slice) -> Group | list[Group]:
        if isinstance(place, slice):
            return [self._make(page) for page in self._pages[place]]
        return self._make(self._pages[place])


def grouped(view: Snapshot, understanding: Understanding, matches: Matches, scores: Mapping[int, float]) -> Groups:
    """The pages of the documents in `scores`, the best first."""
    weights, sorts, homes = _weights(understanding), view.sorts, view.homes
    weighted = {number: score * weights[sorts[number]] for number, score in scores.items()}
    pages = {number: homes[number] for number in scores}
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number, page in pages.items():
        members[page].append(number)
    together, named = matches.together(pages), _named(view, understanding)
    worth = {}
    for page, numbers in members.items():
        if len(numbers) > 1:
            numbers.sort(key=lambda number: (-weighted[number], number))
        best = numbers[0]
        whole = together.get(page, 0.0) * weights[sorts[best]]
        worth[page] = (weighted[best] * (1 - TOGETHER) + whole * TOGETHER) * named.get(page, 1.0)
    if understanding.concepts:
        worth = _lifted(view, worth, members, weighted)
    ordered = sorted(members, key=lambda page: (-worth[page], members[page][0]))
    return Groups(ordered, len(scores), lambda page: _group(view, page, worth[page], members[page], weighted))


def _group(view: Snapshot, page: int, score: float, numbers: list[int], weighted: Mapping[int, float]) -> Group:
    best, facts = weighted[numbers[0]], view.facts[numbers[0]]
    hits = [
        Hit(number, view.facts[number], score * (weighted[number] / best) * _FURTHER**place)
        for place, number in enumerate(numbers)
    ]
    return Group(page, facts.kind, facts.record, score, tuple(hits))


def _lifted(
    view: Snapshot, worth: Mapping[int, float], members: Mapping[int, Sequence[int]], weighted: Mapping[int, float]
) -> dict[int, float]:
    """The pages with what those related to the best of them gain; none is found by this alone.

    What a passage is related to gains as much as that passage answers, beside the best of its page.
    """
    lifted = dict(worth)
    for value, page in nsmallest(_LIFTING, [(-value, page) for page, value in worth.items()]):
        beside = view.neighbours.get(page)
        if beside is None:
            continue
        most = -value * _LIFT
        for other in both(beside.always, lifted):
            lifted[other] += most * beside.always[other]
        if beside.further:
            best = weighted[members[page][0]]
            for number in members[page]:
                near = beside.further.get(view.facts[number].passage, {})
                for other in both(near, lifted):
                    lifted[other] += most * near[other] * weighted[number] / best
    return lifted


def _named(view: Snapshot, understanding: Understanding) -> dict[int, float]:
    """Page → how much more it is worth for being called what the query, or a part of it, says."""
    stems = understanding.stems
    named: dict[int, float] = {}
    for length in range(1, min(_LONGEST_NAME, len(stems)) + 1):
        for start in range(len(stems) - length + 1):
            for number in view.named.get(" ".join(stems[start : start + length]), ()):
                named[view.homes[number]] = 1 + NAMED_IN_PART * length / len(stems)
    called = [*view.named.get(" ".join(stems), ())]
    called += [number for reference in understanding.references for number in view.provisions(reference)]
    for number in called:
        if view.facts[number].type is not Type.SITUATION:
            named[view.homes[number]] = NAMED
    return named


def _weights(understanding: Understanding) -> Sequence[float]:
    """What the score of each of `SORTS` is multiplied by, as the query names kinds of pages beside words."""
    stems = understanding.stems
    named = {_TYPE_OF_WORD[base] for base in stems if base in _TYPE_OF_WORD} if len(stems) > 1 else set()
    return [weight * OF_NAMED_TYPE if type_ in named else weight for type_, weight in _SORT_WEIGHTS]
