"""The postings of frequent terms in PostgreSQL, packed so that a query reads them as they are.

ts_rank reads the vector of each document that has a term: quick for a few, half a second for tens of thousands. The
terms that at least `LEAST` documents have are therefore kept here as well, in blocks of successive document numbers,
from the same entries and in the same transaction. A term is here with all its documents or not at all; which ones are,
is settled when the index is made.

A block of which few documents have the term is a list: their places in it, two bytes each, and then for each the step
of the term's impact in it. Any other block is a byte for each document, that step (0: it does not have the term), and
then for each of `LEVELS` a bit for each document, set for the highest that it reaches; at last the greatest step.
"""

import struct
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import accumulate, groupby
from operator import or_

from django.db.models import Q

from content import databases
from search.candidates import LEVELS, Listed, Packed, Posting, level_of
from search.indexing import IMPACTS, Entry, impact_step
from search.models import FrequentTerm

LEAST = 20
BLOCK = 8192
# A block with more documents than this is no list: reading one takes longer then.
MOST_LISTED = BLOCK // 40
# From so many documents on, a posting of lists alone is packed when it is read.
PACKED_FROM = 1000
_BITS = BLOCK // 8
_BATCH = 2000
_LEVEL_OF_STEP = [level_of(impact) for impact in IMPACTS]

_READ = """
    COPY (SELECT term, block, data FROM search_frequentterm WHERE term = ANY(%s) ORDER BY term, block)
    TO STDOUT (FORMAT BINARY)
"""

# Place in a block → step.
Steps = dict[int, int]


def read(terms: Collection[str]) -> dict[str, Posting]:
    """Those of `terms` that are kept here."""
    connection = databases.connection()
    with connection.wrap_database_errors, connection.cursor() as cursor:
        # COPY gives the blocks, which may be a million bytes, as they are; a plain query would spell them out.
        statement = cursor.mogrify(_READ, [list(terms)])
        with cursor.copy(statement) as copied:
            copied.set_types(["text", "int4", "bytea"])
            rows = groupby(copied.rows(), lambda row: row[0])
            return {term: joined((block, data) for _, block, data in found) for term, found in rows}


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
            changes[term, block] = {**dict(_entries(bytes(data))), **changes[term, block]}
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
    having = {place: step for place, step in sorted(steps.items()) if step}
    if len(having) <= MOST_LISTED:
        return struct.pack(f"<{len(having)}H", *having) + bytes(having.values())
    data = bytearray(BLOCK + len(LEVELS) * _BITS + 1)
    data[-1] = max(having.values())
    for place, step in having.items():
        data[place] = step
        data[BLOCK + _LEVEL_OF_STEP[step] * _BITS + (place >> 3)] |= 1 << (place & 7)
    return bytes(data)


def joined(blocks: Iterable[tuple[int, bytes]]) -> Posting:
    """A posting from the blocks of its term, in order; those without any document of it are missing."""
    kept = list(blocks)
    count = sum(_listed_count(data) for _, data in kept if _is_list(data))
    if count >= PACKED_FROM or not all(_is_list(data) for _, data in kept):
        return _joined_packed(kept)
    return Listed({block * BLOCK + place: IMPACTS[step] for block, data in kept for place, step in _entries(data)})


def _joined_packed(blocks: list[tuple[int, bytes]]) -> Packed:
    end = max((block + 1 for block, _ in blocks), default=0)
    steps, levels, most = bytearray(end * BLOCK), [bytearray(end * _BITS) for _ in LEVELS], 0
    for block, data in blocks:
        first = block * BLOCK
        if _is_list(data):
            for place, step in _entries(data):
                number = first + place
                steps[number] = step
                levels[_LEVEL_OF_STEP[step]][number >> 3] |= 1 << (number & 7)
        else:
            steps[first : first + BLOCK] = data[:BLOCK]
            for place, level in enumerate(levels):
                start = BLOCK + place * _BITS
                level[block * _BITS : (block + 1) * _BITS] = data[start : start + _BITS]
        most = max(most, _greatest(data))
    reached = accumulate((int.from_bytes(level, "little") for level in levels), or_)
    return Packed(bytes(steps), tuple(reached), most)


def _is_list(data: bytes) -> bool:
    return len(data) < BLOCK


def _listed_count(data: bytes) -> int:
    return len(data) // 3


def _entries(data: bytes) -> Iterable[tuple[int, int]]:
    """(place, step) of each document in a block."""
    if not _is_list(data):
        return [(place, step) for place, step in enumerate(data[:BLOCK]) if step]
    count = _listed_count(data)
    return zip(struct.unpack_from(f"<{count}H", data), data[2 * count :], strict=True)


def _greatest(data: bytes) -> int:
    steps = data[2 * _listed_count(data) :] if _is_list(data) else data[-1:]
    return max(steps, default=0)
