"""What an engine is: it keeps the index and finds the documents that have a term. All else is the same for both.

An index is at a content version and has a stamp that changes with every write, so that readers know when to look anew.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from content.catalogue import stored_catalogue
from content.models import ContentVersion
from search.candidates import LEVELS
from search.collecting import collect
from search.danish import ANALYSIS_VERSION
from search.documents import LABEL_WEIGHTS, Facts, Shown
from search.indexing import STEPS, Entry, Progress, prepare
from search.vocabulary import Vocabulary

# Raised with every change of how an engine keeps what it is given.
_KEEPING = 2
# Which code wrote an index; one written by another is made anew.
FORMAT = f"{ANALYSIS_VERSION} {_KEEPING} {LABEL_WEIGHTS} {STEPS} {LEVELS}"

# Document number → impact of a term in it, one of `indexing.IMPACTS`.
Postings = Mapping[int, float]
# Where the highest number is so many times the number of documents, the index is made anew: sets of documents, which
# are as long as the highest number, would become slow.
_SPARSE = 4


class IndexUnusable(Exception):
    """There is no index, or it cannot be read. The text says why."""


class Outdated(IndexUnusable):
    """The index has changed since it was opened, and what it says now would not fit."""


class IndexBusy(Exception):
    """Another process has been writing for too long."""


@dataclass(frozen=True)
class State:
    """What an index says of itself."""

    version: int
    format: str
    stamp: str


class Reading(ABC):
    """An index as it was in one state. Numbers of documents are those of that state."""

    def __init__(self, state: State) -> None:
        self.state = state

    @property
    @abstractmethod
    def is_lasting(self) -> bool:
        """Whether it can be read as it was, whatever becomes of the index."""

    @abstractmethod
    def vocabulary(self) -> Vocabulary:
        """The vocabulary that the index was made with."""

    @abstractmethod
    def extent(self) -> tuple[int, int]:
        """How many documents there are, and the highest number of any."""

    @abstractmethod
    def facts(self) -> Mapping[int, Facts]:
        """Number → facts of all documents."""

    @abstractmethod
    def postings(self, terms: Collection[str]) -> Mapping[str, Postings]:
        """For each term that some document has, the documents that have it. Raises `Outdated`."""

    @abstractmethod
    def shown(self, numbers: Collection[int]) -> Mapping[int, Shown]:
        """What a page shows of these documents; those that are gone are left out."""

    def is_outgrown_by(self, changed: int) -> bool:
        """Whether it is better made anew than changed in so many records."""
        count, highest = self.extent()
        return changed > count // 4 or highest > _SPARSE * count


class Engine(ABC):
    """One kind of index, as it is now."""

    # Whether a write belongs to the transaction of the content that it indexes.
    transactional: bool

    # ---------- Reading ----------

    @abstractmethod
    def state(self) -> State:
        """Version, format and stamp as they are now. Raises `IndexUnusable`."""

    @abstractmethod
    def opened(self) -> Reading:
        """The index as it is now. Raises `IndexUnusable`."""

    @contextmanager
    def unchanging(self) -> Iterator[None]:
        """What is opened within is not `Outdated` before the end."""
        yield

    def version(self) -> int:
        """The content version of the index; 0 where there is none that can be used."""
        try:
            state = self.state()
        except IndexUnusable:
            return 0
        return state.version if state.format == FORMAT else 0

    # ---------- Writing ----------

    @abstractmethod
    def writing(self, patience: float | None = None) -> AbstractContextManager[None]:
        """Keeps other writers out. Raises `IndexBusy` after `patience` seconds, or when the engine thinks it right."""

    @abstractmethod
    def _replace_all(self, entries: Collection[Entry], vocabulary: Vocabulary, version: int) -> None: ...

    @abstractmethod
    def _replace(
        self, record_ids: Collection[int], entries: Collection[Entry], vocabulary: Vocabulary, version: int
    ) -> None:
        """Remove the documents of these records and add `entries`."""

    def rebuild(self, progress: Progress | None = None) -> int:
        """Make the index anew from the database and give the number of documents. Readers use the old one meanwhile."""
        with self.writing():
            return self.rebuild_now(progress)

    def update(self, changed: Collection[int], deleted: Collection[int], version: int) -> None:
        """Follow one published change: records (by primary key) stored or removed, which made content `version`.

        Where the index has missed a change before this one, or most has changed, it is made anew.
        """
        with self.writing():
            current = self.version()
            if current >= version:
                return  # another process has seen this change already
            before = self.opened() if 0 < current == version - 1 else None
            if before is None or before.is_outgrown_by(len(changed)):
                self.rebuild_now()
                return
            entries, vocabulary = prepare(collect(changed), stored_catalogue(), before.vocabulary())
            self._replace({*changed, *deleted}, entries, vocabulary, version)

    def rebuild_now(self, progress: Progress | None = None) -> int:
        """`rebuild` for who is `writing` already."""
        # The version first: a change that comes in while the texts are read leaves the index behind, not ahead.
        version = ContentVersion.current()
        entries, vocabulary = prepare(collect(), stored_catalogue(), progress=progress)
        self._replace_all(entries, vocabulary, version)
        return len(entries)


def known(terms: Iterable[str]) -> list[str]:
    """`terms` once each, in order, without those that no index can hold."""
    return [term for term in dict.fromkeys(terms) if term and "\x00" not in term]
