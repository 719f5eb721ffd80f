"""The postings of frequent terms in PostgreSQL, packed so that a query reads them as they are.

ts_rank reads the vector of each document that has a term: quick for hundreds of documents, half a second for tens of
thousands. The terms that at least `LEAST` documents have are therefore kept here as well, in blocks of successive
document numbers, from the same entries and in the same transaction. A term is here with all its documents or not at
all; which ones are, is settled when the index is made.

A block is a byte for each document, the step of the term's impact in it (0: it does not have the term), and then for
each of `LEVELS` a bit for each document; at last a byte for the greatest step in it.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.db.models import Q

from search.candidates import LEVELS, Packed
from search.indexing import IMPACTS, Entry, impact_step
from search.models import FrequentTerm

LEAST = 300
BLOCK = 8192
_BITS = BLOCK // 8
_BATCH = 500
# Step → where the bits of the levels begin that it reaches.
_LEVELS_OF_STEP = [
    [BLOCK + place * _BITS for place, level in enumerate(LEVELS) if step and impact >= level]
    for step, impact in enumerate(IMPACTS)
]

# Place in a block → step.
Steps = dict[int, int]


def read(terms: Collection[str]) -> dict[str, Packed]:
    """Those of `terms` that are kept here."""
    rows = FrequentTerm.objects.filter(term__in=terms).order_by("term", "block").values_list("term", "block", "data")
    return {term: joined((block, bytes(data)) for _, block, data in found) for term, found in groupby(rows, _term)}


def replace_all(entries: Collection[Entry], first: int) -> None:
    """Keep nothing but the frequent terms of `entries`, whose numbers begin with `first`."""
    FrequentTerm.objects.all().delete()
    counts = Counter(term for entry in entries for term in entry.places)
    frequent = {term for term, count in counts.items() if count >= LEAST}
    for block, numbered in groupby(enumerate(entries, first), lambda one: one[0] // BLOCK):
        changes = _changes_of(numbered, frequent)
        _write((term, block, steps) for (term, _), steps in changes.items())


def change(removed: Mapping[int, Collection[str]], added: Collection[Entry], first: int) -> None:
    """Follow a change of the index. removed: document number → its terms. first: the number of the first one added."""
    terms = {term for found in removed.values() for term in found}.union(*(entry.places for entry in added))
    frequent = set(FrequentTerm.objects.filter(term__in=terms).values_list("term", flat=True).distinct())
    changes = _changes_of(enumerate(added, first), frequent)
    for number, had in removed.items():
        for term in frequent.intersection(had):
            changes[term, number // BLOCK][number % BLOCK] = 0
    touched = Q(term__in=frequent, block__in={block for _, block in changes})
    for term, block, data in FrequentTerm.objects.filter(touched).values_list("term", "block", "data"):
        if (term, block) in changes:
            before = {place: step for place, step in enumerate(bytes(data[:BLOCK])) if step}
            changes[term, block] = {**before, **changes[term, block]}
    _write((term, block, steps) for (term, block), steps in changes.items())


def _changes_of(
    numbered: Iterable[tuple[int, Entry]], frequent: Collection[str]
) -> defaultdict[tuple[str, int], Steps]:
    """(term, block) → what these documents say of the `frequent` terms."""
    changes: defaultdict[tuple[str, int], Steps] = defaultdict(dict)
    for number, entry in numbered:
        for term, places in entry.places.items():
            if term in frequent:
                changes[term, number // BLOCK][number % BLOCK] = impact_step(label for _, label in places)
    return changes


def _write(blocks: Iterator[tuple[str, int, Steps]]) -> None:
    FrequentTerm.objects.bulk_create(
        (FrequentTerm(term=term, block=block, data=packed(steps)) for term, block, steps in blocks),
        batch_size=_BATCH,
        update_conflicts=True,
        unique_fields=["term", "block"],
        update_fields=["data"],
    )


def packed(steps: Steps) -> bytes:
    """A block as it is kept."""
    data = bytearray(BLOCK + len(LEVELS) * _BITS + 1)
    data[-1] = max(steps.values(), default=0)
    for place, step in steps.items():
        data[place] = step
        for start in _LEVELS_OF_STEP[step]:
            data[start + (place >> 3)] |= 1 << (place & 7)
    return bytes(data)


def joined(blocks: Iterable[tuple[int, bytes]]) -> Packed:
    """A posting from the blocks of its term, in order; those without any document of it are missing."""
    steps, levels, most = bytearray(), [bytearray() for _ in LEVELS], 0
    for block, data in blocks:
        gap = block * BLOCK - len(steps)
        steps += bytes(gap) + data[:BLOCK]
        most = max(most, data[-1])
        for place, level in enumerate(levels):
            start = BLOCK + place * _BITS
            level += bytes(gap // 8) + data[start : start + _BITS]
    return Packed(bytes(steps), [int.from_bytes(level, "little") for level in levels], most)


def _term(row: tuple[str, int, Any]) -> str:
    return row[0]
