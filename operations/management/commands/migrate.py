"""`manage.py migrate`, one at a time: two nodes that are upgraded at once do not trip over each other."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db import connections

# Any number will do that nobody else in this database uses.
_LOCK = 4_845_864
# So long one waits for another; none of ours takes a minute.
PATIENCE_SECONDS = 600
_DELAY = 0.2


class Command(DjangoMigrate):
    def handle(self, *arguments: Any, **options: Any) -> None:
        with _alone(options["database"]):
            super().handle(*arguments, **options)


@contextmanager
def _alone(alias: str) -> Iterator[None]:
    """Waits until no other process migrates. What it holds goes with the process, however that ends."""
    connection = connections[alias]
    if connection.vendor != "postgresql":
        with (settings.VAR_DIR / "migrate.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        return
    # A connection of its own: no transaction of a migration may end the lock, nor keep us from letting it go.
    keeper = connection.copy()
    try:
        with keeper.cursor() as cursor:
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not _try(cursor):
                if time.monotonic() > deadline:
                    raise CommandError("Another process has been migrating this database for ten minutes.")
                time.sleep(_DELAY)
            yield
    finally:
        keeper.close()


def _try(cursor: Any) -> bool:
    cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
    return bool(cursor.fetchone()[0])
