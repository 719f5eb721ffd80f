"""Documents that answer → pages with their hits, best first: what a page is worth beyond the words found on it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, overload

from markup.kinds import Kind
from search.documents import Facts, Type
from search.ranking import TOGETHER, Matches
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
# Each further hit of a page counts half of the one before it in a flat list, so that the first hits are of many pages.
_FURTHER = 0.5
# So many of the best pages lift those that are related to them, by so much of their own score times the nearness.
_LIFTING = 40
_LIFT = 0.9
# So much of that a relation keeps where the passage that it is of does not answer.
_BESIDE = 0.5
_LONGEST_NAME = 8

GroupKey = tuple[Kind, str]


class Hit(NamedTuple):
    """A document that answers. score: its place in a flat list, where pages with many hits do not crowd out others."""

    number: int
    facts: Facts
    score: float


class Group(NamedTuple):
    """The hits on one page (a guideline with its instructions, an act with its provisions), the best first."""

    kind: Kind
    record: str
    score: float
    hits: tuple[Hit, ...]


class Groups(Sequence[Group]):
    """Pages, the best first. Each is put together when it is asked for: a reader sees ten of a thousand.

    hits: how many all of them have.
    """

    def __init__(self, keys: Sequence[GroupKey], hits: int, make: Callable[[GroupKey], Group]) -> None:
        self._keys, self.hits, self._make = keys, hits, make

    def __len__(self) -> int:
        return len(self._keys)

    @overload
    def __getitem__(self, place: int) -> Group: ...

    @overload
    def __getitem__(self, place: slice) -> list[Group]: ...

    def __getitem__(self, place: int | slice) -> Group | list[Group]:
        if isinstance(place, slice):
            return [self._make(key) for key in self._keys[place]]
        return self._make(self._keys[place])


def grouped(view: Snapshot, understanding: Understanding, matches: Matches, scores: Mapping[int, float]) -> Groups:
    """The pages of the documents in `scores`, the best first."""
    weights = _weights(understanding)
    weighted: dict[int, float] = {}
    keys: dict[int, GroupKey] = {}
    members: defaultdict[GroupKey, list[int]] = defaultdict(list)
    for number, score in scores.items():
        facts = view.facts[number]
        weighted[number] = score * weights[facts.type, facts.obligation]
        keys[number] = key = _key(facts)
        members[key].append(number)
    together, named = matches.together(keys), _named(view, understanding)
    worth = {}
    for key, numbers in members.items():
        if len(numbers) > 1:
            numbers.sort(key=lambda number: (-weighted[number], number))
        facts = view.facts[numbers[0]]
        whole = together.get(key, 0.0) * weights[facts.type, facts.obligation]
        worth[key] = (weighted[numbers[0]] * (1 - TOGETHER) + whole * TOGETHER) * named.get(key, 1.0)
    if understanding.concepts:
        worth = _lifted(view, worth, members, weighted)
    ordered = sorted(members, key=lambda key: (-worth[key], members[key][0]))
    return Groups(ordered, len(scores), lambda key: _group(view, key, worth[key], members[key], weighted))


def _group(view: Snapshot, key: GroupKey, score: float, numbers: list[int], weighted: Mapping[int, float]) -> Group:
    if len(numbers) == 1:
        return Group(*key, score, (Hit(numbers[0], view.facts[numbers[0]], score),))
    best = weighted[numbers[0]]
    hits = [
        Hit(number, view.facts[number], score * (weighted[number] / best) * _FURTHER**place)
        for place, number in enumerate(numbers)
    ]
    return Group(*key, score, tuple(hits))


def _lifted(
    view: Snapshot,
    worth: Mapping[GroupKey, float],
    members: Mapping[GroupKey, Sequence[int]],
    weighted: Mapping[int, float],
) -> dict[GroupKey, float]:
    """The pages with what those related to the best of them gain; none is found by this alone.

    What a passage is related to gains as much as that passage answers, beside the best of its page.
    """
    lifts: defaultdict[GroupKey, float] = defaultdict(float)
    for key in sorted(worth, key=lambda key: (-worth[key], key))[:_LIFTING]:
        best = weighted[members[key][0]]
        shares = {view.facts[number].passage: weighted[number] / best for number in members[key]} | {"": 1.0}
        for passage, other, nearness in view.relations.get(key, ()):
            if other not in worth:
                continue
            share = _BESIDE + (1 - _BESIDE) * shares.get(passage, 0.0)
            lifts[other] += worth[key] * share * nearness * _LIFT
    return {key: value + lifts[key] for key, value in worth.items()}


def _named(view: Snapshot, understanding: Understanding) -> dict[GroupKey, float]:
    """Page → how much more it is worth for being called what the query, or a part of it, says."""
    stems = understanding.stems
    named: dict[GroupKey, float] = {}
    for length in range(1, min(_LONGEST_NAME, len(stems)) + 1):
        for start in range(len(stems) - length + 1):
            for number in view.named.get(" ".join(stems[start : start + length]), ()):
                named[_key(view.facts[number])] = 1 + NAMED_IN_PART * length / len(stems)
    called = [*view.named.get(" ".join(stems), ())]
    called += [number for reference in understanding.references for number in view.provisions(reference)]
    for number in called:
        if view.facts[number].type is not Type.SITUATION:
            named[_key(view.facts[number])] = NAMED
    return named


def _weights(understanding: Understanding) -> dict[tuple[Type, str], float]:
    """(kind of page, obligation) → what its score is multiplied by, as the query names kinds of pages beside words."""
    stems = understanding.stems
    named = {_TYPE_OF_WORD[base] for base in stems if base in _TYPE_OF_WORD} if len(stems) > 1 else set()
    return {
        (type_, obligation): weight * (OF_NAMED_TYPE if type_ in named else 1.0) * breaking
        for type_, weight in TYPE_WEIGHTS.items()
        for obligation, breaking in _TIE_BREAKERS.items()
    }


def _key(facts: Facts) -> GroupKey:
    return facts.kind, facts.record
