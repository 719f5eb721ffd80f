"""What must hold before readers are sent here, and what somebody should look into though readers are served.

Only the first takes a node out of service: to take one out because its disk is filling up, or because a timer has
stopped, would help no reader. Nothing here tells a password, an address of a server or a text.
"""

import shutil
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from content import databases
from content.models import ContentVersion
from editorial.models import Revision, State
from search.engines import get_engine

# So long after its day began, or after it was planned, somebody should have published a text.
PUBLICATION_PATIENCE = timedelta(minutes=15)
# How often it is asked again whether migrations that were missing have been applied.
_MIGRATIONS_SECONDS = 5.0

Check = Callable[[], str]


def failures() -> dict[str, str]:
    """The checks that fail, each with what is wrong: readers cannot be served as they should be."""
    return _problems(CHECKS)


def concerns() -> dict[str, str]:
    """What an operator should look into, by its name."""
    return _problems(CONCERNS)


def _problems(checks: Mapping[str, Check]) -> dict[str, str]:
    found = {}
    for name, check in checks.items():
        try:
            problem = check()
        except DatabaseError as error:
            problem = f"the database does not answer: {type(error).__name__}"
        if problem:
            found[name] = problem
    return found


# ---------- Checks ----------


def _database() -> str:
    with databases.connection().cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


class Migrations:
    """Whether all migrations are applied. That they are is asked once: a process does not change its code."""

    def __init__(self) -> None:
        self._asked_at = 0.0
        self._problem = "not asked yet"

    def __call__(self) -> str:
        if self._problem and time.monotonic() - self._asked_at >= _MIGRATIONS_SECONDS:
            executor = MigrationExecutor(databases.connection())
            pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
            self._problem = f"{len(pending)} not applied" if pending else ""
            self._asked_at = time.monotonic()
        return self._problem


def _content() -> str:
    return "" if ContentVersion.current() else "nothing has been loaded"


def _search() -> str:
    wanted, found = ContentVersion.current(), get_engine().version()
    return "" if found == wanted else f"the index is at version {found}, the content at {wanted}"


# ---------- Concerns ----------


def _disk() -> str:
    """The name of the setting tells the folder, for its path is nobody's business."""
    least = settings.LEAST_FREE_MB
    folders = {"HJEMVEJ_VAR": settings.VAR_DIR, "MEDIA_DIR": settings.MEDIA_ROOT}
    free = {name: _free_megabytes(Path(folder)) for name, folder in folders.items()}
    return ", ".join(f"{megabytes} MB free for {name}" for name, megabytes in free.items() if megabytes < least)


def _free_megabytes(folder: Path) -> int:
    # Before the first image there is no folder for them; they will lie on the disk of what is above it.
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    return shutil.disk_usage(existing).free // 2**20


def due() -> list[Revision]:
    """The planned texts whose day has come: for `manage.py publish_due`, which a timer starts."""
    planned = Revision.objects.filter(state=State.SCHEDULED, publish_on__lte=timezone.localdate())
    return list(planned.only("publish_on", "decided_at"))


def _publishing() -> str:
    now = timezone.now()
    late = [revision for revision in due() if now - _due_since(revision) > PUBLICATION_PATIENCE]
    return f"{len(late)} planned texts are not published: does the timer of publish_due run?" if late else ""


def _due_since(revision: Revision) -> datetime:
    midnight = datetime.combine(revision.publish_on or timezone.localdate(), datetime.min.time())
    return max(filter(None, (timezone.make_aware(midnight), revision.decided_at)))


def _primary() -> str:
    return "" if databases.answers(databases.PRIMARY) else "the primary does not answer: nothing can be saved"


def _replicas() -> str:
    """How far behind the databases are that are only read from."""
    behind = []
    for alias in connections:
        if alias == databases.PRIMARY or connections[alias].vendor != "postgresql":
            continue
        seconds = _seconds_behind(alias) if databases.answers(alias) else None
        if seconds is None:
            behind.append(f"{alias} does not answer")
        elif seconds > settings.MOST_REPLICA_LAG:
            behind.append(f"{alias} is {seconds:.0f} s behind")
    return ", ".join(behind)


def _seconds_behind(alias: str) -> float | None:
    """None where the replica does not answer. One that has done all it was sent is not behind, however long ago."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0"
                " ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp()) END"
            )
            row = cursor.fetchone()
    except DatabaseError:
        return None
    return float(row[0] or 0)


def _page_cache() -> str:
    if not settings.PAGE_CACHE_URL:
        return ""
    pages: Any = caches["pages"]
    return "" if pages.answers() else "the shared page cache does not answer: each process makes all pages itself"


CHECKS: dict[str, Check] = {
    "database": _database,
    "migrations": Migrations(),
    "content": _content,
    "search": _search,
}
CONCERNS: dict[str, Check] = {
    "disk": _disk,
    "publishing": _publishing,
    "primary": _primary,
    "replicas": _replicas,
    "page_cache": _page_cache,
}
