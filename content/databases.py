"""Which database a request reads from, and the content version that it finds there.

Editors, and all that writes, use the primary. A reader's request is held to one database from its beginning to its
end, so that the page and the number it is kept under belong together: a streaming replica that has what the primary
has, or else the primary. While the primary is away, a replica serves as it is; while a replica is away, the primary.
While none answers, what is kept in memory is still served, and all else is refused at once.

A process asks for the number once in CONTENT_VERSION_SECONDS at most; between, it does not know better, nor does it
need a database for what it has kept.
"""

import errno
import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

PRIMARY = DEFAULT_DB_ALIAS
# Tables that somebody has just written to when they are read.
_PRIMARY_ONLY = frozenset({"django_cache", "sessions"})
_VERSION = "SELECT number FROM content_contentversion WHERE id = 1"
# How often a database that does not answer is asked again.
_SILENCE_SECONDS = 1.0
# So long nobody reads from a replica that answers, but not all that is asked: its disk hangs, or something is locked.
_REST_SECONDS = 30.0
# So long a request waits for another one that is asking for the number; then it goes on with what is known.
_PATIENCE_SECONDS = 0.25
_READ_ONLY = "25006"
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})

logger = logging.getLogger(__name__)


class NoDatabase(OperationalError):
    """No database answers."""


@dataclass(frozen=True)
class Choice:
    """The database to read from, empty where none answers, and the content version there, or the last one known."""

    alias: str
    version: int
    has_failed: bool = False


class _Databases:
    """What this process knows of its databases; its threads share it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._latest: Choice | None = None
        self._good_until = 0.0
        self._silent: set[str] = set()

    def choice(self) -> Choice:
        """The database to read from now."""
        latest = self._latest
        if latest and time.monotonic() < self._good_until:
            return latest
        alone = self._lock.acquire(timeout=_PATIENCE_SECONDS)
        try:
            if self._latest and (time.monotonic() < self._good_until or not alone):
                return self._latest
            return self.ask()
        finally:
            if alone:
                self._lock.release()

    def ask(self) -> Choice:
        """Ask every database that is not known to be silent."""
        replicas = [alias for alias in connections if alias != PRIMARY]
        # Processes begin with different ones, so that they share the work.
        start = os.getpid() % len(replicas) if replicas else 0
        order = [*replicas[start:], *replicas[:start], PRIMARY]
        found = {alias: number for alias in order if (number := self._number_in(alias)) is not None}
        newest = max(found.values(), default=self._latest.version if self._latest else 0)
        self._latest = Choice(next((alias for alias in found if found[alias] == newest), ""), newest)
        self._good_until = time.monotonic() + settings.CONTENT_VERSION_SECONDS
        return self._latest

    def forget(self) -> None:
        """Ask with the next request."""
        self._good_until = 0.0

    def answers(self, alias: str) -> bool:
        return alias not in self._silent

    def _number_in(self, alias: str) -> int | None:
        if alias in self._silent:
            return None
        try:
            return _number_by_new_connection(alias)
        except DatabaseError as error:
            logger.warning("The database %s does not answer: %s", alias, type(error).__name__)
        if not connections[alias].in_atomic_block:  # a transaction that has failed tells nothing of the database
            self.leave_alone(alias, _SILENCE_SECONDS)
        return None

    def leave_alone(self, alias: str, seconds: float) -> None:
        """Read no more from a database until it answers, `seconds` from now at the earliest."""
        if alias in self._silent:
            return  # another reader has just found the same
        self._silent.add(alias)
        threading.Thread(target=self._await, args=(alias, seconds), name=f"await-{alias}", daemon=True).start()

    def _await(self, alias: str, seconds: float) -> None:
        """Ask a silent database until it answers, in a thread of its own, so that no reader waits for it."""
        time.sleep(seconds)
        while True:
            try:
                number_in(alias)
                break
            except DatabaseError:
                time.sleep(_SILENCE_SECONDS)
            finally:
                connections[alias].close()
        logger.warning("The database %s answers again.", alias)
        self._silent.discard(alias)
        self.forget()


_databases = _Databases()
_pinned: ContextVar[Choice | None] = ContextVar("database", default=None)


def number_in(alias: str) -> int:
    """The content version in one database; 0 before anything has been loaded.

    Asked for often, and so without the ORM, which would cost ten times what the database does.
    """
    with connections[alias].cursor() as cursor:
        cursor.execute(_VERSION)
        row = cursor.fetchone()
    return row[0] if row else 0


def _number_by_new_connection(alias: str) -> int:
    """`number_in`, over a new connection where the one that was kept has broken."""
    connection = connections[alias]
    if connection.connection is None or connection.in_atomic_block:
        return number_in(alias)
    try:
        return number_in(alias)
    except DatabaseError:
        if connection.connection is None:
            raise  # the kept one was found broken, and a new one was tried: a reader waits for no third time
        connection.close()
    return number_in(alias)


@contextmanager
def reader(*, may_have_written: bool = False) -> Iterator[None]:
    """Hold to one database what is read within. The innermost of several changes nothing.

    may_have_written: for an editor, who wants to see what was written just now: from the primary, while it answers.
    """
    if _pinned.get() is not None:
        yield
        return
    own = may_have_written and _databases.answers(PRIMARY)
    token = _pinned.set(Choice(PRIMARY, 0) if own else _databases.choice())
    try:
        yield
    finally:
        _pinned.reset(token)


@contextmanager
def primary() -> Iterator[None]:
    """Read from the primary within, in a reader's request too: what is about to be written rests on it."""
    token = _pinned.set(None)
    try:
        yield
    finally:
        _pinned.reset(token)


def version() -> int:
    """The content version that this reader's request is about."""
    return (_pinned.get() or _databases.choice()).version


def reader_version() -> int:
    """The same; 0 where this is no reader's request, or nothing is known."""
    choice = _pinned.get()
    return choice.version if choice else 0


def alias() -> str:
    """The database that this request reads from. Raises `NoDatabase`."""
    choice = _pinned.get()
    if choice is None:
        return PRIMARY
    if not choice.alias:
        raise NoDatabase("no database answers")
    return choice.alias


def connection() -> BaseDatabaseWrapper:
    """Its connection, for what goes past the ORM. Raises `NoDatabase`."""
    return connections[alias()]


def answers(alias: str) -> bool:
    """Whether a database answered when it was last asked."""
    return _databases.answers(alias)


def is_adrift() -> bool:
    """Whether this request has to do without a database."""
    choice = _pinned.get()
    return choice is not None and not choice.alias


def note_failure() -> None:
    """The database of a reader's request has just failed to answer what it was asked."""
    choice = _pinned.get()
    if choice is not None:
        _pinned.set(replace(choice, has_failed=True))


def can_try_again() -> bool:
    """After a reader's request failed: whether there is another database, or a new way to the same one."""
    choice = _pinned.get()
    if choice is None or not choice.alias:
        return False
    if not connections[choice.alias].is_usable():
        connections[choice.alias].close()
    elif choice.has_failed and choice.alias != PRIMARY and _databases.answers(PRIMARY):
        logger.warning("The database %s does not answer all that is asked.", choice.alias)
        _databases.leave_alone(choice.alias, _REST_SECONDS)
    else:
        return False
    choice = _databases.ask()
    _pinned.set(choice)
    return bool(choice.alias)


def forget_version() -> None:
    """This process has just published: it must not go on with the number that it remembers."""
    _databases.forget()


def is_outage(error: BaseException | None) -> bool:
    """Whether an exception says that a database is away, locked, too slow or only to be read, or a disk full."""
    if isinstance(error, OSError):
        return error.errno in _NO_ROOM
    cause = getattr(error, "__cause__", None)
    return isinstance(error, OperationalError | InterfaceError) or getattr(cause, "sqlstate", "") == _READ_ONLY


class Router:
    """Tells Django the same. All databases hold the same rows; the primary's are the ones that change."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return PRIMARY if model._meta.app_label in _PRIMARY_ONLY else alias()

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return PRIMARY

    def allow_relation(self, one: Model, other: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY
