"""The index in PostgreSQL: our terms as a weighted tsvector and a GIN index, written with the content it is of."""

import time
import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Count, Func, Max, Min, TextField

from content import databases
from search.documents import LABEL_WEIGHTS, Facts, Shown
from search.engines import frequent as frequent_terms
from search.engines.base import FORMAT, Engine, IndexBusy, IndexUnusable, Outdated, Postings, Reading, State, known
from search.indexing import IMPACTS, STEPS, Entry, Places
from search.models import IndexedDocument, IndexState
from search.vocabulary import Vocabulary

_ROW = 1
_STATE = "SELECT version, format, stamp FROM search_indexstate WHERE id = %s"
_TEXTS = ArrayField(TextField())
_BATCH = 500
_LOCK = "hashtext('search_indexeddocument')"
_LOCK_DELAY = 0.05
# As ts_rank takes them: D, C, B, A.
_WEIGHTS = "{" + ",".join(str(LABEL_WEIGHTS[label]) for label in "DCBA") + "}"


class PostgresReading(Reading):
    """The index in the database that the request reads from. Nothing keeps it as it was."""

    is_lasting = False

    def vocabulary(self) -> Vocabulary:
        return Vocabulary.from_json(IndexState.objects.values_list("vocabulary", flat=True).get(pk=_ROW))

    def extent(self) -> tuple[int, int]:
        found = IndexedDocument.objects.aggregate(count=Count("pk"), highest=Max("pk"))
        return found["count"], found["highest"] or 0

    def facts(self) -> Mapping[int, Facts]:
        rows = IndexedDocument.objects.order_by("pk").values_list("pk", "facts")
        return {number: Facts.from_json(facts) for number, facts in rows}

    def postings(self, terms: Collection[str]) -> Mapping[str, Postings]:
        wanted = known(terms)
        frequent = frequent_terms.read(wanted)
        rare = [term for term in wanted if term not in frequent]
        found = {**frequent, **(self._listed(rare) if rare else {})}
        if _state() != self.state:
            raise Outdated("it has just changed")
        return found

    @staticmethod
    def _listed(terms: Sequence[str]) -> dict[str, Postings]:
        found: dict[str, Postings] = {}
        with databases.connection().cursor() as cursor:
            cursor.execute(
                """
                SELECT query.place, found.numbers, found.steps
                FROM unnest(%s::tsquery[]) WITH ORDINALITY AS query (term, place),
                -- One term at a time: planned together, more than a handful of them read the whole table.
                LATERAL (
                    SELECT array_agg(document.id) AS numbers,
                        array_agg(
                            greatest(1, round(ts_rank(%s::float4[], document.terms, query.term) * %s)::int)
                        ) AS steps
                    FROM search_indexeddocument AS document
                    WHERE document.terms @@ query.term
                ) AS found
                WHERE found.numbers IS NOT NULL
                """,
                [list(map(_quoted, terms)), _WEIGHTS, STEPS],
            )
            for place, numbers, steps in cursor.fetchall():
                found[terms[place - 1]] = {number: IMPACTS[step] for number, step in zip(numbers, steps, strict=True)}
        return found

    def shown(self, numbers: Collection[int]) -> Mapping[int, Shown]:
        rows = IndexedDocument.objects.filter(pk__in=numbers).values_list("pk", "shown")
        return {number: Shown(**shown) for number, shown in rows}


class PostgresEngine(Engine):
    """The index in the default database."""

    transactional = True

    def state(self) -> State:
        return _state()

    def opened(self) -> PostgresReading:
        return PostgresReading(_state())

    @contextmanager
    def unchanging(self) -> Iterator[None]:
        """In a transaction of its own, which sees one moment of the database; within another it promises nothing."""
        reading_from = databases.connection()
        if reading_from.in_atomic_block:
            yield
            return
        with transaction.atomic(using=reading_from.alias):
            with reading_from.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield

    @contextmanager
    def writing(self, patience: float | None = None) -> Iterator[None]:
        """Without `patience` it waits for as long as it takes: to give up would be to give up publishing a change."""
        with transaction.atomic():
            # Held to the end of the transaction: the one that publishes a change, or that of a rebuild.
            with connection.cursor() as cursor:
                if patience is None:
                    cursor.execute(f"SELECT pg_advisory_xact_lock({_LOCK})")
                else:
                    _try_lock(cursor, patience)
            yield

    def _replace_all(self, entries: Collection[Entry], vocabulary: Vocabulary, version: int) -> None:
        # None of the numbers that there were: a search that is under way takes no document for another.
        used = IndexedDocument.objects.aggregate(lowest=Min("pk"), highest=Max("pk"))
        first = 1 if (used["lowest"] or 0) > len(entries) else (used["highest"] or 0) + 1
        IndexedDocument.objects.all().delete()
        self._add(entries, vocabulary, version, first)
        frequent_terms.replace_all(entries, first)

    def _replace(
        self, record_ids: Collection[int], entries: Collection[Entry], vocabulary: Vocabulary, version: int
    ) -> None:
        first = self.opened().extent()[1] + 1
        old = IndexedDocument.objects.filter(record_id__in=record_ids)
        removed = dict(old.values_list("pk", Func("terms", function="tsvector_to_array", output_field=_TEXTS)))
        old.delete()
        self._add(entries, vocabulary, version, first)
        frequent_terms.change(removed, entries, first)

    def _add(self, entries: Collection[Entry], vocabulary: Vocabulary, version: int, first: int) -> None:
        rows = (
            IndexedDocument(
                id=number,
                record_id=entry.document.record_id,
                terms=_vector(entry.places),
                facts=entry.document.facts.to_json(),
                shown=vars(entry.document.shown),
            )
            for number, entry in enumerate(entries, first)
        )
        IndexedDocument.objects.bulk_create(rows, batch_size=_BATCH)
        IndexState.objects.update_or_create(
            pk=_ROW,
            defaults={
                "version": version,
                "format": FORMAT,
                "stamp": uuid.uuid4().hex,
                "vocabulary": vocabulary.to_json(),
            },
        )


def _state() -> State:
    # Asked for in each search, and so without the ORM, which would cost ten times what the database does.
    with databases.connection().cursor() as cursor:
        cursor.execute(_STATE, [_ROW])
        row = cursor.fetchone()
    if row is None:
        raise IndexUnusable("there is no index yet")
    return State(*row)


def _try_lock(cursor: CursorWrapper, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        cursor.execute(f"SELECT pg_try_advisory_xact_lock({_LOCK})")
        if cursor.fetchone() == (True,):
            return
        if time.monotonic() > end:
            raise IndexBusy(f"another process has been writing the index for {patience:g} seconds")
        time.sleep(_LOCK_DELAY)


def _quoted(term: str) -> str:
    escaped = term.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'"


def _vector(places: Places) -> str:
    """The text form of a tsvector: 'boform':1A,17D '§110':1B."""
    return " ".join(
        f"{_quoted(term)}:{','.join(f'{position}{label}' for position, label in found)}"
        for term, found in places.items()
    )
