"""Which documents are worth ranking, where very many have the words: chosen by sets of documents, none looked at alone.

Ranking reads the impacts of every document that it is given, and so would take longer the more texts there are. Where
more than `MOST` documents have a word of the query, sets of them are parted by how strongly they say each thing that is
asked for, and the best sets are ranked. A set is the bits of one number: a hundred thousand documents are parted in
microseconds. Below `MOST`, which is more than all the texts of today, everything is ranked.
"""

import re
from abc import abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from itertools import accumulate, islice
from operator import itemgetter, or_

from search.indexing import IMPACTS

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

# What an entry of a dict takes, its number and impact being shared.
_LISTED_BYTES = 100

Terms = Mapping[str, float]


class Posting(Mapping[int, float]):
    """Document number → impact of a term in it, with what choosing needs; made once for all searches."""

    @property
    @abstractmethod
    def bits(self) -> int:
        """The documents."""

    @property
    @abstractmethod
    def most(self) -> float:
        """The greatest impact."""

    @property
    @abstractmethod
    def levels(self) -> tuple[int, ...]:
        """The documents of each of `LEVELS`, as bits; each has those above it too."""

    @property
    @abstractmethod
    def size(self) -> int:
        """About how many bytes of memory it takes."""

    @abstractmethod
    def among(self, wanted: Collection[int] | None) -> Iterable[tuple[int, float]]:
        """(number, impact) of those documents that are `wanted`; None wants all."""


class Listed(dict[int, float], Posting):
    """A posting as a list, which suits few documents."""

    @cached_property
    def bits(self) -> int:
        return bits(self)

    @cached_property
    def most(self) -> float:
        return max(self.values(), default=0.0)

    @cached_property
    def levels(self) -> tuple[int, ...]:
        found: list[list[int]] = [[] for _ in LEVELS]
        for number, impact in self.items():
            found[level_of(impact)].append(number)
        return tuple(accumulate(map(bits, found), or_))

    @property
    def size(self) -> int:
        return _LISTED_BYTES * len(self)

    def among(self, wanted: Collection[int] | None) -> Iterable[tuple[int, float]]:
        if wanted is None:
            return self.items()
        if len(wanted) < len(self):
            return [(number, self[number]) for number in wanted if number in self]
        return [(number, impact) for number, impact in self.items() if number in wanted]


class Packed(Posting):
    """A posting that is ready to use as it is stored, which suits very many documents.

    steps: a byte for each document number, its step of `IMPACTS`, 0 where the document does not have the term.
    most: the greatest of them.
    """

    def __init__(self, steps: bytes, levels: Sequence[int], most: int) -> None:
        self._steps = steps
        self._levels = tuple(levels)
        self._most = most

    def __getitem__(self, number: int) -> float:
        if number not in self:
            raise KeyError(number)
        return IMPACTS[self._steps[number]]

    def __contains__(self, number: object) -> bool:
        return isinstance(number, int) and number < len(self._steps) and self._steps[number] > 0

    def __iter__(self) -> Iterator[int]:
        return numbers(self.bits)

    def __len__(self) -> int:
        return self._count

    @cached_property
    def _count(self) -> int:
        return self.bits.bit_count()

    @property
    def bits(self) -> int:
        return self._levels[-1]

    @property
    def most(self) -> float:
        return IMPACTS[self._most]

    @property
    def levels(self) -> tuple[int, ...]:
        return self._levels

    @property
    def size(self) -> int:
        return len(self._steps) * 2

    def among(self, wanted: Collection[int] | None) -> Iterable[tuple[int, float]]:
        steps, end = self._steps, len(self._steps)
        some = self if wanted is None else wanted
        return [(number, IMPACTS[step]) for number in some if number < end and (step := steps[number])]


@lru_cache(maxsize=len(IMPACTS))
def level_of(impact: float) -> int:
    """The place in `LEVELS` of the highest one that an impact reaches."""
    return next(place for place, level in enumerate(LEVELS) if impact >= level)


def listed(found: Mapping[int, float]) -> Posting:
    """`found` as a posting."""
    return found if isinstance(found, Posting) else Listed(found)


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
        """Strength → the documents that say it about so strongly, the strongest first."""
        found: dict[float, int] = {}
        for worth, terms in self.ways:
            for term, weight in terms.items():
                if term in postings:
                    for level, having in zip(LEVELS, postings[term].levels, strict=True):
                        strength = round(worth * weight * (level or LEVELS[-2] / 2), 1)
                        found[strength] = found.get(strength, 0) | having
        stronger, strengths = 0, []
        for strength, having in sorted(found.items(), reverse=True):
            if own := having & ~stronger:
                strengths.append((strength, own))
                stronger |= own
        return strengths


def bits(numbers: Iterable[int]) -> int:
    """A set of document numbers as the bits of one number."""
    found = numbers if isinstance(numbers, Collection) else list(numbers)
    flags = bytearray((max(found, default=0) >> 3) + 1)
    for number in found:
        flags[number >> 3] |= 1 << (number & 7)
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
        ways = [(0.0, 0.0, ~one.having(postings))]
        ways += [(one.weight * strength, one.weight, having) for strength, having in one.strengths(postings)]
        parted = [
            (-(now := score + more) * (so_far := covered + share), now, so_far, found, way)
            for score, covered, found in sets
            for more, share, way in ways
        ]
        parted.sort(key=itemgetter(0))
        # The best first, so that most of the sets need not be made.
        some = ((score, covered, both) for _, score, covered, found, way in parted if (both := found & way))
        sets = list(islice(some, _MOST_SETS))
    chosen, room = 0, POOL
    for _, _, found in sets:
        count = found.bit_count()
        if count > room:
            return [*numbers(chosen), *islice(numbers(found), room)]
        chosen, room = chosen | found, room - count
    return list(numbers(chosen))
