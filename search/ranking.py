"""Which documents answer a query, and how well. Pure: postings in, scores out; the same for both engines."""

import math
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, reduce
from operator import and_
from typing import TypeVar

from search.candidates import MOST, Posting, Wanted, answering, bits, likeliest, listed, numbers, union

# A document must cover this share of what the best one covers, by weight of the words, to be an answer.
LEAST_COVERAGE = 0.3
# How much less the parts of a compound are worth where some of them are missing.
PARTIAL = 0.3
# From this weight on, a term is the thing itself and no synonym or longer word: how rare a thing is, it alone tells.
ITSELF = 0.8
# From this strength on, a thing is what texts are about; one that never reaches it counts down to UNTOPICAL.
TOPICAL = 0.36
UNTOPICAL = 0.5
# Rarity is damped by this power: the rarest word of a long question is often beside the point.
DAMPED = 0.8
# How much two words count for standing next to each other as they do in the query.
PAIR = 0.8
# How much of a page's score comes from all its documents taken together; the rest is that of its best document.
TOGETHER = 0.2

Postings = Mapping[int, float]
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Concept:
    """One thing that a query asks for, with all ways in which a text may say it.

    terms: term → weight, of which a document's best counts. parts: the parts of a compound or phrase, each as its ways
    to be said, term → weight; they add up, the rare ones counting most, to `whole` where a document has all.
    required: documents without it are no answer.
    """

    text: str
    terms: Mapping[str, float] = field(default_factory=dict)
    parts: Sequence[Mapping[str, float]] = ()
    whole: float = 1.0
    required: bool = False

    @property
    def all_terms(self) -> set[str]:
        return {*self.terms, *(term for part in self.parts for term in part)}


@dataclass(frozen=True)
class _Found:
    """The documents that have a concept, how strongly, and how much it tells about them."""

    strengths: Mapping[int, float]
    weight: float
    required: bool


class Matches:
    """What each concept of a query finds. total: the number of all documents. pairs: terms of neighbouring words."""

    def __init__(
        self,
        concepts: Sequence[Concept],
        postings: Mapping[str, Postings],
        total: int,
        pairs: Sequence[str] = (),
        passing: int = -1,
    ) -> None:
        """passing: the documents that filters let through, as bits: of these the best are chosen if there are many."""
        self._answering: int | None = None
        among: Collection[int] | None = None
        ready = {term: listed(found) for term, found in postings.items()}
        if choice := _choice(concepts, ready, total, pairs, passing):
            self._answering, among = choice
        self._found = [_find(concept, ready, total, among) for concept in concepts]
        self._whole = sum(found.weight for found in self._found) or 1.0
        self._pairs = [
            _Found(dict(ready[term].among(among)), PAIR * _rarity(len(ready[term]), total), required=False)
            for term in pairs
            if term in ready
        ]

    @property
    def answering(self) -> int:
        """All documents that answer, also those beyond the ones that are ranked, as bits."""
        return bits(self._scores) if self._answering is None else self._answering

    def documents(self) -> dict[int, float]:
        """Document number → score, for the documents that answer, or the best of them where they are very many."""
        return self._scores

    @cached_property
    def _scores(self) -> dict[int, float]:
        scores, covered = self._sums([found.strengths for found in self._found])
        for pair in self._pairs:
            for number in both(pair.strengths, scores):
                scores[number] += pair.weight * pair.strengths[number]
        for found in self._found:
            if found.required:
                covered = {number: share for number, share in covered.items() if number in found.strengths}
        least = LEAST_COVERAGE * max(covered.values(), default=0.0) - 1e-9
        return {number: scores[number] * share for number, share in covered.items() if share >= least}

    def together(self, groups: Mapping[int, Hashable]) -> dict[Hashable, float]:
        """Group → the score of its documents read as one. groups: document number → group."""
        scores, covered = self._sums([_best_of(found, groups) for found in self._found])
        for pair in self._pairs:
            for group, strength in _best_of(pair, groups).items():
                scores[group] += pair.weight * strength
        return {group: scores[group] * share for group, share in covered.items()}

    def _sums(self, strengths: Sequence[Mapping[Key, float]]) -> tuple[dict[Key, float], dict[Key, float]]:
        """What each document or group scores, and the share of the query that it covers. strengths: by concept."""
        scores: dict[Key, float] = {}
        covered: dict[Key, float] = {}
        for found, having in zip(self._found, strengths, strict=True):
            weight, share = found.weight, found.weight / self._whole
            if not scores:
                scores = {key: weight * strength for key, strength in having.items()}
                covered = dict.fromkeys(having, share)
                continue
            for key, strength in having.items():
                scores[key] = scores.get(key, 0.0) + weight * strength
                covered[key] = covered.get(key, 0.0) + share
        return scores, covered


def _best_of(found: _Found, groups: Mapping[int, Hashable]) -> dict[Hashable, float]:
    best: dict[Hashable, float] = {}
    for number in both(found.strengths, groups):
        group, strength = groups[number], found.strengths[number]
        if strength > best.get(group, 0.0):
            best[group] = strength
    return best


def both(one: Collection[int], other: Collection[int]) -> list[int]:
    """The numbers in both, at the cost of the smaller one."""
    few, many = sorted((one, other), key=len)
    return [number for number in few if number in many]


def _choice(
    concepts: Sequence[Concept], postings: Mapping[str, Posting], total: int, pairs: Sequence[str], passing: int
) -> tuple[int, Collection[int]] | None:
    """All documents that answer, and those to rank; None where they are few enough to rank them all."""
    if sum(map(len, postings.values())) <= MOST:
        return None
    if union(postings, postings).bit_count() <= MOST:
        return None
    wanted = [_wanted(concept, postings, total) for concept in concepts]
    found = answering(wanted, postings, LEAST_COVERAGE)
    fitting = found & passing
    if fitting.bit_count() <= MOST:
        return found, set(numbers(fitting))
    near = [
        Wanted([(1.0, {pair: 1.0})], PAIR * _rarity(len(postings[pair]), total), required=False)
        for pair in pairs
        if pair in postings
    ]
    return found, set(likeliest([*wanted, *near], postings, fitting))


def _wanted(concept: Concept, postings: Mapping[str, Posting], total: int) -> Wanted:
    """The concept for choosing: its weight is what `_find` will give, but for how well the parts of it do together."""
    share = concept.whole / (len(concept.parts) or 1)
    ways = [(1.0, concept.terms), *((share, part) for part in concept.parts)]
    complete = reduce(and_, (union(postings, part) for part in concept.parts)) if concept.parts else 0
    together = share * sum(_most(part, postings) for part in concept.parts) * (1.0 if complete else PARTIAL)
    strongest = max(_most(concept.terms, postings), together)
    return Wanted(ways, _telling([strongest], _count(concept, postings), total), concept.required)


def _most(terms: Mapping[str, float], postings: Mapping[str, Posting]) -> float:
    return max((weight * postings[term].most for term, weight in terms.items() if term in postings), default=0.0)


def _count(concept: Concept, postings: Mapping[str, Posting]) -> int:
    """How many of all documents have the thing itself; if none does, all of its parts, or else anything of it."""
    itself = union(postings, (term for term, weight in concept.terms.items() if weight >= ITSELF))
    complete = reduce(and_, (union(postings, part) for part in concept.parts)) if concept.parts else 0
    return (itself or complete or union(postings, concept.all_terms)).bit_count()


def _find(concept: Concept, postings: Mapping[str, Posting], total: int, among: Collection[int] | None) -> _Found:
    """among: the documents that matter, where these are not all; how rare a thing is does not depend on them."""
    strengths = _best(concept.terms, postings, among)
    parts = [_best(part, postings, among) for part in concept.parts]
    rarities = [_rarity(union(postings, part).bit_count(), total) for part in concept.parts]
    sums: dict[int, float] = {}
    for part, rarity in zip(parts, rarities, strict=True):
        share = concept.whole * rarity / sum(rarities)
        for number, strength in part.items():
            sums[number] = sums.get(number, 0.0) + share * strength
    complete = set.intersection(*map(set, parts)) if parts else set()
    for number, value in sums.items():
        value *= 1.0 if number in complete else PARTIAL
        if value > strengths.get(number, 0.0):
            strengths[number] = value
    weight = _telling(strengths.values(), _count(concept, postings), total)
    return _Found(strengths, weight, concept.required)


def _best(
    terms: Mapping[str, float], postings: Mapping[str, Posting], among: Collection[int] | None
) -> dict[int, float]:
    """Document number → the greatest impact of any of `terms`, times its weight."""
    strongest: dict[int, float] = {}
    for term, weight in terms.items():
        found = postings[term].among(among) if term in postings else ()
        if not strongest:
            strongest = {number: weight * impact for number, impact in found}
            continue
        for number, impact in found:
            value = weight * impact
            if value > strongest.get(number, 0.0):
                strongest[number] = value
    return strongest


def _telling(strengths: Iterable[float], count: int, total: int) -> float:
    """How much a concept tells that `count` of `total` documents have: more if it is rare, less if no title, name or
    summary has it. "Forskel" and "ringer" are rare words too, but no text is about them."""
    topical = min(1.0, max(strengths, default=0.0) / TOPICAL)
    return _rarity(count, total) * (UNTOPICAL + (1 - UNTOPICAL) * topical) if topical else 0.0


def _rarity(count: int, total: int) -> float:
    """The weight of a term that `count` of `total` documents have."""
    return math.pow(math.log(1 + (total - count + 0.5) / (count + 0.5)), DAMPED)
