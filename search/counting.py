"""What is searched for, counted so that editors learn from it, and so that nothing in it leads to anybody.

A count is of one day, one text without capitals and signs, the filters, and the number of hits. A search costs one
entry in the memory of the process; the database hears of it up to `DELAY_SECONDS` later, from a thread of its own, so
that no reader waits for a lock. Where it cannot be written (a database that only reads, a lock held for too long), the
count is dropped, and the log says how many, never which. A process that ends loses what it has not written yet.
"""

import logging
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from content.page_cache import has_private_cookie
from library.personal import has_cpr
from search.models import SearchCount
from search.query import Results
from search.words import clean

DELAY_SECONDS = 3.0
# Bounds, so that nobody can fill memory or database with made-up searches.
MOST_WAITING = 500
MOST_PER_DAY = 5000
_LONGEST_TEXT = 100
_LONGEST_FILTERS = 200
_SIGNS = "\"'.,;:!?()»«+*"

logger = logging.getLogger(__name__)


class Entry(NamedTuple):
    """What is counted."""

    day: date
    text: str
    filters: str
    hits: int


def is_counted(request: HttpRequest) -> bool:
    """Whether a search is a reader's and a new one: no editor's, and no further page of the same results."""
    return request.method == "GET" and "side" not in request.GET and not has_private_cookie(request.META)


def count(results: Results) -> None:
    """Count one search. Texts that hold what may be a CPR number are not."""
    query = results.query
    text = normalised(query.text)
    if settings.COUNT_SEARCHES and text and not has_cpr(query.text):
        tally.add(Entry(timezone.localdate(), text, _filters(query.filters), results.count))


def normalised(text: str) -> str:
    """What is the same question: without capitals, and without signs around the words. A § is a word."""
    stripped = (word.strip(_SIGNS) for word in clean(text).casefold().split())
    return " ".join(filter(None, stripped))[:_LONGEST_TEXT].strip()


def _filters(chosen: Mapping[str, tuple[str, ...]]) -> str:
    named = (f"{name}={slug}" for name, slugs in sorted(chosen.items()) for slug in sorted(slugs))
    return " ".join(named)[:_LONGEST_FILTERS]


class Tally:
    """Entries that wait to be written together."""

    def __init__(self, delay: float = DELAY_SECONDS) -> None:
        self._delay = delay
        self._lock = threading.Lock()
        self._waiting: Counter[Entry] = Counter()
        self._timer: threading.Timer | None = None

    def add(self, entry: Entry) -> None:
        with self._lock:
            if entry in self._waiting or len(self._waiting) < MOST_WAITING:
                self._waiting[entry] += 1
            if self._timer is None:
                self._timer = threading.Timer(self._delay, self._write_and_close)
                self._timer.daemon = True
                self._timer.start()

    def write(self) -> None:
        """Write all that waits, now."""
        with self._lock:
            waiting, self._waiting = self._waiting, Counter()
            if self._timer:
                self._timer.cancel()
            self._timer = None
        try:
            if waiting:
                store(waiting)
        except DatabaseError as error:
            # Its text could quote what was searched for.
            logger.warning("%s searches could not be counted: %s", waiting.total(), type(error).__name__)

    def cancel(self) -> None:
        """Forget all that waits."""
        with self._lock:
            self._waiting.clear()
            if self._timer:
                self._timer.cancel()

    def _write_and_close(self) -> None:
        try:
            self.write()
        finally:
            # The connection of this thread, which ends here.
            connection.close()


def store(entries: Mapping[Entry, int]) -> None:
    """Add to what the database has counted, and let go of what is old enough."""
    with transaction.atomic():
        SearchCount.objects.expired().delete()
        room = MOST_PER_DAY - SearchCount.objects.filter(day=timezone.localdate()).count()
        for entry, times in entries.items():
            row = SearchCount.objects.filter(**entry._asdict())
            if not row.exists() and room > 0:
                SearchCount.objects.get_or_create(**entry._asdict())
                room -= 1
            row.update(times=F("times") + times)


tally = Tally()
