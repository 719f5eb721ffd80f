"""Which documents are worth ranking, where very many have the words: chosen by sets of documents, none looked at alone.

Ranking reads the impacts of every document that it is given, and so would take longer the more texts there are. Where
more than `MOST` documents have a word of the query, sets of them are parted by how strongly they say each thing that is
asked for, and the best sets are ranked. A set is the bits of one number: a hundred thousand documents are parted in
microseconds. Below `MOST`, which is more than all the texts of today, everything is ranked.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

# More documents than this are not ranked, and not shown: nobody reads on so far.
MOST = 1500
# So many are ranked then.
POOL = 400
# Where the impact of a term falls from one kind of place to the next: title, tag, summary, often in the text, once.
LEVELS = (0.55, 0.34, 0.22, 0.14, 0.0)
# The sets that are looked at after each thing asked for; the weakest beyond them are given up.
_MOST_SETS = 100
_MOST_COVERINGS = 1000
# A byte in which a bit is set: most sets have few.
_SOME = re.compile(rb"[^\x00]")

Terms = Mapping[str, float]


class Posting(dict[int, float]):
    """Document number → impact of a term in it, with what choosing needs; made once for all searches."""

    @cached_property
    def bits(self) -> int:
        return bits(self)

    @cached_property
    def most(self) -> float:
        return max(self.values(), default=0.0)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """The documents of each of `LEVELS`, as bits; each has those above it too."""
        return tuple(bits(number for number, impact in self.items() if impact >= level) for level in LEVELS)


@dataclass(frozen=True)
class Wanted:
    """One thing that a query asks for: ways to say it, term → weight, each with how much it is worth by itself."""

    ways: Sequence[tuple[float, Terms]]
    weight: float
    required: bool

    def having(self, postings: Mapping[str, Posting]) -> int:
        """The documents that say it in any way."""
        return union(postings, (term for _, terms in self.ways for term in terms))

    def strengths(self, postings: Mapping[str, Posting]) -> list[tuple[float, int]]:
        """Strength → the documents that say it about so strongly or more, the strongest first."""
        found: dict[float, int] = {}
        for worth, terms in self.ways:
            for term, weight in terms.items():
                if term in postings:
                    for level, having in zip(LEVELS, postings[term].levels, strict=True):
                        strength = round(worth * weight * (level or LEVELS[-2] / 2), 1)
                        found[strength] = found.get(strength, 0) | having
        return sorted(found.items(), reverse=True)


def bits(numbers: Iterable[int]) -> int:
    """A set of document numbers as the bits of one number."""
    flags = bytearray()
    for number in numbers:
        place = number >> 3
        if place >= len(flags):
            flags.extend(bytes(place - len(flags) + 1))
        flags[place] |= 1 << (number & 7)
    return int.from_bytes(flags, "little")


def numbers(having: int) -> Iterator[int]:
    """The document numbers of a set, in order."""
    for match in _SOME.finditer(having.to_bytes((having.bit_length() + 7) // 8, "little")):
        first, byte = match.start() * 8, match.group()[0]
        for bit in range(8):
            if byte >> bit & 1:
                yield first + bit


def union(postings: Mapping[str, Mapping[int, float]], terms: Iterable[str]) -> int:
    """The documents that have any of `terms`, as bits."""
    found = [postings[term] for term in terms if term in postings]
    return reduce(or_, (one.bits if isinstance(one, Posting) else bits(one) for one in found), 0)


def answering(wanted: Sequence[Wanted], postings: Mapping[str, Posting], least: float) -> int:
    """The documents that have all that is required and cover the `least` share of what the best one covers."""
    possible = reduce(or_, (one.having(postings) for one in wanted), 0)
    for one in wanted:
        if one.required:
            possible &= one.having(postings)
    sets = [(0.0, possible)]
    for one in sorted(wanted, key=lambda one: -one.weight):
        if len(sets) > _MOST_COVERINGS:
            break
        having = one.having(postings)
        parted = [(covered + one.weight, found & having) for covered, found in sets]
        parted += [(covered, found & ~having) for covered, found in sets]
        sets = [(covered, found) for covered, found in parted if found]
    enough = least * max((covered for covered, _ in sets), default=0.0) - 1e-9
    return reduce(or_, (found for covered, found in sets if covered >= enough), 0)


def likeliest(wanted: Sequence[Wanted], postings: Mapping[str, Posting], among: int) -> list[int]:
    """About `POOL` documents of `among` that are the most likely to be the best."""
    sets = [(0.0, 0.0, among)]
    for one in sorted(wanted, key=lambda one: -one.weight):
        parted = []
        for score, covered, left in sets:
            for strength, having in one.strengths(postings):
                if found := left & having:
                    parted.append((score + one.weight * strength, covered + one.weight, found))
                    left &= ~having
            if left:
                parted.append((score, covered, left))
        sets = sorted(parted, key=lambda found: -found[0] * found[1])[:_MOST_SETS]
    chosen: list[int] = []
    for _, _, found in sets:
        for number in numbers(found):
            chosen.append(number)
            if len(chosen) >= POOL:
                return chosen
    return chosen
