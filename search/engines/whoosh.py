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
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
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
from search.engines.base import FORMAT, Engine, IndexBusy, IndexUnusable, Postings, State, known
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


class WhooshEngine(Engine):
    """The index below `folder`. One reader is kept open for as long as the index is the same."""

    transactional = False

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index: FileIndex | None = None
        self._reader: IndexReader | None = None
        self._name = self._stamp = ""
        # The stamp of an index in which something could not be read; it is made anew before anybody trusts it again.
        self._damaged = ""
        self._state: State | None = None
        # Whoosh's readers seek in shared files, and so serve one thread at a time.
        self._guard = threading.RLock()

    # ---------- Reading ----------

    def state(self) -> State:
        # Asked for with each search, while the vocabulary beside it in the index is large: read once for each stamp.
        with self._guard:
            stamp = self._read(lambda reader: self._stamp)
            if self._state is None or self._state.stamp != stamp:
                meta = self._read(self._meta)
                self._state = State(meta["version"], meta["format"], stamp)
            return self._state

    def vocabulary(self) -> Vocabulary:
        return Vocabulary.from_json(self._read(lambda reader: self._meta(reader)["vocabulary"]))

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
        def read(reader: IndexReader) -> dict[int, Shown]:
            return {
                number: Shown(**json.loads(reader.stored_fields(number)["shown"]))
                for number in numbers
                if number < reader.doc_count_all() and not reader.is_deleted(number)
            }

        return self._read(read)

    def _read(self, action: Callable[[IndexReader], Result]) -> Result:
        """`action` with an open reader of the newest state. Whatever goes wrong with the files is `IndexUnusable`."""
        with self._guard:
            try:
                return action(self._opened_again_if_swapped())
            except IndexUnusable:
                raise
            except Exception as error:
                # Damaged files make Whoosh and pickle raise nearly anything, down to plain Exception.
                self._damaged = self._stamp
                self._close()
                raise IndexUnusable(f"{type(error).__name__}: {error}") from error

    def _opened_again_if_swapped(self) -> IndexReader:
        """Another process may swap in a new index, and remove the old one, just while it is being opened here."""
        name = self._current()
        try:
            return self._open()
        except Exception:
            if self._current() == name:
                raise
            self._close()
            return self._open()

    def _open(self) -> IndexReader:
        name = self._current()
        if self._index is None or name != self._name:
            self._close()
            self._index, self._name = self._storage(name).open_index(schema=_schema()), name
        stamp = f"{name} {self._index.latest_generation()}"
        if stamp == self._damaged:
            raise IndexUnusable("it is damaged")
        if self._reader is None or stamp != self._stamp:
            if self._reader is not None:
                self._reader.close()
            self._reader, self._stamp = None, stamp
            self._reader = self._index.reader()
        return self._reader

    def _close(self) -> None:
        reader, self._reader, self._index = self._reader, None, None
        if reader is not None:
            reader.close()

    def _storage(self, name: str) -> FileStorage:
        # Without mmap: a file cut short under an open map would end the whole process.
        return FileStorage(str(self._folder / name), supports_mmap=False)

    def _current(self) -> str:
        try:
            return (self._folder / "current").read_text().strip()
        except FileNotFoundError:
            raise IndexUnusable("there is no index yet") from None

    @staticmethod
    def _meta(reader: IndexReader) -> dict[str, Any]:
        number = next(iter(reader.postings("kind", _META).all_ids()))
        meta: dict[str, Any] = json.loads(reader.stored_fields(number)["meta"])
        return meta

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
