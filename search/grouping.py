"""Documents that answer → pages with their hits, best first: what a page is worth beyond the words found on it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
_TIE_BREAKERS = {"skal": 1.003, "boer": 1.002, "kan": 1.001}
# Each further hit of a page counts half of the one before it in a flat list, so that the first hits are of many pages.
_FURTHER = 0.5
# So many of the best pages lift those that are related to them, by so much of their own score times the nearness.
_LIFTING = 40
_LIFT = 0.9
# So much of that a relation keeps where the passage that it is of does not answer.
_BESIDE = 0.5
_LONGEST_NAME = 8

GroupKey = tuple[Kind, str]


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


def grouped(view: Snapshot, understanding: Understanding, matches: Matches, scores: Mapping[int, float]) -> list[Group]:
    """The pages of the documents in `scores`, the best first."""
    types = _named_types(understanding)
    weighted = {number: score * _weight(view.facts[number], types) for number, score in scores.items()}
    keys = {number: _key(view.facts[number]) for number in weighted}
    members: defaultdict[GroupKey, list[int]] = defaultdict(list)
    for number, key in keys.items():
        members[key].append(number)
    together, named = matches.together(keys), _named(view, understanding)
    worth = {}
    for key, numbers in members.items():
        numbers.sort(key=lambda number: (-weighted[number], number))
        whole = together.get(key, 0.0) * _weight(view.facts[numbers[0]], types)
        worth[key] = (weighted[numbers[0]] * (1 - TOGETHER) + whole * TOGETHER) * named.get(key, 1.0)
    if understanding.concepts:
        worth = _lifted(view, worth, members, weighted)
    groups = [_group(view, key, worth[key], numbers, weighted) for key, numbers in members.items()]
    return sorted(groups, key=lambda group: (-group.score, group.hits[0].number))


def _group(view: Snapshot, key: GroupKey, score: float, numbers: list[int], weighted: Mapping[int, float]) -> Group:
    best = weighted[numbers[0]]
    hits = (
        Hit(number, view.facts[number], score * (weighted[number] / best) * _FURTHER**place)
        for place, number in enumerate(numbers)
    )
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


def _named_types(understanding: Understanding) -> set[Type]:
    """The kinds of pages that the query names beside other words."""
    stems = understanding.stems
    return {_TYPE_OF_WORD[base] for base in stems if base in _TYPE_OF_WORD} if len(stems) > 1 else set()


def _key(facts: Facts) -> GroupKey:
    return facts.kind, facts.record


def _weight(facts: Facts, types: set[Type]) -> float:
    own = TYPE_WEIGHTS[facts.type] * (OF_NAMED_TYPE if facts.type in types else 1.0)
    return own * _TIE_BREAKERS.get(facts.obligation, 1.0)
