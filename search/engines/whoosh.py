"""The index on disk, for SQLite: a Whoosh index whose postings carry the impact of each term as their weight.

    SEARCH_INDEX_DIR/lock          held by whoever writes
    SEARCH_INDEX_DIR/current       the name of the folder that readers use
    SEARCH_INDEX_DIR/<name>/       one index; a rebuild makes a new one and then changes `current`

The content version and the vocabulary are kept in a document of the index itself, so that one commit changes all.
"""

import json
import os
import shutil
import threading
import uuid
import weakref
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from whoosh import formats
from whoosh.fields import ID, STORED, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex
from whoosh.reading import IndexReader, TermNotFound
from whoosh.util.filelock import try_for
from whoosh.writing import IndexWriter

from search.documents import Facts, Shown
from search.engines.base import FORMAT, Engine, IndexBusy, IndexUnusable, Postings, Reading, State, known
from search.indexing import IMPACTS, Entry, impact_step
from search.vocabulary import Vocabulary

LOCK_SECONDS = 30.0
_META = "meta"
_DOCUMENT = "document"

Result = TypeVar("Result")


class Impacts(FieldType):
    """Terms with weights of our own making: the value of the field is a mapping term → step of its impact."""

    def __init__(self) -> None:
        self.format = formats.Existence()
        self.indexed = True
        self.stored = self.unique = False
        # Whoosh asks for the length of the field with each posting: where it has kept none, of the file system.
        self.scorable = True
        self.analyzer = self.vector = self.column_type = None
        self.spelling = False
        self.multitoken_query = "default"

    def index(self, value: Mapping[str, int], **kwargs: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, value) for each term."""
        for term, step in value.items():
            yield term.encode(), 1, float(step), b""


def _schema() -> Schema:
    """`kind` tells documents from the one that describes the index; `record` is whose change touches them."""
    return Schema(kind=ID(stored=True), record=ID(), terms=Impacts(), facts=STORED, shown=STORED, meta=STORED)


class WhooshReading(Reading):
    """An index on disk that was opened: it keeps its files, whatever is written or removed in the folder meanwhile."""

    def __init__(self, reader: IndexReader, stamp: str) -> None:
        self._reader = reader
        # Something in the files could not be read.
        self.is_damaged = False
        # Whoosh's readers seek in shared files, and so serve one thread at a time.
        self._guard = threading.Lock()
        weakref.finalize(self, reader.close)
        meta = _meta(reader)
        super().__init__(State(meta["version"], meta["format"], stamp))

    @property
    def is_lasting(self) -> bool:
        return not self.is_damaged

    def vocabulary(self) -> Vocabulary:
        return Vocabulary.from_json(self._read(lambda reader: _meta(reader)["vocabulary"]))

    def extent(self) -> tuple[int, int]:
        return self._read(lambda reader: (reader.doc_count() - 1, reader.doc_count_all() - 1))

    def facts(self) -> Mapping[int, Facts]:
        def read(reader: IndexReader) -> dict[int, Facts]:
            return {
                number: Facts.from_json(json.loads(stored["facts"]))
                for number, stored in reader.iter_docs()
                if stored["kind"] == _DOCUMENT
            }

        return self._read(read)

    def postings(self, terms: Collection[str]) -> Mapping[str, Postings]:
        return self._read(lambda reader: {term: found for term in known(terms) if (found := _postings(reader, term))})

    def shown(self, numbers: Collection[int]) -> Mapping[int, Shown]:
        return self._read(
            lambda reader: {number: Shown(**json.loads(reader.stored_fields(number)["shown"])) for number in numbers}
        )

    def _read(self, action: Callable[[IndexReader], Result]) -> Result:
        with self._guard, _said_plainly():
            try:
                return action(self._reader)
            except Exception:
                self.is_damaged = True
                raise


class WhooshEngine(Engine):
    """The index below `folder`. It is opened once for as long as it is the same."""

    transactional = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: FileIndex | None = None
        self._name = ""
        self._newest: WhooshReading | None = None
        self._guard = threading.Lock()

    # ---------- Reading ----------

    def state(self) -> State:
        return self.opened().state

    def opened(self) -> WhooshReading:
        with self._guard:
            with suppress(Exception):
                return self._opened()
            # Another process may have swapped in a new index, and removed the old one, just while it was being opened.
            self._index = None
            with _said_plainly():
                return self._opened()

    def _opened(self) -> WhooshReading:
        name = self._current()
        if self._index is None or name != self._name:
            self._index, self._name = self._storage(name).open_index(schema=_schema()), name
        stamp = f"{name} {self._index.latest_generation()}"
        if self._newest is None or stamp != self._newest.state.stamp:
            reader = self._index.reader()
            self._newest = WhooshReading(reader, f"{name} {reader.generation()}")
        if self._newest.is_damaged:
            # It is made anew before anybody trusts it again.
            raise IndexUnusable("it is damaged")
        return self._newest

    def _storage(self, name: str) -> FileStorage:
        # Without mmap: a file cut short under an open map would end the whole process.
        return FileStorage(str(self._folder / name), supports_mmap=False)

    def _current(self) -> str:
        try:
            return (self._folder / "current").read_text().strip()
        except FileNotFoundError:
            raise IndexUnusable("there is no index yet") from None

    # ---------- Writing ----------

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(self._folder)).lock("lock")
        seconds = LOCK_SECONDS if patience is None else patience
        if not try_for(lock.acquire, timeout=seconds, delay=0.05):
            raise IndexBusy(f"another process has been writing to {self._folder} for {seconds:g} seconds")
        try:
            yield
        finally:
            lock.release()

    def _replace_all(self, entries: Collection[Entry], vocabulary: Vocabulary, version: int) -> None:
        name = uuid.uuid4().hex
        folder = self._folder / name
        folder.mkdir()
        writer = self._storage(name).create_index(_schema()).writer()
        _add(writer, entries, vocabulary, version)
        writer.commit()
        pointer = self._folder / f"{name}.current"
        pointer.write_text(name)
        before = self._name_or_none()
        os.replace(pointer, self._folder / "current")
        self._tidy({name, before})

    def _name_or_none(self) -> str | None:
        try:
            return self._current()
        except IndexUnusable:
            return None

    def _tidy(self, kept: Collection[str | None]) -> None:
        """Remove older indexes and what a rebuild that was cut off has left; readers may still be at the one before."""
        for path in self._folder.iterdir():
            if path.is_dir() and path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def _replace(
        self, record_ids: Collection[int], entries: Collection[Entry], vocabulary: Vocabulary, version: int
    ) -> None:
        writer = self._storage(self._current()).open_index().writer(timeout=LOCK_SECONDS)
        try:
            writer.delete_by_term("kind", _META)
            for record_id in record_ids:
                writer.delete_by_term("record", str(record_id))
            _add(writer, entries, vocabulary, version)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()


def _add(writer: IndexWriter, entries: Collection[Entry], vocabulary: Vocabulary, version: int) -> None:
    for entry in entries:
        writer.add_document(
            kind=_DOCUMENT,
            record=str(entry.document.record_id),
            terms={term: impact_step(label for _, label in places) for term, places in entry.places.items()},
            facts=json.dumps(entry.document.facts.to_json(), ensure_ascii=False),
            shown=json.dumps(vars(entry.document.shown), ensure_ascii=False),
        )
    meta = {"version": version, "format": FORMAT, "vocabulary": vocabulary.to_json()}
    writer.add_document(kind=_META, meta=json.dumps(meta, ensure_ascii=False))


@contextmanager
def _said_plainly() -> Iterator[None]:
    """Whatever goes wrong with the files is `IndexUnusable`."""
    try:
        yield
    except IndexUnusable:
        raise
    except Exception as error:
        # Damaged files make Whoosh and pickle raise nearly anything, down to plain Exception.
        raise IndexUnusable(f"{type(error).__name__}: {error}") from error


def _meta(reader: IndexReader) -> dict[str, Any]:
    """The document that describes the index."""
    number = next(iter(reader.postings("kind", _META).all_ids()))
    meta: dict[str, Any] = json.loads(reader.stored_fields(number)["meta"])
    return meta


def _postings(reader: IndexReader, term: str) -> Postings:
    try:
        matcher = reader.postings("terms", term.encode())
    except TermNotFound:
        return {}
    found = {}
    while matcher.is_active():
        found[matcher.id()] = IMPACTS[int(matcher.weight())]
        matcher.next()
    return found
