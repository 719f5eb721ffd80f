"""The index as one process sees it: what all searches share, loaded once for each state of the index."""

import gc
import math
import threading
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from django.conf import settings

from content.catalogue import stored_catalogue
from markup.kinds import Kind
from search.candidates import Listed, Packed, Posting, bits, numbers, union
from search.danish import Analyzer
from search.documents import SORTS, TYPE_OF_KIND, Shown, Type
from search.engines import get_engine
from search.engines.base import FORMAT, Engine, IndexUnusable, Postings, Reading
from search.filters import Labels
from search.law_terms import Reference
from search.relations import Neighbours, neighbours, stored_relations
from search.synonym_store import stored_thesaurus
from search.understanding import Interpreter

# About so many bytes of postings are kept; the most common searches then ask the engine for nothing.
_MOST_KEPT = 200_000_000
# So many documents are kept with what is shown of them, some two thousand bytes each.
_MOST_SHOWN = 4000
# Of two acts with a § of one number, the one named this many times as often is meant.
_OFTEN = 4


class Snapshot:
    """One state of the index with the tools to search it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.state = reading.state
        self.facts = reading.facts()
        self.analyzer = Analyzer(reading.vocabulary(), stored_catalogue())
        self.interpreter = Interpreter(self.analyzer, stored_thesaurus())
        self.labels = Labels.stored()
        self._kept: Mapping[str, Posting] = {}
        self._size = 0
        self._shown: Mapping[int, Shown] = {}
        # The one object for each number; a number of its own in each posting would need twice the memory.
        self._numbers = {number: number for number in self.facts}

    def load(self) -> None:
        """Make now what the first search would otherwise wait for."""
        self.interpreter.understand("hjemløshedsindsatsr")
        _ = self.members, self.named, self.homes, self.sorts, self.neighbours

    def postings(self, terms: Iterable[str]) -> Mapping[str, Posting]:
        """Term → documents, for the terms that some document has. Raises `Outdated`."""
        wanted = set(terms)
        kept = self._kept
        if missing := wanted - kept.keys():
            found = self.reading.postings(missing)
            kept = self._keep({term: self._posting(found.get(term, {})) for term in missing}, wanted)
        return {term: posting for term in wanted if (posting := kept.get(term))}

    def _posting(self, found: Postings) -> Posting:
        if isinstance(found, Packed):
            return found
        own = self._numbers
        return Listed({own[number]: impact for number, impact in found.items()})

    def _keep(self, found: Mapping[str, Posting], wanted: Collection[str]) -> Mapping[str, Posting]:
        """Keep `found`, and, where that becomes too much, nothing but what is `wanted` now. It gives what is kept."""
        self._size += sum(posting.size for posting in found.values())
        kept = self._kept
        if self._size > _MOST_KEPT:
            kept = {term: posting for term, posting in kept.items() if term in wanted}
            self._size = sum(posting.size for posting in (*kept.values(), *found.values()))
        self._kept = {**kept, **found}
        return self._kept

    def shown(self, numbers: Collection[int]) -> Mapping[int, Shown]:
        """What a page shows of these documents; those that are gone are left out."""
        kept = self._shown
        if missing := [number for number in numbers if number not in kept]:
            found = self.reading.shown(missing)
            if len(kept) + len(found) > _MOST_SHOWN:
                kept = {number: kept[number] for number in numbers if number in kept}
            self._shown = kept = {**kept, **found}
        return {number: kept[number] for number in numbers if number in kept}

    @cached_property
    def everything(self) -> int:
        """All documents, as bits."""
        return bits(self.facts)

    @cached_property
    def members(self) -> Mapping[str, Mapping[str, int]]:
        """Filter → slug → the documents that have it, as the bits of a number: counting them is cheap."""
        having: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, facts in self.facts.items():
            for name, slugs in facts.facets.items():
                for slug in slugs:
                    having[name][slug].append(number)
        return {name: {slug: bits(numbers) for slug, numbers in slugs.items()} for name, slugs in having.items()}

    @cached_property
    def named(self) -> Mapping[str, list[int]]:
        """Name, as stems → the documents that are called so."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, facts in self.facts.items():
            for name in facts.names:
                found[name].append(number)
        return found

    @cached_property
    def _pages(self) -> Mapping[tuple[Kind, str], int]:
        """(kind, slug) of a record → the document of its page."""
        return {
            (facts.kind, facts.record): number
            for number, facts in self.facts.items()
            if facts.type is TYPE_OF_KIND[facts.kind]
        }

    @cached_property
    def homes(self) -> Mapping[int, int]:
        """Document → the document of the page that it is on; itself, if it is that page."""
        return {number: self._pages.get((facts.kind, facts.record), number) for number, facts in self.facts.items()}

    @cached_property
    def sorts(self) -> Mapping[int, int]:
        """Document → its place in `SORTS`."""
        place = {sort: place for place, sort in enumerate(SORTS)}
        return {number: place[facts.type, facts.obligation] for number, facts in self.facts.items()}

    @cached_property
    def neighbours(self) -> Mapping[int, Neighbours]:
        """Document of a page → the pages that belong to it."""
        return neighbours(stored_relations(), self._pages)

    def provisions(self, reference: Reference) -> list[int]:
        """The pages of the provisions that a reference can mean, the one that most texts name first.

        Several where it does not say the act, unless the others are hardly ever named.
        """
        naming_it = union(self.postings([reference.exact]), [reference.exact])
        named = {
            number: Reference(0, 0, self.facts[number].record, reference.number).exact
            for number in numbers(naming_it & self.members["type"].get(Type.PROVISION.value, 0))
            if self.facts[number].slug == reference.number
        }
        naming = {term: len(found) for term, found in self.postings(named.values()).items()}
        most = max(naming.values(), default=0)
        often = [number for number, term in named.items() if naming[term] * _OFTEN >= most]
        return sorted(often, key=lambda number: -naming[named[number]])


class _Shelf:
    """The newest snapshot of each engine; threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._snapshots: dict[Engine, Snapshot] = {}
        # When somebody looked whether it is the newest; one of the content that is wanted is then good for a moment.
        self._looked: dict[Engine, float] = {}

    def newest(self, engine: Engine, version: int | None) -> Snapshot:
        snapshot = self._snapshots.get(engine)
        if (
            snapshot
            and snapshot.state.version == version
            and snapshot.reading.is_lasting
            and time.monotonic() - self._looked.get(engine, -math.inf) < settings.CONTENT_VERSION_SECONDS
        ):
            return snapshot
        looked = time.monotonic()
        snapshot = self._looked_up(engine)
        self._looked[engine] = looked
        return snapshot

    def _looked_up(self, engine: Engine) -> Snapshot:
        state = engine.state()
        if state.format != FORMAT:
            raise IndexUnusable("it was made by another version of the program")
        snapshot = self._snapshots.get(engine)
        if snapshot and snapshot.state == state:
            return snapshot
        with self._lock:
            snapshot = self._snapshots.get(engine)
            if snapshot is None or snapshot.state != state:
                snapshot = self._snapshots[engine] = _loaded(engine.opened())
            return snapshot


def _loaded(reading: Reading) -> Snapshot:
    """A snapshot that Python's collector of garbage lets be. It would go through all documents again and again: for
    most of the time that loading takes, and later now and then in the middle of a search, which would wait for it.

    Nothing in a snapshot leads back to itself, so that it needs no collector to go when nobody uses it any more.
    """
    gc.collect()
    gc.disable()
    try:
        return Snapshot(reading)
    finally:
        gc.freeze()
        gc.enable()


_shelf = _Shelf()


def snapshot(version: int | None = None) -> Snapshot:
    """The index as it is now, or as it was a moment ago if it is that of content `version`. Raises `IndexUnusable`."""
    return _shelf.newest(get_engine(), version)
