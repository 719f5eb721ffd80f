"""Counting as a server does it: a process that ends, a thread that writes, and a database that may only be read."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from search.engines.base import Engine
from search.models import SearchCount

# Two searches in a row, the second after the thread of the first has tried to write.
SERVER = """
import sys, threading, django
from django.conf import settings
django.setup()
from django.db import connection
from django.test import Client
from search import counting
connection.settings_dict["NAME"] = sys.argv[1]
settings.SEARCH_INDEX_DIR = sys.argv[2]
settings.COUNT_SEARCHES = True
counting.tally = counting.Tally(delay=0.01)
for number in range(2):
    print(Client().get("/soeg/?q=flodhestefolk").status_code)
    for thread in threading.enumerate():
        if isinstance(thread, threading.Timer):
            thread.join()
"""


def served(database: str, **surroundings: str) -> tuple[str, str]:
    """What a server of that database prints and what it logs."""
    done = subprocess.run(
        [sys.executable, "-c", SERVER, database, str(settings.SEARCH_INDEX_DIR)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", **surroundings},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout, done.stderr


@pytest.fixture
def file(engine: Engine, tmp_path: Path) -> Path:
    """The database of this run as a file, as a server would leave it."""
    path = tmp_path / "hjemvej.sqlite3"
    path.write_bytes(connection.connection.serialize())
    with sqlite3.connect(path) as copy:
        copy.execute("PRAGMA journal_mode=WAL")
    return path


def rows(path: Path) -> list[tuple[str, int]]:
    with sqlite3.connect(path) as database:
        return database.execute("SELECT text, times FROM search_searchcount").fetchall()


@pytest.mark.sqlite
def test_a_thread_of_its_own_writes_to_a_file(file: Path) -> None:
    printed, _ = served(str(file))

    assert printed == "200\n200\n"
    assert rows(file) == [("flodhestefolk", 2)]


@pytest.mark.sqlite
def test_a_file_that_may_only_be_read_can_be_searched(file: Path) -> None:
    printed, logged = served(f"file:{file}?mode=ro")

    assert printed == "200\n200\n"
    assert logged.count("1 searches could not be counted: OperationalError") == 2
    assert "flodhestefolk" not in logged
    assert rows(file) == []


@pytest.mark.postgres
@pytest.mark.usefixtures("engine")
def test_a_thread_of_its_own_writes_to_postgresql() -> None:
    printed, _ = served(connection.settings_dict["NAME"])
    counted = list(SearchCount.objects.values_list("text", "times"))
    # Another process wrote it, so that the rollback after this test would leave it.
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("DELETE FROM search_searchcount")
    other.close()

    assert printed == "200\n200\n"
    assert counted == [("flodhestefolk", 2)]


@pytest.mark.postgres
def test_a_postgresql_that_may_only_be_read_can_be_searched(engine: Engine) -> None:
    printed, logged = served(connection.settings_dict["NAME"], PGOPTIONS="-c default_transaction_read_only=on")

    assert printed == "200\n200\n"
    assert logged.count("1 searches could not be counted: InternalError") == 2
    assert "flodhestefolk" not in logged
    assert not SearchCount.objects.exists()
