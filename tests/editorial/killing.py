"""A site of its own on disk, and processes that work on it until they are killed (SIGKILL), wherever that hurts.

The site is a copy of the database of this test run, of its search index and of its images. A process that works on it
is forked from the one that runs the tests, has a connection of its own and commits for good.
"""

import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from django.conf import settings
from django.core.cache import caches
from django.db import connection, connections
from psycopg.sql import SQL, Identifier

from search import upkeep

FORK = multiprocessing.get_context("fork")
WRITES = ("INSERT", "UPDATE", "DELETE")
# What the touches around the end of a transaction are called; a process can be killed at each.
COMMIT, COMMITTED = "commit", "committed"
# At about so many touches a step is killed, beside those at the end of a transaction.
OTHER_MOMENTS = 3
READY_SECONDS = 60

Result = TypeVar("Result")
Act = Callable[[], object]
# Makes all ready, and gives what is to be done, and killed while it is.
Step = Callable[[], Act]


def done(step: Step) -> Act:
    """`step` from its beginning to its end."""

    def run() -> None:
        step()()

    return run


def moments_of(touched: list[str]) -> list[int]:
    """At which touches of a step to kill it: around the end of each transaction, and at some of the others."""
    ends = [number for number, what in enumerate(touched, 1) if what in (COMMIT, COMMITTED)]
    others = [number for number in range(1, len(touched) + 1) if number not in ends]
    return sorted({*ends, *others[:: max(1, len(others) // OTHER_MOMENTS)]})


class Site:
    """What lies below `folder`, or in PostgreSQL beside the tests' database. `keep` it, and it can be restored."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "site"
        self._kept_folder = folder / "kept"
        self._database = str(connection.settings_dict["NAME"])
        self._on_postgres = connection.vendor == "postgresql"
        self._copy_what_the_tests_have()

    def _copy_what_the_tests_have(self) -> None:
        for place, source in (("index", settings.SEARCH_INDEX_DIR), ("media", settings.MEDIA_ROOT)):
            (self.folder / place).mkdir(parents=True)
            if Path(source).is_dir():
                shutil.copytree(source, self.folder / place, dirs_exist_ok=True)
        if self._on_postgres:
            connections.close_all()  # PostgreSQL copies no database that somebody uses
            self._copy_database(self._database, self.database)
        else:
            connection.ensure_connection()
            with sqlite3.connect(self.database) as copy:
                connection.connection.backup(copy)
            copy.close()

    @property
    def database(self) -> str:
        return f"{self._database}_site" if self._on_postgres else str(self.folder / "site.sqlite3")

    def keep(self) -> None:
        """The site as it is now is what `restore` gives back."""
        shutil.copytree(self.folder, self._kept_folder)
        if self._on_postgres:
            self._copy_database(self.database, f"{self.database}_kept")

    def restore(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self._kept_folder, self.folder)
        if self._on_postgres:
            self._copy_database(f"{self.database}_kept", self.database)

    def remove(self) -> None:
        if self._on_postgres:
            with self._server() as server:
                for name in (self.database, f"{self.database}_kept"):
                    server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))

    def _copy_database(self, source: str, target: str) -> None:
        with self._server() as server:
            server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(target)))
            server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(target), Identifier(source)))

    def _server(self) -> "psycopg.Connection[Any]":
        keys, settings_dict = ("host", "port", "user", "password"), connection.settings_dict
        places = ((key, settings_dict[key.upper()] or settings_dict["OPTIONS"].get(key)) for key in keys)
        place = {key: value for key, value in places if value}
        return psycopg.connect(dbname="postgres", autocommit=True, **place)

    # ---------- Processes ----------

    def start(self, work: Callable[[], object]) -> Any:
        """A process that does `work` on the site."""

        def run() -> None:
            self._move_in()
            work()
            connections.close_all()

        process = FORK.Process(target=run)
        process.start()
        return process

    def _move_in(self) -> None:
        """What the forking process has open and in memory is not the site's."""
        self._not_ours = connections["default"]  # held, so that nobody closes it: the other process goes on with it
        connections.settings["default"]["NAME"] = self.database
        del connections["default"]
        settings.SEARCH_INDEX_DIR, settings.MEDIA_ROOT = self.folder / "index", self.folder / "media"
        for name in ("memory", "pages"):
            caches[name].clear()
        # A search that finds the index behind waits for whoever changed the content; here, that one is dead.
        upkeep.PATIENCE_SECONDS = 0.0

    def do(self, work: Callable[[], Result]) -> Result:
        """What `work` gives, done by a process that lives."""
        ours, theirs = FORK.Pipe(duplex=False)
        process = self.start(lambda: theirs.send(work()))
        theirs.close()
        try:
            result: Result = ours.recv()
        finally:
            ours.close()
            process.join()
        assert process.exitcode == 0
        return result

    def touches(self, step: Step) -> list[str]:
        """Do `step`: what it touches, one after the other. It can be killed just before each."""

        def run() -> list[str]:
            act, watch = step(), _Watch(self.folder)
            with watch.watching():
                act()
            return watch.touched

        return self.do(run)

    def kill(self, step: Step, number: int) -> None:
        """Let a process do `step`, and be killed at its touch `number`, counted from 1."""

        def run() -> None:
            act = step()
            with _Watch(self.folder, number).watching():
                act()

        process = self.start(run)
        process.join()
        assert process.exitcode == -signal.SIGKILL

    def kill_after(self, step: Step, seconds: float) -> None:
        """Let a process do `step`, and kill it from outside so long after it has begun."""
        ready, never = FORK.Event(), FORK.Event()

        def run() -> None:
            act = step()
            ready.set()
            act()
            never.wait()

        process = self.start(run)
        assert ready.wait(READY_SECONDS)
        process.join(seconds)
        process.kill()
        process.join()
        assert process.exitcode == -signal.SIGKILL


class _Watch:
    """Sees what this process writes to the database and to images below `folder`, and kills it at touch `last`."""

    def __init__(self, folder: Path, last: int = 0) -> None:
        self.touched: list[str] = []
        self._folder, self._last = str(folder / "media"), last

    @contextmanager
    def watching(self) -> Iterator[None]:
        commit = connection.commit

        def watched_commit() -> None:
            self._touch(COMMIT)
            commit()
            self._touch(COMMITTED)

        connection.commit = watched_commit  # type: ignore[method-assign]  # statements can be wrapped, this cannot
        sys.addaudithook(self._hear)
        with connection.execute_wrapper(self._execute):
            yield

    def _touch(self, what: str) -> None:
        self.touched.append(what)
        if len(self.touched) == self._last:
            os.kill(os.getpid(), signal.SIGKILL)

    def _execute(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(WRITES):
            self._touch(" ".join(sql.split()[:3]))
        return execute(sql, params, many, context)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        is_write = event in ("os.rename", "os.remove") or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR))
        if is_write and str(arguments[0]).startswith(self._folder):
            self._touch(f"{event} {Path(arguments[0]).parent.name}")
