"""Which documents answer a query, and how well. Pure: postings in, scores out; the same for both engines."""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

# A document must cover this share of what the best one covers, by weight of the words, to be an answer.
LEAST_COVERAGE = 0.3
# How much less the parts of a compound are worth where some of them are missing.
PARTIAL = 0.3
# From this strength on, a concept is something that texts are about; one that never reaches it counts down to UNTOPICAL.
PAIR = 0.8
TOPICAL = 0.36
UNTOPICAL = 0.5
# How little missing words cost: 1 takes a document's score times the share of the query that it covers, 0 nothing.
COVERAGE_POWER = 1.0
# How much of a page's score comes from all its documents taken together; the rest is that of its best document.
TOGETHER = 0.5

Postings = Mapping[int, float]


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


class Matches:
    """What each concept of a query finds, with how much it tells. total: the number of all documents."""

    def __init__(
        self, concepts: Sequence[Concept], postings: Mapping[str, Postings], total: int, pairs: Sequence[str] = ()
    ) -> None:
        self._pairs = [
            (postings[term], PAIR * _rarity(len(postings[term]), total)) for term in pairs if term in postings
        ]
        self._found = [_found(concept, postings, total) for concept in concepts]
        self._required = [
            found.keys() for concept, found in zip(concepts, self._found, strict=True) if concept.required
        ]
        self._weights = [_telling(found, total) for found in self._found]
        self._whole = sum(self._weights) or 1.0

    def documents(self) -> dict[int, float]:
        """Document number → score, for the documents that answer."""
        sums: dict[int, list[float]] = {}
        for found, weight in zip(self._found, self._weights, strict=True):
            for number, strength in found.items():
                value = sums.setdefault(number, [0.0, 0.0])
                value[0] += weight * strength
                value[1] += weight / self._whole
        for found, weight in self._pairs:
            for number, strength in found.items():
                if number in sums:
                    sums[number][0] += weight * strength
        for required in self._required:
            sums = {number: value for number, value in sums.items() if number in required}
        least = LEAST_COVERAGE * max((covered for _, covered in sums.values()), default=0.0) - 1e-9
        return {
            number: score * covered**COVERAGE_POWER for number, (score, covered) in sums.items() if covered >= least
        }

    def together(self, groups: Mapping[int, Hashable]) -> dict[Hashable, float]:
        """Group → the score of its documents read as one. groups: document number → group."""
        sums: dict[Hashable, list[float]] = {}
        for found, weight in zip(self._found, self._weights, strict=True):
            best: dict[Hashable, float] = {}
            for number in found.keys() & groups.keys():
                group = groups[number]
                best[group] = max(found[number], best.get(group, 0.0))
            for group, strength in best.items():
                value = sums.setdefault(group, [0.0, 0.0])
                value[0] += weight * strength
                value[1] += weight / self._whole
        for found, weight in self._pairs:
            for number in found.keys() & groups.keys():
                sums[groups[number]][0] += weight * found[number]
        return {group: score * covered**COVERAGE_POWER for group, (score, covered) in sums.items()}


def _found(concept: Concept, postings: Mapping[str, Postings], total: int) -> dict[int, float]:
    """Document number → how strongly it has the concept."""
    best = _best(concept.terms, postings)
    parts = [_best(part, postings) for part in concept.parts]
    rarities = [_rarity(len(part), total) for part in parts]
    sums: dict[int, float] = {}
    complete = set.intersection(*map(set, parts)) if parts else set()
    for part, rarity in zip(parts, rarities, strict=True):
        share = concept.whole * rarity / sum(rarities)
        for number, strength in part.items():
            sums[number] = sums.get(number, 0.0) + share * strength
    for number, value in sums.items():
        value *= 1.0 if number in complete else PARTIAL
        if value > best.get(number, 0.0):
            best[number] = value
    return best


def _best(terms: Mapping[str, float], postings: Mapping[str, Postings]) -> dict[int, float]:
    """Document number → the greatest impact of any of `terms`, times its weight."""
    best: dict[int, float] = {}
    for term, weight in terms.items():
        for number, impact in postings.get(term, {}).items():
            value = weight * impact
            if value > best.get(number, 0.0):
                best[number] = value
    return best


def _telling(found: Mapping[int, float], total: int) -> float:
    """How much a concept tells: more if it is rare, and less if no title, name or summary has it.

    "Forskel" and "ringer" are rare words too, but no text is about them.
    """
    if not found:
        return 0.0
    topical = min(1.0, max(found.values()) / TOPICAL)
    return _rarity(len(found), total) * (UNTOPICAL + (1 - UNTOPICAL) * topical)


def _rarity(count: int, total: int) -> float:
    """The weight of a concept that `count` of `total` documents have: rare ones tell more."""
    return math.log(1 + (total - count + 0.5) / (count + 0.5))
