"""The index on disk looks after itself: at the start of a server, when files are damaged, when another one makes it."""

import shutil
import threading
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from content.models import ContentVersion
from search import upkeep
from search.engines.base import Engine, IndexUnusable
from search.engines.whoosh import WhooshEngine
from search.query import SearchQuery, search

pytestmark = pytest.mark.sqlite


@pytest.fixture
def folder(engine: Engine, tmp_path: Path, settings: Any) -> Path:
    """The folder of an index that tests may damage."""
    settings.SEARCH_INDEX_DIR = shutil.copytree(settings.SEARCH_INDEX_DIR, tmp_path / "index")
    return tmp_path / "index"


def test_a_server_that_starts_without_an_index_makes_it(folder: Path) -> None:
    shutil.rmtree(folder)

    upkeep.check()

    assert WhooshEngine(folder).version() == ContentVersion.current()


def test_a_server_that_starts_with_an_index_of_older_content_makes_it_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody else is there to bring it up to date; but whoever is just writing gets a moment first."""
    monkeypatch.setattr(upkeep, "PATIENCE_SECONDS", 0.1)
    ContentVersion.objects.update(number=ContentVersion.current() + 1)

    upkeep.check()

    assert WhooshEngine(folder).version() == ContentVersion.current()


def test_a_server_starts_all_the_same_when_the_index_cannot_be_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    shutil.rmtree(folder)
    folder.write_text("a file where the folder should be")

    upkeep.check()

    assert "could not be checked" in caplog.text


def test_damage_that_only_some_searches_meet_is_mended_too(folder: Path, client: Client) -> None:
    assert search(SearchQuery("herberg")).count
    for path in folder.rglob("*.trm"):
        path.write_bytes(path.read_bytes()[:200])
    for path in folder.rglob("*.seg"):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    answers = [client.get(f"/soeg/?q={word}").status_code for word in ("misbrug", "misbrug", "sygdom")]

    assert answers[1:] == [200, 200]
    assert WhooshEngine(folder).opened().postings(["misbrug"])


def test_a_search_that_waited_for_another_process_uses_what_that_one_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The index comes back while the search waits for its turn to write; it is not made a second time."""
    kept = shutil.copytree(folder, folder.parent / "kept")
    shutil.rmtree(folder)
    monkeypatch.setattr(upkeep, "WAIT_SECONDS", 30)
    other, locked = WhooshEngine(folder), threading.Event()

    def make() -> None:
        with other.writing():
            locked.set()
            shutil.copytree(kept, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("lock"))

    thread = threading.Thread(target=make)
    thread.start()
    locked.wait()
    found = search(SearchQuery("herberg"))
    thread.join()

    assert found.count
    assert "made anew" not in caplog.text


def test_a_search_does_not_wait_long_for_another_process_that_makes_the_index(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder)
    monkeypatch.setattr(upkeep, "WAIT_SECONDS", 0.1)
    with WhooshEngine(folder).writing(), pytest.raises(IndexUnusable, match="another process"):
        upkeep.usable_snapshot()
